"""Verbs that the small parser takes for nouns, told by what stands right around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import sources
from ..quotative_edges import PARTING
from ..verb_forms import BASES, LEMMA_OF
from ..word_lists import words
from .trees import FINITE, OF_NOUNS, hang

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MAKING = frozenset(("have", "make", "let", "hear"))
_OPENING = words("that the a an this these those its his her their it he she they we having")
_PRONOUNS = words("he she it they we i you")
_ASKED = words(
    "asked pressed told urged invited questioned accused reminded warned shown confronted quizzed challenged"
)
_NEVER = words("never not seldom rarely hardly scarcely")
_TIRING = {"tires": "tire", "wearies": "weary", "stops": "stop", "ceases": "cease"}


def mend(parsed: Doc) -> None:
    """A gerund, an infinitive and a finite verb of saying are verbs again, with their sources."""
    for token in parsed:
        if token.tag_ == "NN" and token.dep_ == "pobj" and token.lower_.endswith("ing"):
            _make_gerund(token)
        elif token.tag_ == "NN" and token.dep_ == "ccomp" and token.head.lemma_ in _MAKING:
            _make_infinitive(token)
        elif token.lower_ in _ASKED and token.tag_ == "VBD" and token.i > token.sent.start + 1:
            _make_participle(token)
        elif token.tag_ == "NNS" and token.lower_ in _TIRING:
            _make_tiring(token)
        elif token.tag_ == "NNS" and token.lower_ in LEMMA_OF and token.i > token.sent.start:
            _make_finite(token)
        elif token.dep_ == "aux" and token.lemma_ == "have" and token.i + 1 < len(parsed):
            _part_from_auxiliary(token)


def _make_gerund(word: Token) -> None:
    """With the clause behind it: "tricked him into confessing that"."""
    following = word.doc[min(word.i + 1, len(word.doc) - 1)]
    if word.lower_ not in LEMMA_OF or following.lower_ not in _OPENING or any(word.lefts):
        return
    word.tag_, word.pos_, word.dep_, word.lemma_ = "VBG", "VERB", "pcomp", LEMMA_OF[word.lower_]
    outer = word.head.head
    hang([child for child in outer.children if child.dep_ == "ccomp" and child.left_edge == following], word)


def _make_infinitive(word: Token) -> None:
    """Behind its subject and a verb of making: "had the clerk confirm that"."""
    if word.lower_ in BASES and any(child.dep_ == "nsubj" for child in word.children):
        word.tag_, word.pos_, word.lemma_ = "VB", "VERB", word.lower_


def _make_participle(word: Token) -> None:
    """So "The embassy, asked to confirm it, fell silent": the second verb is the one of the sentence."""
    subject = next((child for child in word.children if child.dep_ == "nsubj" and child.right_edge.i < word.i), None)
    second = next((child for child in word.children if child.dep_ == "conj" and child.tag_ in FINITE), None)
    if subject is None or second is None or word.nbor(-1).text not in PARTING or word.dep_ != "ROOT":
        return
    if second.nbor(-1).text not in PARTING or any(child.dep_ == "cc" for child in word.children):
        return
    word.tag_ = "VBN"
    second.head, second.dep_ = second, "ROOT"
    hang([child for child in word.children if child.i > second.i], second)
    subject.head = second
    word.head, word.dep_ = subject, "acl"


def _make_tiring(word: Token) -> None:
    """So "never tires of saying": its subject may be taken for an adjective."""
    before = word.nbor(-1) if word.i > word.sent.start else None
    if before is None or before.lower_ not in _NEVER or not any(child.dep_ == "nsubj" for child in word.children):
        return
    word.tag_, word.pos_, word.lemma_ = "VBZ", "VERB", _TIRING[word.lower_]
    for child in word.children:
        if child.dep_ == "nsubj" and child.pos_ == "ADJ":
            child.tag_, child.pos_ = "NN", "NOUN"


def _make_finite(word: Token) -> None:
    """A form in *-s* behind its subject: put between commas, before *that*, behind *what*, behind another's words."""
    subject = word.nbor(-1)
    following = word.doc[word.i + 1] if word.i + 1 < len(word.doc) else word
    if subject.text in PARTING:
        _join_to_first(word)
        return
    if following.lower_ in ("to", "that") and _make_main(word):
        return
    if subject.tag_ not in ("NN", "NNP", "JJ") or subject.head != word or not sources.can_speak(subject):
        return
    first = word.doc[word.left_edge.i]
    before = first.nbor(-1).text if first.i > word.sent.start else ""
    closed = following.text in PARTING or following.i + 1 >= word.sent.end
    inserted = before in PARTING and closed and word.dep_ == "appos"
    clauses = [child for child in word.children if child.dep_ in ("acl", "relcl", "ccomp") and child.i > word.i]
    told = word.dep_ == "ROOT" and following.lower_ == "that" and clauses
    free = first.lower_ == "what" and following.lower_ in _PRONOUNS
    if not (inserted or told or free):
        return
    word.tag_, word.pos_, word.lemma_ = "VBZ", "VERB", LEMMA_OF[word.lower_]
    subject.tag_, subject.pos_ = ("NNP", "PROPN") if subject.tag_ == "NNP" else ("NN", "NOUN")
    subject.dep_ = "nsubj"
    hang([child for child in word.children if child.dep_ in OF_NOUNS and child.lower_ != "what"], subject)
    if inserted:
        word.dep_ = "parataxis"
    elif told:
        clauses[0].dep_ = "ccomp"
    else:
        _open_relative(word, following.head)


