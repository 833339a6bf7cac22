"""Whom a text addresses as one who said something: "You told us in March that …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAYING = words(
    "say tell claim deny confirm admit insist maintain argue accuse announce declare promise state write call describe "
    "assure dismiss reject warn suggest mention testify report acknowledge concede deem condemn pledge dispute put"
)


def is_told_so(pronoun: Token) -> bool:
    """Whether *you* have said, or say, something by what is stated, not asked, supposed or said of anybody."""
    verb = pronoun.head
    if pronoun.lower_ != "you" or pronoun.dep_ != "nsubj" or verb.lemma_ not in _SAYING:
        return False
    helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    stated = verb.tag_ in ("VBD", "VBP") or bool(helpers & {"have", "had", "'ve", "did", "do", "are", "were", "'re"})
    supposed = any(child.lower_ in ("if", "whether", "when", "unless") for child in verb.children)
    inverted = any(child.dep_ == "aux" and child.i < pronoun.i for child in verb.children)
    asked = verb.doc[verb.sent.start : verb.sent.end].text.rstrip().endswith("?")
    return (
        stated
        and not asked
        and not supposed
        and not inverted
        and helpers.isdisjoint(("to", "can", "may", "could", "will"))
    )
