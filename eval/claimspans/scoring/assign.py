"""Groups of spans that hang together → for each span the partner with which the whole group weighs most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import msgspec
import numpy as np

from .overlaps import Bools, Ints, Overlaps


class Group(msgspec.Struct, frozen=True):
    """Components of one shape: at most ``rows`` gold spans by ``columns`` predictions each.

    ``edges`` are positions in the overlaps; ``component`` numbers the component of each, and ``row`` and ``column``
    are where it stands in that one's table.
    """

    rows: int
    columns: int
    count: int
    edges: Ints
    component: Ints
    row: Ints
    column: Ints

    def solve(self, found: Overlaps, earned: Sequence[Ints]) -> Iterator[Bools]:
        """Which of the edges are chosen under each of several ways to earn credit."""
        shared = found.shared[self.edges]
        # One pair outweighs all shared characters, one half credit outweighs all pairs.
        smaller = min(self.rows, self.columns)
        per_pair = smaller * int(shared.max()) + 1
        per_credit = per_pair * (smaller + 1)
        small = 4 * smaller * per_credit << _CHOICE_BITS < 2**30
        # All ways to earn credit are solved side by side, as if they were so many components more.
        lanes = len(earned) * self.count
        weights: Ints = np.full(self.rows * self.columns * lanes, -1, dtype=np.int32 if small else np.int64)
        place = (self.row * self.columns + self.column) * lanes + self.component
        least = (per_pair + shared).astype(weights.dtype)
        for way, credit in enumerate(earned):
            weights[place + way * self.count] = per_credit * credit[self.edges].astype(weights.dtype) + least
        solve = _assign if self.columns <= _MOST_COLUMNS else _assign_large
        taken = solve(weights.reshape(self.rows, self.columns, lanes))
        place = self.row * lanes + self.component
        for way in range(len(earned)):
            yield taken.take(place + way * self.count) == self.column


_MOST_COLUMNS = 12
_CHOICE_BITS = 4
"""Bits that hold one of the columns or none."""

_TRIED = 1 << 18
"""Numbers that are compared at a time, so that they stay in the processor's cache."""


