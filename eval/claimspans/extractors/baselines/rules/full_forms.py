"""Full forms of a text's short names: what an abbreviation stands for, and the house that speaks as "we"."""

from __future__ import annotations

import re
from functools import lru_cache

from .homes import HEADING
from .source_words import NAME_KINDS
from .word_lists import words

_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?: (?:(?:of|for|and|on|the|to|in|de|du|des|&) ){0,2}[A-ZÀ-Þ][\w'’-]+)+")
_SHORT = re.compile(r"\b[A-Z]{2,6}\b")
_PARTS = re.compile(r"[\n|·•–—›»(]")
_HOUSES = {
    **dict.fromkeys(words("institute centre center project foundation observatory laboratory"), "organisation"),
    **dict.fromkeys(NAME_KINDS["media"].split(), "media"),
}
_SMALL = re.compile(r"\b(?:Of|For|And|The|On|In)\b")


def abbreviations(text: str) -> dict[str, str]:
    """By its capitals the name that each abbreviation of a text stands for, where the text spells it out."""
    found: dict[str, str] = {}
    short = {*_SHORT.findall(text)}
    for match in _NAME.finditer(text):
        parts = re.sub("['’]s$", "", match[0]).split(" ")
        for first in range(len(parts) - 1):
            initials = "".join(part[0] for part in parts[first:] if part[:1].isupper())
            bracketed = text.startswith(f" ({initials})", match.end())
            if parts[first][:1].isupper() and initials in short and (len(initials) > 2 or bracketed):
                found.setdefault(initials, " ".join(parts[first:]))
    return found


@lru_cache(maxsize=64)
def house_of(text: str) -> tuple[str, str] | None:
    """The paper or institute, and its kind, at the head of a text, which is "we" there: "SLATE POINT PROJECT"."""
    for part in _PARTS.split(text[:HEADING]):
        name = part.strip().removeprefix("The ")
        kinds = [_HOUSES[word] for word in name.lower().split() if word in _HOUSES]
        if kinds and re.fullmatch(rf"{_NAME.pattern}|[A-Z]+(?: [A-Z]+)+", name):
            spelt = _SMALL.sub(lambda small: small[0].lower(), name.title()) if name.isupper() else name
            return spelt, kinds[-1]
    return None
