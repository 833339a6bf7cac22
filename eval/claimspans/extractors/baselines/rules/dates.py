"""DATE by the grammar of dates: which expressions are meant as dates here, on which side they bound, what they date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from ....data.records import Span
from ....text.date_grammar import Expression, expressions
from ....text.date_periods import Reader
from ....text.date_resolution import edtf
from ....text.dates import days
from . import year_counts
from .calendar_names import is_month, is_named, is_season, is_weekday
from .date_roles import is_ahead, role
from .designations import family
from .plain_text import PlainText
from .quotations import Quotation, Quoted
from .word_lists import words as word_set
from .years import is_year

_MODS = {
    "start": r"early|start of|\bstart-|beginning of",
    "mid": r"\bmid\b|middle of",
    "end": r"\blate\b|\bend\b|close of",
}
_SIGNALS = {
    "since": r"since|from|starting(?: on| in)?|beginning(?: on| in)?|as from",
    "until": r"until|till|up to|(?<!way )(?<!all )through|up until",
    "before": r"before|prior to|ahead of",
    "after": r"after|following",
    "by": r"by|not later than|no later than|as of",
}
_SIGNAL = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _SIGNALS.items())})(?: the| on| about)? ?[\"']?$",
    re.IGNORECASE,
)
_JOINED = re.compile(r",? (?:and|or) (?:in |on |by )?")
_DAY = len("2031-05-07")


def find(reading: PlainText, published: str | None) -> Iterator[Span]:
    """The dates of a text with their attributes; ``edtf`` is left out where they cannot be placed.

    What stands in a quotation is read on the day on which it was said, where its sentence tells that.
    """
    expressions = meant(reading)
    quoted = Quoted(reading.plain)
    first = list(_read(reading, expressions, published, {}))
    said = {
        quotation: day
        for one, attributes in first
        if (day := _day_of_saying(attributes)) and not quoted.at(one.start)
        for quotation in quoted.all
        if _is_of_sentence(reading.plain, one, quotation)
    }
    days_of = {one.start: said[place] for one in expressions if (place := quoted.at(one.start)) in said and place}
    for one, attributes in _read(reading, expressions, published, days_of) if days_of else first:
        start, end = reading.place(one.start, one.end)
        yield Span(
            label="DATE", start=start, end=end, id=f"d{start}", text=reading.source[start:end], attributes=attributes
        )


def _read(
    reading: PlainText, expressions: list[Expression], published: str | None, days_of: Mapping[int, str]
) -> Iterator[tuple[Expression, dict[str, str | None]]]:
    """The expressions that can be placed, with their attributes; ``days_of`` are their reference days, by place."""
    previous: tuple[datetime.date, datetime.date] | None = None
    last, ahead = 0, False
    for one in expressions:
        if not _JOINED.fullmatch(reading.plain[last : one.start]):  # what "or" joins is to come together
            ahead = is_ahead(reading, one.start, one.end, _signal(reading.plain, one.start))
        last = one.end
        attributes = _attributes(reading, one, published, previous, ahead, days_of.get(one.start))
        if published and "edtf" not in attributes:  # what cannot be placed is no date
            continue
        previous = _period(attributes) or previous
        yield one, attributes


def _day_of_saying(attributes: Mapping[str, str | None]) -> str | None:
    """The day that a date is, if something was said on it."""
    day = attributes.get("edtf")
    return day if day and len(day) == _DAY and attributes["date_role"] == "statement" else None


def _is_of_sentence(plain: str, one: Expression, quotation: Quotation) -> bool:
    """Whether a quotation stands in the sentence of a date, before or behind it."""
    between = plain[one.end : quotation.start] if one.end <= quotation.start else plain[quotation.end : one.start]
    if between == ". " and one.end <= quotation.start:  # "We saw it," she said on 9 May. "It left today."
        return True
    return re.search(r"[.!?;](?= )|\n", between) is None


def places(reading: PlainText) -> list[tuple[int, int]]:
    """Where dates stand in the source, and what only looks like the day of a month: the 3 May Regiment, 30 February."""
    taken = [*meant(reading), *(one for one in _expressions(reading.plain) if one.kind.startswith("day"))]
    return [reading.place(one.start, one.end) for one in taken]


def meant(reading: PlainText) -> list[Expression]:
    """The expressions of the calendar that are no names, numbers or modal verbs."""
    return [one for one in _expressions(reading.plain) if _is_date(reading, one)]


def describe(
    text: str, start: int, end: int, published: str | None, previous: datetime.date | None
) -> dict[str, str | None]:
    """The attributes of a date; ``previous`` is the first day of the one before, which "the same month" refers to."""
    from .parsing import mended  # which needs words of this module

    reading = PlainText.of(mended(text))
    first, last = reading.plain_place(start, end)
    inside = [one for one in _expressions(reading.plain) if one.start < last and first < one.end]
    before = None if previous is None else (previous, previous)
    if inside:
        ahead = is_ahead(reading, inside[0].start, inside[0].end, _signal(reading.plain, inside[0].start))
        return _attributes(reading, inside[0], published, before, ahead)
    mod, signal = _mod(reading.plain[first:last]), _signal(reading.plain, first)
    return {"mod": mod, "signal": signal, "date_role": role(reading, first, last, None, published)}


def first_day(attributes: Mapping[str, str | None]) -> datetime.date | None:
    """The first day of a described date, if it is resolved."""
    found = _period(attributes)
    return found[0] if found else None


def _period(attributes: Mapping[str, str | None]) -> tuple[datetime.date, datetime.date] | None:
    found = attributes.get("edtf")
    return days(found) if found else None


def _attributes(
    reading: PlainText,
    one: Expression,
    published: str | None,
    previous: tuple[datetime.date, datetime.date] | None,
    ahead: bool,
    spoken: str | None = None,
) -> dict[str, str | None]:
    """The attributes of an expression; ``spoken`` is when its words were said, if not when they were published."""
    signal = None if one.kind in ("period", "days", "days behind", "years") else _signal(reading.plain, one.start)
    reference = spoken or published
    today = days(reference)[1] if reference else None
    found = edtf(one, Reader(today, previous, ahead, _writes_month_first(reading.plain)))
    mod = None if one.kind == "period" else _mod(reading.plain[one.start : one.end])
    attributes: dict[str, str | None] = {"mod": mod, "signal": signal}
    attributes["date_role"] = role(reading, one.start, one.end, found, published)
    if found is not None:
        attributes["edtf"] = found
    return attributes


def _mod(words: str) -> str | None:
    return next((name for name, pattern in _MODS.items() if re.search(pattern, words, re.IGNORECASE)), None)


def _signal(plain: str, start: int) -> str | None:
    found = _SIGNAL.search(plain[max(0, start - 22) : start])
    return found.lastgroup if found else None


@lru_cache(maxsize=16)
def _expressions(plain: str) -> tuple[Expression, ...]:
    return tuple(expressions(plain))


@lru_cache(maxsize=16)
def _writes_month_first(plain: str) -> bool:
    """Whether a text writes its dates out as "May 3" and never as "3 May"."""
    kinds = [one.kind for one in _expressions(plain)]
    return "day behind" in kinds and "day" not in kinds


def _is_date(reading: PlainText, one: Expression) -> bool:
    words = reading.words
    first, last = reading.at(one.start), reading.covering(one.end - 1)
    before = words[first - 1] if first and "\n" not in reading.gap(first - 1) else None
    after = words[last + 1] if last + 1 < len(words) and reading.gap(last) == " " else None
    if one.kind == "year":
        return not year_counts.is_count(reading.plain, one) and is_year(reading, one, before, after)
    if one.kind == "period" and year_counts.is_range(reading, one):
        return False
    if is_named(reading, one, before, after):
        return False
    if one.kind == "month" and not (
        one.parts["year"] or one.parts["which_year"] or one.parts["which"] or one.parts["part"]
    ):
        return is_month(words[first], before, after)
    if one.kind == "weekday":
        two = after is not None and re.match(r" [A-Z][a-z]+", reading.plain[after.end :]) is not None
        person = after is not None and after.token.ent_type_ == "PERSON" and two  # Tuesday Ann Lee said
        return one.parts["which"] is not None or (before is None and person) or is_weekday(before, after)
    if one.kind == "season":
        return is_season(reading, one, before)
    if one.kind == "quarter" and not (one.parts["year"] or one.parts["which_year"]):
        half = str(one.parts["kind"]).lower() == "half"
        said = reading.plain[one.start : one.end]
        if not half and str(one.parts["n"]).lower() == "last":
            return True
        return not half and (
            before is None or before.lower in _BEFORE_QUARTERS or one.parts["part"] is not None or "-" in said
        )
    if one.kind == "month digits":
        return before is None or before.lower.rstrip(".") not in _NUMBERED
    if one.kind == "digits":
        return int(str(one.parts["first"])) <= 31 and 0 < int(str(one.parts["second"])) <= 31
    if one.kind == "deictic" and before is not None and reading.plain[one.start].isupper():
        return before.text in (".", "!", "?", ":", '"', "-", "(", "|", ";")
    if one.kind == "decade" and one.parts["named"]:
        return before is None or before.lower not in ("her", "his", "their", "my")
    if one.kind == "decade":
        return before is None or not family(before.text)  # Mirage 2000s
    if one.kind == "day behind":
        return after is None or not after.lower.startswith("-")
    return True


_BEFORE_QUARTERS = word_set(
    "in by during since until till for of from before after through throughout late early over within around"
)
_NUMBERED = word_set("no nr number resolution decree case order law directive regulation act article file ref version")
"""What numbers with a stroke are of: case 12/2031."""
