"""The part of a text that nearly is a quote: alike in its letters, and saying the same.

A statement becomes another one by its names, numbers, negations, directions, and how certain it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

import msgspec

from .normalize import Folded, fold, folded
from .numbers import COMPARATORS, RATIOS, SCALES, VAGUE, WORDS
from .tokens import Words

SHORTEST = 12
"""Folded characters: in a shorter quote one letter already makes another word of it."""
LONGEST = 500
"""Folded characters; the time for each place of the text grows with the square of this."""
SIMILARITY = 0.90
_SPREAD = 4
"""A part may have so many words more or less than the quote."""
_NOT = "no not never none nobody nothing nor neither without cannot hardly barely deny denies denied denying"
_MAY = "if whether unless may might can could would should will must allegedly reportedly"
_WAY = "from to by against before after"
_PLAIN = "at of a and like order something very north south including vicinity neighbourhood neighborhood"
_COMPARING = {word for phrase in COMPARATORS for word in phrase.split()} - {*_PLAIN.split()}
_TELLING = frozenset({*_NOT.split(), *_MAY.split(), *_WAY.split(), *_COMPARING, *WORDS, *SCALES, *RATIOS, *VAGUE})
_SAME_WORD = 0.8
"""So alike (difflib's ratio) are forms of a word and slips of the pen: "officials" and "official", not "imports"."""
_NEGATING_BEFORE = ("un", "in", "im", "il", "ir", "dis", "mis", "non", "anti")
_NEGATING_AFTER = ("n't", "'t", "not", "less")


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


def is_named(word: str) -> bool:
    """Whether a word as written has a digit or a capital letter."""
    return any(sign.isdigit() or sign.isupper() or sign.istitle() for sign in word)


def is_telling(word: str, folded: str) -> bool:
    """Whether a statement becomes another one where this word is exchanged; the word as written, and folded."""
    return is_named(word) or folded in _TELLING or folded.endswith("n't")


def is_negated(cut_before: str, cut_after: str) -> bool:
    """Whether what is cut off a word (folded) negates the rest: "un" of "unconfirmed", "not" of "cannot"."""
    return cut_before in _NEGATING_BEFORE or cut_after in _NEGATING_AFTER


def says_the_same(one: Sequence[tuple[str, str]], other: Sequence[tuple[str, str]]) -> bool:
    """Whether two wordings, as (word, folded word), differ in nothing that makes a statement another one.

    Both have the same telling words in the same order; a word that one side writes with a capital is looked for on the
    other side in any case. Another word may be missing inside, and may have another form (a plural, a slip of the pen),
    but no different word stands in its place.
    """
    telling = {folded for word, folded in (*one, *other) if is_telling(word, folded)}
    ours, theirs = ([folded for _, folded in side] for side in (one, other))
    if [word for word in ours if word in telling] != [word for word in theirs if word in telling]:
        return False
    only_ours, only_theirs = set(ours) - set(theirs), set(theirs) - set(ours)
    if any(_negation(first, second) for first in only_ours for second in only_theirs):
        return False
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    if not steps or {steps[0][0], steps[-1][0]} & {"insert", "delete"}:
        return False
    return all(
        _alike(" ".join(ours[first:last]), " ".join(theirs[their_first:their_last]))
        for step, first, last, their_first, their_last in steps
        if step == "replace"
    )


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SAME_WORD


def _negation(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return (long.endswith(short) and is_negated(long.removesuffix(short), "")) or (
        long.startswith(short) and is_negated("", long.removeprefix(short))
    )
