"""Which words for shares and multiples are meant as such: no second half, no treble horn, no third of a row."""

from __future__ import annotations

import re

from .measures import TIMES
from .plain_text import Word
from .word_lists import words as word_set

ORDINAL_BEFORE = re.compile(r"\b(?:first|second|third|fourth|latter|former|other) $", re.IGNORECASE)
_AMOUNTS = word_set(
    "number amount size price weight cost rate range speed length value total load strength calibre quantity volume "
    "distance output height share power payload budget sum figure tonnage width thickness dose fee salary pay "
    "capacity force population area pace toll charge punch yield firepower usual normal average"
)
"""What is so many times as large: twice the price."""
_ORDINAL_OF = {
    part: re.compile(
        rf"\b(?:{words})\b(?![ -][a-z]*(?:th|rd|lf|ve|ter)s\b)[^\n]*(?:^|[.,;:\n(] |\b(?:and|but|while|or|then) )an? $",
        re.IGNORECASE,
    )
    for part, words in {
        "third": "two|second|2",
        "fifth": "four|fourth|4",
        "sixth": "five|fifth|5",
        "seventh": "six|sixth|6",
        "eighth": "seven|seventh|7",
        "ninth": "eight|eighth|8",
        "tenth": "nine|ninth|9",
    }.items()
}
"""Behind two, "a third" that is the subject of a clause is one more, and no part of them."""
_MORE = word_set("of more less fewer again longer larger bigger heavier higher lower smaller cheaper faster of")
_TIME_AND_A = re.compile(rf"\b(?:{'|'.join(sorted(TIMES))})s? and an? $", re.IGNORECASE)
_DOUBLE = word_set(
    "agent agents standard standards edge bluff bed room door check negative whammy take vision entendre "
    "horn clef voice recorder viol string bass glazing barrel barrelled agents' life decker bill"
)
_PARTS = word_set("third quarter fifth sixth seventh eighth ninth tenth twelfth twentieth fiftieth hundredth")


def is_share(core: str, before: str, after: Word | None) -> bool:
    """Whether it is a share or multiple, by the words before and behind it."""
    if core.startswith(("doubl", "tripl", "trebl")) and after is not None and after.lower in _DOUBLE:
        return False
    if core.endswith("half") and (ORDINAL_BEFORE.search(before) and not before.endswith("other ")):
        return False
    plain_part = core.rsplit(maxsplit=1)[-1] in _PARTS and not core.startswith(("half", "one", "two", "three"))
    said = re.search(r"\b(?:about|as|at least|than|nearly|almost|over|under|only|to|some|perhaps)(?: an?)? $", before)
    if (
        plain_part
        and not said
        and after is not None
        and (after.is_noun or after.token.pos_ == "ADJ" or after.lower in ("and", "or"))
        and not _compares(after)
    ):
        return False
    one_more = _ORDINAL_OF.get(core)
    if one_more and (after is None or after.lower != "of") and one_more.search(before):
        return False
    ordered = (
        not (after is not None and _compares(after))
        and core in ("quarter", "third")
        and re.search(r"\b(?:first|second|third|last|final) $", before)
    )
    told = re.search(rf"\b(?:first|second|other|one|last) {core} of\b", before, re.IGNORECASE)
    if ordered and not told and (after is None or after.lower != "of"):
        return False
    if core == "half" and _TIME_AND_A.search(before):
        return False
    return not (core == "halves" or (core.startswith("halv") and after is not None and after.lower == "of"))


def _compares(after: Word) -> bool:
    """Whether a word behind a share says in what things differ by it: a quarter lighter, and not a third older gun."""
    if after.lower in _MORE:
        return True
    token = after.token
    behind = token.nbor(1).pos_ if token.i + 1 < len(token.doc) else ""
    return token.tag_ in ("JJR", "RBR") and behind not in ("NOUN", "PROPN", "ADJ")


def is_repeated(core: str, words: list[Word], last: int) -> bool:
    """Whether "twice" is said of what somebody does: "twice the guard looked", and not "twice the price"."""
    if not core.endswith(("twice", "thrice", " times")) or last + 2 >= len(words) or words[last + 1].lower == "as":
        return False
    return words[last + 2].lower not in _AMOUNTS and any(
        word.token.dep_ in ("nsubj", "nsubjpass") for word in words[last + 2 : last + 4]
    )
