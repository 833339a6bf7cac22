"""The claims of an article as the pages' scripts read them: the rows of the ledger, with times and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from ...data.ledger import COLUMNS, entries
from ...data.records import Claim, Document, Span
from ...data.sources import Source
from ...text.dates import days
from ...text.sentences import around
from ..articles import origin

ROW = tuple(name for name in COLUMNS if name != "paragraph")
"""The columns of a row as it is sent; paragraphs, which claims share, are sent once."""


def with_quotes(document: Document) -> Document:
    """The article with the words of every span in its record, which a prediction may lack."""
    text = document.text or ""
    spans = (msgspec.structs.replace(one, text=one.text or text[one.start : one.end]) for one in document.spans)
    return msgspec.structs.replace(document, spans=tuple(spans))


LONGEST_QUOTE = 300
"""Characters that a page quotes of an article whose text it may not have: a prediction may cover all of it."""


def without_text(document: Document, text: str | None = None) -> Document:
    """The article as stand-off data have it: what its spans quote, and no word more."""
    quoted = with_quotes(document if text is None else msgspec.structs.replace(document, text=text))
    spans = (
        msgspec.structs.replace(one, text=f"{words[:LONGEST_QUOTE]}…") if len(words) > LONGEST_QUOTE else one
        for one in quoted.spans
        for words in [one.text or ""]
    )
    return msgspec.structs.replace(quoted, text=None, spans=tuple(spans))


def article_record(document: Document, source: Source) -> dict[str, Any]:
    """An article with its claims, for the scripts; ``document`` is one of `with_quotes`.

    Dates are ISO 8601 days, the first and the last of what an EDTF expression names; offsets into ``paragraphs`` are
    UTF-16 units, as JavaScript counts them. ``paragraph`` is that of the ledger, ``sentence`` the number of its
    paragraph and its place there; without the article's text it is made of the claim's quotes.
    """
    spans = {span.id: span for span in document.spans if span.id is not None}
    paragraphs: dict[str, int] = {}
    return {
        "doc": document.doc,
        "title": source.title,
        "origin": origin(source),
        "published": _days(document.published or source.published),
        "standoff": document.text is None,
        "claims": [_claim(document, claim, spans, paragraphs) for claim in document.claims],
        "paragraphs": list(paragraphs),
    }


def _claim(document: Document, claim: Claim, spans: Mapping[str, Span], paragraphs: dict[str, int]) -> dict[str, Any]:
    rows = list(entries([msgspec.structs.replace(document, claims=(claim,))]))
    named = {name: spans[name] for _, name, kind in claim.references() if kind != "claim" and name in spans}
    paragraph, sentence, marks = _sentence(document.text, claim, named)
    return {
        "rows": [[getattr(row, name) for name in ROW] for row in rows],
        "when": [
            [*found, spans[name].attributes.get("signal")]
            for name in claim.when
            if name in spans and (found := _days(spans[name].attributes.get("edtf"))) is not None
        ],
        "paragraph": paragraphs.setdefault(rows[0].paragraph, len(paragraphs)),
        "sentence": [paragraphs.setdefault(paragraph, len(paragraphs)), *sentence],
        "marks": marks,
    }


def _sentence(
    text: str | None, claim: Claim, named: Mapping[str, Span]
) -> tuple[str, tuple[int, int], list[tuple[int, int]]]:
    """The sentence that says how much, else the first that is named: its paragraph, its place, the claim's words."""
    ordered = sorted(named.values(), key=lambda span: span.order)
    if text is None or not ordered:
        quotes = " … ".join(dict.fromkeys(" ".join((span.text or "").split()) for span in ordered))
        return quotes, (0, _units(quotes)), []
    amounts = [named[row.quantity] for row in claim.cargo if row.quantity is not None and row.quantity in named]
    anchor = amounts[0] if amounts else next(iter(named.values()))
    start = text.rfind("\n", 0, anchor.start) + 1
    end = text.find("\n", anchor.end)
    paragraph = text[start : end if end >= 0 else len(text)]
    start += len(paragraph) - len(paragraph.lstrip())
    paragraph = paragraph.strip()
    low, high = around(paragraph, anchor.start - start, anchor.end - start)

    def units(first: int, last: int) -> tuple[int, int]:
        return _units(paragraph[:first]), _units(paragraph[:last])

    inside = [(one.start - start, one.end - start) for one in ordered]
    return paragraph, units(low, high), [units(one, two) for one, two in inside if low <= one and two <= high]


def _units(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _days(edtf: Any) -> list[str] | None:
    """The first and the last day; None for what names none."""
    try:
        return [day.isoformat() for day in days(edtf)] if isinstance(edtf, str) else None
    except ValueError:
        return None
