"""Whether "40m" says how far, and not how many millions."""

from __future__ import annotations

import re

from ....text.amounts import Amount
from .plain_text import PlainText
from .word_lists import words as word_set

_BEHIND = re.compile(
    r" (?:wide|long|high|deep|tall|thick|across|apart|away|above|below|up|down|off|underwater|offshore|inland|ahead"
    r"|(?:short|north|south|east|west|left|right|upstream|downstream) of|from the|beyond|behind|under|underground"
    r"|further|to the|into|before it|of (?:rope|cable|chain|water|wire|fence|fencing|trench|hose|pipe|pipeline|road"
    r"|track|wall|cloth|fuse|cord|tunnel|sand|mud|snow|ice))\b"
)
_BEFORE = re.compile(
    r"\b(?:range|depth|height|altitude|distance|length|width|beam|draught|radius|diameter|span|elevation|calibre|ceiling)"
    r"(?: (?:is|was|of|to))? (?:about |only |just |over |under |some )?$",
    re.IGNORECASE,
)
_MOVING = word_set(
    "sink fly roll run travel swim stop burst climb drop dive move fall rise drift float walk crawl march throw jump "
    "leap slide skid bounce bury lie stand hover land crash explode detonate miss hit carry shoot fire fizzle swerve "
    "advance retreat creep sail drag tow reach measure stretch extend lower plunge descend ascend tumble glide "
    "taxi veer steer row push pull fling hurl lob blow surface taper dig halt"
)
"""What is done over a distance, or at one."""

_SUMS = word_set(
    "price prices sale sales profit profits loss losses cost costs turnover revenue revenues exports imports bid bids "
    "budget spending debt debts bill income earnings output funds money fine fee fees fund sum investment takings"
)
"""What rises to so many millions."""


def is_extent(reading: PlainText, one: Amount) -> bool:
    """Whether an "m" behind digits is for metres: 40m deep, sank after 40m, at a depth of 12m."""
    if not re.search(r"\dm$", reading.plain[one.core : one.close]):
        return False
    if _BEHIND.match(reading.plain, one.close) or _BEFORE.search(reading.plain[: one.start]):
        return True
    token = reading.words[reading.covering(one.close - 1)].token
    above = next((each for each in token.ancestors if each.pos_ in ("VERB", "AUX")), None)
    sums = above is not None and any(
        child.lower_ in _SUMS for child in above.children if child.dep_ in ("nsubj", "nsubjpass")
    )
    nouns = any(
        each.pos_ == "NOUN" and each.lower_ != "m" for each in token.ancestors if above and above.is_ancestor(each)
    )
    return above is not None and not nouns and not sums and above.lemma_ in _MOVING
