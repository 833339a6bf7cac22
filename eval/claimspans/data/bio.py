"""Spans as one tag a token and back: B- begins a span, I- goes on, O is none (Ramshaw and Marcus, 1995)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from .records import Span

OUTSIDE = "O"


def encode(
    tokens: Sequence[tuple[int, int]], spans: Iterable[Span], *, touching: bool = False
) -> tuple[list[str], list[Span]]:
    """A tag a token, and the spans that tags cannot hold; of two that share a token the first in reading order stays.

    A span must begin and end at tokens, given by their start and end; with ``touching``, as a model learns spans from
    tokens that may be coarser, it covers every token that it touches.
    """
    tags = [OUTSIDE] * len(tokens)
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    left_out = []
    for span in sorted(spans, key=lambda span: span.order):
        first, behind = bisect_right(ends, span.start), bisect_left(starts, span.end)
        covered = tags[first:behind]
        whole = touching or (covered and (starts[first], ends[behind - 1]) == (span.start, span.end))
        if whole and covered and all(tag == OUTSIDE for tag in covered):
            tags[first:behind] = [f"B-{span.label}", *[f"I-{span.label}"] * (len(covered) - 1)]
        else:
            left_out.append(span)
    return tags, left_out


def decode(tags: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """The label, first token and token behind the last of each span; an I- without its span before it begins one."""
    first: int | None = None
    for number, tag in enumerate([*tags, OUTSIDE]):
        if first is not None and tag != f"I-{tags[first][2:]}":
            yield tags[first][2:], first, number
            first = None
        if first is None and tag != OUTSIDE:
            first = number
