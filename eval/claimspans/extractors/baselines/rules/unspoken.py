"""Verbs of saying that are only imagined, or denied together with the verb over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import SUBJECTS
from .vocabulary import STANCE_OF
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_FOLLY = words(
    "wrong foolish absurd idle pointless useless futile silly folly vain hard difficult impossible easy dishonest "
    "stupid ridiculous unwise rash madness nonsense childish churlish disingenuous perverse"
)


_REPORTED = words(
    "say believe think allege report know understand rumour rumor suppose feel presume reckon estimate consider hold "
    "assume suspect deem"
)
_KNOWING = words("know hear see believe think say claim tell suspect admit")


def only_imagined(verb: Token) -> bool:
    """Whether an infinitive is judged, not said: "it would be foolish, the envoy said, to deny it"."""
    if not any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children):
        return False
    judged = any(token.lower_ in _FOLLY for token in verb.doc[verb.sent.start : verb.i])
    parted = verb.i > 1 and verb.nbor(-1).lower_ == "to" and verb.nbor(-2).text == ","
    return judged and parted


def only_reported(verb: Token) -> bool:
    """Whether a participle says what others say of its noun: "the gunner said to have fired it", "thought to be"."""
    if verb.lemma_ not in _REPORTED or verb.tag_ not in ("VBN", "VBD") or verb.i + 2 >= len(verb.doc):
        return False
    if any(child.dep_ in ("aux", "auxpass", "dobj") and child.i < verb.i for child in verb.children):
        return False
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), verb)
    before = verb.doc[max(subject.left_edge.i - 1, verb.sent.start)]
    if before.i < subject.left_edge.i and before.pos_ in ("NOUN", "PROPN", "PRON", "DET", "SCONJ"):
        return False  # "the shells that the guards believed to be duds"
    governed = verb.nbor(2 if verb.nbor(2).tag_ == "VB" else 3 if verb.i + 3 < len(verb.doc) else 2)
    return verb.nbor().tag_ == "TO" and governed.tag_ == "VB"


def denied_to_have_said(verb: Token) -> bool:
    """Whether somebody denies that he said it himself: "denied ever having confirmed the sale"."""
    own = verb.dep_ in ("xcomp", "ccomp") and verb.tag_ in ("VBG", "VBN")
    return (
        own
        and (any(child.lower_ == "having" for child in verb.children) or verb.lemma_ in _KNOWING)
        and STANCE_OF.get(verb.head.lemma_) == "denial"
        and not any(child.dep_ in SUBJECTS for child in verb.children)
    )
