"""Quotes → offsets: where in an article the words stand that a system quotes from it.

A quote is looked for as it is, but for case, quotation marks, dashes and white space. Where it stands more than once,
the text around it decides, then its number, then reading order; where it does not stand at all, a part of the text
may take its place that is nearly the same and says the same. All of it is deterministic.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence

import msgspec

from .fuzzy_quotes import Nearly, is_named, is_negated
from .normalize import fold, folded
from .tokens import Place, Words

STATUSES = ("exact", "ambiguous", "fuzzy", "unaligned")

_CONTEXT = 30
"""Words of context that are compared on each side."""


class Quote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Words of an article under a label; ``before`` and ``after`` are what the article has around them.

    ``occurrence`` counts the equal quotes of the article from 1 in reading order.
    """

    label: str
    quote: str
    before: str | None = None
    after: str | None = None
    occurrence: int | None = None


class Aligned(msgspec.Struct, frozen=True, kw_only=True):
    """A quote and its place: ``text``, the article's own words, is ``article[start:end]``, offsets in code points.

    ``status``: ``exact`` · ``ambiguous`` where it stands more than once and only reading order chose ·
    ``fuzzy`` where the article has it in nearly these words, as similar as ``similarity`` says (0.9 to 1) ·
    ``unaligned`` where it has not: then there are no offsets and no text.
    """

    quote: Quote
    status: str
    start: int | None = None
    end: int | None = None
    text: str | None = None
    similarity: float | None = None

    @property
    def label(self) -> str:
        return self.quote.label


def align_quotes(text: str, quotes: Sequence[Quote]) -> list[Aligned]:
    """The place of each quote in the text, in the order of the quotes; no two of one label overlap.

    What has only one possible place is placed first, then what is ambiguous, in the order given, then what is only
    nearly there. Raises `ValueError` for an ``occurrence`` below 1.

    >>> text = "Over 10,000 shells, 10 trucks."
    >>> [(one.start, one.text) for one in align_quotes(text, [Quote(label="QUANTITY", quote="10")])]
    [(20, '10')]
    """
    for quote in quotes:
        if quote.occurrence is not None and quote.occurrence < 1:
            raise ValueError(
                f"occurrence of “{quote.quote[:60]}” is {quote.occurrence}; occurrences are counted from 1"
            )
    aligner = _Aligner(text)
    found: dict[int, Aligned] = {}
    for step in (aligner.decided, aligner.next_free, aligner.near):
        for number, quote in enumerate(quotes):
            if number not in found and (place := step(quote)) is not None:
                found[number] = place
    return [found.get(number) or Aligned(quote=quote, status="unaligned") for number, quote in enumerate(quotes)]


