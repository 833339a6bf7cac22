"""The noun phrases that name a source, read word by word, whatever the parser makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import parts, sources
from .quotative_edges import is_part
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LINKS = ("of", "for", "at", "from", "to")
_EVERYONE = words("everyone everybody someone somebody others both")


def phrase(parsed: Doc, start: int, limit: int, among: tuple[str, ...] = ("of",)) -> tuple[Token | None, int]:
    """The head of the noun phrase that begins at a place and ends before a limit, and the place behind it."""
    head: Token | None = None
    end = start
    while end < limit:
        token = parsed[end]
        if token.pos_ == "PRON" and (token.tag_ == "PRP" or token.lower_ in _EVERYONE) and end == start:
            return (token, end + 1) if sources.eligible(token) else (None, end)
        if token.lower_ in among and head is not None:
            inner, behind = phrase(parsed, end + 1, limit, among)
            return speaking(head), behind if inner is not None or behind > end + 1 else end
        if not is_part(token) or token.lower_ in ("of", "for"):
            break
        part = token.pos_ == "DET" and parts.whole_of(token) is not None
        if part or (token.text[:1].isalpha() and token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM")):
            head = token
        end += 1
    return (speaking(head) if head is not None else None), end


def speaking(head: Token) -> Token | None:
    """The head of a phrase, if it can be a source."""
    return head if sources.eligible(head) and (sources.can_speak(head) or head.pos_ == "PROPN") else None
