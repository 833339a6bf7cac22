"""Which words name a cooperation: what two make with each other or exchange, a factory for another state, a pact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import SUBJECTS
from .event_words import lemma_of
from .goods import ENTRY_OF
from .plain_text import one_of
from .states import of
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAKING = words("build make develop produce manufacture assemble design construct")
_TOGETHER = words("together jointly")
_BUILDING = words("build open set establish found erect construct run operate start launch put equip plan")
_WORKS = words("factory plant works line facility yard shipyard workshop arsenal foundry mill assembly")
_JOINTLY = words("production development manufacture assembly venture project programme program construction company")
_DEALS = words("deal trade contract commerce tie link dealing")
_SIGNED = words("deal agreement accord pact treaty memorandum understanding")
_ARMS = words("arms weapon weapons military defence defense missile")
TAKING_UP = words("the this that any no such either these those")
SWAPPING = words("exchange swap barter trade")
"""Verbs of an exchange, which is a cooperation of those who give and take."""
COOPERATING = words(
    "cooperation co-operation cooperate co-operate partnership treaty alliance pact collaboration exchange"
)


def _is_made_with(verb: Token) -> bool:
    """Whether a state is with whom something is made: "building nothing with Peru"."""
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    links = [child for each in (verb, *objects) for child in each.children if child.lower_ == "with"]
    return any(of(verb.doc).code(noun.text) for link in links for noun in link.children)


def is_making(verb: Token) -> bool:
    """Whether two make something with each other: "are building drones together"."""
    if verb.lemma_ not in _MAKING or verb.pos_ != "VERB":
        return False
    outer = verb.head if verb.dep_ == "xcomp" else verb
    return any(part.lower_ in _TOGETHER for part in outer.subtree) or _is_made_with(verb)


def is_works(verb: Token) -> bool:
    """Whether a works for arms is built in another state: "built in Peru a factory for drones"."""
    if verb.pos_ != "VERB" or lemma_of(verb) not in _BUILDING:
        return False
    built = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    works = [noun for noun in built if noun.lemma_.lower() in _WORKS]
    known = of(verb.doc)
    places = [link for part in (verb, *works) for link in part.children if link.lower_ in ("in", "for", "on", "at")]
    return bool(works) and any(known.named(verb.doc[link.i : link.right_edge.i + 1].text) for link in places)


def is_pact(noun: Token) -> bool:
    """Whether a noun is of what two have or make together: "arms deals between", "joint production"."""
    if noun.pos_ != "NOUN" or noun.dep_ == "compound":
        return False
    parts = {child.lower_ for child in noun.children}
    if noun.lemma_.lower() in _JOINTLY:
        return not {"joint", "common", "shared"}.isdisjoint(parts)
    links = {part.lower_ for part in noun.subtree if part.dep_ == "prep"}
    links |= {part.lower_ for part in noun.head.children if part.dep_ == "prep"} if noun.dep_ == "dobj" else set()
    joined = any(child.dep_ in SUBJECTS and any(child.conjuncts) for child in noun.head.children)
    if noun.lemma_.lower() in _DEALS and not _ARMS.isdisjoint(parts):
        return bool({"between", "with"} & links) or noun.head.lemma_ == "have" or joined
    about = [
        part for part in noun.subtree if part.lower_ in ("on", "over", "about", "for", "in") and part.dep_ == "prep"
    ]
    about += [part for part in noun.head.children if noun.dep_ == "dobj" and part.lower_ in ("on", "over", "about")]
    goods = any(one_of(word.lower_) in ENTRY_OF for link in about for word in link.subtree)
    goods = goods or any(one_of(child.lower_) in ENTRY_OF for child in noun.children if child.dep_ == "compound")
    return noun.lemma_.lower() in _SIGNED and goods and (bool({"between", "with"} & links) or joined)


def is_swap(verb: Token) -> bool:
    """Whether it is a verb of an exchange: "swapped rockets for radars"."""
    return verb.pos_ == "VERB" and lemma_of(verb) in SWAPPING


def is_taken_up(noun: Token) -> bool:
    """Whether a noun stands for a cooperation told of before: "denied any cooperation"."""
    bare = not any(child.dep_ in ("prep", "poss") for child in noun.children)
    return noun.pos_ == "NOUN" and bare and any(child.lower_ in TAKING_UP for child in noun.children)
