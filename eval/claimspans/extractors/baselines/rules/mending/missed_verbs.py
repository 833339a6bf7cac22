"""Verbs of trade that the small parser takes for a part of their goods, and receivers that it takes for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..event_words import SENDING, is_of_trade, lemma_of
from ..goods import ENTRY_OF
from ..plain_text import one_of
from ..quotative_edges import PARTING
from ..word_lists import words
from .trees import hang

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ..states import States

_PARTICIPLES = ("ed", "sent", "lent", "sold", "given", "bought", "got", "gotten", "flown", "borne", "taken")
_OF_SUBJECTS = ("poss", "det", "amod", "compound", "nummod")
_PERCEIVING = words("watch see hear let make have help catch spot notice observe")
_RECEIVERS = words(
    "army navy force guard government ministry militia rebels fighters guerrillas brigade military police regiment "
    "corps battalion insurgents separatists company militia buyers troops legion command fleet resistance front"
)
"""Who may get goods whose name stands right behind his own."""


def mend(word: Token, known: States) -> None:
    """Give a verb its goods and its subject, and the goods their own name."""
    if word.tag_ == "NN" and word.i > word.sent.start and word.nbor(-1).tag_ == "TO" and word.nbor(-1).head == word:
        _is_made(word, "VB")
    elif word.tag_ == "NN" and word.dep_ == "ccomp" and word.head.lemma_ in _PERCEIVING:
        _make_perceived(word)
    _make_relative(word)
    _make_verb(word)
    _part_receiver(word)
    if word.pos_ == "PROPN" and (known.code(word.text) or known.is_seat(word.text)):
        _make_goal(word)
        _make_receiver(word)


def _make_perceived(word: Token) -> None:
    """A verb behind its subject that is a noun too: "is watching Chile ship rifles"."""
    subject, verb = word.nbor(-1), word.head
    if subject.head != word or subject.pos_ != "PROPN":
        return
    if _is_made(word, "VB"):
        subject.dep_ = "nsubj"
        for part in [child for child in verb.children if child.i > word.i and child.dep_ in ("dobj", "prep", "dative")]:
            part.head = word
            part.dep_ = "dobj" if _is_good(part) else part.dep_
        for goods in [child for child in word.children if child.dep_ == "appos"]:
            goods.dep_ = "dobj"


def _make_relative(word: Token) -> None:
    """The verb of a relative clause, which the parser gives to its subject: "the guns that the navy sold were old"."""
    subject, verb = word.head, word.head.head
    goods, link = verb.head, word.doc[max(word.sent.start, subject.left_edge.i - 1)]
    if word.dep_ != "acl" or word.tag_ != "VBN" or subject.dep_ != "nsubj" or verb.dep_ != "relcl":
        return
    if link.lower_ != "that" or link.head != verb or goods.i + 1 != link.i or goods.dep_ != "ROOT":
        return
    if not is_of_trade(word):
        return
    verb.head, verb.dep_ = verb, "ROOT"
    goods.head, goods.dep_ = verb, "nsubj"
    word.head, word.dep_, word.tag_ = goods, "relcl", "VBD"
    subject.head, link.head = word, word
    link.tag_, link.pos_, link.dep_ = "WDT", "PRON", "dobj"


def _make_goal(name: Token) -> None:
    """A state behind a "to" that the parser takes for that of an infinitive: "ships rifles to Peru every month"."""
    link = name.nbor(-1) if name.i > name.sent.start else None
    if link is None or link.tag_ != "TO" or link.head != name or name.head == name:
        return
    link.head = name.head
    name.head, name.dep_ = link, "pobj"
    link.tag_, link.pos_, link.dep_ = "IN", "ADP", "prep"


def _make_receiver(name: Token) -> None:
    """A state behind a verb of sending that the parser makes a part of the number: "lending Peru two dozen guns"."""
    verb = name.nbor(-1) if name.i > name.sent.start else None
    goods = name.head
    while goods.head.i > name.i and goods.head != goods:
        goods = goods.head
    if verb is None or goods.head != verb or goods == name.head or goods.dep_ != "dobj" or verb not in SENDING:
        return
    hang([child for child in name.children if child.i > name.i], goods)
    name.head, name.dep_ = verb, "dative"


def _make_verb(word: Token) -> None:
    """The participle before its object where the clause has no other verb: "the navy, says she, supplied rifles"."""
    parts = {child.dep_ for child in word.children}
    if word.pos_ == "ADJ" and {"nsubj", "dobj"} <= parts and word.lower_.endswith("ed"):
        word.tag_, word.pos_ = "VBD", "VERB"
        word.lemma_ = lemma_of(word)
    if word.tag_ == "NNS" and word.dep_ in ("ROOT", "advcl", "ccomp", "conj") and {"nsubj", "dobj"} <= parts:
        _is_made(word, "VBZ")
    if word.i == word.sent.start:
        return
    before, held = word.nbor(-1), _held(word)
    participle = word.dep_ == "amod" and word.lower_.endswith(_PARTICIPLES)
    if held is None and not participle:
        return
    if before.lemma_ == "be" and word.head.dep_ == "attr" and word.head.head == before and is_of_trade(word):
        _make_passive(word, before)
        return
    goods = held or word.head
    while goods.head.i > word.i and goods.head != goods:
        goods = goods.head
    joined = before.lower_ in ("and", "but", "then") and goods.dep_ == "conj" and goods.head.dep_ == "dobj"
    opened = joined or before.lower_ == "having"
    subject = None if opened else _subject_before(word)
    if goods.i < word.i or (subject is None and not opened) or (joined and _is_good(goods.head)):
        return
    if not _is_made(word, "VBN" if before.lower_ == "having" else "VBZ" if held is not None else "VBD"):
        return
    if held is not None and word.is_ancestor(goods):
        _keep(word, goods, subject)
    else:
        _put(word, goods, subject, joined=joined)


def _held(word: Token) -> Token | None:
    """The goods behind a noun that is a verb if it has a subject: "Chile ships rifles", "we ship rifles"."""
    before = word.nbor(-1)
    finite = word.tag_ == "NNS" and before.tag_ in ("NN", "NNP")
    first = word.tag_ == "NN" and before.lower_ in ("we", "they", "you")
    return _goods_behind(word) if finite or first else None


def _is_made(word: Token, tag: str) -> bool:
    """Whether a word can be made a verb of trade, which it then is."""
    before = word.tag_, word.pos_
    word.tag_, word.pos_ = tag, "VERB"
    if is_of_trade(word):
        word.lemma_ = lemma_of(word)
        return True
    word.tag_, word.pos_ = before
    return False


def _keep(word: Token, goods: Token, subject: Token | None) -> None:
    """Give a word that stays at its place its goods, its subject and what opens its clause."""
    opening = word.doc[max(word.sent.start, word.left_edge.i - 1)]
    if opening.dep_ == "mark" and opening.i < word.i and not opening.is_ancestor(word) and word.dep_ != "ROOT":
        opening.head, word.dep_ = word, "advcl"
    goods.head, goods.dep_ = word, "dobj"
    if subject is not None and not subject.is_ancestor(word):
        subject.head, subject.dep_ = word, "nsubj"
        hang([child for child in word.children if child.i < subject.i and child.dep_ in _OF_SUBJECTS], subject)


def _put(word: Token, goods: Token, subject: Token | None, *, joined: bool) -> None:
    """Put a verb over its goods, its subject and the phrases behind them."""
    governor, root = goods.head, word.sent.root
    first = (subject or goods).left_edge.i
    parts = [token for token in word.doc[first : goods.i] if token.head == governor and token.tag_ in ("WP", "WDT")]
    marks = [token for token in (*goods.children, *word.children) if token.dep_ == "mark" and token.i < word.i]
    if first > word.sent.start and word.doc[first - 1].dep_ == "mark":
        marks.append(word.doc[first - 1])
    parts += marks
    parts += [
        token
        for token in word.sent
        if token.dep_ in ("prep", "dative")
        and token.i > goods.i
        and (token.head in (goods, governor) or token.head.i < word.i)
    ]
    if joined:
        word.head, word.dep_ = governor.head, "conj"
    elif root in (goods, subject) or root.pos_ not in ("VERB", "AUX"):
        word.head, word.dep_ = word, "ROOT"
        if root != word:
            root.head = word
    elif subject is not None and (subject == governor or subject.is_ancestor(governor)):
        word.head, word.dep_ = subject.head, subject.dep_
    elif governor.pos_ in ("VERB", "AUX"):
        word.head, word.dep_ = governor, "advcl" if subject is None or marks else "ccomp"
    else:
        word.head, word.dep_ = governor, "relcl"
    goods.head, goods.dep_ = word, "dobj"
    if subject is not None:
        subject.head, subject.dep_ = word, "nsubj"
    for part in parts:
        if not part.is_ancestor(word):
            part.head = word


def _goods_behind(word: Token) -> Token | None:
    """The goods right behind a word, with their number: "ships 300 drones"."""
    last = None
    for token in word.doc[word.i + 1 : word.sent.end]:
        if token.pos_ not in ("NUM", "ADJ", "NOUN", "DET") and (token.tag_ != "VBZ" or not _is_good(token)):
            break
        last = token
    if last is None or not _is_good(last):
        return None
    if last.tag_ == "VBZ":
        last.tag_, last.pos_ = "NNS", "NOUN"
    return last


def _is_good(word: Token) -> bool:
    return one_of(word.lower_) in ENTRY_OF


def _make_passive(word: Token, helper: Token) -> None:
    """The verb that the parser takes for a part of the goods: "Peru was gifted rifles by Chile"."""
    goods, governor = word.head, helper.head
    word.tag_, word.pos_, word.lemma_ = "VBN", "VERB", lemma_of(word)
    parts = [child for child in helper.children if child not in (goods, word)]
    links = [child for child in goods.children if child.dep_ == "prep"]
    word.head, word.dep_ = (word if governor == helper else governor), helper.dep_
    goods.head, goods.dep_ = word, "dobj"
    helper.head, helper.dep_ = word, "auxpass"
    for part in (*parts, *links):
        part.head = word
        if part.dep_ == "nsubj":
            part.dep_ = "nsubjpass"
        elif part.lower_ == "by":
            part.dep_ = "agent"


def _part_receiver(receiver: Token) -> None:
    """Who gets the goods, that the parser takes for a part of their name: "gave the Peruvian army rifles"."""
    goods = receiver.head
    if receiver.dep_ not in ("compound", "nmod") or goods.dep_ != "dobj" or not _is_good(goods):
        return
    verb = goods.head
    if receiver.lower_ not in _RECEIVERS or verb not in SENDING or goods.left_edge.lower_ not in ("the", "a", "an"):
        return
    if any(child.lower_ == "to" and child.dep_ != "aux" for part in (verb, goods) for child in part.children):
        return
    before = [child for child in goods.children if child.i < receiver.i]
    receiver.head, receiver.dep_ = verb, "dative"
    hang(before, receiver)
    hang([child for child in receiver.children if child.i > receiver.i and child.dep_ == "nummod"], goods)


def _subject_before(word: Token) -> Token | None:
    """The noun right before a participle, or the one of the sentence before a comma, that no other verb has."""
    before, root = word.nbor(-1), word.sent.root
    if before.text in PARTING:
        return root if root.pos_ in ("NOUN", "PROPN") and root.i < word.i else None
    if before.pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    while before.head.i < before.i and before.head.pos_ in ("NOUN", "PROPN", "ADP"):
        before = before.head
    return None if before.dep_ in ("dobj", "dative", "oprd", "attr", "prep", "pobj", "agent") else before
