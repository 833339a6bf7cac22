"""What the small model gets wrong of a text time and again, mended by the words before anything is read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....text.dates import MONTHS, WEEKDAYS
from .. import adjective_people, headlines
from ..clauses import has_subject
from ..event_words import is_listed
from ..goods import ENTRY_OF, EVENTS
from ..plain_text import one_of
from ..source_words import KIND_OF, PEOPLE
from ..verb_forms import LEMMA_OF, VERBS_ONLY
from ..vocabulary import STANCE_OF
from ..word_lists import words
from . import disguised, loose_clauses, misjoined, misrows, missed_verbs, misvoiced, reparsed
from .trees import FINITE, hang

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from ..states import States

_OF_NOUNS = ("dobj", "pobj", "conj", "appos", "attr", "nsubj", "nsubjpass")
_BEGINNING = words(
    "begin start stop continue keep resume cease finish suspend halt admit deny avoid quit delay consider contemplate "
    "mull weigh ponder rule discuss regret recall acknowledge confess risk postpone consider recommend suggest propose "
    "oppose forbid ban prohibit enjoy prefer practise end"
)
_MAKING = words("make build produce assemble")
_PARTED = words("hand turn sign make palm fob kit fit dole parcel deal pick snap scoop sell ship send give fire set")
_NAMED = frozenset((*ENTRY_OF, *PEOPLE, *KIND_OF, *EVENTS))
"""What a singular in -s, taken for a plural, is no verb of."""
_CALENDAR = frozenset((*MONTHS, *WEEKDAYS))
_DATING = frozenset(("in", "on", "by", "since", "until", "from", "during", "last", "next"))


_LEMMAS = LEMMA_OF | {"resold": "resell", "lent": "lend", "shamed": "shame", "spared": "spare"}
"""Verb forms that the model does not trace to their lemma."""


def mend(parsed: Doc, known: States) -> None:
    """States are names; goods that are the object of a verb are nouns; a month before a name is no part of it."""
    for token in parsed:
        _give_lemma(token)
    headlines.mend(parsed)
    misvoiced.mend(parsed)
    misjoined.mend(parsed)
    disguised.mend(parsed)
    reparsed.mend(parsed)
    loose_clauses.mend(parsed)
    for token in parsed:
        if token.pos_ not in ("PROPN", "NOUN", "ADJ") and token.text[:1].isupper() and known.is_state(token.text):
            token.tag_, token.pos_ = "NNP", "PROPN"
        if token.tag_ in ("RBS", "RBR") and token.dep_ == "nsubj":
            token.tag_, token.pos_ = "JJS", "ADJ"  # "Most recall it"
    for token in parsed:
        missed_verbs.mend(token, known)
        misrows.part_from_object(token, known)
    for token in parsed:
        adjective_people.mend(token)
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
        elif token.tag_ in ("NN", "VBG") and token.dep_ == "compound" and token.lower_.endswith("ing"):
            _make_gerund(token)
        elif token.dep_ == "advcl" and _is_told(token):
            token.dep_ = "ccomp"
        elif token.tag_ == "NN" and token.dep_ == "dobj" and token.lower_.endswith("ing"):
            _make_gerund_with_particle(token)
        elif token.tag_ == "VBN" and token.dep_ == "acl" and token.head.dep_ == "ROOT":
            _make_main(token)
        elif token.tag_ == "NNS" and token.dep_ in ("ROOT", "pobj") and _lacks_verb(token):
            _make_verb(token)
        elif token.tag_ == "NN" and token.lower_ == "fire" and token.dep_ in ("xcomp", "ccomp", "ROOT"):
            token.tag_, token.pos_ = "VB", "VERB"


def _give_lemma(verb: Token) -> None:
    """A verb of saying has its lemma, and is a verb where its form can be nothing else."""
    if (lemma := _LEMMAS.get(verb.lower_)) is None:
        return
    if verb.lower_ in VERBS_ONLY and verb.dep_ not in ("amod", "compound", "nmod"):
        if verb.tag_ == "NNS":
            verb.tag_, verb.pos_ = "VBZ", "VERB"
        if verb.tag_ in ("NN", "NNP", "JJ") and verb.i > verb.sent.start:
            verb.tag_, verb.pos_ = "VBD", "VERB"
    if verb.tag_.startswith("VB"):
        verb.lemma_ = lemma


def _make_main(verb: Token) -> None:
    """A verb of saying in the past behind its subject, where the sentence has no other: "The firm boasted of it"."""
    noun = verb.head
    following = verb.doc[min(verb.i + 1, len(verb.doc) - 1)].lower_
    said = STANCE_OF.get(verb.lemma_) is not None and following in ("of", "about", "that")
    if not said or noun.pos_ not in ("NOUN", "PROPN") or any(word.tag_ in FINITE for word in verb.sent):
        return
    verb.tag_, verb.dep_, verb.head = "VBD", "ROOT", verb
    hang([child for child in noun.children if child.i > verb.i], verb)
    noun.head, noun.dep_ = verb, "nsubj"


def _make_subject(state: Token) -> None:
    """Of the verb behind it, where that has none: "Chile test-fires a torpedo", "Peru, once it has paid, gets"."""
    verb = state.head
    finite = verb.tag_ in ("VBZ", "VBD") or any(child.tag_ in ("MD", "VBZ", "VBD") for child in verb.children)
    if verb.pos_ != "VERB" or verb.i < state.i or not finite:
        return
    if not any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in verb.children):
        state.dep_ = "nsubjpass" if any(child.dep_ == "auxpass" for child in verb.children) else "nsubj"


def _lacks_verb(noun: Token) -> bool:
    """Whether a sentence has no verb, save one taken for a plural behind its subject: "The torpedo sinks"."""
    from ..parsing import is_verb  # which mends by this module

    before = noun.nbor(-1) if noun.i > noun.sent.start else None
    if before is None or before.tag_ not in ("NN", "NNP") or before.dep_ != "compound" or before.head != noun:
        return False
    determined = any(child.dep_ in ("det", "poss") for child in noun.children)
    if noun == noun.sent[-1] or not (noun.sent[-1].text in (".", "!", ";") or noun.sent[-1].is_space):
        return False
    verbal = is_verb(one_of(noun.lower_)) and one_of(noun.lower_) not in _NAMED and noun.nbor().lower_ != "of"
    return determined and verbal and not any(token.pos_ in ("VERB", "AUX") for token in noun.sent)


def _make_verb(noun: Token) -> None:
    noun.tag_, noun.pos_ = "VBZ", "VERB"
    subject = noun.nbor(-1)
    if noun.dep_ == "ROOT":
        subject.dep_ = "nsubj"
        hang(
            [
                child
                for child in noun.children
                if child.i < subject.i and child.dep_ in ("det", "poss", "amod", "nummod", "compound")
            ],
            subject,
        )


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
    near = verb.i + 1 == word.i or (verb.i + 2 == word.i and word.nbor(-1).dep_ == "prt")
    begun = verb.lemma_ in _BEGINNING and near and goods.dep_ == "dobj" and goods.lemma_ != "container"
    lemma = next((form for form in _stems(word.lower_) if form in _MAKING or is_listed(form)), None)
    if not begun or lemma is None:
        return
    word.tag_, word.pos_, word.dep_, word.lemma_, word.head = "VBG", "VERB", "xcomp", lemma, verb
    behind = [child for child in verb.children if child.dep_ == "prep" and child.i > goods.i]
    hang((goods, *behind), word)


def _make_gerund_with_particle(word: Token) -> None:
    """A verb whose particle the parser takes for a preposition: "denied handing over the tanks"."""
    particle = word.nbor() if word.i + 1 < len(word.doc) else None
    if particle is None or particle.head != word or particle.lower_ not in ("over", "off", "out", "up", "away"):
        return
    lemma = next((form for form in _stems(word.lower_) if form in _PARTED), None)
    if word.head.pos_ != "VERB" or lemma is None:
        return
    word.tag_, word.pos_, word.dep_, word.lemma_ = "VBG", "VERB", "xcomp", lemma
    for goods in [child for child in particle.children if child.dep_ == "pobj"]:
        goods.head, goods.dep_ = word, "dobj"
    particle.dep_ = "prt"


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
        elif child.dep_ == "nsubj" and child.i == token.i - 1:
            child.dep_ = "compound"  # "Mortar shells were found"


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
    if not has_subject(verb):
        passive = any(child.dep_ == "auxpass" for child in verb.children)
        name.head, name.dep_ = verb, "nsubjpass" if passive else "nsubj"
        date.head, date.dep_ = preposition, "pobj"
