"""What a score says in sentences: what was rejected, labels that the gold lacks, articles without a prediction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from ..data.problems import counted, short
from .inputs import Task

if TYPE_CHECKING:
    from .result import Result


def notes(task: Task, result: Result) -> tuple[str, ...]:
    """The sentences of a score, in the order in which they are printed."""
    said = [] if result.coverage is None else [result.coverage]
    said += result.fates.notes(result)
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
    said += _blank_edges(task)
    return tuple(said)


def _blank_edges(task: Task) -> Iterator[str]:
    """How many gold spans begin or end with white space, as a double click leaves it: their words do not match."""
    if task.blank_edges:
        doc, text = task.blank_edges[0]
        have = counted(len(task.blank_edges), "gold span has", "gold spans have")
        yield (
            f"{have} white space at an edge, the first “{short(text)}” in {doc}: the words without it are another "
            "span; mend the gold."
        )
