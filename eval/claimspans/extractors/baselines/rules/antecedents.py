"""Whom a pronoun stands for: the mentions before it, nearest first."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from . import quotatives, states
from .genders import gender, gender_of_name, is_first_name
from .phrases import is_human, is_subject, phrase
from .source_words import OFFICES, PEOPLE, TITLES
from .sources import SUBJECTS, can_speak, nominative, possessives
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from spacy.tokens import Token

IT = ("state", "body", "organisation", "media", "document")
GENDERS = {"he": "m", "she": "f"}
CASES = {
    "his": "he",
    "her": "she",
    "him": "he",
    "its": "it",
    **dict.fromkeys(("their", "them", "these", "those"), "they"),
}
_HEADING = words("head lead run chair own manage direct found represent command speak work act preside steer")
_NEAR = 7
_SENTENCES = 4
"""So far back a pronoun reaches."""
_JOINED = ("state", "body", "organisation", "person", "unnamed")
_LOCATIVE = words("in at off near outside around over above across through within inside")
_KINDS = {
    **dict.fromkeys(("company", "firm", "corporation", "business", "manufacturer", "organisation"), "organisation"),
    **dict.fromkeys(("paper", "newspaper", "broadcaster", "station", "channel", "outlet", "daily"), "media"),
    **dict.fromkeys(("country", "nation", "republic", "kingdom", "capital"), "state"),
}
"""Nouns that take up a name of their kind: "the company"."""
_NO_FIRMS = words(
    "union party institute movement front board association federation foundation university society league museum "
    "club school hospital church brigade militia"
)
_GOING = words("move go come return travel sail fly drive walk ride march leave arrive head steam")
_COLLECTIVE = words("team crew jury family staff couple audience crowd squad platoon choir orchestra gang mob faculty")
"""Groups that are one: "the jury … it said"."""


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
    leads: bool = False
    """Whether the first of a pair is a subject."""


def pairs(mentions: Sequence[Mention]) -> list[Mention]:
    """Two states, organs or persons that are named together, each pair as one group at the place of its second."""
    found = []
    for first, second in pairwise(mentions):
        one, other = first.identity, second.identity
        sides = {one.kind, other.kind}
        named = sides <= {*_JOINED, "group"} and sides != {"group"} and one != other
        if named and _are_joined(first.head, second.head):
            country = one.country if one.country == other.country else None
            both = Identity(f"{one.entity} and {other.entity}", "group", country)
            found.append(Mention(second.head, both, first.words | second.words, is_subject(first.head)))
    return found


def _are_joined(first: Token, second: Token) -> bool:
    between = first.doc[first.i + 1 : second.i]
    return (
        0 < len(between) < _NEAR
        and between[0].lower_ in ("and", "nor", "or")
        and sum(word.lower_ in ("and", "nor", "or") for word in between) == 1
        and all(
            word.pos_ in ("DET", "ADJ", "PROPN", "NOUN", "PRON", "CCONJ")
            or word.text == "-"
            or word.lower_ in OFFICES | PEOPLE | TITLES
            for word in between
        )
    )


def pair(mentions: Sequence[Mention], pronoun: Token) -> Identity | None:
    """The last two before a pronoun that are named together, as one group."""
    before = [each for each in pairs(mentions) if each.head.i < pronoun.i]
    return before[-1].identity if before else None


def nearest(
    mentions: Sequence[Mention],
    pronoun: Token,
    sentence_of: Sequence[int],
    apart: Sequence[str] = (),
    spoken: Collection[int] = (),
) -> Identity | None:
    """The best mention before a pronoun that can be its referent, and is not kept ``apart``.

    A near one is better than a far one, a subject than an object, one who has ``spoken`` than one who has not, and
    one whose first name or calling tells a woman or a man than one of whom nothing is told.
    """
    word = CASES.get(pronoun.lower_, nominative(pronoun.lower_))
    far = sentence_of[pronoun.i] - _SENTENCES
    candidates = [each for each in mentions if each.head.i < pronoun.i and sentence_of[each.head.i] >= far]
    if word in ("they", "each", "both", "neither"):
        candidates = sorted([*candidates, *pairs(candidates)], key=lambda each: each.head.i)
    best: tuple[int, Mention] | None = None
    for mention in candidates:
        distance = sentence_of[pronoun.i] - sentence_of[mention.head.i]
        if not agrees(word, mention) or is_apart(mention, pronoun, apart):
            continue
        rank = -2 * distance + _weight(word, mention, pronoun) + (mention.head.i in spoken)
        if best is None or rank >= best[0]:
            best = (rank, mention)
    return best[1].identity if best is not None else None


def _weight(word: str, mention: Mention, pronoun: Token) -> int:
    """How well a mention fits, whatever its distance."""
    head = mention.head
    subject = is_subject(head) or mention.leads or head.i in quotatives.sources_of(head.doc)
    weight = subject + (subject and head.sent == pronoun.sent)
    if word == "it":
        weight -= mention.identity.kind == "document"
    if head.dep_ == "pobj" and head.head.lower_ in _LOCATIVE:
        weight -= 1
    if head.dep_ == "attr" or any(child.dep_ == "expl" for child in head.head.children):
        weight -= 1
    if word in GENDERS:
        told = gender(mention.words, None)
        name = _gender_of_name(mention)
        weight += 2 * (word == "she") if told else 0 if name is None else 1 if name == GENDERS[word] else -1
    return weight


def _told_by_name(mention: Mention) -> str | None:
    """The gender that a known first name says."""
    name = mention.identity.entity.split()
    known = mention.identity.kind == "person" and len(name) > 1 and is_first_name(name[0])
    return gender_of_name(name[0].lower()) if known else None


def _gender_of_name(mention: Mention) -> str | None:
    name = mention.identity.entity.split()
    return gender_of_name(name[0].lower()) if mention.identity.kind == "person" and len(name) > 1 else None


def is_apart(mention: Mention, pronoun: Token, apart: Sequence[str]) -> bool:
    """Whether a mention is nobody's, or is known to be another: by its name, or as a part of the same clause."""
    if _is_none(mention) or {*mention.identity} & {*apart} or _is_of_thing(mention.head):
        return True
    word = CASES.get(pronoun.lower_, nominative(pronoun.lower_))
    if mention.head.sent == pronoun.sent and any(CASES.get(each.lower_) == word for each in possessives(mention.head)):
        return True  # "his colonel, he says"
    if _is_object_of(pronoun, mention.head):
        return True
    if pronoun.dep_ not in SUBJECTS:
        return False
    current = mention.head
    while current.head != current and current.dep_ in ("pobj", "poss", "compound", "conj", "appos", "prep"):
        current = current.head
        if current.lower_ == "according":
            return False
    return current == pronoun.head and mention.head.dep_ == "pobj"


