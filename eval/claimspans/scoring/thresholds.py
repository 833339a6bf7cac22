"""Figures that a score must reach, such as ``strict.f1=.8``, for a check that fails where they are not."""

from __future__ import annotations

import re

import msgspec

from ..data.problems import ClaimspansError
from .counts import RATIOS
from .matching import SCHEMES
from .result import Result
from .text_tables import figure

_FORMS = (
    "strict.f1=.8, partial.macro.recall=.7, strict.DATE.precision=.9, claims.whole.f1=.5 or QUANTITY.value.accuracy=.9"
)
_SCHEME = re.compile(rf"({'|'.join(SCHEMES)}|iou\d*(?:\.\d+)?)(?:\.(.+))?")


class Threshold(msgspec.Struct, frozen=True):
    """A figure by its name, and the least that it may be."""

    name: str
    least: float

    @property
    def scheme(self) -> str | None:
        """The scheme that it asks for; None where it is of claims or attributes."""
        found = _SCHEME.fullmatch(self.name.rpartition(".")[0])
        return None if found is None else found[1]

    def shortfall(self, result: Result) -> str | None:
        """In words, that the score has less; None where it has not. What is undefined reaches no threshold.

        Raises `ClaimspansError` for a figure that the score does not have.
        """
        value = self._value(result)
        if value is not None and value >= self.least:
            return None
        return f"{self.name} is {figure(value)}, expected at least {self.least:g}"

    def _value(self, result: Result) -> float | None:
        head, _, ratio = self.name.rpartition(".")
        scheme = _SCHEME.fullmatch(head)
        holder: object = None
        if scheme is not None:
            scored, part = result[scheme[1]], scheme[2]
            holder = {"micro": scored.micro, "macro": scored.macro, **scored.labels}.get(part or "micro")
        elif head.startswith("claims."):
            holder = result.claims.get(head.partition(".")[2])
        else:
            holder = result.attributes.get(head)
        if holder is None or ratio not in (*RATIOS, "accuracy") or not hasattr(holder, ratio):
            raise ClaimspansError(f"{self.name}: no figure of this score; expected one such as {_FORMS}")
        value: float | None = getattr(holder, ratio)
        return value


def read_threshold(given: str) -> Threshold:
    """A threshold of the command line; raises `ClaimspansError` for what is none."""
    name, _, least = given.partition("=")
    number = re.fullmatch(r"\s*([01]?\.\d+|[01]\.?)\s*", least)
    if number is None or "." not in name:
        raise ClaimspansError(f"{given}: no threshold; expected FIGURE=NUMBER, such as {_FORMS}")
    return Threshold(name.strip(), float(number[1]))
