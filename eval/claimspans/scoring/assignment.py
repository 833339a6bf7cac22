"""Components of overlapping spans → for each gold span the prediction with which the whole component weighs most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import msgspec
import numpy as np

from ..data.problems import ClaimspansError
from .counts import Floats
from .overlaps import Bools, Ints, Overlaps

_MOST_COLUMNS = 8
"""Up to so many predictions every set of them is tried."""
_SQUARE = 6
"""Up to this size components are filled up to squares: few shapes are solved faster than many."""
_MOST_ROWS_IN_ORDER, _MOST_CELLS_IN_ORDER = 64, 1 << 17
"""Up to so many gold spans, and gold spans × predictions, the first of several best matchings is looked for."""
_NUMBERS_AT_A_TIME = 1 << 17
"""How many sums are compared at a time, so that they stay in the processor's cache."""
_EXACT_FLOAT = 2**53
"""Below this whole numbers are exact in floating point."""


class Group(msgspec.Struct, frozen=True):
    """Components of one shape: at most ``rows`` gold spans by ``columns`` predictions each.

    ``edges`` are positions of overlapping pairs; ``component`` numbers the component of each, and ``row`` and
    ``column`` are where it stands in the table of that component.
    """

    rows: int
    columns: int
    count: int
    edges: Ints
    component: Ints
    row: Ints
    column: Ints

    def solve(self, shared: Ints, credits_: Sequence[Ints]) -> Iterator[Bools]:
        """Which of the edges are chosen under each scheme, given the characters that they share and their credits.

        Two matchings differ by alternating paths and cycles, each of which can be exchanged by itself and changes the
        number of pairs by one at most. So one pair has to outweigh all the characters that can be shared, and half a
        credit one pair and these characters.
        """
        shared = shared[self.edges].astype(np.int64)
        per_pair = min(self.rows, self.columns) * int(shared.max()) + 1
        earned = [credit[self.edges] for credit in credits_]
        if self.columns > _MOST_COLUMNS:
            yield from self._one_by_one(per_pair + shared, earned, 2 * per_pair)
            return
        # All schemes are solved side by side, as if they were so many components more.
        lanes = len(earned) * self.count
        tables = np.full(self.rows * self.columns * lanes, -1, dtype=np.int64)
        cell = (self.row * self.columns + self.column) * lanes + self.component
        for number, credit in enumerate(earned):
            tables[cell + number * self.count] = credit * np.int64(2 * per_pair) + (per_pair + shared)
        partner = _by_subsets(tables.reshape(self.rows, self.columns, lanes))
        cell = self.row * lanes + self.component
        for number in range(len(earned)):
            yield partner.take(cell + number * self.count) == self.column

    def _one_by_one(self, least: Ints, earned: Sequence[Ints], per_credit: int) -> Iterator[Bools]:
        """As `solve`, each component by itself; ``least`` is what edges weigh without credit."""
        bounds = np.searchsorted(self.component, np.arange(self.count + 1)).tolist()
        in_order = self.rows <= _MOST_ROWS_IN_ORDER and self.rows * self.columns <= _MOST_CELLS_IN_ORDER
        solve = _first_in_order if in_order else _sparse
        # Schemes that give a component the same credits are solved once: so are all that give its edges one credit.
        known: dict[tuple[int, bytes], Bools] = {}
        for credit in earned:
            chosen = np.zeros(len(self.edges), dtype=np.bool_)
            for first, last in pairwise(bounds):
                row, column, part = (side[first:last] for side in (self.row, self.column, credit))
                part = part - part.min() if part.min() == part.max() else part
                if (key := (first, part.tobytes())) not in known:
                    weight = part * np.int64(per_credit) + least[first:last]
                    if int(weight.max()) * self.rows * 2 >= _EXACT_FLOAT:
                        raise ClaimspansError(
                            f"{self.rows:,} gold spans and {self.columns:,} predictions that overlap are too many, or "
                            "too long, to be matched exactly: remove what is repeated, or cut the article up"
                        )
                    known[key] = solve(row, column, weight, self.rows, self.columns)
                chosen[first:last] = known[key]
            yield chosen


