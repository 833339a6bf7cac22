"""Attributes of strictly matched spans: whether the values are the same, and what that makes of accuracy, P and R."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

import msgspec

from ..data.records import Value
from ..data.schema import Attribute
from ..text.dates import days
from .counts import f1, ratio

_PUNCTUATION = str.maketrans("", "", string.punctuation + "’‘“”«»–—")


class AttributeScore(msgspec.Struct, frozen=True, kw_only=True):
    """How often an attribute is right.

    ``matched`` strict pairs of its label, of which ``given`` have the attribute in the prediction and ``right``
    have it right; ``POS`` gold spans and ``ACT`` predictions of the label, of which ``stated`` have it at all.
    ``accuracy`` is conditional on a match; ``precision`` and ``recall`` are joint: span and attribute right.
    """

    matched: int = 0
    given: int = 0
    right: int = 0
    POS: int = 0
    ACT: int = 0
    stated: int = 0

    @property
    def accuracy(self) -> float | None:
        return ratio(self.right, self.matched)

    @property
    def precision(self) -> float | None:
        return ratio(self.right, self.ACT)

    @property
    def recall(self) -> float | None:
        return ratio(self.right, self.POS)

    @property
    def f1(self) -> float | None:
        return f1(self.precision, self.recall)

    def __add__(self, other: AttributeScore) -> AttributeScore:
        names = self.__struct_fields__
        return AttributeScore(**{name: getattr(self, name) + getattr(other, name) for name in names})

    def to_dict(self) -> dict[str, Any]:
        fields: dict[str, Any] = msgspec.structs.asdict(self)
        return fields | {
            "accuracy": self.accuracy,
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
        }


def same_value(attribute: Attribute, gold: Value, predicted: Value, stands_for: Mapping[str, str]) -> bool:
    """Whether a predicted value is the gold one, compared as the schema says.

    ``stands_for`` maps ids of predicted spans to those of the gold spans that the ``type`` alignment pairs them with.
    """
    if gold is None or predicted is None:
        return gold is predicted
    if attribute.compare == "spans":
        named, right = (
            [str(reference) for reference in value] if isinstance(value, tuple) else [] for value in (predicted, gold)
        )
        return {stands_for.get(reference) for reference in named} == set(right)
    if attribute.compare == "number":
        return isinstance(gold, int | float) and isinstance(predicted, int | float) and gold == predicted
    if attribute.compare == "name":
        return fold_name(str(gold)) == fold_name(str(predicted))
    if attribute.compare == "edtf":
        return _same_days(str(gold), str(predicted))
    return gold == predicted


def fold_name(name: str) -> str:
    """A name without case, punctuation and doubled blanks ("Shin Won-sik" is "shin wonsik")."""
    return " ".join(name.casefold().translate(_PUNCTUATION).split())


def _same_days(gold: str, predicted: str) -> bool:
    try:
        return days(gold) == days(predicted)
    except ValueError:
        return gold == predicted
