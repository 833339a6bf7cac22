"""Spans as one tag a token and back: B- begins a span, I- goes on, O is none (Ramshaw and Marcus, 1995)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ....data.records import Span
from ....text.tokens import Token

OUTSIDE = "O"


def encode(tokens: Sequence[Token], spans: Iterable[Span]) -> list[str]:
    """A tag a token. A span covers every token that it touches; of two that meet, the first in reading order stays."""
    tags = [OUTSIDE] * len(tokens)
    here = [span for span in spans if tokens and span.start < tokens[-1].end and tokens[0].start < span.end]
    for span in sorted(here, key=lambda span: span.order):
        covered = [number for number, token in enumerate(tokens) if token.start < span.end and span.start < token.end]
        if covered and all(tags[number] == OUTSIDE for number in covered):
            tags[covered[0]] = f"B-{span.label}"
            for number in covered[1:]:
                tags[number] = f"I-{span.label}"
    return tags


def decode(tags: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """The label, first token and token behind the last of each span; an I- without its span before it begins one."""
    first: int | None = None
    for number, tag in enumerate([*tags, OUTSIDE]):
        if first is not None and tag != f"I-{tags[first][2:]}":
            yield tags[first][2:], first, number
            first = None
        if first is None and tag != OUTSIDE:
            first = number
