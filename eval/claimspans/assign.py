"""Groups of spans that hang together → for each span the partner with which the whole group weighs most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from .columns import Ints, Overlaps


class Group(msgspec.Struct, frozen=True):
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
        cells, ways = self.rows * self.columns, len(earned)
        at = np.full(cells * self.count, -1, dtype=np.int64)
        at[self.cell * self.count + self.component] = self.edges
        # All ways to earn credit are solved side by side, as if they were so many components more.
        weights = np.full(cells * ways * self.count, -4 * smaller * per_credit, dtype=np.int64)
        place, least = self.cell * (ways * self.count) + self.component, per_pair + shared
        for way, credit in enumerate(earned):
            weights[place + way * self.count] = per_credit * credit[self.edges] + least
        table = weights.reshape(self.rows, self.columns, -1)
        taken = _assign(table) if self.columns <= _MOST_COLUMNS else _assign_large(table)
        for way in range(ways):
            mine = taken[:, way * self.count : (way + 1) * self.count]
            rows, components = np.nonzero(mine >= 0)
            yield at[(rows * self.columns + mine[rows, components]) * self.count + components]


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


def components(found: Overlaps, edges: Ints) -> tuple[Ints, Iterator[Group]]:
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


def _groups(edges: Ints, component: Ints, row: Ints, column: Ints, rows: Ints, columns: Ints) -> Iterator[Group]:
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
        yield Group(height, width, int(numbers[-1]) + 1, edges[inside], numbers, cell)


def _local(ranks: Ints, component: Ints, heads: Ints) -> tuple[Ints, Ints]:
    """Each rank counted within its component, in order, and how many different ones each component has."""
    used = np.zeros(int(ranks.max()) + 2, dtype=np.int64)
    used[ranks] = 1
    dense = (np.cumsum(used) - 1)[ranks]
    lowest = np.minimum.reduceat(dense, heads)
    return dense - lowest[component], np.maximum.reduceat(dense, heads) - lowest + 1
