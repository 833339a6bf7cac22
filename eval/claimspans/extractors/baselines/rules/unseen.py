"""Answers that say nothing: something is not seen, no evidence is found, no word is uttered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .negation import is_negated
from .source_words import KIND_OF
from .vocabulary import EVIDENCE

if TYPE_CHECKING:
    from spacy.tokens import Token


def unseen(verb: Token) -> bool:
    """Whether a speaker has not seen or heard of what he is asked about: "we have heard nothing of any tanks"."""
    if _without_evidence(verb):
        return True
    if verb.lemma_ not in ("see", "hear") or any(child.dep_ in ("ccomp", "xcomp") for child in verb.children):
        return False
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    so_far = any(child.lemma_ == "have" and child.dep_ == "aux" for child in verb.children)
    if so_far and is_negated(verb) and any(KIND_OF.get(noun.lemma_) == "document" for noun in objects):
        return True
    nothings = (child for child in verb.children if child.lower_ == "nothing")
    nothing = any(part.lower_ == "of" for child in nothings for part in child.children)
    mine = any(child.dep_ == "nsubj" and child.lower_ in ("i", "we") for child in verb.children)
    told = verb.dep_ == "ccomp" and verb.head.lemma_ in ("say", "note", "add", "insist", "state", "reply", "write")
    mine = mine or (told and any(child.dep_ == "nsubj" and child.pos_ == "PRON" for child in verb.children))
    seen = any(child.dep_ in ("dobj", "prep") and child.i > verb.i for child in verb.children)
    return nothing or (mine and seen and is_negated(verb))


def _without_evidence(verb: Token) -> bool:
    """Whether no evidence is seen or found: "has seen no sign that …"."""
    found = [child for child in verb.children if child.dep_ == "dobj" and child.lemma_ in EVIDENCE]
    denied = is_negated(verb) or any(
        part.lower_ in ("no", "little", "scant") for noun in found for part in noun.children
    )
    return verb.lemma_ in ("see", "find", "hear", "discover", "uncover") and bool(found) and denied


def uttered(verb: Token) -> bool:
    """Whether no word is spoken: "uttered not a word", "not a syllable did he breathe"."""
    if verb.lemma_ not in ("utter", "breathe", "whisper", "murmur"):
        return False
    said = (child for child in verb.children if child.lower_ in ("word", "syllable", "sound", "nothing"))
    denied = (word.lower_ for child in said for word in (child, *child.children))
    return is_negated(verb) or any(word in ("not", "no", "nothing", "hardly", "scarcely") for word in denied)
