"""ITEM by the nouns of the field: a head of the Munitions List with the words before it that say what kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ....data.records import Span
from . import designations, doubtful_goods, left_out, states
from .civil_uses import MODIFIERS, is_civil
from .goods import (
    ALONE,
    ENTRY_OF,
    NO_MODIFIERS,
    PLURAL_ONLY,
)
from .heads import UNSPECIFIED, entry_of, is_modifier, is_noun
from .origins import origin
from .plain_text import PlainText, Word, one_of, singular
from .premodifiers import start_of
from .word_lists import words as word_set

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan

_WITH_PHRASE = word_set("technology equipment part component")
_CIVIL_TOO = word_set(
    "system line truck lorry car vehicle boat ship plane train vest jacket plate radio fuel agent plant"
)
_LETTING_LOOSE = word_set("use drop fire release employ deploy")
"""What is done with a gas that is a weapon."""
_FREIGHTERS = word_set("aircraft plane airship zeppelin seaplane jet jeep")
_LADEN = re.compile(
    r" (?:carrying|(?:loaded|laden|packed|crammed|filled) with|full of|(?:that|which) (?:carried|brought))\b"
)
"""Behind what carries the goods that are named."""
_STEERING = word_set("lose take get find check keep regain recover plot give")
"""What is done with bearings that are directions."""
_PARENTS = {"ship": "ML9", "vessel": "ML9", "boat": "ML9", "plane": "ML10", "vehicle": "ML6"}
"""Nouns that stand for arms which were named before."""
_GENERAL = word_set("goods good cargo materials material technology equipment")
_POINTING = word_set(
    "such these those other related this that military sensitive dual-use banned illicit restricted war"
)


class Item(NamedTuple):
    """The words from ``first`` to ``last``, both inclusive, with the entry of the list and the noun that is counted."""

    first: int
    last: int
    entry: str
    head: str


def find(reading: PlainText) -> Iterator[Span]:
    """The goods of a text, none in another."""
    for item in found_items(reading):
        start, end = reading.place(reading.words[item.first].start, reading.words[item.last].end)
        yield Span(
            label="ITEM",
            start=start,
            end=end,
            id=f"i{start}",
            text=reading.source[start:end],
            attributes={"category": item.entry, "origin": origin(reading, item.first, item.last)},
        )


def found_items(reading: PlainText) -> list[Item]:
    """The goods of a text in reading order, worked out once: by a head, by a name, by what was named in full before."""
    kept: dict[str, list[Item]] = reading.parsed.user_data
    if "items" not in kept:
        kept["items"] = _find_items(reading)
    return kept["items"]


def _find_items(reading: PlainText) -> list[Item]:
    items: list[Item] = []
    known: dict[str, Item] = {}
    for index in range(len(reading.words)):
        item = (
            _by_head(reading, index, items)
            or _named_before(reading, index, known, items)
            or _doubtful(reading, index, items)
        )
        if item is None or (items and item.first <= items[-1].last):
            continue
        if item.entry == "":
            whole = next((each.entry for each in reversed(items) if each.entry not in ("DU", UNSPECIFIED)), UNSPECIFIED)
            item = item._replace(entry=whole)
        item = _with_phrase(reading, item)
        items.append(item)
        if item.last > item.first and item.head not in ALONE:
            known.setdefault(item.head, item)
        if item.entry == "ML18":
            known.setdefault("machine", item)
            known.setdefault("tool", item)
    named = designations.find(reading, [(item.first, item.last, item.entry, item.head) for item in items])
    taken = {index for item in items for index in range(item.first, item.last + 1)}
    items += [Item(*each) for each in named if not taken & set(range(each[0], each[1] + 1))]
    return sorted(items)


def describe(words: TokenSpan) -> dict[str, str | None]:
    """The attributes of an item that another system found."""
    reading = PlainText.of(words.doc)
    start, end = reading.plain_place(words.start_char, words.end_char)
    first, last = reading.at(start), reading.covering(max(start, end - 1))
    inside = [item for item in found_items(reading) if first <= item.last and item.first <= last]
    if inside:
        return {"category": inside[-1].entry, "origin": origin(reading, inside[-1].first, inside[-1].last)}
    entry = next((found[0] for index in range(last, first - 1, -1) if (found := entry_of(reading, index))), UNSPECIFIED)
    return {"category": entry or UNSPECIFIED, "origin": origin(reading, first, last)}


def _by_head(reading: PlainText, index: int, before: list[Item]) -> Item | None:
    word = reading.words[index]
    found = entry_of(reading, index)
    if found is None or word.lower.startswith(("anti-", "counter-")) or not is_noun(word, reading, index):
        return None
    entry, size = found
    head = singular(word)
    if is_modifier(reading, index, head):
        return None
    first = start_of(reading, index, size)
    modifiers = [each.lower for each in reading.words[first:index]]
    if is_civil(reading, first, index):
        return None
    if size == 1 and not _is_meant(reading, first, index, head, modifiers, before):
        return None
    if left_out.is_left_out(reading, first, index, head) or _is_named(reading, index):
        return None
    if head in _FREIGHTERS and _LADEN.match(reading.plain, word.end):
        return None
    if entry == "" or head == "casing":
        owner = reading.words[first - 2 : first - 1] if first > 1 and reading.words[first - 1].lower == "'s" else []
        said = [*reversed(reading.words[first:index]), *owner, *_named_behind(reading, index)]
        entry = next((e for m in said if (e := ENTRY_OF.get(one_of(m.lower)) or designations.family(m.text))), entry)
    named = (
        index + 1 < len(words := reading.words)
        and reading.gap(index) == " "
        and designations.NAME.match(words[index + 1].text)
    )
    return Item(first, index + 1 if named else index, entry, head.split("-")[-1])


def _named_behind(reading: PlainText, index: int) -> list[Word]:
    """The words of the phrase that says what parts are for: engines for drones."""
    words = reading.words[index + 1 : index + 5]
    return words[1:] if words and words[0].lower in ("for", "of") else []


def _is_meant(reading: PlainText, first: int, index: int, head: str, modifiers: list[str], before: list[Item]) -> bool:
    """Whether a noun that also names civil things, or many of them, stands for arms here."""
    words = reading.words
    lower, plural = words[index].lower, words[index].lower != head
    if head in PLURAL_ONLY and not plural and lower not in ("goods", "materials"):
        return False
    determiner = words[first - 1].lower if first else ""
    following = words[index + 1].lower if index + 1 < len(words) else ""
    if head == "barrel" and not modifiers:
        return following != "of" and any(item.entry in ("ML1", "ML2") for item in before)
    if head in ALONE and head != "casing":
        behind = range(index + 2, min(index + 6, len(words)))
        if plural and following in ("of", "for") and any(entry_of(reading, each) for each in behind):
            return True
        named = any(ENTRY_OF.get(one_of(each)) or each in ("spare", "replacement") for each in modifiers)
        if head == "part" and not plural:
            return following == "of" and any(
                entry_of(reading, each) for each in range(index + 2, min(index + 5, len(words)))
            )
        return (
            named
            or (head == "component" and plural and following != "of")
            or (bool(before) and (plural or determiner in ("the", "an", "a", "no", "its")))
        )
    if head in ("good", "goods", "cargo", "material", "materials"):
        if lower == "goods" and following != "of":
            return True
        return following != "of" and bool(_POINTING & {determiner, *modifiers})
    if head == "jet" and following == "of":
        return False
    if head == "bearing" and not modifiers and words[index].token.head.lemma_ in _STEERING:
        return False
    if head == "gas":
        return not modifiers and words[index].token.head.lemma_ in _LETTING_LOOSE
    if head == "barrel" and "spare" in modifiers:
        return True
    if head in ("plan", "design", "barrel") and not any(ENTRY_OF.get(one_of(each)) for each in modifiers):
        behind = range(index + 2, min(index + 6, len(words)))
        return plural and following in ("of", "for") and any(entry_of(reading, each) for each in behind)
    return True


def _is_named(reading: PlainText, index: int) -> bool:
    """Whether a head with a capital is a part of a longer name."""
    words = reading.words
    if index and reading.gap(index - 1) == " " and words[index].text[0].isupper() and _is_firm(reading, index):
        return True
    if index == 0 or index + 1 == len(words) or reading.gap(index) != " ":
        return False
    return words[index].text[0].isupper() and words[index + 1].text[0].isupper() and words[index].token.pos_ == "PROPN"


def _is_firm(reading: PlainText, index: int) -> bool:
    """Whether a firm is called by its goods and a word before: October Guns of Kest, Delta Arms."""
    before, behind = reading.words[index - 1], reading.words[index + 1 : index + 2]
    said = bool(behind) and reading.gap(index) == " " and behind[0].text[0].islower()
    if (
        not (said or (behind and behind[0].lower in _FIRMS))
        or not before.text.istitle()
        or before.lower in NO_MODIFIERS
        or designations.family(before.text)
    ):
        return False
    return states.of(reading.parsed).code(before.text) is None and before.lower not in ENTRY_OF


_FIRMS = ("ltd", "inc", "limited", "co", "corp", "company", "group", "works", "industries", "international")


def _says(reading: PlainText, index: int, phrase: str) -> bool:
    """Whether a phrase stands at a word."""
    return reading.plain.startswith(f"{phrase} ", reading.words[index].start)


def _named_before(reading: PlainText, index: int, known: dict[str, Item], before: list[Item]) -> Item | None:
    """A noun alone that ended a longer name before, or says the kind of one: the machines, the ships."""
    word = reading.words[index]
    if not word.is_noun or not before:
        return None
    head = singular(word).split("-")[-1]
    entry = _PARENTS.get(head)
    if entry and index and reading.words[index - 1].lower in ("the", "these", "those", "both", "this", "that"):
        same = any(item.entry == entry for item in before) and not is_modifier(reading, index, head)
        return Item(index, index, entry, head) if same else None
    if head not in known or head in ENTRY_OF or head in _GENERAL | _CIVIL_TOO or is_modifier(reading, index, head):
        return None
    first = start_of(reading, index)
    if any(each.lower in MODIFIERS for each in reading.words[first:index]):
        return None
    return Item(first, index, known[head].entry, head)


def _doubtful(reading: PlainText, index: int, before: list[Item]) -> Item | None:
    """A noun that is goods by what is done with it, or beside arms alone: sent trucks, rifles and radios."""
    first = start_of(reading, index)
    entry = doubtful_goods.entry(reading, first, index, before)
    return (
        None
        if entry is None or is_civil(reading, first, index)
        else Item(first, index, entry, one_of(reading.words[index].lower))
    )


def _with_phrase(reading: PlainText, item: Item) -> Item:
    """With the for or of phrase behind technology, equipment, parts or components, and the entry of what it names."""
    words = reading.words
    last = item.last
    if item.head not in _WITH_PHRASE or last + 2 >= len(words) or words[last + 1].lower not in ("for", "of"):
        return item
    entry = item.entry
    end = last + 1 if _says(reading, last + 1, "for use") else last + 2
    while last + 1 < end < len(words) and reading.gap(end - 1) in (" ", "") and not words[end].is_sign:
        token = words[end].token
        verb = token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "compound")
        inner = words[end].lower in ("of", "for", "least", "than") or _says(reading, end, "at least")
        if (
            verb
            or (token.pos_ in ("ADP", "SCONJ", "CCONJ", "PART") and not inner)
            or words[end].lower in ("that", "which", "to", "worth")
            or _says(reading, end, "for use")
        ):
            break
        if found := entry_of(reading, end):
            entry = found[0] or entry
        end += 1
    if end <= last + 2:
        return item
    if "production" in {each.lower for each in words[last + 2 : end]} and item.head == "equipment":
        entry = "ML18"
    elif item.head == "technology":
        entry = "ML22"
    return item._replace(last=end - 1, entry=entry)
