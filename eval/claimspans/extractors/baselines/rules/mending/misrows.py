"""Rows of sources that the small parser takes apart wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import sources, states
from .trees import hang

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ..states import States


def part_pair(first: Token) -> None:
    """Two sources of which the first is taken for a part of the second: "a stoker and Western diplomats"."""
    head = first.head
    links = [child for child in first.children if child.dep_ == "cc"] + [
        child for child in head.children if child.dep_ == "cc" and first.i < child.i < head.i
    ]
    if not links or not first.i < links[0].i < head.i or first.tag_ not in ("NN", "NNP") or head.tag_ != "NNS":
        return
    articles = [child for child in (*first.children, *head.children) if child.dep_ == "det" and child.i < first.i]
    if not articles or not sources.can_speak(first) or first.nbor(-1).dep_ not in ("det", "amod", "compound", "nmod"):
        return
    if not sources.can_speak(head):
        return
    parts = [child for child in first.children if child.dep_ == "conj" and links[0].i < child.i < head.i]
    before = [child for child in head.children if child.i < first.i and child.dep_ != "punct"]
    first.head, first.dep_ = head.head, head.dep_
    head.head, head.dep_ = first, "conj"
    hang((*before, links[0]), first)
    for part in parts:
        part.head, part.dep_ = head, "compound"


def part_from_place(other: Token) -> None:
    """A source that is joined to the place of the one before it: "the envoy to Peru and prosecutors"."""
    place = other.head
    person, known = place.head.head, states.of(other.doc)
    if not (known.is_state(place.text) and person.pos_ == "NOUN" and sources.can_speak(person)):
        return
    if known.is_state(other.text) or not sources.can_speak(other):
        return
    hang([link for link in place.children if link.dep_ == "cc"], person)
    other.head = person


def make_row(second: Token) -> None:
    """The second of three sources, which is taken for an apposition: "the bosun, Norpress and the miners denied it"."""
    first = second.head
    pair = any(child.dep_ == "cc" for child in second.children) or any(
        child.dep_ == "nmod" and any(part.dep_ == "cc" for part in child.children) for child in second.children
    )
    ends = second.right_edge.i + 1 < len(second.doc) and second.right_edge.nbor().text != ","
    if not pair or not ends or first.tag_ not in ("NN", "NNP") or not sources.can_speak(second):
        return
    named = next((child for child in second.children if child.dep_ == "nmod" and child.i < second.i), None)
    if named is not None and named.pos_ == "PROPN":
        adjectives = [child for child in named.children if child.dep_ == "conj"]
        named.head, named.dep_ = first, "conj"
        second.head, second.dep_ = named, "conj"
        for word in adjectives:
            word.head, word.dep_ = second, "amod"
    elif sources.can_speak(first):
        second.dep_ = "conj"


def part_from_object(first: Token, known: States) -> None:
    """The object of a side without a verb is no part of its phrase: "…, the baker the miller", "…, Peru Chile"."""
    second = next((child for child in first.children if child.dep_ == "appos" and child.i > first.i), None)
    if second is not None and second.left_edge.i == first.i + 1 and second.left_edge.dep_ == "det":
        second.dep_ = "dep"
        return
    compound = first.dep_ == "compound" and first.head.i == first.i + 1
    if compound and known.is_state(first.text) and known.is_state(first.head.text):
        first.head, first.dep_ = first.head.head, "dep"
