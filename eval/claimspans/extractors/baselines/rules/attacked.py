"""Negations that attack the evidence for a thing, not the thing: "no court has heard it", "it proves nothing"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import SUBJECTS, is_marked_passive
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_PROOF = words(
    "evidence proof substantiation basis foundation merit substance corroboration justification grounds logic"
)
_CLAIMS = words(
    "claim charge accusation allegation figure count number tally estimate total report story account evidence proof "
    "photograph photo picture image video footage film clip tape recording letter document paper contract memo serial "
    "signature stamp date witness source author inspector panel auditor analyst expert survey study method sum "
    "arithmetic argument theory conclusion finding version testimony rumour rumor data shadow map assertion statement "
    "critic accuser logic case"
)
"""What a claim rests on, and who makes it."""
_TRIERS = words("court judge jury tribunal laboratory lab scholar magistrate")
"""Who tries a claim."""
_PROVING = words(
    "prove show support demonstrate establish substantiate corroborate verify convince persuade match tally fit agree "
    "add bear withstand survive stand hold square stack warrant justify back document source cite specify explain "
    "impress amount"
)
"""What evidence does."""
_SHOWN = words("prove substantiate corroborate")
_TYING = words("tie link connect implicate point")
"""What nothing does where a thing cannot be laid at somebody's door."""
_HEARING = words(
    "hear see visit examine inspect test check read sign date speak ask interview consult produce offer give present "
    "name set work serve know meet"
)
"""What a claim has not gone through, or its makers have not done."""
_STATES = words("need want expect forbid require mind matter mean care deserve coincide concern")
_DEPTH = 6


def attacked(negation: Token) -> Token | None:
    """The verb that a negation denies of evidence or of those who give it; none where it denies an event."""
    verb = _verb(negation)
    if verb is None:
        return None
    opened = [part for part in negation.children if part.dep_ in ("acl", "relcl", "advcl") and part.lemma_ in _PROVING]
    if opened:
        return opened[0]
    near = [part for part in verb.children if part.dep_ not in ("ccomp", "advcl", "conj", "relcl", "parataxis")]
    nouns = [part for part in near if part.dep_ in ("dobj", "attr", "nsubj", "nsubjpass", "acomp", "expl")]
    nouns += [
        inner for noun in nouns for link in noun.children if link.lower_ in ("of", "in") for inner in link.children
    ]
    if any(noun.lemma_.lower() in _PROOF for noun in nouns):
        return verb
    subject = next((part for part in near if part.dep_ in SUBJECTS), None)
    claimed = subject is not None and subject.lemma_.lower() in _CLAIMS
    if verb.lemma_ in _PROVING and (claimed or _supported(verb) or is_marked_passive(verb)):
        return verb
    if verb.lemma_ in _SHOWN or (verb.lemma_ in _TYING and negation.lower_ in ("nothing", "none")):
        return verb
    tried = subject is not None and subject.lemma_.lower() in _TRIERS
    return verb if verb.lemma_ in _HEARING and (claimed or tried) else None


def is_stative(negation: Token) -> bool:
    """Whether a wish, a need or an ability is negated, not an event: "does not need them", "cannot find it"."""
    verb = _verb(negation)
    if verb is None:
        return False
    able = any(child.lower_ in ("can", "ca", "could") and child.dep_ == "aux" for child in verb.children)
    done = any(child.dep_ in ("aux", "auxpass") and child.lemma_ in ("have", "be") for child in verb.children)
    return verb.lemma_ in _STATES or (able and not done and verb.pos_ == "VERB")


def _verb(negation: Token) -> Token | None:
    """The verb of the clause that a negation denies."""
    current = negation
    for _ in range(_DEPTH):
        if current.pos_ in ("VERB", "AUX") and current.dep_ not in ("aux", "auxpass"):
            return current
        if current.head == current:
            return None
        current = current.head
    return None


def _supported(verb: Token) -> bool:
    """Whether it is a claim that nothing supports: "nothing supports the charge", "nothing to back it"."""
    return any(
        part.dep_ in ("dobj", "nsubjpass") and (part.lemma_.lower() in _CLAIMS or part.lower_ in ("this", "that"))
        for part in verb.children
    )
