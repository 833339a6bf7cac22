"""Which words of a text take a position, and the nouns that their grammar names as speakers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import sources
from .polarity import Polarity, evaded, is_negated, polarity, withholds
from .quiet_cues import Cue, adjective_cue, mistaken_cue, noun_cue
from .source_words import KIND_OF
from .vocabulary import (
    ADJECTIVE_STANCE_OF,
    CLAUSE_VERBS,
    CREDITING_VERBS,
    LIGHT_VERBS,
    NAMING_VERBS,
    NEEDS_CLAUSE,
    NOUN_STANCE_OF,
    STANCE_OF,
    TROUBLING_VERBS,
    WITHHOLDING,
)
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .quotations import Quoted

_NEAR = 12
"""So many characters may part a quotation from its verb."""
_RULING_OUT = "evasion"


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
        return noun_cue(token) or mistaken_cue(token)
    if token.lower_ in ADJECTIVE_STANCE_OF:
        return adjective_cue(token)
    return None


def _according(token: Token) -> Cue:
    to = token.nbor()
    objects = [child for child in (*to.children, *token.children) if child.dep_ == "pobj"]
    return Cue(
        token.i,
        token.i + 2,
        token,
        "assertion",
        False,
        [each for noun in objects[:1] for each in (noun, *filter(sources.can_speak, noun.conjuncts))],
    )


def _rule_out(verb: Token) -> Cue | None:
    """The cue of *does not rule out* in every form, with its auxiliaries."""
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
    known = STANCE_OF.get(lemma) or ("assertion" if lemma in CLAUSE_VERBS else None)
    credited = _credited(verb)
    if credited:
        return Cue(verb.i, verb.i + 1, verb, "assertion", False, credited)
    speakers = sources.of_verb(verb)
    if known is None or not speakers:
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
    if lemma in ("suggest", "indicate", "imply", "show", "prove") and not all(
        sources.can_speak(token) for token in speakers
    ):
        return None
    if lemma == "own" and not any(child.lower_ == "up" for child in verb.children):
        return None
    return Cue(verb.i, verb.i + 1, verb, known, negated and evaded(verb), speakers)


def _credited(verb: Token) -> list[Token]:
    """The source of a participle that credits a document or a figure: "a memo leaked by the union"."""
    if verb.tag_ != "VBN" or verb.dep_ not in ("acl", "amod", "relcl", "conj") or verb.lemma_ not in CREDITING_VERBS:
        return []
    head = verb.head
    if KIND_OF.get(head.lemma_.lower()) != "document" and head.lemma_ not in (
        "number",
        "figure",
        "tally",
        "claim",
        "total",
        "word",
    ):
        return []
    return sources.of_verb(verb) if any(child.dep_ == "agent" for child in verb.children) else []


def _is_light(verb: Token) -> bool:
    """Whether a light verb gives way to its noun of saying or feeling."""
    if verb.lemma_ not in LIGHT_VERBS or any(child.dep_ == "ccomp" for child in verb.children):
        return False
    return any(child.dep_ == "dobj" and child.lemma_.lower() in NOUN_STANCE_OF for child in verb.children)


def _has_content(verb: Token, quoted: Quoted) -> bool:
    """Whether a clause, a quotation or a content of its own depends on a verb."""
    if verb.lemma_ in ("speak", "talk"):
        return any(child.lower_ in ("of", "about") and child.i > verb.i for child in verb.children)
    if verb.lemma_ == "own":
        return any(child.lower_ == "up" for child in verb.children)
    if any(child.dep_ in ("ccomp", "parataxis") for child in verb.children):
        return True
    inserted = verb.dep_ in ("parataxis", "dep") or (verb.dep_ == "ccomp" and verb.i > verb.head.i)
    if inserted and verb.head.i != verb.i and _part(verb):
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
        ) and lemma in words(
            "fear regret worry caution question challenge doubt allege quote cite report reveal estimate predict "
            "suspect threaten offer agree undertake guarantee contradict discount protest complain apologise "
            "apologize state dread lament demand urge describe agree commit"
        )
    return False


def _beside(verb: Token, start: int, end: int) -> bool:
    """Whether a quotation stands beside a verb with its subject."""
    unit = [
        verb,
        *(token for child in verb.children if child.dep_ in ("nsubj", "dobj") for token in (child, child.left_edge)),
    ]
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
