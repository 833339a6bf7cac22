"""Which words of a text take a position, and the nouns that their grammar names as speakers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from . import sources, states
from .polarity import Polarity, evaded, is_negated, polarity, withholds
from .vocabulary import (
    ADJECTIVE_STANCE_OF,
    CLAUSE_VERBS,
    CREDITING_VERBS,
    KIND_OF,
    LIGHT_VERBS,
    NAME_KIND_OF,
    NAMING_VERBS,
    NEEDS_CLAUSE,
    NOUN_STANCE_OF,
    OFFICES,
    PEOPLE,
    STANCE_OF,
    TROUBLING_VERBS,
    WITHHOLDING,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .quotations import Quoted

_COPULAS = frozenset("be remain seem feel become stay grow keep look appear sound stand get".split())
_CLAUSES = ("ccomp", "xcomp", "parataxis", "oprd")
_ABOUT = ("about", "over", "at", "of", "on", "that", "regarding", "concerning", "for", "to", "by")
_NEAR = 12
"""So many characters may part a quotation from its verb."""
_RULING_OUT = "evasion"


class Cue(NamedTuple):
    """A cue by the places of its first token and of the one behind its last; ``negated`` where it commits to nothing.

    ``token`` is the word itself, ``stance`` that of its kind, before its content is read.
    """

    start: int
    end: int
    token: Token
    stance: str
    negated: bool
    speakers: list[Token]


def cue_words(parsed: Doc, quoted: Quoted) -> Iterator[Cue]:
    """The cues that have a speaker, in reading order."""
    for token in parsed:
        cue = _cue(token, quoted)
        if cue is not None and cue.speakers:
            yield cue


def _cue(token: Token, quoted: Quoted) -> Cue | None:
    if token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
        return _according(token)
    if token.pos_ in ("VERB", "AUX") or (token.tag_.startswith("VB") and token.lemma_ in STANCE_OF):
        return _rule_out(token) or _withheld(token) or _troubled(token) or _verb(token, quoted)
    if token.pos_ == "NOUN":
        return _noun(token) or _mistaken(token)
    if token.lower_ in ADJECTIVE_STANCE_OF:
        return _adjective(token)
    return None


def _according(token: Token) -> Cue:
    to = token.nbor()
    objects = [child for child in (*to.children, *token.children) if child.dep_ == "pobj"]
    return Cue(token.i, token.i + 2, token, "assertion", False, [each for noun in objects[:1] for each in (noun, *filter(sources.can_speak, noun.conjuncts))])


def _rule_out(verb: Token) -> Cue | None:
    """"does not rule out", in every form, with its auxiliaries."""
    if verb.lemma_ != "rule":
        return None
    out = next((child for child in verb.children if child.lower_ == "out" and child.i > verb.i), None)
    if out is None or not is_negated(verb):
        return None
    helpers = [child.i for child in verb.children if child.i < verb.i and child.dep_ in ("aux", "neg")]
    between = out.i - verb.i
    if between > 3 or not helpers or "neither" in {token.lower_ for token in verb.lefts}:
        return Cue(verb.i, verb.i + 1, verb, _RULING_OUT, True, sources.of_verb(verb))
    return Cue(min(helpers), out.i + 1, verb, _RULING_OUT, True, sources.of_verb(verb))


def _withheld(verb: Token) -> Cue | None:
    if verb.lemma_ not in WITHHOLDING or not withholds(verb):
        return None
    if polarity(verb) is Polarity.UNSPOKEN:
        return None
    return Cue(verb.i, verb.i + 1, verb, "evasion", True, sources.of_verb(verb))


def _troubled(verb: Token) -> Cue | None:
    """A verb whose object feels: "the sale troubled Kest"; or whose participle says how its subject feels."""
    lemma = verb.lemma_
    if lemma not in TROUBLING_VERBS:
        return None
    stance = "assertion" if lemma in ("delight", "please") else "concern"
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        felt = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass") and sources.eligible(child)]
        return Cue(verb.i, verb.i + 1, verb, stance, False, felt) if polarity(verb) is not Polarity.UNSPOKEN else None
    felt = [child for child in verb.children if child.dep_ == "dobj" and child.i > verb.i and sources.can_speak(child)]
    if not felt or verb.tag_ == "VBG" or polarity(verb) is Polarity.UNSPOKEN:
        return None
    return Cue(verb.i, verb.i + 1, verb, stance, False, felt)


def _verb(verb: Token, quoted: Quoted) -> Cue | None:
    lemma = verb.lemma_.lower()
    known = STANCE_OF.get(lemma) or CLAUSE_VERBS.get(lemma)
    credited = _credited(verb)
    if credited:
        return Cue(verb.i, verb.i + 1, verb, "assertion", False, credited)
    speakers = [token for token in sources.of_verb(verb)]
    if known is None or not speakers:
        if lemma in ("give", "make", "offer", "have") and speakers:
            return None
        return None
    stands = polarity(verb)
    if stands is Polarity.UNSPOKEN or _is_light(verb):
        return None
    negated = stands is Polarity.NEGATED
    if negated and not evaded(verb) and known in ("condemnation", "concern", "commitment"):
        known = "assertion" if lemma != "agree" else "evasion"
    if lemma in CLAUSE_VERBS or lemma in NEEDS_CLAUSE:
        has = _has_content(verb, quoted)
        if not has and not (negated and evaded(verb)) and not (lemma in CLAUSE_VERBS and _figure(verb)):
            return None
    if lemma in CLAUSE_VERBS and not all(sources.can_speak(token) for token in speakers):
        return None
    if lemma in ("suggest", "indicate", "imply", "show", "prove") and not all(sources.can_speak(token) for token in speakers):
        return None
    if lemma == "own" and not any(child.lower_ == "up" for child in verb.children):
        return None
    return Cue(verb.i, verb.i + 1, verb, known, negated and evaded(verb), speakers)


def _credited(verb: Token) -> list[Token]:
    """The source of a participle that credits a document or a figure: "a memo leaked by the union"."""
    if verb.tag_ != "VBN" or verb.dep_ not in ("acl", "amod", "relcl", "conj") or verb.lemma_ not in CREDITING_VERBS:
        return []
    head = verb.head
    if KIND_OF.get(head.lemma_.lower()) != "document" and head.lemma_ not in ("number", "figure", "tally", "claim", "total", "word"):
        return []
    return sources.of_verb(verb) if any(child.dep_ == "agent" for child in verb.children) else []


def _is_light(verb: Token) -> bool:
    """Whether a light verb gives way to its noun of saying or feeling."""
    if verb.lemma_ not in LIGHT_VERBS or any(child.dep_ == "ccomp" for child in verb.children):
        return False
    return any(child.dep_ == "dobj" and child.lemma_.lower() in NOUN_STANCE_OF for child in verb.children)


def _has_content(verb: Token, quoted: Quoted) -> bool:
    """Whether a clause, a quotation or a content of its own depends on a verb."""
    if verb.lemma_ == "own":
        return any(child.lower_ == "up" for child in verb.children)
    if any(child.dep_ in ("ccomp", "parataxis") for child in verb.children):
        return True
    if verb.dep_ in ("parataxis", "ccomp", "dep") and verb.head.i != verb.i and _part(verb):
        return True
    sentence = verb.sent
    if quoted.at(verb.idx) is None and any(
        _beside(verb, each.start, each.end) for each in quoted.touching(sentence.start_char, sentence.end_char)
    ):
        return True
    lemma = verb.lemma_
    if lemma in NAMING_VERBS:
        return any(child.dep_ in ("oprd", "xcomp", "ccomp", "advcl", "dobj", "prep") for child in verb.children)
    if lemma in STANCE_OF and lemma not in ("note", "add", "own", "stress"):
        return any(
            child.dep_ in ("prep", "xcomp", "dobj", "pcomp") and child.i > verb.i for child in verb.children
        ) and lemma in (
            "fear regret worry caution question challenge doubt allege quote cite report reveal estimate predict suspect "
            "threaten offer agree undertake guarantee contradict discount protest complain apologise apologize state "
            "dread lament demand urge describe agree commit"
        ).split()
    return False


def _beside(verb: Token, start: int, end: int) -> bool:
    """Whether a quotation stands beside a verb with its subject."""
    unit = [verb, *(token for child in verb.children if child.dep_ in ("nsubj", "dobj") for token in (child, child.left_edge))]
    first, last = min(token.idx for token in unit), max(token.idx + len(token) for token in unit)
    announced = verb.doc.text[last:start].rstrip().endswith(":")
    return 0 <= first - end <= _NEAR or 0 <= start - last <= _NEAR or announced or (start <= last and first <= end)


def _part(verb: Token) -> bool:
    left, right = verb.left_edge.i, verb.right_edge.i
    marks = {verb.doc[index].text for index in (left - 1, left, right, right + 1) if 0 <= index < len(verb.doc)}
    return bool(marks & {",", "–", "—", '"', "”", "“", ";"})


def _figure(verb: Token) -> bool:
    """Whether a verb of record has a figure for its object: "put it at 40", "counted nine flights"."""
    if verb.lemma_ == "put" and not any(child.lower_ in ("at", "lower", "higher") for child in verb.children):
        return False
    if verb.lemma_ in ("put", "count", "record", "log", "list", "tally", "estimate", "document"):
        return any(
            token.like_num or token.ent_type_ in ("CARDINAL", "QUANTITY", "MONEY", "PERCENT")
            for child in verb.children
            if child.dep_ in ("dobj", "prep", "nummod", "attr")
            for token in child.subtree
        )
    return False


def _noun(noun: Token) -> Cue | None:
    lemma = noun.lemma_.lower()
    stance = NOUN_STANCE_OF.get(lemma) or NOUN_STANCE_OF.get(noun.lower_)
    before = noun.nbor(-1) if noun.i > 0 else None
    if lemma == "comment" and before is not None and before.lower_ == "no" and noun.dep_ in ("dobj", "conj"):
        speakers = sources.of_verb(noun.head)
        return Cue(noun.i - 1, noun.i + 1, noun, "evasion", True, speakers)
    if stance is None:
        return None
    verb = noun.head
    while verb.dep_ == "conj" and verb.pos_ == "NOUN":
        verb = verb.head.head if verb.head.dep_ == "dobj" else verb.head
    carried = noun.dep_ in ("dobj", "conj") and verb.pos_ in ("VERB", "AUX") and verb.lemma_ in LIGHT_VERBS
    if carried and not any(child.dep_ == "ccomp" for child in verb.children):
        stands = polarity(verb)
        if stands is Polarity.UNSPOKEN:
            return None
        if lemma in ("statement", "remark", "remarks", "claim", "announcement", "data", "account") and not _own_content(noun):
            return None
        negated = any(child.lower_ == "no" for child in noun.children) or stands is Polarity.NEGATED
        return Cue(noun.i, noun.i + 1, noun, "assertion" if negated and stance == "concern" else stance, negated and stance != "concern", sources.of_verb(verb))
    owners = [token for token in sources.possessives(noun) if token.lower_ not in ("its", "their", "his", "her", "our")]
    if owners and _own_content(noun) and lemma not in ("evidence", "data", "offer", "threat", "protest", "anger", "regret"):
        return Cue(noun.i, noun.i + 1, noun, stance, False, [owners[0]])
    agents = [obj for child in noun.children if child.lower_ == "by" for obj in child.children if obj.dep_ == "pobj" and sources.can_speak(obj)]
    if agents and _own_content(noun):
        return Cue(noun.i, noun.i + 1, noun, stance, False, agents)
    return None


def _mistaken(noun: Token) -> Cue | None:
    """A verb behind its subject that the parser takes for a noun: "…, the envoy claims."."""
    lemma = noun.lemma_.lower()
    before = noun.nbor(-1) if noun.i > noun.sent.start else None
    if noun.tag_ != "NNS" or lemma not in STANCE_OF or before is None or before.dep_ != "compound" or before.pos_ != "NOUN":
        return None
    follows = noun.i + 1 == len(noun.doc) or noun.nbor().is_punct
    article = before.left_edge.i > 0 and before.nbor(-1).pos_ == "DET" and before.i - 2 >= noun.sent.start
    if not (follows and article and sources.can_speak(before) and noun.doc[before.i - 2].is_punct):
        return None
    return Cue(noun.i, noun.i + 1, noun, STANCE_OF[lemma], False, [before])


def _own_content(noun: Token) -> bool:
    """Whether what a noun of saying or feeling is about depends on it."""
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be" and any(child.dep_ in ("ccomp", "advcl") for child in noun.head.children):
        return True
    return any(
        (child.dep_ == "prep" and child.lower_ in _ABOUT) or child.dep_ in ("acl", "ccomp", "relcl") and child.tag_ != "WDT" and child.dep_ != "relcl"
        for child in noun.children
    )


def _adjective(word: Token) -> Cue | None:
    """A predicate adjective of feeling, will or knowledge."""
    if word.dep_ not in ("acomp", "attr", "oprd", "ROOT", "conj", "ccomp", "advcl", "acl", "amod", "relcl"):
        return None
    verb = word if word.pos_ == "VERB" else word.head
    if word.dep_ == "conj" and word.head.pos_ in ("ADJ", "VERB"):
        verb = word.head.head if word.head.dep_ == "acomp" else word.head
    if word.dep_ in ("acomp", "attr", "oprd") and verb.lemma_ not in _COPULAS:
        return None
    if word.dep_ == "amod":
        return None
    speakers = sources.of_verb(verb)
    if not speakers or polarity(verb) is Polarity.UNSPOKEN or not all(sources.can_speak(token) for token in speakers):
        return None
    stance = ADJECTIVE_STANCE_OF[word.lower_]
    has = any(child.dep_ in ("prep", "ccomp", "xcomp", "advcl") for child in word.children)
    has = has or any(child.dep_ in ("ccomp",) for child in verb.children)
    if word.lower_ in ("certain", "sure", "aware", "open", "willing", "prepared", "determined", "committed", "positive", "satisfied", "confident", "persuaded", "sorry") and not has:
        return None
    negated = is_negated(verb)
    if stance in ("assertion", "confirmation") and negated:
        return Cue(word.i, word.i + 1, word, "evasion", True, speakers)
    return Cue(word.i, word.i + 1, word, "assertion" if negated and stance == "concern" else stance, False, speakers)
