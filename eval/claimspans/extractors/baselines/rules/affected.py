"""Feelings of the object of a verb: "has left the villagers uneasy", "put the fishermen on edge"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import source_phrases, sources
from .adjective_words import ADJECTIVE_STANCE_OF
from .cue_type import Cue
from .polarity import Polarity, polarity
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAKING = words("leave make render keep turn get set have find")
_PUTTING = words("put set keep leave have")
_FEELING = words(
    "uneasy nervous anxious worried alarmed fearful jittery apprehensive restless frightened terrified afraid scared "
    "dismayed horrified distraught fretful shaken rattled troubled perturbed disquieted petrified aghast appalled "
    "panicky queasy edgy jumpy unsettled panicked agitated fretting uncomfortable spooked unnerved panic-stricken"
)
"""Adjectives of feeling that are said of the object of a verb."""
_EDGE = words("edge tenterhooks")


def affected(word: Token) -> Cue | None:
    """The cue of a feeling in which a verb leaves somebody."""
    if word.lower_ in _FEELING:
        verb = _verb_before(word, _MAKING)
    elif word.lower_ in _EDGE and word.i > 2 and word.nbor(-1).lower_ == "on":
        verb = _verb_before(word.nbor(-1), _PUTTING)
    else:
        return None
    if verb is None or polarity(verb) is not Polarity.SPOKEN:
        return None
    start = word.i - 1 if word.lower_ in _EDGE else word.i
    end = start
    while end > verb.i + 1 and word.doc[end - 1].pos_ == "ADV":
        end -= 1
    felt, behind = source_phrases.phrase(word.doc, verb.i + 1, end)
    if felt is None or behind != end or not sources.can_speak(felt):
        return None
    stance = ADJECTIVE_STANCE_OF.get(word.lower_, "concern")
    return Cue(start, word.i + 1, word, stance, False, [felt])


def _verb_before(word: Token, verbs: frozenset[str]) -> Token | None:
    """The verb with one phrase between it and a word."""
    near = word.doc[max(word.sent.start, word.i - 7) : word.i]
    return next((token for token in reversed(list(near)) if token.lemma_ in verbs and token.pos_ in _VERBAL), None)


_VERBAL = ("VERB", "AUX")
