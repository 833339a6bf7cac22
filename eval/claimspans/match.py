"""Gold × predictions → pairs: the only matcher. Schemes are parameters of it.

Matching is one to one within an article and optimal: most credit, then most pairs, then most shared characters,
then first in reading order. Only spans that share a character can be paired; touching is not sharing.
Schemes after SemEval-2013 task 9.1, counts after MUC-5.

All articles are matched at once, as columns. Most spans overlap one span of the other side or none and are done
with; the rest falls into groups that hang together, and groups of equal shape are solved together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from .records import Span

SCHEMES = ("strict", "exact", "partial", "type")

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


class Pairs(msgspec.Struct, frozen=True):
    """The matched pairs as positions in the gold and in the predictions, and each pair's credit in halves (0, 1, 2)."""

    gold: Ints
    predicted: Ints
    credit: Ints


class Overlaps(msgspec.Struct, frozen=True):
    """Every gold span with every prediction that shares a character with it.

    ``gold`` and ``predicted`` are ranks in reading order, sorted by the first, then the second; ``gold_rank`` and
    ``predicted_rank`` turn ranks into positions. ``union`` is the number of characters that the two cover together.
    """

    gold: Ints
    predicted: Ints
    shared: Ints
    union: Ints
    same_bounds: Bools
    same_label: Bools
    gold_rank: Ints
    predicted_rank: Ints


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
    gold_rank, gold_start, gold_end, gold_label = _ranked(gold, stride, base)
    predicted_rank, start, end, label = _ranked(predicted, stride, base)
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
    if len(shared) and shared.min() <= 0:
        kept = np.flatnonzero(shared > 0)
        left, right, shared = left[kept], right[kept], shared[kept]
        left_start, left_end, right_start, right_end = (
            column[kept] for column in (left_start, left_end, right_start, right_end)
        )
    return Overlaps(
        left,
        right,
        shared,
        np.maximum(left_end, right_end) - np.minimum(left_start, right_start),
        (left_start == right_start) & (left_end == right_end),
        gold_label[left] == label[right],
        gold_rank,
        predicted_rank,
    )


def _ranked(side: Columns, stride: int, base: int) -> tuple[Ints, Ints, Ints, Ints]:
    """The spans in reading order: their positions, starts and ends counted through all articles, labels."""
    if not len(side):
        return side.doc, side.start, side.end, side.label
    before = (side.doc - base) * stride
    start = before + side.start
    labels = int(side.label.max()) + 1
    if side.tie is None and (int(side.doc.max()) - base + 1) * stride * stride * labels < 2**62:
        key = (start * stride + (stride - 1 - side.end)) * labels + side.label
        if (key[1:] >= key[:-1]).all():
            return np.arange(len(side)), start, before + side.end, side.label
        rank = np.argsort(key, kind="stable")
    else:
        tie = side.tie if side.tie is not None else np.zeros(len(side), dtype=np.int64)
        rank = np.lexsort((tie, side.label, -side.end, start))
    return rank, start[rank], (before + side.end)[rank], side.label[rank]


def in_order(side: Columns) -> Columns:
    """The spans in reading order, article by article."""
    side = side.cut(0, len(side))
    stride = int(side.end.max()) + 1 if len(side) else 1
    return side.take(_ranked(side, stride, 0)[0])


_IOU = re.compile(r"iou(0?\.\d+|1(?:\.0*)?)")


def credit(found: Overlaps, scheme: str) -> Ints:
    """What each overlapping pair earns, in halves.

    ``strict`` boundaries and label · ``exact`` boundaries · ``partial`` boundaries, or half for sharing a character ·
    ``type`` label · ``iou0.5`` label and at least that intersection over union (any threshold above 0 up to 1).
    Raises `ValueError` for another scheme.
    """
    threshold = iou_threshold(scheme)
    if scheme == "strict":
        return 2 * (found.same_bounds & found.same_label)
    if scheme == "exact":
        return 2 * found.same_bounds
    if scheme == "partial":
        return 1 + found.same_bounds
    if scheme == "type":
        return 2 * found.same_label
    return 2 * (found.same_label & (found.shared >= threshold * found.union))


