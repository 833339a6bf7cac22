"""Clauses whose subject the small model gives to another word: they are built again before anything is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_OF_NOUNS = ("det", "amod", "nummod", "poss", "compound", "nmod")


def mend(parsed: Doc) -> None:
    """Nouns side by side are one; a phrase that ends right before a verb without a subject is that."""
    for token in parsed:
        if token.dep_ == "appos" and token.pos_ == "NOUN" and token.head.i + 1 == token.i and token.head.pos_ == "NOUN":
            _join(token)
        if token.tag_ == "CD" and token.text.istitle() and token.i > token.sent.start:
            _make_name(token)
    for token in parsed:
        if token.dep_ == "appos" and token.head.dep_ in ("pobj", "npadvmod"):
            _give_subject(token)
        elif token.dep_ == "amod" and token.tag_ in ("VBD", "VBN") and token.head.dep_ == "ROOT":
            _make_verb(token)
        elif token.dep_ == "conj" and token.tag_ in _FINITE and token.head.pos_ == "VERB":
            _part_clause(token)
        elif token.dep_ == "csubj" and token.tag_ in _FINITE and token.head.dep_ == "ROOT":
            _raise(token)


def _join(noun: Token) -> None:
    """The second of two nouns side by side is no apposition but the head: "the tugboat skipper"."""
    first = noun.head
    if first.dep_ == "ROOT" or noun.text[:1].isupper() != first.text[:1].isupper():
        return
    before = [child for child in first.children if child.i < first.i and child.dep_ in _OF_NOUNS]
    behind = [child for child in first.children if child.i > noun.i]
    noun.head, noun.dep_ = first.head, first.dep_
    first.head, first.dep_ = noun, "compound"
    for child in (*before, *behind):
        child.head = noun


def _make_name(number: Token) -> None:
    """A number in capitals behind the name that it belongs to is a part of that: "Channel Six"."""
    before = number.nbor(-1)
    if before.pos_ == "PROPN" and before.head == number and before.dep_ == "compound":
        number.tag_, number.pos_ = "NNP", "PROPN"


def _give_subject(noun: Token) -> None:
    """To a verb behind a fronted phrase: "Two days after the sale, a clerk at the depot recalled …"."""
    verb = noun.head
    while verb.dep_ in ("pobj", "prep", "npadvmod", "pcomp") and verb.head != verb:
        verb = verb.head
    first = min([verb.i, *(child.i for child in verb.children if child.dep_ in ("aux", "auxpass", "neg"))])
    parted = noun.left_edge.i > 0 and noun.left_edge.nbor(-1).text == ","
    finite = verb.tag_ in _FINITE or any(child.tag_ in _FINITE for child in verb.children)
    if not parted or verb.pos_ not in ("VERB", "AUX") or not finite or noun.right_edge.i + 1 != first:
        return
    if any(child.dep_ in _SUBJECTS for child in verb.children):
        return
    noun.head = verb
    noun.dep_ = "nsubjpass" if any(child.dep_ == "auxpass" for child in verb.children) else "nsubj"


def _make_verb(verb: Token) -> None:
    """Of a participle with a noun before it: "The mayor voiced concern", read as a voiced concern."""
    noun = verb.head
    subjects = [child for child in verb.children if child.dep_ == "npadvmod" and child.i + 1 == verb.i]
    if not subjects or verb.i + 1 != noun.i and noun.left_edge.i < verb.i - 1 and noun.i - verb.i > 3:
        return
    subject = subjects[0]
    before = [child for child in noun.children if child.i < subject.i]
    rest = [child for child in noun.children if child.dep_ == "punct" and child.i > noun.i]
    if not before:
        return
    verb.head, verb.dep_ = verb, "ROOT"
    verb.tag_, verb.pos_ = "VBD", "VERB"
    noun.head, noun.dep_ = verb, "dobj"
    subject.dep_ = "nsubj"
    for child in before:
        child.head = subject if child.dep_ in _OF_NOUNS else verb
    for child in rest:
        child.head = verb


def _part_clause(verb: Token) -> None:
    """A clause without *that*, read as a second verb: "recalled the rifles were rusty"."""
    first = verb.head
    noun = next((child for child in first.children if child.dep_ == "dobj" and first.i < child.i < verb.i), None)
    if noun is None or noun.right_edge.i + 1 != verb.i or any(child.dep_ in _SUBJECTS for child in verb.children):
        return
    if any(child.dep_ == "cc" for child in first.children) or noun.left_edge.i != first.i + 1:
        return
    verb.dep_ = "ccomp"
    noun.head, noun.dep_ = verb, "nsubj"


def _raise(verb: Token) -> None:
    """A verb of saying read as the subject of what it says: "Peru reckoned the rifles were rusty"."""
    inner = verb.head
    noun = next((child for child in verb.children if child.dep_ == "dobj" and verb.i < child.i < inner.i), None)
    if noun is None or noun.left_edge.i != verb.i + 1 or not any(child.dep_ == "nsubj" for child in verb.children):
        return
    verb.head, verb.dep_ = verb, "ROOT"
    inner.head, inner.dep_ = verb, "ccomp"
    noun.head, noun.dep_ = inner, "nsubj"
