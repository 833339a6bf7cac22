"""Precision and recall as a threshold on the predictions' scores moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from .counts import Floats, f1s
from .inputs import Task
from .matching import Pairs
from .overlaps import Bools, Columns


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """Strict precision and recall at each distinct score, the highest first, as if the predictions below were not.

    ``average_precision`` is the sum of precision × gain in recall over these points (Zhu, 2004), recall being of all
    gold spans: scikit-learn's measure, which knows the found ones only, times their share. ``threshold`` is the score
    from which on F1 is greatest, ``f1`` that value.
    """

    thresholds: tuple[float, ...]
    precision: tuple[float, ...]
    recall: tuple[float, ...]
    average_precision: float | None
    threshold: float | None
    f1: float | None

    def to_dict(self) -> dict[str, Any]:
        return {name: list(v) if isinstance(v, tuple) else v for name, v in msgspec.structs.asdict(self).items()}


def curve(scores: Sequence[float] | npt.NDArray[np.float64], right: npt.NDArray[np.bool_], positives: int) -> Curve:
    """The curve of predictions with ``scores``, of which some are ``right``, against so many gold spans.

    Strict matching is the same at every threshold where of equal copies the surest is matched, so nothing is matched
    anew.
    """
    scores = np.asarray(scores, dtype=np.float64)
    order = np.argsort(-scores, kind="stable")
    found = np.cumsum(right[order])
    last = np.flatnonzero(np.append(np.diff(scores[order]) != 0, True)) if len(order) else np.zeros(0, np.int64)
    if not positives or not len(last):
        return Curve(thresholds=(), precision=(), recall=(), average_precision=None, threshold=None, f1=None)
    precision, recall = found[last] / (last + 1), found[last] / positives
    f1 = f1s(precision, recall)
    best = int(f1.argmax())
    return Curve(
        thresholds=tuple(scores[order][last].tolist()),
        precision=tuple(precision.tolist()),
        recall=tuple(recall.tolist()),
        average_precision=float(np.sum(precision * np.diff(recall, prepend=0.0))),
        threshold=float(scores[order][last][best]),
        f1=float(f1[best]),
    )


def curves(task: Task, strict: Pairs) -> dict[str, Curve]:
    """The curves by label, and "all"; none where the predictions carry no scores."""
    if task.scores is None:
        return {}
    right: Bools = np.zeros(len(task.scores), dtype=np.bool_)
    right[strict.predicted[strict.credit == 2]] = True
    right = _surest(task.predicted, task.scores, right)
    found = {"all": curve(task.scores, right, len(task.gold))}
    for number, label in enumerate(task.labels):
        mine = task.predicted.label == number
        found[label] = curve(task.scores[mine], right[mine], int((task.gold.label == number).sum()))
    return found


def _surest(side: Columns, scores: Floats, right: Bools) -> Bools:
    """Of copies at one place those are right that are surest, wherever they stand in their file."""
    place = (side.label, side.end, side.start, side.doc)
    found = np.empty_like(right)
    found[np.lexsort((-scores, *place))] = right[np.lexsort((~right, *place))]
    return found
