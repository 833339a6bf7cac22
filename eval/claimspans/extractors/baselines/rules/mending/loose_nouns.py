"""Noun phrases that the small model takes apart, or whose last word it takes for no noun: they are joined again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..kinds import is_human
from ..source_words import NAME_KIND_OF, OFFICES, PEOPLE
from ..sources import SUBJECTS
from .trees import OF_NOUNS, hang

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PAPERS = ("daily", "weekly", "monthly", "fortnightly")
_TRADES = ("keeper", "maker", "maid", "man", "smith", "wright", "catcher", "seller", "master", "monger", "worker")


def mend(parsed: Doc) -> None:
    """Nouns side by side are one; who is named by his trade is named by a noun."""
    for token in parsed:
        behind = token.head.i + 1 == token.i and token.tag_ in ("NN", "NNS") and token.head.pos_ == "NOUN"
        if behind and token.dep_ in ("appos", "amod"):
            _join(token)
        if token.dep_ in ("nsubj", "nsubjpass") and token.tag_ == "NN":
            _give_calling(token)
        if token.tag_ == "CD" and token.text.istitle() and token.i > token.sent.start:
            _make_name(token)
        alone = token.tag_ == "NN" and token.dep_ == "nsubj" and not any(token.children)
        if alone and token.text.istitle() and token.i > token.sent.start:
            token.tag_, token.pos_ = "NNP", "PROPN"
        if token.dep_ == "nmod" and token.tag_ == "NNS" and token.head.tag_ == "NNS":
            _part(token)
        if token.dep_ == "nmod" and token.pos_ == "PROPN" == token.head.pos_ and token.head.dep_ == "pobj":
            _make_apposition(token, token.head)
        if token.dep_ == "appos" and token.pos_ == "PROPN" and token.head.lower_ in NAME_KIND_OF:
            _make_apposition(token.head, token)
        if token.tag_ == "VBN" and token.i + 1 < len(parsed):
            _make_adjective(token)
        if (token.lower_ in _PAPERS and token.pos_ in ("ADV", "ADJ")) or _is_person(token):
            _end_phrase(token)
        if token.dep_ == "nsubj" and token.head.pos_ == "NOUN" and any(child.tag_ == "POS" for child in token.children):
            token.dep_ = "poss"
        if token.lower_ == "will" and token.tag_ == "MD" and token.head.i == token.i + 1 and token.head.tag_ == "VBZ":
            _make_will(token)
    for token in parsed:
        if token.dep_ == "nsubj" and token.pos_ in ("PROPN", "ADJ") and token.head.tag_ in ("NN", "NNS"):
            _make_premodifier(token)


def _make_will(will: Token) -> None:
    """Before a verb with an ending it is no modal but a document: "Her will says that …"."""
    owners = [child for child in will.head.children if child.dep_ in (*SUBJECTS, "det", "poss") and child.i < will.i]
    if not owners:
        return
    will.tag_, will.pos_, will.lemma_, will.dep_ = "NN", "NOUN", "will", "nsubj"
    for owner in owners:
        owner.head, owner.dep_ = will, "det" if owner.pos_ == "DET" else "poss"


def _join(noun: Token) -> None:
    """The second of two nouns side by side is no apposition but the head: "the tugboat skipper"."""
    first = noun.head
    if first.dep_ == "ROOT" or noun.text[:1].isupper() != first.text[:1].isupper():
        return
    before = [child for child in first.children if child.i < first.i and child.dep_ in OF_NOUNS]
    behind = [child for child in first.children if child.i > noun.i]
    noun.head, noun.dep_ = first.head, first.dep_
    first.head, first.dep_ = noun, "compound"
    hang((*before, *behind), noun)


def _give_calling(noun: Token) -> None:
    """The first of two subjects side by side says what the second is: "The docker Anna Velde"."""
    names = [child for child in noun.head.children if child.dep_ == noun.dep_ and child.pos_ == "PROPN"]
    if not names or names[0].left_edge.i != noun.i + 1:
        return
    before = list(noun.children)
    noun.head, noun.dep_ = names[0], "compound"
    hang(before, names[0])


def _make_name(number: Token) -> None:
    """A number in capitals behind the name that it belongs to is a part of that: "Channel Six"."""
    before = number.nbor(-1)
    if before.pos_ == "PROPN" and before.head == number and before.dep_ == "compound":
        number.tag_, number.pos_ = "NNP", "PROPN"


def _part(first: Token) -> None:
    """Two plurals that are joined, read as one noun: "Residents and weapons inspectors"."""
    last = first.head
    inner = next((child for child in first.children if child.dep_ == "conj" and child.i + 1 == last.i), None)
    if inner is None or not any(child.dep_ == "cc" for child in first.children):
        return
    first.head, first.dep_ = last.head, last.dep_
    last.head, last.dep_ = first, "conj"
    inner.head, inner.dep_ = last, "compound"


def _make_apposition(firm: Token, name: Token) -> None:
    """A name behind a comma is of the one who heads the firm before it: "the head of the Guild, Ana Lund"."""
    link = name.head if firm.head == name else firm.head
    parted = any(word.text == "," for word in firm.doc[firm.i : name.i])
    if link.pos_ != "ADP" or not parted or link.head.lower_ not in PEOPLE | OFFICES:
        return
    if firm.head == name:
        firm.head, firm.dep_ = link, "pobj"
        hang([child for child in name.children if child.i < firm.i], firm)
    name.head, name.dep_ = link.head, "appos"


def _make_adjective(participle: Token) -> None:
    """Of a participle right before its noun, read as its verb: "Leaked memo"."""
    noun = participle.nbor()
    own = [child for child in participle.children if child.dep_ not in ("punct", "dep", "cc")]
    if own != [noun] or noun.dep_ != "dobj" or noun.pos_ != "NOUN" or participle.dep_ in ("conj", "acl", "relcl"):
        return
    root = participle.dep_ == "ROOT"
    noun.head, noun.dep_ = (noun, "ROOT") if root else (participle.head, participle.dep_)
    hang([child for child in participle.children if child != noun], noun)
    participle.head, participle.dep_ = noun, "amod"


def _is_person(word: Token) -> bool:
    """Whether a word in small letters that the model takes for no noun names somebody by his trade."""
    if word.pos_ == "NOUN" or not word.text.islower():
        return False
    return word.lower_ in PEOPLE | OFFICES or (is_human(word.lower_) and word.lower_.endswith(_TRADES))


def _end_phrase(word: Token) -> None:
    """The noun that ends a phrase with an article, read as another word: "the Talvian daily said"."""
    parsed = word.doc
    first = word.i
    while (first > word.sent.start and parsed[first - 1].pos_ in ("ADJ", "PROPN", "NOUN", "ADV")) or parsed[
        first - 1
    ].tag_ == "VBN":
        first -= 1
    opened = first > word.sent.start and parsed[first - 1].pos_ == "DET"
    following = parsed[word.i + 1] if word.i + 1 < len(parsed) else None
    ends = (
        following is None
        or following.is_punct
        or following.is_space
        or following.pos_ in ("VERB", "AUX", "PROPN", "ADP", "CCONJ")
    )
    if not opened or not ends:
        return
    word.tag_, word.pos_ = "NN", "NOUN"
    word.lemma_ = word.lower_
    before = word.nbor(-1)
    if before.dep_ in SUBJECTS and before.head == word:
        before.dep_ = "compound"
        word.dep_ = "nsubj" if word.dep_ == "ccomp" else word.dep_
    elif (
        word.dep_ == "advmod"
        and word.head.i == word.i + 1
        and not any(child.dep_ in SUBJECTS for child in word.head.children)
    ):
        word.dep_ = "nsubj"
    elif before.dep_ in SUBJECTS and word.head == before.head:
        word.dep_, word.head = before.dep_, before.head
        hang((before, *before.children), word)
        before.dep_ = "compound"


def _make_premodifier(name: Token) -> None:
    """Of a nationality that the model takes for the subject of its noun: "the Talvian stowaway"."""
    if name.i + 1 == name.head.i:
        name.dep_ = "compound"
        hang(name.children, name.head)