def iou_threshold(scheme: str) -> float:
    """The threshold of a scheme such as ``iou0.5``, 0 for the others; raises `ValueError` for what is no scheme."""
    given = _IOU.fullmatch(scheme)
    threshold = float(given[1]) if given else 0.0
    if not threshold and scheme not in SCHEMES:
        raise ValueError(f"{scheme!r} is no scheme; expected {', '.join(SCHEMES)}, or iou and a threshold (iou0.5)")
    return threshold


def align_spans(gold: Sequence[Span], predicted: Sequence[Span], schemes: Sequence[str] = SCHEMES) -> dict[str, Pairs]:
    """The optimal one-to-one matching of one article's spans under each scheme."""
    labels = {label: number for number, label in enumerate(sorted({span.label for span in (*gold, *predicted)}))}
    return align(columns_of([gold], labels), columns_of([predicted], labels), schemes)


_BLOCK = 1 << 18
"""Spans matched at a time: columns of this length stay in the processor's cache."""


def align(gold: Columns, predicted: Columns, schemes: Sequence[str] = SCHEMES) -> dict[str, Pairs]:
    """The optimal one-to-one matching of all articles under each scheme, in the order of the gold's articles."""
    gold, gold_order = _by_article(gold)
    predicted, predicted_order = _by_article(predicted)
    parts: list[dict[str, Pairs]] = []
    for (first, last), (first_predicted, last_predicted) in _blocks(gold.doc, predicted.doc):
        part = match(overlaps(gold.cut(first, last), predicted.cut(first_predicted, last_predicted)), schemes)
        parts.append(
            {
                scheme: Pairs(
                    (pairs.gold + first).astype(np.int32),
                    (pairs.predicted + first_predicted).astype(np.int32),
                    pairs.credit.astype(np.int8),
                )
                for scheme, pairs in part.items()
            }
        )
    joined = {}
    for scheme in schemes:
        one, other, credits_ = (
            np.concatenate([getattr(part[scheme], side) for part in parts] or [np.zeros(0, dtype=np.int64)])
            for side in ("gold", "predicted", "credit")
        )
        joined[scheme] = Pairs(
            one if gold_order is None else gold_order[one],
            other if predicted_order is None else predicted_order[other],
            credits_,
        )
    return joined


def _by_article(side: Columns) -> tuple[Columns, Ints | None]:
    """The spans with those of an article together, and their positions where that moved any."""
    if (side.doc[1:] >= side.doc[:-1]).all():
        return side, None
    order = np.argsort(side.doc, kind="stable")
    return side.take(order), order


