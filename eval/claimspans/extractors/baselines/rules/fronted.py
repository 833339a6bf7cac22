"""Goods behind a phrase that only seems to be a part of theirs: on the quay rifles lay; it sold the museum rifles."""

from __future__ import annotations

from . import designations
from .goods import ENTRY_OF, MASS
from .parsing import is_noun_alone
from .plain_text import PlainText, one_of
from .source_words import KIND_OF, OFFICES, PEOPLE
from .word_lists import words as word_set

_IN_SHORT = word_set("secret private public general particular short vain full part")
"""Adjectives that stand alone behind "in"."""
_GIVING = word_set("give sell send lend offer hand promise grant owe bring buy loan lease pass show teach deny")
_DETERMINERS = word_set("the a an its his her their our my your this that each every another no one some any")
_SUBSTANCES = word_set("acid fibre fiber powder fuel steel gas metal glass nitrate alloy oil water")
_HUMAN = ("body", "organisation", "group")
_BEFORE_CLAUSE = (",", ";", ":", "-", "—", "–", '"', "'", "(", "and", "but", "while", "that", "because", "though", ".")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_KINDS_OF = word_set(
    "attack assault stun smoke transport hand cruise training target patrol landing combat spy scout strike sniper "
    "hunting sporting air field machine coastal naval army navy steel gas carbon powder"
)
"""Nouns that say the kind of arms rather than what a phrase before them is about."""
_FAR = 7
"""How many words may stand between goods and the verb that they are the subject of."""


def behind_phrase(reading: PlainText, first: int, head: int, least: int) -> int:
    """Where an item begins whose words from ``first`` on may be of a phrase before it; its head begins at ``least``."""
    if first >= least:
        return first
    opened = _opened(reading, first)
    if opened is None:
        return first
    words = reading.words
    fronted = _opens_clause(reading, opened) and _has_verb(reading, head)
    if not fronted and not _is_given(reading, opened, first, head):
        return first
    begin = first
    while begin < least and not _names(reading, begin, opened):
        begin += 1
    if begin == least:
        return first
    begin += 1
    while begin < least and words[begin].is_noun and not _says_kind(reading, begin, first):
        begin += 1
    return begin


def _names(reading: PlainText, index: int, opened: int) -> bool:
    """Whether a word is a noun, whatever the model takes it for before another."""
    word = reading.words[index]
    if word.is_noun or word.text[0].isupper():
        return True
    if opened == index - 1 and word.lower in _IN_SHORT:
        return True
    return "-" not in word.text and is_noun_alone(word.lower)


def _opened(reading: PlainText, first: int) -> int | None:
    """The preposition or verb whose object the words before ``first`` begin; none where a noun stands between."""
    words = reading.words
    index = first - 1
    while index >= 0 and reading.gap(index) == " ":
        word = words[index]
        if word.lower == "'s" and index:
            index -= 2
            while index >= 0 and words[index].is_noun:
                index -= 1
            continue
        if word.lower in _DETERMINERS or word.token.pos_ == "DET":
            index -= 1
            continue
        return index if word.token.pos_ in ("ADP", "SCONJ", "VERB") or word.lower in _BEHIND_SINCE else None
    return None


_BEHIND_SINCE = word_set("since until till before after during by")


def _opens_clause(reading: PlainText, index: int) -> bool:
    """Whether a preposition, or the one before its "of", is the first word of its clause."""
    words = reading.words
    while index > 1 and words[index].lower == "of" and reading.gap(index - 1) == " ":
        index -= 1
        while index and (words[index].is_noun or words[index].token.pos_ in ("ADJ", "DET")):
            index -= 1
    if (
        words[index].token.pos_ not in ("ADP", "SCONJ")
        or words[index].lower == "of"
        or (words[index].lower == "to" and words[index].token.tag_ == "TO")
    ):
        return False
    return index == 0 or words[index].token.is_sent_start or words[index - 1].lower in _BEFORE_CLAUSE


def _has_verb(reading: PlainText, head: int) -> bool:
    """Whether goods are directly before a finite verb, or before what says more of them and then one."""
    words = reading.words
    for index in range(head + 1, min(head + _FAR, len(words))):
        token = words[index].token
        if token.tag_ in _FINITE or token.pos_ == "AUX" or one_of(words[index].lower) in ("do", "fall", "lie"):
            return True
        said_of = index == head + 1 and words[index].lower in ("of", "for", "from", "in", "with", "made", "built")
        if (
            token.pos_ != "ADV"
            and not said_of
            and (index == head + 1 or token.pos_ not in ("NOUN", "PROPN", "NUM", "ADJ"))
        ):
            return False
    return False


def _is_given(reading: PlainText, verb: int, first: int, head: int) -> bool:
    """Whether somebody who gets the goods stands between a verb of giving and them, with an article."""
    words = reading.words
    if words[verb].token.lemma_.lower() not in _GIVING or verb + 1 == first:
        return False
    noun = words[first].lower
    many = words[head].lower != one_of(words[head].lower) or words[head].lower in MASS | _SUBSTANCES
    human = noun in PEOPLE or noun in OFFICES or KIND_OF.get(noun) in _HUMAN or noun in ("neighbour", "ally")
    return many and human and words[first].token.tag_ != "NNS"


def _says_kind(reading: PlainText, index: int, first: int) -> bool:
    """Whether a noun behind another is the first of those that say what kind goods are."""
    word = reading.words[index]
    return index > first and (
        word.lower in _KINDS_OF
        or one_of(word.lower) in ENTRY_OF
        or "-" in word.text
        or designations.CALIBRE.match(word.lower) is not None
        or designations.NAME.match(word.text) is not None
    )
