"""The baseline without training: regular expressions, word lists and spaCy's small English model.

It was written by people who had read the five articles, so its figures on them are optimistic; it reads no annotation.
It tells spans, their attributes and claims; of co-reference it resolves names, pronouns and short mentions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ....data.records import Document, Span
from . import claims, cues, dates, items, quantities
from .clean_text import CleanText
from .furniture import zones
from .parsing import mended, parse
from .plain_text import PlainText
from .states import REAL, States

__all__ = ["extract", "find", "parse"]


def extract(documents: Iterable[Document], known: States = REAL) -> Iterator[Document]:
    """The documents with what the rules find in their texts, spans in reading order and numbered."""
    for document in documents:
        clean = CleanText(document.text or "", known)
        spans = _find(clean.text, document.published, known)
        yield Document(
            doc=document.doc,
            text=document.text,
            published=document.published,
            spans=tuple(clean.in_source(spans)),
            claims=claims.claims(clean.text, spans, known),
        )


def find(text: str, published: str | None, known: States = REAL) -> tuple[Span, ...]:
    """The spans of a text that was published then, in reading order and numbered."""
    clean = CleanText(text, known)
    return tuple(clean.in_source(_find(clean.text, published, known)))


def _find(text: str, published: str | None, known: States) -> tuple[Span, ...]:
    parsed = mended(text, known)
    reading = PlainText.of(parsed)
    found = list(dates.find(reading, published))
    found += quantities.find(reading, dates.places(reading))
    found += items.find(reading)
    found += cues.find(parsed)
    unread = list(zones(text))
    return _numbered(span for span in found if not any(span.start < end and start < span.end for start, end in unread))


def _numbered(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Ids p1, p2 … in reading order; what a cue says of its speakers follows. No two of one label overlap."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: span.order):
        if not any(span.label == other.label and span.start < other.end and other.start < span.end for other in kept):
            kept.append(span)
    names = {span.id: f"p{number}" for number, span in enumerate(kept, 1)}
    renamed = []
    for span in kept:
        attributes = dict(span.attributes)
        speakers = attributes.get("speakers")
        if isinstance(speakers, tuple):
            attributes["speakers"] = tuple(names[name] for name in speakers if name in names)
        renamed.append(
            Span(
                label=span.label,
                start=span.start,
                end=span.end,
                id=names[span.id],
                text=span.text,
                attributes=attributes,
            )
        )
    return tuple(renamed)
