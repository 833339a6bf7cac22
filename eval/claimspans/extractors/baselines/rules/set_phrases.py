"""Set phrases of a verb with its object by which somebody takes a position: "picked holes in the count"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import sources
from .cue_type import Cue
from .goods import ENTRY_OF
from .negation import is_negated
from .phrase_words import PHRASES
from .plain_text import one_of
from .polarity import Polarity, polarity
from .source_words import KIND_OF
from .vocabulary import CLAIMS
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 70
"""So many characters behind its verb a set phrase begins and ends."""
_BY_VERB: dict[str, list[tuple[re.Pattern[str], str]]] = {}
for _stance, _phrases in PHRASES.items():
    for _verbs, _pattern in _phrases.items():
        for _verb in _verbs.split():
            _BY_VERB.setdefault(_verb, []).append((re.compile(rf"(?:\w+ly )?(?:{_pattern})", re.IGNORECASE), _stance))
_OF_CLAIMS = {
    "scotch": "denial",
    "quash": "denial",
    "squash": "denial",
    "explode": "denial",
    "negate": "denial",
    "dispel": "denial",
    "rebuff": "denial",
    "withdraw": "denial",
    "nix": "denial",
    "falsify": "denial",
    "rubbish": "dispute",
    "trash": "dispute",
    "discredit": "dispute",
    "scorn": "dispute",
    "pooh": "dispute",
    "savage": "dispute",
    "demolish": "dispute",
    "shred": "dispute",
    "dissect": "dispute",
    "pan": "dispute",
    "slate": "dispute",
    "spurn": "dispute",
    "disbelieve": "dispute",
    "correct": "denial",
    "mock": "dispute",
    "deride": "dispute",
    "lampoon": "dispute",
    "ridicule": "dispute",
    "uphold": "confirmation",
    "ratify": "confirmation",
    "second": "confirmation",
}
"""Verbs that take a position only to a claim: "scotched the rumour"."""
_UNBELIEVED = words("buy swallow credit trust believe recognise recognize")
_TOLD = words(
    "story explanation account version figure claim tale excuse count theory number total estimate tally denial "
    "argument line word reason assurance explanations rumour rumor report"
)


_PHYSICAL = words(
    "pick poke punch shoot knock pour throw dash fling take tear rip blow drive turn put set nail cast have toss"
)
"""Verbs of set phrases that are also done to things."""
_ARGUED = words(
    "case argument method methodology arithmetic logic reasoning testimony alibi calculations findings those"
)


def set_phrase(verb: Token) -> Cue | None:
    """The cue of a verb that takes a position with the words behind it, or only to a claim."""
    lemma = verb.lemma_.lower()
    stance = _laid(verb, lemma) or _of_claim(verb, lemma) or _by_phrase(verb, lemma) or _unbreathed(verb, lemma)
    if stance is None or (verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod")):
        return None
    if polarity(verb) is Polarity.UNSPOKEN:
        return None
    start = verb.i
    while start > 1 and verb.doc[start - 1].text == "-" and not verb.doc[start - 1].whitespace_:
        start -= 2
    if start != verb.i and verb.doc[start].head != verb:
        start = verb.i
    before = verb.doc[start - 1] if verb.i > start > 0 else None
    named = before is not None and before.pos_ in ("NOUN", "PROPN", "ADJ", "PRON") and sources.can_speak(before)
    speakers = [before] if before is not None and named else sources.of_verb(verb)
    if not speakers or not all(map(sources.can_speak, speakers)):
        return None
    denying = ("no", "little", "scant", "none")
    own = stance in ("dispute", "assertion") and any(token.lower_ in denying for token in verb.subtree)
    negated = any(child.dep_ == "neg" for child in verb.children) if own else is_negated(verb)
    negated = negated or stance == "evasion"
    if negated and stance in ("condemnation", "concern", "commitment"):
        return None
    if lemma in _UNBELIEVED:
        negated = False
    return Cue(start, verb.i + 1, verb, "evasion" if negated else stance, negated, speakers)


def _laid(verb: Token, lemma: str) -> str | None:
    """A charge that is laid at somebody's door; what is left in front of a house is none."""
    if lemma != "lay" or any(one_of(child.lower_) in ENTRY_OF for child in verb.children if child.dep_ == "dobj"):
        return None
    doors = [noun for part in verb.subtree if part.lower_ == "at" for noun in part.children]
    owners = [
        owner
        for door in doors
        if door.lemma_ in ("door", "doorstep", "foot")
        for part in (door, *door.children)
        for owner in part.children
        if owner.dep_ in ("poss", "pobj")
    ]
    return "condemnation" if any(map(sources.can_speak, owners)) else None


def _by_phrase(verb: Token, lemma: str) -> str | None:
    if lemma not in _BY_VERB:
        return None
    rest = verb.doc[verb.i + 1 : min(verb.i + 1 + _REACH, verb.sent.end)].text
    behind = (verb.whitespace_ + rest)[:_REACH].lstrip()
    stance = next((stance for pattern, stance in _BY_VERB[lemma] if pattern.match(behind)), None)
    doubted = stance in ("dispute", "denial")
    return None if doubted and lemma in _PHYSICAL and not _claims(verb) else stance


def _claims(verb: Token) -> bool:
    """Whether a claim, a document or "it" stands behind a verb that is also done to things."""
    named = (token for token in verb.subtree if token.i > verb.i + 1 and token.pos_ in ("NOUN", "PRON", "PROPN"))
    return any(
        noun.lower_ in _ARGUED
        or (noun.lower_ in CLAIMS or noun.lemma_.lower() in CLAIMS)
        or KIND_OF.get(noun.lemma_.lower()) == "document"
        for noun in named
    )


def _unbreathed(verb: Token, lemma: str) -> str | None:
    """Silence by the negation of a word: "would not breathe a word of it"."""
    words_of = any(child.dep_ == "dobj" and child.lemma_ in ("word", "syllable") for child in verb.children)
    return "evasion" if lemma in ("breathe", "utter", "say") and words_of and is_negated(verb) else None


def _of_claim(verb: Token, lemma: str) -> str | None:
    """The stance of a verb over a claim or a document, or of not believing one."""
    objects = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    if lemma in _UNBELIEVED:
        told = any(noun.lemma_.lower() in _TOLD for noun in objects)
        return "dispute" if told and is_negated(verb) else None
    if lemma not in _OF_CLAIMS:
        return None
    held = any(noun.lemma_.lower() in CLAIMS or KIND_OF.get(noun.lemma_.lower()) == "document" for noun in objects)
    return _OF_CLAIMS[lemma] if held else None
