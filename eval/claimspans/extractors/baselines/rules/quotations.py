"""Where a text quotes: the stretches between quotation marks, and what lies on one line with them."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

_PAIRS = {"“": "”", "„": "“”", "«": "»", "‘": "’", "‹": "›"}


class Quotation(NamedTuple):
    """A quotation's place in the text, with its marks."""

    start: int
    end: int


def quotations(text: str) -> list[Quotation]:
    """The quotations of a text in reading order; one that is not closed ends with its line."""
    found: list[Quotation] = []
    opened, closing = -1, ""
    for position, mark in enumerate(text):
        if opened >= 0:
            if mark in closing and not (mark == "’" and text[position + 1 : position + 2].isalnum()):
                found.append(Quotation(opened, position + 1))
                opened = -1
            elif mark == "\n":
                found.append(Quotation(opened, position))
                opened = -1
        elif mark == '"':
            opened, closing = position, '"'
        elif mark in _PAIRS:
            opened, closing = position, _PAIRS[mark]
    if opened >= 0:
        found.append(Quotation(opened, len(text)))
    return found


class Quoted:
    """Which quotation a place of a text lies in."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all = quotations(text)
        self._starts = [each.start for each in self.all]

    def at(self, position: int) -> Quotation | None:
        """The quotation that holds a character, if one does."""
        index = bisect_right(self._starts, position) - 1
        return self.all[index] if index >= 0 and position < self.all[index].end else None

    def touching(self, start: int, end: int) -> list[Quotation]:
        """The quotations that share a character with a stretch."""
        return [each for each in self.all if each.start < end and start < each.end]

    def next_to(self, start: int, end: int) -> list[Quotation]:
        """The quotations that end right before a stretch or begin right behind it, on its line."""
        return [each for each in self.all if self._blank(each.end, start) or self._blank(end, each.start)]

    def goes_on(self, quotation: Quotation) -> bool:
        """Whether the sentence of a quotation goes on behind it, to say whose it is: "“None,” said Vale"."""
        last, behind = self.text[: quotation.end - 1].rstrip()[-1:], self.text[quotation.end :].partition("\n")[0]
        following = behind.lstrip()
        return following[:1] == "," or (last == "," and following[:1].isalpha()) or following[:1].islower()

    def _blank(self, start: int, end: int) -> bool:
        return (
            0 <= end - start <= 4
            and not self.text[start:end].strip(" .,:;–—-\u00a0")
            and "\n" not in self.text[start:end]
        )
