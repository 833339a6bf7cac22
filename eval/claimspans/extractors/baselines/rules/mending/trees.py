"""How a parse is mended: words get another head, or the place of another word."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

NOUNS = ("NOUN", "PROPN")
OF_NOUNS = ("det", "amod", "nummod", "poss", "compound", "nmod")
"""The relations of what stands before a noun and is a part of its phrase."""
PAST_AND_PRESENT = ("VBD", "VBZ", "VBP")
FINITE = (*PAST_AND_PRESENT, "MD")


def hang(words: Iterable[Token], head: Token) -> None:
    """Make words depend on another one, with the relations that they have."""
    for word in list(words):
        word.head = head


def take_place(word: Token, other: Token) -> None:
    """Give a word the head and the relation of another one, or make it the root that the other was."""
    word.head, word.dep_ = (word, "ROOT") if other.head == other else (other.head, other.dep_)
