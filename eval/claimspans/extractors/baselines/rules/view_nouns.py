"""Nouns of thinking that credit their sentence to somebody: "is of the opinion that …", "in his words"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import relatives, sources, states
from .cue_type import Cue
from .polarity import Polarity, polarity
from .vocabulary import NOUN_STANCE_OF, VIEW_NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Token


def view(noun: Token) -> Cue | None:
    """The cue of one of these constructions."""
    return _view(noun) or _of_opinion(noun)


def _of_opinion(noun: Token) -> Cue | None:
    """The noun of "is of the opinion that …", "was under the impression that …"."""
    link = noun.head
    held = noun.dep_ == "pobj" and link.lower_ in ("of", "under") and link.head.lemma_ in ("be", "remain")
    told = any(part.lower_ == "that" for clause in noun.children for part in clause.children)
    if not held or not told or polarity(link.head) is not Polarity.SPOKEN:
        return None
    return Cue(
        noun.i, noun.i + 1, noun, NOUN_STANCE_OF.get(noun.lemma_, "assertion"), False, sources.of_verb(link.head)
    )


def _view(noun: Token) -> Cue | None:
    """A noun that credits its sentence to somebody: "in his words", "by the union's count"."""
    lemma = noun.lemma_.lower()
    link = noun.head
    if noun.dep_ not in ("pobj", "pcomp") or link.pos_ not in ("ADP", "SCONJ"):
        return None
    if link.lower_ not in ("in", "by", "to", "on", "from") or lemma not in VIEW_NOUNS:
        return None
    if lemma == "mind" and link.lower_ != "to":
        return None
    if link.head.pos_ in ("NOUN", "PROPN", "PRON") and link.i > link.head.i and lemma != "knowledge":
        return None
    if link.lower_ == "on" and lemma == "word":
        return None
    owners = [*sources.possessives(noun), *(child for child in noun.children if is_nationality(child))]
    owners += [
        source
        for of in noun.children
        if of.lower_ == "of"
        for source in of.children
        if source.dep_ == "pobj" and sources.can_speak(source)
    ]
    stance = "confirmation" if NOUN_STANCE_OF.get(lemma) == "confirmation" else "assertion"
    return Cue(noun.i, noun.i + 1, noun, stance, False, [*map(relatives.of_whose, owners[:1])]) if owners else None


def is_nationality(word: Token) -> bool:
    """Whether an adjective or noun before another one names a state."""
    known = states.of(word.doc)
    return word.dep_ in ("amod", "compound", "nmod") and word.text[:1].isupper() and known.code(word.text) is not None
