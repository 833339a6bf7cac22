"""Who and what is of a speaker's own side: he himself, his state, what is his by a pronoun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import mentions, sources
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

    from .antecedents import Identity
    from .identity import Identities
    from .quotations import Quoted

_NONE = words("nobody none no-one one neither nothing anyone anybody somebody someone everybody everyone")
_FIRST = words("i we my our mine ours us me")
_NOBODY = ("document", "media", "body", "group")
_UNFIT = {
    "he": (*_NOBODY, "state"),
    "she": _NOBODY,
    "it": ("person", "unnamed", "group"),
    "they": ("person", "unnamed", "document"),
}
"""By pronoun the kinds of sources for which it does not stand."""


def one_side(first: Identity, second: Identity) -> bool:
    """Whether two sources are the same or speak for one state."""
    return first.entity == second.entity or (first.country is not None and first.country == second.country)


def own_side(
    cue: Token, speaker: tuple[TokenSpan, Token], quoted: Quoted, identities: Identities
) -> Callable[[Token], bool]:
    """Whether a noun in what a cue says is of its speaker's own side."""

    def is_own(noun: Token) -> bool:
        if noun.lower_ in ("i", "we"):
            return True
        if noun.lower_ in _NONE or any(part.lower_ == "no" for part in noun.children):
            return False
        around = quoted.at(noun.idx)
        inside = around is not None and around != quoted.at(cue.idx)
        owners = [owner for owner in sources.possessives(noun) if owner.pos_ == "PRON"]
        if any(owner.lower_ in _FIRST for owner in owners):
            return True
        if owners and sources.can_speak(noun):
            return not inside
        span = mentions.extent(noun)
        if span is None or not (noun.pos_ in ("PRON", "PROPN") or sources.can_speak(noun)):
            return False
        if inside and noun.pos_ == "PRON":
            return False  # who is quoted does not speak of himself as "they"
        who = identities.of(speaker[1], speaker[0])
        known = identities.of(noun, span)
        unresolved = known.entity == noun.lower_ and noun.lower_ in _UNFIT
        return (unresolved and who.kind not in _UNFIT[noun.lower_]) or one_side(who, known)

    return is_own
