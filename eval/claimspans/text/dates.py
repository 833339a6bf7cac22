"""EDTF expressions as intervals of days, and the words of a calendar."""

from __future__ import annotations

import datetime
from functools import cache

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


@cache
def days(edtf: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of an EDTF expression; raises `ValueError` when it names no dates in order."""
    from edtf import EDTFParseException, parse_edtf

    try:
        parsed = parse_edtf(edtf)
    except EDTFParseException as error:
        raise ValueError(f"{edtf}: not a date of the calendar") from error
    first = datetime.date(*parsed.lower_strict()[:3])
    last = datetime.date(*parsed.upper_strict()[:3])
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
