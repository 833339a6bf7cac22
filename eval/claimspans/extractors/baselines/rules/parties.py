"""For which party of a claim a noun stands: a state by its code, a company or faction by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import mentions, sources, states
from .source_words import NAME_KIND_OF
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

    from .antecedents import Identity
    from .identity import Identities

_FACTIONS = words(
    "rebel militia insurgent guerrilla separatist faction brigade clan tribe fighter resistance partisan irregular "
    "militant insurgency volunteer mercenary jihadist paramilitary cartel gang warlord legion column"
)
_OTHER_PARTIES = ("by", "to", "from", "with", "for", "in", "at")
"""Prepositions behind a party that the parser makes a part of it where they name another."""
_TELLING = ("media", "document")
"""Kinds that only tell of a deal, and are no party of it."""
_APART = ("relcl", "acl", "advcl", "conj", "cc", "punct", "ccomp")
_FAR = 80
"""How many words before it the name may stand for which a noun or pronoun stands."""
_FORCES = words("army guard guards force forces navy corps command battalion regiment division company patrol")
"""What the names of a state's organs end with, and those of factions too: "Heath Army"."""
_STATE_FORCES = words(
    "air national royal coast coastal border presidential republican revolutionary people people's defence defense "
    "armed security ground land marine naval special federal imperial frontier home self-defence general palace joint "
    "central high supreme"
)
"""What the names of a state's own forces begin with: "Coast Guard"."""
_TROOPS = words(
    "troop unit garrison infantry cavalry artillery fleet squadron flotilla contingent ally neighbour neighbor "
    "shipyard customer client"
)
_COMPANIES = words("company firm manufacturer maker yard shipyard supplier foundry works corporation")
"""Nouns that stand for a company that the text has named: "the firm"."""
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
        if noun.lower_ in ("which", "who", "whom", "whose", "that", "this", "these", "what"):
            return None
        identity = who.pronouns.of(noun, apart)
        if identity.kind in _TELLING and noun.dep_ in sources.SUBJECTS:  # "Chile sold tanks, the paper wrote. It …"
            identity = who.pronouns.of(noun, (*apart, identity.entity))
        if noun.lower_ in ("they", "them", "their") and identity.country is None:
            return _before(noun, who, lambda _, span: _is_faction(span))
        return identity.country or (identity.entity if _is_company(identity.kind, identity.entity) else None)
    span = mentions.extent(noun)
    if span is None or noun.pos_ not in ("PROPN", "NOUN", "ADJ"):
        return None
    if known.code(span.text):
        return known.code(span.text)
    if mentions.is_name(noun):
        identity = who.of(noun, span)
        own = known.named(noun.doc[noun.left_edge.i : noun.right_edge.i + 1].text)
        if _is_faction(span) and not own:
            return span.text
        if identity.kind == "organisation":
            known_kind = any(word.lower_ in NAME_KIND_OF for word in span)
            place = noun.ent_type_ in ("GPE", "LOC", "FAC") or (len(span) == 1 and not span.text.isupper())
            return _without_seat(identity.entity) if known_kind or not place else None
        return identity.country
    if noun.lemma_.lower() in _PLACES:
        owner = next(sources.possessives(noun), None)
        if owner is not None:
            return party(owner, who, apart)
        own = known.named(noun.doc[noun.left_edge.i : noun.i].text)
        if len(own) == 1:
            return own[0]
    elif not sources.can_speak(noun) and noun.lemma_.lower() not in _TROOPS:
        return None
    apposed = next((child for child in noun.children if child.dep_ == "appos" and child.pos_ == "PROPN"), None)
    if apposed is not None and noun.pos_ == "NOUN" and apposed.left_edge.i == noun.i + 1:
        joined = [part for part in apposed.children if part.dep_ == "conj"]
        firm = any(part.text == "&" for part in apposed.children) and joined
        return party(joined[-1] if firm else apposed, who, apart)
    if noun.lemma_.lower() in _COMPANIES and noun.tag_ == "NN":
        identity = who.of(noun, span)
        if len(span) == 1 and identity.kind == "organisation" and identity.entity[:1].isupper():
            return _without_seat(identity.entity)
        return _before(noun, who, lambda identity, _: _is_company(identity.kind, identity.entity))
    if noun.lemma_.lower() in _FACTIONS:
        return span.text if len(span) > 1 else None
    first, end = min(span.start, noun.left_edge.i), _end(noun)
    named = known.named(noun.doc[first:end].text)
    if len(named) > 1:
        cuts = [word.i for word in noun.doc[noun.i + 1 : end] if word.lower_ in _OTHER_PARTIES]
        shorter = (known.named(noun.doc[first:cut].text) for cut in reversed(cuts))
        named = next((names for names in shorter if len(names) == 1), named)
    if not named and span.root.text.islower():
        return _nationality(noun) if who.of(noun, span).kind == "body" else None
    return named[0] if len(named) == 1 else None


def _without_seat(name: str) -> str:
    """The name of a company less the place where it is: "Fenwick Systems of Kest"."""
    own, _, seat = name.partition(" of ")
    return own if seat and NAME_KIND_OF.get(own.lower().split()[-1]) == "organisation" and " " in own else name


def side_of(noun: Token, who: Identities) -> str | None:
    """The state whose adjective or possessive stands before those who use arms: "Chilean gunboats"."""
    owner = next(sources.possessives(noun), None)
    if owner is not None:
        return party(owner, who)
    own = states.of(noun.doc).named(noun.doc[noun.left_edge.i : noun.i].text)
    return own[0] if len(own) == 1 else None


def _end(noun: Token) -> int:
    """Where the phrase of a noun ends, without its clauses and what is joined to it."""
    apart = [child.left_edge.i for child in noun.children if child.i > noun.i and child.dep_ in _APART]
    return min(apart, default=noun.right_edge.i + 1)


def _nationality(noun: Token) -> str | None:
    """The one state whose adjective stands before an organ in its sentence: "Peruvian fishermen say the navy"."""
    known = states.of(noun.doc)
    before = noun.doc[noun.sent.start : noun.i]
    codes = {known.code(token.text) for token in before if token.dep_ in ("amod", "poss")} - {None}
    return codes.pop() if len(codes) == 1 else None


def _before(noun: Token, who: Identities, fits: Callable[[Identity, TokenSpan], bool]) -> str | None:
    """The last name before a noun or pronoun that it may stand for."""
    for token in reversed(noun.doc[max(0, noun.i - _FAR) : noun.i]):
        ends = token.i + 1 == len(noun.doc) or not mentions.is_name(token.nbor())
        if ends and mentions.is_name(token) and (span := mentions.extent(token)) is not None:
            identity = who.of(token, span)
            if fits(identity, span):
                return _without_seat(identity.entity) if identity.kind == "organisation" else span.text
    return None


def _is_faction(span: TokenSpan) -> bool:
    """Whether a name of several words, no person's, ends as those of armed factions do: "the Salt Rebels"."""
    last = span[-1].lower_
    forces = last in _FORCES and span[0].lower_ not in _STATE_FORCES
    named = forces or not {last, last.removesuffix("s")}.isdisjoint(_FACTIONS)
    return named and len(span) > 1 and all(word.text[:1].isupper() for word in span)


def _is_company(kind: str, entity: str) -> bool:
    """Whether a pronoun may stand for a party that is no state: a company, faction or group by its name."""
    last = entity.lower().split()[-1] if entity else ""
    return kind == "organisation" and entity[:1].isupper() and NAME_KIND_OF.get(last) == "organisation"
