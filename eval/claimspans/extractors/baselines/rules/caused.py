"""Somebody whom others bring to say something: "got the armourer to admit it", "had the smuggler confess"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import is_marked_passive
from .kinds import is_human
from .source_words import KIND_OF, OFFICES, PEOPLE
from .vocabulary import FORCING
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_BRINGING = FORCING | words(
    "get have make persuade convince induce push shame bully badger coax goad cause help talk trick provoke embarrass "
    "pressure pressurise bribe let leave cajole sway tempt"
)


def brought(verb: Token) -> Token | None:
    """The one who is brought, in the past or the perfect, to say what an infinitive says."""
    above = verb.head
    if verb.tag_ not in ("VB", "JJ", "NN", "VBP") or verb.dep_ not in ("xcomp", "ccomp", "acl", "relcl", "advcl"):
        return None
    outer = above.head if verb.dep_ in ("acl", "relcl") else above
    if outer.lemma_ not in _BRINGING or outer.tag_ not in ("VBD", "VBN") or is_marked_passive(outer):
        return None
    if any(child.dep_ == "neg" or child.tag_ == "MD" for child in outer.children):
        return None
    if verb.dep_ in ("acl", "relcl"):
        led = above.dep_ == "dobj" and any(child.tag_ == "TO" for child in verb.children)
        return above if led and _is_somebody(above) else None
    if verb.dep_ == "advcl" and (outer.lemma_ != "get" or not any(child.tag_ == "TO" for child in verb.children)):
        return None
    own = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    own += [child for child in outer.children if child.dep_ in ("dobj", "dative") and outer.i < child.i < verb.i]
    return own[0] if own else None


def _is_somebody(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    named = noun.pos_ == "PROPN" or noun.tag_ == "PRP"
    return named or is_human(lemma) or any(lemma in known for known in (KIND_OF, OFFICES, PEOPLE))
