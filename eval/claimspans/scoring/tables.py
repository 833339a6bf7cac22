"""Pairs → counts by article and label; characters, and which labels are taken for which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from .counts import FIELDS, Counts
from .entries import Entries, Name, entries, entries_of, entries_of_cells
from .matching import Pairs, blocks, by_article, joined
from .overlaps import Columns, in_order, overlaps, sides

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

    def __add__(self, other: Characters) -> Characters:
        return Characters(
            gold=self.gold + other.gold, predicted=self.predicted + other.predicted, both=self.both + other.both
        )

    def to_dict(self) -> dict[str, Any]:
        counts = Counts(
            COR=self.both, MIS=self.gold - self.both, SPU=self.predicted - self.both, ACT_COR=self.both
        ).to_dict()
        ratios = {name: counts[name] for name in ("precision", "recall", "f1")}
        return {"gold": self.gold, "predicted": self.predicted, "both": self.both} | ratios


def characters(gold: Columns, predicted: Columns, labels: Sequence[str]) -> Entries:
    """How many characters the spans of a label cover in an article: of either side, and how many both do."""
    ordered = [in_order(side) for side in (gold, predicted)]
    docs, codes, counts = [], [], []
    for label in range(len(labels)):
        covered = [_covered(side.take(np.flatnonzero(side.label == label))) for side in ordered]
        here = np.union1d(covered[0].doc, covered[1].doc)
        # Stretches of one side do not overlap, so there are fewer overlapping pairs than stretches.
        placed = sides(*covered)
        both = overlaps(*placed, len(covered[0]) + len(covered[1]))
        found = np.zeros((len(here), 3), dtype=np.int64)
        for column, side in enumerate(covered):
            np.add.at(found[:, column], np.searchsorted(here, side.doc), side.end - side.start)
        shared = covered[0].doc[placed[0].positions(both.gold)]
        np.add.at(found[:, 2], np.searchsorted(here, shared), both.shared)
        docs.append(here)
        codes.append(np.full(len(here), label, dtype=np.int64))
        counts.append(found)
    names: list[Name] = [(label,) for label in labels]
    if not names:
        return entries_of((), 3)
    return entries(np.concatenate(docs), np.concatenate(codes), names, np.concatenate(counts))


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


def confusion(gold: Columns, predicted: Columns, partial: Pairs, labels: Sequence[str]) -> Entries:
    """Label of the gold × label of the prediction, paired by the `partial` scheme, which heeds no label.

    None stands for no prediction where a gold span is missed, and for no gold span where a prediction is spurious.
    """
    missed = np.delete(np.arange(len(gold)), partial.gold)
    spurious = np.delete(np.arange(len(predicted)), partial.predicted)
    none, stride = len(labels), len(labels) + 1
    doc = np.concatenate([gold.doc[partial.gold], gold.doc[missed], predicted.doc[spurious]])
    row = np.concatenate([gold.label[partial.gold], gold.label[missed], np.full(len(spurious), none)])
    column = np.concatenate([predicted.label[partial.predicted], np.full(len(missed), none), predicted.label[spurious]])
    cells, code = np.unique(row.astype(np.int64) * stride + column, return_inverse=True)
    shown = [*labels, None]
    return entries_of_cells(doc, code, [(shown[cell // stride], shown[cell % stride]) for cell in cells.tolist()])
