"""Who says what others make him say: "got the clerk to admit it", "tricked her into confirming the sale"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .clauses import SUBJECTS
from .negation import is_infinitive
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_INDUCING = words(
    "get force compel oblige lead induce prompt drive convince persuade bring move coax cajole constrain prevail impel "
    "inspire provoke embolden prod spur pressure browbeat bully nudge coerce"
)
"""Verbs by which somebody has been made to do what the infinitive behind them says."""
_INTO = words(
    "trick goad talk shame bully coax cajole pressure pressurise pressurize browbeat frighten scare force press "
    "provoke lure coerce bounce jolt tease fool dupe beguile argue charm flatter blackmail threaten terrify torture "
    "beat prod push railroad embarrass needle hound harry badger nudge draw lead entrap manoeuvre maneuver wheedle "
    "intimidate persuade mislead spook strong-arm hector rush stampede sting tempt seduce trap"
)
"""Verbs that do so with *into* and a gerund."""
_BARE = words("make have let help")
"""Verbs whose infinitive stands without *to*."""


class Induced(NamedTuple):
    """A verb by which others make somebody say something, and who that is."""

    causer: Token
    speaker: Token


def induced(verb: Token) -> Induced | None:
    """Who is made to say what an infinitive or gerund says, if others make him say it."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "into":
        causer = verb.head.head
        if causer.lemma_ not in _INTO:
            causer = causer.head
        return _of(causer, verb) if causer.lemma_ in _INTO else None
    if verb.tag_ == "VB" and verb.dep_ == "ccomp" and verb.head.lemma_ in _BARE and not is_infinitive(verb):
        return _of(verb.head, verb) if verb.head.tag_ in ("VBD", "VBN") else None
    if not is_infinitive(verb) or verb.dep_ not in ("xcomp", "ccomp", "advcl", "acl", "relcl"):
        return None
    head = verb.head
    causer = head.head if head.dep_ in ("dobj", "pobj") and verb.dep_ in ("acl", "relcl") else head
    causer = causer.head if causer.lower_ in ("on", "upon") else causer
    return _of(causer, verb) if causer.lemma_ in _INDUCING else None


def _of(causer: Token, verb: Token) -> Induced | None:
    passive = any(child.dep_ == "auxpass" for child in causer.children)
    own = [child for child in verb.children if child.dep_ in SUBJECTS]
    own += [child for child in causer.children if child.dep_ == ("nsubjpass" if passive else "dobj")]
    if causer.lemma_ == "prevail":
        own += [noun for link in causer.children if link.lower_ in ("on", "upon") for noun in link.children]
    found = next((noun for noun in own if noun.i < verb.i), None)
    return Induced(causer, found) if found is not None and (passive or found.i > causer.i) else None
