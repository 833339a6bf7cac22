"""Which words of a text take a position, and the nouns that their grammar names as speakers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import quotatives, sources, states
from .adjective_cues import adjective_cue
from .adjective_words import ADJECTIVE_STANCE_OF
from .affected import affected
from .barely_said import barely_said
from .cue_content import has_content, has_figure
from .cue_type import Cue
from .goods import ENTRY_OF
from .idioms import idiom
from .misread import is_verb_in_disguise, misread
from .negation import nothing_to
from .phrases import is_human
from .plain_text import one_of
from .polarity import Polarity, evaded, polarity
from .quiet_cues import noun_cue
from .shared_cues import doing_so, fronted, sharing, sharing_noun
from .source_words import KIND_OF
from .styled import styled
from .told_of import told_of
from .vocabulary import (
    CLAUSE_VERBS,
    CREDITING_VERBS,
    LIGHT_VERBS,
    NAMING_VERBS,
    NEEDS_CLAUSE,
    NOUN_STANCE_OF,
    STANCE_OF,
)
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .quotations import Quoted

_OF_THINGS = words(
    "accept give add recognise recognize withdraw discount trash scorn rubbish scotch negate falsify question "
    "challenge disagree"
)
"""Verbs that, negated, may be about troops or guards: only with a content are they cues."""
_CAUSES = words(
    "wind weather storm lightning fog rain heat cold frost damp rust current tide error mistake fault malfunction "
    "failure accident leak fire glitch defect mishap shortage cause chance luck wear age engine valve pump wire cable "
    "switch computer compass software sensor battery brake wheel rope chain bolt seal weld wing rotor boiler crane "
    "lock door map clock part component spring screw circuit wiring gearbox propeller rudder hull roof floor road "
    "bridge ice snow sea river mud dust sun fatigue"
)
"""What is blamed without blaming anybody."""
_PROVING = words("prove show establish demonstrate reveal")
_SELVES = words("himself herself itself themselves ourselves myself")
_KEPT = words(
    "entry access visa permission passage permit landing clearance leave bail asylum licence license right rights "
    "admission berth admittance accreditation parole shelter refuge treatment food water pay victory chance "
    "opportunity pleasure satisfaction credit overflight transit"
)
"""What is denied to somebody who does not get it."""
_RACES = words("election seat race vote poll title match game final by-election ballot primary constituency")
_REACH = 4
"""So many words before the pronoun of ", according to whom" its noun stands."""


def cue_words(parsed: Doc, quoted: Quoted) -> Iterator[Cue]:
    """The cues that have a speaker, in reading order."""
    for token in parsed:
        cue = _cue(token, quoted)
        if cue is not None and cue.speakers:
            others = sharing(token) if _is_shared(cue) else doing_so(token)
            others += sharing_noun(token) if token.pos_ == "NOUN" else []
            yield cue._replace(speakers=[*cue.speakers, *others])


def _is_shared(cue: Cue) -> bool:
    """Whether others may share a cue: a verb of saying before its content."""
    verb = cue.token
    saying = verb.lemma_ in STANCE_OF or verb.lemma_ in CLAUSE_VERBS
    return (verb.pos_ == "VERB" or misread(verb) is not None) and saying and cue.speakers[0].i < verb.i


def _cue(token: Token, quoted: Quoted) -> Cue | None:
    if token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
        return _according(token)
    if (quotative := quotatives.of(token.doc).get(token.i)) is not None:
        lemma = quotatives.lemma_of(token) or token.lemma_
        stance = STANCE_OF.get(lemma, "assertion")
        named = dict.fromkeys((*sources.joined(quotative.source), *quotative.others))
        return Cue(token.i, token.i + 1, token, stance, False, list(named))
    if (cue := affected(token) or barely_said(token) or styled(token) or told_of(token)) is not None:
        return cue
    verbal = token.pos_ in ("VERB", "AUX") or (token.tag_.startswith("VB") and token.lemma_ in STANCE_OF)
    if not verbal and (cue := misread(token)) is not None:
        return cue
    if verbal or is_verb_in_disguise(token):
        cue = idiom(token) or _verb(token, quoted)
        predicate = token.tag_ == "VBN" or token.dep_ == "acomp"
        if cue is None and predicate and token.lower_ in ADJECTIVE_STANCE_OF:
            return adjective_cue(token)
        return cue
    carried = token.dep_ == "dobj" and token.lower_ in NOUN_STANCE_OF and token.pos_ in ("ADV", "ADJ")
    if token.pos_ == "NOUN" or carried:
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
        [each for noun in objects[:1] for each in sources.joined(_meant(noun))],
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
        has = has_content(verb, quoted)
        withheld = negated and evaded(verb) and (lemma not in _OF_THINGS or nothing_to(verb))
        if not has and not withheld and not has_figure(verb):
            return None
    if lemma in _PROVING and any(child.lower_ in ("nothing", "little") for child in verb.children):
        return None  # it is said of the evidence that it proves nothing
    if lemma in NAMING_VERBS and any(c.dep_ == "dobj" and c.lower_ in _SELVES for c in verb.children):
        return None  # "a man calling himself a general"
    if (lemma == "deny" and _keeps(verb)) or _is_act(verb) or (lemma == "make" and not has_figure(verb)):
        return None
    if lemma == "offer" and any(child.lower_ == "no" for part in verb.children for child in part.children):
        return None
    people = lemma in ("admit", "dismiss") and any(c.dep_ == "dobj" and _is_person(c) for c in verb.children)
    if people and not any(child.lower_ == "as" for child in verb.children):
        return None  # it lets them in, or sends them away
    acts = lemma in CLAUSE_VERBS or lemma in NEEDS_CLAUSE
    if acts and not all(sources.can_speak(token) for token in speakers):
        return None
    return Cue(verb.i, verb.i + 1, verb, known, negated and evaded(verb), speakers)


def _is_act(verb: Token) -> bool:
    """Whether goods are turned away, or a rival or a seat is fought for, not a claim."""
    objects = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    if verb.lemma_ == "reject":
        return any(one_of(noun.lower_) in ENTRY_OF for noun in objects)
    if verb.lemma_ in ("challenge", "question", "query"):
        return any(is_human(noun) for noun in objects) and not any(child.dep_ == "xcomp" for child in verb.children)
    return verb.lemma_ == "contest" and any(noun.lemma_ in _RACES for noun in objects)


def _keeps(verb: Token) -> bool:
    """Whether something is kept from somebody, not denied: "denied the crew a visa", "denies himself nothing"."""
    kept = [child for child in verb.children if child.dep_ in ("dobj", "dative", "nsubjpass", "npadvmod")]
    kept = [child for child in kept if not any(word.is_punct for word in verb.doc[verb.i : child.i])]
    if any(child.dep_ == "dative" or child.lower_ in _SELVES for child in kept):
        return True
    objects = [child for child in kept if child.dep_ == "dobj" and child.tag_ not in ("WP", "WDT")]
    people = [child for noun in objects for child in noun.children if child.dep_ == "compound" and child.tag_ == "NNS"]
    if any(sources.can_speak(noun) for noun in people):
        return True  # "denied the rebels arms", which the parser takes for one noun
    owned = [
        child for noun in objects for child in noun.children if child.dep_ in ("dobj", "appos") and child.i > noun.i
    ]
    if len(objects) > 1 or (objects and any(child.dep_ == "nsubjpass" for child in kept)):
        return True
    kept_from = [noun for noun in objects if verb.doc[max(0, noun.i - 1)].lower_ != "the"]
    return any(noun.lemma_.lower() in _KEPT for noun in (*kept_from, *owned)) or any(
        child.dep_ == "nsubjpass" and child.lemma_.lower() in _KEPT for child in kept
    )


def _by_chance(verb: Token) -> bool:
    """Whether nobody is blamed, but the wind, a fault, an accident or another thing that is no one's."""
    blamed = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    causes = [noun for child in verb.children if child.lower_ == "on" for noun in child.children] or blamed
    if any(noun.lemma_.lower() in _CAUSES for noun in (*blamed, *causes)):
        return True
    around = [word for noun in causes for word in noun.subtree if word.tag_ != "WDT"]
    known = states.of(verb.doc)
    return bool(causes) and not any(sources.can_speak(word) or known.code(word.text) is not None for word in around)


def _is_person(noun: Token) -> bool:
    return is_human(noun) or noun.lower_ in ("him", "her", "me", "us")


def _credited(verb: Token) -> list[Token]:
    """Who credits or passes on a document: "a memo leaked by the union", "a tape that the Wire released"."""
    relative = verb.dep_ == "relcl" and verb.lemma_ in ("disclose", "leak", "release", "publish")
    if relative and KIND_OF.get(verb.head.lemma_.lower()) == "document":
        own = [child for child in verb.children if child.dep_ == "nsubj" and child.tag_ not in ("WDT", "WP")]
        if own and sources.can_speak(own[0]) and polarity(verb) is Polarity.SPOKEN:
            return sources.joined(own[0])
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
