"""Words that stand for a part of several: "two of the clerks", "One refused", "The third swore that …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import sources
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHARES = words(
    "one majority minority half several many most few some all none each both third quarter dozen rest remainder bulk"
)
_ALONE = words("one none another other others some few several many most all rest neither either remainder")
SEVERAL = words("many most some few several others")
"""What is said of people in general where nothing is named that it could be a part of."""
_SAME = words("other first last remaining same next")
_FAR = 40
"""So many words before it a part may have what it is a part of."""


def whole_of(part: Token) -> Token | None:
    """What a number, a pronoun or a share is a part of, by its *of* phrase."""
    if not (part.like_num or part.pos_ in ("PRON", "DET") or part.lower_ in _SHARES):
        return None
    phrases = [child for child in part.children if child.lower_ == "of" and child.dep_ == "prep"]
    return next((child for each in phrases for child in each.children if child.dep_ == "pobj"), None)


def plural(word: str) -> str:
    """Of an English noun: clerk, secretary, witness, seaman."""
    if word.endswith("man"):
        return f"{word[:-2]}en"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def is_part(noun: Token) -> bool:
    """Whether "one" or "some" are said of others: "one of them", or of those before: "One refused"."""
    if noun.lower_ == "some" or any(child.lower_ == "of" for child in noun.children):
        return noun.lower_ in ("one", "some", "none")
    if noun.lower_ not in ("one", "none") or noun.dep_ not in sources.SUBJECTS:
        return False
    modal = noun.lower_ == "one" and any(child.tag_ == "MD" for child in noun.head.children)
    return not modal and _before(noun) is not None


def stands_for_people(word: Token) -> bool:
    """Whether a number or a word like *others* stands without a noun for people who are named before."""
    number = (word.like_num and word.pos_ in ("NUM", "NOUN")) or word.ent_type_ == "ORDINAL"
    if not (number or word.lower_ in _ALONE) or any(
        child.dep_ in ("amod", "compound") and child.lower_ not in _SAME for child in word.children
    ):
        return False
    return _before(word) is not None or (word.lower_ in SEVERAL and not _things_before(word))


def _things_before(word: Token) -> bool:
    """Whether several things are named before a word, of which it may be said."""
    return any(other.tag_ == "NNS" for other in word.doc[max(0, word.i - _FAR) : word.i])


def _before(word: Token) -> Token | None:
    """The nearest people or bodies in the plural before a word."""
    for other in reversed(word.doc[max(0, word.i - _FAR) : word.i]):
        many = other.tag_ in ("NNS", "NNPS") and other.pos_ in ("NOUN", "PROPN")
        joined = other.dep_ == "conj" and other.head.pos_ in ("NOUN", "PROPN") and sources.can_speak(other.head)
        if (many or joined) and sources.can_speak(other):
            return other
    return None
