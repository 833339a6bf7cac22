"""The dataset card: generated where it is data; its prose is the corpus's, or else that of templates/."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..data.corpus import Corpus
from ..data.corpus_folder import ANNOTATIONS
from ..data.escapes import markdown
from ..data.layer import Layer
from ..data.records import Document
from ..data.schema import Schema, listed
from ..data.splits import SPLITS, read_splits
from ..layers.agreement import agree
from ..report.templates import fill
from ..scoring.counts import Counts
from ..scoring.result import Result
from ..scoring.score import score
from ..scoring.signature import digest
from ..version import VERSION
from .about import UNRELEASED, About, about_of, addresses_of
from .field_descriptions import fields
from .folder import cited
from .header import Sources, front_matter
from .table_schema import configurations
from .tables import CANARY, TEST, Tables, splits_of
from .value_counts import rare, values_of, values_of_claims

_COUNTRY, _STANCE = "country", "stance"
"""Attributes that the prose speaks of."""


def render(given: Sources) -> str:
    """The card with its YAML header; the pictures that it shows and the files that it links lie beside it.

    Its text is that of the corpus, ``annotations/CARD.md``, or one that holds for any.
    """
    from huggingface_hub import DatasetCard

    own = given.corpus.root / ANNOTATIONS
    there = (own / "CARD.md").is_file()
    home = {"folder": own} if there else {"package": "hub/templates"}
    facts = facts_of(given)
    filled = fill("CARD.md" if there else "card.md", escape=False, **home, **facts, closing=closing(facts))
    return str(DatasetCard(f"---\n{front_matter([given])}\n---\n\n{filled}"))


def closing(facts: Mapping[str, Any]) -> str:
    """The end of every card: whom to write to, and an example that scores all folds."""
    return fill("closing.md", "hub/templates", escape=False, **facts)


def facts_of(given: Sources) -> dict[str, Any]:
    """What the templates of a card speak of, by name."""
    corpus, gold, tables = given.corpus, given.gold, given.tables
    known = configurations(corpus.schema)
    spans = [span for document in gold for span in document.spans]
    results = {
        name: score(gold, list(documents), schema=corpus.schema) for name, documents in given.predictions.items()
    }
    passes = list(_passes(corpus, gold))
    agreement = agree(*passes[:2], schema=corpus.schema) if len(passes) > 1 else None
    splits = splits_of(corpus, [document.doc for document in gold])
    rules = _rules(corpus.root)
    counts = Counter(span.label for span in spans)
    stances = Counter(span.attributes.get(_STANCE) for span in spans if span.attributes.get(_STANCE))
    sources = sorted(
        (corpus.sources[document.doc] for document in gold), key=lambda source: (source.published or "", source.doc)
    )
    dates = [source.published for source in sources if source.published]
    inferred = [source.doc for source in sources if source.published_stated is False]
    about = about_of(corpus)
    return {
        "standoff": given.standoff,
        "reserved": corpus.reserved,
        "licenses": [(source.doc, source.license) for source in corpus.sources.values() if source.license],
        "repo": given.repo,
        "docs": [document.doc for document in gold],
        "test": [doc for doc, split in splits.items() if split == TEST],
        "splits": list(dict.fromkeys(splits.values())),
        "chosen": (corpus.root / SPLITS).is_file(),
        "prefix": given.prefix,
        "addresses": addresses_of(corpus),
        "description": about.description,
        "licensed": about.license,
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
                "values": list(values_of(spans, corpus.schema, name)),
            }
            for name in corpus.schema.labels
        ],
        "common_rules": rules.get("What is read", []),
        "claim_rules": rules.get("Claims", []),
        "has_claims": corpus.schema.has_claims,
        "name": about.name,
        "timeline": (given.folder / "timeline.svg").is_file(),
        "claim_about": corpus.schema.root["$defs"].get("claim", {}).get("description", ""),
        "claim_values": list(_claim_values(corpus.schema)),
        "agreement": agreement.markdown() if agreement is not None else None,
        "agreement_signature": agreement.signature if agreement is not None else None,
        "genres": list(_by_genre(corpus, passes)) if len(passes) > 1 else [],
        "readings": list(_readings(corpus, gold)),
        "claim_counts": list(values_of_claims(gold, corpus.schema)),
        "rare": list(rare(gold, corpus.schema)),
        "strict_f1": {name: _figure(result["strict"].micro.f1) for name, result in results.items()},
        "systems": [_system(name, result, about) for name, result in results.items()],
        "signature": next((result.signature for result in results.values()), "–"),
        "smallest_p": 2 / 2 ** len(gold),
        "commonest_stance": stances.most_common(1)[0] if stances else ("–", 0),
        "stances": stances.total(),
        "canary": CANARY,
        "languages": ", ".join(sorted({_language(source.language) for source in sources if source.language})),
        "countries": ", ".join(_by_count(span.attributes.get(_COUNTRY) for span in spans)),
        "first_date": dates[0] if dates else None,
        "last_date": dates[-1] if dates else None,
        "inferred": f" (inferred for {' and '.join(inferred)})" if inferred else "",
        "dataset_version": corpus.version or UNRELEASED,
        "schema_version": corpus.schema.version,
        "digest": digest(gold),
        "version": VERSION,
        "changelog": _changelog(corpus.root),
        "bibtex": bibtex(about.name, cited(given.folder), given.repo),
    }


BASELINES = {
    "rules": "regular expressions, word lists and spaCy's small English model, without training.",
    "crf": "a conditional random field; each article is predicted by a model that was trained on the others.",
}
"""What is said of the systems that the project brings, unless the corpus says more."""


def _passes(corpus: Corpus, gold: Layer) -> Iterator[Layer]:
    """The layers beside the gold that have annotated all of its articles, with these alone."""
    docs = {document.doc for document in gold}
    for name in corpus.layers:
        layer = corpus.load(name) if name != "gold" else []
        found = [document for document in layer if document.doc in docs]
        if found and len(found) == len(docs):
            yield Layer(found, name, schema=corpus.schema)


def _by_genre(corpus: Corpus, passes: Sequence[Layer]) -> Iterator[tuple[str, int, dict[str, str]]]:
    """How far two passes agree on each genre of ``splits.jsonl``: articles, and exact F1 by label and of all spans."""
    genres: dict[str, set[str]] = {}
    for row in read_splits(corpus).values():
        genres.setdefault(row.genre or "–", set()).add(row.doc)
    for genre, docs in sorted(genres.items() if len(genres) > 1 else ()):
        one, other = ([document for document in layer if document.doc in docs] for layer in passes[:2])
        if one:
            found = agree(one, other, schema=corpus.schema)
            yield genre, len(one), {label: _figure(exact.f1) for label, (exact, _) in found.pairs[0].spans().items()}


def _readings(corpus: Corpus, gold: Layer) -> Iterator[tuple[str, int, str]]:
    """The layers that have annotated a part of the gold's articles: their number, and exact F1 of spans against it."""
    for name in corpus.layers:
        read = {document.doc: document for document in corpus.load(name)} if name != "gold" else {}
        same = [document for document in gold if document.doc in read]
        if 0 < len(same) < len(gold):
            found = agree(same, [read[document.doc] for document in same], schema=corpus.schema)
            yield name, len(same), _figure(found.pairs[0].spans()["all"][0].f1)


