"""Gold × predictions → pairs: the only matcher. Schemes are parameters of it.

Matching is one to one within an article and optimal: most credit, then most pairs, then most shared characters,
then first in reading order. Only spans that share a character can be paired; touching is not sharing.
Schemes after SemEval-2013 task 9.1, counts after MUC-5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from .records import Span

SCHEMES = ("strict", "exact", "partial", "type")

Ints = npt.NDArray[np.int64]


class Pairs(msgspec.Struct, frozen=True):
    """The matched pairs as positions in the gold and in the predictions, and each pair's credit in halves (0, 1, 2)."""

    gold: Ints
    predicted: Ints
    credit: Ints


class Overlaps(msgspec.Struct, frozen=True):
    """Every gold span with every prediction that shares a character with it, each side in reading order.

    ``gold`` and ``predicted`` are ranks; ``gold_rank`` and ``predicted_rank`` turn ranks into positions.
    """

    gold: Ints
    predicted: Ints
    shared: Ints
    same_bounds: npt.NDArray[np.bool_]
    same_label: npt.NDArray[np.bool_]
    gold_rank: Ints
    predicted_rank: Ints


def overlaps(gold: Sequence[Span], predicted: Sequence[Span]) -> Overlaps:
    """The pairs of one article that share a character."""
    gold_rank, (gold_start, gold_end, gold_label) = _ranked(gold)
    predicted_rank, (start, end, label) = _ranked(predicted)
    # Predictions are sorted by start: those that begin before a gold span ends are a prefix, and those before the
    # first whose running maximum of ends passes the gold span's start cannot reach it.
    last = np.searchsorted(start, gold_end, side="left")
    first = np.searchsorted(np.maximum.accumulate(end) if len(end) else end, gold_start, side="right")
    width = np.maximum(last - first, 0)
    left = np.repeat(np.arange(len(gold)), width)
    right = np.arange(len(left)) - np.repeat(np.cumsum(width) - width - first, width)
    shared = np.minimum(gold_end[left], end[right]) - np.maximum(gold_start[left], start[right])
    kept = shared > 0
    left, right, shared = left[kept], right[kept], shared[kept]
    same_bounds = (gold_start[left] == start[right]) & (gold_end[left] == end[right])
    same_label = gold_label[left] == label[right]
    return Overlaps(left, right, shared, same_bounds, same_label, gold_rank, predicted_rank)


def _ranked(spans: Sequence[Span]) -> tuple[Ints, tuple[Ints, Ints, npt.NDArray[np.str_]]]:
    rank = np.array(sorted(range(len(spans)), key=lambda index: _canonical(spans[index])), dtype=np.int64)
    start = np.array([spans[index].start for index in rank], dtype=np.int64)
    end = np.array([spans[index].end for index in rank], dtype=np.int64)
    label = np.array([spans[index].label for index in rank], dtype=np.str_)
    return rank, (start, end, label)


def _canonical(span: Span) -> tuple[tuple[int, int, str], str]:
    """Reading order; of copies at one place by what they say, so that the order of the lines decides nothing."""
    return span.order, repr((span.score, sorted(span.attributes.items()), span.id)) if span.attributes else ""


def credit(found: Overlaps, scheme: str) -> Ints:
    """What each overlapping pair earns, in halves.

    ``strict`` boundaries and label · ``exact`` boundaries · ``partial`` boundaries, or half for sharing a character ·
    ``type`` label. Raises `ValueError` for another scheme.
    """
    if scheme == "strict":
        return np.where(found.same_bounds & found.same_label, 2, 0)
    if scheme == "exact":
        return np.where(found.same_bounds, 2, 0)
    if scheme == "partial":
        return np.where(found.same_bounds, 2, 1)
    if scheme == "type":
        return np.where(found.same_label, 2, 0)
    raise ValueError(f"{scheme!r} is no scheme; expected one of {', '.join(SCHEMES)}")


def match(found: Overlaps, scheme: str) -> Pairs:
    """The optimal one-to-one matching of one article's spans under a scheme."""
    earned = credit(found, scheme)
    chosen: list[int] = []
    for edges in _components(found):
        chosen += _best_star(found, earned, edges) or _best(found, earned, edges)
    kept = np.array(sorted(chosen), dtype=np.int64)
    return Pairs(found.gold_rank[found.gold[kept]], found.predicted_rank[found.predicted[kept]], earned[kept])


def _components(found: Overlaps) -> Iterator[list[int]]:
    """The edges of each group of spans that hang together by sharing characters."""
    parent: dict[tuple[int, int], tuple[int, int]] = {}

    def root(node: tuple[int, int]) -> tuple[int, int]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    ends = [
        ((0, gold), (1, predicted))
        for gold, predicted in zip(found.gold.tolist(), found.predicted.tolist(), strict=True)
    ]
    for one, other in ends:
        parent[root(one)] = root(other)
    groups: dict[tuple[int, int], list[int]] = {}
    for edge, (one, _) in enumerate(ends):
        groups.setdefault(root(one), []).append(edge)
    yield from groups.values()


def _best_star(found: Overlaps, earned: Ints, edges: list[int]) -> list[int]:
    """The best edge where all edges share a span, else nothing."""
    if len({int(found.gold[edge]) for edge in edges}) > 1 and len({int(found.predicted[edge]) for edge in edges}) > 1:
        return []
    return [min(edges, key=lambda edge: (-earned[edge], -found.shared[edge], found.gold[edge], found.predicted[edge]))]


def _best(found: Overlaps, earned: Ints, edges: list[int]) -> list[int]:
    """The optimal matching of a component: an assignment problem over whole numbers, exact below 2**53."""
    rows = {gold: row for row, gold in enumerate(sorted({int(found.gold[edge]) for edge in edges}))}
    columns = {rank: column for column, rank in enumerate(sorted({int(found.predicted[edge]) for edge in edges}))}
    cells = {(rows[int(found.gold[edge])], columns[int(found.predicted[edge])]): edge for edge in edges}
    smaller = min(len(rows), len(columns))
    # One pair outweighs all shared characters, one half credit outweighs all pairs.
    per_pair = smaller * max(int(found.shared[edge]) for edge in edges) + 1
    per_credit = per_pair * (smaller + 1)
    if 2 * per_credit * (smaller + 1) >= 2**53:
        raise ValueError("spans overlap in a group too large to be matched exactly")
    weights = np.zeros((len(rows), len(columns)))
    for cell, edge in cells.items():
        weights[cell] = per_credit * int(earned[edge]) + per_pair + int(found.shared[edge])
    return [cells[cell] for cell in _first_optimum(weights) if cell in cells]


def _first_optimum(weights: npt.NDArray[np.float64]) -> list[tuple[int, int]]:
    """Of all matchings with the greatest weight the first in reading order: each row takes its earliest column."""
    from scipy.optimize import linear_sum_assignment

    def optimum(part: npt.NDArray[np.float64]) -> float:
        return float(part[linear_sum_assignment(part, maximize=True)].sum()) if part.size else 0.0

    chosen: list[tuple[int, int]] = []
    free = list(range(weights.shape[1]))
    rest = optimum(weights)
    for row in range(weights.shape[0]):
        below = weights[row + 1 :]
        for column in [column for column in free if weights[row, column] > 0]:
            others = [other for other in free if other != column]
            if weights[row, column] + optimum(below[:, others]) == rest:
                chosen.append((row, column))
                free = others
                rest -= float(weights[row, column])
                break
    return chosen
