"""Long texts for systems with a limit: cut into windows that overlap, and what is found in them put together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import msgspec

from .sentences import sentences
from .tokens import tokens

_ENOUGH = 40
"""Characters to the edge of a window from which on more of them are no better."""


class Window(msgspec.Struct, frozen=True):
    """A part of a text: ``text[start:end]``, in code points."""

    start: int
    end: int
    text: str


def cut(
    text: str,
    size: int,
    overlap: int,
    *,
    words: Sequence[tuple[int, int]] | None = None,
    costs: Sequence[int] | None = None,
    most: int | None = None,
) -> list[Window]:
    """Windows of at most ``size`` words, in reading order; a text that is not longer is one window.

    Two neighbours share at least ``overlap`` words, so that every run of up to ``overlap + 1`` words lies whole in
    one window. A window ends at the end of a sentence if there is one in its last quarter, and begins at the beginning
    of one if that takes no more than an eighth. ``words`` are start and end of each word (default: what stands between
    white space). With ``costs``, a number for each word, those of a window are ``most`` at most together (a word that
    costs more stands alone), and two windows share fewer words where the first has not twice as many.

    Raises `ValueError` unless ``0 <= overlap <= size // 2``.
    """
    if size < 1 or not 0 <= overlap <= size // 2:
        raise ValueError(f"an overlap of {overlap} words in windows of {size}; expected at most half of them")
    at = tokens(text, rule="blanks") if words is None else words
    if not at:
        return [Window(0, len(text), text)]
    spent = [*accumulate(costs if most is not None and costs is not None else [0] * len(at), initial=0)]
    starts = [start for start, _ in at]
    begins = sorted({bisect_left(starts, start) for start, _ in sentences(text)})
    windows = []
    first = 0
    while True:
        last = min(len(at), first + size)
        last = max(first + 1, bisect_right(spent, spent[first] + (most or 0), hi=last + 1) - 1)
        if last < len(at):
            last = _last_between(begins, last - (last - first) // 4, last) or last
        start, end = at[first][0], at[last - 1][1]
        windows.append(Window(start, end, text[start:end]))
        if last == len(at):
            return windows
        count = last - first
        latest = last - min(overlap, count // 2)
        first = _last_between(begins, max(first + 1, latest - count // 8), latest) or latest


def _last_between(numbers: Sequence[int], low: int, high: int) -> int | None:
    place = bisect_right(numbers, high) - 1
    return numbers[place] if place >= 0 and numbers[place] >= low else None


class _Candidate(msgspec.Struct):
    span: dict[str, Any]
    windows: set[int]
    context: int

    @property
    def rank(self) -> tuple[Any, ...]:
        """The best first: not cut off, then sure, then long, then in reading order."""
        span = self.span
        score = span.get("score")
        return (-self.context, -(score or 0.0), span["start"] - span["end"], span["start"], span["label"])


def merge(found: Iterable[tuple[Window, Iterable[Mapping[str, Any]]]], *, flat: bool = False) -> list[dict[str, Any]]:
    """The spans of a text from those of its windows: offsets in the text, in reading order, none twice.

    ``start`` and ``end`` of what goes in are offsets in the window. What several windows say alike is said once. Where
    they contradict one another (overlapping spans of one label; with ``flat``, of any) those stay that have more
    text of their window around them (up to 40 characters), of these the surer, then the longer, then the first. What
    one window says itself is never a contradiction. The order of what goes in changes nothing.
    """
    parts = sorted(((window, list(spans)) for window, spans in found), key=lambda part: (part[0].start, part[0].end))
    if not parts:
        return []
    low, high = parts[0][0].start, max(window.end for window, _ in parts)
    candidates: dict[tuple[str, int, int], _Candidate] = {}
    for number, (window, spans) in enumerate(parts):
        for given in spans:
            span = {**given, "start": window.start + given["start"], "end": window.start + given["end"]}
            left = _ENOUGH if window.start == low else span["start"] - window.start
            right = _ENOUGH if window.end == high else window.end - span["end"]
            new = _Candidate(span, {number}, min(left, right, _ENOUGH))
            key = (span["label"], span["start"], span["end"])
            old = candidates.setdefault(key, new)
            if old is not new:
                better = min(old, new, key=lambda one: one.rank)
                candidates[key] = _Candidate(better.span, old.windows | new.windows, better.context)
    kept = []
    for group in _touching(candidates.values()):
        stay: list[_Candidate] = []
        for one in sorted(group, key=lambda one: one.rank):
            if not any(_contradict(one, other, flat) for other in stay):
                stay.append(one)
        kept += stay
    return sorted((one.span for one in kept), key=lambda span: (span["start"], span["end"], span["label"]))


def _touching(candidates: Iterable[_Candidate]) -> Iterator[list[_Candidate]]:
    """Groups between which nothing overlaps."""
    group: list[_Candidate] = []
    end = 0
    for one in sorted(candidates, key=lambda one: one.span["start"]):
        if group and one.span["start"] >= end:
            yield group
            group = []
        group.append(one)
        end = max(end, one.span["end"]) if len(group) > 1 else one.span["end"]
    if group:
        yield group


def _contradict(one: _Candidate, other: _Candidate, flat: bool) -> bool:
    return (
        one.windows.isdisjoint(other.windows)
        and (flat or one.span["label"] == other.span["label"])
        and min(one.span["end"], other.span["end"]) > max(one.span["start"], other.span["start"])
    )
