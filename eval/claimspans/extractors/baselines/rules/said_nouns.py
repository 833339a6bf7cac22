"""Nouns of what somebody has said: claims, figures, documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .source_words import KIND_OF
from .vocabulary import CLAIMS, SAID, STANCE_OF
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

FIGURES = words("number figure total tally count weight price range cost toll sum length date size")


def is_told(noun: Token) -> bool:
    """Whether a noun is a claim or a document."""
    lemma = noun.lemma_.lower()
    return lemma in CLAIMS or noun.lower_ in CLAIMS or KIND_OF.get(lemma) == "document"


def is_claim(noun: Token, verb: Token) -> bool:
    """Whether a noun is what somebody has said; of a verb of doubting also a document or a pronoun."""
    lemma = noun.lemma_.lower()
    if lemma in SAID or noun.lower_ in SAID or (lemma in FIGURES and lemma not in ("price", "cost", "weight")):
        return True
    doubted = STANCE_OF.get(verb.lemma_) in ("dispute", "denial", "condemnation")
    return doubted and (KIND_OF.get(lemma) == "document" or lemma in ("it", "this", "that"))
