"""Who a text tells of, and what somebody is said to fear or confirm at most: constructions of *has*, *what* and *all*.

They are read by the words, for the small parser takes them for something else time and again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import quotatives, source_phrases, sources
from .cue_type import Cue
from .source_words import KIND_OF
from .vocabulary import CLAUSE_VERBS, STANCE_OF
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_HAS = words("has have had")
_TELLING = words("novel story legend tale ballad biography book chapter song version film play")
"""Texts that are no documents of the list, but have somebody say something."""
_SAYING = frozenset((*STANCE_OF, *CLAUSE_VERBS, "plead", "beg", "sign", "apologise"))
_COPULAS = words("is was remains remained be were are")
_MOST = re.compile(
    r"(?:(?:about |nearly |practically )?all|what|the (?:only|most|one|sole|last)(?: \w+)?|as much as|more than)"
    r"(?: that)?\W*$",
    re.IGNORECASE,
)
_WOULD = re.compile(
    r"(?:(?:would|will|could|can|has been|was|is|were|are) )?"
    r"(?:ever |yet |publicly |prepared to |willing to |ready to |able to )*$",
    re.IGNORECASE,
)
_NEAR = 9


def told_of(word: Token) -> Cue | None:
    """The cue of one of these constructions."""
    return _has(word) or _doing(word) or _at_most(word)


def _has(verb: Token) -> Cue | None:
    """A text that has somebody say something: "the novel has a general confessing to the sale"."""
    if verb.lower_ not in _HAS:
        return None
    end = min(verb.i + _NEAR, verb.sent.end)
    doing = next((word for word in verb.doc[verb.i + 1 : end] if word.lower_.endswith("ing") and _teller(word)), None)
    teller = _teller(doing) if doing is not None else None
    return Cue(verb.i, verb.i + 1, verb, "assertion", False, [teller[0]]) if teller and teller[2] == verb.i else None


def _doing(word: Token) -> Cue | None:
    """What somebody says in a text: "confessing" in "the novel has a general confessing to the sale"."""
    found = _teller(word) if word.lower_.endswith("ing") else None
    if found is None:
        return None
    return Cue(word.i, word.i + 1, word, STANCE_OF.get(_lemma(word), "assertion"), False, [found[1]])


def _teller(word: Token) -> tuple[Token, Token, int] | None:
    """The text and the person of "the novel has a general confessing", and the place of *has*."""
    if _lemma(word) not in _SAYING:
        return None
    parsed, first = word.doc, max(word.sent.start, word.i - _NEAR)
    place = next((i for i in range(word.i - 2, first, -1) if parsed[i].lower_ in _HAS), None)
    if place is None or place == word.sent.start:
        return None
    person, end = source_phrases.phrase(parsed, place + 1, word.i)
    before = [child for child in parsed[place].children if child.dep_ in sources.SUBJECTS] or [parsed[place - 1]]
    text = before[0]
    is_text = KIND_OF.get(text.lemma_.lower()) in ("document", "media") or text.lemma_.lower() in _TELLING
    return (text, person, place) if person is not None and end == word.i and is_text else None


def _lemma(word: Token) -> str:
    stem = word.lower_.removesuffix("ing")
    lemmas = (word.lemma_.lower(), stem, f"{stem}e", stem[:-1])
    return next((lemma for lemma in lemmas if lemma in _SAYING), word.lemma_.lower())


def _at_most(verb: Token) -> Cue | None:
    """The verb of "all that the ministry would confirm was that …", "what the general fears is …"."""
    following = verb.doc[verb.i + 1] if verb.i + 1 < verb.sent.end else None
    if following is None or following.lower_ not in _COPULAS:
        return None
    lemma = quotatives.lemma_of(verb) or verb.lemma_.lower()
    if lemma not in STANCE_OF:
        return None
    parsed, start = verb.doc, verb.sent.start
    for first in range(start + 1, min(verb.i, start + 5)):
        opening = parsed[start:first].text
        if not _MOST.fullmatch(opening):
            continue
        source, end = source_phrases.phrase(parsed, first, verb.i)
        between = parsed[end : verb.i].text
        if source is None or (between and not _WOULD.fullmatch(f"{between} ")):
            continue
        if not sources.can_speak(source) or (opening.lower() == "what" and verb.tag_ == "VB" and not between):
            return None
        return Cue(verb.i, verb.i + 1, verb, STANCE_OF[lemma], False, sources.joined(source))
    return None
