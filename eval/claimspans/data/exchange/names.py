"""Persons, organisations, ships, weapons and places by name: which words are names, and what they become."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from ...text.dates import WEEKDAYS, month_number
from ..records import Document
from ..world import World
from .mentions import Edit, Mention
from .words import WORDS, Fresh, cased

_WORD = re.compile(r"[^\W\d_](?:[\w'’.-]*[\w.])?")
_TITLES = frozenset(WORDS["titles"])
_GENERIC = frozenset(WORDS["kinds of things"])
"""Words of names that say what a thing is, not which."""


class Name(msgspec.Struct, frozen=True, order=True):
    """The words of a name, and those of them that may stand for it alone."""

    words: tuple[str, ...]
    kind: str


_OF_TYPE = {"person": "person", "media": "organisation", "organisation": "organisation", "body": "acronym"}
"""What a source of each ``source_type`` is: of a body's name only capitals (HVU) are no description."""


def names_of(documents: Iterable[Document]) -> Iterator[Name]:
    """The names that the spans' attributes tell."""
    for document in documents:
        for span in document.spans:
            kind = _OF_TYPE.get(str(span.attributes.get("source_type")))
            entity = span.attributes.get("entity")
            if kind is not None and isinstance(entity, str):
                yield from _name(entity, kind)
        for claim in document.claims:
            for party in (claim.supplier, claim.recipient, claim.user, *claim.parties):
                if party is not None and len(party) > 2:
                    yield from _name(party, "organisation")


_LISTS = {"persons": "person", "persons_minor": "person", "companies": "organisation", "ships": "ship"}
_LISTS |= {"armed_factions": "organisation", "think_tanks": "organisation", "media": "organisation"}
_LISTS |= {"weapons": "designation"}


def names_of_world(world: World) -> Iterator[Name]:
    """The names that a ``world.json`` lists."""
    for field, kind in _LISTS.items():
        for row in getattr(world, field):
            for name in (row,) if isinstance(row, str) else (row.name, row.short):
                yield from _name(name.partition(" (")[0], kind)
    for state in world.states:
        for place in state.places:
            yield from _name(place, "place")
        for agency in state.agencies:
            yield from _name(agency.partition(" (")[0], "acronym")


def _name(written: str, kind: str) -> Iterator[Name]:
    words = [word for word in written.split() if word.rstrip(".") not in _TITLES]
    if kind == "acronym":
        words = [word for word in words if re.fullmatch(r"[A-Z]{2,5}", word)]
    elif not all(word[0].isascii() or not word[0].isalpha() for word in words):
        return  # of another script, for which there are no names
    if any(_may_change(word, kind) for word in words):
        yield Name(tuple(words), kind)


def _may_change(word: str, kind: str) -> bool:
    named = _WORD.fullmatch(word) is not None and word[0].isupper() and word not in _GENERIC
    return named and word.lower() not in WEEKDAYS and (kind == "person" or month_number(word) is None)


class NameIndex:
    """The names that are known of a corpus. ``ordinary`` are the words that its texts have in lower case."""

    def __init__(self, names: Collection[Name], ordinary: Collection[str]) -> None:
        changing: dict[str, str] = {}
        self._phrases: dict[str, Name] = {}
        for name in sorted(names):
            parts = [word for word in name.words if _may_change(word, name.kind)]
            if name.kind != "person":
                parts = [word for word in parts if word.lower() not in ordinary]
            for part in parts:
                changing.setdefault(part, name.kind)
            if parts:
                self._phrases.setdefault(" ".join(name.words).casefold(), name)
        self.changing = changing
        phrases = sorted(self._phrases, key=lambda phrase: (-len(phrase), phrase))
        several = [re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases if " " in phrase]
        self._several = re.compile(rf"(?<!\w)(?:{'|'.join(several)})(?!\w)", re.IGNORECASE) if several else None
        alone = [
            word
            for word in changing
            if (len(word) > 1 and word.lower() not in ordinary and not month_number(word))
            or word.casefold() in self._phrases
        ]
        forms = sorted(
            {*alone, *(word.upper() for word in alone if len(word) > 2)}, key=lambda word: (-len(word), word)
        )
        self._alone = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?!\w)") if forms else None

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and kind of every mention, whole names first."""
        for pattern in (self._several, self._alone):
            for found in pattern.finditer(text) if pattern is not None else ():
                words = " ".join(found[0].split())
                if pattern is self._alone or not words.islower() or self._phrases[words.casefold()].kind == "person":
                    yield (*found.span(), self._kind(words))

    def _kind(self, words: str) -> str:
        name = self._phrases.get(words.casefold())
        return name.kind if name is not None else self.changing.get(words) or self.changing.get(words.title(), "person")

    def mentions(self, text: str, renamed: Mapping[str, str]) -> list[Mention]:
        """The mentions of a text, each changing word as it is renamed; keys are the words."""
        found = []
        folded = {word.casefold(): word for word in self.changing}
        for start, end, kind in self.find(text):
            edits, keys = [], []
            for word in re.finditer(r"\S+", text[start:end]):
                known = folded.get(word[0].casefold())
                if known is None:
                    continue
                keys.append(known)
                if known in renamed:
                    place = start + word.start()
                    edits.append(Edit(place, place + len(word[0]), cased(renamed[known], word[0])))
            if keys:
                shown = "organisation" if kind == "acronym" else kind
                whole = tuple(edits) if len(edits) == len(keys) else None
                found.append(Mention(shown, f"name {keys[-1]}", start, end, whole))
        return found

    def renamed(self, text: str, stuck: Collection[str], fresh: Fresh) -> dict[str, str]:
        """A new word for each changing word that a text has, but for those that are ``stuck``."""
        folded = text.casefold()
        firsts = {name.words[0] for name in self._phrases.values() if name.kind == "person" and len(name.words) > 1}
        found: dict[str, str] = {}
        for word in self.changing:
            if word in stuck or word.casefold() not in folded:
                continue
            if re.fullmatch(r"[A-Z]\.", word):
                found[word] = fresh.rng.choice([f"{letter}." for letter in "HKLMRTVB" if letter != word[0]])
            elif re.fullmatch(r"[A-Z]{2,5}", word):
                found[word] = fresh.acronym(len(word))
            elif self.changing[word] == "person":
                found[word] = fresh.name(given=word in firsts)
            else:
                found[word] = fresh.word()
        return found
