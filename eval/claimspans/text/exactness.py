"""How exact a number is: the words beside it that belong to it, and what they make of it."""

from __future__ import annotations

import re

from .numbers import BEHIND, COMPARATORS, DEGREE

_MARKS = COMPARATORS | {"short of": "below", "the region of": "approx", "nearer to": "approx", "shy of": "below"}
_WORDS = "|".join(map(re.escape, sorted(_MARKS, key=len, reverse=True)))
_MODIFIER = re.compile(rf"(?<![\w-])(?P<words>{_WORDS}) (?:an? (?=$))?(?:mere )?$", re.IGNORECASE)
_PREPOSITIONS = {
    "over": r"spread|scattered|distributed|divided|strewn|draped|fl(?:ew|own|y|ies|ying)"
    r"|hover\w*|circl\w+|argu\w+|disput\w+|quarrel\w*|row|talks|clash\w*|fight|feud|negotiat\w+|bargain\w*|haggl\w+"
    r"|wrangl\w+|concerns?|anger|fury|outcry|inquiry|investigation|lawsuit|deal|agreement|stand-?off|trial"
    r"|hand(?:s|ed|ing)?|turn(?:s|ed|ing)?|sign(?:s|ed|ing)|control|lead|advantage|presid\w+|watch|guard|loom\w*|tower\w*",
    "under": r"buried|hid(?:den)?|stowed|concealed|trapped|crushed|sheltered|la(?:y|in)|lies|lying",
    "above": r"fl(?:ew|own|y|ies|ying)|hung|hover\w*|burst|circl\w+|tower\w*|exploded",
    "about": r"talk\w*|question(?:s|ed)|complain\w*|lied?|kn[eo]w\w*|spoke|speak\w*|worr\w+|doubts?|concerns?"
    r"|information|details?|nothing|anything|something|inquir\w+|enquir\w+|fears?|rumours?",
}
_PREPOSITIONS |= {"below": _PREPOSITIONS["under"], "around": r"walk\w*|dr[io]ve\w*|gathered"}
_AS_PREPOSITION = re.compile(
    "|".join(rf"\b(?:{verbs}) {word} $" for word, verbs in _PREPOSITIONS.items()), re.IGNORECASE
)
"""Words before which over, under and about are prepositions of place or matter: spread over two barns."""
_DEGREE_BEFORE = re.compile(rf"(?<![\w-]){DEGREE}$", re.IGNORECASE)
_BEHIND = re.compile(rf"[ -](?P<words>{'|'.join(BEHIND)})(?![\w-])|(?P<plus>\+)(?= [a-z])", re.IGNORECASE)
_SIGNS = {"<": "lt", ">": "gt", "≤": "le", "≥": "ge", "<=": "le", ">=": "ge"} | dict.fromkeys("~≈±", "approx")
_SIGN = re.compile(rf"(?<![\w<>=])({'|'.join(sorted(_SIGNS, key=len, reverse=True))}) ?$")
_LONGEST = 80
"""How many characters before a number are looked at."""


def reach(text: str, core: int, close: int, *, ratio: bool, vague: bool) -> tuple[int, int, str]:
    """Where the amount begins and ends whose number is ``text[core:close]``, and the comparator of its modifiers.

    >>> reach("well over 40 or so", 10, 12, ratio=False, vague=False)
    (0, 18, 'gt')
    """
    start, end, said = core, close, None
    shift = max(0, core - _LONGEST)
    before = text[shift:core]
    if ratio and re.search(r"\b(?:an?|one) $", before, re.IGNORECASE):  # about a third: its article is inside
        article = re.search(r"\b(?:an?) $", before, re.IGNORECASE)
        if article and _MODIFIER.search(before[: article.start()]):
            before = before[: article.start()]
    elif re.search(r"\b(?:an?) $", before, re.IGNORECASE) and _MODIFIER.search(before[:-2].rstrip() + " "):
        before = re.sub(r"an? $", "", before, flags=re.IGNORECASE)
    if sign := _SIGN.search(before):
        start, before, said = shift + sign.start(), before[: sign.start()], _SIGNS[sign[1]]
    opened = False
    while True:
        found = None if _AS_PREPOSITION.search(before) else _MODIFIER.search(before)
        if found:
            said = said or _MARKS[found["words"].lower()]
        else:
            found = _DEGREE_BEFORE.search(before) if opened else None
        if found is None or (vague and said not in (None, "approx", "eq", "below", "gt", "ge", "le", "lt")):
            break
        start, before = shift + found.start(), before[: found.start()]
        opened = found.re is _MODIFIER and said in ("gt", "lt", "below")
    if not vague and (behind := exact_behind(text, close)):
        end = behind[0]
        said = said or behind[1]
    return start, end, said or "eq"


def exact_behind(text: str, close: int) -> tuple[int, str] | None:
    """Where the words for how exact a number is end that follow it or its unit, and the comparator they make.

    >>> exact_behind("12 tonnes at most", 9)
    (17, 'le')
    """
    behind = _BEHIND.match(text, close)
    return (behind.end(), "ge" if behind["plus"] else BEHIND[behind["words"].lower()]) if behind else None
