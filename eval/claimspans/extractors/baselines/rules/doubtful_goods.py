"""Nouns that are goods by what is done with them or beside arms: sent trucks, rifles and radios, wheels for tanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from .goods import ALONE, ENTRY_OF, LOADS, PACKAGES_OF, PARTS
from .heads import UNSPECIFIED, entry_of, is_modifier
from .plain_text import PlainText, one_of
from .word_lists import words as word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_BESIDE_ARMS = {
    "ML1": "holster sling",
    "ML2": "shot limber bipod tripod",
    "ML3": "shot",
    "ML5": "scope binocular",
    "ML6": "truck lorry jeep vehicle trailer motorcycle ambulance bulldozer",
    "ML9": "ship boat vessel",
    "ML10": "plane fighter trainer glider balloon",
    "ML11": "radio antenna aerial transmitter receiver telephone",
    "ML13": "vest visor shield",
    "ML15": "goggle",
    "ML": "kit",
    "DU": "sensor camera battery magnet laser valve pump amplifier connector lens optic resin cable converter relay "
    "inverter module steel aluminium aluminum alloy acid laptop switch cylinder machinery turbine generator",
}
_ENTRIES = {noun: entry for entry, nouns in _BESIDE_ARMS.items() for noun in nouns.split()}
"""Civil things, or none, that are military equipment where they are listed with some."""
_CARRYING = re.compile(r" (?:of|with|carrying|loaded|laden|full|that|which|packed)\b")
_MILITARY = word_set("army military navy naval combat surplus war-surplus ex-army ex-military armoured armored battle")
_MORE_PARTS = PARTS | word_set(
    "tread wheel axle sprocket hatch piston transmission radiator shaft spring scope sling bipod"
)
_NO_PARTS = word_set("case section magazine body lock copy part spare")
"""What a text also has of goods that are whole: the case of the stolen rifles."""
_FOR_NOTHING = ("part", "engine", "motor")
"""What is traded without a word of what it is for."""
_ONE = ("the", "a", "an", "its", "their", "each", "every", "one", "this", "that", "his", "her")
_GUN, _SHOT, _MOVING = ("ML1", "ML2"), ("ML3", "ML4"), ("ML6", "ML9", "ML10")
_WHOLES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("barrel", "breech", "plate", "carriage", "trigger", "bolt", "stock"), _GUN),
    **dict.fromkeys(("fin", "nozzle", "booster", "seeker", "casing", "cone"), _SHOT),
    **dict.fromkeys(("hull", "turret", "track", "periscope", "propeller", "rotor", "wing", "fuselage"), _MOVING),
    **dict.fromkeys(("engine", "motor", "gearbox", "hatch"), ("ML4", *_MOVING)),
}
"""The entries of what each part may belong to."""
_CIVIL = ("DU", "ML11", "ML")
"""Entries whose goods stand there for arms or their parts where they are traded: exported cameras, sensors."""
_OF_SOMEBODY = ("a", "an", "his", "her", "my", "your", "our")
_SAME = ("the", "these", "those", "such")
_CARRIERS = word_set("truck lorry jeep")
_GIVING = word_set(
    "send sell deliver ship supply buy order give lend lease donate export import purchase receive hand transfer "
    "promise borrow hire rent acquire obtain return smuggle provide present seize confiscate re-export procure divert"
)
_GIFTS = word_set("delivery sale purchase transfer supply export import order gift lease")
_EQUIPPING = word_set("do equip supply provide arm replace")
_LINKS = ("and", "or", ",", "nor", "plus", "&")


def entry(reading: PlainText, first: int, index: int, before: Sequence[tuple[int, int, str, str]]) -> str | None:
    """The entry of the noun phrase from ``first`` to ``index``, if it is goods here; ``before`` are the items."""
    word = reading.words[index]
    noun = one_of(word.lower)
    plural = noun != word.lower
    if not word.is_noun or is_modifier(reading, index, noun):
        return None
    last = before[-1] if before and _joins(reading, before[-1][1], first) else None
    if noun in _ENTRIES:
        if _CARRYING.match(reading.plain, word.end):
            return None
        military = any(each.lower in _MILITARY for each in reading.words[first:index])
        listed = last is not None or (plural and _begins_list(reading, index, _ENTRIES[noun]))
        determiner = reading.words[first - 1].lower if first else ""
        sold = noun in _CARRIERS or (_ENTRIES[noun] in _CIVIL and determiner not in _OF_SOMEBODY)  # he bought a camera
        again = _ENTRIES[noun] in _CIVIL and determiner in _SAME and any(each[3] == noun for each in before)
        traded = (sold and _is_given(word.token)) or again
        beside = listed and (noun != "fighter" or last is None or last[2] == "ML10")
        return _ENTRIES[noun] if beside or military or traded else None
    if noun not in _MORE_PARTS | ALONE:
        return None
    if last is not None and one_of(reading.words[last[1]].lower) in _MORE_PARTS | ALONE and (plural or noun != "part"):
        return last[2]
    served = _entry_served(reading, index) if plural or _is_of_one(reading, index, noun) else None
    served = served or _entry_of_owner(reading, first, noun, before)
    return served or (UNSPECIFIED if plural and noun in _FOR_NOTHING and _is_given(word.token) else None)


def _is_of_one(reading: PlainText, index: int, noun: str) -> bool:
    """Whether one part is that of one thing: the engine of the drone."""
    following = [word.lower for word in reading.words[index + 1 : index + 3]]
    return noun not in _NO_PARTS and len(following) > 1 and following[0] == "of" and following[1] in _ONE


def _entry_of_owner(
    reading: PlainText, first: int, noun: str, before: Sequence[tuple[int, int, str, str]]
) -> str | None:
    """The entry of the goods whose part it is: the drone's engine; a mortar and its plate."""
    words = reading.words
    if noun in _NO_PARTS or first < 1 or reading.gap(first - 1) != " ":
        return None
    if words[first - 1].lower == "'s" and first > 1:
        return ENTRY_OF.get(one_of(words[first - 2].lower))
    if words[first - 1].lower not in ("its", "their", "her") or not before:
        return None
    named = before[-1]
    near = words[named[1]].token.sent == words[first].token.sent
    return named[2] if near and named[2] in _WHOLES.get(noun, ()) else None


