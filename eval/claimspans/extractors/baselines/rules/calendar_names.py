"""Which words of the calendar are dates, and which are names or verbs: Theresa May, the Monday Club, they march."""

from __future__ import annotations

import re

from ....text.date_grammar import Expression
from ....text.dates import MONTHS, WEEKDAYS
from . import states
from .genders import is_first_name
from .goods import ENTRY_OF
from .parsing import is_english
from .plain_text import PlainText, Word, one_of
from .source_words import OFFICES, PEOPLE, TITLES
from .word_lists import words as word_set

_PREPOSITIONS = word_set(
    "in by since until till of from before after during between through throughout to on for last next this "
    "that early mid late and or around about towards toward per every all until's as at over within come"
)
_NAMED_AFTER = word_set("brothers sisters twins family club gang street road square uprising group plot report")
_BODIES = word_set(
    "brigade regiment battalion division squadron corps movement front party league union army fleet guard guards "
    "bridge street road avenue square boulevard lane park hospital school college university barracks station stadium "
    "airport revolution uprising rising rebellion mutiny massacre accords accord agreement pact treaty protocol "
    "declaration act law charter constitution point bay island islands hill cape head rock rocks reef creek river lake "
    "sound strait harbour harbor port beach valley farm house hall tower church market mill mine line mirror "
    "times post herald gazette star telegraph express news mail chronicle record review observer courier echo journal "
    "bulletin weekly tribune globe sun group company club society foundation institute fund bank trust works shipping "
    "lines ltd inc moon child fair band choir cup trophy prize award plan project operation campaign cell "
    "network faction"
)
"""What is called after a day, month or season, each with a capital."""
_SOMEBODY = re.compile(
    rf", (?:an?|the|our|his|her|their|its|my|[\w-]+'s) (?:[a-z-]+ ){{0,2}}(?:{'|'.join(sorted(OFFICES | PEOPLE))})"
    r"(?: (?:of|at|in|from|with|on|for) [\w ]{2,25})?,"
)
"""Behind the name of a human being: April, a corporal."""
_UNITS = word_set("movement brigade regiment battalion group party")
_CALLED_AFTER = re.compile(
    r"\b(?:Street|Avenue|Square|Bridge|Hospital|Party|Movement|Brigade|Regiment|Battalion|Front|School) (?:of )?$"
)
"""Before and behind a day that a unit, street or party is called after, without a capital too."""
_NO_DAY = word_set("a an any every each one some black ash palm bloody man")
_NAMED_BEFORE = word_set(
    "operation exercise project plan port cape lake mount fort camp saint san isle codename code-named called "
    "named christened nicknamed dubbed"
)
_SITES = ("port", "cape", "lake", "mount", "fort", "camp", "saint", "san", "isle")
_VESSELS = word_set(
    "cruiser frigate trawler submarine ship vessel freighter tanker steamer boat tug ferry yacht schooner barge "
    "destroyer corvette gunboat warship battleship minesweeper liner dhow horse mare mule novel film play magazine "
    "newspaper weekly hms red white golden"
)
"""What stands before a name: the cruiser October; of a weekday it may also be what was done then."""
_PLACES = re.compile(r"\b(?:village|town|hamlet|port|island|parish|city|ship|trawler|isle) of $", re.IGNORECASE)


def is_named(reading: PlainText, one: Expression, before: Word | None, after: Word | None) -> bool:
    """Whether a day, month, season or feast is a part of a name: the 3 May Regiment, Sergeant Monday, Easter Island."""
    if one.kind not in ("day", "day behind", "month", "weekday", "season", "feast"):
        return False
    possessive = reading.plain.startswith("'s ", one.end)
    following = after
    if possessive:
        index = reading.at(one.end) + 1
        following = reading.words[index] if index < len(reading.words) else None
    if following is not None and following.text[0].isupper() and following.lower in _BODIES:
        return True
    if one.kind in ("month", "weekday") and following is not None and _is_firm(reading, following):
        return True
    if one.kind.startswith("day") and (
        (following is not None and following.lower in _UNITS) or _CALLED_AFTER.search(reading.plain[: one.start])
    ):
        return True
    if one.kind in ("month", "weekday") and _is_somebody(reading, one, before):
        return True
    if one.kind not in ("month", "weekday") or before is None or one.parts.get("year") or one.parts["which"]:
        return False
    called = before.lower in _VESSELS and (one.kind == "month" or (after is not None and after.token.pos_ == "VERB"))
    christened = before.lower in _NAMED_BEFORE and (before.lower not in _SITES or before.text[0].isupper())
    if called or christened or _PLACES.search(reading.plain[: one.start]):
        return True
    name = reading.plain[one.start : one.end]
    return name in _surnames(reading) and before.lower not in _PREPOSITIONS


def _is_somebody(reading: PlainText, one: Expression, before: Word | None) -> bool:
    """Whether a month or day is the name of somebody whose office or trade stands behind it."""
    plain = one.end - one.start == len(str(one.parts.get("m") or one.parts.get("w")))
    placed = before is not None and before.lower in _PREPOSITIONS
    return plain and not placed and _SOMEBODY.match(reading.plain, one.end) is not None


