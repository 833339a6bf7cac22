"""The prepositions of an event's clause that may name its parties, also where the parser gives them to another word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import SUBJECTS, own_words, scope
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_ASIDES = words("which who whom as once a an all if though although whose then long to in since")
"""What opens a phrase between commas."""


def links(word: Token) -> list[Token]:
    """The prepositions that may name a party of an event, in its clause and not in its subject."""
    own = own_words(word)
    top = scope(word)
    apart = [
        part
        for part in top.subtree
        if (part.dep_ in SUBJECTS and part.head == top) or (part.dep_ == "acl" and part not in (top, word))
    ]
    own -= {token.i for part in apart for token in part.subtree}
    found = [
        token
        for token in top.subtree
        if token.i in own
        and token.head.lower_ != "according"
        and token.dep_ in ("prep", "agent", "dative", "conj")
        and token.pos_ in ("ADP", "SCONJ", "PART")
    ]
    return found + list(_joined(word, found)) + _cleft(word) + _behind_aside(word, found)


def _joined(word: Token, found: list[Token]) -> Iterator[Token]:
    """The prepositions behind "and" that repeat one of an event's, but that the parser gives to another verb."""
    known = {link.lower_ for link in found if link.i > word.i}
    for token in word.sent:
        again = token.i > word.i and token.lower_ in known and token not in found and token.pos_ in ("ADP", "SCONJ")
        if again and token.nbor(-1).lower_ in ("and", "then") and token.head.pos_ in ("VERB", "AUX", "ADP"):
            yield token
            yield from (child for child in token.children if child.dep_ == "prep")


def _behind_aside(verb: Token, found: list[Token]) -> list[Token]:
    """The preposition behind a clause between commas, read as a part of it: "sold to Chile, which …, by Peru"."""
    if verb.pos_ != "VERB":
        return []
    own = [word for word in verb.sent if word.i > verb.i and word not in found]
    commas = [word.i for word in own if word.text == ","]
    if len(commas) != 2 or verb.doc[commas[0] + 1].lower_ not in _ASIDES:
        return []
    link = verb.doc[commas[1] + 1] if commas[1] + 1 < verb.sent.end else verb
    known = {each.lower_ for each in found if each.i > verb.i}
    return [link] if link.lower_ in {"by", "to", "from"} - known and link in own else []


def _cleft(verb: Token) -> list[Token]:
    """The preposition that a cleft puts in front: "It was by Chile that Peru was armed"."""
    if verb.dep_ not in ("ccomp", "advcl", "relcl", "acl"):
        return []
    link = verb.head.head
    if verb.head.dep_ == "pobj" and link.dep_ == "prep" and link.head.lemma_ == "be" and verb.sent[0].lower_ == "it":
        return [link]
    if verb.head.lemma_ != "be":
        return []
    return [child for child in verb.head.children if child.dep_ == "prep" and child.i < verb.i]