def _by_subsets(weights: Ints) -> Ints:
    """For each row and component the column of the heaviest matching; of several matchings the first in order.

    ``weights`` is rows × columns × components, negative where no pair is possible. The best that the rows from one on
    can have, for every set of columns that are taken already, follows from the best of the rows after it (dynamic
    programming over subsets, as in Held and Karp, 1962). Each row takes the earliest column with which the best is to
    be had; a row without a partner has the number of columns.
    """
    rows, columns, count = weights.shape
    after, most = _sets(columns)
    step = max(64, _NUMBERS_AT_A_TIME // after.size)
    if count > step:
        parts = [_by_subsets(weights[:, :, first : first + step]) for first in range(0, count, step)]
        return np.concatenate(parts, axis=1)
    # The last row of `best` is what a column that is taken already leads to.
    best = np.zeros((len(after) + 1, count), dtype=np.int64)
    best[-1] = np.iinfo(np.int64).min // 2
    choices = []
    for row in range(rows - 1, -1, -1):
        sets = most[min(row, columns)]
        heaviest, choice = best[:sets].copy(), np.full((sets, count), columns, dtype=np.int8)
        for column in range(columns - 1, -1, -1):
            tried = best.take(after[:sets, column], axis=0)
            tried += weights[row, column]
            choice[tried >= heaviest] = column
            np.maximum(heaviest, tried, out=heaviest)
        best[:sets] = heaviest
        choices.append(choice)
    every, taken = np.arange(count), np.zeros(count, dtype=np.int64)
    partner = np.empty((rows, count), dtype=np.int64)
    for row, choice in enumerate(reversed(choices)):
        partner[row] = choice[taken, every]
        taken = after[taken, partner[row]]
    return partner


@cache
def _sets(columns: int) -> tuple[Ints, list[int]]:
    """Sets of columns, the small ones first: which set follows each by each column and by none, and by size how many.

    A column that is taken already leads behind the last set. ``most[n]`` sets have up to n columns.
    """
    sets: Ints = np.arange(1 << columns)
    sets = sets[np.argsort(np.bitwise_count(sets), kind="stable")]
    position = np.empty_like(sets)
    position[sets] = np.arange(len(sets))
    bits = np.append(1 << np.arange(columns), 0)
    after = np.where(sets[:, None] & bits, len(sets), position[sets[:, None] | bits])
    return after, np.cumsum(np.bincount(np.bitwise_count(sets))).tolist()


def _first_in_order(row: Ints, column: Ints, weight: Ints, rows: int, columns: int) -> Bools:
    """Which edges of one component are in its heaviest matching, of several in the first in order.

    The heaviest is to be had with the first n possible columns of a row or it is not; the least n is found by halving.
    """
    # Doubled, so that one more on some cells tells whether one of these is in a heaviest matching.
    weights = np.zeros((rows, columns))
    weights[row, column] = 2.0 * weight
    free, partner = np.arange(columns), np.full(rows, -1)
    for number in range(rows):
        rest = weights[number:, free]
        possible = np.flatnonzero(rest[0])
        best, first = _heaviest(rest)
        low, high = -1, int(np.searchsorted(possible, first)) if first >= 0 and rest[0, first] else len(possible)
        while high - low > 1:
            tried = possible[: (low + high) // 2 + 1]
            rest[0, tried] += 1
            low, high = (low, len(tried) - 1) if _heaviest(rest)[0] > best else (len(tried) - 1, high)
            rest[0, tried] -= 1
        if high < len(possible):
            partner[number] = free[possible[high]]
            free = np.delete(free, possible[high])
    chosen: Bools = partner[row] == column
    return chosen


def _heaviest(weights: Floats) -> tuple[float, int]:
    """The weight of the heaviest matching of a table, and the column of the first row, -1 for none."""
    from scipy.optimize import linear_sum_assignment

    row, column = linear_sum_assignment(weights, maximize=True)
    return float(weights[row, column].sum()), int(column[0]) if len(row) and row[0] == 0 else -1


def _sparse(row: Ints, column: Ints, weight: Ints, rows: int, columns: int) -> Bools:
    """Which edges of one component are in a heaviest matching: one of the best, and always the same.

    Each row can also go to a column that it has to itself and that weighs nothing, so that all rows find a place.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    every, dearest = np.arange(rows), int(weight.max()) + 1
    costs = np.append(dearest - weight, np.full(rows, dearest)).astype(np.float64)
    cells = np.append(row, every).astype(np.int32), np.append(column, columns + every).astype(np.int32)
    partners = min_weight_full_bipartite_matching(csr_array((costs, cells), shape=(rows, columns + rows)))[1]
    chosen: Bools = partners[row] == column
    return chosen


def groups(found: Overlaps) -> tuple[Bools, Iterator[Group]]:
    """Which edges are chosen under any scheme, and the components of which the weights decide, in groups.

    An edge, which is a gold span and a prediction that overlap, is chosen where it is alone in its component, and where
    the component has the same spans under the same labels on both sides: each with the same one, in order.
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
    edges, size = np.flatnonzero(~settled), size[size > 1]
    if not len(edges):
        return settled, iter(())
    component, heads = np.repeat(np.arange(len(size), dtype=np.int32), size), np.cumsum(size) - size
    row, rows = _local(left[edges], heads, component)
    column, columns = _local(right[edges], heads, component)
    like = found.same_bounds[edges] & found.same_label[edges] & (row == column)
    same = (np.bincount(component[like], minlength=len(size)) == rows) & (rows == columns)
    settled[edges[like & same[component]]] = True
    rest = np.flatnonzero(~same[component])
    return settled, _by_shape(edges[rest], component[rest], row[rest], column[rest], rows, columns)


def _by_shape(edges: Ints, component: Ints, row: Ints, column: Ints, rows: Ints, columns: Ints) -> Iterator[Group]:
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


def _local(ranks: Ints, heads: Ints, component: Ints) -> tuple[Ints, Ints]:
    """Each rank counted within its component, whose first edge has the lowest, and how many ranks each has."""
    used = np.zeros(int(ranks.max()) + 1, dtype=np.bool_)
    used[ranks] = True
    dense = np.cumsum(used, dtype=np.int32)
    lowest = dense[ranks[heads]]
    return dense[ranks] - lowest[component], np.diff(lowest, append=dense[-1] + 1)
