"""A text as tokens with offsets, so fine that no span of the guidelines begins or ends inside one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Token(NamedTuple):
    """``text[start:end]``, in code points."""

    start: int
    end: int


# A point may end an abbreviation inside a span ("Sept. 4") or behind it ("last Sept."), so it is always apart.
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,:]\d+)*|\S")
_LINE = re.compile(r"[^\r\n]+")


def lines(text: str) -> Iterator[tuple[Token, ...]]:
    """The tokens of each line that has any: runs of letters, numbers with their separators, single other signs.

    They stand in order and cover every character but white space, so what is between two of them is white space.
    """
    for line in _LINE.finditer(text):
        tokens = tuple(Token(*match.span()) for match in _TOKEN.finditer(text, *line.span()))
        if tokens:
            yield tokens


def outside(tokens: Sequence[Token], places: Sequence[tuple[int, int]]) -> Iterator[slice]:
    """The runs of tokens that touch none of the places, given by start and end."""
    first = None
    for number, token in enumerate(tokens):
        if any(token.start < end and start < token.end for start, end in places):
            if first is not None:
                yield slice(first, number)
            first = None
        elif first is None:
            first = number
    if first is not None:
        yield slice(first, len(tokens))
