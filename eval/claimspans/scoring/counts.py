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
        """Credit of the predictions over ACT; None without predictions. A partial match earns half.

        Without gold spans credit is earned at those of other labels, by schemes that heed none: then it is None too.
        """
        credit = self.ACT_COR + 0.5 * self.ACT_PAR
        return None if credit and not self.POS else ratio(credit, self.ACT)

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

    @property
    def error(self) -> float | None:
        """MUC's ERR: wrong, missed and spurious over everything; a partial match is half wrong."""
        wrong = self.INC + self.PAR / 2 + self.MIS + self.SPU
        return ratio(wrong, self.COR + self.PAR + self.INC + self.MIS + self.SPU)

    @property
    def undergeneration(self) -> float | None:
        """MUC's UND: missed over POS."""
        return ratio(self.MIS, self.POS)

    @property
    def overgeneration(self) -> float | None:
        """MUC's OVG: spurious over ACT."""
        return ratio(self.SPU, self.ACT)

    @property
    def substitution(self) -> float | None:
        """MUC's SUB: wrong over paired; a partial match is half wrong."""
        return ratio(self.INC + self.PAR / 2, self.COR + self.PAR + self.INC)

    def to_dict(self) -> dict[str, Any]:
        fields = {name: getattr(self, name) for name in ("COR", "INC", "PAR", "MIS", "SPU", "POS", "ACT")}
        muc = {"ERR": self.error, "UND": self.undergeneration, "OVG": self.overgeneration, "SUB": self.substitution}
        return fields | {"precision": self.precision, "recall": self.recall, "f1": self.f1} | muc


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


RATIOS = ("precision", "recall", "f1")


def ratios(counts: npt.NDArray[Any]) -> Floats:
    """Precision, recall and F1 of many counts at once: … × `FIELDS` → … × `RATIOS`, NaN where one is undefined."""
    count = dict(zip(FIELDS, np.moveaxis(counts.astype(np.float64), -1, 0), strict=True))
    pos = count["COR"] + count["INC"] + count["PAR"] + count["MIS"]
    act = count["ACT_COR"] + count["ACT_INC"] + count["ACT_PAR"] + count["SPU"]
    with np.errstate(invalid="ignore", divide="ignore"):
        credit = count["ACT_COR"] + count["ACT_PAR"] / 2
        precision = np.where((credit > 0) & (pos == 0), np.nan, credit / act)
        recall = (count["COR"] + count["PAR"] / 2) / pos
    return np.stack([precision, recall, f1s(precision, recall)], axis=-1)


def f1s(precision: Floats, recall: Floats) -> Floats:
    """`f1` of many precisions and recalls at once; NaN is undefined."""
    with np.errstate(invalid="ignore", divide="ignore"):
        harmonic = 2 * precision * recall / (precision + recall)
    undefined = np.isnan(precision) & np.isnan(recall)
    nothing_right = ~undefined & ~((precision > 0) & (recall > 0))
    return np.where(nothing_right, 0.0, harmonic)
