"""What a score says in sentences: what was rejected, labels that the gold lacks, articles without a prediction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from ..data.problems import counted, short
from ..data.slips import READINGS, moved, option, slip_of_score
from .inputs import Task
from .overlaps import Columns

if TYPE_CHECKING:
    from .result import Result


def notes(task: Task, result: Result) -> tuple[str, ...]:
    """The sentences of a score, in the order in which they are printed."""
    said = [] if result.coverage is None else [result.coverage]
    said += result.fates.notes(result)
    if task.dropped:
        shown = ", ".join(f"{count} {label}" for label, count in Counter(task.dropped).most_common())
        said.append(f"Left out by the label map: {shown}.")
    for label in task.only_predicted if result.schemes.keys() - {"exact", "partial"} else ():
        count = int((task.predicted.label == task.labels.index(label)).sum())
        have = counted(count, "prediction has", "predictions have")
        said.append(f"{have} the label {label}, which the gold lacks: not correct where labels count.")
    expected, given = (np.bincount(side.doc, minlength=len(task.docs)) for side in (task.gold, task.predicted))
    silent = np.count_nonzero((expected > 0) & (given == 0))
    if silent:
        said.append(
            f"{silent} of {counted(len(task.docs), 'article')} with gold spans and without a prediction that counts: "
            "all missed."
        )
    said += _slip(task, result)
    said += _cut_off(task)
    said += _blank_edges(task)
    return tuple(said)


def _slip(task: Task, result: Result) -> Iterator[str]:
    """Whether most predictions would be right if their offsets counted something else."""
    strict = result.schemes.get("strict")
    if strict is None or strict.micro.ACT_COR * 4 >= strict.micro.ACT:
        return
    gold = set(_rows(task.gold))
    texts = [document.text for document, _ in task.documents] if task.documents is not None else None

    def under(reading: tuple[str, ...]) -> int:
        if texts is None and {"utf16", "utf8"} & set(reading):
            return 0
        found = 0
        for doc, label, start, end in _rows(task.predicted):
            place = moved(None if texts is None else texts[doc], start, end, reading)
            found += place is not None and (doc, label, *place) in gold
        return found

    slip = slip_of_score(strict.micro.ACT_COR, strict.micro.ACT, under)
    if slip is not None:
        reading, count = slip
        meant = " and ".join(READINGS[name] for name in reading)
        yield (
            f"{count} of {strict.micro.ACT} predictions would be strictly right, instead of {strict.micro.ACT_COR}, if "
            f"{meant}. Where they do, {option(reading)} reads them so."
        )


def _rows(side: Columns) -> Iterator[tuple[int, ...]]:
    return zip(side.doc.tolist(), side.label.tolist(), side.start.tolist(), side.end.tolist(), strict=True)


def _cut_off(task: Task) -> Iterator[str]:
    """Whether nothing is predicted behind one offset of all articles, where the gold has much: a text that was cut."""
    if len(task.predicted) < 20:
        return
    reach = int(task.predicted.end.max())
    same = task.gold.take(np.flatnonzero(np.isin(task.gold.label, task.predicted.label)))
    behind = int(np.count_nonzero(same.start >= reach))
    if behind * 4 > len(same):
        yield (
            f"No prediction stands behind character {reach:,} of any article, where {behind} of {len(same)} gold spans "
            "of its labels are: does the system read the whole text?"
        )


def _blank_edges(task: Task) -> Iterator[str]:
    """How many gold spans begin or end with white space, as a double click leaves it: their words do not match."""
    if task.blank_edges:
        doc, text = min(task.blank_edges)
        have = counted(len(task.blank_edges), "gold span has", "gold spans have")
        yield (
            f"{have} white space at an edge, the first “{short(text)}” in {doc}: the words without it are another "
            "span; mend the gold."
        )
