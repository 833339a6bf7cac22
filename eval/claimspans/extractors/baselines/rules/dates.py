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
from .goods import ENTRY_OF
from .measures import MONEY, UNIT_OF
from .plain_text import PlainText, Word, one_of
from .word_lists import words as word_set

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
_BEFORE_YEARS = word_set(
    "in since during until till before after from by of between through years for late come starting beginning ending"
)
_MARKING = word_set(
    "stamped dated marked engraved inscribed embossed etched labelled labeled vintage fiscal year circa c c. ca ca."
)
"""Words behind which a bare number of four digits is a year."""
_MAKING = re.compile(
    r"(?:^|[.;:,(\n] ?|\b(?:was|were|is|are|last|first|been|and) )(?:re|newly )?(?:built|made|cast|forged|manufactured"
    r"|produced|printed|minted|founded|established|launched|commissioned|laid down|designed|issued|inspected|tested"
    r"|opened|closed|born|died|revised|serviced|modernised|modernized|scrapped|decommissioned|acquired|installed)"
    r"(?:,| in|:)? $",
    re.IGNORECASE,
)
"""Participles without a subject of their own, before a year: built 1987; last inspected: 2029."""
_OCCASIONS = word_set(
    "election talk trial exercise manoeuvre maneuver negotiation protest riot flood purge raid game hearing accord war "
    "clash floods sanction reform cut report survey figure estimate account season drill celebration strike poll"
)
"""What happens, in the plural too, in the year that stands before it."""


def find(reading: PlainText, published: str | None) -> Iterator[Span]:
    """The dates of a text with their attributes; ``edtf`` is left out where they cannot be placed."""
    previous: tuple[datetime.date, datetime.date] | None = None
    last, ahead = 0, False
    for expression in meant(reading):
        start, end = reading.place(expression.start, expression.end)
        if not _JOINED.fullmatch(reading.plain[last : expression.start]):  # what "or" joins is to come together
            ahead = is_ahead(reading, expression.start, expression.end, _signal(reading.plain, expression.start))
        last = expression.end
        attributes = _attributes(reading, expression, published, previous, ahead)
        if published and "edtf" not in attributes:  # what cannot be placed is no date
            continue
        previous = _period(attributes) or previous
        yield Span(
            label="DATE", start=start, end=end, id=f"d{start}", text=reading.source[start:end], attributes=attributes
        )


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
) -> dict[str, str | None]:
    signal = None if one.kind in ("period", "days", "days behind", "years") else _signal(reading.plain, one.start)
    today = days(published)[1] if published else None
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
        return not year_counts.is_count(reading.plain, one) and _is_year(reading, one, before, after)
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
    if one.kind == "day behind":
        return after is None or not after.lower.startswith("-")
    return True


def _is_goods(word: Word) -> bool:
    """Whether it is a plural of the field, whatever the model takes it for."""
    return word.lower.endswith("s") and one_of(word.lower) in ENTRY_OF


_LISTED_YEARS = re.compile(r"(?:^|[.;:,\n] )In (?:(?:1[5-9]|20|21)\d\d,? )+(?:and|or) $")
_STATISTICS = word_set("exports imports sales prices figures accounts results earnings revenues elections orders")
_BEFORE_QUARTERS = word_set(
    "in by during since until till for of from before after through throughout late early over within around"
)
_NUMBERED = word_set("no nr number resolution decree case order law directive regulation act article file ref version")
"""What numbers with a stroke are of: case 12/2031."""
_YEARLY = word_set(
    "budget model election census harvest campaign account edition vintage report review survey audit treaty deal law "
    "war coup plan target programme program contract order price figure exercise sale export import output production "
    "revenue estimate forecast catalogue catalog parade embargo agreement accord accounts sales prices figures summit "
    "season strategy doctrine bill act decree spending tender ban"
)
"""What a year is said of that stands before it: the ministry's 2031 budget."""
_COMPARED = re.compile(r"\b(?:worse|better|higher|lower|earlier|later|busier|poorer|weaker|stronger) $")
_ON_A_YEAR = re.compile(r"\b(?:up|down|increase|rise|fall|drop|gain|improvement|advance|better) $", re.IGNORECASE)
_UP_TO = re.compile(
    r"\b(?:decades?|years?|months?|run-?up|run|period|up|prior|from (?:1[5-9]|20|21)\d\d|(?:1[5-9]|20|21)\d\d) to $",
    re.IGNORECASE,
)
_COUNTED_IN = re.compile(r" in (?:1[5-9]|20|21)\d\d(?!\d)")
"""Behind a number that only looks like a year: 2019 in 2019."""


