"""Pairs → tables of counts, by article and label; characters, and which labels are taken for which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from .counts import FIELDS, Counts
from .matching import Pairs, blocks, by_article, joined
from .overlaps import Columns, Ints, in_order, overlaps, sides

Table = npt.NDArray[np.signedinteger[Any]]

_KINDS = ("INC", "PAR", "COR")
"""What a pair is by its credit in halves."""


def tabulate(
    gold: Columns, predicted: Columns, articles: int, labels: int, schemes: Sequence[str], paired: Sequence[str] = ()
) -> tuple[dict[str, Table], dict[str, Pairs]]:
    """Match once, and count under each scheme as articles × labels × `FIELDS`; a pair counts for both its labels.

    The pairs come with the tables: those of the schemes, and of further ones that are only ``paired``. Raises
    `ArithmeticError` where POS is not the number of gold spans or ACT not that of predictions: a pairing that is not
    one to one.
    """
    tables: dict[str, Table] = {scheme: np.zeros((articles, labels, len(FIELDS)), dtype=np.int32) for scheme in schemes}
    (gold, gold_order), (predicted, predicted_order) = by_article(gold), by_article(predicted)
    matched = list(dict.fromkeys([*schemes, *paired]))
    parts = []
    for block in blocks(gold, predicted, articles, matched):
        here = {scheme: table[block.first_doc : block.last_doc] for scheme, table in tables.items()}
        if here:
            count(block.gold, block.predicted, block.pairs, block.first_doc, here)
        parts.append(block.placed())
    return tables, joined(parts, matched, gold_order, predicted_order)


def count(
    gold: Columns, predicted: Columns, paired: Mapping[str, Pairs], first_doc: int, tables: Mapping[str, Table]
) -> None:
    """Fill the tables of some articles, the first of which has the number ``first_doc``."""
    articles, labels, _ = next(iter(tables.values())).shape
    cells = articles * labels
    for side, left_over, prefix in ((gold, "MIS", ""), (predicted, "SPU", "ACT_")):
        kinds = (left_over, *(prefix + kind for kind in _KINDS))
        cell = (side.doc - first_doc) * labels + side.label
        for scheme, table in tables.items():
            pairs = paired[scheme]
            matched = pairs.predicted if prefix else pairs.gold
            kind = np.zeros(len(side), dtype=np.int8)
            kind[matched] = pairs.credit + 1
            if np.count_nonzero(kind) != len(matched):
                raise ArithmeticError("a span is paired twice")
            counted = np.bincount(np.multiply(kind, cells, dtype=np.int64) + cell, minlength=cells * len(kinds))
            for name, column in zip(kinds, counted.reshape(len(kinds), articles, labels), strict=True):
                table[:, :, FIELDS.index(name)] = column
    for table in tables.values():
        if table.min(initial=0) < 0 or int(table.sum()) != len(gold) + len(predicted):
            raise ArithmeticError("POS is not the number of gold spans, or ACT not that of predictions")


def counts_of(row: npt.NDArray[np.int64]) -> Counts:
    """A row of a table as `Counts`."""
    return Counts(**dict(zip(FIELDS, row.tolist(), strict=True)))


class Characters(msgspec.Struct, frozen=True, kw_only=True):
    """Characters under a label: ``gold``, ``predicted`` and ``both``. A character counts once a label and side."""

    gold: int = 0
    predicted: int = 0
    both: int = 0

    def to_dict(self) -> dict[str, Any]:
        counts = Counts(
            COR=self.both, MIS=self.gold - self.both, SPU=self.predicted - self.both, ACT_COR=self.both
        ).to_dict()
        ratios = {name: counts[name] for name in ("precision", "recall", "f1")}
        return {"gold": self.gold, "predicted": self.predicted, "both": self.both} | ratios


def characters(gold: Columns, predicted: Columns, labels: int) -> list[Characters]:
    """For each label how many characters the spans of either side cover, and how many both do."""
    ordered = [in_order(side) for side in (gold, predicted)]
    found = []
    for label in range(labels):
        covered = [_covered(side.take(np.flatnonzero(side.label == label))) for side in ordered]
        lengths = [int((side.end - side.start).sum()) for side in covered]
        # Stretches of one side do not overlap, so there are fewer overlapping pairs than stretches.
        both = overlaps(*sides(*covered), len(covered[0]) + len(covered[1])).shared.sum()
        found.append(Characters(gold=lengths[0], predicted=lengths[1], both=int(both)))
    return found


def _covered(side: Columns) -> Columns:
    """The stretches that the spans of each article cover together; the spans are in reading order."""
    if not len(side):
        return side
    stride = int(side.end.max()) + 1
    start, end = side.doc * stride + side.start, side.doc * stride + side.end
    reach = np.maximum.accumulate(end)
    heads = np.flatnonzero(np.concatenate(([True], start[1:] > reach[:-1])))
    last = np.append(heads[1:], len(start)) - 1
    return Columns(side.doc[heads], side.start[heads], reach[last] % stride, side.label[heads])


def confusion(gold: Columns, predicted: Columns, partial: Pairs, labels: int) -> Ints:
    """Labels of the gold × labels of the predictions, paired by the `partial` scheme, which heeds no label.

    The last column counts missed gold spans, the last row spurious predictions; rows add up to POS, columns to ACT.
    """
    table = np.zeros((labels + 1, labels + 1), dtype=np.int64)
    np.add.at(table, (gold.label[partial.gold], predicted.label[partial.predicted]), 1)
    table[:labels, labels] = np.bincount(gold.label, minlength=labels) - table[:labels].sum(axis=1)
    table[labels, :labels] = np.bincount(predicted.label, minlength=labels) - table[:labels, :labels].sum(axis=0)
    return table
