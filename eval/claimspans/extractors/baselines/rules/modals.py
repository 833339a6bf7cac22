"""Whether what somebody can, must or would say is said by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import SUBJECTS
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_DISCLOSING = words(
    "confirm reveal report disclose announce vouch attest testify certify assure affirm state say exclude tell divulge"
)
"""What somebody who can do it does: "the navy can confirm that …"."""
_FIRST_PERSON = frozenset(("i", "we"))


def says_it(verb: Token, helper: Token) -> bool:
    """Whether what somebody can or would say is said: by himself, as he reports, or with *only*."""
    if _first_person(verb) or says_only(verb, helper) or _can_disclose(verb, helper):
        return True
    own = verb.dep_ == "ccomp" and any(
        child.dep_ == "nsubj" and child.lower_ in ("he", "she", "it", "they") for child in verb.children
    )
    return own and helper.lower_ in ("could", "can", "must")


def _can_disclose(verb: Token, helper: Token) -> bool:
    """Whether somebody who can say that something is so says it thereby: "the navy can confirm that …"."""
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if helper.lower_ != "can" or verb.lemma_ not in _DISCLOSING or subject is None or helper.i < subject.i:
        return False
    alone = any(word.lower_ == "only" for word in (*subject.lefts, *verb.lefts) if word.i < verb.i)
    told = [child for child in verb.children if child.dep_ == "ccomp" and child.i > verb.i]
    return bool(told) and not alone and not any(word.tag_ in ("WP", "WRB") for word in told[0].lefts)


def says_only(verb: Token, helper: Token) -> bool:
    """Whether somebody says this and no more: "will only say that …", "would say only that …"."""
    return any(token.lower_ == "only" for token in verb.doc[helper.i : verb.i + 2])


def _first_person(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ in _FIRST_PERSON for child in verb.children)
