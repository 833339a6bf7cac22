"""What a verb of naming calls its object: "called the report of shells a lie", "finds it hard to credit"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .content_words import CONCERNED, CONDEMNED, DENIED, DISPUTED, INCREDIBLE
from .said_nouns import is_claim
from .source_words import KIND_OF
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_CALLING = frozenset(("call", "label", "brand", "dub", "term", "deem", "pronounce", "declare"))
_JUDGMENT = re.compile(rf"{DENIED}|{DISPUTED}|{CONDEMNED}|{CONCERNED}", re.IGNORECASE)
_INCREDIBLE = re.compile(INCREDIBLE, re.IGNORECASE)
_OWN_WORDS = re.compile(r"[“\"«‘]|\bas \w+ as\b")
_PRAISE = re.compile(
    r"\b(?:true|right|correct|authentic|genuine|accurate|credible|good|great|positive|important|useful|welcome|"
    r"valuable|serious|encouraging|balanced|fair|excellent|thorough|honest|landmark|historic|remarkable)\b",
    re.IGNORECASE,
)
_SHEER = words("pure sheer utter complete total plain outright mere blatant rank arrant")


def names(verb: Token) -> bool:
    """Whether a verb of naming has a judgment or a name for its object."""
    lemma = verb.lemma_
    named = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    if any(_ends_in_judgment(noun, lemma) for noun in named if noun.i > verb.i):
        return True
    if any(_ends_clause(word) for noun in named for word in noun.subtree if word.i > noun.i + 2):
        return True
    if len({noun.i for noun in named}) > 1:
        return True
    return any(
        child.dep_ in ("oprd", "xcomp", "ccomp", "acomp") or (child.lower_ in ("as", "for") and child.i > verb.i)
        for part in (verb, *named)
        for child in (*part.children, *(word for clause in part.children for word in _of_clause(clause)))
    ) or (lemma in _CALLING and any(_judged(noun) or _judges(noun) for noun in named))


def belittles(verb: Token) -> bool:
    """Whether a verb of calling gives a claim a name of the speaker's own: "called the report “a bedtime story”"."""
    claimed = [child for child in verb.children if child.dep_ in ("dobj", "nsubj") and child.i > verb.i]
    behind = verb.doc[verb.i : verb.sent.end].text
    named = _OWN_WORDS.search(behind) is not None and _PRAISE.search(behind) is None
    return verb.lemma_ in _CALLING and named and any(_is_of_words(noun, verb) for noun in claimed)


def _is_of_words(noun: Token, verb: Token) -> bool:
    """Whether a noun is a claim, a figure or a document."""
    return is_claim(noun, verb) or KIND_OF.get(noun.lemma_.lower()) == "document"


def _of_clause(part: Token) -> list[Token]:
    """The words of a judgment that is taken for a clause: "described it as baseless"."""
    return [child for child in part.children if child.lower_ == "as"] if part.dep_ == "advcl" else []


def _ends_clause(word: Token) -> bool:
    """Whether a judgment stands behind the clause of what it judges: "finds the charge that he sold it absurd"."""
    following = word.doc[word.i + 1] if word.i + 1 < len(word.doc) else None
    ends = following is None or following.is_punct
    return ends and word.pos_ == "ADJ" and word.dep_ in ("advcl", "oprd", "acomp", "amod", "xcomp", "ccomp")


def _ends_in_judgment(noun: Token, lemma: str) -> bool:
    """Whether words of judgment end the clause behind an object: "called the report of shells a lie"."""
    marks = (word.i for word in noun.doc[noun.i : noun.sent.end] if word.is_punct and word.text != "-")
    behind = noun.doc[noun.i + 1 : next(marks, noun.sent.end)]
    calling = lemma in _CALLING or lemma == "consider"
    if not len(behind) or not (calling or lemma in ("find", "think")):
        return False
    found = (_JUDGMENT if calling else _INCREDIBLE).finditer(behind.text)
    return any(match.end() == len(behind.text) for match in found)


def _judged(noun: Token) -> bool:
    """Whether a judgment follows the object of a verb of calling, which the parser has made a part of it."""
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
    if following is None or following.i >= noun.sent.end:
        return False
    if any(child.dep_ == "compound" and is_claim(child, noun.head) for child in noun.children):
        return any(child.dep_ in ("det", "poss") for child in noun.children)  # "called the story nonsense"
    if any(child.lower_ in ("this", "that") for child in noun.children):
        return any(child.lower_ in _SHEER for child in noun.children)  # "calls this pure invention"
    parts = [child for child in noun.children if child.i > noun.i and child.dep_ in ("acl", "amod", "appos", "relcl")]
    return bool(parts) or following.pos_ in ("ADJ", "DET", "ADV", "NOUN", "VERB") or following.text in "“\"«‘'"


def _judges(noun: Token) -> bool:
    """Whether a judgment is taken for the head of what it judges: "called the tally guesswork"."""
    part = noun.doc[max(0, noun.i - 1)]
    return part != noun and part.head == noun and part.dep_ == "compound" and _JUDGMENT.fullmatch(noun.text) is not None
