"""Quarters, halves, decades and centuries, and the year that stands beside a part of it."""

from __future__ import annotations

import re

from .date_grammar import ORDINALS, Expression
from .date_periods import Reader, month_of, placed
from .dates import DECADES, days
from .numbers import values
from .relative_dates import count_of

Parts = dict[str, str | None]
NTH = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "final": 4,
    "last": 4,
    "latter": 2,
}


def year_of(parts: Parts, reader: Reader) -> int | None:
    """The year that stands beside a day, month or season."""
    if parts.get("year"):
        return whole_year(str(parts["year"]))
    which = (parts.get("which_year") or "").lower()
    if not which or reader.today is None:
        return None
    base = reader.previous[0] if reader.previous and re.search("that|same|following|previous", which) else reader.today
    return base.year + {"last": -1, "past": -1, "the previous": -1, "next": 1, "the following": 1}.get(which, 0)


def whole_year(digits: str) -> int:
    """The year that digits or words name: '98, nineteen ninety-eight."""
    if digits[0].isalpha():
        held = [int(number) for number in values(re.sub("hundred and|oh", ",", digits.lower()).replace("-", " "))]
        return held[0] * 100 + held[1] if len(held) == 2 else held[0]
    digits = digits.strip("'")
    year = int(digits)
    return year if len(digits) == 4 else 2000 + year if year < 70 else 1900 + year


def day_number(words: str) -> int:
    lower = words.lower()
    return ORDINALS.index(lower) + 1 if lower in ORDINALS else int(re.sub(r"\D", "", lower))


def quarter(one: Expression, reader: Reader) -> str | None:
    parts = one.parts
    kind = str(parts.get("kind") or parts.get("kind2") or parts.get("kind3")).lower()
    size = 3 if kind[0] == "q" else 6
    said = str(parts.get("n") or parts.get("n2") or parts.get("n3")).lower()
    beside = parts.get("year2") or parts.get("year3")
    year = whole_year(str(beside)) if beside else year_of(parts, reader)
    if said == "last" and year is None:
        if reader.today is None:
            return None
        ended = reader.today.year * 12 + (reader.today.month - 1) // size * size - size
        return f"{month_of(ended // 12, ended % 12 + 1)}/{month_of(ended // 12, ended % 12 + size)}"
    number = NTH.get(said) or int(said)
    if kind[0] == "h" and number > 2:
        number = 2 if said in ("last", "final") else number
    first = (number - 1) * size + 1
    if number > 12 // size:
        return None
    if year is None:
        year = placed(lambda each: days(f"{month_of(each, first)}/{month_of(each, first + size - 1)}"), reader)
    return None if year is None else f"{month_of(year, first)}/{month_of(year, first + size - 1)}"


def months(one: Expression, reader: Reader) -> str | None:
    year, number = year_of(one.parts, reader), count_of(one.parts)
    number = None if number is None else number * (3 if str(one.parts["unit"]).lower() == "quarters" else 1)
    if year is None or number is None or number > 11:
        return None
    first = 1 if str(one.parts["nth"]).lower() == "first" else 13 - number
    return f"{month_of(year, first)}/{month_of(year, first + number - 1)}"


def decade(one: Expression, reader: Reader) -> str | None:
    parts = one.parts
    if parts["decade"]:
        first = int(str(parts["decade"]))
    else:
        tens = int(str(parts["short"])) if parts["short"] else (DECADES.index(str(parts["named"]).lower()) + 2) * 10
        if reader.today is None:
            return None
        first = max(each + tens for each in (1800, 1900, 2000, 2100) if each + tens <= reader.today.year)
    return f"{first:04}/{first + 9:04}"


def century(one: Expression, _reader: Reader) -> str | None:
    last = day_number(str(one.parts["n"] or one.parts["nth"])) * 100
    return f"{last - 99:04}/{last:04}"
