"""Sources that the small parser joins to another word than their verb, mended by the words around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import sources
from ..source_words import TITLES
from ..verb_forms import BASES, LEMMA_OF
from ..vocabulary import SAID
from ..word_lists import words
from . import misrows
from .trees import NOUNS, PAST_AND_PRESENT, hang, take_place

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DEALS = words(
    "sale transfer delivery use shipment purchase attack launch export import supply theft seizure raid strike test "
    "deal transport handover donation loan"
)
"""What is done by somebody."""
_DATING = words("after before until since as once while because")
_ADMITTED = SAID | words("responsibility blame guilt liability fault")


def mend(parsed: Doc) -> None:
    """Each verb of saying gets the subject that stands before it."""
    for token in parsed:
        if token.tag_ == "NNP" and token.i == token.sent.start and token.dep_ == "advcl":
            _make_opening(token)
    for token in parsed:
        if token.lower_ in ("citing", "quoting") and token.tag_ == "NNP" and token.i == token.sent.start:
            _make_citing(token)
        elif token.dep_ in ("nmod", "amod", "compound") and token.pos_ in NOUNS:
            misrows.part_pair(token)
        elif token.dep_ == "pobj" and token.pos_ == "PROPN":
            _part_from_prefix(token)
        elif token.dep_ == "conj" and token.head.dep_ == "pobj" and token.pos_ in NOUNS:
            misrows.part_from_place(token)
        elif token.dep_ == "appos" and token.head.dep_ == "nsubj":
            misrows.make_row(token)
        elif token.tag_ in ("VBN", "VBD") and token.dep_ == "amod" and token.lemma_ in BASES:
            _make_verb_of(token)
        elif token.tag_ == "NNS" and token.dep_ == "pobj" and token.lower_ in LEMMA_OF:
            _part_from_agent(token)
        elif token.tag_ in PAST_AND_PRESENT and token.lemma_ in BASES:
            _give_agent_back(token)
        elif token.lower_ == "by" and token.head.dep_ == "pcomp" and token.head.head.head.lemma_ in ("quote", "cite"):
            token.head, token.dep_ = token.head.head.head, "agent"
        elif token.lower_ == "by" and token.dep_ in ("prep", "agent") and token.head.pos_ in ("NOUN", "ADJ"):
            _lift_agent(token)
    for token in parsed:
        if token.tag_ == "NN" and token.dep_ in ("conj", "pobj") and token.lower_.endswith("ed"):
            _make_past(token)
    for token in parsed:
        if token.tag_ in PAST_AND_PRESENT and token.lemma_ in BASES and not _subjects(token):
            _give_subject(token)
        elif (
            token.lemma_ in ("say", "tell", "reveal")
            and token.tag_ == "VB"
            and not any(child.dep_ == "nsubj" for child in token.children)
        ):
            _give_fronted(token)
        elif token.lower_ in ("citing", "quoting") and token.dep_ == "advcl":
            _give_to_source(token)


def _subjects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in sources.SUBJECTS]


def _part_from_prefix(name: Token) -> None:
    """A name with its title that is taken for one with the place before it: "In Kest Colonel Vale confirmed it"."""
    link = name.head
    verb = link.head
    parts = sorted((child for child in name.children if child.dep_ == "compound"), key=lambda child: child.i)
    titled = next((part for part in parts[1:] if part.lower_ in TITLES), None)
    if titled is None or parts[0].lower_ in TITLES or link.lower_ not in ("in", "at", "from") or verb.i < name.i:
        return
    if verb.tag_ not in PAST_AND_PRESENT or _subjects(verb):
        return
    before = [part for part in parts if part.i < titled.i]
    before[-1].head, before[-1].dep_ = link, "pobj"
    hang(before[:-1], before[-1])
    name.head, name.dep_ = verb, "nsubj"


def _make_citing(word: Token) -> None:
    """*Citing* that is taken for a name: "Citing Ines Vale, the Wire wrote …"."""
    named = word.head
    paper = next((child for child in named.children if child.dep_ == "appos" and child.i > named.i), None)
    if named.dep_ != "nsubj" or paper is None or word.dep_ != "compound":
        return
    verb = named.head
    word.tag_, word.pos_, word.lemma_ = "VBG", "VERB", {"citing": "cite", "quoting": "quote"}[word.lower_]
    word.head, word.dep_ = verb, "advcl"
    named.head, named.dep_ = word, "dobj"
    paper.head, paper.dep_ = verb, "nsubj"


def _make_verb_of(verb: Token) -> None:
    """A verb with a source before it that is taken for a participle: "a docker accused villagers of …"."""
    noun = verb.head
    source = verb.nbor(-1) if verb.i > verb.sent.start else noun
    if noun.i < verb.i or source.head not in (verb, noun) or source.pos_ not in NOUNS:
        return
    if not sources.can_speak(source) or not (sources.can_speak(noun) or noun.lemma_ in _ADMITTED):
        return
    if source.dep_ not in ("nsubj", "npadvmod", "compound", "nmod", "amod"):
        return
    outer = noun.head if noun.dep_ in sources.SUBJECTS and noun.head.i > noun.i else noun
    before = [child for child in noun.children if child.i < source.i]
    verb.tag_ = "VBD"
    take_place(verb, outer)
    outer.head, outer.dep_ = verb, "dobj" if outer == noun else "ccomp"
    source.head, source.dep_ = verb, "nsubj"
    hang(before, source)
    hang([child for child in outer.children if child.is_punct or (outer == noun and child.dep_ == "prep")], verb)


def _make_past(word: Token) -> None:
    """A verb in the past that is taken for a noun behind *and* or *after*: "opened it and boasted of the sale"."""
    over, before = word.head, word.doc[max(0, word.i - 1)]
    if word.lower_ not in LEMMA_OF:
        return
    if word.dep_ == "conj" and before.lower_ in ("and", "but") and over.dep_ in ("dobj", "pobj", "attr"):
        verb = over.head if over.dep_ != "pobj" else over.head.head
        if verb.pos_ != "VERB":
            return
        for child in list(over.children):
            child.head = word if child.i > word.i else verb if child.dep_ == "cc" else over
        word.head = verb
    elif word.dep_ == "pobj" and over.lower_ in _DATING and before.head == word and sources.can_speak(before):
        hang([child for child in word.children if child.i < before.i], before)
        word.head, word.dep_ = over.head, "advcl"
        over.head, over.dep_, before.dep_ = word, "mark", "nsubj"
    else:
        return
    word.tag_, word.pos_, word.lemma_ = "VBD", "VERB", LEMMA_OF[word.lower_]


def _part_from_agent(verb: Token) -> None:
    """A verb that is taken for the noun behind *by*: "a memo seen by Norpress states that …"."""
    link, agent = verb.head, verb.doc[max(0, verb.i - 1)]
    participle = link.head
    told = verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "that"
    if link.lower_ != "by" or agent.head != verb or participle.dep_ != "acl" or not told:
        return
    document, clause = participle.head, verb.nbor().head
    verb.tag_, verb.pos_, verb.lemma_ = "VBZ", "VERB", LEMMA_OF[verb.lower_]
    take_place(verb, document)
    document.head, document.dep_ = verb, "nsubj"
    hang([child for child in verb.children if child.i < agent.i and child != document], agent)
    agent.head, agent.dep_ = link, "pobj"
    clause.head, clause.dep_ = verb, "ccomp"
    hang([child for child in document.children if child.i > verb.i], verb)


def _give_agent_back(verb: Token) -> None:
    """A noun behind *by* that is taken for a part of the verb behind it: "leaked by two officials states that …"."""
    noun = verb.nbor(-1) if verb.i > verb.sent.start else None
    if noun is None or noun.head != verb or noun.dep_ not in ("compound", "nmod", "nsubj") or noun.pos_ not in NOUNS:
        return
    link = noun.doc[noun.left_edge.i - 1] if noun.left_edge.i > verb.sent.start else None
    if link is not None and link.lower_ == "by" and link.dep_ == "agent" and not list(link.children):
        noun.head, noun.dep_ = link, "pobj"
    elif noun.dep_ == "compound" and not _subjects(verb) and sources.can_speak(noun):
        hang(
            [child for child in verb.children if child.i < noun.i and child.dep_ in ("det", "amod", "nummod", "poss")],
            noun,
        )
        noun.dep_ = "nsubj"


def _lift_agent(link: Token) -> None:
    """Who judges, whom the parser gives to the judgment: "was called an insult by the mayor"."""
    noun = link.head
    verb = noun.head if noun.dep_ in ("oprd", "acomp", "advcl", "advmod", "dobj") else noun.head.head
    passive = any(child.dep_ == "auxpass" for child in verb.children) or verb.dep_ == "advcl"
    known = verb.lemma_ in BASES and verb.tag_ == "VBN" and passive and noun.lemma_ not in _DEALS
    agents = [child for child in link.children if child.dep_ == "pobj" and sources.can_speak(child)]
    if known and agents and noun.i > verb.i and not any(child.dep_ == "agent" for child in verb.children):
        link.head, link.dep_ = verb, "agent"


def _make_opening(word: Token) -> None:
    """A participle that opens its sentence and is taken for a name: "Branded absurd by the mayor, the story …"."""
    if word.lower_.endswith("ed") and word.lower_ in LEMMA_OF:
        word.tag_, word.pos_, word.lemma_ = "VBN", "VERB", LEMMA_OF[word.lower_]
        for child in word.children:
            child.dep_ = "oprd" if child.i == word.i + 1 and child.dep_ == "advmod" else child.dep_


def _give_subject(verb: Token) -> None:
    """A noun right before a verb that the parser joins to one further off: "blamed the crew and pilots blamed …"."""
    last = verb.i - 1
    while last > verb.sent.start and verb.doc[last].pos_ in ("AUX", "ADV"):
        last -= 1
    noun = verb.doc[last]
    link = noun.head
    ahead = link.doc[max(0, link.i - 1)]
    if noun.dep_ == "pobj" and link.dep_ == "prep" and ahead.pos_ in NOUNS and ahead.dep_ == "conj":
        link.head = ahead
    while noun.right_edge.i == last and noun.head.right_edge.i == last and noun.dep_ in ("pobj", "prep"):
        if noun.head.lower_ in _DATING:
            break
        noun = noun.head
    link = noun.head
    if noun.pos_ not in NOUNS or noun.right_edge.i != last or noun.i > verb.i or not sources.can_speak(noun):
        return
    if noun == verb.head or noun in verb.ancestors:
        return
    before = verb.doc[noun.left_edge.i - 1] if noun.left_edge.i > verb.sent.start else None
    joined = noun.dep_ == "conj" and verb.dep_ == "conj" and before is not None and before.dep_ == "cc"
    aside = noun.dep_ == "appos" and verb.dep_ == "ROOT" and before is not None and before.text == ","
    object_of = noun.dep_ == "dobj" and verb.dep_ == "ccomp" and verb.head == noun.head and noun.head.lemma_ in BASES
    dated = noun.dep_ == "pobj" and link.lower_ in _DATING and link.i + 1 == noun.left_edge.i and link != verb.head
    if not (joined or aside or object_of or dated):
        return
    if dated:
        link.head, link.dep_ = verb, "mark"
    if joined and before is not None:
        before.head = noun.head if verb.head == noun.head else verb.head
    noun.head, noun.dep_ = verb, "nsubj"


def _give_fronted(verb: Token) -> None:
    """A source behind a question put first: "where they came from the clerk will not say"."""
    helpers = [child for child in verb.children if child.dep_ == "aux" and child.tag_ == "MD"]
    if not helpers or not any(child.dep_ == "neg" for child in verb.children) or helpers[0].i == verb.sent.start:
        return
    source = helpers[0].nbor(-1)
    spoken = source.tag_ == "PRP" or (source.pos_ in NOUNS and sources.can_speak(source))
    asked = verb.sent[0].tag_ in ("WRB", "WP", "WDT", "IN")
    if spoken and asked and source.dep_ in ("pobj", "dobj", "npadvmod", "dep", "attr") and source not in verb.ancestors:
        source.head, source.dep_ = verb, "nsubj"


def _give_to_source(cited: Token) -> None:
    """*Citing* belongs to the verb of saying over the clause that it follows: "reported that …, citing the army"."""
    subjects = _subjects(cited.head)
    if subjects and sources.can_speak(subjects[0]):
        return
    over = next((word for word in cited.head.ancestors if word.lemma_ in BASES and _subjects(word)), None)
    if over is not None and over.i < cited.i:
        cited.head = over
