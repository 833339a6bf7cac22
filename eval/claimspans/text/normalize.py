"""Text folded for comparison, with a map back to its code points, and the words that it falls into."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache

import msgspec

_ALIKE = (
    dict.fromkeys("‘’‚‛′‵‹›`´ʹʻʼʽˈ＇", "'")
    | dict.fromkeys("“”„‟″‶«»〝〞〟ʺ＂", '"')
    | dict.fromkeys("−⁃", "-")
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff", "")
    | {"…": "..."}
)
"""What people and programs write for one another. What is invisible (a soft hyphen) folds to nothing."""

_RUNS = " -"
"""A run of these is one: "--" is written for a dash, and line breaks and indents for a blank."""

_JOINER = "\u200d"
_APOSTROPHES = "'’"
_IN_NUMBERS = ".,:/" + _APOSTROPHES
_BLANKS_IN_NUMBERS = "\u00a0\u2009\u202f"
_UNSPACED = (0x0E00, 0x0F00, 0x1000, 0x10A0, 0x1780, 0x1800, 0x2E80, 0x3130, 0x31A0, 0xA4D0, 0xF900, 0xFB00, 0x20000)
"""Where scripts without blanks between words begin and end: Thai, Lao; Burmese; Khmer; Chinese, Japanese."""


@lru_cache(maxsize=1 << 14)
def _sign(sign: str) -> str:
    """One code point, folded; the upper case first because that of ı and ſ is also another letter's."""
    if sign.isspace():
        return " "
    plain = unicodedata.normalize("NFD", sign.upper().casefold())
    return "".join("-" if unicodedata.category(one) == "Pd" else _ALIKE.get(one, one) for one in plain)


class Folded(msgspec.Struct, frozen=True):
    """``text`` in folded signs; the sign at ``k`` stands for the code points ``starts[k]`` to ``ends[k]``."""

    text: str
    starts: list[int]
    ends: list[int]

    def whole(self, first: int, last: int) -> bool:
        """Whether ``text[first:last]`` begins and ends between code points, and not inside what one (ß) folds to."""
        starts = self.starts
        return (first == 0 or starts[first - 1] != starts[first]) and (
            last == len(starts) or starts[last] != starts[last - 1]
        )


def fold(text: str) -> Folded:
    """Case, quotes, dashes, white space and composed letters made alike.

    Each code point folds by itself (full case folding and canonical decomposition of Unicode, chapters 3.13 and 3.11;
    several marks on one letter are left in their order), runs of white space and of dashes fold to one sign.
    """
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, source in enumerate(text):
        for sign in _sign(source):
            if signs and sign == signs[-1] and sign in _RUNS:
                ends[-1] = place + 1
            else:
                signs.append(sign)
                starts.append(place)
                ends.append(place + 1)
    return Folded("".join(signs), starts, ends)


def folded(text: str) -> str:
    """The folded text alone, without outer blanks.

    >>> folded(" “North\\nKorea’s” —  STRASSE, straße")
    '"north korea\\'s" - strasse, strasse'
    """
    return fold(text).text.strip(" ")


class Words:
    """A text cut into words, numbers and signs that are read as one: the places where a span may begin and end.

    Digits with their separators are one (10,000 · 1.5 · 10:30), and letters and digits without a blank (152mm),
    a contracted "not" with its verb, a letter with its marks, an emoji with all its parts, a flag. What has an
    apostrophe or a hyphen inside is several. White space is in none, but for the no-break one inside a number.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = _starts(text)
        self._ends = [*self._starts[1:], len(text)] if text else []
        self.spans = [span for span in zip(self._starts, self._ends, strict=True) if not text[span[0]].isspace()]

    def around(self, place: int) -> tuple[int, int]:
        """The word that the code point at ``place`` is in."""
        found = bisect_right(self._starts, place) - 1
        return self._starts[found], self._ends[found]

    def cuts(self, place: int) -> bool:
        """Whether an edge before ``place`` lies inside a word."""
        return 0 < place < len(self._text) and self.around(place)[0] != place

    def count_before(self, place: int) -> int:
        """How many words, white space not counted, begin before ``place``."""
        return bisect_left(self.spans, (place, 0))


def _starts(text: str) -> list[int]:
    starts: list[int] = []
    last, joined = " ", False  # the last sign that is more than an appendix of another
    for place, sign in enumerate(text):
        appended = _appended(sign)
        half_flag = _half_flag(sign) and _half_flag(last) and not joined
        if place == 0 or text[place - 1].isspace():
            joined = place > 1 and _grouped(text, place - 1)
        elif sign.isspace():
            joined = _grouped(text, place)
        else:
            joined = appended or half_flag or text[place - 1] == _JOINER or _read_on(text, place, last)
        if not joined:
            starts.append(place)
        last = last if appended and joined else sign
    return starts


def _appended(sign: str) -> bool:
    if sign < "\u00ad":
        return False
    return sign == _JOINER or _sign(sign) == "" or "🏻" <= sign <= "🏿" or unicodedata.category(sign)[0] == "M"


def _half_flag(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _read_on(text: str, place: int, last: str) -> bool:
    """Whether the sign at ``place`` belongs to the word or number that ``last`` is in."""
    sign = text[place]
    if sign.isalnum() and last.isalnum():
        return not (_unspaced(sign) or _unspaced(last))
    if _sign(sign) == _sign(last) == "-":
        return True
    following, second = text[place + 1 : place + 2], text[place + 2 : place + 3]
    if sign in _IN_NUMBERS and last.isdigit() and following.isdigit():
        return True
    if sign.isdigit() and last in _IN_NUMBERS and text[place - 2 : place - 1].isdigit():
        return True
    if sign in _APOSTROPHES:
        return last in "nN" and following in ("t", "T") and not second.isalnum()
    contracted = last in _APOSTROPHES and text[place - 2 : place - 1] in ("n", "N")
    return contracted and sign in "tT" and not following.isalnum()


def _grouped(text: str, place: int) -> bool:
    """Whether the blank at ``place`` parts thousands, as in 10 000 with a no-break or thin one."""
    before, after = text[place - 1 : place], text[place + 1 : place + 4]
    return (
        text[place] in _BLANKS_IN_NUMBERS
        and before.isdigit()
        and len(after) == 3
        and after.isdigit()
        and not text[place + 4 : place + 5].isdigit()
    )


def _unspaced(sign: str) -> bool:
    return bool(bisect_right(_UNSPACED, ord(sign)) % 2)