def _assign(weights: Ints) -> Ints:
    """For each row and component the column of the heaviest matching, -1 for none; of several the first in order.

    ``weights`` is rows × columns × components, positive where a pair is possible, else negative. The best that the
    rows from one on can have, for every set of columns that are taken already, follows from the best of the rows
    after it (dynamic programming over subsets, as in Held and Karp, 1962). Each row takes the earliest column with
    which the best is to be had: among equals the lowest bits, which stand for the column, decide.
    """
    rows, columns, count = weights.shape
    after, most = _sets(columns)
    step = max(64, _TRIED // after.size)
    if count > step:
        return np.concatenate([_assign(weights[:, :, first : first + step]) for first in range(0, count, step)], axis=1)
    scaled = np.zeros((rows, columns + 1, count), dtype=weights.dtype)
    np.left_shift(weights, _CHOICE_BITS, out=scaled[:, :columns])
    scaled[:, :columns] += np.arange(columns, 0, -1, dtype=weights.dtype)[:, None]
    best = np.zeros((len(after) + 1, count), dtype=weights.dtype)
    choices = []
    for row in range(rows - 1, -1, -1):
        best[-1] = np.iinfo(weights.dtype).min // 2  # what a column that is taken already leads to
        tried = best.take(after[: most[min(row, columns)]], axis=0)
        tried += scaled[row]
        heaviest = tried.max(axis=1)
        choice = heaviest & (1 << _CHOICE_BITS) - 1
        best[: len(heaviest)] = heaviest - choice
        choices.append(columns - choice)
    every, at = np.arange(count), np.zeros(count, dtype=np.int64)
    taken = np.empty((rows, count), dtype=np.int64)
    for row, choice in enumerate(reversed(choices)):
        taken[row] = choice[at, every]
        at = after[at, taken[row]]
    taken[taken == columns] = -1
    return taken


@cache
def _sets(columns: int) -> tuple[Ints, list[int]]:
    """Sets of columns, the small ones first: which set follows each by each column and by none, and by size how many.

    What is taken already leads behind the last set. ``most[n]`` sets have up to n columns.
    """
    sets = np.arange(1 << columns)
    sets = sets[np.argsort(np.bitwise_count(sets), kind="stable")]
    position = np.empty_like(sets)
    position[sets] = np.arange(len(sets))
    bits = np.append(1 << np.arange(columns), 0)
    after = np.where(sets[:, None] & bits, len(sets), position[sets[:, None] | bits])
    return after, np.cumsum(np.bincount(np.bitwise_count(sets))).tolist()


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


_SQUARE = 6
"""Up to this size components are filled up to squares: few shapes are solved faster than many."""


def components(found: Overlaps) -> tuple[Bools, Iterator[Group]]:
    """Of the edges those that are chosen under any scheme, and groups of those of which the weights decide.

    An edge alone is chosen. So is, where both sides of a component have the same spans under the same labels, each
    with its like, in order: that earns every credit and shares every character there is.
    """
    left, right = found.gold, found.predicted
    settled = np.zeros(len(left), dtype=np.bool_)
    if not len(left):
        return settled, iter(())
    # Edges are sorted by gold span, and the first partner of a later gold span is never before that of an earlier one,
    # which would overlap it too. So a component ends where what follows begins behind all predictions so far.
    ends = (left[1:] != left[:-1]) & (np.maximum.accumulate(right)[:-1] < right[1:])
    heads = np.append(0, np.flatnonzero(ends) + 1)
    size = np.diff(heads, append=len(left))
    settled[heads[size == 1]] = True
    edges = np.flatnonzero(~settled)
    size = size[size > 1]
    if not len(edges):
        return settled, iter(())
    component = np.repeat(np.arange(len(size)), size)
    heads = np.cumsum(size) - size
    row, rows = _local(left[edges], heads, component)
    column, columns = _local(right[edges], heads, component)
    like = found.same_bounds[edges] & found.same_label[edges] & (row == column)
    same = (np.bincount(component[like], minlength=len(size)) == rows) & (rows == columns)
    settled[edges[like & same[component]]] = True
    rest = np.flatnonzero(~same[component])
    return settled, _groups(edges[rest], component[rest], row[rest], column[rest], rows, columns)


def _local(ranks: Ints, heads: Ints, component: Ints) -> tuple[Ints, Ints]:
    """Each rank counted within its component, whose first edge has the lowest, and how many ranks each has."""
    used = np.zeros(int(ranks.max()) + 1, dtype=np.bool_)
    used[ranks] = True
    dense = np.cumsum(used)
    lowest = dense[ranks[heads]]
    return dense[ranks] - lowest[component], np.diff(lowest, append=dense[-1] + 1)


def _groups(edges: Ints, component: Ints, row: Ints, column: Ints, rows: Ints, columns: Ints) -> Iterator[Group]:
    """The edges in groups of components of equal shape; ``rows`` and ``columns`` are by component, the rest by edge."""
    if not len(edges):
        return
    larger = np.maximum(rows, columns)
    rows, columns = (np.where(larger <= _SQUARE, larger, side) for side in (rows, columns))
    shape = (rows * (int(columns.max()) + 1) + columns)[component]
    order = np.argsort(shape.astype(np.min_scalar_type(int(shape.max()))), kind="stable")  # small numbers sort faster
    bounds = np.flatnonzero(np.diff(shape[order], prepend=-1, append=-1)).tolist()
    for first, last in pairwise(bounds):
        inside = order[first:last]
        here = component[inside]
        number = np.cumsum(np.append(False, here[1:] != here[:-1]))
        height, width = int(rows[here[0]]), int(columns[here[0]])
        yield Group(height, width, int(number[-1]) + 1, edges[inside], number, row[inside], column[inside])
