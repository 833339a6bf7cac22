"""Nouns of trust that a claim is denied, and of doubt that is about a claim: "gives the story no credence"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .said_nouns import FIGURES, is_told
from .source_words import KIND_OF
from .vocabulary import SAID
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

TRUST = words("credence faith trust confidence belief credit credibility")
"""What somebody does not have in a claim who doubts it: "gives it no credence"."""


def is_mistrust(noun: Token, verb: Token, *, negated: bool) -> bool:
    """Whether a claim is not trusted: "lends no credence to the tale", "has little faith in the count"."""
    links = [
        child for part in (noun, verb) for child in part.children if child.lower_ in ("in", "to") and child.i > noun.i
    ]
    trusted = [child for link in links for child in link.children]
    trusted += [child for child in verb.children if child.dep_ == "dative" or (child.dep_ == "dobj" and child != noun)]
    trusted += [child for child in noun.children if child.dep_ == "compound"]
    return negated and any(map(is_told, trusted))


def _is_said(word: Token) -> bool:
    lemma = word.lemma_.lower()
    return lemma in SAID or word.lower_ in SAID or lemma in FIGURES or KIND_OF.get(lemma) == "document"


def is_of_claim(noun: Token) -> bool:
    """Whether a noun of doubting is about a claim, not about a deed or a thing."""
    links = [
        child for part in (noun, noun.head) for child in part.children if child.dep_ == "prep" and child.i > noun.i
    ]
    return any(_is_said(word) for link in links for word in link.children) or any(
        child.dep_ in ("ccomp", "acl") for child in noun.children
    )
