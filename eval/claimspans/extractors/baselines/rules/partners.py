"""Who cooperate: between whom a pact is, and who make, exchange or build something with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import subjects
from .cooperations import COOPERATING, is_pact, is_taken_up
from .parties import party
from .states import of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .identity import Identities
    from .roles import Parties


def partners(word: Token, beside: Parties, who: Identities) -> tuple[str, ...] | None:
    """The two parties of a cooperation; none named where it takes up one told before, null where it is none."""
    own = _of_pact(word, who) if is_pact(word) or word.lemma_.lower() in COOPERATING else set()
    names = own if len(own) > 1 else {*(name for side in beside for name in side), *_named(word)}
    if len(names) > 1:
        return tuple(sorted(names))[:2]
    return () if is_taken_up(word) or _is_both(word) else None


def _of_pact(noun: Token, who: Identities) -> set[str]:
    """Whom the phrase of a pact names, and who concludes it with them."""
    beside = [child for child in noun.head.children if child.lower_ == "with"] if noun.dep_ == "dobj" else []
    phrases = [noun.doc[part.left_edge.i : part.right_edge.i + 1] for part in (noun, *beside)]
    own = {name for phrase in phrases for name in of(noun.doc).named(phrase.text)}
    if len(own) > 1 or noun.dep_ not in ("dobj", "nsubjpass"):
        return own
    return own | {name for maker in _concluders(noun) if (name := party(maker, who)) is not None}


def _concluders(noun: Token) -> list[Token]:
    verb = noun.head
    by = [part for child in verb.children if child.lower_ == "by" for part in child.children]
    nouns = by if noun.dep_ == "nsubjpass" else subjects(verb)
    return [each for maker in nouns for each in (maker, *maker.conjuncts)]


def _named(word: Token) -> list[str]:
    """The states that the phrase of an event's noun names: "cooperation between Iran and Russia"."""
    phrase = word.doc[word.left_edge.i : word.right_edge.i + 1]
    return of(word.doc).named(phrase.text) or of(word.doc).named(word.sent.text)


def _is_both(verb: Token) -> bool:
    """Whether the subject of a verb stands for two that were named before: "They last exchanged arms"."""
    return any(noun.lower_ in ("they", "both", "two", "sides", "countries", "states") for noun in subjects(verb))
