"""Adjectives that name people by what they are: "the wounded say …", "the bereaved hold that …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import quotatives
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_PEOPLE = words(
    "wounded injured uninjured unhurt bereaved living dying deaf blind lame poor rich wealthy elderly aged young "
    "old sick ill infirm disabled homeless jobless unemployed displaced evicted dispossessed faithful devout pious "
    "godly curious sceptical arrested detained imprisoned captured exiled guilty innocent learned powerful privileged "
    "rescued saved stranded shipwrecked maimed mutilated burnt besieged retired undecided loyal disaffected "
    "evacuated interned condemned convicted acquitted hungry starving destitute needy oppressed persecuted vanquished "
    "defeated unconvinced incredulous knowledgeable initiated brave mighty meek humble"
)


def mend(token: Token) -> None:
    """An adjective behind *the* that is the subject of a verb is a noun in the plural."""
    if token.lower_ not in _PEOPLE:
        return
    if token.dep_ == "amod":
        _part_from_verb(token)
        return
    opens = token.i > token.sent.start and token.nbor(-1).lower_ == "the"
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    ends = (
        following is None
        or quotatives.is_plural_form(following)
        or following.pos_ in ("VERB", "AUX", "ADV", "ADP", "PUNCT", "CCONJ", "PRON", "SCONJ")
    )
    single = following is not None and following.tag_ == "VBZ"
    if opens and ends and not single:
        token.tag_, token.pos_, token.lemma_ = "NNS", "NOUN", token.lower_


def _part_from_verb(token: Token) -> None:
    """Before a plural verb with *that*, which is taken for a noun: "the bereaved hold that …"."""
    verb, parsed = token.head, token.doc
    opens = token.i > token.sent.start and token.nbor(-1).lower_ == "the"
    clauses = [child for child in verb.children if child.dep_ in ("acl", "relcl", "ccomp") and child.i > verb.i]
    told = [clause for clause in clauses if any(child.dep_ == "mark" for child in clause.children)]
    saying = quotatives.is_plural_form(verb) or verb.lower_ == "hold"
    ends = verb.i + 1 == len(parsed) or parsed[verb.i + 1].is_punct
    if verb.i != token.i + 1 or not (opens and saying and (told or ends)):
        return
    verb.tag_, verb.pos_ = "VBP", "VERB"
    token.tag_, token.pos_, token.lemma_, token.dep_ = "NNS", "NOUN", token.lower_, "nsubj"
    parsed[token.i - 1].head = token
    for clause in told[:1]:
        clause.dep_ = "ccomp"


def are_people(noun: Token) -> bool:
    """Whether a noun is such an adjective."""
    return noun.tag_ == "NNS" and noun.lower_ in _PEOPLE
