"""The part of a text that nearly is a quote: alike in its letters, and saying the same."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

import msgspec

from .meaning import is_telling, says_the_same
from .normalize import Folded, fold, folded
from .tokens import Words

SHORTEST = 12
"""Folded characters: in a shorter quote one letter already makes another word of it."""
LONGEST = 500
"""Folded characters; the time for each place of the text grows with the square of this."""
SIMILARITY = 0.90
_SPREAD = 4
"""A part may have so many words more or less than the quote."""


class Near(msgspec.Struct, frozen=True):
    """``similarity``: twice the longest common subsequence over both lengths (rapidfuzz's ``fuzz.ratio``, 0 to 1)."""

    start: int
    end: int
    similarity: float


class Nearly:
    """A text in which quotes are looked for that do not stand in it word for word."""

    def __init__(self, text: str, whole: Folded, words: Words) -> None:
        self._whole = whole
        self._spans = _spoken(text, words)
        self._words = _spelt(text, self._spans)

    def parts(self, quote: str) -> Iterator[Near]:
        """Every part of the text, from word to word, that is similar enough to the quote and says the same."""
        wanted = folded(quote)
        if not SHORTEST <= len(wanted) <= LONGEST:
            return
        from rapidfuzz import fuzz

        words = _spelt(quote, _spoken(quote, Words(quote)))
        known = {folded for _, folded in words}
        foreign = (is_telling(word, folded) and folded not in known for word, folded in self._words)
        foreign_before = list(accumulate(foreign, initial=0))
        spread = min(_SPREAD, 1 + len(words) // 5)
        for first in range(len(self._spans)):
            for last in range(first + max(1, len(words) - spread), first + len(words) + spread + 1):
                if last > len(self._spans) or foreign_before[last] != foreign_before[first]:
                    break
                start, end = self._spans[first][0], self._spans[last - 1][1]
                ratio = fuzz.ratio(wanted, self._text(start, end), score_cutoff=100 * SIMILARITY)
                if ratio and says_the_same(words, self._words[first:last]):
                    yield Near(start, end, ratio / 100)

    def _text(self, start: int, end: int) -> str:
        starts = self._whole.starts
        return self._whole.text[bisect_left(starts, start) : bisect_left(starts, end)]


def _spoken(text: str, words: Words) -> list[tuple[int, int]]:
    """The words without punctuation."""
    return [(start, end) for start, end in words.spans if any(sign.isalnum() for sign in text[start:end])]


def _spelt(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, str]]:
    return [(text[start:end], fold(text[start:end]).text) for start, end in spans]
