"""DATE by regular expression, resolved against the publication date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping

from ....data.records import Span
from ....text.dates import WEEKDAYS, days, month_number

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_PART = r"(?:(?:the )?(?:end of|start of|beginning of|middle of)|early|mid|late)"
_CLOCK = r"(?:[\s\u00a0]*[-–,]?[\s\u00a0]*\d{1,2}:\d{2})?"
_PATTERNS = (
    rf"\d{{1,2}} {_MONTH} \d{{4}}{_CLOCK}",
    rf"{_MONTH} \d{{1,2}}, \d{{4}}{_CLOCK}",
    r"\d{4}-\d{2}(?:-\d{2})?",
    rf"(?:{_PART}[ -])?{_MONTH} (?:of )?(?:last year|\d{{4}})",
    rf"last {_MONTH}",
    rf"\d{{1,2}} {_MONTH}",
    rf"{_MONTH} \d{{1,2}}(?!\d)",
    rf"(?:{_PART}[ -])?{_MONTH}",
    rf"(?:{_PART}[ -])?(?:last|this|next) (?:year|month|week)",
    r"the (?:last|past) \w+ (?:years|months|weeks|days)",
    r"the same (?:year|month|week|day)",
    r"(?:a|one) (?:year|month|week|day) (?:later|ago|earlier)",
    rf"(?:{_PART}[ -])(?:19|20)\d{{2}}",
    r"(?:19|20)\d{2}(?=[\s.,;:)])",
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
)
_DATE = re.compile(rf"\b(?:{'|'.join(_PATTERNS)})(?![^\W_])", re.IGNORECASE)
_LOWER_MONTHS = re.compile(r"\b(?:march|may)\b")
_MODS = {"start": r"early|start of|beginning of", "mid": r"\bmid|middle of", "end": r"\blate|end of"}
_SIGNALS = re.compile(r"\b(since|until|before|after|by)\s+$", re.IGNORECASE)
_STATEMENT = re.compile(
    r"\b(?:said|reported|denied|accused|claimed|expressed|confirmed|announced|stated)\b", re.IGNORECASE
)


def find(text: str, published: str | None) -> Iterator[Span]:
    """The dates of a text with their attributes; ``edtf`` is left out where the rules cannot resolve it."""
    previous: datetime.date | None = None
    for match in _DATE.finditer(text):
        words = match[0].rstrip(".")
        if _LOWER_MONTHS.fullmatch(words):
            continue
        end = match.start() + len(words)
        attributes = describe(text, match.start(), end, published, previous)
        previous = first_day(attributes) or previous
        yield Span(
            label="DATE", start=match.start(), end=end, id=f"d{match.start()}", text=words, attributes=attributes
        )


def describe(
    text: str, start: int, end: int, published: str | None, previous: datetime.date | None
) -> dict[str, str | None]:
    """The attributes of a date; ``previous`` is the first day of the one before, which "the same month" refers to."""
    words = text[start:end]
    mod = next((name for name, pattern in _MODS.items() if re.search(pattern, words, re.IGNORECASE)), None)
    signal = _SIGNALS.search(text[max(0, start - 12) : start])
    attributes: dict[str, str | None] = {"mod": mod, "signal": signal[1].lower() if signal else None}
    attributes["date_role"] = _role(text, start, end, attributes["signal"])
    edtf = _resolve(words, published, previous)
    if edtf is not None:
        attributes["edtf"] = edtf
    return attributes


def first_day(attributes: Mapping[str, str | None]) -> datetime.date | None:
    """The first day of a described date, if it is resolved."""
    edtf = attributes.get("edtf")
    return days(edtf)[0] if edtf else None


def _role(text: str, start: int, end: int, signal: str | None) -> str:
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    if len(line) < 30:
        return "publication"
    sentence = text[max(text.rfind(". ", 0, start), text.rfind("\n", 0, start)) + 1 : end + 60]
    return "statement" if signal is None and _STATEMENT.search(sentence) else "event"


def _resolve(words: str, published: str | None, previous: datetime.date | None) -> str | None:
    """EDTF of an expression; years come from it, else from the publication date, never later than that."""
    lower = words.lower()
    today = days(published)[1] if published else None
    try:
        return _absolute(lower) or (_relative(lower, today, previous) if today else None)
    except ValueError:
        return None


def _absolute(lower: str) -> str | None:
    if re.fullmatch(r"\d{4}(-\d{2}){1,2}", lower):
        days(lower)
        return lower
    year = re.search(r"\b(?:19|20)\d{2}\b", lower)
    return None if year is None else _from_parts(lower, int(year[0]))


def _from_parts(lower: str, year: int) -> str:
    month = next((number for word in re.findall(r"[a-z]+", lower) if (number := month_number(word))), None)
    day = re.search(r"\b\d{1,2}\b(?!:)(?<!:\d\d)", lower)
    if month is None:
        return f"{year:04}"
    found = f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{int(day[0]):02}"
    days(found)
    return found


def _relative(lower: str, today: datetime.date, previous: datetime.date | None) -> str | None:
    month = next((number for word in re.findall(r"[a-z]+", lower) if (number := month_number(word))), None)
    if month is not None:
        past = "last" in lower or month > today.month
        return _from_parts(lower, today.year - 1 if past else today.year)
    weekday = next((index for index, name in enumerate(WEEKDAYS) if name in lower), None)
    if weekday is not None:
        return (today - datetime.timedelta((today.weekday() - weekday) % 7)).isoformat()
    if "last year" in lower:
        return f"{today.year - 1:04}"
    if "this year" in lower:
        return f"{today.year:04}"
    if "same month" in lower and previous:
        return f"{previous.year:04}-{previous.month:02}"
    if "month later" in lower and previous:
        following = datetime.date(previous.year + previous.month // 12, previous.month % 12 + 1, 1)
        return f"{following.year:04}-{following.month:02}"
    return None