def _is_of_thing(noun: Token) -> bool:
    """Whether a predicate is said of a thing: "the launcher was a dummy"."""
    subjects = [child for child in noun.head.children if child.dep_ in SUBJECTS and child.pos_ == "NOUN"]
    return noun.dep_ == "attr" and bool(subjects) and not any(map(can_speak, subjects))


def _is_object_of(pronoun: Token, subject: Token) -> bool:
    """Whether a pronoun is an object of a subject's own verb, which would be *itself*: "Chile sold them 30 rifles"."""
    verb = pronoun.head.head if pronoun.dep_ == "pobj" else pronoun.head
    return pronoun.dep_ in ("dobj", "dative", "pobj") and subject.dep_ in SUBJECTS and subject.head == verb


def thing_of(pronoun: Token) -> Identity | None:
    """The thing to which somebody belongs: "The frigate, its captain claims"."""
    things = [
        noun
        for noun in pronoun.doc
        if noun.pos_ == "NOUN" and noun.tag_ != "NNS" and is_subject(noun) and noun not in pronoun.head.conjuncts
    ]
    before = [noun for noun in things if noun.i < pronoun.i]
    behind = [noun for noun in things if noun.i > pronoun.i and noun.sent == pronoun.sent]
    thing = before[-1] if before else next((noun for noun in behind if noun.head.i != pronoun.head.head.i), None)
    return Identity(thing.lower_, "thing", None) if thing is not None else None


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
    before = [each for each in before if not _is_place(each.head)]
    names = (each.identity for each in before if each.identity.kind == kind and each.identity.entity[:1].isupper())
    return next((name for name in names if kind != "organisation" or _is_firm(name.entity)), None)


def _is_place(name: Token) -> bool:
    """Whether somebody is in a place or goes there: "moved to Harwick"."""
    link = name.head
    goes = link.lower_ in ("to", "from", "for", "through") and link.head.lemma_ in _GOING
    return name.dep_ == "pobj" and (goes or link.lower_ in ("in", "near", "outside", "around"))


def _is_firm(name: str) -> bool:
    return len(name) > 2 and _NO_FIRMS.isdisjoint(name.lower().split())


def side(mentions: Sequence[Mention], speaker: Token) -> Identity | None:
    """The organisation for which somebody speaks, where it is named in his phrase: its director, its lawyers."""
    around = [*phrase(speaker), *_headed(speaker)]
    if any(word.lower_ in ("former", "ex") for word in around):
        return None
    named = (each.identity for each in mentions if each.head in around and each.head != speaker)
    return next((each for each in named if each.kind == "organisation"), None)


def _headed(speaker: Token) -> list[Token]:
    """The words of what somebody heads or speaks for, by a relative clause: "Lund, who runs the firm Quay & Co"."""
    clauses = [child for child in speaker.children if child.dep_ == "relcl" and child.lemma_ in _HEADING]
    return [
        word
        for clause in clauses
        if clause.lemma_ not in ("speak", "work", "act") or any(child.lower_ == "for" for child in clause.children)
        for word in clause.subtree
    ]


def _is_none(mention: Mention) -> bool:
    """Whether a mention names nobody: "no ministry"."""
    return any(child.lower_ == "no" for child in mention.head.children)


def agrees(word: str, mention: Mention) -> bool:
    """Whether a mention has the kind, number and gender of a pronoun."""
    kind, head = mention.identity.kind, mention.head
    many = head.tag_ in ("NNS", "NNPS")
    if word in GENDERS:
        known = gender(mention.words) or _told_by_name(mention)
        return kind in ("person", "unnamed") and (known is None or known == GENDERS[word])
    if word == "it":
        return kind in IT or (kind == "group" and not many and head.lemma_.lower() in _COLLECTIVE)
    if word == "they":
        people = kind == "state" and states.of(head.doc).is_people(head.text)
        return kind == "group" or people or (many and kind in ("body", "organisation", "document"))
    return kind == "group"
