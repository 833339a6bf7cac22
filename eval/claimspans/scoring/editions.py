"""A system's score on articles beside those on their editions: what it loses where it cannot know them by heart."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, stdev
from typing import Any

import msgspec
import numpy as np

from .compare import Difference
from .counts import FIELDS, RATIOS, ratios
from .result import Result
from .signature import RESAMPLES, SEED
from .significance import Ints, holm, percentiles, randomisation, resampled
from .text_tables import Row, Table, figure

_F1 = RATIOS.index("f1")


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """Strict F1 of the original and of its editions, for one label or all of them (``label`` None).

    ``deviation`` is that of the sample of editions, None of fewer than two. ``loss`` is the original's F1 minus that
    of all editions together, with its interval and test over articles: under the null hypothesis an article's counts
    and those of its editions could as well change places (`claimspans.scoring.significance`); ``p_holm`` is corrected
    over the labels.
    """

    label: str | None
    original: float | None
    mean: float | None
    deviation: float | None
    least: float | None
    most: float | None
    loss: Difference


def losses(original: Result, editions: Sequence[Result]) -> list[Loss]:
    """What is lost over all labels, then by label; the editions are of the same articles, under the same ids."""
    labels = [name for name in original.labels if any(name in one.labels for one in (original, *editions))]
    first = _table(original, labels) * len(editions)
    second = np.stack([_table(one, labels) for one in editions]).sum(axis=0)
    observed = (ratios(first.sum(axis=0)) - ratios(second.sum(axis=0)))[:, _F1]
    drawn = ratios(resampled(np.stack([first, second], axis=1), SEED, RESAMPLES))[..., _F1]
    p = randomisation(first, second, SEED)[:, _F1]
    adjusted = np.concatenate([holm(p[:1]), holm(p[1:])])
    found = []
    for row, label in enumerate([None, *labels]):
        each = [value for one in editions if (value := _f1(one, label)) is not None]
        found.append(
            Loss(
                label=label,
                original=_f1(original, label),
                mean=fmean(each) if each else None,
                deviation=stdev(each) if len(each) > 1 else None,
                least=min(each, default=None),
                most=max(each, default=None),
                loss=Difference(
                    difference=_defined(observed[row]),
                    interval=percentiles(drawn[:, 0, row] - drawn[:, 1, row]) if len(drawn) else None,
                    p=_defined(p[row]),
                    p_holm=_defined(adjusted[row]),
                ),
            )
        )
    return found


def _table(result: Result, labels: Sequence[str]) -> Ints:
    """Strict counts: articles × all labels, then each of them × `FIELDS`."""
    table = result["strict"].table.astype(np.int64)
    none = np.zeros((len(table), len(FIELDS)), dtype=np.int64)
    columns = [table[:, result.labels.index(name)] if name in result.labels else none for name in labels]
    return np.stack([table.sum(axis=1), *columns], axis=1)


def _f1(result: Result, label: str | None) -> float | None:
    scheme = result["strict"]
    counts = scheme.micro if label is None else scheme.labels.get(label)
    return None if counts is None else counts.f1


def _defined(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)


def loss_table(found: Sequence[Loss], editions: int) -> Table:
    """The losses as a table of figures."""
    head = ("strict F1", "original", "mean", "s.d.", "least", "most", "loss", "95 %", "p", "p Holm")
    rows = []
    for one in found:
        own = (one.original, one.mean, one.deviation, one.least, one.most)
        difference, ends = one.loss.difference, one.loss.interval
        shown = "–" if difference is None else f"{difference:+.3f}"
        interval = "" if ends is None else f"{ends[0]:+.3f} to {ends[1]:+.3f}"
        tests = ["–" if p is None else f"{p:.4f}" for p in (one.loss.p, one.loss.p_holm)]
        rows.append(Row((one.label or "all labels", *map(figure, own), shown, interval, *tests)))
    return Table(f"{editions} editions", head, (*rows[1:], msgspec.structs.replace(rows[0], kind="total")))
