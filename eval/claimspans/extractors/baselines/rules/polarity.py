"""Whether a cue is spoken, negated or held back: negation, refusal, condition, question and future by the parse."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from .vocabulary import (
    AHEAD,
    CONDITIONS,
    EVADED_WHEN_NEGATED,
    FORCING,
    IMPLYING,
    IMPLYING_WORDS,
    MODALS_AHEAD,
    PENDING,
    REPORTING,
    SAYING_TARGETS,
    WITHHOLDING,
)
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEGATIONS = frozenset(
    ("not", "n't", "n’t", "never", "neither", "nor", "hardly", "scarcely", "nothing", "no", "nobody")
)
_SUBJECTS = ("nsubj", "nsubjpass")
_NOT_DONE = words("of from without before for besides than to")
_MOVING = words(
    "speak use write rise appear emerge return phone call step stand come telephone go hurry rush move leave"
)
"""Verbs of moving and writing: what one did them for was said."""
_PERCEIVED = words("hear see catch find")
"""Verbs that perceive what somebody says: "you will not hear me deny it"."""
_TRIED = words("careful manage want seem appear bother care try seek attempt wish choose dare deign rush hurry go feel")
_ATTEMPTS = words("attempt effort move bid haste hurry rush reason need wish desire intention step steps mood cause inclination")
_NO_OPENING = re.compile(
    r"\W*(?:(?:and|but|yet|still) )?(?:(?:at|in|on|under|to|by|with|from|for) (?:no|none|neither)\b|never\b|not (?:once|one|a)\b"
    r"|nowhere\b|rarely\b|hardly\b|scarcely\b|seldom\b|nor\b|neither\b)",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\b(?:as soon as|by the time|the (?:very )?(?:day|moment|minute|hour|week|year)|once|in case|on condition|provided"
    r"|providing|supposing|assuming|in the event|when(?:ever)?)\b(?: that)?\W*$",
    re.IGNORECASE,
)
"""What opens a clause in the present tense about something to come."""
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
    if _fronted(verb) or held_back(verb):
        return True
    if verb.dep_ == "ccomp" and verb.tag_ in ("VB", "VBG") and verb.head.lemma_ in _PERCEIVED and _own_subject(verb):
        return is_negated(verb.head)
    edge = verb.left_edge.i
    if edge > verb.sent.start and verb.doc[edge - 1].lower_ in ("nor", "neither") and _helpers(verb):
        return True
    if nothing_to(verb) or (verb.dep_ == "pcomp" and verb.head.lower_ == "without"):
        return True
    if verb.head.lower_ in ("unable", "powerless") and _is_infinitive(verb):
        return True
    if (
        verb.dep_ == "conj"
        and not _own_subject(verb)
        and any(child.lower_ in ("nor", "or") for child in verb.head.children)
    ):
        return is_negated(verb.head)
    return False


def _fronted(verb: Token) -> bool:
    """Whether a negation opens the sentence, with the helper before the subject: "at no point did it deny"."""
    subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    helper = next((child for child in _helpers(verb) if subject is not None and child.i < subject.i), None)
    return helper is not None and _NO_OPENING.match(verb.doc[verb.sent.start : helper.i].text) is not None


def held_back(verb: Token) -> bool:
    """Whether a verb that is negated governs it: "did not bother to deny", "would not go so far as to deny"."""
    governor = verb.head
    if governor.lower_ == "as" and verb.dep_ == "pcomp":
        governor = governor.head
    if governor.lower_ == "far":
        governor = governor.head
    if verb.dep_ not in ("xcomp", "pcomp", "advcl") or governor.lemma_ not in _TRIED:
        return False
    return any(child.dep_ == "neg" for child in governor.children)


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
        return any(part.lower_ in ("neither", "no") and part.i < child.i for part in child.children)
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
        if helper.lower_ in ("would", "could", "can", "must", "’d", "'d") and not _says_it(verb, helper):
            return True
    if verb.dep_ == "conj" and not _own_subject(verb) and not _helpers(verb) and verb.tag_ == "VB":
        return _ahead(verb.head) or _governed(verb.head)
    return False


def _says_it(verb: Token, helper: Token) -> bool:
    """Whether what somebody can or would say is said: by himself, as he reports, or with *only*."""
    if _first_person(verb) or any(token.lower_ == "only" for token in verb.doc[helper.i : verb.i]):
        return True
    own = verb.dep_ == "ccomp" and any(
        child.dep_ == "nsubj" and child.lower_ in ("he", "she", "it", "they") for child in verb.children
    )
    return own and helper.lower_ in ("could", "can", "must")


def _first_person(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ in _FIRST_PERSON for child in verb.children)


def bearer(verb: Token) -> Token | None:
    """The verb with a subject that an infinitive or gerund hangs on: "was the first to say", "left without saying"."""
    for current in verb.ancestors:
        if current.i > verb.i or current.sent != verb.sent:
            return None
        if current.pos_ in ("VERB", "AUX") and any(child.dep_ in _SUBJECTS for child in current.children):
            return current
    return None


def _is_infinitive(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _governed(verb: Token) -> bool:
    """An infinitive or gerund under a verb, noun or adjective that keeps it from being said."""
    head = verb.head
    if verb.dep_ == "conj" and verb.tag_ == "VB" and not _own_subject(verb) and head.tag_ == "VB":
        return _governed(head)
    if _is_infinitive(verb):
        unable = verb.head.lower_ in ("unable", "powerless")
        return not (_yet(verb) or unable or nothing_to(verb) or held_back(verb) or _implied(verb))
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        if head.lower_ == "without":
            return not evaded(verb)
        if head.lower_ == "as" and head.head.lemma_ in REPORTING:
            return False
        anchor = head.head
        return anchor.lemma_ in ("short", "stop", "refrain", "accuse", "before") or head.lower_ in _NOT_DONE
    if verb.dep_ == "xcomp" and verb.tag_ == "VBG":
        return head.lemma_ in WITHHOLDING or head.lemma_ in AHEAD
    if verb.dep_ in ("ccomp", "xcomp") and verb.tag_ == "VB" and not _helpers(verb):
        done = head.lemma_ in ("let", "make", "have", "help") and head.tag_ in ("VBD", "VBN") and _own_subject(head)
        return head.lemma_ in AHEAD | {"let", "make", "help", "demand", "suggest", "insist"} and (
            verb.i > head.i and not done
        )
    return False


def nothing_to(verb: Token) -> bool:
    """Whether an infinitive says that nothing is said: "has nothing to say", "made no attempt to deny"."""
    head = verb.head
    if not _is_infinitive(verb):
        return False
    if head.lemma_ == "do":
        return any(child.lower_ in _WITHHELD and child.dep_ == "dobj" for child in head.children)
    if head.lower_ in _WITHHELD:
        return head.head.lemma_ in ("have", "do")
    return head.lower_ in _ATTEMPTS and any(child.lower_ in ("no", "little") for child in head.children)


def _implied(verb: Token) -> bool:
    """Whether the governor of an infinitive says that it was done: "was forced to admit", "was the first to deny"."""
    head = verb.head
    outer = bearer(verb)
    if outer is None or _ahead(outer) or _conditional(outer):
        return False
    past = outer.tag_ in ("VBD", "VBN") or any(child.tag_ in ("VBD", "VBZ", "VBP") for child in _helpers(outer))
    if head.lemma_ in IMPLYING or (took_time(head) and past):
        return True
    if any(child.dep_ == "neg" for child in head.children):
        return head.lemma_ == "careful"
    if head.lemma_ == "have" and verb.dep_ == "xcomp":
        return head.tag_ in ("VBD", "VBN")
    if head.lemma_ in FORCING:
        return past and any(child.dep_ in ("auxpass", "nsubjpass") for child in head.children)
    if head.lemma_ in REPORTING and any(child.dep_ in ("auxpass", "nsubjpass") for child in head.children):
        return any(child.lemma_ == "have" for child in _helpers(verb))
    if head.pos_ in ("ADJ", "NOUN", "ADV", "NUM"):
        return (past and head.lower_ in IMPLYING_WORDS) or (outer.lemma_ == "be" and head.lower_ in IMPLYING_WORDS)
    used = verb.dep_ in ("advcl", "xcomp") and head.lemma_ in _MOVING
    return used and past and not any(child.dep_ in ("auxpass", "nsubjpass") for child in head.children)


def took_time(verb: Token) -> bool:
    """Whether something took its time, and was said: "it took the firm a year to admit the loss"."""
    return verb.lemma_ == "take" and any(child.dep_ in _SUBJECTS and child.lower_ == "it" for child in verb.children)


def _conditional(verb: Token) -> bool:
    """In a clause that *if*, *whether*, *before* or an inverted *should* opens."""
    current = verb
    for _ in range(4):
        marks = [child for child in current.children if child.dep_ in ("mark", "advmod") and child.i < current.i]
        if any(mark.lower_ in CONDITIONS for mark in marks) or _to_come(current):
            return True
        if any(mark.lower_ in PENDING for mark in marks) and current.tag_ != "VBD":
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


def _to_come(verb: Token) -> bool:
    """Whether a clause in the present tense speaks of what is yet to happen: "once the ministry admits it"."""
    finite = next((child for child in _helpers(verb) if child.tag_ in ("VBZ", "VBP")), verb)
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if finite.tag_ not in ("VBZ", "VBP") or subject is None:
        return False
    return bool(_ONCE.search(verb.doc[verb.sent.start : subject.left_edge.i].text))


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
