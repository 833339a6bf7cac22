"""Whether a cue is spoken, negated or held back: negation, refusal, condition, question and future by the parse."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from .clauses import SUBJECTS, has_subject, is_marked_passive
from .induced import induced
from .modals import says_it, says_only
from .negation import (
    held_back,
    helpers,
    is_infinitive,
    is_negated,
    is_unable,
    is_unceasing,
    is_yet_to,
    never_ceases,
    nothing_to,
)
from .unspoken import denied_to_have_said, only_imagined, only_reported
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
    STANCE_OF,
    WITHHOLDING,
)
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

OF_OFFERS = words("withdraw")
"""Verbs of denying that are also done to offers and troops."""
_BACKING = words("corroborate confess authenticate substantiate validate certify apologise apologize concede")
_CHARGING = words("accuse suspect charge convict")
_FAULTING = words(
    "fault blame criticise criticize rebuke reproach upbraid berate castigate censure slam lambast lambaste pillory "
    "denounce condemn chide scold mock ridicule deride taunt tease admonish reprimand attack praise commend thank "
    "applaud hail congratulate forgive punish fine sue fire sack dismiss jail arrest pardon reprove excoriate savage "
    "assail lampoon berate chastise shame roast ridicule"
)
"""Whose object did what a gerund with *for* says: "faulted the regiment for denying it"."""
_NOT_DONE = words("of from without before for besides than to")
_MOVING = words(
    "speak use write rise appear emerge return phone call step stand come telephone go hurry rush move leave"
)
"""Verbs of moving and writing: what one did them for was said."""
_ONCE = re.compile(
    r"\b(?:as soon as|by the time|the (?:very )?(?:day|moment|minute|hour|week|year)|once|in case|on condition|provided"
    r"|providing|supposing|assuming|in the event|when(?:ever)?)\b(?: that)?\W*$",
    re.IGNORECASE,
)
"""What opens a clause in the present tense about something to come."""
_NO_USE = re.compile(r"\bno(?: (?:use|point|sense|good)(?: in)?)?\s*$", re.IGNORECASE)
"""What opens a gerund that nobody does: "no denying it, we sold them"."""
_WEIGHING = words("consider contemplate mull weigh ponder discuss debate propose suggest recommend")
"""What governs a gerund that is not said yet: "is considering denying it"."""
_JUST = words("hardly scarcely barely sooner seldom rarely never only no nor neither not so")
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
    if only_imagined(cue) or only_reported(cue) or denied_to_have_said(cue):
        return Polarity.UNSPOKEN
    if _governed(cue) or _conditional(cue) or _asked(cue):
        return Polarity.UNSPOKEN
    negated = is_negated(cue)
    return Polarity.UNSPOKEN if not negated and _ahead(cue) else Polarity.NEGATED if negated else Polarity.SPOKEN


def withholds(verb: Token) -> bool:
    """Whether a verb of refusing or holding back governs one of saying: "declined to comment"."""
    if verb.lemma_ not in WITHHOLDING or never_ceases(verb):
        return False
    if any(child.dep_ == "xcomp" and _is_position(child.lemma_) for child in verb.children):
        return True
    if any(_is_position(word.lemma_) for link in verb.children if link.i < verb.i for word in link.children):
        return True  # "from denying it he refrained"
    governed = [
        word
        for word in verb.subtree
        if word.i > verb.i and word.pos_ in ("VERB", "NOUN", "AUX", "ADJ") and _is_position(word.lemma_.lower())
    ]
    return bool(governed) and governed[0].i - verb.i <= (6 if verb.lemma_ in ("decline", "refuse", "stop") else 4)


def _is_position(lemma: str) -> bool:
    """Whether a verb or noun is of saying, or a verb of denying or doubting."""
    return (
        lemma in SAYING_TARGETS
        or lemma in _BACKING
        or (STANCE_OF.get(lemma) in ("denial", "dispute") and lemma not in OF_OFFERS)
    )


def evaded(verb: Token) -> bool:
    """Whether a negated cue says neither P nor not-P."""
    return verb.lemma_ in EVADED_WHEN_NEGATED or STANCE_OF.get(verb.lemma_) in ("denial", "dispute")


def _ahead(verb: Token) -> bool:
    """Under a modal of the future or of permission; but "I can, must, would say" says it."""
    for helper in helpers(verb):
        if helper.lower_ in MODALS_AHEAD and helper.i < verb.i and not says_only(verb, helper):
            return True
        if helper.lower_ in ("would", "could", "can", "must", "’d", "'d") and not says_it(verb, helper):
            return True
    if verb.dep_ == "conj" and not has_subject(verb) and not helpers(verb) and verb.tag_ == "VB":
        return _ahead(verb.head) or _governed(verb.head)
    return False


def bearer(verb: Token) -> Token | None:
    """The verb with a subject that an infinitive or gerund hangs on: "was the first to say", "left without saying"."""
    for current in verb.ancestors:
        opens = verb.dep_ == "pcomp" and verb.head.i == verb.sent.start and current.head == current
        if (current.i > verb.i and not opens) or current.sent != verb.sent:
            return None
        if current.pos_ in ("VERB", "AUX") and any(child.dep_ in SUBJECTS for child in current.children):
            return current
    return None


def charging(verb: Token) -> Token | None:
    """The verb by which somebody is charged with having said something: "accuses the firm of denying it"."""
    link = verb.head
    if verb.dep_ != "pcomp" or link.lower_ not in ("of", "with", "for"):
        return None
    outer = link.head.head if link.head.dep_ == "dobj" else link.head
    return outer if outer.lemma_ in (_FAULTING if link.lower_ == "for" else _CHARGING) else None


def _governed(verb: Token) -> bool:
    """An infinitive or gerund under a verb, noun or adjective that keeps it from being said."""
    head = verb.head
    if verb.dep_ == "conj" and verb.tag_ == "VB" and not has_subject(verb) and head.tag_ == "VB":
        return _governed(head)
    if verb.tag_ == "VBG" and _NO_USE.search(verb.doc[verb.sent.start : verb.i].text):
        return True
    if is_unceasing(verb):
        return False
    if (made := induced(verb)) is not None:
        return polarity(made.causer) is not Polarity.SPOKEN
    if is_infinitive(verb):
        unable = is_unable(verb.head)
        return not (is_yet_to(verb) or unable or nothing_to(verb) or held_back(verb) or _implied(verb))
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        if head.lower_ == "without":
            return not evaded(verb)
        if head.lower_ == "as" and head.head.lemma_ in REPORTING:
            return False
        anchor = head.head
        if charging(verb) is not None:
            return False
        if anchor.lower_ in ("fond", "proud", "guilty", "weary", "tired"):
            return False
        return anchor.lemma_ in ("short", "stop", "refrain", "before") or head.lower_ in _NOT_DONE
    if verb.dep_ == "xcomp" and verb.tag_ == "VBG":
        return head.lemma_ in WITHHOLDING or head.lemma_ in AHEAD or head.lemma_ in _WEIGHING
    if _demanded(verb):
        return True
    if verb.dep_ in ("ccomp", "xcomp") and verb.tag_ == "VB" and not helpers(verb):
        return head.lemma_ in AHEAD | {"let", "make", "help", "demand", "suggest", "insist"} and verb.i > head.i
    return False


def _demanded(verb: Token) -> bool:
    """Whether a verb stands in the subjunctive: "demanded that the firm deny it"."""
    head = verb.head
    if verb.dep_ != "ccomp" or verb.lower_ != verb.lemma_ or verb.tag_ not in ("VB", "VBP") or helpers(verb):
        return False
    if head.lemma_ in ("demand", "request", "urge", "require", "order", "propose", "recommend", "ask"):
        return True
    single = any(child.dep_ == "nsubj" and child.tag_ in ("NN", "NNP") for child in verb.children)
    return single and head.lemma_ in ("insist", "suggest", "say")


def _implied(verb: Token) -> bool:
    """Whether the governor of an infinitive says that it was done: "was forced to admit", "was the first to deny"."""
    head = verb.head
    outer = bearer(verb)
    if head.lower_ == "going":
        return False
    if outer is None or _ahead(outer) or _conditional(outer):
        return False
    past = outer.tag_ in ("VBD", "VBN") or any(child.tag_ in ("VBD", "VBZ", "VBP") for child in helpers(outer))
    heard = is_marked_passive(head)
    if heard and head.lemma_ in ("hear", "overhear", "see", "catch", "film", "record", "show"):
        return True
    if head.lemma_ in IMPLYING or (took_time(head) and past):
        return True
    if any(child.dep_ == "neg" for child in head.children):
        return head.lemma_ == "careful"
    if (
        any(word.lower_ == "care" for word in head.doc[head.i : head.i + 2])
        and "take" in (head.lemma_, head.head.lemma_)
        and any(child.dep_ == "neg" for child in verb.children)
    ):
        return past
    if head.lemma_ == "have" and verb.dep_ == "xcomp":
        return head.tag_ in ("VBD", "VBN")
    if head.lemma_ in FORCING:
        return past and is_marked_passive(head)
    if head.lemma_ in REPORTING and is_marked_passive(head):
        return any(child.lemma_ == "have" for child in helpers(verb))
    if head.pos_ in ("ADJ", "NOUN", "ADV", "NUM"):
        return (past and head.lower_ in IMPLYING_WORDS) or (outer.lemma_ == "be" and head.lower_ in IMPLYING_WORDS)
    used = verb.dep_ in ("advcl", "xcomp") and head.lemma_ in _MOVING
    return used and past and not is_marked_passive(head)


def took_time(verb: Token) -> bool:
    """Whether something took its time, and was said: "it took the firm a year to admit the loss"."""
    return verb.lemma_ == "take" and any(child.dep_ in SUBJECTS and child.lower_ == "it" for child in verb.children)


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
            helper.lower_ in ("should", "were", "had") and helper.i < subject.left_edge.i for helper in helpers(current)
        ):
            opening = current.doc[max(current.sent.start, subject.left_edge.i - 3) : subject.left_edge.i]
            if any(word.lower_ in _JUST for word in opening):
                return False  # "hardly had it denied this when"
            return not any(child.dep_ == "neg" and child.i < subject.i for child in current.children)
        if current.dep_ != "conj" or has_subject(current):
            return False
        current = current.head
    return False


def _to_come(verb: Token) -> bool:
    """Whether a clause in the present tense speaks of what is yet to happen: "once the ministry admits it"."""
    finite = next((child for child in helpers(verb) if child.tag_ in ("VBZ", "VBP")), verb)
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
    subject = next((child for child in top.children if child.dep_ in SUBJECTS), None)
    found = [
        child for child in top.children if child.lower_ in _QUESTION_WORDS or child.tag_ in ("WRB", "WP", "WDT", "MD")
    ]
    if top.pos_ == "AUX":
        found.append(top)
    return subject is None or any(helper.i < subject.i for helper in found)
