"""QUANTITY by the grammar of amounts: which numbers count here, with package or measure, and what they count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ....data.records import Span
from ....text.amounts import Amount, amounts
from . import designations
from .counted import counted
from .goods import LOADS, PACKAGES_OF
from .items import Item, found_items
from .measures import MONEY, QUALIFIERS, SIGNS, TIMES, UNIT_OF
from .plain_text import PlainText, Word, one_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CAPACITY = re.compile(
    r"\b(?:could|can|might|would|may) (?:hold|carry|contain|take|yield|fill|make|translate to)\s*[\"']?$|\benough for $",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?:Resolution|Article|Project|Route|Pier|Quay|Note|Fig\.?|Figure|Table|Chapter|Section|Paragraph|Page|Question|Unit|Regiment"
    r"|Brigade|Division|Battalion|Annex|Order|Decree|Law|Act|Case|No\.?|Nos\.?|Number|Line|Room|Gate|Berth|Dock|Hangar|Platform|Track"
    r"|Flight|Lot|Block|Phase|Stage|Version|Part|Volume|Issue|Channel|Level|Point|Area|Zone|Sector|Highway|Road|Class|Group|Hill"
    r"|Warehouse|Depot|Plant|Building|House|Site|Convoy|Team|Day|Week|Grid|Exhibit|Item|Bulletin|Report|Directive|Protocol)s? $"
    r"|\b(?:resolution|article|route|pier|quay|track|kilometre|kilometer|km|calibre|caliber|page|paragraph|annex|number|berth|line|lot"
    r"|flight|gate|room|bay|hangar|chapter|section|model|mark|type|aged|aged \d+ and|age|highway|warehouse|question|entry|exhibit|hull|serial number) $"
)
_AGE = re.compile(r"\b(?:is|was|turned|turns) $")
_CLOCK = re.compile(r"\b(?:at|by|until|since|from|before|after|around) (?:[01]\d|2[0-3])[0-5]\d$")
_BEHIND = re.compile(
    r"^ ?(?:mm|cm|calib(?:er|re)|millimet(?:er|re)s?|°|º|degrees)\b|^ ?[°º]|^-(?:millimet|centimet|mm|inch|bore|calib|pounder|gauge|year|month|week|day|hour|minute|second|yr|old)|^(?:st|nd|rd|th)\b|^ hours?\b|^ ?[ap]\.?m\b"
)
_KIND = re.compile(r"^-(?!odd|plus|strong)[a-z]+")
_ORDINAL_BEFORE = re.compile(r"\b(?:first|second|third|fourth|latter|former|other) $", re.IGNORECASE)
_LIST = re.compile(r"(?:^|\n)\s*$")
_DOUBLE = frozenset(
    "agent agents standard standards edge bluff bed room door check negative whammy take vision entendre".split()
)


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
    for one in amounts(reading.plain):
        if any(one.core < end and start < one.close for start, end in taken):
            continue
        if any(one.start < end and start < one.close for start, end in taken):
            one = one._replace(start=max([one.start, *(end + 1 for _, end in taken if end <= one.core)]))
        if (found := _read(reading, one, items, said)) is not None:
            said.append(found)
    return said


def describe(text: str, parsed: Doc, start: int, end: int) -> dict[str, str | float | None]:
    """The attributes of a quantity that another system found; none where no numeral or number word is in it."""
    reading = PlainText.of(parsed)
    first, last = reading.plain_place(start, end)
    items = found_items(reading)
    inside = next((one for one in amounts(reading.plain) if one.core < last and first < one.close), None)
    if inside is None:
        return {}
    found = _read(reading, inside, items, []) or _described(reading, inside, items, [])
    return found.attributes


def _read(reading: PlainText, one: Amount, items: list[Item], said: list[Read]) -> Read | None:
    return _described(reading, one, items, said) if _counts(reading, one, items) else None


def _counts(reading: PlainText, one: Amount, items: list[Item]) -> bool:
    """Whether a number is one of things: no size, name, ordinal, duration, age or hour."""
    plain, words = reading.plain, reading.words
    core = plain[one.core : one.close]
    before, behind = plain[max(0, one.core - 40) : one.core], plain[one.close :]
    index = reading.at(one.core)
    last = reading.covering(one.close - 1)
    after = words[last + 1] if last + 1 < len(words) and reading.gap(last) == " " else None
    if _BEHIND.match(behind) or (not one.ratio and _NUMBERED.search(before)):
        return False
    if core.lower() == "one" and not _is_counting_one(reading, index, after):
        return False
    if any(words[item.first].start <= one.core < words[item.last].end for item in items) and not one.ratio:
        return _inside_phrase(reading, one, items)
    if core[0].isupper() and core.isalpha() and after is not None and _is_name(reading, last):
        return False
    if re.fullmatch(r"(?:[01]\d|2[0-3])\.[0-5]\d", core) and (re.search(r"(?:^|\n|\(|\bthe )$", before)):
        return False
    digits = core.replace(" ", "").isdigit()
    if (
        digits
        and _CLOCK.search(before + core)
        and len(core) == 4
        and (after is None or after.lower in ("they", "he", "she", "it", "the", "hours"))
    ):
        return False
    if _is_duration(reading, last, after) and not one.ratio:
        return False
    if one.ratio:
        return _is_share(one, core.lower(), before, after)
    if digits and re.match(r"[.)] [A-Z]", behind) and _LIST.search(before):
        return False
    if digits and (re.match(r"[:/.]\d", behind) or re.search(r"[:/]$|\d\.$", before)):
        return False
    previous = words[index - 1] if index and reading.gap(index - 1) == " " else None
    if previous is not None and _is_label(reading, index, after):
        return False
    if digits and previous is not None and _names(previous, after, index, reading):
        return False
    if digits and behind.startswith(",") and index and words[index - 1].lower == "," and _is_person(words, index):
        return False
    if (
        _AGE.search(before)
        and (after is None or not (after.is_noun or after.token.pos_ == "ADJ"))
        and _has_person_subject(words, index)
    ):
        return False
    lower = core.lower()
    if lower in ("gross", "score") and not re.search(r"\b(?:an?|one|the) $", before, re.IGNORECASE):
        return False
    if lower in ("gross", "score") and not behind.startswith(" of "):
        return False
    return not (lower.endswith("half") and _ORDINAL_BEFORE.search(before))


def _is_counting_one(reading: PlainText, index: int, after: Word | None) -> bool:
    """ "one" before the noun that it counts, and no pronoun."""
    before = reading.words[index - 1].lower if index and reading.gap(index - 1) == " " else ""
    if before == "that" and reading.words[index - 1].token.pos_ == "SCONJ":
        before = ""
    if after is None or before in (
        "no",
        "the",
        "this",
        "that",
        "any",
        "every",
        "each",
        "only",
        "which",
        "single",
        "not",
        "another",
        "some",
        "other",
    ):
        return before == "only" and after is not None and after.is_noun
    if index and reading.words[index - 1].token.pos_ == "ADJ" and reading.gap(index - 1) == " ":
        return False
    if after.lower in ("day", "another", "of", "time", "night", "morning") or after.token.ent_type_ == "DATE":
        return False
    if after.token.pos_ in ("NOUN", "PROPN"):
        return True
    following = reading.words[reading.words.index(after) + 1 :][:1]
    return after.token.pos_ == "ADJ" and bool(following) and following[0].is_noun


def _inside_phrase(reading: PlainText, one: Amount, items: list[Item]) -> bool:
    """A number in "parts for six missiles" counts; one in a name or before a size does not."""
    item = next(item for item in items if reading.words[item.first].start <= one.core < reading.words[item.last].end)
    words = [word.lower for word in reading.words[item.first : item.last + 1]]
    word = reading.words[reading.at(one.core)]
    return ("for" in words or "of" in words) and word.start == one.core and "-" not in word.text


def _is_duration(reading: PlainText, last: int, after: Word | None) -> bool:
    words = reading.words
    if after is None:
        hyphen = re.match(r"-([a-z]+)", reading.plain[words[last].end :])
        return hyphen is not None and one_of(hyphen[1]) in TIMES
    ahead = [word for word in words[last + 1 : last + 3] if not word.is_sign]
    kinds = [one_of(word.lower.removesuffix("'")) for word in ahead]
    return bool(kinds) and (
        kinds[0] in TIMES or (len(kinds) > 1 and kinds[1] in TIMES and ahead[0].token.pos_ == "ADJ")
    )


def _is_share(one: Amount, core: str, before: str, after: Word | None) -> bool:
    if core.startswith(("doubl", "tripl", "trebl")) and after is not None and after.lower in _DOUBLE:
        return False
    if core.endswith("half") and (_ORDINAL_BEFORE.search(before) and not before.endswith("other ")):
        return False
    plain_part = core.split()[-1] in _PARTS and not core.startswith(("half", "one", "two", "three"))
    if plain_part and after is not None and (after.is_noun or after.token.pos_ == "ADJ") and after.lower not in ("of",):
        return False
    return not (core == "halves" or core.startswith("halv") and after is not None and after.lower == "of")


_PARTS = frozenset("third quarter fifth sixth seventh eighth ninth tenth twelfth twentieth fiftieth hundredth".split())


def _names(previous: Word, after: Word | None, index: int, reading: PlainText) -> bool:
    """Whether a number belongs to the name before it: Ryom Song 4, and not: in Kest 40 rifles."""
    if not previous.text[0].isupper() or previous.token.pos_ != "PROPN":
        return False
    if after is not None and (after.is_noun or after.token.pos_ == "ADJ") and not after.text[0].isupper():
        return (
            previous.token.ent_type_ not in ("GPE", "LOC", "NORP", "DATE", "")
            and previous.token.head == reading.words[index].token
        )
    return previous.token.ent_type_ not in ("DATE", "GPE") or after is None


def _is_name(reading: PlainText, last: int) -> bool:
    """Whether a number word with a capital begins a name: the Nine Lakes."""
    words = reading.words
    following = words[last + 1]
    if (
        not following.text[0].isupper()
        or designations.NAME.match(following.text)
        or following.token.ent_type_ == "NORP"
    ):
        return False
    behind = words[last + 2] if last + 2 < len(words) and reading.gap(last + 1) == " " else None
    return behind is None or not behind.is_noun or behind.text[0].isupper()


def _is_label(reading: PlainText, index: int, after: Word | None) -> bool:
    """Whether a number tells one thing from its like: slide two, day 221."""
    previous, word = reading.words[index - 1], reading.words[index]
    if previous.token.tag_ != "NN" or (after is not None and after.is_noun) or word.token.dep_ != "nummod":
        return False
    return word.token.head == previous.token


def _is_person(words: list[Word], index: int) -> bool:
    return index > 1 and words[index - 2].text[0].isupper() and words[index - 2].token.pos_ == "PROPN"


def _has_person_subject(words: list[Word], index: int) -> bool:
    verb = words[index - 1].token
    subject = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    return any(child.lower_ in ("who", "he", "she", "i") or child.ent_type_ == "PERSON" for child in subject)


def _described(reading: PlainText, one: Amount, items: list[Item], said: list[Read]) -> Read:
    """With its package or measure, and what it counts."""
    start, end = one.start, one.end
    plain, words = reading.plain, reading.words
    value, comparator = one.value, one.comparator
    sign = next((unit for mark, unit in SIGNS.items() if mark in plain[one.core : one.close]), None)
    noun, close = (None, end) if one.ratio else _package(reading, end, comparator == "vague", items)
    if noun is None and not one.ratio and (second := _SECOND.match(plain, end)):
        noun, _ = _package(reading, second.end(), False, items)
        close = end
    if value is not None and re.search(r"\dm$", plain[one.core : one.close]) and _EXTENT.match(plain, end):
        value, noun = value / 10**6, "metre"
    unit: str | None = None
    measure = "count"
    if one.ratio or re.search(r"\bfactor of $", plain[:start]):
        measure = "ratio"
    elif sign is not None:
        unit, measure = sign, "amount"
    elif noun is not None:
        end = close
        unit = UNIT_OF.get(noun, noun)
        measure = "amount" if noun in UNIT_OF or noun in MONEY else "count"
    else:
        unit, measure = _money_before(reading, one, said) or counted(
            reading, one.start, one.end, items, [(each.start, each.end, each.attributes.get("unit")) for each in said]
        )
    if measure == "count" and _CAPACITY.search(plain[max(0, start - 30) : start]):
        measure = "capacity"
    if re.search(r"\bby the $", plain[:start]) and not re.search(r"\d", plain[start:end]):
        value, comparator = None, "vague"
    if value is not None and measure == "count" and re.fullmatch(r"\d{1,3}\.\d{3}", plain[one.core : one.close]):
        value *= 1000
    attributes: dict[str, str | float | None] = {
        "value": _whole(value),
        "comparator": comparator,
        "unit": unit,
        "measure": measure,
    }
    if comparator == "between":
        attributes["upper"] = _whole(one.upper)
    return Read(start, end, attributes)


def _whole(value: float | None) -> float | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _package(reading: PlainText, end: int, vague: bool, items: list[Item]) -> tuple[str | None, int]:
    """The package, unit of measure or money that directly follows, and where it ends."""
    words = reading.words
    hyphen = re.match(r"-([a-z]+)(?= )", reading.plain[end:])
    if hyphen and (one_of(hyphen[1]) in MONEY or one_of(hyphen[1]) in UNIT_OF) and len(hyphen[1]) > 2:
        return one_of(hyphen[1]), end + hyphen.end()
    if attached := re.match(r"(?:km|kg|cm|kW|MW|GW|kHz|MHz|GHz|Hz)\b", reading.plain[end:]):
        return attached[0].lower(), end + attached.end()
    index = reading.at(end)
    if index >= len(words) or reading.plain[end : words[index].start] not in (" ", ' "', '" '):
        return None, end
    first = index
    if words[index].lower in ("of", "a", "an") and index + 1 < len(words) and (vague or words[index].lower != "of"):
        index += 1
        if (
            vague
            and one_of(words[index].lower) not in MONEY
            and one_of(words[index].lower) not in UNIT_OF
            and one_of(words[index].lower) not in PACKAGES_OF
        ):
            return None, end
        if not vague and not re.search(r"half $", reading.plain[: words[first].start]):
            return None, end
    kind = ""
    if words[index].lower in QUALIFIERS and index + 1 < len(words) and reading.gap(index) == " ":
        kind = words[index].lower
        index += 1
    word = words[index]
    noun = one_of(word.lower.strip("."))
    if noun in UNIT_OF or noun in MONEY:
        if (
            len(word.text) <= 2
            and word.text.lower() in ("m", "t", "l", "g", "w", "ha")
            and word.text not in ("m", "t", "kg", "g", "W", "ha")
        ):
            return None, end
        unit = UNIT_OF.get(noun, noun)
        return (f"{kind} {unit}" if kind in ("square", "cubic") else noun), word.end
    if kind not in ("", "shipping"):
        return None, end
    following = words[index + 1].lower if index + 1 < len(words) and reading.gap(index) == " " else ""
    if any(item.first <= index <= item.last for item in items) and following != "of":
        return None, end
    after = words[index + 1] if index + 1 < len(words) and reading.gap(index) == " " else None
    if noun in PACKAGES_OF:
        compound = after is not None and after.is_noun and noun != "container" and word.lower == noun
        if noun in ("case", "barrel", "unit", "piece", "round") and not _before_goods(reading, index, items):
            loose = noun in ("round", "unit", "piece") and following != "of" and not compound and word.lower != noun
            return (noun, word.end) if loose else (None, end)
        return (None, end) if compound else (noun, word.end)
    if noun.endswith(("load", "loads", "ful", "fuls")) or (noun in LOADS and _before_goods(reading, index, items)):
        return noun.removesuffix("s") if noun.endswith("s") else noun, word.end
    return None, end


def _before_goods(reading: PlainText, index: int, items: list[Item]) -> bool:
    """Whether "of" and goods follow, of whatever kind."""
    words = reading.words
    if index + 2 >= len(words) or words[index + 1].lower != "of" or reading.gap(index) != " ":
        return False
    if any(index + 2 <= item.first <= index + 4 for item in items):
        return True
    following = words[index + 2]
    return (
        following.is_noun
        and following.token.tag_ in ("NN", "NNS")
        and not following.text[0].isupper()
        and one_of(words[index].lower) not in ("case",)
    )


_SECOND = re.compile(r" (?:to|and|or|by|x|×) \d[\d.,]*(?: (?:million|billion|thousand))?(?= [a-z])")
"""A second number, whose unit is that of both."""
_EXTENT = re.compile(r" (?:wide|long|high|deep|tall|thick|across|apart|away|above|below)\b")
_COST = re.compile(r"\b(?:cost|costs|costing|worth|paid|pays?|spent|price of|fetched)\s$")


def _money_before(reading: PlainText, one: Amount, said: list[Read]) -> tuple[str | None, str] | None:
    """A bare number beside an amount of money in its sentence is one too: "two million crowns; it was five million"."""
    index = reading.covering(one.end - 1)
    word = reading.words[index + 1] if index + 1 < len(reading.words) else None
    if word is not None and reading.gap(index) == " " and (word.is_noun or word.token.pos_ in ("ADJ", "ADP")):
        return None
    sentence = reading.words[index].token.sent
    start = reading.plain_place(sentence.start_char, sentence.end_char)[0]
    before = [each for each in said if each.start >= start and each.attributes.get("unit") in MONEY]
    if not before or said[-1] is not before[-1]:
        return (None, "amount") if _COST.search(reading.plain[: one.start]) else None
    return str(before[-1].attributes["unit"]), "amount"
