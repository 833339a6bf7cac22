"""Values of the schema as the answers that the page shows, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from .fields import Field

_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")


def typed(field: Field, answers: Sequence[str]) -> Any:
    """What the answers to a field mean as a value of the schema; None where there is none.

    Raises `ValueError`, saying what was expected, for an answer that is none.
    """
    given = [answer.strip() for answer in answers if answer.strip()]
    if field.kind == "strings":
        return tuple(given)
    if not given:
        return None
    if len(given) > 1:
        raise ValueError(f"{len(given)} answers, expected one")
    answer = given[0]
    if field.kind in ("choice", "boolean"):
        known = [choice.value for choice in field.choices]
        if answer not in [str(value) for value in known]:
            raise ValueError(f"“{answer}”, expected one of {', '.join(map(str, known))}")
        if field.kind == "boolean":
            return answer == "true"
        return next(value for value in known if str(value) == answer)
    if field.kind in ("number", "integer"):
        return _number(answer, whole=field.kind == "integer")
    return answer


def _number(answer: str, *, whole: bool) -> int | float:
    plain = answer.replace(",", "") if _THOUSANDS.fullmatch(answer) else answer
    try:
        value = json.loads(plain, parse_constant=_no_number)
    except ValueError:
        value = None
    if isinstance(value, bool) or not isinstance(value, int | float) or (whole and not isinstance(value, int)):
        raise ValueError(f"“{answer}”, expected {'a whole number' if whole else 'a number'} in digits, such as 16500")
    return value


def _no_number(name: str) -> Any:
    raise ValueError(name)


def answers_of(value: Any) -> list[str]:
    """A value of the schema as the answers that the page shows; none for null."""
    if value is None:
        return []
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    if isinstance(value, str):
        return [value]
    return [json.dumps(value)]
