"""The package, unit of measure or money in which a number counts."""

from __future__ import annotations

import re
from functools import lru_cache

from ....text.amounts import NUMBER
from . import states, vessels
from .designations import MODEL_NUMBER
from .goods import ENTRY_OF, LOADS, PACKAGES_OF
from .items import Item
from .measures import MONEY, QUALIFIERS, TIMES, UNIT_OF
from .plain_text import PlainText, one_of
from .word_lists import words as word_set

_PRICE = re.compile(
    r"\b(?:costs?|costing|worth|spen[dt]|spends|spending|fetch(?:es|ed)?|price[sd]? (?:of|at)|fined?(?: of)?"
    r"|charge[sd]?|owe[sd]?|(?P<paid>pa(?:ys?|id|ying)))(?: (?:it|them|him|her|us))?(?: [a-z]+){0,2}? "
    rf"(?P<number>{NUMBER}) (?P<noun>[a-z]{{3,}})\b(?P<behind> (?:for|to|in|each|more|apiece)\b|[.,;]|$)?",
    re.IGNORECASE,
)
_EVENTS = word_set(
    "talks negotiations interviews votes voting bidding sanctions questions questioning applause elections strikes "
    "layoffs consultations discussions inspections tests testing visits fighting bombing shelling clashes cuts"
)
"""What comes in rounds, and is no package."""
_NO_MONEY = word_set("lives jobs votes seats men soldiers years points others")
"""What a war or a law costs."""
_BUNDLES = word_set("batch lot tranche consignment")
"""Packages without what they hold, too."""
_LARGE = re.compile(r"\d[\d ,.]{3,}|(?:hundred|thousand|million|billion)s?$")


_FILLED = re.compile(
    r",? (?:(?:each|all|some) )?(?:of them )?(?:hold|contain|full|filled|packed|marked|label|stamped"
    r"|were (?:stack|load|unload|open|stow|stor|found|seiz|pil|lift)|(?:lay|stood) )[a-z]*"
)
"""What is said of cases that are boxes."""


def is_money(reading: PlainText, noun: str) -> bool:
    """Whether a noun is a currency, be it that the text pays in it: cost 40 million tallers."""
    return noun in MONEY or noun in _paid_in(reading.plain)


@lru_cache(maxsize=16)
def _paid_in(plain: str) -> frozenset[str]:
    """The nouns by which prices are told; a payment tells one where its number is large."""
    return frozenset(
        one_of(found["noun"])
        for found in _PRICE.finditer(plain)
        if found["noun"] not in _NO_MONEY
        and one_of(found["noun"]) not in TIMES | UNIT_OF.keys() | ENTRY_OF.keys() | PACKAGES_OF
        and found["noun"].endswith("s")
        and (not found["paid"] or (found["behind"] and _LARGE.search(found["number"])))
    )


def package(reading: PlainText, end: int, vague: bool, items: list[Item]) -> tuple[str | None, int]:
    """The package, unit of measure or money that directly follows, and where it ends."""
    words = reading.words
    hyphen = re.match(r"-([a-z]+)(?= )", reading.plain[end:])
    if hyphen and (one_of(hyphen[1]) in MONEY or one_of(hyphen[1]) in UNIT_OF) and len(hyphen[1]) > 2:
        return one_of(hyphen[1]), end + hyphen.end()
    if attached := re.match(r"(?:km|kg|cm|lbs?|t|kW|MW|GW|kHz|MHz|GHz|Hz)\b", reading.plain[end:]):
        return one_of(attached[0].lower()), end + attached.end()
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
        if not vague and not re.search(r"(?:half|½) $", reading.plain[: words[first].start], re.IGNORECASE):
            return None, end
    kind = ""
    if _is_of_state(reading, index):  # two billion US dollars
        index += 1
    if words[index].lower in QUALIFIERS and index + 1 < len(words) and reading.gap(index) == " ":
        kind = "square" if words[index].lower == "sq" else words[index].lower
        index += 1
    word = words[index]
    noun = one_of(word.lower.strip(".")) if word.lower != "has" else "has"  # no hectares
    if noun in UNIT_OF or is_money(reading, noun):
        if noun == "mark" and MODEL_NUMBER.match(reading.plain, word.end):
            return None, end
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
    if following in ("load", "loads") and noun in PACKAGES_OF | LOADS:
        return "load", words[index + 1].end
    if noun in _BUNDLES and not (after is not None and after.is_noun):
        return noun, word.end
    if noun in PACKAGES_OF:
        compound = after is not None and after.is_noun and noun != "container" and word.lower == noun
        if noun == "barrel" and following != "of" and not any(item.entry in ("ML1", "ML2") for item in items):
            return noun, word.end
        if noun in ("case", "barrel", "unit", "piece", "round") and not _before_goods(reading, index, items):
            loose = noun in ("round", "unit", "piece") and following != "of" and not compound and word.lower != noun
            filled = noun == "case" and _FILLED.match(reading.plain, word.end)
            return (noun, word.end) if loose or filled else (None, end)
        return (None, end) if compound else (noun, word.end)
    if noun.endswith(("load", "loads", "ful", "fuls")) or (noun in LOADS and _before_goods(reading, index, items)):
        return noun.removesuffix("s") if noun.endswith("s") else noun, word.end
    if following == "of" and vessels.holds(reading, index, items):
        return noun, word.end
    return None, end


def _is_of_state(reading: PlainText, index: int) -> bool:
    """Whether a word says whose money the next one is."""
    words = reading.words
    if index + 1 >= len(words) or one_of(words[index + 1].lower) not in MONEY:
        return False
    return states.of(reading.parsed).code(words[index].text) is not None


def _before_goods(reading: PlainText, index: int, items: list[Item]) -> bool:
    """Whether "of" and goods follow, of whatever kind."""
    words = reading.words
    if index + 2 >= len(words) or words[index + 1].lower != "of" or reading.gap(index) != " ":
        return False
    if words[index + 2].lower in _EVENTS:
        return False
    if any(index + 2 <= item.first <= index + 4 for item in items):
        return True
    if one_of(words[index].lower) == "case":
        return False
    following = words[index + 2]
    return following.is_noun and following.token.tag_ in ("NN", "NNS") and not following.text[0].isupper()