def _is_given(token: Token) -> bool:
    """Whether it is the object of giving or selling: sent trucks, a delivery of lorries."""
    while token.dep_ == "conj":
        token = token.head
    if token.dep_ == "pobj" and token.head.lower_ in ("of", "for", "with"):
        return token.head.head.lemma_.lower() in (_EQUIPPING if token.head.lower_ == "with" else _GIFTS)
    return token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_ in _GIVING


def _joins(reading: PlainText, last: int, first: int) -> bool:
    """Whether nothing but a comma, "and" or "or" stands between two phrases."""
    between = [word.lower for word in reading.words[last + 1 : first]]
    clause = len(between) == 2 and reading.words[first].token.dep_ in ("nsubj", "nsubjpass")
    return bool(between) and len(between) <= 2 and all(word in _LINKS for word in between) and not clause


def _begins_list(reading: PlainText, index: int, entry: str) -> bool:
    """Whether the plural of arms of the same kind follows behind "and": trucks and tanks."""
    words = reading.words
    if index + 2 >= len(words) or words[index + 1].lower not in ("and", "or"):
        return False
    behind = entry_of(reading, index + 2)
    return behind is not None and entry in (behind[0], *_CIVIL) and words[index + 2].lower.endswith("s")


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
    noun = one_of(words[index].lower)
    whole = noun not in PACKAGES_OF | LOADS | {"body", "section"} or _is_of_one(reading, index, noun)
    if place >= len(words) or words[place].lower not in (("for", "of") if whole else ("for",)):
        return None
    behind = list(takewhile(lambda word: word.lower != "of", words[place + 1 : place + 5]))
    found = next((ENTRY_OF[one_of(word.lower)] for word in behind if one_of(word.lower) in ENTRY_OF), None)
    return None if noun in LOADS | PACKAGES_OF and found not in _WHOLES.get(noun, (found,)) else found
