"""EDTF expressions as intervals of days, and the words of a calendar."""

from __future__ import annotations

import contextlib
import datetime
import io
import re
from functools import lru_cache

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
UNITS = [
    "day",
    "week",
    "weekend",
    "fortnight",
    "month",
    "quarter",
    "year",
    "decade",
    "century",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
]
FEASTS = (
    "christmas",
    "easter",
    "whitsun",
    "thanksgiving",
    "halloween",
    "ramadan",
    "eid",
    "passover",
    "hanukkah",
    "diwali",
)
DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
_PART = re.compile(r"q[1-4]|h[12]")
"""A quarter or a half of a year."""
_ROMAN = re.compile(r"m{0,4}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")


LONGEST = 100
"""Characters of an EDTF expression."""


@lru_cache(maxsize=1 << 16)
def days(edtf: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of an EDTF expression; raises `ValueError` when it names no dates in order."""
    from edtf import parse_edtf

    if len(edtf) > LONGEST:
        raise ValueError(f"{edtf[:LONGEST]}…: not a date of the calendar")
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # where the library speaks of what it cannot read
            parsed = parse_edtf(edtf)
        first, last = (datetime.date(*bound()[:3]) for bound in (parsed.lower_strict, parsed.upper_strict))
    except Exception as error:  # whatever the library makes of it
        raise ValueError(f"{edtf}: not a date of the calendar") from error
    if last < first:
        raise ValueError(f"{edtf}: ends before it begins")
    return first, last


def is_published(date: str) -> bool:
    """Whether it is a year, a month or a day of the calendar: YYYY, YYYY-MM or YYYY-MM-DD."""
    parts = date.split("-")
    if [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]) or not all(
        part.isdecimal() and part.isascii() for part in parts
    ):
        return False
    try:
        datetime.date(*(int(part) for part in [*parts, "01", "01"][:3]))
    except ValueError:
        return False
    return True


def month_number(word: str) -> int | None:
    """1 to 12 for the name of a month or its abbreviation ("Sept."), else None."""
    stem = word.lower().rstrip(".")
    if len(stem) < 3:
        return None
    return next((number for number, month in enumerate(MONTHS, 1) if month.startswith(stem)), None)


def names_a_date(word: str) -> bool:
    """Whether the word, in lower case, is a part of a date: a number, also a Roman one, or a name of the calendar."""
    return bool(
        word[:1].isdigit()
        or month_number(word)
        or word in (*WEEKDAYS, *FEASTS, *DECADES)
        or word.removesuffix("s") in UNITS
        or _PART.fullmatch(word)
        or (word and _ROMAN.fullmatch(word))
    )
