"""Names of those who are cited, which the small parser parts from what they are: "according to the mayor, Ana Lund"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import source_phrases, states
from ..clauses import SUBJECTS
from ..quotative_edges import CLOSING
from .trees import NOUNS, take_place

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_QUOTING = frozenset(("citing", "quoting", "cited", "quoted", "quotes", "cites"))


def mend(parsed: Doc) -> None:
    """Who is cited is the name at the end of its phrase, or the one behind a comma that says who that is."""
    for token in parsed[:-1]:
        led = token.lower_ == "to" and token.i > 0 and token.nbor(-1).lower_ == "according"
        if not led and token.lower_ not in _QUOTING:
            continue
        source, end = source_phrases.phrase(parsed, token.i + 1, token.sent.end, source_phrases.LINKS)
        if source is None or end >= len(parsed):
            continue
        if source.pos_ == "PROPN":
            _make_whole(source, token)
        elif source.tag_ == "NN" and parsed[end].text == ",":
            _name(source, end + 1)


def _make_whole(name: Token, link: Token) -> None:
    """A firm or an office before a name is a part of it: "quoted Norinex chief executive Ana Lund as saying"."""
    start = link.i + 1
    first = next(
        (word for word in name.doc[start : name.i] if word.dep_ in ("dobj", "pobj") and word.pos_ in NOUNS), None
    )
    if first is None or first.head.i >= start or any(word.pos_ == "ADP" for word in name.doc[start : name.i]):
        return
    if name.head.i < start or name.is_ancestor(link) or name.dep_ == "npadvmod":
        if name.is_ancestor(link):
            take_place(link, name)
            for child in [child for child in name.children if child.i < start or child.i > name.i]:
                child.head = link
        name.head, name.dep_ = first.head, first.dep_
        first.head, first.dep_ = name, "nmod"


def _name(source: Token, start: int) -> None:
    """The name behind a comma is that of the one before it, not a second subject."""
    parsed = source.doc
    name, end = source_phrases.phrase(parsed, start, source.sent.end)
    if name is None or name.pos_ != "PROPN" or parsed[start].pos_ != "PROPN" or name.is_ancestor(source):
        return
    closed = end >= len(parsed) or parsed[end].text in CLOSING
    others = [child for child in name.head.children if child.dep_ in SUBJECTS and child != name]
    alone = name.dep_ in SUBJECTS and not others
    if closed and not alone and not states.of(parsed).is_state(name.text) and not source.is_ancestor(name):
        name.head, name.dep_ = source, "appos"