def _claim_values(schema: Schema) -> Iterator[tuple[str, str, str]]:
    """The fields of a claim with a closed list of values that no label has: name, meaning, values."""
    of_labels = {attribute.name for _, attribute in schema.attributes()}
    for home, prefix in (("claim_fields", ""), ("cargo", "cargo.")) if schema.has_claims else ():
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


def _system(name: str, result: Result, about: About) -> dict[str, Any]:
    schemes = []
    for scheme in ("strict", "partial"):
        found = result[scheme]
        cells = {
            figure: _with_interval(getattr(found.micro, figure), found.interval.get(figure))
            for figure in ("precision", "recall", "f1")
        }
        schemes.append({"scheme": scheme, **cells})
    return {
        "name": markdown(name),
        "schemes": schemes,
        "claims": _ratios(result.claims["whole"]) if "whole" in result.claims else _ratios(Counts()),
        "about": about.baselines.get(name)
        or BASELINES.get(name, "given to the build as a file; how it was made is not recorded here."),
    }


def _ratios(counts: Counts) -> dict[str, str]:
    return {figure: _with_interval(getattr(counts, figure), None) for figure in ("precision", "recall", "f1")}


def _with_interval(value: float | None, interval: tuple[float, float] | None) -> str:
    return _figure(value) + ("" if value is None or interval is None else f" [{interval[0]:.3f}, {interval[1]:.3f}]")


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


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


def bibtex(name: str, said: Mapping[str, Any], repo: str) -> str:
    """What a CITATION.cff says, for LaTeX, and where the dataset is."""
    authors = " and ".join(
        f"{{{author['name']}}}" if "name" in author else f"{author['family-names']}, {author['given-names']}"
        for author in said["authors"]
    )
    lines = [f"  title = {{{said['title']}}},", f"  author = {{{authors}}},", f"  version = {{{said['version']}}},"]
    year = str(said.get("date-released", ""))[:4]
    lines += [f"  year = {{{year}}},"] if year else []
    lines.append(f"  url = {{https://huggingface.co/datasets/{repo}}},")
    return "\n".join([f"@misc{{{name},", *lines, "}"])
