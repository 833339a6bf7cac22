"""The dataset card: generated where it is data, hand-written (templates/) where it is prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from ..data.corpus import Corpus, Layer
from ..data.records import Document
from ..data.schema import Schema, listed
from ..layers.agreement import agree
from ..report.templates import fill
from ..scoring.counts import Counts
from ..scoring.result import Result
from ..scoring.score import score
from ..scoring.signature import digest
from ..version import DATASET_VERSION, VERSION
from .field_descriptions import fields
from .folder import cited, features_of, parquet_name
from .table_schema import configurations
from .tables import CANARY, TEST, Tables

BASELINES = {
    "rules": "regular expressions, word lists and spaCy's small English model, without training. It was written with "
    "these articles in view, so its figures are optimistic: no fold changes them. Take them as a sign that "
    "everything runs, not as what rules can do on an article that nobody wrote them for.",
    "crf": "a conditional random field; each article is predicted by a model that was trained on the others. The "
    "output of `rules` is among its features, so its figures are optimistic too.",
}
"""What is said of the systems that the project brings."""

_COUNTRY, _STANCE = "country", "stance"
"""Attributes that the prose speaks of."""


class Sources(msgspec.Struct, frozen=True):
    """What the card is written from."""

    corpus: Corpus
    gold: Layer
    predictions: Mapping[str, Sequence[Document]]
    tables: Tables
    standoff: bool
    repo: str
    folder: Path


def render(given: Sources) -> str:
    """The card with its YAML header; the pictures that it shows and the files that it links lie beside it."""
    from huggingface_hub import DatasetCard

    return str(
        DatasetCard(
            f"---\n{front_matter(given)}\n---\n\n{fill('card.md', 'hub/templates', escape=False, **_facts(given))}"
        )
    )


def front_matter(given: Sources) -> str:
    """The YAML header: what the Hub lists the dataset under, its configurations, files and declared features."""
    from datasets import DatasetInfo, SplitDict, SplitInfo
    from datasets.info import DatasetInfosDict
    from datasets.utils.metadata import MetadataConfigs
    from huggingface_hub import DatasetCardData

    known = configurations(given.corpus.schema)
    data = DatasetCardData(
        pretty_name="claimspans: who said how much of what was shipped, when, and who denied it",
        language=sorted({source.language.partition("-")[0] for source in given.corpus.sources.values()}),
        license="other",
        license_name=f"cc-by-4.0-annotations-articles-{'reserved' if given.corpus.reserved else 'licensed'}",
        license_link="LICENSE-DATA.md",
        annotations_creators=["machine-generated"],
        language_creators=["found"],
        multilinguality=["monolingual"],
        source_datasets=["original"],
        size_categories=["n<1K"],
        task_categories=["token-classification"],
        tags=["span-annotation", "quotation-attribution", "claim-extraction", "event-extraction", "news", "evaluation"],
    )
    configs: dict[str, Any] = {}
    infos: dict[str, Any] = {}
    for name, splits in given.tables.items():
        files = {split: parquet_name(name, split) for split in splits}
        configs[name] = {"data_files": [{"split": split, "path": path} for split, path in files.items()]}
        sizes = {split: (given.folder / path).stat().st_size for split, path in files.items()}
        listed = SplitDict()
        for split, rows in splits.items():
            listed.add(SplitInfo(split, num_bytes=sizes[split], num_examples=len(rows)))
        total = sum(sizes.values())
        infos[name] = DatasetInfo(
            features=features_of(known[name].columns), splits=listed, download_size=total, dataset_size=total
        )
        infos[name].config_name = name
    configs[next(iter(configs))]["default"] = True
    MetadataConfigs(configs).to_dataset_card_data(data)
    DatasetInfosDict(infos).to_dataset_card_data(data)
    return data.to_yaml(line_break="\n")


def _facts(given: Sources) -> dict[str, Any]:
    corpus, gold, tables = given.corpus, given.gold, given.tables
    known = configurations(corpus.schema)
    spans = [span for document in gold for span in document.spans]
    results = {
        name: score(gold, list(documents), schema=corpus.schema) for name, documents in given.predictions.items()
    }
    passes = [corpus.load(layer) for layer in corpus.layers if layer != "gold"]
    agreement = agree(*passes[:2], schema=corpus.schema) if len(passes) > 1 else None
    rules = _rules(corpus.root)
    counts = Counter(span.label for span in spans)
    stances = Counter(span.attributes.get(_STANCE) for span in spans if span.attributes.get(_STANCE))
    sources = sorted(corpus.sources.values(), key=lambda source: source.published)
    inferred = [source.doc for source in sources if not source.published_stated]
    return {
        "standoff": given.standoff,
        "reserved": corpus.reserved,
        "licenses": [(source.doc, source.license) for source in corpus.sources.values() if source.license],
        "repo": given.repo,
        "docs": [document.doc for document in gold],
        "test": sorted({row["doc"] for row in tables["documents"].get(TEST, ())}),
        "rows": {name: {split: len(rows) for split, rows in splits.items()} for name, splits in tables.items()},
        "known": known,
        "fields": {
            name: list(fields(corpus.schema, known[name], [row for rows in splits.values() for row in rows]))
            for name, splits in tables.items()
        },
        "quick": _quick(tables),
        "spans": len(spans),
        "claims": sum(len(document.claims) for document in gold),
        "zones": sum(len(document.zones) for document in gold),
        "overlapping": sum(_overlapping(document) for document in gold),
        "dropped": sum(len(row["dropped"]) for rows in tables.get("tokens", {}).values() for row in rows),
        "labels": [
            {
                "name": name,
                "count": counts[name],
                "table": corpus.schema.markdown(name, keys=False),
                "rules": rules.get(name, []),
            }
            for name in corpus.schema.labels
        ],
        "common_rules": rules.get("What is read", []),
        "claim_rules": rules.get("Claims", []),
        "claim_about": corpus.schema.root["$defs"]["claim"]["description"],
        "claim_values": list(_claim_values(corpus.schema)),
        "agreement": agreement.markdown() if agreement is not None else None,
        "agreement_signature": agreement.signature if agreement is not None else None,
        "systems": [_system(name, result) for name, result in results.items()],
        "signature": next((result.signature for result in results.values()), "–"),
        "smallest_p": 2 / 2 ** len(gold),
        "commonest_stance": stances.most_common(1)[0] if stances else ("–", 0),
        "stances": stances.total(),
        "canary": CANARY,
        "languages": ", ".join(sorted({_language(source.language) for source in sources})),
        "countries": ", ".join(_by_count(span.attributes.get(_COUNTRY) for span in spans)),
        "first_date": sources[0].published,
        "last_date": sources[-1].published,
        "inferred": f" (inferred for {' and '.join(inferred)})" if inferred else "",
        "dataset_version": DATASET_VERSION,
        "schema_version": corpus.schema.version,
        "digest": digest(gold),
        "version": VERSION,
        "changelog": _changelog(corpus.root),
        "bibtex": _bibtex(cited(given.folder), given.repo),
    }


def _claim_values(schema: Schema) -> Iterator[tuple[str, str, str]]:
    """The fields of a claim with a closed list of values that no label has: name, meaning, values."""
    of_labels = {attribute.name for _, attribute in schema.attributes()}
    for home, prefix in (("claim_fields", ""), ("cargo", "cargo.")):
        for name in schema.root["$defs"][home]["properties"]:
            if name not in of_labels and (choices := schema.choices(home, name)):
                yield f"{prefix}{name}", schema.field(home, name).get("description", ""), listed(choices)


def _language(tag: str) -> str:
    import pycountry

    found = pycountry.languages.get(alpha_2=tag.partition("-")[0])
    return tag if found is None else f"{found.name} ({tag})"


def _by_count(values: Any) -> list[str]:
    return [value for value, _ in Counter(value for value in values if value).most_common()]


def _overlapping(document: Document) -> int:
    ordered = sorted(document.spans, key=lambda span: span.order)
    return sum(two.start < one.end for one, two in pairwise(ordered))


def _quick(tables: Tables) -> str:
    """The first row that the quick start loads."""
    row = next(iter(tables["spans"].values()))[0]
    shown = {name: row[name] for name in ("doc", "label", "start", "end", "text")}
    return ", ".join(f"{name}={value!r}" for name, value in shown.items()) + " …"


def _system(name: str, result: Result) -> dict[str, Any]:
    schemes = []
    for scheme in ("strict", "partial"):
        found = result[scheme]
        cells = {
            figure: _with_interval(getattr(found.micro, figure), found.interval.get(figure))
            for figure in ("precision", "recall", "f1")
        }
        schemes.append({"scheme": scheme, **cells})
    return {
        "name": name,
        "schemes": schemes,
        "claims": _ratios(result.claims["whole"]) if "whole" in result.claims else _ratios(Counts()),
        "about": BASELINES.get(name, "given to the build as a file; how it was made is not recorded here."),
    }


def _ratios(counts: Counts) -> dict[str, str]:
    return {figure: _with_interval(getattr(counts, figure), None) for figure in ("precision", "recall", "f1")}


def _with_interval(value: float | None, interval: tuple[float, float] | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" + ("" if interval is None else f" [{interval[0]:.3f}, {interval[1]:.3f}]")


_SECTION = re.compile(r"^## \d+\. ([^:\n]+?)(?::[^\n]*)?\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_RULES = re.compile(r"^\| rule \|.*\n\| ---.*\n((?:\|.*\n)+)", re.MULTILINE)


def _rules(root: Path) -> dict[str, list[str]]:
    """The rules of the guidelines by section (a label, "What is read", "Claims"), without their examples."""
    path = root / "annotations" / "GUIDELINES.md"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return {
        title: [row.split(" | ")[0].removeprefix("| ") for found in _RULES.findall(body) for row in found.splitlines()]
        for title, body in _SECTION.findall(text)
    }


def _changelog(root: Path) -> str:
    """What the dataset's changelog says of each version, a level deeper."""
    path = root / "annotations" / "CHANGELOG.md"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    versions = "".join(re.findall(r"^## .*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    return re.sub(r"^##", "###", versions, flags=re.MULTILINE).strip()


def _bibtex(said: Mapping[str, Any], repo: str) -> str:
    """What a CITATION.cff says, for LaTeX, and where the dataset is."""
    authors = " and ".join(
        f"{{{author['name']}}}" if "name" in author else f"{author['family-names']}, {author['given-names']}"
        for author in said["authors"]
    )
    lines = [f"  title = {{{said['title']}}},", f"  author = {{{authors}}},", f"  version = {{{said['version']}}},"]
    year = str(said.get("date-released", ""))[:4]
    lines += [f"  year = {{{year}}},"] if year else []
    lines.append(f"  url = {{https://huggingface.co/datasets/{repo}}},")
    return "\n".join(["@misc{claimspans,", *lines, "}"])
