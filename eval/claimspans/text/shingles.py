"""What stands in a row in a text, by which one that is nearly the same is found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from .tokens import tokens

Item = TypeVar("Item")

WORDS = 5
"""Words of a shingle, after Broder (1997): other articles share next to none of them."""


def shingles(items: Sequence[Item], width: int) -> list[tuple[Item, ...]]:
    """Every stretch of so many items; of fewer the one that there is."""
    return list(zip(*(items[first:] for first in range(min(width, len(items)))), strict=False))


def word_shingles(text: str) -> list[bytes]:
    """The shingles of a text's words, without case, punctuation and white space."""
    words = [text[start:end].casefold() for start, end in tokens(text) if text[start].isalnum()]
    return [" ".join(stretch).encode() for stretch in shingles(words, WORDS)]
