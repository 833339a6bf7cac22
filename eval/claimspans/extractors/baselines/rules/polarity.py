"""Whether a cue is spoken, negated or held back: negation, refusal, condition, question and future by the parse."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from .vocabulary import AHEAD, CONDITIONS, EVADED_WHEN_NEGATED, MODALS_AHEAD, SAYING_TARGETS, WITHHOLDING

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEGATIONS = frozenset(
    ("not", "n't", "n’t", "never", "neither", "nor", "hardly", "scarcely", "nothing", "no", "nobody")
)
_FIRST_PERSON = frozenset(("i", "we"))
_WITHHELD = frozenset(("nothing", "little", "no"))
_QUESTION_WORDS = frozenset(
    ("do", "does", "did", "has", "have", "had", "is", "are", "was", "were", "will", "would", "can")
)


class Polarity(Enum):
    """How a cue stands: said, said not to be said, or not said yet."""

    SPOKEN = "spoken"
    NEGATED = "negated"
    UNSPOKEN = "unspoken"


def polarity(cue: Token) -> Polarity:
    """How a verb of saying, or the verb that bears a noun or adjective of saying, stands in its sentence."""
    if _governed(cue) or _conditional(cue) or _asked(cue):
        return Polarity.UNSPOKEN
    negated = is_negated(cue)
    return Polarity.UNSPOKEN if not negated and _ahead(cue) else Polarity.NEGATED if negated else Polarity.SPOKEN


def is_negated(verb: Token) -> bool:
    """Whether a verb is negated: by a particle, a subject, an adverb, "yet to", or the verb that it is joined to."""
    if any(_negates(child, verb) for child in verb.children):
        return True
    if verb.dep_ == "xcomp" and verb.head.lemma_ in ("have", "be", "remain") and _yet(verb):
        return True
    if (
        verb.dep_ == "conj"
        and not _own_subject(verb)
        and any(child.lower_ in ("nor", "or") for child in verb.head.children)
    ):
        return is_negated(verb.head)
    return (
        verb.dep_ in ("xcomp", "pcomp")
        and verb.head.lemma_ in ("careful", "manage", "want", "seem", "appear")
        and any(child.dep_ == "neg" for child in verb.head.children)
    )


def withholds(verb: Token) -> bool:
    """Whether a verb of refusing or holding back governs one of saying: "declined to comment"."""
    if verb.lemma_ not in WITHHOLDING:
        return False
    governed = [
        word
        for word in verb.subtree
        if word.i > verb.i and word.pos_ in ("VERB", "NOUN", "AUX", "ADJ") and word.lemma_.lower() in SAYING_TARGETS
    ]
    return bool(governed) and governed[0].i - verb.i <= (6 if verb.lemma_ in ("decline", "refuse", "stop") else 4)


def evaded(verb: Token) -> bool:
    """Whether a negated cue says neither P nor not-P."""
    return verb.lemma_ in EVADED_WHEN_NEGATED


def _negates(child: Token, verb: Token) -> bool:
    if child.dep_ == "neg" or (child.lower_ in ("neither", "nor") and child.i < verb.i):
        return True
    if child.dep_ in ("preconj", "advmod", "cc") and child.lower_ in _NEGATIONS and child.lower_ not in ("nor", "no"):
        return child.i < verb.i
    if child.dep_ in ("nsubj", "nsubjpass") and verb.lemma_ != "say":
        return any(part.dep_ == "det" and part.lower_ in ("neither", "no") for part in child.children)
    return child.dep_ in ("dobj", "obj") and child.i > verb.i and (child.lower_ == "nothing" or _little(child))


def _little(noun: Token) -> bool:
    return noun.lower_ == "little" or any(part.lower_ == "no" and part.dep_ == "det" for part in noun.children)


def _yet(verb: Token) -> bool:
    before = {token.lower_ for token in verb.doc[max(verb.sent.start, verb.i - 4) : verb.i]}
    return "yet" in before and "to" in before


def _own_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def _helpers(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in ("aux", "auxpass")]


def _ahead(verb: Token) -> bool:
    """Under a modal of the future or of permission; but "I can, must, would say" says it."""
    for helper in _helpers(verb):
        if helper.lower_ in MODALS_AHEAD and helper.i < verb.i:
            return True
        if helper.lower_ in ("would", "could", "can", "must", "’d", "'d") and not _first_person(verb):
            return True
    if verb.dep_ == "conj" and not _own_subject(verb) and not _helpers(verb) and verb.tag_ == "VB":
        return _ahead(verb.head) or _governed(verb.head)
    return False


def _first_person(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ in _FIRST_PERSON for child in verb.children)


def _governed(verb: Token) -> bool:
    """An infinitive or gerund under a verb, noun or adjective that keeps it from being said."""
    infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
    head = verb.head
    if verb.dep_ == "conj" and verb.tag_ == "VB" and not _own_subject(verb) and head.tag_ == "VB":
        return _governed(head)
    if infinitive:
        if _yet(verb):
            return False
        if verb.dep_ == "xcomp" and head.lemma_ in (
            "go",
            "begin",
            "start",
            "continue",
            "appear",
            "seem",
            "come",
            "manage",
        ):
            return head.lemma_ == "go"
        return head.lemma_ != "careful"
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        anchor = head.head
        return anchor.lemma_ in ("short", "stop", "refrain", "accuse", "before", "without") or head.lower_ in (
            "of",
            "from",
            "without",
            "before",
            "for",
        )
    if verb.dep_ == "xcomp" and verb.tag_ == "VBG":
        return head.lemma_ in WITHHOLDING or head.lemma_ in AHEAD
    if verb.dep_ in ("ccomp", "xcomp") and verb.tag_ == "VB" and not _helpers(verb):
        return head.lemma_ in AHEAD | {"let", "make", "help", "demand", "suggest", "insist"} and verb.i > head.i
    return False


def _conditional(verb: Token) -> bool:
    """In a clause that *if*, *whether*, *before* or an inverted *should* opens."""
    current = verb
    for _ in range(4):
        marks = [child for child in current.children if child.dep_ in ("mark", "advmod") and child.i < current.i]
        if any(mark.lower_ in CONDITIONS for mark in marks):
            return True
        subject = next((child for child in current.children if child.dep_ == "nsubj"), None)
        if subject is not None and any(
            helper.lower_ in ("should", "were", "had") and helper.i < subject.left_edge.i
            for helper in _helpers(current)
        ):
            return not any(child.dep_ == "neg" and child.i < subject.i for child in current.children)
        if current.dep_ != "conj" or _own_subject(current):
            return False
        current = current.head
    return False


def _asked(verb: Token) -> bool:
    """In a question: the helper stands before the subject and the sentence ends with the mark."""
    sentence = verb.sent
    tail = [token.text for token in sentence[-3:]]
    if "?" not in tail:
        return False
    top = verb
    while top.dep_ in ("conj", "ccomp", "xcomp") and top.head != top and top.i > top.head.i:
        top = top.head
    subject = next((child for child in top.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    helpers = [
        child for child in top.children if child.lower_ in _QUESTION_WORDS or child.tag_ in ("WRB", "WP", "WDT", "MD")
    ]
    if top.pos_ == "AUX":
        helpers.append(top)
    return subject is None or any(helper.i < subject.i for helper in helpers)
