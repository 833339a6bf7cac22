"""Expressions of the calendar by one grammar: where they stand in a folded text, and what their parts say.

What they mean on a given day is told by `date_resolution`; whether "May" is a month is left to those who know the words
around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .dates import DECADES, MONTHS, WEEKDAYS
from .numbers import WORDS


def _names(words: list[str]) -> str:
    """Names of the calendar, which have a capital: Monday, MONDAY."""
    return "|".join(form for word in words for form in (word.title(), word.upper()))


def _any(*words: str) -> str:
    return f"(?i:{'|'.join(words)})"


_SHORT_MONTHS = _names(["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"])
_BARE_MONTH = f"{_names(MONTHS)}|{_SHORT_MONTHS}"
_MONTH = rf"(?:{_names(MONTHS)}|(?:{_SHORT_MONTHS})\b\.?)"
_WEEKDAY = rf"(?:{_names(WEEKDAYS)})"
_SHORT_WEEKDAY = (
    rf"(?:{_WEEKDAY}|(?:{_names(['mon', 'tues', 'tue', 'wed', 'thurs', 'thur', 'thu', 'fri', 'sat', 'sun'])})\b\.?)"
)
ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"]
ORDINALS += ["twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"]
ORDINALS += ["twentieth", *(f"twenty-{one}" for one in ORDINALS[:9]), "thirtieth", "thirty-first"]
_DAY = (
    rf"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|d)?(?![\d]|[.,:]\d)|{_any(*sorted(ORDINALS, key=len, reverse=True))}"
    r"(?!\w))"
)
_ONES = "|".join(word for word, number in WORDS.items() if 0 < number < 10)
_TEENS = "|".join(word for word, number in WORDS.items() if 10 <= number < 20 and word != "dozen")
_TENS = "|".join(word for word, number in WORDS.items() if number >= 20)
_FROM_10 = f"(?:(?:{_TENS})(?:[ -](?:{_ONES}))?|{_TEENS})"
_SPELT_YEAR = (
    rf"(?i:(?:sixteen|seventeen|eighteen|nineteen|twenty)[ -]"
    rf"(?:{_FROM_10}|(?:hundred and|oh)[ -](?:{_ONES}|{_FROM_10}))"
    rf"|two thousand and (?:{_ONES}|{_FROM_10}))(?![a-z]|[ -](?:{_ONES}|million|thousand|hundred)(?![a-z])|-[a-z])"
)
_YEAR = rf"(?:(?:1[5-9]|20|21)\d\d(?![\d%])|'\d\d(?!\d|s)|{_SPELT_YEAR})"
_WHICH = _any(
    "last",
    "this",
    "next",
    "that",
    "(?:the|that|this)(?: very)? same",
    "the following",
    "the previous",
    "the coming",
    "the past",
)
_OF_YEAR = (
    f"(?:,? (?:of )?(?:(?P<year>{_YEAR})|(?P<which_year>{_WHICH}|(?i:the)) (?i:year)(?! (?i:ago|later|earlier"
    "|before))))"
)
_PART = (
    "(?:(?P<part>"
    f"{_any('(?:the )?(?:very )?(?:start|beginning|end|middle|close) of', 'early(?: in)?', 'late(?: in)?', 'mid')}"
    "|(?i:end|start)(?=-))[ -](?:(?i:the )(?=19|20|spring|summer|autumn|winter|year|month|week|last|past))?)"
)
_UNIT = _any(
    "days?", "fortnights?", "weeks?", "weekends?", "months?", "quarters?", "years?", "decades?", "centur(?:y|ies)"
)
_ONE_UNIT = _any("day", "fortnight", "week", "weekend", "month", "quarter", "year", "decade", "century")
_TIME_OF_DAY = _any("morning", "afternoon", "evening", "night", "noon")
_COUNT = (
    rf"(?:\d{{1,3}}|{_any('an?', *[word for word in WORDS if word != 'zero'])}"
    f"(?:[ -]{_any(*[word for word, number in WORDS.items() if 0 < number < 10])})?)"
)
_HOUR = (
    r"(?:\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b\.?|\d{1,2}[:.]\d\d(?:-\d{1,2}[:.]\d\d)?(?!\d)|noon\b|midnight\b"
    r"|0\d[0-5]\d|(?:[01]\d|2[0-3])[0-5]\d (?:hours|hrs)\b)"
)
_SEASON = _any("spring", "summer", "autumn", "winter", "fall")
_ROMAN = "(?:I{1,3}|IV|VI{0,3}|IX|XI{0,2})"
_FEAST = (
    "(?:Christmas Eve|Christmas(?: Day)?|Boxing Day|New Year's (?:Eve|Day)|Easter(?: (?:Sunday|Monday))?|"
    "Good Friday|May Day|Whit(?:sun|suntide)|Pentecost|Halloween|All Saints' Day)"
)
_QUARTER = _any("first", "second", "third", "fourth", "final", "last", "latter", "1st", "2nd", "3rd", "4th")

_DAY_OF_WEEK = f"(?:(?P<w>{_SHORT_WEEKDAY}),? )?"

_PATTERNS = {
    "iso": rf"{_DAY_OF_WEEK}(?P<y>\d{{4}})(?:(?P<mark>[-/])(?P<m>0?[1-9](?=(?P=mark)\d)|0[1-9]|1[0-2])"
    r"(?:(?P=mark)(?P<d>[0-3]?\d)(?!\d)(?:T\d\d(?::?\d\d){0,2}Z?)?)?"
    r"(?![\d-])|\.(?P<m2>0?[1-9]|1[0-2])\.(?P<d2>[0-3]?\d)(?![\d.-]*\d))",
    "years": r"(?P<y>(?:1[5-9]|20|21)\d\d)[-/](?P<y2>(?:1[5-9]|20|21)\d\d|\d\d)(?![\d/-])",
    "digits": rf"{_DAY_OF_WEEK}(?P<first>\d{{1,2}})(?P<mark>[./-])(?P<second>\d{{1,2}})(?P=mark)(?P<y>\d{{4}}|\d{{2}})"
    r"(?![\d/-])",
    "month digits": r"(?P<m>0[1-9]|1[0-2])[/.](?P<y>(?:1[5-9]|20|21)\d\d)(?![\w./-]*\d)",
    "roman": rf"{_DAY_OF_WEEK}(?P<d>\d{{1,2}})(?P<mark>[. /-]) ?(?P<roman>{_ROMAN})(?P=mark) ?(?P<y>\d{{4}})(?!\d)",
    "short": rf"{_DAY_OF_WEEK}(?P<d>\d{{1,2}})(?P<mark>[-/]?)(?P<m>{_BARE_MONTH})(?P=mark)(?P<y>\d{{4}}|\d{{2}})(?!\d)",
    "short behind": rf"{_DAY_OF_WEEK}(?P<y>\d{{4}})(?P<mark>[-/ ])(?P<m>{_BARE_MONTH})(?P=mark)(?P<d>\d{{1,2}})(?!\d)",
    "days": f"(?:(?i:the ))?(?P<d>{_DAY}) ?(?P<join>[-/]|to|and|or|until|through) ?(?:(?i:the ))?"
    rf"(?P<d2>{_DAY})(?: of)? (?P<m>{_MONTH})(?!\w){_OF_YEAR}?",
    "days behind": f"(?P<m>{_MONTH}) (?P<d>{_DAY}) ?(?P<join>-|to|and|or|through) ?(?P<d2>{_DAY})(?! ?"
    f"(?:{_MONTH}))(?:{_OF_YEAR})?",
    "day": rf"{_DAY_OF_WEEK}(?:(?i:the (?!\d+ [A-Z])|this (?=\w+ day of )))?(?P<d>{_DAY})"
    r"(?: day(?= of)|\.(?= [A-Z][a-z]+\.? \d{4}))?(?: of)? "
    rf"(?P<m>{_MONTH})(?!\w){_OF_YEAR}?",
    "day behind": rf"{_DAY_OF_WEEK}(?P<m>{_MONTH}) (?:(?i:the ))?(?P<d>{_DAY})(?!-\w| ?%){_OF_YEAR}?",
    "day of month": rf"(?i:the )(?P<d>{_DAY}) (?i:of) "
    r"(?P<which>(?i:last|this|next|that|the same|the)) (?i:month)(?!\w)",
    "day of a month": rf"(?i:the )?(?P<d>{_DAY}) (?P<which>(?i:ult(?:imo)?|inst(?:ant)?|prox(?:imo)?))(?!\w)",
    "month": rf"{_PART}?(?:(?P<which>{_WHICH}) )?(?P<m>{_MONTH})(?!\w){_OF_YEAR}?",
    "season": rf"{_PART}?(?:(?P<which>{_WHICH}|(?i:the)) )?(?P<season>{_SEASON})(?!\w)"
    rf"(?:{_OF_YEAR}(?:[-/]\d\d(?!\d))?)?",
    "quarter": f"{_PART}?(?:(?i:the ))?(?P<n>{_QUARTER})[ -](?P<kind>(?i:quarter|half))(?:{_OF_YEAR}|(?! (?:"
    r"(?:century|hour|an|a)\b|of (?!\d|last|this|the year|next))))",
    "half month": f"(?:(?i:the ))?(?P<n>(?i:first|second|latter)) (?i:half of) (?P<m>{_MONTH})(?!\\w){_OF_YEAR}?",
    "half decade": r"(?i:the )?(?P<n>(?i:first|second|latter)) (?i:half of the )(?:(?P<decade>(?:1[5-9]|20)\d0)'?s"
    r"|(?P<century>\d{1,2})(?:st|nd|rd|th) (?i:century))(?!\w)",
    "nth weekday": f"(?:(?i:the ))?(?P<nth>(?i:first|second|third|fourth|last)) (?P<w>{_WEEKDAY}|(?i:weekend)) "
    f"(?i:of|in) (?P<m>{_MONTH})(?!\\w){_OF_YEAR}?",
    "short quarter": f"{_PART}?(?:(?P<kind>[QH])(?P<n>[1-4])(?:(?:,?(?: of)? |/)(?P<year>{_YEAR}))?"
    f"|(?P<n3>[1-4])(?P<kind3>[QH])"
    f"(?:(?:,?(?: of)? |/)(?P<year3>{_YEAR}))?|(?P<year2>{_YEAR}) ?(?P<kind2>[QH])(?P<n2>[1-4]))(?!\\w)",
    "decade": "(?:(?i:the (?:very )?(?:start|beginning|end|middle|close) of ))?"
    f"(?:(?i:the ))?(?:(?P<part>{_any('early', 'mid', 'late')})[ -])?(?:(?P<decade>(?:1[5-9]"
    rf"|20)\d0)'?s|'(?P<short>\d0)s|(?P<named>{_any(*DECADES)}))(?!\w)",
    "century": r"(?:(?i:the ))?(?:(?P<part>(?i:early|mid|late))[ -])?(?:(?P<n>\d{1,2})(?:st|nd|rd|th)|"
    f"(?P<nth>{_any(*sorted(ORDINALS, key=len, reverse=True))}))[ -](?i:century)(?!\\w)",
    "week": r"(?:(?i:week) (?P<n>\d{1,2}),? (?:of )?(?P<y>\d{4})(?!\d)|(?P<y2>20\d\d)-?W(?P<n2>\d\d)(?!\w))",
    "compact": r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?:T\d{2,6}Z?)?(?![\w%]|[.,]\d)",
    "span": f"(?i:the) (?P<which>{_any('last', 'past', 'next', 'coming', 'previous', 'following')}) "
    rf"(?P<n>{_COUNT}) (?P<unit>{_UNIT})(?!\w)",
    "months": rf"(?i:the) (?P<nth>(?i:first|last|final)) (?P<n>{_COUNT}) (?P<unit>(?i:months|quarters)){_OF_YEAR}",
    "away": f"(?<!half )(?P<n>{_COUNT}|(?i:the)|(?i:half an?)(?= (?:year|decade|century))) (?P<unit>{_UNIT}) "
    r"(?P<way>(?i:ago|earlier|later|before(?! last)|previously|from now|from today|hence|after(?! the)"
    r"|afterwards))(?!\w)",
    "weekdays away": rf"(?P<n>{_COUNT}) (?P<w>{_WEEKDAY})s (?P<way>(?i:ago|earlier|later|from now|hence))(?!\w)",
    "unit of": f"(?:{_PART})?(?P<which>(?i:the)) "
    f"(?P<nth>{_any('last', 'first', 'second', 'third', 'fourth', 'final')} )?"
    f"(?P<unit>{_any('week', 'weekend', 'day', 'night', 'morning', 'evening', 'afternoon')}) of"
    rf" (?=(?P<rest>(?:{_MONTH}|\d|{_WEEKDAY})))",
    "unit": rf"{_PART}?(?P<which>{_WHICH}|(?i:the last|the next)) (?P<unit>{_ONE_UNIT})(?!\w)(?! of)",
    "the year": rf"(?:{_PART}(?i:(?:the |this )?(?P<unit>year|month|week|quarter|decade|century))(?! of)"
    "|(?P<end>(?i:(?:the )?(?P<unit2>year|month)(?:'s |-)end))|(?i:the year)(?= is))(?!\\w)",
    "before last": f"(?i:the )(?:(?P<w>{_WEEKDAY})|(?P<m>{_MONTH})|(?P<season>{_SEASON})|(?P<unit>{_ONE_UNIT})) "
    "(?P<way>(?i:before last|after next|before(?= *(?:[.,;:)]|$| (?:none|no|nothing|only)\\b))))(?!\\w)",
    "weekday": rf"(?:(?P<which>{_WHICH}) )?(?P<w>{_WEEKDAY})(?: (?P<time>{_TIME_OF_DAY}))?(?!\w)(?: "
    "(?P<which2>(?i:next|last|week))(?= *(?:[.,;]|$)))?",
    "feast": rf"(?:(?P<which>{_WHICH}) )?(?P<eve>(?i:the (?:day|night) before ))?(?P<feast>{_FEAST})(?!\w)"
    f"{_OF_YEAR}?",
    "deictic": "(?P<deictic>(?i:the day before yesterday|the day after tomorrow|yesterday|today|tomorrow"
    rf"|tonight|last night))(?: (?P<time>{_TIME_OF_DAY}))?(?!\w)(?!'s? (?i:world))",
    "time of day": "(?P<which>(?i:this|that|the same|the following|the next|the previous)) "
    rf"(?P<time>{_TIME_OF_DAY})(?!\w)",
    "weekend": r"(?P<which>(?i:the)) (?P<unit>(?i:weekend))(?!\w)",
    "year": rf"{_PART}?(?P<y>(?:1[5-9]|20|21)\d\d)(?![\w%]|[.,]\d)(?! ?-\d| (?:hours|hrs)\b)",
    "spelt year": rf"(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\b[Uu]ntil )|(?<=\b[Bb]y ))"
    rf"(?P<y>{_SPELT_YEAR}(?= *(?:[.,;:]|$))|'\d\d(?![\w%]))",
}
"""Kinds of expression; of two that begin at one place the longer is read, of equals the first."""
_COMPILED = {
    kind: re.compile(rf"(?<![\w$€£¥])(?<!\d[.,:/-])(?<![A-Z]-){pattern}") for kind, pattern in _PATTERNS.items()
}
_HOUR_BEFORE = re.compile(rf"(?<![\w.:]){_HOUR}(?: (?i:local time))?(?: on |, )$")
_HOUR_BEHIND = re.compile(rf"(?:,| \|| /|,? at| -)? {_HOUR}|(?<=morning|evening) at {_any(*list(WORDS)[1:13])}(?!\w)")
_NIGHT_OF = re.compile(r"(?:(?i:the )?(?i:night|morning|afternoon|evening|eve) of )$")
_BEFORE_RANGE = re.compile(r"\b(?P<word>between|from|years) $", re.IGNORECASE)
_AND = re.compile(r",? (?:and|or) (?:in |on )?|, ")
_DAYS_BEFORE = re.compile(
    rf"(?<![\w.,:-])(?<!\d )(?:{_DAY}, )+$"
    rf"|(?<=\b[Oo]n )(?:(?:the )?{_DAY},? (?:and|or|nor|but) (?:not |again )?on (?:the )?)+$"
)
_JOINED = re.compile(r" ?[-/] ?| (?P<word>and|to|until|till|through) (?:the )?", re.IGNORECASE)


class Expression(NamedTuple):
    """``text[start:end]`` of a kind, with what its parts are; a period has that of both of its ends."""

    start: int
    end: int
    kind: str
    parts: dict[str, str | None]
    until: Expression | None = None


def expressions(text: str) -> Iterator[Expression]:
    """What may be a date, in reading order, none in another."""
    found = _with_shared_years(text, list(_single(text)))
    while found:
        first = found.pop(0)
        yield from _listed(text, first)
        if found and (period := _period(text, first, found[0])) is not None:
            found.pop(0)
            yield period
        elif first.parts.get("join") in ("and", "or") and not _BEFORE_RANGE.search(text[: first.start]):
            yield from _two_days(text, first)
        else:
            yield first


def _with_shared_years(text: str, found: list[Expression]) -> list[Expression]:
    """A day or month has the year of the one that it is joined to: March and May 2031."""
    for index in range(len(found) - 2, -1, -1):
        first, second = found[index], found[index + 1]
        given: dict[str, str | None] = {
            name: value for name, value in second.parts.items() if name in ("year", "which_year") and value
        }
        joined = _AND.fullmatch(text[first.end : second.start]) and not _BEFORE_RANGE.search(text[: first.start])
        if given and joined and "year" in first.parts and not (first.parts["year"] or first.parts.get("which_year")):
            found[index] = first._replace(parts=first.parts | given)
    return found


def _listed(text: str, last: Expression) -> Iterator[Expression]:
    """The days before a day with its month: of "3, 5 and 8 June" the first."""
    before = _DAYS_BEFORE.search(text[: last.start]) if last.kind in ("day", "days") else None
    for day in re.finditer(rf"(?:the )?(?P<d>{_DAY})", before[0]) if before else ():
        start = before.start() + day.start() if before else 0
        yield Expression(start, start + len(day[0]), "day", last.parts | {"d": day["d"], "w": None})


def _single(text: str) -> Iterator[Expression]:
    ahead = {kind: pattern.search(text) for kind, pattern in _COMPILED.items()}
    place = 0
    while True:
        for kind, match in ahead.items():
            if match is not None and match.start() < place:
                ahead[kind] = _COMPILED[kind].search(text, place)
        matches = [(kind, match) for kind, match in ahead.items() if match]
        if not matches:
            return
        kind, found = min(matches, key=lambda each: (each[1].start(), -each[1].end()))
        expression = _with_hours(text, place, Expression(*found.span(), kind, found.groupdict()))
        if kind == "unit of":  # the night of, before a date
            rest = next(_single_at(text, found.end()), None)
            if rest is None:
                place = found.end()
                continue
            expression = Expression(found.start(), rest.end, "of", found.groupdict(), rest)
        place = expression.end
        yield expression


def _single_at(text: str, place: int) -> Iterator[Expression]:
    found = [(match.end(), kind, match) for kind, pattern in _COMPILED.items() if (match := pattern.match(text, place))]
    if found:
        _, kind, match = max(found, key=lambda each: each[0])
        yield Expression(*match.span(), kind, match.groupdict())


def _with_hours(text: str, floor: int, one: Expression) -> Expression:
    before = _HOUR_BEFORE.search(text, floor, one.start) or _NIGHT_OF.search(text, floor, one.start)
    behind = _HOUR_BEHIND.match(text, one.end)
    end = behind.end() if behind else one.end
    if text[end - 1] == "." or (text[one.start : end].endswith(".") and not behind):
        end -= 1
    return one._replace(start=before.start() if before else one.start, end=end)


def _period(text: str, first: Expression, second: Expression) -> Expression | None:
    """Two expressions that a dash, or from and to, between and and, make the ends of one period."""
    joined = _JOINED.fullmatch(text[first.end : second.start])
    if joined is None or first.kind == "digits" != second.kind:
        return None
    opened = _BEFORE_RANGE.search(text[: first.start])
    word = (joined["word"] or "-").lower()
    if word == "and" and not (opened and opened["word"].lower() == "between"):
        return None
    alike = first.kind == second.kind and first.kind in ("weekday", "month") and word in ("to", "through")
    if word in ("to", "until", "till", "through") and not opened and not (alike and not first.parts.get("which")):
        return None
    return Expression(first.start, second.end, "period", first.parts, None)._replace(
        parts={"first": first.kind}, until=second._replace(until=first)
    )


def _two_days(text: str, one: Expression) -> Iterator[Expression]:
    """The two days of "3 and 5 June", of which one lends the other its month."""
    inner = text[one.start : one.end]
    cut = re.search(r" (?:and|or) (?:the )?", inner)
    if cut is None:
        yield one
        return
    kind = "day" if one.kind == "days" else "day behind"
    first, second = dict(one.parts), dict(one.parts) | {"d": one.parts["d2"]}
    yield Expression(one.start, one.start + cut.start(), kind, first)
    yield Expression(one.start + cut.end(), one.end, kind, second)
