"""What expressions mean that count from a day: last week, two months later, on Monday, yesterday."""

from __future__ import annotations

import datetime
import re

from .date_grammar import Expression
from .date_periods import Reader, month_of, moved
from .dates import WEEKDAYS
from .numbers import values

Parts = dict[str, str | None]
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_DEICTIC = {
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}


def count_of(parts: Parts) -> int | None:
    said = (parts["n"] or "").lower()
    if said in ("a", "an", "the"):
        return 1
    held = values(said)
    return int(held[0]) if len(held) == 1 else None


def unit_of(parts: Parts) -> str:
    said = (parts["unit"] or "").lower()
    return "century" if said.startswith("centur") else said.removesuffix("s")


def span(one: Expression, reader: Reader) -> str | None:
    number, unit, which = count_of(one.parts), unit_of(one.parts), str(one.parts["which"]).lower()
    today = reader.today
    if today is None or number is None:
        return None
    if which in ("previous", "following") and reader.previous:
        today = reader.previous[0]
    back = -1 if which in ("last", "past", "previous") else 1
    if unit in ("day", "week", "weekend", "fortnight"):
        number *= 2 if unit == "fortnight" else 1
        away = number * (7 if unit != "day" else 1)
        ends = sorted([today, today + datetime.timedelta(back * away)])
        return "/".join(end.isoformat() for end in ends)
    if unit in ("decade", "century"):
        years = number * (10 if unit == "decade" else 100)
        first, last = sorted([today.year, today.year + back * years])
        return f"{first:04}/{last:04}"
    months = number * _MONTHS_OF[unit]
    bounds = sorted([month_of(today.year, today.month), month_of(today.year, today.month + back * months)])
    return "/".join(bounds)


def away(one: Expression, reader: Reader) -> str | None:
    number, unit, way = count_of(one.parts), unit_of(one.parts), str(one.parts["way"]).lower()
    if (one.parts["n"] or "").lower().startswith("half"):
        number, unit = {"year": (6, "month"), "decade": (5, "year"), "century": (50, "year")}[unit]
    from_now = way in ("ago", "from now", "from today", "hence")
    base = reader.today if from_now or reader.previous is None else reader.previous[0]
    if base is None or number is None:
        return None
    back = way in ("ago", "earlier", "before", "previously")
    if not back and not from_now and reader.previous:
        base = reader.previous[1] if unit == "day" else reader.previous[0]
    return moved(base, -number if back else number, unit)


def whole_unit(one: Expression, reader: Reader) -> str | None:
    unit, which = unit_of(one.parts), re.sub("^the (?=last|next)", "", str(one.parts["which"]).lower())
    today = reader.today
    if today is None:
        return None
    if which in ("past", "the past"):
        return span(one._replace(parts=one.parts | {"which": "past", "n": "1"}), reader)
    if str(one.parts["which"]).lower() == "the next" and reader.previous and not reader.ahead:
        which = "the following"  # on 3 May it rained; the next day it did not
    base = today
    if which in ("that", "the same", "the following", "the previous"):
        base = reader.previous[0] if reader.previous else today
    step = {"last": -1, "the previous": -1, "next": 1, "the following": 1, "the coming": 1}.get(which, 0)
    if unit == "weekend" and (which == "the" or (which == "last" and base.weekday() < 5)):
        step = 0 if reader.ahead else -1
    return moved(base, step, unit)


def this_year(one: Expression, reader: Reader) -> str | None:
    """The year, month or week in which the reference day lies: by the end of the month."""
    unit = (one.parts["unit"] or one.parts["unit2"] or "year").lower()
    return None if reader.today is None else moved(reader.today, 0, unit)


def weekday(one: Expression, reader: Reader) -> str | None:
    if reader.today is None:
        return None
    which = (one.parts.get("which") or one.parts.get("which2") or "").lower()
    number = WEEKDAYS.index(str(one.parts["w"]).lower())
    base = reader.today
    if which in ("that", "the same", "the following", "the previous") and reader.previous:
        base = reader.previous[0]
    behind, before = (number - base.weekday()) % 7, (base.weekday() - number) % 7
    if which == "week":  # Monday week
        moved = (behind or 7) + 7
    elif which in ("next", "the following", "the coming"):
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


def weekdays_away(one: Expression, reader: Reader) -> str | None:
    """The day that is so many of its weekday away: two Sundays ago."""
    number, way = count_of(one.parts), str(one.parts["way"]).lower()
    from_now = way in ("ago", "from now", "hence")
    base = reader.today if from_now or reader.previous is None else reader.previous[0]
    if base is None or number is None:
        return None
    day = WEEKDAYS.index(str(one.parts["w"]).lower())
    if way in ("ago", "earlier"):
        moved = -((base.weekday() - day) % 7 or 7) - 7 * (number - 1)
    else:
        moved = ((day - base.weekday()) % 7 or 7) + 7 * (number - 1)
    return (base + datetime.timedelta(moved)).isoformat()


def deictic(one: Expression, reader: Reader) -> str | None:
    if reader.today is None:
        return None
    return (reader.today + datetime.timedelta(_DEICTIC.get(str(one.parts["deictic"]).lower(), 0))).isoformat()


def time_of_day(one: Expression, reader: Reader) -> str | None:
    which = str(one.parts["which"]).lower()
    base = reader.today if which == "this" or reader.previous is None else reader.previous[0]
    step = {"the following": 1, "the next": 1, "the previous": -1}.get(which, 0)
    return None if base is None else (base + datetime.timedelta(step)).isoformat()
