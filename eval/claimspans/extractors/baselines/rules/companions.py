"""Who stands beside a source in a row of names, and who is named there only as not being it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_FIRST = ("det", "poss", "nummod")
"""What begins the phrase of another person."""
_NO_ONE = frozenset(("one", "nobody", "none", "no-one", "anyone", "anybody"))
_EXCEPT = frozenset(("but", "except", "save", "bar", "excepting", "besides"))


def named_with(noun: Token) -> list[Token]:
    """Who is named with *along with*, and the first of two names with titles: "Prefect Orm and Judge Vael".

    The parser makes the first a part of the second.
    """
    names = [child for child in noun.children if child.dep_ == "nmod" and child.pos_ == "PROPN" == noun.pos_]
    beside = [
        each
        for part in ([noun, noun.head] if noun.dep_ == "nsubj" else [noun])
        for link in part.children
        if part == noun or link.i < part.i
        if link.dep_ in ("prep", "advmod") and link.i > noun.i and link.lower_ in ("along", "together")
        for joint in link.children
        if joint.lower_ == "with"
        for each in joint.children
        if each.dep_ == "pobj"
    ]
    return beside + [
        name for name in names if name.i < noun.i and any(child.lower_ == "and" for child in name.children)
    ]


def further_titles(noun: Token) -> list[Token]:
    """What else one person is, who is named behind: "its founder and chief executive, Hob Ansel"."""
    titles = [
        other
        for other in noun.conjuncts
        if other.i > noun.i and other.tag_ == "NN" == noun.tag_ and not any(c.dep_ in _FIRST for c in other.children)
    ]
    owned = any(child.dep_ in _FIRST for child in noun.children)
    names = (child for title in (noun, *titles) for child in title.children if child.dep_ == "appos")
    return titles if owned and any(name.pos_ == "PROPN" and name.i > noun.i for name in names) else []


def is_excluded(other: Token) -> bool:
    """Whether one who is joined to a source is said not to be it: "the mayor, and not the town, …"."""
    before = other.doc[max(other.sent.start, other.left_edge.i - 1) : other.left_edge.i + 1]
    return any(word.lower_ == "not" for word in before)


def excepted(noun: Token) -> Token | None:
    """The only one of whom something is true: "no one but the admiral denies it"."""
    if noun.lower_ not in _NO_ONE:
        return None
    links = (link for link in noun.children if link.i == noun.i + 1 and link.lower_ in _EXCEPT)
    return next((other for link in links for other in link.children if other.dep_ == "pobj"), None)


def meant(noun: Token) -> Token | None:
    """A source, or the one that is said to be it instead: "not the mayor but the clerk"."""
    if (other := excepted(noun)) is not None:
        return other
    contrast = any(child.lower_ == "but" and child.dep_ == "cc" for child in noun.children)
    if not contrast or not is_excluded(noun):
        return noun
    return next((child for child in noun.children if child.dep_ == "conj"), None)
