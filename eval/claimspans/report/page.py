"""Articles with their spans as one self-contained HTML page: layers for gold and predictions, no network."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from ..data.records import Document, Span
from ..data.schema import Schema
from ..data.sources import Source
from .articles import GAP, claim_words, origin
from .templates import fill


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text over which the same spans lie."""

    text: str
    zone: bool
    gold: tuple[int, ...]
    predicted: tuple[int, ...]
    opens: tuple[int, ...]


def pieces(document: Document, predicted: Document | None) -> list[Piece]:
    """The text cut wherever a span or a zone begins or ends; the numbers are positions in the span lists."""
    text = document.text or ""
    others: Sequence[Span] = predicted.spans if predicted is not None else ()
    cuts = {0, len(text)}
    for span in (*document.spans, *others):
        cuts |= {span.start, span.end}
    for zone in document.zones:
        cuts |= {zone.start, zone.end}
    places = sorted(cuts)

    def over(spans: Iterable[Span], start: int, end: int) -> tuple[int, ...]:
        held = [
            (span.end - span.start, index)
            for index, span in enumerate(spans)
            if span.start <= start and end <= span.end
        ]
        return tuple(index for _, index in sorted(held))

    return [
        Piece(
            text[start:end],
            any(zone.start <= start and end <= zone.end for zone in document.zones),
            over(document.spans, start, end),
            over(others, start, end),
            tuple(index for index, span in enumerate(document.spans) if span.start == start),
        )
        for start, end in itertools.pairwise(places)
    ]


def render(
    documents: Sequence[tuple[Document, Source]], schema: Schema, layer: str, predictions: dict[str, Document] | None
) -> str:
    """The page; every word of the articles is escaped."""
    articles: list[dict[str, Any]] = []
    for document, source in documents:
        predicted = (predictions or {}).get(document.doc)
        spans = {span.id: span for span in document.spans if span.id is not None}
        articles.append(
            {
                "source": source,
                "origin": origin(source),
                "gold": document.spans,
                "predicted": predicted.spans if predicted is not None else (),
                "pieces": _without_gaps(pieces(document, predicted)),
                "claims": [(claim.stance, claim_words(claim, spans)) for claim in document.claims],
            }
        )
    return fill(
        "page.html",
        articles=articles,
        schema=schema,
        layer=layer,
        has_predictions=predictions is not None,
        details=details,
    )


def _without_gaps(found: Sequence[Piece]) -> list[Piece]:
    """The pieces with no more than one blank line between two others, and none at the beginning."""
    shown = [msgspec.structs.replace(piece, text=GAP.sub("\n\n", piece.text)) for piece in found]
    return [msgspec.structs.replace(shown[0], text=shown[0].text.lstrip("\n")), *shown[1:]] if shown else []


def details(span: Span) -> str:
    """A span's label and attributes in one line, for a tooltip."""
    given = []
    for name, value in span.attributes.items():
        shown = ", ".join(value) if isinstance(value, tuple) else value
        given.append(f"{name}: {'–' if shown is None or shown == '' else shown}")
    score = [] if span.score is None else [f"score: {span.score:g}"]
    return " · ".join([f"{span.label} {span.id or ''}".strip(), *given, *score])