class _Aligner:
    """An article, what is known of its quotes, and which parts of it are taken."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = fold(text)
        self._words = Words(text)
        self._spelt = [fold(text[start:end]).text for start, end in self._words.spans]
        self._nearly: Nearly | None = None
        self._places: dict[str, list[Place]] = {}
        self._names: dict[Place, bool] = {}
        self._taken: dict[str, list[Place]] = {}

    def decided(self, quote: Quote) -> Aligned | None:
        """The quote at its only place, or at that which its context, its number or its case names."""
        named = self._preferred(quote, self._named(quote))
        return self._take(quote, named[0], "exact") if len(named) == 1 and self._free(quote, named[0]) else None

    def next_free(self, quote: Quote) -> Aligned | None:
        """The quote at the first of its places that is free, one in the same case before others."""
        free = self._preferred(quote, [place for place in self._named(quote) if self._free(quote, place)])
        return self._take(quote, free[0], "ambiguous") if free else None

    def near(self, quote: Quote) -> Aligned | None:
        """The free part of the text that is most like the quote, of equals the one in its context, then the first."""
        if self._occurrences(quote):
            return None
        if self._nearly is None:
            self._nearly = Nearly(self._text, self._folded, self._words)
        parts = [part for part in self._nearly.parts(quote.quote) if self._free(quote, (part.start, part.end))]
        if not parts:
            return None
        best = max(part.similarity for part in parts)
        places = [(part.start, part.end) for part in parts if part.similarity == best]
        return self._take(quote, self._in_context(quote, places)[0], "fuzzy", best)

    def _take(self, quote: Quote, place: Place, status: str, similarity: float | None = None) -> Aligned:
        insort(self._taken.setdefault(quote.label, []), place)
        start, end = place
        return Aligned(
            quote=quote, status=status, start=start, end=end, text=self._text[start:end], similarity=similarity
        )

    def _free(self, quote: Quote, place: Place) -> bool:
        taken = self._taken.get(quote.label, [])
        after = bisect_left(taken, (place[1], 0))  # those before it begin before the place ends
        return after == 0 or taken[after - 1][1] <= place[0]

    def _preferred(self, quote: Quote, places: list[Place]) -> list[Place]:
        """The places where the article writes the quote in the same case, or all: "US" is rather US than us."""
        return self._verbatim(quote, places) or places

    def _verbatim(self, quote: Quote, places: list[Place]) -> list[Place]:
        words = quote.quote.strip()
        return [
            (start, end) for start, end in places if end - start == len(words) and self._text.startswith(words, start)
        ]

    def _named(self, quote: Quote) -> list[Place]:
        """The occurrences that context, then number, leave; a number that the article has not says nothing."""
        everywhere = self._occurrences(quote)
        named = self._in_context(quote, everywhere)
        if len(named) > 1 and quote.occurrence is not None:
            verbatim = self._verbatim(quote, everywhere)
            counted = verbatim if quote.occurrence <= len(verbatim) else everywhere
            numbered = counted[quote.occurrence - 1 : quote.occurrence]
            named = numbered if numbered and numbered[0] in named else named
        return named

    def _in_context(self, quote: Quote, places: list[Place]) -> list[Place]:
        """The places that share most words with the context, counted outwards from the quote; all, if none does."""
        if len(places) < 2 or not (quote.before or quote.after):
            return places
        before, after = _context(quote.before)[::-1], _context(quote.after)
        shared = []
        for start, end in places:
            first, last = self._words.count_before(start), self._words.count_before(end)
            if first and self._words.spans[first - 1][1] > start:
                first -= 1  # the word that the quote begins in
            shared.append(
                _common(before[:_CONTEXT], self._spelt[max(0, first - _CONTEXT) : first][::-1])
                + _common(after[:_CONTEXT], self._spelt[last : last + _CONTEXT])
            )
        most = max(shared)
        return [place for place, count in zip(places, shared, strict=True) if count == most]

    def _occurrences(self, quote: Quote) -> list[Place]:
        """Where the article has the folded quote from word to word; if nowhere, where it may be cut out of a word."""
        wanted = folded(quote.quote)
        if wanted not in self._places:
            whole: list[Place] = []
            cut: list[Place] = []
            starts = self._folded.starts
            for first in _hits(wanted, self._folded.text) if wanted else ():
                last = first + len(wanted)
                if self._folded.whole(first, last):
                    place = starts[first], self._folded.ends[last - 1]
                    # A soft hyphen behind the last letter is no part of the quote, nor is a word cut before it.
                    beyond = starts[last] if last < len(starts) else len(self._text)
                    (cut if self._words.cuts(place[0]) or self._words.cuts(beyond) else whole).append(place)
            self._places[wanted] = whole or [place for place in cut if self._may_cut(*place)]
        return self._places[wanted]

    def _may_cut(self, start: int, end: int) -> bool:
        """No number, no name, nothing with a capital, and no verb from its "not"."""
        first, last = self._words.around(start), self._words.around(end - 1)
        if (first[0] < start and self._is_named(first)) or (end < last[1] and self._is_named(last)):
            return False
        before, after = self._text[max(first[0], start - 8) : start], self._text[end : min(last[1], end + 8)]
        return not is_negated(folded(before), folded(after))

    def _is_named(self, word: Place) -> bool:
        if word not in self._names:
            self._names[word] = is_named(self._text[word[0] : word[1]])
        return self._names[word]


def _context(text: str | None) -> list[str]:
    return [fold(text[start:end]).text for start, end in Words(text).spans] if text else []


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two lists share from their beginning on."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count


def _hits(part: str, whole: str) -> Iterator[int]:
    """Every place of a part, those that overlap too, in linear time."""
    place = whole.find(part)
    while place >= 0:
        yield place
        following = whole.find(part, place + 1)
        if 0 <= following < place + len(part):
            # Searching afresh from each of many overlapping places would read the part again and again.
            yield from _overlapping(part, whole, following)
            return
        place = following


def _overlapping(part: str, whole: str, place: int) -> Iterator[int]:
    """The places of a part from ``place`` on (Knuth, Morris and Pratt 1977)."""
    borders = [0]
    for sign in part[1:]:
        border = borders[-1]
        while border and part[border] != sign:
            border = borders[border - 1]
        borders.append(border + (part[border] == sign))
    matched = 0
    for at in range(place, len(whole)):
        while matched and (matched == len(part) or part[matched] != whole[at]):
            matched = borders[matched - 1]
        matched += part[matched] == whole[at]
        if matched == len(part):
            yield at + 1 - matched
