"""Spans of many articles as columns, and which of them share a character."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from ..data.problems import ClaimspansError
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


class Side(msgspec.Struct, frozen=True):
    """The gold spans, or the predictions, in reading order.

    ``rank`` holds their positions in the columns, and is None where these are in reading order already. ``start`` and
    ``end`` count through all articles, so that spans of two articles never overlap.
    """

    rank: Ints | None
    start: Ints
    end: Ints
    label: Ints

    def __len__(self) -> int:
        return len(self.start)

    def take(self, order: Ints) -> Side:
        """Some of the spans; their ``rank`` is that in this side."""
        return Side(order, self.start[order], self.end[order], self.label[order])

    def without(self, ranks: Ints) -> Side:
        """The spans but those at some ranks."""
        return self.take(np.delete(np.arange(len(self)), ranks))

    def positions(self, ranks: Ints) -> Ints:
        """The positions in the columns of spans given by their rank."""
        return ranks if self.rank is None else self.rank[ranks]

    def heads(self) -> Bools:
        """Which spans are not copies of the one before: the same place and label."""
        head = np.ones(len(self), dtype=np.bool_)
        head[1:] = self.start[1:] != self.start[:-1]
        head[1:] |= (self.end[1:] != self.end[:-1]) | (self.label[1:] != self.label[:-1])
        return head


class Overlaps(msgspec.Struct, frozen=True):
    """Every gold span with every prediction that shares a character with it.

    ``gold`` and ``predicted`` are ranks in the sides, sorted by the first, then the second; ``union`` is how many
    characters the two cover together.
    """

    gold: Ints
    predicted: Ints
    shared: Ints
    same_bounds: Bools
    same_label: Bools
    union: Ints


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


def sides(gold: Columns, predicted: Columns) -> tuple[Side, Side]:
    """Both sides in reading order."""
    # Numbers of articles count from the first of these, so that places stay small.
    base = min((int(side.doc.min()) for side in (gold, predicted) if len(side)), default=0)
    stride = 1 + max(int(side.end.max()) if len(side) else 0 for side in (gold, predicted))
    return _ranked(gold, stride, base), _ranked(predicted, stride, base)


class TooManyOverlapsError(ClaimspansError):
    """Spans of which more pairs overlap than are to be listed."""

    def __init__(self, pairs: int, most: int) -> None:
        self.pairs, self.most = pairs, most
        super().__init__(
            f"an article has {pairs:,} pairs of overlapping spans; at most {most:,} can be matched: remove predictions "
            "that repeat one another, or cut the article up on both sides"
        )

    def __reduce__(self) -> tuple[type[TooManyOverlapsError], tuple[int, int]]:
        """So that it comes whole out of another process."""
        return type(self), (self.pairs, self.most)


def overlaps(gold: Side, predicted: Side, most: int) -> Overlaps:
    """The pairs that share a character. Raises `TooManyOverlapsError` for more than ``most``."""
    # Predictions are sorted by start: those that begin before a gold span ends are a prefix, and those before the first
    # whose running maximum of ends passes the gold span's start cannot reach it.
    last = np.searchsorted(predicted.start, gold.end, side="left")
    furthest = np.maximum.accumulate(predicted.end) if len(predicted) else predicted.end
    first = np.searchsorted(furthest, gold.start, side="right")
    width = np.maximum(last - first, 0)
    if (tried := int(width.sum())) > most:
        ended = np.searchsorted(np.sort(predicted.end), gold.start, side="right")
        if (pairs := int((last - ended).sum())) > most:
            raise TooManyOverlapsError(pairs, most)
    if tried <= _TRIED:
        left, right, shared = _shared(gold, predicted, first, width, 0, len(gold))
    else:
        cuts = np.searchsorted(np.cumsum(width), np.arange(_TRIED, tried, _TRIED)) + 1
        bounds = sorted({0, *cuts.tolist(), len(gold)})
        parts = [_shared(gold, predicted, first, width, low, high) for low, high in pairwise(bounds)]
        left, right, shared = (np.concatenate(column) for column in zip(*parts, strict=True))
    gold_length, length = ((side.end - side.start).astype(np.int32) for side in (gold, predicted))
    union = gold_length[left] - shared + length[right]
    # Two spans have the same bounds where together they cover no more than they share.
    return Overlaps(left, right, shared, union == shared, gold.label[left] == predicted.label[right], union)


_TRIED = 1 << 21
"""About how many pairs are looked at together."""


def _shared(gold: Side, predicted: Side, first: Ints, width: Ints, low: int, high: int) -> tuple[Ints, Ints, Ints]:
    """The pairs of some gold spans that share a character, and how many they share."""
    width = width[low:high]
    left = np.repeat(np.arange(low, high, dtype=np.int32), width)
    right = np.arange(len(left)) - np.repeat(np.cumsum(width) - width - first[low:high], width)
    shared = np.minimum(gold.end[left], predicted.end[right]) - np.maximum(gold.start[left], predicted.start[right])
    if len(shared) and shared.min() <= 0:
        kept = np.flatnonzero(shared > 0)
        left, right, shared = left[kept], right[kept], shared[kept]
    return left, right.astype(np.int32), shared.astype(np.int32)


def alike(gold: Side, predicted: Side) -> tuple[Ints, Ints]:
    """The ranks of gold spans and predictions in stretches that hold the same spans on either side, pair by pair.

    A stretch is what the spans of both sides cover without a gap. Pairing each of its spans with the same one, copies
    in order, earns every credit and shares every character that there is.
    """
    start, end = np.append(gold.start, predicted.start), np.append(gold.end, predicted.end)
    order = np.argsort(start, kind="stable")
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = start[order[1:]] >= np.maximum.accumulate(end[order])[:-1]
    heads = start[order[begins]]
    bounds = [np.searchsorted(side.start, heads, side="left") for side in (gold, predicted)]
    sizes = [np.diff(first, append=len(side)) for first, side in zip(bounds, (gold, predicted), strict=True)]
    even = np.flatnonzero(sizes[0] == sizes[1])
    size = sizes[0][even]
    within = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)
    one, other = (np.repeat(first[even], size) + within for first in bounds)
    same = (gold.start[one] == predicted.start[other]) & (gold.end[one] == predicted.end[other])
    same &= gold.label[one] == predicted.label[other]
    stretch = np.repeat(np.arange(len(even)), size)
    kept = (np.bincount(stretch[same], minlength=len(even)) == size)[stretch]
    return one[kept], other[kept]


def _ranked(side: Columns, stride: int, base: int) -> Side:
    if not len(side):
        return Side(None, side.start, side.end, side.label)
    before = (side.doc - base) * stride
    start, end = before + side.start, before + side.end
    labels = int(side.label.max()) + 1
    if side.tie is None and (int(side.doc.max()) - base + 1) * stride * stride * labels < 2**62:
        key = (start * stride + (stride - 1 - side.end)) * labels + side.label
        if (key[1:] >= key[:-1]).all():
            return Side(None, start, end, side.label)
        rank = np.argsort(key, kind="stable")
    else:
        tie = side.tie if side.tie is not None else np.zeros(len(side), dtype=np.int64)
        rank = np.lexsort((tie, side.label, -side.end, start))
    return Side(rank, start[rank], end[rank], side.label[rank])


def in_order(side: Columns) -> Columns:
    """The spans in reading order, article by article."""
    side = side.cut(0, len(side))
    rank = sides(side, side)[0].rank
    return side if rank is None else side.take(rank)
