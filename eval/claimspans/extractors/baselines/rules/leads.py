"""Whom a text names behind the description with which it opens: "a U.S. official said … Robert Lund, deputy …"."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from .phrases import is_human, is_official
from .source_words import OFFICES
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from .antecedents import Identity, Mention

_OPENING = 900
"""So many characters of a text describe somebody before it names him."""
GENERAL = words("official diplomat chief head leader boss politician officer envoy")
"""Words for many who have another title."""
_NEAR = 24
_LEADING = words("run head lead direct command chair manage")


def named_behind(mentions: Sequence[Mention]) -> dict[int, Identity]:
    """By its place the person for whom a description at the head of a text stands."""
    found: dict[int, Identity] = {}
    persons = [each for each in mentions if each.identity.kind == "person"]
    for mention in mentions:
        head = mention.head
        if head.idx < _OPENING and mention.identity.kind == "unnamed" and is_human(head) and _may_say(head):
            fitting = (each.identity for each in persons if each.head.i > head.i and _fits(mention, each))
            for person in islice(fitting, 1):
                found[head.i] = person._replace(country=person.country or mention.identity.country)
    return found


def _may_say(head: Token) -> bool:
    """Whether a noun is neither an object nor one of several others; behind a colon it speaks."""
    first = head.left_edge.i
    behind = first > 0 and head.doc[first - 1].text == ":"
    return (behind or head.dep_ not in ("dobj", "dative", "pobj")) and all(
        child.lower_ not in ("another", "no", "every", "other") for child in head.children
    )


def _fits(description: Mention, person: Mention) -> bool:
    """Whether a person has the office of a description, and speaks for no other state."""
    if len({description.identity.country, person.identity.country} - {None}) > 1:
        return False
    lemma = description.head.lemma_.lower()
    leads = any(child.dep_ == "relcl" and child.lemma_ in _LEADING for child in person.head.children)
    return lemma in person.words or (lemma in GENERAL and (leads or _has_office(person)))


def _has_office(person: Mention) -> bool:
    """Whether somebody is named with an office: "said Deputy Chief of Mission Tova Lind"."""
    head = person.head
    before = head.doc[max(head.sent.start, head.i - _NEAR) : head.i]
    return any(is_official(word) for word in before) or not OFFICES.isdisjoint(person.words)


def holder_of(mentions: Sequence[Mention], title: str, country: str | None) -> Identity | None:
    """The last person with an office for whom a general word stands: "the diplomat", "the American official"."""
    persons = [each for each in mentions if each.identity.kind == "person"] if title in GENERAL else []
    official = {each.identity.entity for each in persons if _has_office(each)}
    known = (each.identity for each in reversed(persons) if each.identity.entity in official)
    return next((each for each in known if country is None or each.country in (None, country)), None)
