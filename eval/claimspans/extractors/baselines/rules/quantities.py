"""QUANTITY by the grammar of amounts: which numbers count here, with package or measure, and what they count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ....data.records import Span
from ....text.amounts import Amount, amounts
from ....text.exactness import exact_behind
from .counted_nouns import PEOPLE_ACT, counted
from .goods import LOADS, NO_MODIFIERS, PACKAGES_OF
from .items import Item, found_items
from .measures import MONEY, SIGNS, UNIT_OF
from .metres import is_extent
from .number_uses import counts
from .packages import is_money, package
from .plain_text import PlainText, Word, one_of
from .share_uses import is_repeated
from .word_lists import words as word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CAPACITY = re.compile(
    r"\b(?:could|can|might|would|may) (?:hold|carry|contain|take|yield|fill|make|translate to)\s*[\"']?$"
    r"|\benough for $",
    re.IGNORECASE,
)


@lru_cache(maxsize=16)
def _amounts(plain: str) -> tuple[Amount, ...]:
    return tuple(amounts(plain))


class Read(NamedTuple):
    """An amount with its package or measure: the place in the plain text, and the attributes."""

    start: int
    end: int
    attributes: dict[str, str | float | None]


def find(reading: PlainText, taken: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """The quantities of a text, save where a date is (``taken``, in the source), and names, versions and ordinals."""
    places = [reading.plain_place(*place) for place in taken]
    for one in read(reading, places):
        start, end = reading.place(one.start, one.end)
        yield Span(
            label="QUANTITY",
            start=start,
            end=end,
            id=f"q{start}",
            text=reading.source[start:end],
            attributes=one.attributes,
        )


def read(reading: PlainText, taken: Iterable[tuple[int, int]] = ()) -> list[Read]:
    """What counts something, in reading order; the places ``taken`` are left out."""
    taken = list(taken)
    items = found_items(reading)
    said: list[Read] = []
    for each in _amounts(reading.plain):
        if any(each.core < end and start < each.close for start, end in taken):
            continue
        one = each._replace(start=max([each.start, *(end + 1 for _, end in taken if each.start < end <= each.core)]))
        one = _without_times(reading, one)
        if (found := _read(reading, one, items, said)) is not None:
            said.append(found)
    return said


def _without_times(reading: PlainText, one: Amount) -> Amount:
    """The number alone where it tells how often somebody did something: "four times the gun failed"."""
    said = reading.plain[one.core : one.close].lower()
    if not one.ratio or not said.endswith(" times") or one.end != one.close:
        return one
    if not is_repeated(said, reading.words, reading.covering(one.close - 1)):
        return one
    close = one.close - len(" times")
    return one._replace(close=close, end=close, ratio=False)


def describe(parsed: Doc, start: int, end: int) -> dict[str, str | float | None]:
    """The attributes of a quantity that another system found; none where no numeral or number word is in it."""
    reading = PlainText.of(parsed)
    first, last = reading.plain_place(start, end)
    items = found_items(reading)
    inside = next((one for one in _amounts(reading.plain) if one.core < last and first < one.close), None)
    if inside is None:
        return {}
    found = _read(reading, inside, items, []) or _described(reading, inside, items, [])
    return found.attributes


def _read(reading: PlainText, one: Amount, items: list[Item], said: list[Read]) -> Read | None:
    return _described(reading, one, items, said) if counts(reading, one, items) else None


def _described(reading: PlainText, one: Amount, items: list[Item], said: list[Read]) -> Read:
    """With its package or measure, and what it counts."""
    start, end = one.start, one.end
    plain = reading.plain
    value, comparator = one.value, one.comparator
    sign = next((unit for mark, unit in SIGNS.items() if mark in plain[one.core : one.close]), None)
    ratio = one.ratio
    if ratio and (measured := _OF_A_UNIT.match(plain, end)) and one_of(measured["unit"]) in UNIT_OF:
        ratio, end = False, measured.start("unit") - 1  # three-quarters of a tonne
    noun, close = (None, end) if ratio else package(reading, end, comparator == "vague", items)
    if noun is None and not ratio and (second := _SECOND.match(plain, end)):
        noun, _ = package(reading, second.end(), False, items)
        noun, close = (noun if noun in UNIT_OF or noun in MONEY else None), end
    if value is not None and noun is None and sign is None and is_extent(reading, one):
        value, noun = value / 10**6, "metre"
    unit: str | None = None
    measure = "count"
    if ratio or re.search(r"\bfactor of $", plain[:start]):
        measure = "ratio"
    elif sign is not None:
        unit, measure = sign, "amount"
    elif noun is not None:
        end = close
        if said_behind := exact_behind(plain, end):
            end = said_behind[0]
            comparator = said_behind[1] if comparator == "eq" and one.start == one.core else comparator
        unit = UNIT_OF.get(noun, noun)
        measure = "amount" if noun.split()[-1] in UNIT_OF or is_money(reading, noun) else "count"
    else:
        unit, measure = (
            _package_left_out(reading, one, said)
            or _of_an_outcome(reading, one, said)
            or _money_before(reading, one, said)
            or counted(
                reading,
                one.start,
                one.end,
                items,
                [(each.start, each.end, each.attributes.get("unit")) for each in said],
            )
        )
    if measure == "count" and _CAPACITY.search(plain[max(0, start - 30) : start]):
        measure = "capacity"
    if re.search(r"\bby the $", plain[:start]) and not re.search(r"\d", plain[start:end]):
        value, comparator = None, "vague"
    near = said[-1] if said and said[-1].end + _NEAR > start else None
    if measure == "count" and comparator != "vague" and near is not None and near.attributes["unit"] == unit:
        measure = str(near.attributes["measure"])
    parted = re.fullmatch(r"\d{1,3}\.\d{3}", plain[one.core : one.close]) is not None
    if value is not None and parted and (measure == "count" or unit in MONEY):
        value *= 1000
    if measure == "count" and value is not None and _is_further_share(reading, one, said):
        value, unit, measure = round(value / 100, 6), None, "ratio"
    attributes: dict[str, str | float | None] = {
        "value": _whole(value),
        "comparator": comparator,
        "unit": unit if unit is not None and _NOUN.fullmatch(unit) else None,
        "measure": measure,
    }
    if comparator == "between":
        attributes["upper"] = _whole(one.upper)
    return Read(start, end, attributes)


def _is_further_share(reading: PlainText, one: Amount, said: list[Read]) -> bool:
    """Whether a bare number is set beside a percentage: "55 percent, from 45"."""
    shares = [each for each in said if _PERCENT.search(reading.plain[each.start : each.end])]
    if not shares or any(each.attributes["measure"] != "ratio" for each in said[said.index(shares[-1]) :]):
        return False
    ends = re.match(r" ?(?:[.,;:)](?! of\b)|$| (?:in|on|by|now|today|last|this|a) )", reading.plain[one.end :])
    between = reading.plain[said[-1].end : one.start]
    if _AND_OF.fullmatch(between) and reading.plain.startswith(" of ", one.end):
        return said[-1] is shares[-1] and (one.value or 0) <= 100  # 60 per cent of the rifles and 30 of the mortars
    if _IN_NUMBERS.search(between) or (
        between.strip(" ,") == "to" and _BY_SO_MUCH.search(reading.plain[: said[-1].start])
    ):
        return False  # 7 per cent of the drones, or 30; rose 12 per cent, to 90
    return (
        ends is not None
        and len(between) < _FAR
        and _NO_COUNT.fullmatch(between) is not None
        and (one.value or 0) <= 100
    )


def _whole(value: float | None) -> float | None:
    return int(value) if value is not None and float(value).is_integer() else value


_PERCENT = re.compile(r"(?:%|per[ -]?cents?|pct?)$")
_FAR = 80
_AND_OF = re.compile(r" of (?:[a-z-]+ ){1,4}?(?:and|but|against) (?:only |just |some |about )?")
_IN_NUMBERS = re.compile(r"\bof (?:the |its |all |them|these )[^.;]*, (?:or|that is|i\.e\.|namely|some|about) $")
_BY_SO_MUCH = re.compile(
    r"\b(?:by|rose|risen|fell|fallen|grew|grown|leapt|leaped|jumped|climbed|dropped|dipped|shrank|shrunk|sank|slid"
    r"|slumped|soared|surged|plunged|tumbled|swelled|increased|decreased|declined|up|down|rise|fall|gained|lost|crept"
    r"|edged up|edged down|added|shot up|went up|went down) "
    r"(?:another |a further |a |an |some |about |nearly |over )?$",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(
    r"[^.!?\n]*?\b(?:from|to|against|than|compared with|not|and|or|was|were|is|had|have|has|of the [a-z]+,?|now|at) "
    r"|,? ?"
)
"""Between a percentage and a further one, which leaves its sign out."""
_NEAR = 40
"""How many characters may lie between a measure and a bare number that stands for one of it."""
_NOUN = re.compile(r"[a-z][a-z -]*")
"""What a unit may be: a designation with digits is none."""
_OF_A_UNIT = re.compile(r"(?: of an?)? (?P<unit>(?!has\b)[a-z]+)")
_SECOND = re.compile(r" (?:to|and|or|by|x|×) \d[\d.,]*(?: (?:million|billion|thousand))?(?= [a-z])")
"""A second number, whose unit is that of both."""
_COST = re.compile(
    r"\b(?:cost|costs|costing|worth|paid|pays?|spent|prices? of|fetch(?:es|ed)?|raised|bid|bids of|offers? of|valued at"
    r"|priced at|(?:stood|stopped|started|opened|ended|closed|sold|knocked down|going|bought) at"
    r"|(?:go|goes|going|went|gone|sells?|sold|bought|knocked down|had|yours|his|hers|theirs|hands|auctioned off)"
    r" for)\s(?:(?:about|only|just|nearly|almost|over|under|some|a mere) )?$",
    re.IGNORECASE,
)

_GAIN = re.compile(
    r"\b(?:made|makes|lost|loses|earn(?:s|ed)?|owes?|owed|saved?|needs?|needed|gave|donated|lent|borrowed|stole"
    r"|(?:sales|profits?|loss(?:es)?|prices?|costs?|turnover|revenues?|debts?|budget|bill|bid|income|exports|imports)"
    r" (?:[a-z]+ ){0,4}?(?:to|by|of|at|was|were|is|are))\s(?:(?:about|only|just|nearly|almost|over|under) )?$",
    re.IGNORECASE,
)


def _is_counted(word: Word, one: Amount) -> bool:
    """Whether a word behind a number is of what it counts; a price of thousands is one "for cash"."""
    if word.lower in ("last", "this", "next"):
        return False
    price = word.lower in _BEHIND_PRICE and (one.value or 0) >= _PRICE
    return word.is_noun or word.token.pos_ == "ADJ" or (word.token.pos_ == "ADP" and not price)


_PRICE = 1000
_BEHIND_PRICE = word_set("for each apiece per if in at on to by from after before")


def _package_left_out(reading: PlainText, one: Amount, said: list[Read]) -> tuple[str, str] | None:
    """What a number before "of" counts in that leaves its package out: six sacks of shells and two of powder."""
    following = _OF_GOODS.match(reading.plain, one.end)
    before = said[-1] if said else None
    if (
        following is None
        or before is None
        or following["noun"] in NO_MODIFIERS
        or not isinstance(before.attributes["unit"], str)
    ):
        return None
    whole = reading.plain[before.start : before.end].split()[-1]
    near = reading.words[reading.at(before.start)].token.sent == reading.words[reading.at(one.core)].token.sent
    packed = one_of(whole.lower()) in PACKAGES_OF | LOADS | UNIT_OF.keys() or whole.lower().endswith(("loads", "fuls"))
    if not near or not packed or not reading.plain.startswith(" of ", before.end):
        return None
    return before.attributes["unit"], str(before.attributes["measure"])


def _of_an_outcome(reading: PlainText, one: Amount, said: list[Read]) -> tuple[str, str] | None:
    """What the second number of an outcome counts: by 2031 votes to 1977."""
    if not said or not _TO_SO_MANY.fullmatch(reading.plain[said[-1].end : one.start]):
        return None
    return str(said[-1].attributes["unit"]), str(said[-1].attributes["measure"])


_TO_SO_MANY = re.compile(r" (?:votes|ballots|points|goals|runs|seats|hands) (?:to|against) ")
_OF_GOODS = re.compile(r" of (?P<noun>[a-z-]+)")


def _money_before(reading: PlainText, one: Amount, said: list[Read]) -> tuple[str | None, str] | None:
    """A bare number beside an amount of money in its sentence is one too: "two million crowns; it was five million"."""
    if PEOPLE_ACT.match(reading.plain, one.end):
        return None
    index = reading.covering(one.end - 1)
    word = reading.words[index + 1] if index + 1 < len(reading.words) else None
    if word is not None and reading.gap(index) == " " and _is_counted(word, one):
        return None
    sentence = reading.words[index].token.sent
    start = reading.plain_place(sentence.start_char, sentence.end_char)[0]
    before = [each for each in said if each.start >= start and each.attributes.get("unit") in MONEY]
    if not before or said[-1] is not before[-1]:
        price = _COST.search(reading.plain[: one.start])
        gain = re.search(r"\d ?(?:k|m|bn|mn)$", reading.plain[one.core : one.close]) and _GAIN.search(
            reading.plain[: one.start]
        )
        return (None, "amount") if price or gain else None
    return str(before[-1].attributes["unit"]), "amount"
