"""Predicate adjectives that take a position."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import shared_cues, sources
from .adjective_words import ADJECTIVE_STANCE_OF
from .cue_type import Cue
from .negation import is_negated
from .polarity import Polarity, polarity
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_COPULAS = words("be remain seem feel become stay grow keep look appear sound stand get make fall go lie")
_NEED_CONTENT = words(
    "certain sure aware open willing prepared determined committed positive satisfied confident persuaded "
    "sorry convinced "
    "pleased delighted relieved hopeful optimistic surprised proud clear vague evasive critical angry ignorant upset "
    "reticent guarded candid bitter cynical sad mute cool uncertain unsure suspicious dismissive embarrassed puzzled "
    "stunned disappointed gloomy supportive enthusiastic apologetic contrite timid despairing secretive undecided "
    "agitated stricken unmoved grateful flattered thrilled "
    "impressed emphatic insistent amused agreed unanimous"
)
"""Adjectives that are cues only with what they are about."""
_CONVINCED = words("convinced persuaded satisfied confident impressed")


def adjective_cue(word: Token) -> Cue | None:
    """A predicate adjective of feeling, will or knowledge."""
    if named := shared_cues.behind_predicate(word):
        stance = ADJECTIVE_STANCE_OF[word.lower_]
        if word.lower_ in _CONVINCED and any(token.lower_ == "less" for token in word.lefts):
            stance = "dispute"
        return Cue(word.i, word.i + 1, word, stance, stance == "evasion", named)
    if word.dep_ not in ("acomp", "attr", "oprd", "ROOT", "conj", "ccomp", "advcl", "acl", "amod", "relcl"):
        return None
    verb = word if word.pos_ == "VERB" and not (word.dep_ == "acomp" and word.head.pos_ == "AUX") else word.head
    if word.dep_ == "conj" and word.head.pos_ in ("ADJ", "VERB"):
        verb = word.head.head if word.head.dep_ == "acomp" else word.head
    if word.dep_ in ("acomp", "attr", "oprd") and verb.lemma_ not in _COPULAS:
        return None
    if word.dep_ == "amod":
        return None
    passive = [each for child in verb.children if child.dep_ == "nsubjpass" for each in sources.joined(child)]
    speakers = passive or sources.of_verb(verb)
    if not speakers or polarity(verb) is Polarity.UNSPOKEN or not all(sources.can_speak(token) for token in speakers):
        return None
    stance = ADJECTIVE_STANCE_OF[word.lower_]
    has = any(child.dep_ in ("prep", "ccomp", "xcomp", "advcl") for child in word.children)
    has = has or any(child.dep_ == "ccomp" for child in verb.children)
    if any(token.lower_ == "it" for token in speakers) and has and not word.head.sent.start < verb.i - 3:
        has = any(child.dep_ == "prep" for child in word.children)
    negated = is_negated(verb)
    if word.lower_ in _NEED_CONTENT and not has and not (negated and word.lower_ in _CONVINCED):
        return None
    start = word.i
    while start > 1 and word.doc[start - 1].text == "-" and not word.doc[start - 1].whitespace_:
        start -= 2
    if negated and word.lower_ in _CONVINCED:
        return Cue(start, word.i + 1, word, "dispute", False, speakers)
    if stance in ("assertion", "confirmation") and negated:
        return Cue(start, word.i + 1, word, "evasion", True, speakers)
    return Cue(start, word.i + 1, word, "assertion" if negated and stance == "concern" else stance, False, speakers)
