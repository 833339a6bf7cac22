"""Whom a pronoun stands for: the mentions before it, nearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import quotatives
from .phrases import is_human, is_subject, phrase
from .sources import nominative, possessives
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

_IT = ("state", "body", "organisation", "media", "document")
_JOINED = ("state", "body", "organisation", "person", "unnamed")
_LOCATIVE = words("in at off near outside around over above across through within inside")
_KINDS = {
    **dict.fromkeys(("company", "firm", "corporation", "business", "manufacturer", "organisation"), "organisation"),
    **dict.fromkeys(("paper", "newspaper", "broadcaster", "station", "channel", "outlet", "daily"), "media"),
    **dict.fromkeys(("country", "nation", "republic", "kingdom"), "state"),
}
"""Nouns that take up a name of their kind: "the company"."""
_NO_FIRMS = words(
    "union party institute movement front board association federation foundation university society league museum "
    "club school hospital church brigade militia"
)
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
        apart_from = _is_none(mention) or {*mention.identity} & {*apart}
        if mention.identity.kind not in wanted or not _agrees(word, mention) or apart_from:
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


def otherwise(mentions: Sequence[Mention], pronoun: Token) -> Identity | None:
    """Whom a pronoun without a fitting mention before it means: somebody behind it, or one person as "they"."""
    word = nominative(pronoun.lower_)
    if (named := _behind(mentions, pronoun, word)) is not None:
        return named
    if pronoun.dep_ == "poss":
        later = (each for each in quotatives.of(pronoun.doc).values() if each.start > pronoun.i)
        teller = next((each.source for each in later if each.verb.sent == pronoun.sent), None)
        return next((each.identity for each in mentions if each.head == teller and _agrees(word, each)), None)
    near = [each for each in mentions if each.head.i < pronoun.i and pronoun.sent.start <= each.head.sent.end]
    single = [each.identity for each in near if each.identity.kind == "unnamed"]
    return single[-1] if word == "they" and single else None


def _behind(mentions: Sequence[Mention], pronoun: Token, word: str) -> Identity | None:
    """The subject before which a clause with its pronoun is put: "Though she denies it, Ana Lund …"."""
    clause = next((verb for verb in pronoun.ancestors if verb.dep_ == "advcl" and verb.head.i > verb.i), None)
    kinds = {"he": ("person", "unnamed"), "she": ("person", "unnamed"), "it": _IT}.get(word, ("group",))
    for mention in mentions:
        if clause is not None and mention.head in clause.head.children and mention.head.i > pronoun.i:
            fits = mention.identity.kind in kinds and is_subject(mention.head) and _agrees(word, mention)
            return mention.identity if fits else None
    return None


def repeated(mentions: Sequence[Mention], head: Token, *, plural: bool) -> Identity | None:
    """The fuller mention before it that a bare noun repeats: the ministry, the group, the official, the company."""
    if next(possessives(head), None) is not None:
        return None
    lemma = head.lemma_.lower()
    definite = any(child.lower_ in ("the", "this", "that", "these", "those") for child in head.children)
    before = [mention for mention in reversed(mentions) if mention.head.i < head.i]
    for mention in before:
        same = mention.head.lemma_.lower() == lemma or mention.head.lower_ == head.lower_
        if same and (mention.head.tag_ in ("NNS", "NNPS")) == plural:
            return mention.identity
        named = lemma in mention.words and mention.identity.kind == "person" and is_human(head)
        if definite and not plural and named:
            return mention.identity
    if not definite or plural:
        return None
    kind = _KINDS.get(lemma)
    names = (each.identity for each in before if each.identity.kind == kind and each.identity.entity[:1].isupper())
    return next((name for name in names if kind != "organisation" or _is_firm(name.entity)), None)


def _is_firm(name: str) -> bool:
    return len(name) > 2 and _NO_FIRMS.isdisjoint(name.lower().split())


def side(mentions: Sequence[Mention], speaker: Token) -> Identity | None:
    """The organisation for which somebody speaks, where it is named in his phrase: its director, its lawyers."""
    around = phrase(speaker)
    if any(word.lower_ in ("former", "ex") for word in around):
        return None
    named = (each.identity for each in mentions if each.head in around and each.head != speaker)
    return next((each for each in named if each.kind == "organisation"), None)


def _is_none(mention: Mention) -> bool:
    """Whether a mention names nobody: "no ministry"."""
    return any(child.lower_ == "no" for child in mention.head.children)


def _agrees(word: str, mention: Mention) -> bool:
    if word in ("he", "his"):
        return not mention.words & _FEMALE
    if word == "she":
        return not mention.words & _MALE
    if word == "they":
        return mention.head.tag_ in ("NNS", "NNPS") or mention.identity.kind == "group"
    return True
