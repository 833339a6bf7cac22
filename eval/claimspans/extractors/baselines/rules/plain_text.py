"""A text as the grammars read it: typography made plain, words whole, with what spaCy's model says of each."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from ....text.dates import MONTHS
from ....text.normalize import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ACCENTS = "\u0300-\u036f"
_ACCENT = re.compile(f"[{_ACCENTS}]")
_LETTERS = rf"(?:[^\W_][{_ACCENTS}]*)+"
_WORD = re.compile(
    r"\d{1,2}[A-Z]\d*s?(?:-[^\W_]+)*(?![^\W_])|(?:[A-Z]\.){2,}(?:-[a-z]+)*|(?<!\w)\.\d+s?(?:-[^\W_]+)?|[$€£¥]?\d+(?:[.,:/x×]\d+)*(?:%|[a-z]+(?![^\W_]))?(?:-[^\W_]+)*"
    rf"|'s(?!\w)|{_LETTERS}(?:(?:--?|['.&](?!s\b)){_LETTERS})*|[^\w\s]"
)
_BREAK = re.compile(r"\s*\n\s*(?:\n|$|[^\Wa-z_]|[-–—•*●] )")
"""Where a paragraph, an entry or a headline ends; other line breaks are blanks."""
_NAMES = "|".join(month.title() for month in MONTHS)
_MONTH = max(map(len, MONTHS))
_IN_DATE = re.compile(rf"[^\n]*\b(?:(?:{_NAMES})\n\d{{1,2}}\b|\d{{1,2}}\n(?:{_NAMES}))")
"""A date that goes on in the next line."""
_HYPHEN_BEFORE = re.compile(r"[^\W\d_]-$")
_NOUNS = ("NOUN", "PROPN")


class Word(NamedTuple):
    """A word or sign of a plain text: ``plain[start:end]``, in lower case and without accents its ``lower``."""

    start: int
    end: int
    text: str
    lower: str
    token: Token
    """The last of spaCy's tokens that the word holds: of a hyphenated word its head."""

    @property
    def is_noun(self) -> bool:
        """Whether spaCy's model takes it for a noun or a name."""
        return self.token.pos_ in _NOUNS

    @property
    def is_sign(self) -> bool:
        """Whether it has no letter and no digit."""
        return not any(sign.isalnum() for sign in self.text)


class PlainText:
    """A text folded with its case kept, a blank line as a line break, and its words."""

    def __init__(self, parsed: Doc) -> None:
        self.parsed = parsed
        self.source = parsed.text
        self._folded = fold(self.source, case=False)
        places = zip(self._folded.text, self._folded.starts, self._folded.ends, strict=True)
        self.plain = "".join(self._sign(*place) for place in places)
        ends = [token.idx + len(token) for token in parsed]
        self.words: list[Word] = []
        for match in _WORD.finditer(self.plain):
            last = self._folded.ends[match.end() - 1]
            token = parsed[min(bisect_left(ends, last), len(ends) - 1)]
            lower = match[0].lower()
            plain = lower if lower.isascii() else _ACCENT.sub("", lower)
            self.words.append(Word(match.start(), match.end(), match[0], plain, token))
        self._starts = [word.start for word in self.words]

    def _sign(self, sign: str, start: int, end: int) -> str:
        """A folded sign, told apart where it is the end of a paragraph, of a line in a word, a dash or a picture."""
        if sign == " " and "\n" in self.source[start:end]:
            if _HYPHEN_BEFORE.search(self.source, max(0, start - 2), start) and self.source[end : end + 1].islower():
                return "-"
            in_date = _IN_DATE.match(self.source, max(0, start - _MONTH), end + _MONTH)
            return "\n" if _BREAK.match(self.source, start, end + 1) and not in_date else sign
        if sign == "-" and self.source[start] in "—―":
            return "—"
        if sign.isdecimal() and not sign.isascii():  # full-width digits are digits
            return str(unicodedata.decimal(sign))
        return " " if sign >= "\u2600" and unicodedata.category(sign) == "So" else sign

    @classmethod
    def of(cls, parsed: Doc) -> PlainText:
        """The plain text of a parsed one, made once."""
        if "plain" not in parsed.user_data:
            parsed.user_data["plain"] = cls(parsed)
        found: PlainText = parsed.user_data["plain"]
        return found

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where ``plain[start:end]`` stands in the source."""
        return self._folded.starts[start], self._folded.ends[end - 1]

    def plain_place(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the source stands in ``plain``."""
        return bisect_left(self._folded.starts, start), bisect_left(self._folded.starts, end)

    def at(self, place: int) -> int:
        """The index of the first word that begins at or behind a place of ``plain``."""
        return bisect_left(self._starts, place)

    def covering(self, place: int) -> int:
        """The index of the word that a place of ``plain`` lies in, or that stands before it."""
        return max(0, bisect_right(self._starts, place) - 1)

    def gap(self, index: int) -> str:
        """What stands between a word and the next."""
        if index + 1 >= len(self.words):
            return "\n"
        gap = self.plain[self.words[index].end : self.words[index + 1].start]
        return " " if gap.strip(" ") == "" and gap else gap


def singular(word: Word) -> str:
    """A noun in the singular and small letters."""
    return one_of(word.lower) if word.token.pos_ != "NOUN" else _lemma(word)


def _lemma(word: Word) -> str:
    if word.lower in _ODD:
        return _ODD[word.lower]
    lemma = word.token.lemma_.lower()
    return lemma if word.lower.startswith(lemma[:2]) and len(word.token) == len(word.text) else one_of(word.lower)


_ODD = {"men": "man", "women": "woman", "people": "person", "persons": "person", "feet": "foot", "children": "child"}
_ODD |= {"torpedoes": "torpedo", "knives": "knife", "halves": "half", "lives": "life", "axes": "axe", "gases": "gas"}
_ODD |= {"kroner": "krone", "kronor": "krona", "lei": "leu", "leva": "lev"}
_ODD |= {"fuzes": "fuze", "fuses": "fuse", "lenses": "lens", "chassis": "chassis", "aircraft": "aircraft"}
_ODD |= {
    "bodies": "body",
    "cases": "case",
    "crates": "crate",
    "vessels": "vessel",
    "vehicles": "vehicle",
    "tranches": "tranche",
    "caches": "cache",
    "axles": "axle",
}


def one_of(plural: str) -> str:
    """The singular of a regular plural, and of the odd ones that arms and goods have."""
    head, hyphen, last = plural.rpartition("-")
    if last in _ODD:
        return head + hyphen + _ODD[last]
    for ending, other in (("men", "man"), ("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x")):
        if last.endswith(ending) and len(last) > len(ending) + 1:
            return head + hyphen + last.removesuffix(ending) + other
    if last.endswith("s") and not last.endswith(("ss", "us", "is")) and len(last) > 2:
        return head + hyphen + last.removesuffix("s")
    return plural