def _blocks(gold: Ints, predicted: Ints) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Stretches of both sides that hold the same articles, each of about `_BLOCK` gold spans."""
    cuts = np.unique(gold[::_BLOCK])[1:]
    ends = ((np.searchsorted(side, cuts), [len(side)]) for side in (gold, predicted))
    bounds = [[0, *np.concatenate(end).tolist()] for end in ends]
    yield from zip(*(pairwise(side) for side in bounds), strict=True)


def match(found: Overlaps, schemes: Sequence[str]) -> dict[str, Pairs]:
    """The optimal one-to-one matching of some articles under each scheme, pairs in reading order of the gold."""
    earned = [credit(found, scheme) for scheme in schemes]
    alone = _alone(found.gold) & _alone(found.predicted, count=len(found.predicted_rank))
    settled, groups = _components(found, np.flatnonzero(~alone))
    chosen = [[np.flatnonzero(alone), settled] for _ in schemes]
    for group in groups:
        for parts, edges in zip(chosen, group.solve(found, earned), strict=True):
            parts.append(edges)
    pairs = {}
    for scheme, parts, credits_ in zip(schemes, chosen, earned, strict=True):
        taken = np.zeros(len(found.gold), dtype=np.bool_)
        for part in parts:
            taken[part] = True
        edges = np.flatnonzero(taken)
        left, right = found.gold_rank[found.gold[edges]], found.predicted_rank[found.predicted[edges]]
        pairs[scheme] = Pairs(left, right, credits_[edges])
    return pairs


def _alone(ranks: Ints, count: int = 0) -> Bools:
    """Whether an edge is the only one of its span. Without ``count`` the ranks are sorted."""
    if count:
        once: Bools = np.bincount(ranks, minlength=count) == 1
        return once[ranks]
    alone = np.ones(len(ranks), dtype=np.bool_)
    same = ranks[1:] == ranks[:-1]
    alone[1:] &= ~same
    alone[:-1] &= ~same
    return alone


class _Group(msgspec.Struct, frozen=True):
    """Components of one shape: ``rows`` gold spans by ``columns`` predictions each.

    ``edges`` are positions in the overlaps, ``component`` numbers the component of each, ``cell`` is where it
    stands in the component's table, row by row.
    """

    rows: int
    columns: int
    count: int
    edges: Ints
    component: Ints
    cell: Ints

    def solve(self, found: Overlaps, earned: Sequence[Ints]) -> Iterator[Ints]:
        """The chosen edges under each of several ways to earn credit."""
        shared = found.shared[self.edges]
        # One pair outweighs all shared characters, one half credit outweighs all pairs.
        smaller = min(self.rows, self.columns)
        per_pair = smaller * int(shared.max()) + 1
        per_credit = per_pair * (smaller + 1)
        row, column = np.divmod(self.cell, self.columns)
        at = np.full((self.rows, self.columns, self.count), -1, dtype=np.int64)
        at[row, column, self.component] = self.edges
        # All ways to earn credit are solved side by side, as if they were so many components more.
        shape = (self.rows, self.columns, len(earned), self.count)
        weights = np.full(shape, -4 * smaller * per_credit, dtype=np.int64)
        for way, credit in enumerate(earned):
            weights[row, column, way, self.component] = per_credit * credit[self.edges] + (per_pair + shared)
        table = weights.reshape(self.rows, self.columns, -1)
        taken = _assign(table) if self.columns <= _MOST_COLUMNS else _assign_large(table)
        for way in range(len(earned)):
            mine = taken[:, way * self.count : (way + 1) * self.count]
            rows, components = np.nonzero(mine >= 0)
            yield at[rows, mine[rows, components], components]


_MOST_COLUMNS = 12


def _assign(weights: Ints) -> Ints:
    """For each row and component the column of the heaviest matching, -1 for none; of several the first in order.

    ``weights`` is rows × columns × components, positive where a pair is possible. The best that the rows from one on
    can have, for every set of columns that are taken already, follows from the best of the rows after it; then each
    row takes the earliest column with which the best is still to be had (dynamic programming over subsets, as in
    Held and Karp, 1962). Columns are bits.
    """
    rows, columns, count = weights.shape
    best = np.zeros((rows + 1, 1 << columns, count), dtype=np.int64)
    for row in range(rows - 1, -1, -1):
        best[row] = best[row + 1]
        for column in range(columns):
            # The sets without this column and those with it, side by side.
            here, below = (part.reshape(-1, 2, 1 << column, count) for part in (best[row], best[row + 1]))
            np.maximum(here[:, 0], below[:, 1] + weights[row, column], out=here[:, 0])
    every = np.arange(count)
    taken = np.full((rows, count), -1, dtype=np.int64)
    used = np.zeros(count, dtype=np.int64)
    for row in range(rows):
        target = best[row, used, every] if row else best[0, 0]
        for column in range(columns - 1, -1, -1):
            bit = 1 << column
            below = best[row + 1, used | bit, every] if 0 < row < rows - 1 else best[row + 1, bit if row == 0 else 0]
            still = below + weights[row, column] == target
            taken[row, still & (used & bit == 0) if row else still] = column
        if row < rows - 1:
            used |= np.where(taken[row] >= 0, 1 << np.maximum(taken[row], 0), 0)
    return taken


_MOST_ROWS_IN_ORDER = 64


def _assign_large(weights: Ints) -> Ints:
    """As `_assign`, for groups with too many columns to try every set of them.

    Up to 64 rows each takes the earliest column with which the best is still to be had; beyond, the assignment is one
    of the best, and always the same. Raises `OverflowError` where weights are no longer exact in floating point.
    """
    from scipy.optimize import linear_sum_assignment

    rows, columns, count = weights.shape
    possible = np.maximum(weights, 0)
    if int(possible.max()) * min(rows, columns) >= 2**53:
        raise OverflowError("a group of overlapping spans is too large to be matched exactly")

    def solve(part: Ints) -> int:
        return int(part[linear_sum_assignment(part, maximize=True)].sum()) if part.size else 0

    taken = np.full((rows, count), -1, dtype=np.int64)
    for number in range(count):
        table = possible[:, :, number]
        if rows > _MOST_ROWS_IN_ORDER:
            chosen, partners = linear_sum_assignment(table, maximize=True)
            taken[chosen, number] = np.where(table[chosen, partners] > 0, partners, -1)
            continue
        free, rest = list(range(columns)), solve(table)
        for row in range(rows):
            for column in [column for column in free if table[row, column] > 0]:
                others = [other for other in free if other != column]
                if table[row, column] + solve(table[row + 1 :, others]) == rest:
                    taken[row, number], free = column, others
                    rest -= int(table[row, column])
                    break
    return taken


def _components(found: Overlaps, edges: Ints) -> tuple[Ints, Iterator[_Group]]:
    """Of the edges that share a span with another edge, those that are chosen under any scheme, and groups of the rest.

    Where both sides of a component have the same spans under the same labels, pairing each with its like, in order,
    earns every credit and shares every character there is.
    """
    if not len(edges):
        return edges, iter(())
    left, right = found.gold[edges], found.predicted[edges]
    # Edges are sorted by gold span: a component ends where all predictions so far stand before all that follow.
    behind = np.minimum.accumulate(right[::-1])[::-1]
    cut = np.flatnonzero((left[1:] != left[:-1]) & (np.maximum.accumulate(right)[:-1] < behind[1:])) + 1
    component = np.zeros(len(edges), dtype=np.int64)
    component[cut] = 1
    component = np.cumsum(component)
    heads = np.concatenate(([0], cut))
    row, rows = _local(left, component, heads)
    column, columns = _local(right, component, heads)
    like = found.same_bounds[edges] & found.same_label[edges] & (row == column)
    same = (np.bincount(component[like], minlength=len(heads)) == rows) & (rows == columns)
    open_edges = np.flatnonzero(~same[component])
    groups = _groups(edges[open_edges], component[open_edges], row[open_edges], column[open_edges], rows, columns)
    return edges[like & same[component]], groups


def _groups(edges: Ints, component: Ints, row: Ints, column: Ints, rows: Ints, columns: Ints) -> Iterator[_Group]:
    """The edges in groups of components of equal shape; ``rows`` and ``columns`` are by component, the rest by edge."""
    if not len(edges):
        return
    shape = (rows * (int(columns.max()) + 1) + columns)[component]
    order = np.argsort(shape, kind="stable")
    bounds = np.flatnonzero(np.diff(shape[order], prepend=-1, append=-1))
    for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        inside = order[first:last]
        numbers: Ints = np.cumsum(np.diff(component[inside], prepend=component[inside[0]]) > 0, dtype=np.int64)
        height, width = int(rows[component[inside[0]]]), int(columns[component[inside[0]]])
        cell = row[inside] * width + column[inside]
        yield _Group(height, width, int(numbers[-1]) + 1, edges[inside], numbers, cell)


def _local(ranks: Ints, component: Ints, heads: Ints) -> tuple[Ints, Ints]:
    """Each rank counted within its component, in order, and how many different ones each component has."""
    used = np.zeros(int(ranks.max()) + 2, dtype=np.int64)
    used[ranks] = 1
    dense = (np.cumsum(used) - 1)[ranks]
    lowest = np.minimum.reduceat(dense, heads)
    return dense - lowest[component], np.maximum.reduceat(dense, heads) - lowest + 1
