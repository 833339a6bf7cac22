"""Periods of the calendar: the month or week of a day, and what lies so many of them away."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import NamedTuple

Day = datetime.date


class Reader(NamedTuple):
    """From where an expression is read: the reference day, the period named last, whether what it dates is to come,
    and whether the article writes the month before the day.
    """

    today: Day | None
    previous: tuple[Day, Day] | None = None
    ahead: bool = False
    month_first: bool = False


def month_of(year: int, month: int) -> str:
    """A month that may lie outside its year: the thirteenth is the first of the next."""
    return f"{year + (month - 1) // 12:04}-{(month - 1) % 12 + 1:02}"


def week_of(day: Day) -> str:
    monday = day - datetime.timedelta(day.weekday())
    return f"{monday.isoformat()}/{(monday + datetime.timedelta(6)).isoformat()}"


def moved(base: Day, number: int, unit: str) -> str:
    """The day, week, month or year that lies so many of them away."""
    if unit == "day":
        return (base + datetime.timedelta(number)).isoformat()
    if unit == "fortnight":
        number, unit = 2 * number, "week"
    if unit == "week":
        return week_of(base + datetime.timedelta(7 * number))
    if unit == "weekend":
        saturday = base + datetime.timedelta(5 - base.weekday() + 7 * number)
        return f"{saturday.isoformat()}/{(saturday + datetime.timedelta(1)).isoformat()}"
    if unit == "month":
        return month_of(base.year, base.month + number)
    if unit == "quarter":
        first = base.year * 12 + (base.month - 1) // 3 * 3 + 3 * number
        return f"{month_of(0, first + 1)}/{month_of(0, first + 3)}"
    if unit == "year":
        return f"{base.year + number:04}"
    size = 10 if unit == "decade" else 100
    first = base.year // size * size + number * size
    return f"{first:04}/{first + size - 1:04}"


def easter(year: int) -> Day:
    """Easter Sunday of the Gregorian calendar, by Meeus, Astronomical Algorithms, chapter 8."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return Day(year, month, day + 1)


def placed(candidates: Callable[[int], tuple[Day, Day]], reader: Reader, which: str = "") -> int | None:
    """The year in which a period without one lies: the latest up to the reference day, or the first from it on."""
    if reader.today is None:
        return None
    today, year = reader.today, reader.today.year
    near = [(each, *candidates(each)) for each in range(year - 2, year + 3)]
    if which in ("last", "past", "the past"):
        return max(each for each, _, last in near if last < today)
    if which == "next":
        return min(each for each, first, _ in near if first > today)
    if which == "this":
        return year
    if which in ("that", "the same") and reader.previous:
        return max((each for each, first, _ in near if first <= reader.previous[1]), default=None)
    if which in ("the following", "the coming"):
        base = reader.previous[1] if reader.previous and which == "the following" else today
        return min((each for each, first, _ in near if first > base), default=None)
    if which == "the previous":
        return max(each for each, _, last in near if last < today)
    if reader.ahead:
        return min(each for each, _, last in near if last >= today)
    return max(each for each, first, _ in near if first <= today)
