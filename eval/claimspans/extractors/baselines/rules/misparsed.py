"""What the small model gets wrong of a text time and again, mended by the words before anything is read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....text.dates import MONTHS, WEEKDAYS
from . import adjective_people
from .goods import ENTRY_OF
from .plain_text import one_of
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .states import States

_OF_NOUNS = ("dobj", "pobj", "conj", "appos", "attr")
_BEGINNING = words("begin start stop continue keep resume cease finish suspend halt admit deny avoid quit delay")
_ACTS = words(
    "ship send sell deliver supply provide export transfer give lend lease buy receive import test fire launch use "
    "make build smuggle donate order fly ferry arm equip"
)
_CALENDAR = frozenset((*MONTHS, *WEEKDAYS))
_DATING = frozenset(("in", "on", "by", "since", "until", "from", "during", "last", "next"))


_LEMMAS = {
    "forbore": "forbear",
    "forborne": "forbear",
    "poohed": "pooh",
    "poohs": "pooh",
    "fessed": "fess",
    "copped": "cop",
    "sang": "sing",
    "denies": "deny",
    "admits": "admit",
    "confirms": "confirm",
    "insists": "insist",
    "asserts": "assert",
    "concedes": "concede",
    "contends": "contend",
    "alleges": "allege",
    "avers": "aver",
    "refutes": "refute",
    "sworn": "swear",
    "balked": "balk",
    "baulked": "baulk",
    "recanted": "recant",
    "recants": "recant",
    "forswore": "forswear",
    "gainsaid": "gainsay",
    "unsaid": "unsay",
    "foresaw": "foresee",
    "blurted": "blurt",
    "quashed": "quash",
    "rubbished": "rubbish",
    "rubbishes": "rubbish",
    "misdoubted": "misdoubt",
}
"""Verb forms that the model does not trace to their lemma."""


def mend(parsed: Doc, known: States) -> None:
    """States are names; goods that are the object of a verb are nouns; a month before a name is no part of it."""
    for token in parsed:
        _give_lemma(token)
    for token in parsed:
        adjective_people.mend(token)
        if token.pos_ not in ("PROPN", "NOUN", "ADJ") and token.text[:1].isupper() and known.is_state(token.text):
            token.tag_, token.pos_ = "NNP", "PROPN"
        if token.tag_ in ("RBS", "RBR") and token.dep_ == "nsubj":
            token.tag_, token.pos_ = "JJS", "ADJ"  # "Most recall it"
        if token.tag_ == "VB" and token.i == token.sent.start and token.dep_ in ("nsubj", "nsubjpass"):
            token.tag_, token.pos_ = "NN", "NOUN"  # "Unease was voiced"
        if token.tag_ == "VBZ" and token.dep_ in _OF_NOUNS and one_of(token.lower_) in ENTRY_OF:
            _make_noun(token)
        elif token.dep_ == "acl" and _has_own(token) and one_of(token.head.lower_) in ENTRY_OF:
            token.dep_ = "relcl"
        elif token.lower_ in _CALENDAR and token.dep_ == "compound" and token.head.pos_ == "PROPN":
            _part_from_name(token)
        elif token.tag_ == "NNP" and token.dep_ in ("compound", "npadvmod") and known.is_state(token.text):
            _make_subject(token)
        elif token.tag_ == "NN" and token.dep_ == "compound" and token.lower_.endswith("ing"):
            _make_gerund(token)
        elif token.tag_ == "NNS" and token.dep_ == "ROOT" and _has_clause(token):
            token.tag_, token.pos_ = "VBZ", "VERB"
        elif token.dep_ == "advcl" and _is_told(token):
            token.dep_ = "ccomp"
        elif token.tag_ == "NN" and token.lower_ == "fire" and token.dep_ in ("xcomp", "ccomp", "ROOT"):
            token.tag_, token.pos_ = "VB", "VERB"


def _give_lemma(verb: Token) -> None:
    if (lemma := _LEMMAS.get(verb.lower_)) is None:
        return
    verb.lemma_ = lemma
    if verb.tag_ == "NNS":
        verb.tag_, verb.pos_ = "VBZ", "VERB"
    if verb.tag_ in ("NN", "NNP", "JJ") and verb.i > verb.sent.start:
        verb.tag_, verb.pos_ = "VBD", "VERB"


def _make_subject(state: Token) -> None:
    """Of the verb behind it, where that has none: "Chile test-fires a torpedo", "Peru, once it has paid, gets"."""
    verb = state.head
    finite = verb.tag_ in ("VBZ", "VBD") or any(child.tag_ in ("MD", "VBZ", "VBD") for child in verb.children)
    if verb.pos_ != "VERB" or verb.i < state.i or not finite:
        return
    if not any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in verb.children):
        state.dep_ = "nsubjpass" if any(child.dep_ == "auxpass" for child in verb.children) else "nsubj"


def _has_clause(noun: Token) -> bool:
    """Whether a noun has what only a verb has, a subject right before it and a clause: "Peru doubts … that …"."""
    subject = noun.i > noun.sent.start and noun.nbor(-1).dep_ == "nsubj" and noun.nbor(-1).head == noun
    return subject and any(child.dep_ == "ccomp" and child.i > noun.i for child in noun.children)


def _is_told(clause: Token) -> bool:
    """Whether a clause right behind a verb is told by its *that*: "recalled that forty rifles are missing"."""
    verb = clause.head
    return verb.pos_ == "VERB" and clause.left_edge.i == verb.i + 1 and clause.left_edge.lower_ == "that"


def _has_own(verb: Token) -> bool:
    """Whether a verb has a subject and a "that" of its own: "the carbines that it had meant to keep"."""
    return {"nsubj", "mark"} <= {child.dep_ for child in verb.children}


def _make_gerund(word: Token) -> None:
    """A verb of an act behind one of its beginning or end, with its object: "has begun shipping tanks to Peru"."""
    goods, verb = word.head, word.head.head
    begun = verb.lemma_ in _BEGINNING and verb.i + 1 == word.i and goods.dep_ == "dobj" and goods.lemma_ != "container"
    lemma = next((form for form in _stems(word.lower_) if form in _ACTS), None)
    if not begun or lemma is None:
        return
    word.tag_, word.pos_, word.dep_, word.lemma_, word.head = "VBG", "VERB", "xcomp", lemma, verb
    behind = [child for child in verb.children if child.dep_ == "prep" and child.i > goods.i]
    for part in (goods, *behind):
        part.head = word


def _stems(gerund: str) -> tuple[str, ...]:
    stem = gerund.removesuffix("ing")
    return stem, f"{stem}e", stem[:-1]


def _make_noun(token: Token) -> None:
    """With its relative clause and its number: "gave Peru the 500 carbines that it had meant to keep"."""
    token.tag_, token.pos_ = "NNS", "NOUN"
    for child in token.children:
        if (
            child.dep_ == "ccomp"
            and child.i > token.i
            and any(part.lower_ in ("that", "which") for part in child.children)
        ):
            child.dep_ = "relcl"
        elif child.dep_ == "nsubj" and child.i < token.i and child.like_num:
            child.dep_ = "nummod"


def _part_from_name(date: Token) -> None:
    """The name is the subject of the verb behind it, where that has none: "In May Peru lent Chile a gunboat"."""
    name, first = date.head, date.i
    while first > 0 and date.doc[first - 1].like_num:
        first -= 1
    preposition = date.doc[first - 1] if first > 0 else None
    if preposition is None or preposition.lower_ not in _DATING or name.i < date.i or name.dep_ != "pobj":
        return
    verb = name.head.head
    if name.head != preposition or verb.pos_ not in ("VERB", "AUX") or verb.i < name.i:
        return
    if not any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children):
        passive = any(child.dep_ == "auxpass" for child in verb.children)
        name.head, name.dep_ = verb, "nsubjpass" if passive else "nsubj"
        date.head, date.dep_ = preposition, "pobj"
