"""Which words of a text take a position, and the nouns that their grammar names as speakers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import quotatives, sources
from .adjective_cues import adjective_cue
from .idioms import idiom
from .misread import is_verb_in_disguise, misread
from .phrases import is_human
from .polarity import Polarity, charging, evaded, polarity
from .quiet_cues import Cue, noun_cue
from .shared_cues import fronted, sharing
from .source_words import KIND_OF
from .vocabulary import (
    ADJECTIVE_STANCE_OF,
    CLAUSE_VERBS,
    CREDITING_VERBS,
    LIGHT_VERBS,
    NAMING_VERBS,
    NEEDS_CLAUSE,
    NOUN_STANCE_OF,
    OBJECT_SUFFICES,
    STANCE_OF,
)
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .quotations import Quoted

_SHOWING = frozenset(("indicate", "suggest", "reveal", "imply"))
_WITNESSING = words("see observe record detect register note notice document hear report count")
_REMEMBERING = words("remember recall recollect describe report")
_EVENTS = words(
    "increase rise fall drop decline change movement launch test flight shipment transfer delivery flow "
    "exchange activity "
    "use case incident explosion strike attack arrival departure convoy transport traffic surge"
)
_FIGURES = words("number figure total tally count weight price range cost toll sum length date size")
_ACCEPTED = words("responsibility blame fault guilt liability charge finding criticism verdict figure account version")
"""What somebody takes upon himself who accepts it."""
_PERCEIVING = frozenset(("find", "see", "hear", "prove", "learn", "feel", "notice", "detect"))
"""Verbs that quote nobody, though the name of what is found stands in quotation marks."""
_HELD = words("maintain insist argue suspect conclude explain remark contend assert hint")
"""Verbs whose content a relative pronoun takes up: "which is what those on board have always maintained"."""
_CAUSES = words(
    "wind weather storm lightning fog rain heat cold frost damp rust current tide error mistake fault malfunction "
    "failure accident leak fire glitch defect mishap shortage cause chance luck wear age"
)
"""What is blamed without blaming anybody."""
_CALLING = frozenset(("call", "label", "brand", "dub", "term", "deem", "pronounce", "declare"))
_VALUING = ("value", "price", "peg", "gauge")
_REACH = 4
"""So many words before the pronoun of ", according to whom" its noun stands."""
_NEAR = 12
"""So many characters may part a quotation from its verb."""


def cue_words(parsed: Doc, quoted: Quoted) -> Iterator[Cue]:
    """The cues that have a speaker, in reading order."""
    for token in parsed:
        cue = _cue(token, quoted)
        if cue is not None and cue.speakers:
            yield cue._replace(speakers=[*cue.speakers, *sharing(token)]) if _is_shared(cue) else cue


def _is_shared(cue: Cue) -> bool:
    """Whether others may share a cue: a verb of saying before its content."""
    verb = cue.token
    saying = verb.lemma_ in STANCE_OF or verb.lemma_ in CLAUSE_VERBS
    return verb.pos_ == "VERB" and saying and cue.speakers[0].i < verb.i


def _cue(token: Token, quoted: Quoted) -> Cue | None:
    if token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
        return _according(token)
    if (quotative := quotatives.of(token.doc).get(token.i)) is not None:
        lemma = quotatives.lemma_of(token) or ""
        stance = STANCE_OF.get(lemma, "assertion")
        return Cue(token.i, token.i + 1, token, stance, False, sources.joined(quotative.source))
    verbal = token.pos_ in ("VERB", "AUX") or (token.tag_.startswith("VB") and token.lemma_ in STANCE_OF)
    if not verbal and (cue := misread(token)) is not None:
        return cue
    if verbal or is_verb_in_disguise(token):
        cue = idiom(token) or _verb(token, quoted)
        if cue is None and token.tag_ == "VBN" and token.lower_ in ADJECTIVE_STANCE_OF:
            return adjective_cue(token)
        return cue
    if token.pos_ == "NOUN":
        return noun_cue(token)
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
        [each for noun in objects[:1] for each in (_meant(noun), *filter(sources.can_speak, noun.conjuncts))],
    )


def _meant(noun: Token) -> Token:
    """A source, or the noun that a relative pronoun stands for: "the pilots, according to whom …"."""
    if noun.lower_ not in ("whom", "which"):
        return noun
    clause = next((word for word in noun.ancestors if word.dep_ == "relcl"), None)
    before = noun.doc[max(0, noun.i - _REACH)]
    return clause.head if clause is not None else before if before.pos_ in ("NOUN", "PROPN") else noun


def _verb(verb: Token, quoted: Quoted) -> Cue | None:
    lemma = verb.lemma_.lower()
    known = STANCE_OF.get(lemma) or ("assertion" if lemma in CLAUSE_VERBS else None)
    if known is not None and (named := fronted(verb)):
        return Cue(verb.i, verb.i + 1, verb, known, False, named)
    credited = _credited(verb)
    if credited:
        return Cue(verb.i, verb.i + 1, verb, "assertion", False, credited)
    speakers = sources.of_verb(verb)
    if known is None or not speakers:
        return None
    if lemma == "blame" and _by_chance(verb):
        known = "assertion"
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
    people = lemma in ("admit", "dismiss") and any(c.dep_ == "dobj" and is_human(c) for c in verb.children)
    if people and not any(child.lower_ == "as" for child in verb.children):
        return None  # it lets them in, or sends them away
    acts = lemma in CLAUSE_VERBS or lemma in NEEDS_CLAUSE
    if acts and not all(sources.can_speak(token) for token in speakers):
        return None
    return Cue(verb.i, verb.i + 1, verb, known, negated and evaded(verb), speakers)


def _by_chance(verb: Token) -> bool:
    """Whether nobody is blamed, but the wind, a fault or an accident."""
    causes = [child for child in verb.children if child.dep_ == "dobj"]
    causes += [noun for child in verb.children if child.lower_ == "on" for noun in child.children]
    return any(noun.lemma_.lower() in _CAUSES for noun in causes)


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
    if any(child.dep_ == "agent" for child in verb.children):
        return sources.of_verb(verb)
    holding = [child for link in verb.children if link.lower_ == "in" for child in link.children if link.i > verb.i]
    return [noun for noun in holding if KIND_OF.get(noun.lemma_.lower()) == "document"]


def _is_light(verb: Token) -> bool:
    """Whether a light verb gives way to its noun of saying or feeling."""
    if verb.lemma_ not in LIGHT_VERBS or any(child.dep_ == "ccomp" for child in verb.children):
        return False
    nouns = [verb.head] if verb.dep_ == "acl" else []
    nouns += [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    return any(noun.lemma_.lower() in NOUN_STANCE_OF for noun in nouns)


def _has_content(verb: Token, quoted: Quoted) -> bool:
    """Whether a clause, a quotation or a content of its own depends on a verb."""
    if any(child.dep_ in ("ccomp", "parataxis") for child in verb.children):
        return True
    if any(charging(part) == verb for link in verb.subtree if link.lower_ == "for" for part in link.children):
        return True
    relative = any(child.tag_ in ("WDT", "WP") and child.dep_ == "dobj" for child in verb.children)
    if (relative and verb.lemma_ in _HELD) or _thought_to_be(verb) or _taken_up(verb):
        return True
    inserted = verb.dep_ in ("parataxis", "dep") or (verb.dep_ == "ccomp" and verb.i > verb.head.i)
    if inserted and verb.head.i != verb.i and _part(verb):
        return True
    sentence = verb.sent
    if verb.lemma_ == "give":
        return False
    if (
        verb.lemma_ not in _PERCEIVING
        and quoted.at(verb.idx) is None
        and any(_beside(verb, each.start, each.end) for each in quoted.touching(sentence.start_char, sentence.end_char))
    ):
        return True
    lemma = verb.lemma_
    split = [child for child in verb.head.children if child.dep_ == "ccomp" and child.i > verb.head.i > verb.i]
    if verb.dep_ == "ccomp" and any(child.lower_ == "that" for clause in split for child in clause.children):
        return True
    if lemma in NAMING_VERBS:
        named = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
        return any(
            child.dep_ in ("oprd", "xcomp", "ccomp", "acomp") or (child.lower_ in ("as", "for") and child.i > verb.i)
            for part in (verb, *named)
            for child in part.children
        ) or (lemma in _CALLING and any(_judged(noun) for noun in named))
    objects = [child for child in verb.children if child.dep_ == "dobj" and child.i > verb.i]
    if lemma == "accept" and any(noun.lemma_ in _ACCEPTED for noun in objects):
        return True
    if lemma in _REMEMBERING and any(child.tag_ == "VBG" for noun in objects for child in noun.children):
        return True
    if lemma in _SHOWING and any(KIND_OF.get(noun.lemma_.lower()) == "document" for noun in sources.of_verb(verb)):
        return bool(objects)
    if lemma in _WITNESSING and any(noun.lemma_.lower() in _EVENTS for noun in objects):
        return True
    return lemma in OBJECT_SUFFICES and any(
        child.dep_ in ("prep", "xcomp", "dobj", "pcomp") and child.i > verb.i for child in verb.children
    )


def _thought_to_be(verb: Token) -> bool:
    """Whether somebody thinks that a thing is something: "believed it to be a dud"."""
    known = verb.lemma_ in ("believe", "think", "know", "suspect", "consider", "understand", "judge", "reckon", "find")
    return known and any(child.dep_ in ("xcomp", "ccomp") and child.lemma_ in ("be", "have") for child in verb.children)


def _taken_up(verb: Token) -> bool:
    """Whether *so* or *what* before a verb, or a clause with *that* behind it, is its content: "or so he swore"."""
    for child in verb.children:
        if child.i < verb.i and (child.lower_ == "so" or any(word.lower_ == "what" for word in child.children)):
            return True
        if child.dep_ in ("acl", "relcl") and any(word.dep_ == "mark" for word in child.children):
            return True
    return False


def _judged(noun: Token) -> bool:
    """Whether a judgment follows the object of a verb of calling, which the parser has made a part of it."""
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
    if following is None or following.i >= noun.sent.end:
        return False
    parts = [child for child in noun.children if child.i > noun.i and child.dep_ in ("acl", "amod", "appos", "relcl")]
    return bool(parts) or following.pos_ in ("ADJ", "DET", "ADV", "NOUN", "VERB") or following.text in "“\"«‘'"


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
    if verb.lemma_ in _VALUING and not any(child.lower_ == "at" for child in verb.children):
        return False
    if verb.lemma_ == "put" and not any(child.lower_ in ("at", "lower", "higher") for child in verb.children):
        return False
    if verb.lemma_ == "make":
        return any(child.lower_ == "it" for child in verb.subtree) and any(child.like_num for child in verb.subtree)
    if verb.lemma_ == "give" and not any(
        child.dep_ == "dobj" and child.lemma_.lower() in _FIGURES for child in verb.children
    ):
        return False
    if verb.lemma_ in ("put", "count", "record", "log", "list", "tally", "estimate", "document", "give", *_VALUING):
        return any(
            token.like_num or token.ent_type_ in ("CARDINAL", "QUANTITY", "MONEY", "PERCENT")
            for child in verb.children
            if child.dep_ in ("dobj", "prep", "nummod", "attr")
            for token in child.subtree
        )
    return False
