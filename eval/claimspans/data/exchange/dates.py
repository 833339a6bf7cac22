"""Dates moved by whole weeks that come close to whole years, so that weekdays, months and seasons stay true."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from random import Random

import msgspec

from ...text.dates import DECADES, UNITS, WEEKDAYS, is_published, month_number
from .mentions import Edit, Mention
from .words import WORDS

CYCLE = 28
"""Years after which every date has its weekday again (1901 to 2099): 1,461 weeks."""

_NUMERIC = re.compile(r"(?<![\d.])(?:(\d{4})-(\d\d)(?:-(\d\d))?|(\d\d?)([./])(\d\d?)\5(\d{4}))(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d|s\b|-?[a-z])")
_DAY = re.compile(r"(?<![\d:.])(\d\d?)(st|nd|rd|th)?(?![\d:]|\.\d)")
_CLOCK = re.compile(r"\d\d?[:.]\d\d(?:\s*[–-]\s*\d\d?[:.]\d\d)?|\d\d?(?=\s*[ap]\.?m\b)")
_WORD = re.compile(r"[^\W\d_]+")
_RELATIVE = frozenset(WORDS["relative to a date"]) | {
    *WEEKDAYS,
    *(f"{unit}{plural}" for unit in UNITS if unit not in ("decade", "century") for plural in ("", "s")),
}
"""Words that say the same of a date that is moved."""
_FIXED = re.compile(rf"\d0s\b|\b(?:{'|'.join(DECADES)})\b|\bcentur", re.IGNORECASE)
"""Decades and centuries stay: they are absolute, and a move of some years does not make them false."""
_OUT_OF_CYCLE = re.compile(
    r"\b(?:nineteen|twenty|thirty)[\s-](?!day|week|month|year)|(?-i:\b[MDCLXVI]{2,}\b)|['’]\d\d\b"
    r"|decade|easter|whitsun|ramadan|\beid\b|passover|diwali|hanukkah",
    re.IGNORECASE,
)
"""A year that is not in four digits, and what does not come again after `CYCLE` years."""


class Dated(msgspec.Struct, frozen=True):
    """A span with a date: its place and its EDTF expression."""

    start: int
    end: int
    edtf: str


class Moved(msgspec.Struct, frozen=True):
    """Dates moved by ``years`` and ``days``: mentions, new EDTF expressions by the old, the new publication date."""

    years: int
    days: int
    mentions: list[Mention]
    edtf: Mapping[str, str]
    published: str | None


class _ImmovableError(ValueError):
    """A date that cannot be moved so."""


def is_calendar(words: str) -> bool:
    """Whether words hold a year, or the name of a month, so that their numerals count nothing."""
    return _YEAR.search(words) is not None or any(month_number(word) for word in _WORD.findall(words))


def moved(text: str, published: str | None, dated: Sequence[Dated], rng: Random) -> Moved | None:
    """The dates of an article, moved; None where there are none or one of them cannot be moved safely."""
    if not dated or (published is not None and not is_published(published)):
        return None
    moves = [
        (years, 7 * round(years * 365.25 / 7 + week)) for years in (*range(-6, 0), *range(1, 7)) for week in (0, -1, 1)
    ]
    rng.shuffle(moves)
    cycles = [(years, 7 * round(years * 365.25 / 7)) for years in rng.sample((-CYCLE, CYCLE), 2)]
    for years, days in (*moves, *cycles):
        try:
            return _moved(text, published, dated, years, days)
        except (_ImmovableError, OverflowError):
            continue
    return None


def _moved(text: str, published: str | None, dated: Sequence[Dated], years: int, days: int) -> Moved:
    mentions: list[Mention] = []
    expressions: dict[str, str] = {}
    for span in dated:
        words = text[span.start : span.end]
        if _FIXED.search(words):
            expressions.setdefault(span.edtf, span.edtf)
            mentions.append(Mention("date", f"date {words}", span.start, span.end))
            continue
        new = "/".join(_point(point, years, days) for point in span.edtf.split("/"))
        if expressions.setdefault(span.edtf, new) != new:
            raise _ImmovableError(words)
        edits = list(_rendered(words, span.edtf, years, days))
        places = [span.start, *_copies(text, words, dated)] if edits else [span.start]
        for place in places:
            here = tuple(Edit(place + edit.start, place + edit.end, edit.new) for edit in edits)
            mentions.append(Mention("date", "dates", place, place + len(words), here))
    when = None if published is None else _point(published, years, days)
    return Moved(years, days, mentions, expressions, when)


def _copies(text: str, words: str, dated: Sequence[Dated]) -> Iterator[int]:
    """Where a full date stands again and is not marked, such as in the second copy of a caption."""
    if not (_NUMERIC.search(words) or (re.search(r"\d", words) and any(map(month_number, _WORD.findall(words))))):
        return
    for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
        if not any(span.start < found.end() and found.start() < span.end for span in dated):
            yield found.start()


def _point(point: str, years: int, days: int) -> str:
    """A year or a month some years later; a day some days later, in the same month of that year."""
    if not is_published(point):
        raise _ImmovableError(point)
    year, *rest = point.split("-")
    if not 1 <= int(year) + years <= 9999:
        raise _ImmovableError(point)
    if len(rest) < 2:
        return "-".join([f"{int(year) + years:04d}", *rest])
    return _day(datetime.date.fromisoformat(point), years, days).isoformat()


def _day(day: datetime.date, years: int, days: int) -> datetime.date:
    found = day + datetime.timedelta(days=days)
    if (found.year, found.month) != (day.year + years, day.month):
        raise _ImmovableError(day)
    return found


def _rendered(words: str, edtf: str, years: int, days: int) -> Iterator[Edit]:
    """The edits of an expression; raises `_ImmovableError` where it holds something that is not understood."""
    cycle = abs(years) == CYCLE
    if cycle and _OUT_OF_CYCLE.search(words):
        raise _ImmovableError(words)
    ends = [datetime.date.fromisoformat(point) for point in edtf.split("/") if len(point) == 10]
    rest = words
    for found in _NUMERIC.finditer(words):
        yield Edit(*found.span(), _numeric(found, ends, years, days))
        rest = _blanked(rest, found)
    for found in _CLOCK.finditer(rest):
        rest = _blanked(rest, found)
    for found in _YEAR.finditer(rest):
        yield Edit(*found.span(), f"{int(found[1]) + years:04d}")
        rest = _blanked(rest, found)
    months = [word for word in _WORD.finditer(rest) if month_number(word[0])]
    for found in _DAY.finditer(rest) if months else ():
        near = min(months, key=lambda word: abs(word.start() - found.start()))
        day = next((one for one in ends if (one.month, one.day) == (month_number(near[0]), int(found[1]))), None)
        if day is not None:
            number = _day(day, years, days).day
            if number != day.day:
                yield Edit(*found.span(), f"{number}{_ordinal(number) if found[2] else ''}")
            rest = _blanked(rest, found)
    if months and ends and not re.search(r"\d", words) and not cycle:
        raise _ImmovableError(words)  # such as a week of a month
    unknown = [word for word in _WORD.findall(rest) if not month_number(word) and word.lower() not in _RELATIVE]
    left = re.search(r"\d", rest) is not None
    if (left and not (cycle and re.search(r"(?:19|20)\d\d", words))) or (unknown and not cycle):
        raise _ImmovableError(words)


def _blanked(rest: str, found: re.Match[str]) -> str:
    return rest[: found.start()] + " " * len(found[0]) + rest[found.end() :]


def _numeric(found: re.Match[str], ends: Sequence[datetime.date], years: int, days: int) -> str:
    if found[1]:
        if found[3] is None:
            return f"{int(found[1]) + years:04d}-{found[2]}"
        return _day(_calendar(found, found[1], found[2], found[3]), years, days).isoformat()
    first, second = found[4], found[6]
    orders = ((first, second), (second, first)) if found[5] == "/" else ((first, second),)
    for day, month in orders:
        if (date := _calendar(found, found[7], month, day)) in ends:
            new = f"{_day(date, years, days).day:0{len(day)}d}"
            parts = (new, month) if (day, month) == (first, second) else (month, new)
            return found[5].join((*parts, f"{int(found[7]) + years:04d}"))
    raise _ImmovableError(found[0])


def _calendar(found: re.Match[str], year: str, month: str, day: str) -> datetime.date:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError as error:
        raise _ImmovableError(found[0]) from error


def _ordinal(number: int) -> str:
    return "th" if 10 < number < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
