"""Nouns of saying and feeling that the small parser takes for something else, and the light verbs that carry them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import sources
from ..verb_forms import finite
from ..vocabulary import LIGHT_VERBS, NOUN_STANCE_OF, TROUBLING_VERBS
from ..word_lists import words
from .trees import NOUNS, hang, take_place

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_EVASIVE = words("mum coy cagey vague lipped evasive silent mute schtum non-committal noncommittal secretive reticent")
_KEEPING = words("be keep stay remain become fall go look seem sound")
_UNCHANGED = words("cast put set hit let cut")
"""Verbs whose past is their base, which the parser takes for nouns."""
_TROUBLED = {finite(lemma)[1]: lemma for lemma in sorted(TROUBLING_VERBS)}
_ABOUT = words("about over regarding concerning")
_EVENTS = words(
    "sale loss delivery shipment transfer deal purchase use test attack strike report claim news prospect thought idea "
    "charge export import raid launch finding verdict decision plan"
)
_OWNED_BY = words("among by of")


def mend(parsed: Doc) -> None:
    """A feeling is a noun, what carries it a verb, and what it is about its own."""
    for token in parsed:
        _give_class(token)
        if token.lower_ in NOUN_STANCE_OF:
            _make_noun(token)
        elif token.tag_ in ("VBN", "VBD") and token.dep_ == "amod" and token.lemma_ in LIGHT_VERBS:
            _make_carrier(token)
        elif token.dep_ == "amod" and token.lower_ in _TROUBLED:
            _make_perfect(token)
        elif token.tag_ == "VBG" and token.dep_ == "amod" and token.lemma_ in LIGHT_VERBS:
            _make_participle(token)
        elif token.tag_ == "NN" and token.lower_ in _UNCHANGED and token.dep_ in ("ROOT", "conj", "advcl", "ccomp"):
            _make_unchanged(token)
    for token in parsed:
        if token.dep_ == "prep" and token.head.pos_ in NOUNS and token.head.dep_ == "pobj":
            _lift(token)
        elif token.dep_ == "relcl":
            _part_clauses(token)


def _give_class(word: Token) -> None:
    """A predicate is an adjective, and a feeling behind a light verb a noun: "kept mum", "heaped scorn on it"."""
    verb = word.head
    if any(child.dep_ in ("det", "poss") for child in word.children) or word.i < verb.i:
        return
    predicate = word.dep_ in ("dobj", "attr", "acomp", "advmod", "oprd", "xcomp", "ccomp", "prt")
    if word.tag_ in ("NN", "VB", "RB", "RP") and word.lower_ in _EVASIVE and predicate and verb.lemma_ in _KEEPING:
        word.tag_, word.pos_, word.dep_ = "JJ", "ADJ", "acomp"
        return
    carried = word.lower_ in NOUN_STANCE_OF and verb.lemma_ in LIGHT_VERBS and word.i == verb.i + 1
    following = word.doc[min(word.i + 1, len(word.doc) - 1)]
    if word.tag_ in ("RB", "JJ") and carried and following.tag_ not in ("NN", "NNS", "JJ", "RB"):
        word.tag_, word.pos_, word.dep_ = "NN", "NOUN", "dobj"


def _make_noun(word: Token) -> None:
    if word.tag_ == "NNP" and word.i == word.sent.start and word.dep_ in sources.SUBJECTS:
        word.tag_, word.pos_, word.lemma_ = "NN", "NOUN", word.lower_
    given = word.tag_ == "VBG" and word.dep_ == "dobj" and word.head.lemma_ in LIGHT_VERBS
    if given and word.i == word.head.i + 1:
        word.tag_, word.pos_, word.lemma_ = "NN", "NOUN", word.lower_
        for child in word.children:
            child.dep_ = "acl" if child.dep_ == "ccomp" else child.dep_
    if word.tag_ == "VBG" and not word.lower_.endswith("ing") and word.head.i == word.i - 1:
        before = word.head  # "Growing dismay was …"
        word.tag_, word.pos_, word.lemma_ = "NN", "NOUN", word.lower_
        word.head, word.dep_ = (before.head, "nsubjpass" if "pass" in before.dep_ else "nsubj")
        before.head, before.dep_ = word, "amod"


def _make_carrier(verb: Token) -> None:
    """A light verb behind its source that is taken for a participle of its noun: "a stoker conveyed concern"."""
    noun = verb.head
    source = verb.nbor(-1) if verb.i > verb.sent.start else noun
    if noun.lemma_.lower() not in NOUN_STANCE_OF or source.head not in (verb, noun) or source.pos_ not in NOUNS:
        return
    if not sources.can_speak(source) or noun.dep_ not in ("ROOT", "conj", "advcl", "ccomp", "relcl"):
        return
    verb.tag_ = "VBD"
    take_place(verb, noun)
    for child in list(noun.children):
        if child.i < source.i:
            child.head = source
        elif child.is_punct:
            child.head = verb
    noun.head, noun.dep_ = verb, "dobj"
    source.head, source.dep_ = verb, "nsubj"


def _make_participle(verb: Token) -> None:
    """A light verb behind a comma is no adjective of its noun: "left the court, voicing unease"."""
    noun = verb.head
    if (
        verb.doc[max(0, verb.i - 1)].text != ","
        or noun.lemma_.lower() not in NOUN_STANCE_OF
        or noun.dep_ not in ("dobj", "appos")
    ):
        return
    verb.head, verb.dep_ = noun.head, "advcl"
    noun.head, noun.dep_ = verb, "dobj"


def _make_perfect(verb: Token) -> None:
    """A verb behind *has* that is taken for an adjective: "the sale has alarmed villagers"."""
    felt, helper = verb.head, verb.doc[max(0, verb.i - 1)]
    if (
        helper.lower_ not in ("has", "have", "had")
        or felt.head != helper
        or felt.dep_ != "dobj"
        or any(child.dep_ in ("det", "poss") for child in felt.children)
    ):
        return
    verb.tag_, verb.pos_, verb.lemma_ = "VBN", "VERB", _TROUBLED[verb.lower_]
    take_place(verb, helper)
    hang([child for child in helper.children if child != verb], verb)
    felt.head, helper.head, helper.dep_, helper.pos_ = verb, verb, "aux", "AUX"


def _make_unchanged(verb: Token) -> None:
    """A verb with a source before it and a feeling behind it: "a docker cast doubt on it"."""
    noun = verb.nbor() if verb.i + 1 < len(verb.doc) else verb
    source = verb.nbor(-1) if verb.i > verb.sent.start else verb
    carried = noun.head == verb and noun.dep_ == "dobj" and noun.lower_ in NOUN_STANCE_OF
    if not carried or source.head != verb or not sources.can_speak(source):
        return
    hang(
        [
            child
            for child in verb.children
            if child.i < source.i and child.dep_ in ("det", "amod", "compound", "nummod", "poss")
        ],
        source,
    )
    verb.tag_, verb.pos_, verb.lemma_, source.dep_ = "VBD", "VERB", verb.lower_, "nsubj"


def _lift(link: Token) -> None:
    """What a feeling is about, which the parser gives to those who have it: "horror among the crew at the sale"."""
    person, owner = link.head, link.head.head
    about = link.lower_ in _ABOUT or (
        link.lower_ == "at" and any(noun.lemma_.lower() in _EVENTS for noun in link.children)
    )
    if about and owner.lower_ in _OWNED_BY and sources.can_speak(person) and link.i > person.i:
        felt = owner.head.lemma_.lower() in NOUN_STANCE_OF or any(
            child.dep_ == "nsubjpass" and child.lemma_.lower() in NOUN_STANCE_OF for child in owner.head.children
        )
        if felt or (owner.head.tag_ == "VBN" and owner.head.head.lemma_.lower() in NOUN_STANCE_OF):
            link.head = owner.head


def _part_clauses(outer: Token) -> None:
    """Two verbs in a row, of which the first is the relative clause: "the qualms that the mate voiced were noted"."""
    noun = outer.head
    source = next((child for child in outer.children if child.dep_ in sources.SUBJECTS and child.i > noun.i), None)
    if noun.dep_ != "ROOT" or source is None or source.lower_ in ("that", "which", "who"):
        return
    inner = next((child for child in source.children if child.dep_ == "acl" and child.tag_ in ("VBN", "VBD")), None)
    helpers = [child for child in outer.children if child.dep_ in ("aux", "auxpass")]
    first = min([outer, *helpers], key=lambda word: word.i)
    if inner is None or inner.i > first.i or any(child.dep_ == "agent" for child in inner.children):
        return
    if any(word.is_punct for word in noun.doc[noun.i : first.i]) or not sources.can_speak(source):
        return
    passive = any(child.dep_ == "auxpass" for child in outer.children)
    pronouns = [child for child in outer.children if noun.i < child.i < source.i and child.lower_ in ("that", "which")]
    outer.head, outer.dep_ = outer, "ROOT"
    inner.head, inner.dep_, inner.tag_ = noun, "relcl", "VBD"
    noun.head, noun.dep_ = outer, "nsubjpass" if passive else "nsubj"
    source.head, source.dep_ = inner, "nsubj"
    for word in pronouns:
        word.head, word.dep_, word.tag_ = inner, "dobj", "WDT"
    hang([child for child in noun.children if child.is_punct], outer)
