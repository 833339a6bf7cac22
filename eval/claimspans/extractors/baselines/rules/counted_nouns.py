"""What a number counts: the noun behind it, or the one that a number without a noun stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ....text.numbers import COMPARATORS, WORDS
from . import designations
from .goods import ENTRY_OF, LOADS, PACKAGES_OF
from .measures import MONEY, TIMES, UNIT_OF
from .plain_text import PlainText, Word, one_of, singular
from .word_lists import words as word_set

if TYPE_CHECKING:
    from .items import Item

Earlier = tuple[int, int, "str | float | None"]
"""Start, end and unit of a quantity that stands before."""
_NOUN_OF_KIND = {"ML10": "aircraft", "ML2": "gun", "ML4": "missile", "ML6": "tank", "ML1": "rifle", "ML9": "ship"}
_WORDED = rf"(?:\d[\d.,]*\d|\d|{'|'.join(sorted(WORDS, key=len, reverse=True))})(?![\w-])"
_MODIFIED = rf"(?:an? )?(?:(?:{'|'.join(map(re.escape, COMPARATORS))}|possibly|at best|at worst|or rather) )"
_JOINED_TO = re.compile(
    rf"(?:,? (?:(?:but|and|or|if|nor|not|to|even) )+{_MODIFIED}*{_WORDED},?|, {_MODIFIED}+{_WORDED},?"
    rf"|(?:, {_WORDED})* or {_WORDED})(?= [a-z])",
    re.IGNORECASE,
)
"""A second bound, which has the noun of both."""
_OF_PEOPLE = re.compile(
    r"\b(?:(?:crew|team|party|group|family|gang|population|staff|garrison|congregation)(?: of)?|pop\."
    r"|(?:class|jury|choir|squad|platoon|patrol|band|mob|crowd|audience|committee|panel|board|council|delegation|posse"
    r"|household|queue|orchestra|tribe|village|town|hamlet|city|settlement|island|club|cast|brood|assembly|workforce"
    r"|company|battalion|regiment|brigade|force|army|militia|detachment) of"
    r"|(?:sleeps?|seats?|accommodates?|employ(?:s|ed)?|hous(?:es|ed)|feeds?|fed|kill(?:s|ed|ing)?|injur(?:es?|ed|ing)"
    r"|wound(?:s|ed|ing)?|maim(?:s|ed|ing)?)) (?:[a-z]+ ){0,2}$"
)
"""Before a number alone that is one of people: a crew of six, the bunker sleeps 80."""
_ONE_OF = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final|next|one|\d+(?:st|nd|rd|th)) "
    r"(?P<noun>[a-z]+) of $",
    re.IGNORECASE,
)
"""One of a row, whose number follows: the second pallet of six."""
_FILLED = re.compile(r"\b(?:an?|one) (?P<noun>[a-z]+) of ", re.IGNORECASE)
PEOPLE_ACT = re.compile(
    r" (?:have |had |were |also |then )?(?:died?|wept|weep|fled|flee|marched|cheered|protested|starved?|drowned|mourned"
    r"|prayed|perished|rioted|demonstrated|applauded|queued|sang|slept|laughed|cried|voted|rallied|emigrated"
    r"|(?:homeless|wounded|injured|displaced|evacuated|arrested|jailed|bereaved)(?! [a-z]+s\b(?! of)))\b"
)
"""Behind a number that is one of people: millions wept."""
_PREDICATE = re.compile(
    r" (?P<where>(?:in|on|from|at|under|behind|beside|before|near) (?:(?:the|his|her|its|their|our|that|this) )?"
    r"(?:[a-z]+ )?[a-z]+ |(?:that )?(?:he|she|they|we|it|you) [a-z]+ )?"
    r"(?:are|were|is|was) (?:(?:really|in fact|in truth|actually|all) )?(?=[a-z-]+s\b)"
)
"""Between a number alone and what it is said to be of: the 40 in the minutes are crates."""
_EMPTY = word_set("none number toll total tally figure count sum rest")
_NUMBER_OF = re.compile(
    r"\b(?:number|total|tally|count|figure|stock|loss|toll) of (?:the |its |their )?", re.IGNORECASE
)


def counted(
    reading: PlainText, start: int, end: int, items: Sequence[Item], said: Sequence[Earlier]
) -> tuple[str | None, str]:
    """The singular of the noun that the number at a place counts, and the measure: a count."""
    if kind := re.match(r"-([a-z]{3,})(?![a-z-])", reading.plain[end:]):
        return ("person" if kind[1] == "strong" else one_of(kind[1])), "count"
    if PEOPLE_ACT.match(reading.plain, end) or re.match(r" (?:aboard|on board)\b", reading.plain[end:]):
        return "person", "count"
    if re.search(r"\bby the $", reading.plain[:start]) and not reading.plain.startswith(" of ", end):
        return _stood_for(reading, start, end, items, said), "count"
    close = re.match(r"[\"')]? *[\"'(]?|-", reading.plain[end:])
    index = reading.at(end + (close.end() if close else 0))
    noun = None
    if close and close.end() and index < len(reading.words) and not _is_verb(reading, start, index):
        noun = _behind(reading, index, items)
    if noun is not None:
        return noun, "count"
    return _stood_for(reading, start, end, items, said), "count"


def _behind(reading: PlainText, index: int, items: Sequence[Item]) -> str | None:
    """The head of the noun phrase that begins at a word, past "of" and its like."""
    words = reading.words
    for _ in range(3):  # of the, more, other, such
        if index < len(words) and (
            words[index].lower
            in (
                "of",
                "the",
                "its",
                "their",
                "his",
                "her",
                "these",
                "those",
                "such",
                "more",
                "other",
                "new",
                "further",
                "our",
                "my",
                "further",
                "at",
                "least",
            )
            or (words[index].text.isdigit() and words[index - 1].lower in ("the", "of"))
        ):
            if words[index].lower in ("them", "us", "which", "whom"):
                return None
            index += 1
    last: Word | None = None
    while index < len(words):
        word = words[index]
        item = next((each for each in items if each.first <= index <= each.last), None)
        if item is not None and (last is None or item.last > index or item.first == index):
            behind = words[item.last + 1] if item.last + 1 < len(words) and reading.gap(item.last) == " " else None
            if behind is not None and one_of(behind.lower) in PACKAGES_OF | LOADS and behind.is_noun:
                return one_of(behind.lower)  # mortar crates
            if item.head and re.fullmatch(r"[a-z-]+", item.head):
                return item.head.split("-")[-1]
            return _NOUN_OF_KIND.get(item.entry)
        if (
            word.lower in ("last", "next", "this")
            and index + 1 < len(words)
            and one_of(words[index + 1].lower) in TIMES
        ):
            break
        said_of = designations.CALIBRE.match(word.lower) or word.token.tag_ == "NN"
        if said_of and last is None and _is_another(words, index + 1):
            index += 3
            continue
        if word.lower in ("and", "or") and last is None and _is_another(words, index):
            index += 2
            continue
        if word.lower == "and" and last is None and designations.CALIBRE.match(words[index - 1].lower):
            index += 1
            continue
        if word.is_sign or word.token.pos_ in ("ADP", "AUX", "PRON", "DET", "CCONJ", "SCONJ", "PART", "PUNCT"):
            break
        if word.token.pos_ == "VERB" and not (word.token.dep_ == "amod" or (last is None and "-" in word.text)):
            break
        if word.token.pos_ in ("NOUN", "PROPN"):
            if (
                last is not None
                and word.text[0].isupper()
                and not last.text[0].isupper()
                and last.token.dep_ != "compound"
            ):
                break
            last = word
        elif last is not None:
            break
        if reading.gap(index) != " ":
            index += 1
            break
        index += 1
    if last is None or (last.text[0].isupper() and last.token.pos_ == "PROPN" and designations.NAME.match(last.text)):
        return None
    noun = singular(last).split("-")[-1]
    if noun in ("one", "other"):  # older ones
        return None
    return noun if re.fullmatch(r"[^\W\d_]+", noun) else None


def _is_verb(reading: PlainText, start: int, index: int) -> bool:
    """Whether a singular behind a number of several is what they did, whatever the model takes it for: five flew."""
    word = reading.words[index]
    if word.token.tag_ != "NN" or word.lower.endswith("s") or reading.plain[start:].lower().startswith(("1 ", "one ")):
        return False
    if word.lower in _UNCHANGED | UNIT_OF.keys() | MONEY | {"of", "crew", "staff", "cavalry", "infantry"}:
        return False
    after = reading.words[index + 1 : index + 2]
    ends = not after or after[0].is_sign or reading.gap(index) != " " or after[0].token.pos_ in ("ADP", "ADV", "CCONJ")
    return ends and _PAST.fullmatch(word.lower) is not None


_PAST = re.compile(
    r"[a-z]+ed|flew|fell|sank|broke|blew|burnt|came|went|drove|rode|stood|lay|hid|ran|swam|spoke|wrote|froze|burst|split"
    r"|leapt|slept|bled|dug|fled|left|lost|won|rose|shrank|sprang|stuck|struck|swore|wept|drowned|hung|knelt|sat|stank"
)
_UNCHANGED = word_set("aircraft spacecraft craft cannon sheep fish deer shot head series species people dozen hundred")
"""Nouns with the same plural."""


def _is_another(words: Sequence[Word], index: int) -> bool:
    """Whether an adjective or size stands before "and", a number behind: three wooden and two plastic mines."""
    if index + 2 >= len(words) or words[index].lower not in ("and", "or") or not words[index + 1].token.like_num:
        return False
    alone = words[index - 1].token.tag_ == "NN" and words[index - 2].token.like_num and words[index - 2].lower != "one"
    alone = alone and words[index - 1].lower not in _UNCHANGED | PACKAGES_OF | UNIT_OF.keys() | MONEY
    return (
        alone or words[index - 1].token.pos_ == "ADJ" or designations.CALIBRE.match(words[index - 1].lower) is not None
    )


_POINTING = re.compile(r" (?:of (?:them|these|those|which)|more|others?)\b|")
_FILLING = re.compile(r" (?:of|with|full of|filled with|containing|holding|loaded with|packed with) ")
_MEASURED = UNIT_OF.keys() | MONEY | {"round", "unit", "piece"}


def _package_before(reading: PlainText, begin: int, start: int, pointing: str, said: Sequence[Earlier]) -> str | None:
    """The package that a further number counts: nine sledge-loads of shells, three of them wet; another two."""
    plain = reading.plain
    if not pointing and not re.search(r"\b(?:another|the (?:last|first|other|remaining|next)) $", plain[:start]):
        return None
    full = [each for each in said if begin <= each[0] < each[1] <= start and _FILLING.match(plain, each[1]) and each[2]]
    between = {each[2] for each in said if full and full[-1][1] <= each[0] < start}
    if between and ("them" in pointing or any(str(unit) in ENTRY_OF for unit in between)):
        return None
    if not full or full[-1][2] in _MEASURED or not plain[: full[-1][1]].lower().endswith(("s", 's"')):
        return None
    return str(full[-1][2])


def _stood_for(reading: PlainText, start: int, end: int, items: Sequence[Item], said: Sequence[Earlier]) -> str | None:
    """The noun that a number alone stands for: "the number of X", what was counted last, the goods named last."""
    plain, words = reading.plain, reading.words
    sentence = words[reading.at(start)].token.sent if reading.at(start) < len(words) else None
    begin = 0 if sentence is None else reading.plain_place(sentence.start_char, sentence.end_char)[0]
    if predicate := _PREDICATE.match(plain, end):
        noun = _behind(reading, reading.at(predicate.end()), items)
        if noun and (predicate["where"] or noun in ENTRY_OF):
            return noun
    if re.search(r"\btoll\b", plain[begin:start]):
        return "death"
    if _OF_PEOPLE.search(plain[begin:start]):
        return "person"
    if ordered := _ONE_OF.search(plain[begin:start]):
        return one_of(ordered["noun"])
    filled = [found["noun"].lower() for found in _FILLED.finditer(plain, begin, start)]
    filled = [noun for noun in filled if noun in PACKAGES_OF | LOADS or noun.endswith(("ful", "load"))]
    if filled and re.match(r" (?:more|others)\b", plain[end:]):
        return filled[-1]
    if (joined := _JOINED_TO.match(plain, end)) and (noun := _behind(reading, reading.at(joined.end()), items)):
        return noun
    named = list(_NUMBER_OF.finditer(plain, begin, start))
    if named and (noun := _behind(reading, reading.at(named[-1].end()), items)):
        return noun
    goods = [item for item in items if words[item.last].end <= start]
    if (pointed := _POINTING.match(plain, end)) and (unit := _package_before(reading, begin, start, pointed[0], said)):
        return unit
    packages = [
        word
        for word in words[: reading.at(start)]
        if word.token.tag_ == "NNS" and one_of(word.lower) in PACKAGES_OF and word.start >= begin
    ]
    inside = goods and packages and re.fullmatch(r" of ", plain[packages[-1].end : words[goods[-1].first].start])
    if packages and (inside or not (goods and words[goods[-1].last].start > packages[-1].start)):
        return one_of(packages[-1].lower)
    near = [each for each in said if each[1] <= start and isinstance(each[2], str)]
    last_item = words[goods[-1].last].end if goods else -1
    last_count = near[-1][1] if near else -1
    if goods and last_item > last_count and last_item >= begin - 200:
        noun = goods[-1].head.split("-")[-1] or _NOUN_OF_KIND.get(goods[-1].entry)
        if noun or not near:
            return noun
    if near:
        return str(near[-1][2])
    if re.match(r" of (?:them|these|those|which)\b", plain[end:]):
        plural = [word for word in words[: reading.at(start)] if word.start >= begin and word.token.tag_ == "NNS"]
        if plural:
            return singular(plural[-1])
    subject = [
        word
        for word in words[: reading.at(start)]
        if word.start >= begin and word.token.dep_ in ("nsubj", "nsubjpass") and word.token.pos_ == "NOUN"
    ]
    if subject and singular(subject[-1]) not in _EMPTY:
        return singular(subject[-1])
    behind = [item for item in items if words[item.first].start >= start]
    return (
        behind[0].head.split("-")[-1]
        if behind and words[behind[0].first].start - start < 80 and "of" in plain[end : words[behind[0].first].start]
        else "person"
    )
