"""Articles with their spans as HTML: layers and predictions laid over each other, claims beside, no network."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ..data.problems import ClaimspansError
from ..data.records import Document, Span
from ..data.schema import Schema
from ..data.sources import Source
from .articles import GAP, claim_words, origin
from .colours import label_colours
from .templates import fill


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text over which the same spans lie."""

    text: str
    length: int
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
            end - start,
            any(zone.start <= start and end <= zone.end for zone in document.zones),
            over(document.spans, start, end),
            over(others, start, end),
            tuple(index for index, span in enumerate(document.spans) if span.start == start),
        )
        for start, end in itertools.pairwise(places)
    ]


class Overlay(msgspec.Struct, frozen=True):
    """Another layer, or a system's predictions, over an article: A as a line below the words, B as one above."""

    letter: str
    name: str
    documents: Mapping[str, Document]

    def spans(self, doc: str) -> tuple[Span, ...]:
        return self.documents[doc].spans if doc in self.documents else ()


LETTERS = "AB"


def overlays(named: Mapping[str, Mapping[str, Document]]) -> list[Overlay]:
    """The overlays of at most two layers by name; raises `ClaimspansError` for more."""
    if len(named) > len(LETTERS):
        raise ClaimspansError(f"two layers at most are laid over another; got {', '.join(named)}")
    return [Overlay(letter, *each) for letter, each in zip(LETTERS, named.items(), strict=False)]


class Error(msgspec.Struct, frozen=True):
    """What is wrong at a place of an article: the letter of the overlay, the kind, and the place in the report."""

    end: int
    letter: str
    kind: str
    place: int | None = None


def article_view(
    document: Document,
    source: Source,
    labels: Sequence[str],
    over: Sequence[Overlay] = (),
    errors: Iterable[Error] = (),
) -> dict[str, Any]:
    """An article as the templates show it: its text cut into pieces, or without one its quotes, and its claims."""
    told = [(each.letter, span) for each in over for span in each.spans(document.doc)]
    others = Document(doc=document.doc, spans=tuple(span for _, span in told))
    said = [f"{_named(letter, over)}: {details(span)}" for letter, span in told]
    marks = sorted(errors, key=lambda error: error.end)
    shown: list[dict[str, Any]] = []
    at = 0
    for piece in _without_gaps(pieces(document, others)) if document.text is not None else ():
        at += piece.length
        here = [document.spans[index] for index in piece.gold]
        shown.append(
            {
                "text": piece.text,
                "classes": ["zone"] * piece.zone
                + [f"g{labels.index(span.label)}" for span in reversed(here)]
                + [f"p{told[index][0]}{labels.index(told[index][1].label)}" for index in reversed(piece.predicted)],
                "spans": [span.id for span in here if span.id is not None],
                "title": "\n".join([*map(details, here), *(said[index] for index in piece.predicted)]),
                "opens": [document.spans[index].id or "" for index in piece.opens],
                "errors": [error for error in marks if error.end <= at],
            }
        )
        marks = [error for error in marks if error.end > at]
    laid = [(each.letter, each.name, each.documents[document.doc]) for each in over if document.doc in each.documents]
    return {
        "doc": document.doc,
        "source": source,
        "origin": origin(source),
        "standoff": document.text is None,
        "pieces": shown,
        "quotes": [(labels.index(span.label), span, details(span)) for span in sorted(document.spans, key=_order)],
        "left": marks,
        "sides": [
            {"letter": letter, "name": name, "claims": list(_claims(side, document.text))}
            for letter, name, side in [("", "", document), *laid]
        ],
    }


def _order(span: Span) -> tuple[int, int, str]:
    return span.order


def _named(letter: str, over: Sequence[Overlay]) -> str:
    return next(each.name for each in over if each.letter == letter)


def _claims(document: Document, text: str | None) -> Iterator[dict[str, Any]]:
    spans = {
        span.id: msgspec.structs.replace(span, text=span.text or (text or "")[span.start : span.end])
        for span in document.spans
        if span.id is not None
    }
    for claim in document.claims:
        _, event, held, cargo, dates, _ = claim_words(claim, spans)
        yield {
            "id": claim.id or "",
            "stance": claim.stance,
            "words": [("who", held), ("event", event), ("what", cargo), ("when", dates)],
            "spans": [name for _, name, kind in claim.references() if kind != "claim"],
            "same_as": claim.same_as,
            "target": claim.target,
        }


def render(
    documents: Sequence[tuple[Document, Source]], schema: Schema, layer: str, predictions: dict[str, Document] | None
) -> str:
    """The articles as one self-contained page; every word of them is escaped."""
    over = overlays({} if predictions is None else {"predictions": predictions})
    labels = labels_of(schema, (document for document, _ in documents), over)
    return fill(
        "page.html",
        site=None,
        articles=[article_view(document, source, labels, over) for document, source in documents],
        labels=labels,
        about=schema.labels,
        colours=list(label_colours(labels).values()),
        layer=layer,
        over=over,
    )


def labels_of(schema: Schema, documents: Iterable[Document], over: Iterable[Overlay]) -> list[str]:
    """The labels of the schema, then those that documents have beside."""
    all_documents = itertools.chain(documents, *(each.documents.values() for each in over))
    return list(dict.fromkeys([*schema.labels, *(span.label for document in all_documents for span in document.spans)]))


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
