"""Figures of an article, each exchanged for another one in the same notation, their order kept."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import floor, log10
from random import Random

import msgspec

from ...text.amounts import NUMBER
from ...text.normalize import fold
from ...text.numbers import SCALES, SHORT_SCALES, WORDS, values
from .mentions import Edit, Mention
from .words import cased

_SCALES = SCALES | SHORT_SCALES
_WORDS = {word: number for word, number in WORDS.items() if number > 0 and word != "dozen"}
_FIGURE = re.compile(
    rf"(?<![\w:/.,])(?<![a-z]-)(?P<number>{NUMBER})(?P<percent> ?%| ?per ?cent\b)?"
    r"(?![\w:/]|[.,]\d|-(?:score|fold|tenth))",
    re.IGNORECASE,
)
_NOTATION = re.compile(
    r"(?P<written>\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+(?:\.\d+)?"
    rf"|(?:[a-z]+-)?(?:{'|'.join(_WORDS)}))(?:[ -]?(?P<scale>{'|'.join(SCALES)})|(?P<short>{'|'.join(SHORT_SCALES)}))?"
)
"""A figure that is understood, in small letters; any other is kept."""
_PART = -1.0
"""What a part of a longer numeral is worth."""
_TRIES = 200
_LEAST = 3
"""Smaller numbers stay: one is a pronoun and takes the singular, two are the two that were named."""


class Figure(msgspec.Struct, frozen=True):
    """A numeral: its place, what it is worth, the factor of its scale word, and how it is written."""

    start: int
    end: int
    value: float
    scale: int
    percent: bool
    written: str

    @property
    def key(self) -> tuple[float, bool]:
        return self.value, self.percent

    def rendered(self, value: float) -> str | None:
        """Another value in this notation; None where it has none in it."""
        part = value / self.scale
        if self.written[0].isdigit():
            places = len(self.written.partition(".")[2])
            separator = next((sign for sign in self.written if not sign.isdigit() and sign != "."), None)
            if abs(round(part, places) - part) > 1e-9 * max(1, abs(part)):
                return None
            if (separator is None and part >= 1000 > float(self.written)) or (self.scale > 1 and part >= 1000):
                return None
            if separator is None and not places and 1900 <= part <= 2100:
                return None  # it would be a year
            return f"{part:,.{places}f}".replace(",", separator or "")
        if part != int(part) or not _LEAST <= part < 100:
            return None
        tens, ones = divmod(int(part), 10)
        words = {number: word for word, number in _WORDS.items()}
        new = words.get(int(part)) or f"{words[tens * 10]}-{words[ones]}"
        return (
            new.capitalize() if self.written[0].isupper() and not self.written.isupper() else cased(new, self.written)
        )


def figures(text: str) -> Iterator[Figure]:
    """The numerals of a text, each with its scale; what is no single one with at most one scale is `_PART`."""
    plain = fold(text, case=False)
    for found in _FIGURE.finditer(plain.text):
        read = _NOTATION.fullmatch(found["number"].lower())
        start, end = found.span("number")
        scale, value = 1, _PART
        if read is not None:
            end = start + read.end("written")
            scale = _SCALES.get(read["scale"] or read["short"], 1)
            value = round(values(read["written"])[0] * scale, 6)
        place = plain.starts[start], plain.ends[end - 1]
        yield Figure(*place, value, scale, found["percent"] is not None, text[slice(*place)])


class Counted(msgspec.Struct, frozen=True):
    """A span with the numbers that its attributes state."""

    start: int
    end: int
    values: tuple[float, ...]


def exchanged(
    text: str, spans: Sequence[Counted], protected: Collection[tuple[int, int]], stuck: Collection[str], rng: Random
) -> tuple[list[Mention], dict[float, float]]:
    """Mentions of the figures that spans hold, wherever in the article they stand, and new values by the old.

    A number stays where a span states one that its words do not show. ``protected`` are places of dates and names;
    ``stuck`` are keys of mentions that must stay. The order of all numbers is kept.
    """
    found = [one for one in figures(text) if not any(one.start < end and start < one.end for start, end in protected)]
    inside = [(span, [one for one in found if span.start <= one.start and one.end <= span.end]) for span in spans]
    fixed: set[tuple[float, bool]] = {(_PART, False), (_PART, True)}
    counted: dict[tuple[float, bool], list[Figure]] = defaultdict(list)
    for span, held in inside:
        shown = {one.value / 100 if one.percent else one.value for one in held}
        for one in held:
            counted[one.key] = []
            if any(not _near(value, shown) for value in span.values):
                fixed.add(one.key)
        fixed |= {(value, False) for value in span.values if not _near(value, shown)}
    for one in found:
        if one.key in counted:
            counted[one.key].append(one)
    fixed |= {key for key in counted if _is_small(key[0]) or f"figure {key}" in stuck}
    chosen: dict[tuple[float, bool], float] = {}
    for percent in (False, True):
        free = sorted(key[0] for key in counted if key[1] is percent and key not in fixed)
        stays = sorted(key[0] for key in fixed if key[1] is percent and key[0] >= 0)
        for low, high, near in _segments(free, stays, 100.0 if percent else float("inf")):
            new = _moved({value: counted[value, percent] for value in near}, low, high, rng)
            chosen |= {(value, percent): moved for value, moved in new.items()}
    mentions = []
    for key, all_of_it in counted.items():
        for one in all_of_it:
            new_text = one.rendered(chosen[key]) if key in chosen else None
            edits = None if new_text is None else (Edit(one.start, one.end, new_text),)
            mentions.append(Mention("figure", f"figure {key}", one.start, one.end, edits))
    return mentions, {
        (value / 100 if percent else value): (new / 100 if percent else new) for (value, percent), new in chosen.items()
    }


def _is_small(value: float) -> bool:
    return value < _LEAST and value == int(value)


def _near(value: float, shown: Iterable[float]) -> bool:
    return any(abs(value - one) <= 1e-9 * max(1.0, abs(value)) for one in shown)


def _segments(free: Sequence[float], stays: Sequence[float], most: float) -> Iterator[tuple[float, float, list[float]]]:
    """The numbers between two that stay, with these two."""
    ends = [0.0, *stays, most]
    for low, high in pairwise(ends):
        values = [value for value in free if low < value < high]
        if values:
            yield low, high, values


def _moved(values: Mapping[float, list[Figure]], low: float, high: float, rng: Random) -> dict[float, float]:
    """All numbers times one factor, rounded as they are; empty where no factor keeps their order and notations."""
    for _ in range(_TRIES):
        factor = rng.choice((-1, 1)) * rng.uniform(0.15, 0.8)
        new = {value: _rounded(value * 2**factor, value) for value in values}
        ordered = [low, *new.values(), high]
        rising = all(one < other for one, other in pairwise(ordered))
        written = (one.rendered(new[value]) for value, mentions in values.items() for one in mentions)
        other = all(value != moved and not _is_small(moved) for value, moved in new.items())
        if rising and other and all(map(bool, written)):
            return new
    return {}


def _rounded(value: float, like: float) -> float:
    """A number to as many significant digits as another, and at least two."""
    digits = len(f"{like:.10g}".replace(".", "").strip("0"))
    places = max(digits, 2) - 1 - floor(log10(value))
    if like == int(like):
        places = min(places, 0)
    return round(round(value, places), 6)
