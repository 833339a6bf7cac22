"""Counts by article and name, held sparsely: most articles have most names not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np

from .overlaps import Ints

Name = tuple[str | int | None, ...]
"""What is counted, such as ("strict", "ITEM")."""


class Entries(msgspec.Struct, frozen=True):
    """Columns of equal length: number of the article, position in ``names``, and ``counts`` (entries × counts).

    Sorted by article; no entry has only zeros.
    """

    article: Ints
    name: Ints
    names: Sequence[Name]
    counts: Ints

    def total(self) -> dict[Name, tuple[int, ...]]:
        """The sum over the articles by name, in no order that means anything."""
        sums = np.zeros((len(self.names), self.counts.shape[1]), dtype=np.int64)
        np.add.at(sums, self.name, self.counts)
        return dict(zip(self.names, map(tuple, sums.tolist()), strict=True))


def entries(article: Ints, name: Ints, names: Sequence[Name], counts: Ints) -> Entries:
    """Entries in their order, those that count something."""
    kept = np.flatnonzero(counts.any(axis=1))
    order = kept[np.argsort(article[kept], kind="stable")]
    return Entries(article[order], name[order], names, counts[order])


def entries_of(rows: Iterable[tuple[int, Name, Sequence[int]]], width: int) -> Entries:
    """Entries from rows of article, name and counts, so many of these in each."""
    listed = list(rows)
    number: dict[Name, int] = {}
    name = [number.setdefault(row[1], len(number)) for row in listed]
    return entries(
        np.array([row[0] for row in listed], dtype=np.int64),
        np.array(name, dtype=np.int64),
        list(number),
        np.array([row[2] for row in listed], dtype=np.int64).reshape(-1, width),
    )


def entries_of_cells(article: Ints, name: Ints, names: Sequence[Name]) -> Entries:
    """Entries that count how often a name stands in an article."""
    cells, counts = np.unique(article.astype(np.int64) * max(len(names), 1) + name, return_counts=True)
    found, named = np.divmod(cells, max(len(names), 1))
    return Entries(found, named, names, counts.reshape(-1, 1))
