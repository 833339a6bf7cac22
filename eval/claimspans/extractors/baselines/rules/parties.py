"""For which party of a claim a noun stands: a state by its code, a company or faction by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import mentions, sources, states
from .source_words import NAME_KIND_OF
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from .identity import Identities

_FACTIONS = words("rebel militia insurgent guerrilla separatist faction brigade clan tribe")
_PLACES = words(
    "port airstrip airfield airport border depot stock stockpile arsenal warehouse base soil territory shore coast "
    "hand harbour harbor quay armoury armory yard store reserve inventory"
)
"""What stands for the state that it is in or of: "from Chilean stocks", "off Chile's hands"."""


def party(noun: Token, who: Identities, apart: Sequence[str] = ()) -> str | None:
    """The state for which a noun stands, or the name of a company or faction; null for goods and for persons alone.

    A pronoun stands for none of the parties that are kept ``apart`` as the subjects of its clause.
    """
    known = states.of(noun.doc)
    if noun.pos_ == "PRON" or noun.lower_ in ("its", "his", "their", "our"):
        if noun.lower_ in ("which", "who", "that", "this", "these", "what"):
            return None
        identity = who.pronouns.of(noun, apart)
        return identity.country or (identity.entity if _is_company(identity.kind, identity.entity) else None)
    span = mentions.extent(noun)
    if span is None or noun.pos_ not in ("PROPN", "NOUN", "ADJ"):
        return None
    if known.code(span.text):
        return known.code(span.text)
    if mentions.is_name(noun):
        identity = who.of(noun, span)
        if identity.kind == "organisation":
            known_kind = any(word.lower_ in NAME_KIND_OF for word in span)
            place = noun.ent_type_ in ("GPE", "LOC", "FAC") or (len(span) == 1 and not span.text.isupper())
            return identity.entity if known_kind or not place else None
        return identity.country
    if noun.lemma_.lower() in _PLACES:
        owner = next(sources.possessives(noun), None)
        if owner is not None:
            return party(owner, who, apart)
    elif not sources.can_speak(noun):
        return None
    if noun.lemma_.lower() in _FACTIONS:
        return span.text if len(span) > 1 else None
    words = noun.doc[min(span.start, noun.left_edge.i) : noun.right_edge.i + 1]
    named = known.named(words.text)
    return named[0] if len(named) == 1 else None


def _is_company(kind: str, entity: str) -> bool:
    """Whether a pronoun may stand for a party that is no state: a company, faction or group by its name."""
    last = entity.lower().split()[-1] if entity else ""
    return kind == "organisation" and entity[:1].isupper() and NAME_KIND_OF.get(last) == "organisation"
