"""Counts that add, and the ratios that derive from them."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What became of gold spans and predictions, after MUC-5 (Chinchor and Sundheim, 1993).

    Of ``POS`` gold spans ``COR`` are correct, ``PAR`` partial, ``INC`` paired but incorrect and ``MIS`` missed.
    Of ``ACT`` predictions ``ACT_COR``, ``ACT_PAR`` and ``ACT_INC`` are so from their side, and ``SPU`` spurious.
    Over all labels both sides are equal; for one label they differ where a pair has two labels.
    """

    COR: int = 0
    INC: int = 0
    PAR: int = 0
    MIS: int = 0
    SPU: int = 0
    ACT_COR: int = 0
    ACT_INC: int = 0
    ACT_PAR: int = 0

    @property
    def POS(self) -> int:  # noqa: N802 -- the name of the literature
        return self.COR + self.INC + self.PAR + self.MIS

    @property
    def ACT(self) -> int:  # noqa: N802 -- the name of the literature
        return self.ACT_COR + self.ACT_INC + self.ACT_PAR + self.SPU

    @property
    def precision(self) -> float | None:
        """Credit of the predictions over ACT; None without predictions. A partial match earns half."""
        return ratio(self.ACT_COR + 0.5 * self.ACT_PAR, self.ACT)

    @property
    def recall(self) -> float | None:
        """Credit of the gold spans over POS; None without gold spans."""
        return ratio(self.COR + 0.5 * self.PAR, self.POS)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; 0 when one side is empty, None when both are."""
        return f1(self.precision, self.recall)

    def __add__(self, other: Counts) -> Counts:
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in FIELDS})

    def to_dict(self) -> dict[str, Any]:
        fields = {name: getattr(self, name) for name in ("COR", "INC", "PAR", "MIS", "SPU", "POS", "ACT")}
        return fields | {"precision": self.precision, "recall": self.recall, "f1": self.f1}


FIELDS = Counts.__struct_fields__


def ratio(part: float, whole: float) -> float | None:
    """``part / whole``; None, not 0 or 1, where it is undefined."""
    return part / whole if whole else None


def f1(precision: float | None, recall: float | None) -> float | None:
    """The harmonic mean. With one side empty nothing was right: 0; with both, there was nothing to find: None."""
    if precision is None and recall is None:
        return None
    if not precision or not recall:
        return 0.0
    return 2 * precision * recall / (precision + recall)


def bootstrap(
    table: npt.NDArray[np.int64], seed: int, resamples: int, level: float = 0.95
) -> dict[str, tuple[float, float]]:
    """Percentile intervals of precision, recall and F1 over articles drawn with replacement (Efron, 1979).

    ``table`` has a row of counts in the order of `FIELDS` for each article. Draws in which a ratio is undefined are
    left out of its interval; a ratio that is undefined in all of them has none.
    """
    articles = len(table)
    if articles < 2:
        return {}
    draws = np.random.default_rng(seed).multinomial(articles, np.full(articles, 1 / articles), size=resamples)
    drawn = dict(zip(FIELDS, (draws @ table).T.astype(np.float64), strict=True))
    pos = drawn["COR"] + drawn["INC"] + drawn["PAR"] + drawn["MIS"]
    act = drawn["ACT_COR"] + drawn["ACT_INC"] + drawn["ACT_PAR"] + drawn["SPU"]
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = (drawn["ACT_COR"] + drawn["ACT_PAR"] / 2) / act
        recall = (drawn["COR"] + drawn["PAR"] / 2) / pos
        harmonic = 2 * precision * recall / (precision + recall)
    nothing_right = (pos + act > 0) & ~((precision > 0) & (recall > 0))
    harmonic[nothing_right] = 0.0
    tails = ((1 - level) / 2, (1 + level) / 2)
    found = {}
    for name, values in (("precision", precision), ("recall", recall), ("f1", harmonic)):
        defined = values[~np.isnan(values)]
        if defined.size:
            low, high = np.quantile(defined, tails)
            found[name] = (float(low), float(high))
    return found
