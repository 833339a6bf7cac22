"""A text as tokens with offsets: by rule, without a model, so that the same text is cut the same way everywhere."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from .normalize import fold_sign

Place = tuple[int, int]
"""Offsets in a text, half-open, in code points."""


class Token(NamedTuple):
    """``text[start:end]``, in code points."""

    start: int
    end: int


Rule = Literal["blanks", "words", "letters", "quotes"]
"""Where tokens end. Something rests on each rule that another one would change:

- ``blanks``: what stands between white space; the lengths of `windows`.
- ``words``: runs of word characters, and every other visible character by itself; the tokens published on the Hub.
  Every span of the gold, whose edges never lie inside a word, begins and ends at such tokens.
- ``letters``: runs of letters, numbers with their separators, and every other visible character by itself; the tokens
  of the CRF. A point is always apart, since it may end an abbreviation inside a span ("Sept. 4") or behind it.
- ``quotes``: `Words`, cut at the blanks inside numbers; where aligned quotes may begin and end, and the exports.
"""

_RULES = {
    "blanks": re.compile(r"\S+"),
    "words": re.compile(r"\w+|[^\w\s]"),
    "letters": re.compile(r"[^\W\d_]+|\d+(?:[.,:]\d+)*|\S"),
}
_LINE = re.compile(r"[^\r\n]+")

_JOINER = "\u200d"
_APOSTROPHES = "'’"
_IN_NUMBERS = ".,:/" + _APOSTROPHES
_BLANKS_IN_NUMBERS = "\u00a0\u2009\u202f"
_UNSPACED = (0x0E00, 0x0F00, 0x1000, 0x10A0, 0x1780, 0x1800, 0x2E80, 0x3130, 0x31A0, 0xA4D0, 0xF900, 0xFB00, 0x20000)
"""Where scripts without blanks between words begin and end: Thai, Lao; Burmese; Khmer; Chinese, Japanese."""


def tokens(text: str, start: int = 0, end: int | None = None, *, rule: Rule = "words") -> list[Token]:
    """The tokens of ``text[start:end]`` in order, by their offsets in the text; white space is in none."""
    end = len(text) if end is None else end
    if rule == "quotes":
        words = Words(text[start:end]).spans
        return [token for first, last in words for token in tokens(text, start + first, start + last, rule="blanks")]
    return [Token(*found.span()) for found in _RULES[rule].finditer(text, start, end)]


def lines(text: str) -> Iterator[tuple[Token, ...]]:
    """The tokens of each line that has any, by the rule `letters`.

    They stand in order and cover every character but white space, so what is between two of them is white space.
    """
    for line in _LINE.finditer(text):
        found = tuple(tokens(text, *line.span(), rule="letters"))
        if found:
            yield found


def outside(line: Sequence[Token], places: Sequence[Place]) -> Iterator[slice]:
    """The runs of tokens that touch none of the places, given by start and end."""
    first = None
    for number, token in enumerate(line):
        if any(token.start < end and start < token.end for start, end in places):
            if first is not None:
                yield slice(first, number)
            first = None
        elif first is None:
            first = number
    if first is not None:
        yield slice(first, len(line))


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
    return sign == _JOINER or fold_sign(sign) == "" or "🏻" <= sign <= "🏿" or unicodedata.category(sign)[0] == "M"


def _half_flag(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _read_on(text: str, place: int, last: str) -> bool:
    """Whether the sign at ``place`` belongs to the word or number that ``last`` is in."""
    sign = text[place]
    if sign.isalnum() and last.isalnum():
        return not (_unspaced(sign) or _unspaced(last))
    if fold_sign(sign) == fold_sign(last) == "-":
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
