"""Whether a word of judgment judges where it stands, or only names or describes a thing: "a fake", "fake tanks"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import SUBJECTS
from .goods import ENTRY_OF
from .plain_text import one_of
from .said_nouns import is_told
from .vocabulary import STANCE_OF
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_PREDICATES = ("attr", "acomp", "oprd", "ROOT", "ccomp", "xcomp", "appos", "dobj", "dep", "advcl", "parataxis", "intj")
_ACTIVE = ("VB", "VBP", "VBZ", "VBD")
_INVENTING = words(
    "invent stage forge fabricate concoct imagine fake doctor falsify confect counterfeit inflate exaggerate taint blur"
)
"""What is done to a story makes it false; to a thing it makes it."""
_TOLD = words(
    "it this that all everything them these those what which evidence quote quotation name number affair whole incident"
)
_CONCERNS = words("fear fears concern concerns")
_GROWING = words("be grow remain mount persist rise deepen stay seem become increase")


def judges(kind: str, token: Token, found: str) -> bool:
    """Whether words found at a token, which are of a stance's kind, take it."""
    if token.tag_ in _ACTIVE and STANCE_OF.get(token.lemma_) == kind:
        return False  # a cue where it is said, and nothing where it is not
    if len(found) > len(token.text):
        return True
    if token.text[:1].isupper() and (token.tag_ in ("NNP", "NNPS") or token.ent_type_) and not _opens(token):
        return False
    if token.dep_ == "compound" and not _is_told(token.head):
        return False
    if kind in ("denial", "dispute"):
        return _denies(token)
    named = kind == "concern" and token.lower_ in _CONCERNS and token.pos_ == "NOUN"
    return not (named and token.dep_ in SUBJECTS and token.head.lemma_ not in _GROWING)


def _denies(token: Token) -> bool:
    """Whether a word of falsity or doubt is said of a claim, not of a thing."""
    if token.lemma_.lower() in _INVENTING and token.pos_ == "VERB":
        return _of_claim(token)
    if token.dep_ == "amod":
        thing = token.head
        return thing.pos_ not in ("NOUN", "PROPN") or _is_told(thing) or thing.dep_ in _PREDICATES
    first = token.head if token.dep_ == "conj" and token.head.pos_ == "NOUN" else token
    if token.pos_ == "NOUN" and first.dep_ in SUBJECTS and not _ends(first):
        verb = first.head
        exclaimed = STANCE_OF.get(verb.lemma_) is not None and any(word.is_punct for word in verb.doc[token.i : verb.i])
        there_is = verb.lemma_ == "be" and not any(child.dep_ == "attr" for child in verb.children)
        return exclaimed or there_is
    return not (token.lower_ == "error" and token.dep_ == "pobj" and token.head.lower_ in ("in", "by", "through"))


def _of_claim(verb: Token) -> bool:
    """Whether it is a story or an event that somebody has invented, not a thing."""
    objects = [child for child in verb.children if child.dep_ == "dobj" and child.i > verb.i]
    if objects:
        return any(_is_told(noun) for noun in objects)
    bare = verb.tag_ == "VBN" and not any(child.dep_ == "aux" for child in verb.children)
    if any(child.dep_ == "nsubj" for child in verb.children) and not bare:
        return False
    passive = [child for child in verb.children if child.dep_ in ("nsubjpass", "nsubj")]
    described = passive or ([verb.head] if verb.dep_ in ("acl", "amod") else [])
    return not any(one_of(noun.lower_) in ENTRY_OF or noun.lower_ == "barrels" for noun in described)


def _is_told(noun: Token) -> bool:
    return is_told(noun) or noun.lower_ in _TOLD


def _ends(token: Token) -> bool:
    """Whether a punctuation mark or the end of the text stands behind a word."""
    return token.i + 1 == len(token.doc) or token.nbor().is_punct


def _opens(token: Token) -> bool:
    """Whether a sentence or a quotation begins with a word."""
    return token.is_sent_start is True or token.i == 0 or token.nbor(-1).is_punct
