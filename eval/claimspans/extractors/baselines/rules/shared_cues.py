"""Sides whose verb is left out, which share the cue of their sentence: "Some say forty, others sixty"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import quotatives, sources
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_OTHERS = words("others other another second rest")
_LINKS = words("and while whereas but")
_NO_REST = words("of who which , . and or ; )")


def sharing(verb: Token) -> list[Token]:
    """The sources behind a spoken verb that have none of their own."""
    return [noun for place in range(verb.i + 1, verb.sent.end - 2) if (noun := _side(verb, place)) is not None]


def _side(verb: Token, place: int) -> Token | None:
    """The side that begins right behind a mark: one of others with its rest, or a name with a figure or a clause."""
    parsed = verb.doc
    start = place + 1
    if parsed[place].text not in (",", ";", "–", "—"):
        return None
    if parsed[start].lower_ in _LINKS:
        start += 1
    if parsed[start].lower_ in ("the", "a", "an"):
        start += 1
    first = parsed[start]
    if first.lower_ in _OTHERS:
        following = parsed[start + 1]
        verbal = following.pos_ in ("VERB", "AUX", "NOUN", "PROPN") and following.tag_ != "VBN"
        return None if verbal or following.is_punct or following.lower_ in _NO_REST else first
    noun, end = quotatives.phrase(parsed, start, verb.sent.end)
    if noun is None or end >= verb.sent.end or not sources.can_speak(noun):
        return None
    rest = parsed[end]
    figure = rest.like_num and rest.ent_type_ != "DATE" and (end + 1 == len(parsed) or parsed[end + 1].is_punct)
    return noun if figure or (rest.lower_ == "that" and rest.tag_ == "IN") else None