def _make_main(word: Token) -> bool:
    """So "A man calling himself a general claims to …": the verb of a sentence that has no other."""
    noun, opening = word.sent.root, word.doc[word.sent.start : word.i]
    clauses = [
        child for child in word.children if child.dep_ in ("acl", "xcomp", "ccomp", "relcl") and child.i > word.i
    ]
    if noun.pos_ not in ("NOUN", "PROPN") or noun.i >= word.i - 1 or any(token.tag_ in FINITE for token in opening):
        return False
    following = word.nbor()
    infinitive = following.head if following.tag_ == "TO" else None
    if not sources.can_speak(noun) or word.dep_ not in ("oprd", "dobj", "pobj", "appos", "attr"):
        return False
    before = word.nbor(-1)
    hang([child for child in word.children if child.dep_ in OF_NOUNS], before)
    before.head, before.dep_ = word.head, word.dep_
    before.tag_, before.pos_ = ("NNP", "PROPN") if before.tag_ == "NNP" else ("NN", "NOUN")
    word.tag_, word.pos_, word.lemma_ = "VBZ", "VERB", LEMMA_OF[word.lower_]
    word.head, word.dep_ = word, "ROOT"
    hang([child for child in noun.children if child.is_punct and child.i > word.i], word)
    noun.head, noun.dep_ = word, "nsubj"
    if infinitive is not None:
        infinitive.head, infinitive.dep_ = word, "xcomp"
    for clause in clauses:
        clause.dep_ = "xcomp" if clause == infinitive else "ccomp"
    return True


def _open_relative(word: Token, clause: Token) -> None:
    """So "What the cook swears he saw was …": the inner clause is the verb's, and the verb opens the sentence."""
    if clause == word or clause.i < word.i:
        return
    top, place = clause.head, clause.dep_
    if word.is_ancestor(top):
        return
    word.head, word.dep_ = top, place
    clause.head, clause.dep_ = word, "ccomp"


def _join_to_first(word: Token) -> None:
    """So "Kest, wrote the Wire, fears a raid": the verb of the noun that opens the sentence."""
    verb = word.sent.root
    first = word.sent[0].head if word.sent[0].dep_ in OF_NOUNS else word.sent[0]
    commas = [token.i for token in word.doc[word.sent.start : word.i] if token.text in PARTING]
    if len(commas) != 2 or commas[0] != first.i + 1 or first.head != verb or verb.tag_ not in FINITE:
        return
    if verb.i != commas[0] + 1 or any(token.tag_ in FINITE for token in word.sent if token.i > verb.i):
        return
    word.tag_, word.pos_, word.lemma_ = "VBZ", "VERB", LEMMA_OF[word.lower_]
    hang([child for child in verb.children if child.i > word.i or child.is_punct], word)
    word.head, word.dep_ = word, "ROOT"
    first.head, verb.head, verb.dep_ = word, word, "parataxis"


def _part_from_auxiliary(word: Token) -> None:
    """So "the tanks that Kest says it never had have rusted": the first of two auxiliaries is the verb of a clause."""
    following, verb = word.nbor(), word.head
    if following.tag_ not in FINITE or following.dep_ not in ("aux", "auxpass", "ROOT") or word.i > verb.i:
        return
    near = [child for part in (verb, word) for child in part.children if child.i < word.i]
    subject = next((child for child in reversed(near) if child.dep_ == "nsubj"), None)
    outer = subject.nbor(-1) if subject is not None and subject.left_edge.i > word.sent.start else None
    if subject is None or outer is None or outer.lemma_ not in BASES or not outer.tag_.startswith("VB"):
        return
    word.pos_, word.dep_, word.head = "VERB", "ccomp", outer
    hang([child for child in near if child.i >= subject.i], word)
