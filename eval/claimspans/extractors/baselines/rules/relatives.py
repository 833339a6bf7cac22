"""Whom a relative pronoun stands for where the parser gives it to the wrong noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import kinds, sources, states
from .clauses import SUBJECTS
from .source_words import KIND_OF, OFFICES, PEOPLE
from .vocabulary import CLAUSE_VERBS, STANCE_OF

if TYPE_CHECKING:
    from spacy.tokens import Token

_WITHIN = 12
"""So many words before its clause the noun may stand."""


def person_before(clause: Token) -> Token:
    """Whom *who* stands for: the focus of a cleft ("the clerk, not the minister, who …"), not a thing in between."""
    head, sentence = clause.head, clause.sent
    copula = next((word for word in head.ancestors if word.lemma_ == "be" and word.i < clause.i), None)
    if copula is not None and any(child.lower_ == "it" and child.dep_ == "nsubj" for child in copula.children):
        focus = next((child for child in copula.children if child.dep_ == "attr" and child.i < clause.i), head)
        if any(word.lower_ in ("not", "than") for word in clause.doc[focus.i : clause.i]):
            return focus
    if (holder := _holder(head)) is not None:
        return holder
    if sources.can_speak(head) or head.pos_ == "PROPN":
        return head
    near = head.doc[max(sentence.start, head.i - _WITHIN) : head.i]
    return next((word for word in reversed(near) if word.dep_ in sources.SUBJECTS and sources.can_speak(word)), head)


def parted(clause: Token) -> Token | None:
    """Whom a relative clause behind the main verb stands for: "A cook has come forward who says that …"."""
    verb = clause.head
    told = verb.lemma_ in STANCE_OF or verb.lemma_ in CLAUSE_VERBS or verb.lemma_ in ("ask", "wonder")
    if clause.dep_ not in ("ccomp", "advcl", "dep", "parataxis") or verb.i > clause.i or told:
        return None
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS and child.tag_ != "WP"), None)
    return None if subject is None or any(part.lower_ == "no" for part in subject.lefts) else subject


def _holder(place: Token) -> Token | None:
    """The person whose place or body a phrase names right before *who*: "the envoy to Peru, who …"."""
    link = place.head
    if place.dep_ != "pobj" or link.lower_ not in ("of", "to", "for", "at", "from", "in"):
        return None
    person = link.head
    named = states.of(place.doc).is_state(place.text) or KIND_OF.get(place.lemma_.lower()) in ("body", "organisation")
    known = kinds.is_human(person.lemma_.lower()) or person.lemma_.lower() in (*OFFICES, *PEOPLE)
    return person if named and known and person.pos_ in ("NOUN", "PROPN") else None


def of_whose(pronoun: Token) -> Token:
    """The noun that *whose* stands for; any other word as it is."""
    if pronoun.tag_ != "WP$":
        return pronoun
    clause = next((word for word in pronoun.ancestors if word.dep_ == "relcl"), None)
    if clause is not None and sources.can_speak(clause.head):
        return sources.named(clause.head)
    near = pronoun.doc[max(pronoun.sent.start, pronoun.i - _WITHIN) : pronoun.i]
    return next(
        (word for word in reversed(near) if word.pos_ in ("NOUN", "PROPN") and sources.can_speak(word)), pronoun
    )
