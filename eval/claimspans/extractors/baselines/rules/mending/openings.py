"""What opens a sentence before a state that is its subject, and is read as a part of the state's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..clauses import has_subject
from ..word_lists import words
from .trees import PAST_AND_PRESENT

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from ..states import States

_HOW_OFTEN = words("twice thrice often once seldom lately yesterday tomorrow today tonight recently formerly")
_SHORTEST = 4
"""So many words has a sentence with such an opening."""


def mend(parsed: Doc, known: States) -> None:
    """A state is itself behind an adverb or a phrase: "Twice Chile sold tanks", "Through a broker Chile sold tanks"."""
    for sentence in parsed.sents:
        if len(sentence) < _SHORTEST:
            continue
        first, second = sentence[0], sentence[1]
        if first.lower_ in _HOW_OFTEN and first.dep_ == "compound" and known.is_state(second.text):
            _make_adverb(first)
        elif first.pos_ == "ADP" and known.is_state(second.text) and second.dep_ in ("compound", "nmod", "amod"):
            second.head, second.dep_ = first, "pobj"
        elif first.pos_ == "ADP":
            _part_subject(first, known)


def _make_adverb(word: Token) -> None:
    name = word.head
    word.tag_, word.pos_, word.lemma_ = "RB", "ADV", word.lower_
    if name.head != name:
        word.head, word.dep_ = name.head, "advmod"


def _part_subject(link: Token, known: States) -> None:
    """The state at the end of the phrase of a preposition is the subject of a verb that has none."""
    name = next((child for child in link.children if child.dep_ == "pobj"), None)
    if name is None or not known.is_state(name.text) or name.nbor(-1).dep_ != "compound" or name.nbor(-1).head != name:
        return
    verb = link.head
    before = name.nbor(-1)
    if before.pos_ != "NOUN" or verb.tag_ not in PAST_AND_PRESENT or verb.i != name.i + 1 or has_subject(verb):
        return
    before.head, before.dep_ = link, "pobj"
    for child in list(name.children):
        if child != before and child.i < before.i:
            child.head = before
    name.head, name.dep_ = verb, "nsubj"