def _is_firm(reading: PlainText, following: Word) -> bool:
    """Whether goods with a capital stand behind a month or day, in a text that has others without one."""
    known = following.text[0].isupper() and one_of(following.lower) in ENTRY_OF
    return known and re.search(r" [a-z]{2,} ", reading.plain[following.end : following.end + 40]) is not None


def _surnames(reading: PlainText) -> set[str]:
    """The months and weekdays that a person of the text has as a name: Sergeant Len Monday, the Octobers."""
    kept: dict[str, set[str]] = reading.parsed.user_data
    if "surnames" not in kept:
        kept["surnames"] = {
            word.text
            for index, word in enumerate(reading.words)
            if word.lower in {*MONTHS, *WEEKDAYS}
            and word.text[0].isupper()
            and (
                _is_titled(reading.words[max(0, index - 2) : index])
                or f"he {word.text}s" in reading.plain
                or _has_first_name(reading, index)
            )
        }
    return kept["surnames"]


def _has_first_name(reading: PlainText, index: int) -> bool:
    """Whether a name that is no place stands before a month or weekday, and neither a day nor a year behind it."""
    if index == 0 or reading.gap(index - 1) != " ":
        return False
    first, behind = reading.words[index - 1], reading.words[index + 1 : index + 2]
    placed = index > 1 and reading.gap(index - 2) == " " and reading.words[index - 2].lower in _PREPOSITIONS
    known = states.of(reading.parsed).code(first.text) is not None
    strange = is_first_name(first.text) or not is_english(first.lower)
    numbered = bool(behind) and behind[0].text[0].isdigit()
    return first.text.istitle() and first.text.isalpha() and strange and not (known or placed or numbered)


def _is_titled(before: list[Word]) -> bool:
    """Whether a title, or a title and a first name, stand before a name."""
    titled = [word.lower in TITLES and word.text[0].isupper() for word in before]
    return bool(before) and (titled[-1] or (titled[0] and before[-1].text[0].isupper()))


def is_month(word: Word, before: Word | None, after: Word | None) -> bool:
    if before is not None and before.lower == "the" and after is not None and word.token.head == after.token:
        return not after.text[0].isupper()  # the May Accords
    if before is not None and before.lower in ("every", "each", "any", "some", "per"):
        return False  # every August the gun is fired
    named = after is not None and after.text[0].isupper() and after.is_noun and after.token.ent_type_ != "DATE"
    strange = after is not None and after.text.istitle() and not is_english(after.lower)
    if before is None and after is not None and strange and not states.of(word.token.doc).code(after.text):
        return False  # August Renn's guns
    if (
        before is not None
        and before.lower in _PREPOSITIONS
        and not (before.lower in ("for", "to", "and", "or", "of", "as", "by") and named)
    ):
        return True
    if word.text.rstrip(".") in ("Mar", "Jan", "Dec", "Sept", "Sep", "Oct", "Nov", "Aug", "Jun", "Jul", "Apr", "Feb"):
        return False
    if before is not None and before.lower in ("the", "a", "its", "their", "until") and after is not None:
        return not named and after.is_noun
    if named or word.token.pos_ in ("VERB", "AUX") or word.token.ent_type_ == "PERSON":
        return False
    if before is not None and before.text[0].isupper() and before.is_noun and before.token.ent_type_ == "PERSON":
        return False
    return word.token.ent_type_ == "DATE" and word.lower not in ("may", "march")


def is_weekday(before: Word | None, after: Word | None) -> bool:
    if after is not None and after.lower in _NAMED_AFTER:
        return False
    if before is None:
        return after is None or not (
            after.text[0].isupper() and after.token.ent_type_ in ("ORG", "PERSON", "WORK_OF_ART")
        )
    if before.lower in _NO_DAY:
        return False
    return after is None or not after.text[0].isupper() or before.lower not in ("the", "of")


def is_season(reading: PlainText, one: Expression, before: Word | None) -> bool:
    """A season with a year or word that places it, or behind a preposition; "Spring" is a name."""
    parts = one.parts
    season = str(parts["season"])
    if season[0].isupper() and not reading.plain[one.start].isupper():
        return False
    shared = season.lower() == "fall" and not re.search(r"\d|\byear\b", reading.plain[one.start : one.end])
    if (parts["year"] or parts["which_year"]) and not shared:
        return True
    if season.lower() == "fall" and str(parts["which"]).lower() not in ("last", "this", "next"):
        return False
    if season[0].isupper():
        return False
    after = reading.words[reading.covering(one.end - 1) + 1 :][:1]
    if (
        after
        and after[0].is_noun
        and reading.gap(reading.covering(one.end - 1)) == " "
        and str(parts["which"]).lower() in ("the", "none")
    ):
        return False
    if parts["part"] or (parts["which"] and str(parts["which"]).lower() != "the"):
        return True
    return before is not None and before.lower in _PREPOSITIONS - {"all", "to", "for", "per", "every", "at", "as"}
