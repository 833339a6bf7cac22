"""Nouns and adjectives that take a position, and verbs that the parser takes for nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import sources
from .polarity import Polarity, is_negated, polarity
from .vocabulary import ADJECTIVE_STANCE_OF, LIGHT_VERBS, NOUN_STANCE_OF, STANCE_OF
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_COPULAS = words("be remain seem feel become stay grow keep look appear sound stand get")
_ABOUT = ("about", "over", "at", "of", "on", "that", "regarding", "concerning", "for", "to", "by")


class Cue(NamedTuple):
    """A cue by the places of its first token and of the one behind its last; ``negated`` where it commits to nothing.

    ``token`` is the word itself, ``stance`` that of its kind, before its content is read.
    """

    start: int
    end: int
    token: Token
    stance: str
    negated: bool
    speakers: list[Token]


def noun_cue(noun: Token) -> Cue | None:
    lemma = noun.lemma_.lower()
    stance = NOUN_STANCE_OF.get(lemma) or NOUN_STANCE_OF.get(noun.lower_)
    before = noun.nbor(-1) if noun.i > 0 else None
    if lemma == "comment" and before is not None and before.lower_ == "no" and noun.dep_ in ("dobj", "conj"):
        speakers = sources.of_verb(noun.head)
        return Cue(noun.i - 1, noun.i + 1, noun, "evasion", True, speakers)
    if stance is None:
        return None
    verb = noun.head
    while verb.dep_ == "conj" and verb.pos_ == "NOUN":
        verb = verb.head.head if verb.head.dep_ == "dobj" else verb.head
    carried = noun.dep_ in ("dobj", "conj") and verb.pos_ in ("VERB", "AUX") and verb.lemma_ in LIGHT_VERBS
    if carried and not any(child.dep_ == "ccomp" for child in verb.children):
        stands = polarity(verb)
        if stands is Polarity.UNSPOKEN:
            return None
        if lemma in ("statement", "remark", "remarks", "claim", "announcement", "data", "account") and not _own_content(
            noun
        ):
            return None
        negated = any(child.lower_ == "no" for child in noun.children) or stands is Polarity.NEGATED
        return Cue(
            noun.i,
            noun.i + 1,
            noun,
            "assertion" if negated and stance == "concern" else stance,
            negated and stance != "concern",
            sources.of_verb(verb),
        )
    owners = [token for token in sources.possessives(noun) if token.lower_ not in ("its", "their", "his", "her", "our")]
    if (
        owners
        and _own_content(noun)
        and lemma not in ("evidence", "data", "offer", "threat", "protest", "anger", "regret")
    ):
        return Cue(noun.i, noun.i + 1, noun, stance, False, [owners[0]])
    agents = [
        obj
        for child in noun.children
        if child.lower_ == "by"
        for obj in child.children
        if obj.dep_ == "pobj" and sources.can_speak(obj)
    ]
    if agents and _own_content(noun):
        return Cue(noun.i, noun.i + 1, noun, stance, False, agents)
    return None


def mistaken_cue(noun: Token) -> Cue | None:
    """A verb behind its subject that the parser takes for a noun: "…, the envoy claims."."""
    lemma = noun.lemma_.lower()
    before = noun.nbor(-1) if noun.i > noun.sent.start else None
    if noun.tag_ != "NNS" or lemma not in STANCE_OF or before is None or before.dep_ not in ("compound", "amod"):
        return None
    follows = noun.i + 1 == len(noun.doc) or noun.nbor().is_punct
    article = before.left_edge.i > 0 and before.nbor(-1).pos_ == "DET" and before.i - 2 >= noun.sent.start
    if not (follows and article and sources.can_speak(before) and noun.doc[before.i - 2].is_punct):
        return None
    return Cue(noun.i, noun.i + 1, noun, STANCE_OF[lemma], False, [before])


def _own_content(noun: Token) -> bool:
    """Whether what a noun of saying or feeling is about depends on it."""
    if (
        noun.dep_ == "nsubj"
        and noun.head.lemma_ == "be"
        and any(child.dep_ in ("ccomp", "advcl") for child in noun.head.children)
    ):
        return True
    return any(
        (child.dep_ == "prep" and child.lower_ in _ABOUT)
        or (child.dep_ in ("acl", "ccomp", "relcl") and child.tag_ != "WDT" and child.dep_ != "relcl")
        for child in noun.children
    )


def adjective_cue(word: Token) -> Cue | None:
    """A predicate adjective of feeling, will or knowledge."""
    if word.dep_ not in ("acomp", "attr", "oprd", "ROOT", "conj", "ccomp", "advcl", "acl", "amod", "relcl"):
        return None
    verb = word if word.pos_ == "VERB" else word.head
    if word.dep_ == "conj" and word.head.pos_ in ("ADJ", "VERB"):
        verb = word.head.head if word.head.dep_ == "acomp" else word.head
    if word.dep_ in ("acomp", "attr", "oprd") and verb.lemma_ not in _COPULAS:
        return None
    if word.dep_ == "amod":
        return None
    speakers = sources.of_verb(verb)
    if not speakers or polarity(verb) is Polarity.UNSPOKEN or not all(sources.can_speak(token) for token in speakers):
        return None
    stance = ADJECTIVE_STANCE_OF[word.lower_]
    has = any(child.dep_ in ("prep", "ccomp", "xcomp", "advcl") for child in word.children)
    has = has or any(child.dep_ == "ccomp" for child in verb.children)
    if (
        word.lower_
        in (
            "certain",
            "sure",
            "aware",
            "open",
            "willing",
            "prepared",
            "determined",
            "committed",
            "positive",
            "satisfied",
            "confident",
            "persuaded",
            "sorry",
        )
        and not has
    ):
        return None
    negated = is_negated(verb)
    if stance in ("assertion", "confirmation") and negated:
        return Cue(word.i, word.i + 1, word, "evasion", True, speakers)
    return Cue(word.i, word.i + 1, word, "assertion" if negated and stance == "concern" else stance, False, speakers)
