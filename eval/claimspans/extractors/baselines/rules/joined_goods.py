"""Nouns that are goods beside arms alone: rifles and radios, tank turrets and treads, engines and wheels for tanks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .goods import ALONE, ENTRY_OF, PARTS
from .heads import entry_of, is_modifier
from .plain_text import PlainText, one_of, word_set

_BESIDE_ARMS = {
    "ML1": "holster sling",
    "ML2": "shot limber",
    "ML3": "shot",
    "ML5": "scope binocular",
    "ML6": "truck lorry jeep vehicle trailer motorcycle ambulance bulldozer",
    "ML9": "ship boat vessel",
    "ML10": "plane fighter trainer glider balloon",
    "ML11": "radio antenna aerial transmitter receiver telephone",
    "ML13": "vest visor shield",
    "ML15": "goggle",
}
_ENTRIES = {noun: entry for entry, nouns in _BESIDE_ARMS.items() for noun in nouns.split()}
"""Civil things, or none, that are military equipment where they are listed with some."""
_MORE_PARTS = PARTS | word_set(
    "tread wheel axle sprocket hatch piston transmission radiator shaft spring scope sling bipod"
)
_LINKS = ("and", "or", ",", "nor", "plus", "&")


def entry_beside(reading: PlainText, first: int, index: int, before: Sequence[tuple[int, int, str, str]]) -> str | None:
    """The entry of the noun phrase from ``first`` to ``index``, where arms stand beside it; ``before`` are the items."""
    word = reading.words[index]
    noun = one_of(word.lower)
    plural = noun != word.lower
    if not word.is_noun or is_modifier(reading, index, noun) or (not plural and noun not in _ENTRIES):
        return None
    last = before[-1] if before and _joins(reading, before[-1][1], first) else None
    if noun in _ENTRIES:
        if last is not None and (noun != "fighter" or last[2] == "ML10"):
            return _ENTRIES[noun]
        return _ENTRIES[noun] if plural and _begins_list(reading, index, _ENTRIES[noun]) else None
    if noun not in _MORE_PARTS | ALONE:
        return None
    if last is not None and one_of(reading.words[last[1]].lower) in _MORE_PARTS | ALONE:
        return last[2]
    return _entry_served(reading, index)


def _joins(reading: PlainText, last: int, first: int) -> bool:
    """Whether nothing but a comma, "and" or "or" stands between two phrases."""
    between = [word.lower for word in reading.words[last + 1 : first]]
    return bool(between) and len(between) <= 2 and all(word in _LINKS for word in between)


def _begins_list(reading: PlainText, index: int, entry: str) -> bool:
    """Whether the plural of arms of the same kind follows behind "and": trucks and tanks."""
    words = reading.words
    if index + 2 >= len(words) or words[index + 1].lower not in ("and", "or"):
        return False
    behind = entry_of(reading, index + 2)
    return behind is not None and behind[0] == entry and words[index + 2].lower.endswith("s")


def _entry_served(reading: PlainText, index: int) -> str | None:
    """The entry of the arms that listed parts are for: engines, wheels and spare tracks for tanks."""
    words = reading.words
    place = index + 1
    while place < len(words) and (
        words[place].lower in _LINKS
        or words[place].token.pos_ == "ADJ"
        or words[place].lower in ("spare", "replacement")
        or one_of(words[place].lower) in _MORE_PARTS | ALONE
    ):
        place += 1
    if place >= len(words) or words[place].lower not in ("for", "of"):
        return None
    return next(
        (ENTRY_OF[noun] for word in words[place + 1 : place + 5] if (noun := one_of(word.lower)) in ENTRY_OF), None
    )


def is_carrying(plain: str, end: int) -> bool:
    """Whether what ends at a place carries goods: trucks full of shells."""
    return re.match(r" (?:of|with|carrying|loaded|laden|full|that|which|packed)\b", plain[end:]) is not None
