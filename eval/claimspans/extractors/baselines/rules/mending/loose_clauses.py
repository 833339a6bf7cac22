"""Clauses that the small parser hangs on the wrong word, mended by the words around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import sources
from ..adjective_words import ADJECTIVE_STANCE_OF
from ..clauses import has_subject
from ..kinds import kind_of
from ..verb_forms import BASES
from ..vocabulary import CLAUSE_VERBS, LIGHT_VERBS, NOUN_STANCE_OF, STANCE_OF, WITHHOLDING
from ..word_lists import words
from .trees import PAST_AND_PRESENT, take_place

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TELLING = words("tell inform remind assure warn advise notify brief ask reassure caution")
_DASHES = ("–", "—", "-", "--")


def mend(parsed: Doc) -> None:
    """A verb without a subject shares that of the verb before it; a clause belongs to the noun of saying before it."""
    for token in parsed:
        if token.dep_ == "dep" and token.tag_ in PAST_AND_PRESENT:
            _join(token)
        elif token.dep_ == "ccomp" and token.i < token.head.i and token.tag_ in PAST_AND_PRESENT:
            _put_beside(token)
        elif token.dep_ == "conj" and token.tag_ in (*PAST_AND_PRESENT, "VBN") and token.lemma_ in BASES | WITHHOLDING:
            _go_on(token)
        elif token.lower_ == "that" and token.dep_ == "mark":
            _give_to_noun(token)
            _give_past_another(token)
        elif token.lower_ in ("that", "which") and token.dep_ in ("dobj", "pobj") and token.head.dep_ == "ccomp":
            _make_relative(token)
        elif token.text == ":":
            _give_to_adjective(token)
        elif token.text in (*_DASHES, "):") and token.i > token.sent.start:
            _end_dateline(token)


def _join(verb: Token) -> None:
    """Of the verb before it: "sat until midnight, then deplored the sale"."""
    first = verb.head
    before = verb.i - 1
    while verb.doc[before].pos_ == "ADV" and before > first.i:
        before -= 1
    if (
        first.i < verb.i
        and first.pos_ == "VERB"
        and has_subject(first)
        and verb.doc[before].text in (",", "–", "—", ";")
    ):
        verb.dep_ = verb.dep_ if has_subject(verb) else "conj"


def _go_on(verb: Token) -> None:
    """Of the source, not of what it speaks of: "said the shells were old and added that the crates were damaged"."""
    clause = verb.head
    while clause.dep_ == "conj" and clause.head.pos_ in ("VERB", "AUX"):
        clause = clause.head
    subject = next((child for child in clause.children if child.dep_ in sources.SUBJECTS), None)
    outer = clause.head
    if clause.dep_ != "ccomp" or subject is None or has_subject(verb) or outer.i > clause.i or not has_subject(outer):
        return
    governs = any(child.dep_ in ("ccomp", "xcomp", "dobj") or child.lower_ == "on" for child in verb.children)
    if outer.lemma_ not in STANCE_OF or (verb.tag_ == "VBN" and not governs):
        return
    told = verb.lemma_ == "add" and any(child.dep_ == "ccomp" for child in verb.children)
    speaking = sources.can_speak(subject) and kind_of(subject) != "document" and subject.pos_ != "PRON"
    if told or not speaking or (verb.tag_ == "VBN" and subject.dep_ == "nsubjpass"):
        verb.head, verb.tag_ = outer, "VBD" if verb.tag_ == "VBN" else verb.tag_


def _put_beside(first: Token) -> None:
    """A clause is no content of the next one that has its own object: "Some deny it, others admit it"."""
    second = first.head
    subject = next((child for child in second.children if child.dep_ == "nsubj" and child.i > first.i), None)
    own = any(child.dep_ == "dobj" and not child.ent_type_ and child.i > second.i for child in second.children)
    if subject is None or not own or second.lemma_ in _TELLING or not has_subject(first) or subject.i > second.i:
        return
    if first.doc[subject.left_edge.i - 1].text == "," and not any(mark in first.sent.text for mark in '"“”'):
        take_place(first, second)
        second.head, second.dep_ = first, "conj"


def _give_to_noun(that: Token) -> None:
    """So "Voiced its anxiety that the mortars were loaded": the light verb has the noun for its object."""
    clause, noun = that.head, that.nbor(-1) if that.i else that
    verb = noun.head
    carried = noun.dep_ == "dobj" and noun.lemma_.lower() in NOUN_STANCE_OF and verb.lemma_ in LIGHT_VERBS
    if carried and clause.head == verb and clause.dep_ in ("ccomp", "advcl") and sources.of_verb(verb):
        clause.head, clause.dep_ = noun, "acl"


def _make_relative(pronoun: Token) -> None:
    """A clause whose object *that* is, right behind a noun: "sounded the alarm over shells that anyone can buy"."""
    clause, noun = pronoun.head, pronoun.nbor(-1) if pronoun.i else pronoun
    verb = clause.head
    tells = verb.lemma_ in STANCE_OF or verb.lemma_ in CLAUSE_VERBS
    if noun.pos_ == "NOUN" and verb.i < noun.i < clause.i and not tells and has_subject(clause):
        pronoun.tag_, pronoun.pos_ = "WDT", "PRON"
        clause.head, clause.dep_ = noun, "relcl"


def _give_past_another(that: Token) -> None:
    """So "Believes, as does Peru, that the guns are old": the clause is not the other's."""
    clause, aside = that.head, that.head.head
    while aside.dep_ in ("nsubj", "attr", "dobj") and aside.head.lemma_ == "do":
        aside = aside.head
    verb = aside.head
    bare = (
        aside.lemma_ == "do"
        and aside.dep_ in ("advcl", "conj", "parataxis")
        and verb.i < aside.i < that.i
        and has_subject(verb)
    )
    if bare and not any(child.dep_ == "ccomp" for child in verb.children):
        clause.head, clause.dep_ = verb, "ccomp"


def _give_to_adjective(colon: Token) -> None:
    """So "Are adamant: no gun was buried there": what stands behind the colon is what they are sure of."""
    word = colon.nbor(-1) if colon.i > colon.sent.start else colon
    verb, clause = word.head, word.head.head
    stated = word.dep_ == "acomp" and word.lower_ in ADJECTIVE_STANCE_OF and verb.dep_ == "ccomp"
    if stated and clause.i > colon.i and has_subject(verb):
        take_place(verb, clause)
        clause.head, clause.dep_ = word, "ccomp"


def _end_dateline(dash: Token) -> None:
    """So "KEST, May 7 – Officials denied it": who follows the dash is no apposition of the place."""
    place = dash.sent[0]
    source = next(
        (child for child in place.children if child.dep_ == "appos" and child.left_edge.i == dash.i + 1), None
    )
    verb = place.head
    if (
        source is None
        or place.dep_ not in sources.SUBJECTS
        or verb.i < source.i
        or not place.text.istitle() | place.is_upper
    ):
        return
    if not any(word.text in _DASHES for word in dash.doc[source.i : verb.i]):
        source.head, source.dep_ = verb, place.dep_
        place.dep_ = "dep"
