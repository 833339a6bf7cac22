"""The attributes that the rules give to spans which another system found."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from ....data.records import Span, Value
from . import cues, dates, items, quantities
from .parsing import mended

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token


def describe(text: str, published: str | None, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans of an article, in the order given, with attributes: those that the rules would give them.

    A STANCE refers to SPEAKER spans by their ids, so these must have some. A span under another label than the
    rules' own stays as it is.
    """
    parsed = mended(text)
    previous: datetime.date | None = None
    described = {}
    for span in sorted(spans, key=lambda span: span.order):
        attributes: Mapping[str, Value] = span.attributes
        words = parsed.char_span(span.start, span.end, alignment_mode="expand")
        if span.label == "DATE":
            date = dates.describe(text, span.start, span.end, published, previous)
            previous = dates.first_day(date) or previous
            attributes = date
        elif span.label == "QUANTITY":
            attributes = quantities.describe(parsed, span.start, span.end)
        elif words is None or not len(words):
            continue
        elif span.label == "ITEM":
            attributes = items.describe(words)
        elif span.label == "SPEAKER":
            attributes = cues.describe_speaker(words)
        elif span.label == "STANCE":
            stance, named = cues.describe(words)
            attributes = stance | {"speakers": _speakers(words, named, spans)}
        described[span.order] = msgspec.structs.replace(span, attributes=attributes)
    return tuple(described.get(span.order, span) for span in spans)


def _speakers(cue: TokenSpan, named: Iterable[Token], spans: Iterable[Span]) -> tuple[str, ...]:
    """The SPEAKER spans that the grammar names; where it names none of them the nearest of the cue's sentence."""
    speakers = [(span, span.id) for span in spans if span.label == "SPEAKER" and span.id is not None]
    by_grammar = [name for token in named for span, name in speakers if span.start <= token.idx < span.end]
    if by_grammar:
        return tuple(dict.fromkeys(by_grammar))
    sentence = cue[0].sent
    near = [(span, name) for span, name in speakers if sentence.start_char <= span.start < sentence.end_char]
    return tuple(name for _, name in sorted(near, key=lambda pair: _distance(pair[0], cue))[:1])


def _distance(span: Span, cue: TokenSpan) -> int:
    """Characters between a span and a cue; where they overlap, less than 0."""
    return max(span.start - cue.end_char, cue.start_char - span.end)
