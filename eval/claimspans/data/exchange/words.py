"""Invented words and personal names, the case of a word, and the indefinite article before it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from random import Random


def _read() -> dict[str, list[str]]:
    """The lists of ``words.txt`` by their headings."""
    found: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            last = found.setdefault(line[2:], [])
        else:
            last += line.split()
    return found


WORDS = _read()
"""Lists of words by what they are."""
GIVEN = WORDS["given names"]
"""Given names of women and men alike, so that the pronouns of the text stay right."""
SURNAMES = WORDS["surnames"]

_ONSETS = WORDS["onsets"]
_MIDDLES = WORDS["middles"]
_ENDS = WORDS["ends"]


class Fresh:
    """New words and names: none is in a text, and none comes twice."""

    def __init__(self, rng: Random, text: str) -> None:
        self.rng = rng
        self._taken = text.lower()
        self._pools = {True: rng.sample(GIVEN, len(GIVEN)), False: rng.sample(SURNAMES, len(SURNAMES))}

    def word(self) -> str:
        """An invented word, with a capital."""
        rng = self.rng
        return self._first(rng.choice(_ONSETS) + rng.choice(_MIDDLES) + rng.choice(_ENDS) for _ in iter(int, 1))

    def name(self, *, given: bool) -> str:
        """A given name or a surname, as long as there are any."""
        pool = self._pools[given]
        while pool:
            name = pool.pop()
            if name.lower() not in self._taken:
                return self._first([name])
        return self.word()

    def acronym(self, length: int) -> str:
        """So many capitals."""
        letters = "BCDFGHKLMNPRTVZ"
        return self._first("".join(self.rng.choice(letters) for _ in range(length)) for _ in iter(int, 1))

    def _first(self, words: Iterable[str]) -> str:
        found = next(word for word in words if word.lower() not in self._taken)
        self._taken += f" {found.lower()}"
        return found


def cased(name: str, like: str) -> str:
    """The name in capitals or in lower case where ``like`` is; one or two capitals are an initial or a sign."""
    if len(like) > 2 and like.isupper():
        return name.upper()
    return name.lower() if like.islower() else name


_SPELT = re.compile(r"[A-Z]{1,4}(?![a-z])")
_VOWEL = re.compile(r"(?:[aeioué]|hono|hour|heir)(?!wa)", re.IGNORECASE)
_CONSONANT = re.compile(r"(?:uk|un[ai](?!n)|uni|us[ae]|eu|ut[ao]p|uga|uru|one\b|once\b|uto)", re.IGNORECASE)


def takes_an(word: str) -> bool:
    """Whether "an" stands before a word, an acronym that is spelt, or a figure."""
    if word[:1].isdigit():
        digits = re.split(r"\D", word.replace(",", ""))[0]
        return digits.startswith("8") or (digits in ("11", "18")) or (len(digits) == 5 and digits[:2] in ("11", "18"))
    spelt = _SPELT.match(word)
    if spelt and (spelt[0] == word or not word[spelt.end() :][:1].isalpha()) and (len(spelt[0]) > 1 or "." in word[:2]):
        return word[0] in "AEFHILMNORSX"
    return _VOWEL.match(word) is not None and _CONSONANT.match(word) is None
