"""Spans of many articles as columns, and which of them share a character."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from ..data.records import Span

Ints = npt.NDArray[np.signedinteger[Any]]
Bools = npt.NDArray[np.bool_]


class Columns(msgspec.Struct, frozen=True):
    """Spans as columns of equal length: number of the article, offsets, number of the label.

    ``tie`` orders spans of one article with the same offsets and label; without it they are interchangeable.
    """

    doc: Ints
    start: Ints
    end: Ints
    label: Ints
    tie: Ints | None = None

    def __len__(self) -> int:
        return len(self.doc)

    def cut(self, first: int, last: int) -> Columns:
        """The spans from one position to another, in 64 bits, which what is reckoned with them may need."""
        tie = None if self.tie is None else self.tie[first:last]
        doc, start, end, label = (
            column[first:last].astype(np.int64) for column in (self.doc, self.start, self.end, self.label)
        )
        return Columns(doc, start, end, label, tie)

    def take(self, order: Ints) -> Columns:
        """The spans at some positions."""
        tie = None if self.tie is None else self.tie[order]
        return Columns(self.doc[order], self.start[order], self.end[order], self.label[order], tie)


class Overlaps(msgspec.Struct, frozen=True):
    """Every gold span with every prediction that shares a character with it.

    ``gold`` and ``predicted`` are ranks in reading order, sorted by the first, then the second; ``gold_rank`` and
    ``predicted_rank`` turn ranks into positions, and are None where these are the same. ``lengths`` are those of the
    gold spans and of the predictions, by rank.
    """

    gold: Ints
    predicted: Ints
    shared: Ints
    same_bounds: Bools
    same_label: Bools
    gold_rank: Ints | None
    predicted_rank: Ints | None
    lengths: tuple[Ints, Ints]

    @property
    def union(self) -> Ints:
        """How many characters the two cover together."""
        gold, predicted = self.lengths
        return gold[self.gold] + predicted[self.predicted] - self.shared


def columns_of(articles: Sequence[Sequence[Span]], labels: Mapping[str, int]) -> Columns:
    """The spans of articles as columns, in the order given."""
    spans = [span for article in articles for span in article]
    return Columns(
        np.repeat(np.arange(len(articles)), [len(article) for article in articles]).astype(np.int64),
        np.array([span.start for span in spans], dtype=np.int64),
        np.array([span.end for span in spans], dtype=np.int64),
        np.array([labels[span.label] for span in spans], dtype=np.int64),
        _ties(spans),
    )


def _ties(spans: Sequence[Span]) -> Ints | None:
    """The rank of each span by what it says besides its place, the surest first.

    Of copies at one place the surest is matched, and the order of the lines decides nothing.
    """
    said = [(-(span.score or 0), repr(sorted(span.attributes.items())), span.id or "") for span in spans]
    rank = {key: number for number, key in enumerate(sorted(set(said)))}
    return np.array([rank[key] for key in said], dtype=np.int64) if len(rank) > 1 else None


def overlaps(gold: Columns, predicted: Columns) -> Overlaps:
    """The pairs that share a character."""
    # Numbers of articles count from the first of these, so that places stay small.
    base = min((int(side.doc.min()) for side in (gold, predicted) if len(side)), default=0)
    stride = 1 + max(int(side.end.max()) if len(side) else 0 for side in (gold, predicted))
    gold_rank, gold_start, gold_end, gold_label = ranked(gold, stride, base)
    predicted_rank, start, end, label = ranked(predicted, stride, base)
    # Places are counted through all articles, so that spans of two articles never overlap. Predictions are sorted by
    # start: those that begin before a gold span ends are a prefix, and those before the first whose running maximum
    # of ends passes the gold span's start cannot reach it.
    last = np.searchsorted(start, gold_end, side="left")
    first = np.searchsorted(np.maximum.accumulate(end) if len(end) else end, gold_start, side="right")
    width = np.maximum(last - first, 0)
    left = np.repeat(np.arange(len(gold)), width)
    right = np.arange(len(left)) - np.repeat(np.cumsum(width) - width - first, width)
    left_start, left_end, right_start, right_end = gold_start[left], gold_end[left], start[right], end[right]
    shared = np.minimum(left_end, right_end) - np.maximum(left_start, right_start)
    same_bounds = (left_start == right_start) & (left_end == right_end)
    if len(shared) and shared.min() <= 0:
        kept = np.flatnonzero(shared > 0)
        left, right, shared, same_bounds = left[kept], right[kept], shared[kept], same_bounds[kept]
    same_label = gold_label[left] == label[right]
    lengths = gold_end - gold_start, end - start
    return Overlaps(left, right, shared, same_bounds, same_label, gold_rank, predicted_rank, lengths)


def ranked(side: Columns, stride: int, base: int) -> tuple[Ints | None, Ints, Ints, Ints]:
    """The spans in reading order: their positions, starts and ends counted through all articles, labels.

    The positions are None where the spans stand in reading order already.
    """
    if not len(side):
        return None, side.start, side.end, side.label
    before = (side.doc - base) * stride
    start = before + side.start
    labels = int(side.label.max()) + 1
    if side.tie is None and (int(side.doc.max()) - base + 1) * stride * stride * labels < 2**62:
        key = (start * stride + (stride - 1 - side.end)) * labels + side.label
        if (key[1:] >= key[:-1]).all():
            return None, start, before + side.end, side.label
        rank = np.argsort(key, kind="stable")
    else:
        tie = side.tie if side.tie is not None else np.zeros(len(side), dtype=np.int64)
        rank = np.lexsort((tie, side.label, -side.end, start))
    return rank, start[rank], (before + side.end)[rank], side.label[rank]


def in_order(side: Columns) -> Columns:
    """The spans in reading order, article by article."""
    side = side.cut(0, len(side))
    stride = int(side.end.max()) + 1 if len(side) else 1
    rank = ranked(side, stride, 0)[0]
    return side if rank is None else side.take(rank)
