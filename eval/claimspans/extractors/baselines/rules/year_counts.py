"""Numbers of four digits that count things where they stand as a year might: 2026 of them, a 2000-shell barrage."""

from __future__ import annotations

import re

from ....text.date_grammar import Expression
from .heads import entry_of
from .plain_text import PlainText

_BEHIND = re.compile(
    r" (?:in (?:all|total|number|sum)|all told|altogether|apiece|each|or so|(?:more|less|fewer) than|strong"
    r"|of (?:them|these|those|which|whom|us|its|his|her|their|our))\b"
    r"|-(?!(?:built|made|era|model|vintage|dated|style|born|based|type|issue|pattern|old|present|today|now|class|design"
    r"|designed|onwards?|end)\b)[a-z]{3,}",
    re.IGNORECASE,
)
"""What stands behind a count."""
_VOTES = re.compile(r" (?:votes|ballots|points|goals|runs|seats|hands|places|to (?:1[5-9]|20|21)\d\d(?![\d.]))\b")
"""Behind "by", what an outcome is told in: by 2031 votes to 1977."""
_AGAINST = re.compile(r"\b[Bb]y (?:1[5-9]|20|21)\d\d(?: (?:votes|ballots|points))? to $")
_AND_AGAIN = re.compile(
    r"\d (?:[a-z-]+ )*?[a-z-]+s\b[^.!?\n]*[;,] (?:and )?in (?:1[5-9]|20|21)\d\d, (?:only |just |about )?$"
)
"""Before a number alone behind a year, where things were counted in another year: in 2031, 2030."""
_RATE = re.compile(
    r"(?: [a-z-]+)? [a-z]+s (?:an? |per |every |each )(?:second|minute|hour|day|night|week|month|year)\b"
)
_OUT_OF = re.compile(r" [a-z]+s (?:out of|of) \d")
_TO_A_NUMBER = re.compile(r" to (?!(?:1[5-9]|20|21)\d\d(?!\d))\d[\d,.]*(?![\d./-])")
"""Behind the first of two numbers between which something rose or fell: from 1650 to 2500 of them."""
_YEAR_BEFORE = re.compile(r"\b(?:in|since|until|till|during|before|after|year) $", re.IGNORECASE)
_YEAR_TOO = re.compile(r" (?:each|(?:more|less|fewer) than|or so)\b")
_TWO_YEARS = re.compile(r"\d{4}(?: ?- ?| to | and )\d{4}")
_OF_THINGS = re.compile(r" of (?:the|its|his|her|their|our|these|those|them|which) ")


def is_count(plain: str, one: Expression) -> bool:
    """Whether what stands behind a number shows that it counts something."""
    if _TO_A_NUMBER.match(plain, one.end) and plain[: one.start].lower().endswith("from "):
        return True
    before = plain[: one.start]
    if before[-3:].lower() == "by " and _VOTES.match(plain, one.end):
        return True
    if _AGAINST.search(before) or before.endswith("out of ") or _OUT_OF.match(plain, one.end):
        return True
    if _AND_AGAIN.search(before) and re.match(r"[.;]|$|\n", plain[one.end :]):
        return True
    behind = _BEHIND.match(plain, one.end)
    if behind is None:
        return False
    return not (_YEAR_BEFORE.search(plain[: one.start]) and _YEAR_TOO.match(plain, one.end))


def is_range(reading: PlainText, one: Expression) -> bool:
    """Whether two numbers of four digits bound how many, and no time: between 1990 and 2010 of its helmets."""
    if not _TWO_YEARS.fullmatch(reading.plain[one.start : one.end]):
        return False
    if _OF_THINGS.match(reading.plain, one.end) or _RATE.match(reading.plain, one.end):
        return True
    last = reading.covering(one.end - 1)
    after = reading.words[last + 1 : last + 2]
    if reading.plain[one.start - 8 : one.start] == "Between ":  # a period that opens its sentence
        return False
    if not after or reading.gap(last) != " " or after[0].token.tag_ != "NNS":
        return False
    return after[0].token.dep_ not in ("nsubj", "nsubjpass", "compound")


def counts_goods(reading: PlainText, place: int) -> bool:
    """Whether the phrase that goes on at a place ends in a plural of the field: the 1999 depth charges."""
    index = reading.at(place)
    last = index
    while last + 1 < len(reading.words) and reading.gap(last) == " " and reading.words[last].token.pos_ != "VERB":
        if reading.words[last].lower.endswith("s") and entry_of(reading, last):
            return not reading.words[last + 1].is_noun
        if not (reading.words[last].is_noun or reading.words[last].token.pos_ == "ADJ"):
            return False
        last += 1
    return False
