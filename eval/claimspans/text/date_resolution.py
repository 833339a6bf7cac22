"""What an expression of the calendar means to one who reads it on a given day, in EDTF (ISO 8601-2)."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable
from typing import NamedTuple

from .date_grammar import ORDINALS, Expression
from .dates import DECADES, WEEKDAYS, days, month_number
from .numbers import values

Day = datetime.date
Parts = dict[str, str | None]
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4, "last": 4}
_FEASTS = {"christmas": (12, 25), "boxing": (12, 26), "all": (11, 1), "halloween": (10, 31)}
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


class Reader(NamedTuple):
    """From where an expression is read: the reference day, the period named last, whether what it dates is to come,
    and whether the article writes the month before the day."""

    today: Day | None
    previous: tuple[Day, Day] | None = None
    ahead: bool = False
    month_first: bool = False


def edtf(expression: Expression, reader: Reader) -> str | None:
    """The EDTF of an expression; None where it cannot be placed, or is no day of the calendar.

    >>> from .date_grammar import expressions
    >>> [edtf(one, Reader(Day(2031, 5, 7))) for one in expressions("seen Monday, two weeks ago, or in winter 2030")]
    ['2031-05-05', '2031-04-21/2031-04-27', '2030-12/2031-02']
    """
    try:
        found = _KINDS[expression.kind](expression, reader)
        if found is not None:
            days(found)
        return found
    except (ValueError, OverflowError):
        return None


def _month(year: int, month: int) -> str:
    """A month that may lie outside its year: the thirteenth is the first of the next."""
    return f"{year + (month - 1) // 12:04}-{(month - 1) % 12 + 1:02}"


def _week(day: Day) -> str:
    monday = day - datetime.timedelta(day.weekday())
    return f"{monday.isoformat()}/{(monday + datetime.timedelta(6)).isoformat()}"


def _year_of(parts: Parts, reader: Reader) -> int | None:
    """The year that stands beside a day, month or season."""
    if parts.get("year"):
        return _whole_year(str(parts["year"]))
    which = (parts.get("which_year") or "").lower()
    if not which or reader.today is None:
        return None
    base = reader.previous[0] if reader.previous and re.search("that|same|following|previous", which) else reader.today
    return base.year + {"last": -1, "past": -1, "the previous": -1, "next": 1, "the following": 1}.get(which, 0)


def _whole_year(digits: str) -> int:
    digits = digits.strip("'")
    year = int(digits)
    return year if len(digits) == 4 else 2000 + year if year < 70 else 1900 + year


def _day_number(words: str) -> int:
    lower = words.lower()
    return ORDINALS.index(lower) + 1 if lower in ORDINALS else int(re.sub(r"\D", "", lower))


def _placed(candidates: Callable[[int], tuple[Day, Day]], reader: Reader, which: str = "") -> int | None:
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


def _iso(one: Expression, _reader: Reader) -> str | None:
    parts = one.parts
    return "-".join(part for part in (parts["y"], parts["m"], parts["d"]) if part)


def _years(one: Expression, _reader: Reader) -> str | None:
    first, second = str(one.parts["y"]), str(one.parts["y2"])
    return f"{first}/{first[: 4 - len(second)]}{second}"


def _digits(one: Expression, reader: Reader) -> str | None:
    first, second = int(str(one.parts["first"])), int(str(one.parts["second"]))
    year = _whole_year(str(one.parts["y"]))
    swapped = second > 12 or (reader.month_first and first <= 12 and one.parts["mark"] != ".")
    day, month = (second, first) if swapped else (first, second)
    return f"{year:04}-{month:02}-{day:02}"


def _roman(one: Expression, _reader: Reader) -> str | None:
    return f"{one.parts['y']}-{_ROMAN.index(str(one.parts['roman']).lower()) + 1:02}-{int(str(one.parts['d'])):02}"


def _short(one: Expression, _reader: Reader) -> str | None:
    return f"{_whole_year(str(one.parts['y'])):04}-{month_number(str(one.parts['m'])):02}-{int(str(one.parts['d'])):02}"


def _day(one: Expression, reader: Reader) -> str | None:
    month, day = month_number(str(one.parts["m"])) or 0, _day_number(str(one.parts["d"]))
    year = _year_of(one.parts, reader)
    if year is None:

        def candidate(each: int) -> tuple[Day, Day]:
            found = Day(each, month, min(day, calendar.monthrange(each, month)[1]))
            return found, found

        year = _placed(candidate, reader)
    return None if year is None else f"{year:04}-{month:02}-{day:02}"


def _days(one: Expression, reader: Reader) -> str | None:
    last = _day(one._replace(parts=one.parts | {"d": one.parts["d2"]}), reader)
    return None if last is None else f"{last[:-2]}{_day_number(str(one.parts['d'])):02}/{last}"


def _of_month(one: Expression, reader: Reader) -> str | None:
    month = month_number(str(one.parts["m"])) or 0
    year = _year_of(one.parts, reader)
    if year is None:

        def candidate(each: int) -> tuple[Day, Day]:
            return Day(each, month, 1), Day(each, month, calendar.monthrange(each, month)[1])

        year = _placed(candidate, reader, (one.parts.get("which") or "").lower())
    return None if year is None else _month(year, month)


def _season(one: Expression, reader: Reader) -> str | None:
    month = _SEASONS[str(one.parts["season"]).lower()]

    def candidate(each: int) -> tuple[Day, Day]:
        return days(f"{_month(each, month)}/{_month(each, month + 2)}")

    which = (one.parts.get("which") or "").lower()
    year = _year_of(one.parts, reader)
    if year is None:
        year = _placed(candidate, reader, "" if which == "the" else which)
        if year is not None and which == "this" and reader.today and month == 12 and reader.today.month < 3:
            year -= 1
    return None if year is None else f"{_month(year, month)}/{_month(year, month + 2)}"


def _quarter(one: Expression, reader: Reader) -> str | None:
    parts = one.parts
    kind = str(parts.get("kind") or parts.get("kind2")).lower()
    size = 3 if kind[0] == "q" else 6
    said = str(parts.get("n") or parts.get("n2")).lower()
    year = _whole_year(str(parts["year2"])) if parts.get("year2") else _year_of(parts, reader)
    if said == "last" and year is None:
        if reader.today is None:
            return None
        ended = reader.today.year * 12 + (reader.today.month - 1) // size * size - size
        return f"{_month(ended // 12, ended % 12 + 1)}/{_month(ended // 12, ended % 12 + size)}"
    number = _NTH.get(said) or int(said)
    if kind[0] == "h" and number > 2:
        number = 2 if said in ("last", "final") else number
    first = (number - 1) * size + 1
    if number > 12 // size:
        return None
    if year is None:
        year = _placed(lambda each: days(f"{_month(each, first)}/{_month(each, first + size - 1)}"), reader)
    return None if year is None else f"{_month(year, first)}/{_month(year, first + size - 1)}"


def _decade(one: Expression, reader: Reader) -> str | None:
    parts = one.parts
    if parts["decade"]:
        first = int(str(parts["decade"]))
    else:
        tens = int(str(parts["short"])) if parts["short"] else (DECADES.index(str(parts["named"]).lower()) + 2) * 10
        if reader.today is None:
            return None
        first = max(each + tens for each in (1800, 1900, 2000, 2100) if each + tens <= reader.today.year)
    return f"{first:04}/{first + 9:04}"


def _century(one: Expression, _reader: Reader) -> str | None:
    last = int(str(one.parts["n"])) * 100
    return f"{last - 99:04}/{last:04}"


def _numbered_week(one: Expression, _reader: Reader) -> str | None:
    return _week(Day.fromisocalendar(int(str(one.parts["y"])), int(str(one.parts["n"])), 1))


def _count(parts: Parts) -> int | None:
    said = (parts["n"] or "").lower()
    if said in ("a", "an", "the"):
        return 1
    held = values(said)
    return int(held[0]) if len(held) == 1 else None


def _unit(parts: Parts) -> str:
    said = (parts["unit"] or "").lower()
    return "century" if said.startswith("centur") else said.removesuffix("s")


def _span(one: Expression, reader: Reader) -> str | None:
    number, unit, which = _count(one.parts), _unit(one.parts), str(one.parts["which"]).lower()
    today = reader.today
    if today is None or number is None:
        return None
    if which in ("previous", "following") and reader.previous:
        today = reader.previous[0]
    back = -1 if which in ("last", "past", "previous") else 1
    if unit in ("day", "week", "weekend", "fortnight"):
        number *= 2 if unit == "fortnight" else 1
        away = number * 7 if unit != "day" else number - 1 if back < 0 else number
        ends = sorted([today, today + datetime.timedelta(back * away)])
        return "/".join(end.isoformat() for end in ends)
    if unit in ("decade", "century"):
        years = number * (10 if unit == "decade" else 100)
        first, last = sorted([today.year, today.year + back * years])
        return f"{first:04}/{last:04}"
    months = number * _MONTHS_OF[unit]
    bounds = sorted([_month(today.year, today.month), _month(today.year, today.month + back * months)])
    return "/".join(bounds)


def _away(one: Expression, reader: Reader) -> str | None:
    number, unit, way = _count(one.parts), _unit(one.parts), str(one.parts["way"]).lower()
    from_now = way in ("ago", "from now", "from today", "hence")
    base = reader.today if from_now or reader.previous is None else reader.previous[0]
    if base is None or number is None:
        return None
    back = way in ("ago", "earlier", "before", "previously")
    if not back and not from_now and reader.previous:
        base = reader.previous[1] if unit == "day" else reader.previous[0]
    return _moved(base, -number if back else number, unit)


def _moved(base: Day, number: int, unit: str) -> str:
    """The day, week, month or year that lies so many of them away."""
    if unit == "day":
        return (base + datetime.timedelta(number)).isoformat()
    if unit == "fortnight":
        number, unit = 2 * number, "week"
    if unit == "week":
        return _week(base + datetime.timedelta(7 * number))
    if unit == "weekend":
        saturday = base + datetime.timedelta(5 - base.weekday() + 7 * number)
        return f"{saturday.isoformat()}/{(saturday + datetime.timedelta(1)).isoformat()}"
    if unit == "month":
        return _month(base.year, base.month + number)
    if unit == "quarter":
        first = base.year * 12 + (base.month - 1) // 3 * 3 + 3 * number
        return f"{_month(0, first + 1)}/{_month(0, first + 3)}"
    if unit == "year":
        return f"{base.year + number:04}"
    size = 10 if unit == "decade" else 100
    first = base.year // size * size + number * size
    return f"{first:04}/{first + size - 1:04}"


def _whole(one: Expression, reader: Reader) -> str | None:
    unit, which = _unit(one.parts), re.sub("^the (?=last|next)", "", str(one.parts["which"]).lower())
    today = reader.today
    if today is None:
        return None
    if which in ("past", "the past"):
        return _span(one._replace(parts=one.parts | {"which": "past", "n": "1"}), reader)
    base = today
    if which in ("that", "the same", "the following", "the previous"):
        base = reader.previous[0] if reader.previous else today
    step = {"last": -1, "the previous": -1, "next": 1, "the following": 1, "the coming": 1}.get(which, 0)
    if unit == "weekend" and (which == "the" or (which == "last" and base.weekday() < 5)):
        step = 0 if reader.ahead else -1
    return _moved(base, step, unit)


def _this_year(_one: Expression, reader: Reader) -> str | None:
    return None if reader.today is None else f"{reader.today.year:04}"


def _weekday(one: Expression, reader: Reader) -> str | None:
    if reader.today is None:
        return None
    which = (one.parts.get("which") or one.parts.get("which2") or "").lower()
    number = WEEKDAYS.index(str(one.parts["w"]).lower())
    base = reader.today
    if which in ("that", "the same", "the following", "the previous") and reader.previous:
        base = reader.previous[0]
    behind, before = (number - base.weekday()) % 7, (base.weekday() - number) % 7
    if which in ("next", "the following", "the coming"):
        moved = behind or 7
    elif which in ("last", "the previous", "past", "the past"):
        moved = -(before or 7)
    elif which == "this":
        moved = number - base.weekday()
    elif which in ("that", "the same"):
        moved = behind
    else:
        moved = behind if reader.ahead else -before
    return (base + datetime.timedelta(moved)).isoformat()


def _feast(one: Expression, reader: Reader) -> str | None:
    name = str(one.parts["feast"]).lower()
    month_day = (12, 24) if name == "christmas eve" else _FEASTS.get(name.split()[0])
    if "new year" in name:
        month_day = (12, 31) if "eve" in name else (1, 1)
    shift = {"good": -2, "easter": 1 if "monday" in name else 0}.get(name.split()[0], 49)

    def candidate(each: int) -> tuple[Day, Day]:
        found = Day(each, *month_day) if month_day else _easter(each) + datetime.timedelta(shift)
        return found, found

    year = _year_of(one.parts, reader) or _placed(candidate, reader, (one.parts.get("which") or "").lower())
    if year is None:
        return None
    return (candidate(year)[0] - datetime.timedelta(1 if one.parts["eve"] else 0)).isoformat()


def _easter(year: int) -> Day:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return Day(year, month, day + 1)


_DEICTIC = {
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}


def _deictic(one: Expression, reader: Reader) -> str | None:
    if reader.today is None:
        return None
    return (reader.today + datetime.timedelta(_DEICTIC.get(str(one.parts["deictic"]).lower(), 0))).isoformat()


def _time_of_day(one: Expression, reader: Reader) -> str | None:
    which = str(one.parts["which"]).lower()
    base = reader.today if which == "this" or reader.previous is None else reader.previous[0]
    step = {"the following": 1, "the next": 1, "the previous": -1}.get(which, 0)
    return None if base is None else (base + datetime.timedelta(step)).isoformat()


def _of(one: Expression, reader: Reader) -> str | None:
    """ "The night of 3 May" is its day, "the last week of March" a week of the month, "the week of 3 May" its week."""
    inner = edtf(one.until, reader) if one.until else None
    if inner is None:
        return None
    first, last = days(inner)
    if _unit(one.parts) not in ("week", "weekend"):
        return inner
    nth = (one.parts["nth"] or "").strip().lower()
    return _week(last if nth in ("last", "final") else first + datetime.timedelta(7 * (_NTH.get(nth, 1) - 1)))


def _year(one: Expression, _reader: Reader) -> str | None:
    return one.parts["y"]


def _period(one: Expression, reader: Reader) -> str | None:
    """From the first day of the one end to the last of the other, which lends it its year."""
    if one.until is None or one.until.until is None:
        return None
    second, first = one.until, one.until.until
    end = edtf(second._replace(until=None), reader)
    if end is None:
        return None
    begin = edtf(first, reader._replace(today=days(end)[1], ahead=False))
    if begin is None:
        return None
    return f"{begin.split('/')[0]}/{end.split('/')[-1]}"


_KINDS: dict[str, Callable[[Expression, Reader], str | None]] = {
    "iso": _iso,
    "years": _years,
    "digits": _digits,
    "roman": _roman,
    "short": _short,
    "days": _days,
    "days behind": _days,
    "day": _day,
    "day behind": _day,
    "month": _of_month,
    "season": _season,
    "quarter": _quarter,
    "short quarter": _quarter,
    "decade": _decade,
    "century": _century,
    "week": _numbered_week,
    "span": _span,
    "away": _away,
    "of": _of,
    "unit": _whole,
    "weekend": _whole,
    "the year": _this_year,
    "weekday": _weekday,
    "feast": _feast,
    "deictic": _deictic,
    "time of day": _time_of_day,
    "year": _year,
    "period": _period,
}