def _is_year(reading: PlainText, one: Expression, before: Word | None, after: Word | None) -> bool:
    """A four-digit number that counts nothing: behind a preposition, in brackets, or before its budget."""
    if one.parts["part"]:
        return True
    word = reading.words[reading.covering(one.end - 1)]
    if before is not None and (before.lower in _MARKING or _MAKING.search(reading.plain[: one.start])):
        return after is None or not (after.is_noun or after.token.pos_ == "ADJ")
    if before is not None and before.lower in ("about", "around"):
        earlier = reading.words[reading.at(before.start) - 1]
        return earlier.lower in ("in", "since", "from", "until", "by", "before", "after")
    if before is not None and before.lower == "on" and _ON_A_YEAR.search(reading.plain[: before.start]):
        return after is None or not after.is_noun
    if before is not None and before.lower == "to":
        return _UP_TO.search(reading.plain[: one.start]) is not None and not (after is not None and after.is_noun)
    before = None if before is not None and before.text in (".", ";", ":") else before
    if after is not None and (before is None or before.is_sign) and after.token.pos_ in ("AUX", "VERB"):
        return word.token.dep_ in ("nsubj", "nsubjpass") and after.lower not in ("were", "are", "have")
    if reading.plain.startswith("'s ", one.end):
        return True
    if before is not None and before.lower == "than" and _COMPARED.search(reading.plain[: before.start]):
        return after is None or not after.is_noun
    if _COUNTED_IN.match(reading.plain, one.end):
        return False
    noun = after is not None and (after.is_noun or after.token.pos_ == "ADJ")
    plural = after is not None and (after.token.tag_ in ("NNS", "NNPS") or _is_goods(after))
    if (
        before is not None
        and before.lower == "the"
        and noun
        and not plural
        and year_counts.counts_goods(reading, one.end)
    ):
        return False
    behind = reading.words[reading.covering(one.end - 1) + 2 :][:1]
    if noun and not plural and behind and behind[0].token.pos_ in ("DET", "NUM"):
        noun = False  # a verb: the war of 2024 cost 40 lives
    goes_on = bool(behind) and behind[0].token.pos_ in ("AUX", "VERB")
    statistic = after is not None and after.lower in _STATISTICS
    if before is not None and statistic and before.token.pos_ in ("ADP", "PART"):
        return True
    if plural and before is not None and before.lower == "the" and after is not None:
        return one_of(after.lower) in _OCCASIONS
    if after is not None and after.lower in ("hours", "hrs", "or", "km", "per"):
        return after.lower == "or" and before is not None and before.lower in ("in", "since", "by", "before", "after")
    if before is None:
        following = reading.plain[one.end : one.end + 1]
        return not noun and following in (":", "\n", "", ",", " ") and not plural
    if before.lower in ("the", "a", "an", "its", "their", "his", "her", "our", "'s", "this"):
        if after is None or not noun or one_of(after.lower) in UNIT_OF.keys() | MONEY | {"strong", "odd"}:
            return False
        return one_of(after.lower) in _YEARLY or (not plural and word.token.dep_ != "pobj")
    if before.lower in _BEFORE_YEARS:
        if not noun:
            return True
        opens = (
            not reading.plain[: before.start].strip() or reading.plain[: before.start].rstrip(" \"'")[-1:] in ".!?\n;:,"
        )
        if before.lower == "from" and opens and goes_on:
            return True  # from 2028 rifles were stamped
        if before.lower in ("of", "for", "from") or (before.lower == "by" and not opens):
            return word.token.dep_ == "pobj" and not plural
        return opens or word.token.dep_ in ("pobj", "npadvmod") or (before.lower in ("since", "until", "during"))
    if before.lower in ("and", "or") and plural and goes_on:
        return _LISTED_YEARS.search(reading.plain[: one.start]) is not None
    if before.lower in ("and", "or", "to", "-", "(", ",") and not noun:
        said = reading.plain[max(0, before.start - 14) : before.start]
        dated = re.search(r"\b(?:1[5-9]|20|21)\d\d ?$|\b(?:in|since|year) $", said)
        return before.lower in ("(", ",") or dated is not None
    return False
