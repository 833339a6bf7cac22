"""Subjects that the small model parts from their verbs, by what stands before them or between both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..clauses import has_subject
from ..sources import can_speak
from .trees import FINITE

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ASIDES = ("relcl", "appos", "acl")


def mend(parsed: Doc) -> None:
    """A phrase that ends right before a verb without a subject is that, be there an aside behind it or not."""
    for token in parsed:
        if _opens_row(token) or (_is_second(token) and can_speak(token)):
            _make_subject(token)


def _opens_row(noun: Token) -> bool:
    """Whether a noun is the first of a row behind a fronted one: "In Kest, Vale and Marsh denied it"."""
    own = {child.dep_ for child in noun.children} >= {"conj", "cc"}
    return (
        own
        and noun.dep_ == "conj"
        and noun.head.dep_ == "pobj"
        and not any(child.dep_ == "cc" for child in noun.head.children)
    )


def _is_second(noun: Token) -> bool:
    """Whether a noun with an article is taken for a part of the phrase before it: "In Kest a minister denied it"."""
    opened = (
        noun.doc[noun.left_edge.i].dep_ == "det" and noun.left_edge.i > 0 and noun.left_edge.nbor(-1).dep_ == "pobj"
    )
    return opened and noun.pos_ == "NOUN" and noun.head.pos_ == "ADP" and noun.dep_ in ("prep", "pobj")


def _make_subject(noun: Token) -> None:
    """Of the verb behind a fronted phrase: "Two days after the sale, a clerk at the depot recalled …"."""
    parsed, verb = noun.doc, noun.head
    while verb.dep_ in ("pobj", "prep", "npadvmod", "pcomp") and verb.head != verb:
        verb = verb.head
    first = min([verb.i, *(child.i for child in verb.children if child.dep_ in ("aux", "auxpass", "neg"))])
    start, end = noun.left_edge.i, noun.right_edge.i + 1
    parted = start > 0 and (parsed[start - 1].text == "," or _is_second(noun))
    finite = verb.tag_ in FINITE or any(child.tag_ in FINITE for child in verb.children)
    aside = any(child.dep_ in _ASIDES and child.i > noun.i for child in noun.children)
    end += aside and end < first and parsed[end].text == ","
    if not parted or verb.pos_ not in ("VERB", "AUX") or not finite or end != first or has_subject(verb):
        return
    noun.head = verb
    noun.dep_ = "nsubjpass" if any(child.dep_ == "auxpass" for child in verb.children) else "nsubj"
