"""A layer as a folder of pages that work from disk and on any web server, without a network."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from ...data.corpus import Corpus
from ...data.files import whole_folder
from ...data.layer import Layer
from ...data.ledger import COLUMNS
from ...data.problems import ClaimspansError
from ...data.records import Document
from ...scoring.error_places import Place
from ..colours import label_colours
from ..html import MOST, System, find, render, report_labels, sampled
from ..page import LETTERS, Error, Overlay, article_view, labels_of, overlays
from ..templates import fill
from ..write import scored_system
from .claims import ROW, article_record, with_quotes, without_text

MARKER = "data/index.js"
"""The file by which a folder of pages is known."""

CHUNK = 100
"""Articles whose claims are in one file."""

_SCRIPTS = ("claims.js", "filters.js", "timeline.js", "ledger.js", "speakers.js", "article.js", "articles.js")
_FILTERS = ("stance", "supplier", "recipient", "category", "unit")


class Site(msgspec.Struct, frozen=True):
    """What every page says of the site, and where it is linked from (``root``: the way back to its folder)."""

    name: str
    layer: str
    pages: tuple[tuple[str, str, str], ...]
    root: str = ""


def write_site(
    out: Path | str,
    corpus: Corpus,
    layer: Sequence[Document],
    name: str,
    over: Mapping[str, Sequence[Document]] | None = None,
    *,
    with_articles: bool = False,
) -> int:
    """Write the pages of a layer called ``name``, other layers or predictions ``over`` it; the bytes that they have.

    Errors are shown in the articles that all layers over it have annotated, and a system has none that it may leave
    out. The texts of articles that nobody may publish are left out unless ``with_articles``. A folder of pages that is
    there is replaced once the new one is whole. Raises `ClaimspansError` where something else is there.
    """
    refuse_other(out)
    open_docs = {document.doc for document in layer if with_articles or corpus.sources[document.doc].open}
    documents = [with_quotes(one) if one.doc in open_docs else without_text(one) for one in layer]
    docs = {document.doc for document in layer}
    told, common = {}, docs
    for other, laid in (over or {}).items():
        # A prediction has its article's text nowhere: what it quotes is cut from the corpus.
        told[other] = {
            one.doc: one if one.doc in open_docs else without_text(one, corpus.texts[one.doc])
            for one in laid
            if one.doc in docs
        }
        common = common & set(told[other]) if isinstance(laid, Layer) else common
    scored = [document for document in documents if document.doc in common]
    # The layer itself has a name and a version, which a score tells.
    gold = layer if common == docs else [document for document in layer if document.doc in common]
    systems = [
        scored_system(other, gold, [one for one in laid.values() if one.doc in common], corpus.schema)
        for other, laid in told.items()
        if scored
    ]
    with whole_folder(out) as folder:
        for path, text in _files(corpus, documents, name, overlays(told), systems, scored):
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def refuse_other(out: Path | str) -> None:
    """Raises `ClaimspansError` unless the folder is not there, is empty, or holds an earlier site."""
    target = Path(out)
    if target.exists() and not (target.is_dir() and (not any(target.iterdir()) or (target / MARKER).is_file())):
        raise ClaimspansError(f"{out}: is there, and is no earlier site; name a new folder")


def _files(
    corpus: Corpus,
    documents: list[Document],
    layer: str,
    over: Sequence[Overlay],
    systems: list[System],
    scored: list[Document],
) -> Iterator[tuple[str, str]]:
    labels = list(dict.fromkeys([*report_labels(systems), *labels_of(corpus.schema, documents, over)]))
    colours = list(label_colours(labels).values())
    records = [article_record(document, corpus.sources[document.doc]) for document in documents]
    claims = any(record["claims"] for record in records)
    pages = [("timeline", "index.html", "Timeline"), ("ledger", "ledger.html", "Ledger")] if claims else []
    pages.append(("articles", "articles.html" if claims else "index.html", "Articles"))
    pages += [("speakers", "speakers.html", "Speakers")] if claims else []
    pages += [("report", "report.html", "Errors")] if systems else []
    site = Site(corpus.name, layer, tuple(pages))

    chunks = [records[at : at + CHUNK] for at in range(0, len(records), CHUNK)] if claims else []
    for number, chunk in enumerate(chunks):
        yield f"data/claims-{number}.js", call("add", chunk)
    yield MARKER, call("begin", {"columns": COLUMNS, "row": ROW, "chunks": len(chunks)})

    offered = choices(records)
    found = find(scored, systems)
    for key, href, _ in pages:
        if key == "report":
            yield href, render(scored, systems, found=found, site=site)
        else:
            yield (
                href,
                fill(
                    f"site/{key}.html",
                    site=site,
                    here=key,
                    choices=offered,
                    records=records,
                    documents=documents,
                    claims=claims,
                ),
            )
    errors = _errors(found.places)
    inside = msgspec.structs.replace(site, root="../")
    for number, document in enumerate(documents):
        around = [documents[at].doc if 0 <= at < len(documents) else None for at in (number - 1, number + 1)]
        yield (
            f"articles/{document.doc}.html",
            fill(
                "site/article.html",
                site=inside,
                here="articles",
                article=article_view(
                    document, corpus.sources[document.doc], labels, over, errors.get(document.doc, ())
                ),
                labels=labels,
                about=corpus.schema.labels,
                over=over,
                report=bool(systems),
                before=around[0],
                after=around[1],
            ),
        )
    yield from _assets(colours, claims=claims, report=bool(systems))


def _errors(found: Sequence[Place]) -> dict[str, list[Error]]:
    """What is wrong in each article, with the number of the place where the report lists it."""
    listed = {id(place) for place in sampled(found, MOST)}
    errors: dict[str, list[Error]] = {}
    for number, place in enumerate(found):
        for letter, side in zip(LETTERS, place.sides, strict=False):
            for outcome in side:
                if outcome.wrong:
                    spans = outcome.gold or outcome.predicted
                    end = max(span.end for span in spans) if outcome.kind != "rejected" else 1 << 31
                    at = number if id(place) in listed else None
                    errors.setdefault(place.doc, []).append(Error(end, letter, outcome.kind, at))
    return errors


def choices(records: Sequence[Mapping[str, Any]]) -> dict[str, list[tuple[str, int]]]:
    """What each filter can be set to, with the number of claims, the most frequent first."""
    counts: dict[str, dict[str, int]] = {name: {} for name in (*_FILTERS, "speaker")}
    for record in records:
        for claim in record["claims"]:
            rows = [dict(zip(ROW, row, strict=True)) for row in claim["rows"]]
            told = {name: {row[name] for row in rows if row[name]} for name in _FILTERS}
            told["speaker"] = {name for field in ("holders", "via") for name in rows[0][field].split("; ") if name}
            for name, values in told.items():
                for value in values:
                    counts[name][value] = counts[name].get(value, 0) + 1
    return {name: sorted(found.items(), key=lambda one: (-one[1], one[0])) for name, found in counts.items()}


def _assets(colours: Sequence[str], *, claims: bool, report: bool) -> Iterator[tuple[str, str]]:
    """Styles, scripts and the libraries that the pages use."""
    for name in ("site/common.css", "site/labels.css", "site/article.css", "site/site.css"):
        yield f"assets/{Path(name).name}", fill(name, colours=colours)
    if report:
        yield "assets/report.css", fill("report.css")
        yield "assets/report.js", source("report.js")
    for name in _SCRIPTS if claims else ("article.js", "articles.js"):
        yield f"assets/{name}", source(f"site/{name}")
    for name in ("d3.min.js", "plot.min.js", "LICENSES.txt") if claims else ():
        yield f"assets/{name}", source(f"site/vendor/{name}")


def source(name: str) -> str:
    """A file of the pages as it lies in the package."""
    return resources.files("claimspans.report").joinpath(name).read_text(encoding="utf-8")


def call(name: str, value: Any) -> str:
    """JavaScript that gives a value to one of the functions of claims.js."""
    return f"claimspans.{name}({json.dumps(value, ensure_ascii=False, separators=(',', ':'))});\n"
