"""What an expression of the calendar means to one who reads it on a given day, in EDTF (ISO 8601-2)."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable

from .date_grammar import Expression
from .date_periods import Day, Reader, easter, month_of, moved, placed, week_of
from .date_spans import NTH, century, day_number, decade, months, quarter, whole_year, year_of
from .dates import WEEKDAYS, days, month_number
from .relative_dates import away, deictic, span, this_year, time_of_day, unit_of, weekday, weekdays_away, whole_unit

Parts = dict[str, str | None]
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
_FEASTS = {"may": (5, 1), "christmas": (12, 25), "boxing": (12, 26), "all": (11, 1), "halloween": (10, 31)}


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
    except (ValueError, OverflowError):
        return None
    return found


def _iso(one: Expression, _reader: Reader) -> str | None:
    parts = one.parts
    found = [parts["y"], parts["m"] or parts["m2"], parts["d"] or parts["d2"]]
    return "-".join(part.zfill(2) for part in found if part)


def _years(one: Expression, _reader: Reader) -> str | None:
    first, second = str(one.parts["y"]), str(one.parts["y2"])
    return f"{first}/{first[: 4 - len(second)]}{second}"


def _digits(one: Expression, reader: Reader) -> str | None:
    first, second = int(str(one.parts["first"])), int(str(one.parts["second"]))
    year = whole_year(str(one.parts["y"]))
    swapped = second > 12 or (reader.month_first and first <= 12 and one.parts["mark"] != ".")
    day, month = (second, first) if swapped else (first, second)
    return f"{year:04}-{month:02}-{day:02}"


def _roman(one: Expression, _reader: Reader) -> str | None:
    return f"{one.parts['y']}-{_ROMAN.index(str(one.parts['roman']).lower()) + 1:02}-{int(str(one.parts['d'])):02}"


def _short(one: Expression, _reader: Reader) -> str | None:
    return f"{whole_year(str(one.parts['y'])):04}-{month_number(str(one.parts['m'])):02}-{int(str(one.parts['d'])):02}"


def _day(one: Expression, reader: Reader) -> str | None:
    month, day = month_number(str(one.parts["m"])) or 0, day_number(str(one.parts["d"]))
    year = year_of(one.parts, reader)
    if year is None:

        def candidate(each: int) -> tuple[Day, Day]:
            found = Day(each, month, min(day, calendar.monthrange(each, month)[1]))
            return found, found

        year = placed(candidate, reader)
    return None if year is None else f"{year:04}-{month:02}-{day:02}"


def _days(one: Expression, reader: Reader) -> str | None:
    last = _day(one._replace(parts=one.parts | {"d": one.parts["d2"]}), reader)
    return None if last is None else f"{last[:-2]}{day_number(str(one.parts['d'])):02}/{last}"


def _of_month(one: Expression, reader: Reader) -> str | None:
    month = month_number(str(one.parts["m"])) or 0
    year = year_of(one.parts, reader)
    if year is None:

        def candidate(each: int) -> tuple[Day, Day]:
            return Day(each, month, 1), Day(each, month, calendar.monthrange(each, month)[1])

        year = placed(candidate, reader, (one.parts.get("which") or "").lower())
    return None if year is None else month_of(year, month)


def _day_of_month(one: Expression, reader: Reader) -> str | None:
    """The 15th of last month."""
    month = whole_unit(one._replace(parts=one.parts | {"unit": "month"}), reader)
    return None if month is None else f"{month}-{day_number(str(one.parts['d'])):02}"


def _day_of_a_month(one: Expression, reader: Reader) -> str | None:
    """The 15th ult."""
    which = {"u": "last", "i": "this", "p": "next"}[str(one.parts["which"])[0].lower()]
    return _day_of_month(one._replace(parts=one.parts | {"which": which}), reader)


def _half_month(one: Expression, reader: Reader) -> str | None:
    month = _of_month(one, reader)
    if month is None:
        return None
    first, last = days(month)
    return (
        f"{first}/{first.replace(day=15)}"
        if NTH[str(one.parts["n"]).lower()] == 1
        else f"{first.replace(day=16)}/{last}"
    )


def _half_decade(one: Expression, _reader: Reader) -> str:
    """The first or second half of a decade or a century."""
    parts = one.parts
    first, size = (int(parts["decade"]), 5) if parts["decade"] else (int(str(parts["century"])) * 100 - 99, 50)
    first += size * (NTH[str(parts["n"]).lower()] - 1)
    return f"{first:04}/{first + size - 1:04}"


def _nth_weekday(one: Expression, reader: Reader) -> str | None:
    """The first Monday of a month, its last weekend."""
    month = _of_month(one, reader)
    if month is None:
        return None
    first, last = days(month)
    name = str(one.parts["w"]).lower()
    number = WEEKDAYS.index("saturday" if name == "weekend" else name)
    if str(one.parts["nth"]).lower() == "last":
        day = last - datetime.timedelta((last.weekday() - number) % 7)
    else:
        weeks = NTH[str(one.parts["nth"]).lower()] - 1
        day = first + datetime.timedelta((number - first.weekday()) % 7 + 7 * weeks)
    return day.isoformat() if name != "weekend" else f"{day}/{day + datetime.timedelta(1)}"


def _before_last(one: Expression, reader: Reader) -> str | None:
    """What lies before the last week, May, Monday or summer; behind the next."""
    back = "last" in str(one.parts["way"]).lower()
    if reader.today is None:
        return None
    if one.parts["unit"]:
        if str(one.parts["way"]).lower() == "before":
            return moved(reader.previous[0] if reader.previous else reader.today, -1, unit_of(one.parts))
        return moved(reader.today, -2 if back else 2, unit_of(one.parts))
    kind = weekday if one.parts["w"] else _season if one.parts["season"] else _of_month
    if str(one.parts["way"]).lower() == "before":  # the autumn before the one named last
        base = reader.previous[0] if reader.previous else reader.today
        eve = base if one.parts["w"] else base + datetime.timedelta(-1)
        return kind(one._replace(parts=one.parts | {"which": "last"}), reader._replace(today=eve, previous=None))
    near = one._replace(parts=one.parts | {"which": "last" if back else "next"})
    found = kind(near, reader)
    if found is None:
        return None
    day = days(found)[0 if back else 1] + datetime.timedelta(-1 if back else 1)
    return kind(near, reader._replace(today=day))


def _season(one: Expression, reader: Reader) -> str | None:
    month = _SEASONS[str(one.parts["season"]).lower()]

    def candidate(each: int) -> tuple[Day, Day]:
        return days(f"{month_of(each, month)}/{month_of(each, month + 2)}")

    which = (one.parts.get("which") or "").lower()
    year = year_of(one.parts, reader)
    if year is None:
        year = placed(candidate, reader, "" if which == "the" else which)
        if year is not None and which == "this" and reader.today and month == 12 and reader.today.month < 3:
            year -= 1
    return None if year is None else f"{month_of(year, month)}/{month_of(year, month + 2)}"


def _numbered_week(one: Expression, _reader: Reader) -> str | None:
    year, number = one.parts["y"] or one.parts["y2"], one.parts["n"] or one.parts["n2"]
    return week_of(Day.fromisocalendar(int(str(year)), int(str(number)), 1))


def _compact(one: Expression, _reader: Reader) -> str:
    return f"{one.parts['y']}-{one.parts['m']}-{one.parts['d']}"


def _feast(one: Expression, reader: Reader) -> str | None:
    name = str(one.parts["feast"]).lower()
    month_day = (12, 24) if name == "christmas eve" else _FEASTS.get(name.split()[0])
    if "new year" in name:
        month_day = (12, 31) if "eve" in name else (1, 1)
    shift = {"good": -2, "easter": 1 if "monday" in name else 0}.get(name.split()[0], 49)

    def candidate(each: int) -> tuple[Day, Day]:
        found = Day(each, *month_day) if month_day else easter(each) + datetime.timedelta(shift)
        return found, found

    year = year_of(one.parts, reader) or placed(candidate, reader, (one.parts.get("which") or "").lower())
    if year is None:
        return None
    return (candidate(year)[0] - datetime.timedelta(1 if one.parts["eve"] else 0)).isoformat()


def _of(one: Expression, reader: Reader) -> str | None:
    """The day of "the night of 3 May", the week of "the week of 3 May", the last week of a month."""
    inner = edtf(one.until, reader) if one.until else None
    if inner is None:
        return None
    first, last = days(inner)
    if unit_of(one.parts) == "day" and one.parts["nth"] and first != last:
        nth = one.parts["nth"].strip().lower()
        return (last if nth in ("last", "final") else first + datetime.timedelta(NTH[nth] - 1)).isoformat()
    if unit_of(one.parts) not in ("week", "weekend"):
        return inner
    nth = (one.parts["nth"] or "").strip().lower()
    return week_of(last if nth in ("last", "final") else first + datetime.timedelta(7 * (NTH.get(nth, 1) - 1)))


def _year(one: Expression, _reader: Reader) -> str | None:
    return f"{whole_year(str(one.parts['y'])):04}"


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
    "month digits": lambda one, _: f"{one.parts['y']}-{one.parts['m']}",
    "roman": _roman,
    "short": _short,
    "short behind": _short,
    "days": _days,
    "days behind": _days,
    "day": _day,
    "day behind": _day,
    "day of month": _day_of_month,
    "day of a month": _day_of_a_month,
    "month": _of_month,
    "half month": _half_month,
    "half decade": _half_decade,
    "nth weekday": _nth_weekday,
    "before last": _before_last,
    "season": _season,
    "quarter": quarter,
    "short quarter": quarter,
    "decade": decade,
    "century": century,
    "week": _numbered_week,
    "compact": _compact,
    "span": span,
    "months": months,
    "away": away,
    "weekdays away": weekdays_away,
    "of": _of,
    "unit": whole_unit,
    "weekend": whole_unit,
    "the year": this_year,
    "weekday": weekday,
    "feast": _feast,
    "deictic": deictic,
    "time of day": time_of_day,
    "year": _year,
    "spelt year": _year,
    "period": _period,
}
