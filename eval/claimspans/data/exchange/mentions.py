"""Mentions of a text with what they become; the offsets of an article carried over them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence

import msgspec


class Edit(msgspec.Struct, frozen=True, order=True):
    """``text[start:end]`` becomes ``new``."""

    start: int
    end: int
    new: str


class Mention(msgspec.Struct, frozen=True):
    """A mention of something and the edits that exchange it, in order; None where it must stay.

    ``kind`` is what the tally calls it. ``key`` says of what it is a mention: where one mention of it in an article
    cannot be exchanged, all of them stay.
    """

    kind: str
    key: str
    start: int
    end: int
    edits: tuple[Edit, ...] | None = None


class EditedText:
    """A text after edits that are in order and share no character. ``inverse`` are those that take them back."""

    def __init__(self, text: str, edits: Sequence[Edit]) -> None:
        parts: list[str] = []
        self.inverse: list[Edit] = []
        self._edits, self._starts, self._grown = edits, [edit.start for edit in edits], [0]
        done = 0
        for edit in edits:
            parts += [text[done : edit.start], edit.new]
            start = edit.start + self._grown[-1]
            self.inverse.append(Edit(start, start + len(edit.new), text[edit.start : edit.end]))
            self._grown.append(self._grown[-1] + len(edit.new) - (edit.end - edit.start))
            done = edit.end
        self.text = "".join([*parts, text[done:]])

    def offset(self, place: int) -> int:
        """Where an offset of the old text, which lies inside no edit, is in the new one."""
        passed = bisect_right(self._starts, place)
        if passed and place < self._edits[passed - 1].end:
            passed -= 1
        return place + self._grown[passed]


def safe(mentions: Iterable[Mention], edges: Collection[int]) -> tuple[list[Mention], list[Mention]]:
    """The mentions that are exchanged, in order, and those that stay.

    Of mentions that share a character the first given counts, the others are none. All of a key stay where one of them
    must, or an edge of a span lies inside an edit of theirs.
    """
    taken: list[tuple[int, int]] = []
    kept: list[Mention] = []
    for mention in mentions:
        at = bisect_left(taken, (mention.start, mention.end))
        before, behind = taken[at - 1 : at] if at else [], taken[at : at + 1]
        if any(start < mention.end and mention.start < end for start, end in (*before, *behind)):
            continue
        taken.insert(at, (mention.start, mention.end))
        kept.append(mention)
    known = sorted(set(edges))
    stuck = {one.key for one in kept if one.edits is None or any(_cut(edit, known) for edit in one.edits)}
    kept.sort(key=lambda mention: mention.start)
    return [one for one in kept if one.key not in stuck], [one for one in kept if one.key in stuck]


def _cut(edit: Edit, edges: Sequence[int]) -> bool:
    at = bisect_right(edges, edit.start)
    return at < len(edges) and edges[at] < edit.end
