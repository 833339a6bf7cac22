"""Clauses whose subject the small model gives to another word: they are built again before anything is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..clauses import has_subject
from ..sources import SUBJECTS
from .trees import FINITE, OF_NOUNS, hang

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def mend(parsed: Doc) -> None:
    """A clause has the verb that tells it, and a verb its subject."""
    for token in parsed:
        if token.dep_ == "nsubj" and token.head.dep_ in ("aux", "auxpass") and token.head.head.pos_ == "VERB":
            token.dep_ = "nsubjpass" if token.head.dep_ == "auxpass" else "nsubj"
            token.head = token.head.head
        if token.lower_ == "that" and token.tag_ == "DT" and token.head.tag_ == "NNS" and token.dep_ == "det":
            _open_clause(token)
    for token in parsed:
        if token.tag_ == "VB" and token.dep_ == "ROOT" and token.i == token.sent.start:
            _make_noun(token)
        if token.dep_ in ("amod", "ROOT") and token.tag_ in ("VBD", "VBN"):
            _make_verb(token)
        elif token.pos_ == "DET" and token.dep_ == "det" and token.head.tag_ in FINITE and token.i + 1 == token.head.i:
            token.dep_ = "nsubj"  # "and all claim that …"
        elif token.dep_ in ("amod", "compound") and token.tag_ in ("NN", "NNS") and token.head.tag_ in FINITE:
            _make_subject(token)
        elif token.dep_ == "nsubj" and token.tag_ in ("VB", "VBP", "NN") and token.head.lemma_ == "do":
            _turn(token)
        elif token.lower_ in ("whether", "if") and token.dep_ == "mark":
            _part_question(token)
        elif token.dep_ == "advmod" and token.tag_ == "RBS" and token.i == token.sent.start:
            _make_part(token)
        elif token.dep_ == "dep" and token.tag_ in ("VBD", "VBZ") and token.head.tag_ == "VBD":
            _make_relative(token)
        elif token.dep_ == "conj" and token.tag_ in FINITE and token.head.pos_ == "VERB":
            _part_clause(token)
        elif token.dep_ in ("ccomp", "acl", "relcl") and token.left_edge.lower_ == "that":
            _return_clause(token)
        elif token.dep_ == "csubj" and token.tag_ in FINITE and token.head.dep_ == "ROOT":
            _raise(token)


def _open_clause(mark: Token) -> None:
    """*that* before a plural opens a clause: "surmised that forty rifles were missing"."""
    noun, verb = mark.head, mark.head.head
    following = noun.right_edge.i + 1
    if noun.dep_ != "dobj" or mark.i != verb.i + 1 or following >= len(mark.doc):
        return
    clause = mark.doc[following]
    clause = clause.head if clause.dep_ in ("aux", "auxpass") else clause
    if clause.pos_ not in ("VERB", "AUX") or clause == verb or has_subject(clause) or verb.is_ancestor(clause) is None:
        return
    mark.tag_, mark.pos_, mark.dep_ = "IN", "SCONJ", "mark"
    clause.head, clause.dep_ = verb, "ccomp"
    noun.head = mark.head = clause
    noun.dep_ = "nsubjpass" if any(child.dep_ == "auxpass" for child in clause.children) else "nsubj"


def _make_noun(word: Token) -> None:
    """Of a verb without a subject that opens a sentence with another one: "Unease among the crew grew"."""
    verb = next((child for child in word.children if child.dep_ == "ccomp" and child.tag_ in FINITE), None)
    linked = word.i + 1 < len(word.doc) and word.nbor().pos_ == "ADP"
    if verb is None or not linked or has_subject(verb):
        return
    word.tag_, word.pos_, word.lemma_ = "NN", "NOUN", word.lower_
    verb.head, verb.dep_ = verb, "ROOT"
    word.head, word.dep_ = verb, "nsubj"
    hang([child for child in word.children if child.dep_ == "punct"], verb)


def _make_subject(noun: Token) -> None:
    """Of a noun that is taken for a premodifier of the finite verb behind it: "A Talvian weekly shares the worry"."""
    verb = noun.head
    if noun.i + 1 != verb.i or has_subject(verb):
        return
    noun.dep_ = "nsubj"
    hang([child for child in verb.children if child.i < noun.i and child.dep_ in OF_NOUNS], noun)


def _turn(verb: Token) -> None:
    """A verb behind its subject and *did*, read as a noun: "Only then did the ministry concede that …"."""
    helper, noun = verb.head, verb.doc[max(0, verb.i - 1)]
    own = [child for child in verb.children if child.dep_ == "nsubj" and helper.i < child.i < verb.i]
    noun = own[0] if own else noun
    if helper.dep_ != "ROOT" or noun.head != verb or not (own or (noun.dep_ == "compound" and verb.tag_ != "NN")):
        return
    before = [child for child in verb.children if child.i < noun.i]
    rest = [child for child in helper.children if child != verb]
    verb.head, verb.dep_, verb.tag_, verb.pos_, verb.lemma_ = verb, "ROOT", "VB", "VERB", verb.lower_
    helper.head, helper.dep_ = verb, "aux"
    noun.dep_ = "nsubj"
    hang(before, noun)
    hang(rest, verb)


def _part_question(mark: Token) -> None:
    """What was asked from its answer: "Asked whether the guns left by night, the paper did not deny it"."""
    verb = mark.head
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    if len(subjects) < 2 or verb.head.dep_ != "ROOT" or verb.head.tag_ != "VBN" or verb.head.i != verb.sent.start:
        return
    asked, first, second = verb.head, subjects[0], subjects[1]
    commas = [child for child in verb.children if child.text == "," and first.i < child.i < second.i]
    inner = next((child for child in first.children if child.dep_ in ("acl", "relcl")), None)
    if not commas or inner is None:
        return
    verb.head, verb.dep_ = verb, "ROOT"
    asked.head, asked.dep_ = verb, "advcl"
    inner.head, inner.dep_ = asked, "ccomp"
    first.head = mark.head = inner


def _make_verb(verb: Token) -> None:
    """Of a participle with a noun before it: "The mayor voiced concern", read as a voiced concern."""
    noun = verb.head
    near = ("npadvmod", "nsubj")
    subject = next((child for child in verb.children if child.dep_ in near and child.i + 1 == verb.i), None)
    if subject is None or noun.i < verb.i or subject.ent_type_ in ("DATE", "TIME"):
        return
    if noun.dep_ == "pobj":
        _make_verb_behind(verb, subject)
        return
    before = [child for child in noun.children if child.i < subject.i and child.dep_ in OF_NOUNS]
    if noun.dep_ != "ROOT" or (subject.dep_ == "npadvmod" and not before) or (verb == noun and subject.dep_ == "nsubj"):
        return
    if verb != noun:
        first = min([subject.i, *(child.i for child in before)])
        rest = [child for child in noun.children if child.dep_ == "punct" or (child.i < first and child not in before)]
        verb.head, verb.dep_ = verb, "ROOT"
        noun.head, noun.dep_ = verb, "dobj"
        hang(rest, verb)
    elif not any(child.dep_ == "dobj" for child in verb.children):
        return
    verb.tag_, verb.pos_ = "VBD", "VERB"
    subject.dep_ = "nsubj"
    hang(before, subject)


def _make_verb_behind(verb: Token, inner: Token) -> None:
    """The same behind a phrase with a preposition: "The widow at the lock voiced alarm"."""
    noun, link = verb.head, verb.head.head
    top = link.head
    if link.dep_ != "prep" or top.dep_ != "ROOT" or top.pos_ not in ("NOUN", "PROPN") or inner.dep_ != "npadvmod":
        return
    before = [child for child in noun.children if child.i < inner.i and child.dep_ in OF_NOUNS]
    marks = [child for child in top.children if child.dep_ == "punct"]
    verb.head, verb.dep_, verb.tag_, verb.pos_ = verb, "ROOT", "VBD", "VERB"
    top.head, top.dep_ = verb, "nsubj"
    inner.head, inner.dep_ = link, "pobj"
    noun.head, noun.dep_ = verb, "dobj"
    hang(before, inner)
    hang(marks, verb)


def _make_relative(verb: Token) -> None:
    """A participle behind its noun, read as the verb before another one: "The tanner questioned on Monday swore …"."""
    first = verb.head
    subject = next((child for child in first.children if child.dep_ == "nsubj" and child.i + 1 == first.i), None)
    parted = any(word.is_punct or word.dep_ == "cc" for word in verb.doc[first.i : verb.i])
    alone = not any(child.dep_ in (*SUBJECTS, "mark", "aux", "cc") for child in verb.children)
    if subject is None or first.dep_ != "ROOT" or parted or not alone or not first.lower_.endswith("ed"):
        return
    rest = [child for child in first.children if child.i < subject.i or child.i > verb.i]
    verb.head, verb.dep_ = verb, "ROOT"
    subject.head = verb
    first.head, first.dep_, first.tag_ = subject, "acl", "VBN"
    hang(rest, verb)


def _make_part(most: Token) -> None:
    """Of an adverb that opens a sentence right before its verb: "Most claimed that …"."""
    verb = most.head
    if most.i + 1 != verb.i or verb.tag_ not in FINITE or has_subject(verb):
        return
    most.tag_, most.pos_, most.dep_ = "JJS", "ADJ", "nsubj"


def _part_clause(verb: Token) -> None:
    """A clause without *that*, read as a second verb: "recalled the rifles were rusty"."""
    first = verb.head
    noun = next((child for child in first.children if child.dep_ == "dobj" and first.i < child.i < verb.i), None)
    if noun is None or noun.right_edge.i + 1 != verb.i or has_subject(verb):
        return
    if any(child.dep_ == "cc" for child in first.children) or noun.left_edge.i != first.i + 1:
        return
    verb.dep_ = "ccomp"
    noun.head, noun.dep_ = verb, "nsubj"


def _return_clause(clause: Token) -> None:
    """To the verb before a participle between commas: "The Wire reported, citing a clerk, that …"."""
    participle, first = clause.head if clause.head.pos_ == "VERB" else clause.head.head, clause.left_edge
    verb = participle.head
    if participle.tag_ != "VBG" or participle.dep_ != "advcl" or verb.pos_ != "VERB" or verb.i > participle.i:
        return
    whole = any(child.dep_ in ("nsubj", "nsubjpass") and child != first for child in clause.children)
    if whole and participle.nbor(-1).text == "," and first.nbor(-1).text == ",":
        clause.head, clause.dep_ = verb, "ccomp"


def _raise(verb: Token) -> None:
    """A verb of saying read as the subject of what it says: "Peru reckoned the rifles were rusty"."""
    inner = verb.head
    noun = next((child for child in verb.children if child.dep_ == "dobj" and verb.i < child.i < inner.i), None)
    if noun is None or noun.left_edge.i != verb.i + 1 or not any(child.dep_ == "nsubj" for child in verb.children):
        return
    verb.head, verb.dep_ = verb, "ROOT"
    inner.head, inner.dep_ = verb, "ccomp"
    noun.head, noun.dep_ = inner, "nsubj"
