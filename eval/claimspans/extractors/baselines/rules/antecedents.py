"""Whom a pronoun stands for: the mentions before it, nearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .phrases import is_subject
from .sources import nominative
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

_IT = ("state", "body", "organisation", "media", "document")
_JOINED = ("state", "body", "organisation", "person", "unnamed")
_LOCATIVE = words("in at off near outside around over above across through within inside")
_FEMALE = words(
    "mrs mrs. ms ms. madam lady queen princess spokeswoman woman mother wife sister chairwoman congresswoman"
)
_MALE = words("mr mr. sir lord king prince spokesman man father husband brother chairman congressman")


class Identity(NamedTuple):
    """Who a mention stands for."""

    entity: str
    kind: str
    country: str | None


class Mention(NamedTuple):
    """A phrase that names a source, a state or a body, and for whom it stands."""

    head: Token
    identity: Identity
    words: frozenset[str]
    """The lower-case words of the whole phrase, roles included."""


def pair(mentions: Sequence[Mention], pronoun: Token) -> Identity | None:
    """Two states, organs or persons that are named together before a pronoun, as one group."""
    for mention in reversed(mentions):
        joined = [each for each in mentions if each.head in mention.head.conjuncts and each.head.i > mention.head.i]
        if mention.head.i < pronoun.i and mention.identity.kind in _JOINED and joined:
            first, second = mention.identity, joined[0].identity
            country = first.country if first.country == second.country else None
            return Identity(f"{first.entity} and {second.entity}", "group", country)
    return None


def nearest(
    mentions: Sequence[Mention], pronoun: Token, sentence_of: Sequence[int], apart: Sequence[str] = ()
) -> Identity | None:
    """The nearest mention before a pronoun that can be its referent, a subject first, and is not kept ``apart``."""
    word = nominative(pronoun.lower_)
    wanted = {
        "he": ("person", "unnamed"),
        "she": ("person", "unnamed"),
        "it": _IT,
        "its": _IT,
        "they": ("group", "body", "organisation"),
        "their": ("group", "body", "organisation", "state"),
    }.get(word, ("group",))
    best: tuple[int, Mention] | None = None
    sentence = pronoun.sent
    for mention in mentions:
        head = mention.head
        if head.i >= pronoun.i:
            break
        if mention.identity.kind not in wanted or not _agrees(word, mention) or {*mention.identity} & {*apart}:
            continue
        distance = sentence_of[pronoun.i] - sentence_of[head.i]
        if distance > 4:
            continue
        rank = -2 * distance + (1 if is_subject(head) else 0) + (1 if head.sent == sentence and is_subject(head) else 0)
        if mention.identity.kind == "document" and word in ("it", "its"):
            rank -= 1
        if head.dep_ == "pobj" and head.head.lower_ in _LOCATIVE:
            rank -= 1
        if best is None or rank >= best[0]:
            best = (rank, mention)
    return best[1].identity if best is not None else None


def _agrees(word: str, mention: Mention) -> bool:
    if word in ("he", "his"):
        return not mention.words & _FEMALE
    if word == "she":
        return not mention.words & _MALE
    if word == "they":
        return mention.head.tag_ in ("NNS", "NNPS") or mention.identity.kind == "group"
    return True
