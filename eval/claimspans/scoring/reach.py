"""Where gold spans begin and the last prediction of an article ends: what tells of a text that was cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from .entries import Entries, Name, entries_of_cells
from .overlaps import Columns

FEW = 20
"""Predictions; fewer say nothing of where a system stops reading."""


def starts(gold: Columns, labels: Sequence[str]) -> Entries:
    """How many gold spans of a label begin at an offset."""
    stride = 1 + (int(gold.start.max()) if len(gold) else 0)
    places, code = np.unique(gold.label.astype(np.int64) * stride + gold.start, return_inverse=True)
    names: list[Name] = [(labels[label], start) for label, start in (divmod(int(place), stride) for place in places)]
    return entries_of_cells(gold.doc, code, names)


def ends(predicted: Columns) -> Entries:
    """The furthest end of an article's predictions."""
    docs = np.unique(predicted.doc)
    furthest = np.zeros(1 + (int(docs[-1]) if len(docs) else 0), dtype=np.int64)
    np.maximum.at(furthest, predicted.doc, predicted.end)
    names, code = np.unique(furthest[docs], return_inverse=True)
    return entries_of_cells(docs, code, [(end,) for end in names.tolist()])


def cut_off(
    begun: Mapping[Name, tuple[int, ...]], ended: Mapping[Name, tuple[int, ...]], predicted: Mapping[str, int]
) -> Iterator[str]:
    """Whether nothing is predicted behind one offset of all articles, where the gold has much; in a sentence.

    ``begun`` and ``ended`` are sums of `starts` and `ends`, ``predicted`` counts predictions by label.
    """
    reach = max(int(end or 0) for (end,) in ended)
    same = [(int(start or 0), count) for (label, start), (count,) in begun.items() if predicted.get(str(label))]
    every = sum(count for _, count in same)
    behind = sum(count for start, count in same if start >= reach)
    if behind * 4 > every:
        yield (
            f"No prediction stands behind character {reach:,} of any article, where {behind} of {every} gold spans "
            "of its labels are: does the system read the whole text?"
        )
