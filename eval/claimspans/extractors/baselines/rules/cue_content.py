"""Whether a verb of saying, perception or record has a content of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import sources
from .clauses import has_subject, is_marked_passive, shares_clause
from .kinds import kind_of
from .named_judgments import names
from .polarity import charging
from .said_nouns import FIGURES, is_claim
from .source_words import KIND_OF
from .vocabulary import NAMING_VERBS, OBJECT_SUFFICES, STANCE_OF
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .quotations import Quoted

_SHOWING = frozenset(("indicate", "suggest", "reveal", "imply"))
_WITNESSING = words("see observe record detect register note notice document hear report count")
_BOASTING = words("boast brag crow gloat grumble grouse gripe moan whine mutter joke")
_REMEMBERING = words("remember recall recollect describe report")
_EVENTS = words(
    "increase rise fall drop decline change movement launch test flight shipment transfer delivery flow "
    "exchange activity "
    "use case incident explosion strike attack arrival departure convoy transport traffic surge"
)
_ACCEPTED = words("responsibility blame fault guilt liability charge finding criticism verdict figure account version")
"""What somebody takes upon himself who accepts it."""
_PERCEIVING = frozenset(("find", "see", "hear", "prove", "learn", "feel", "notice", "detect"))
"""Verbs that quote nobody, though the name of what is found stands in quotation marks."""
_HELD = words("maintain insist argue suspect conclude explain remark contend assert hint")
"""Verbs whose content a relative pronoun takes up: "which is what those on board have always maintained"."""
_PLEDGING = words("volunteer swear profess")
"""Verbs whose content may be an infinitive: "swore never to have seen it"."""
_SO = words("think say believe hope fear suspect suppose reckon guess assume maintain insist write")
_VALUING = words("value price peg gauge assess reckon rate judge")
_RECORDING = words("show put count record log list tally estimate document give")
_DEALING = words("grant commit offer agree consent fault state")
"""Verbs that are done to licences, crimes and prices, where these are their subjects."""
_OWN = ("prep", "ccomp", "xcomp", "advcl", "prt")
_RELATIVE = ("WDT", "WP", "IN")
_ENDORSING = words("endorse praise hail applaud commend echo")
_ATTITUDES = {
    **dict.fromkeys(words("boast brag crow gloat"), ("of", "about", "over", "at")),
    **dict.fromkeys(words("grumble gripe grouse moan whine whinge bellyache kvetch"), ("about", "over", "at", "of")),
    **dict.fromkeys(
        words("fume seethe rage storm bristle rant rave bluster thunder"), ("about", "over", "at", "against")
    ),
    **dict.fromkeys(words("rail fulminate inveigh"), ("against", "at", "about")),
    **dict.fromkeys(words("sneer jeer scoff snort"), ("at",)),
    **dict.fromkeys(words("quibble"), ("with", "about", "over", "at")),
    **dict.fromkeys(words("swear attest"), ("to",)),
    **dict.fromkeys(words("know learn"), ("of",)),
    **dict.fromkeys(words("gush enthuse rhapsodise rhapsodize marvel"), ("about", "over", "at")),
}
"""What verbs of attitude are about stands behind these prepositions."""
_NEAR = 12
"""So many characters may part a quotation from its verb."""
_STATING = words("state note stress emphasise emphasize underline underscore declare write")


def has_content(verb: Token, quoted: Quoted) -> bool:
    """Whether a clause, a quotation or a content of its own depends on a verb."""
    if verb.lemma_ == "give":
        return False  # what gives a figure has no other content
    if any(child.dep_ in ("ccomp", "parataxis") for child in verb.children) or shares_clause(verb):
        return True
    if any(charging(part) == verb for link in verb.subtree if link.lower_ == "for" for part in link.children):
        return True
    relative = any(child.tag_ in ("WDT", "WP") and child.dep_ == "dobj" for child in verb.children)
    whole = relative and verb.dep_ in ("advcl", "ccomp", "conj")  # "the crew died, which the cook doubts"
    if whole or (relative and verb.lemma_ in _HELD) or _thought_to_be(verb) or _taken_up(verb):
        return True
    if verb.lemma_ in _PLEDGING and any(child.dep_ == "xcomp" for child in verb.children):
        return True
    if verb.lemma_ in ("give", "make") or _weighed(verb):
        return False
    inserted = verb.dep_ in ("parataxis", "dep") or (verb.dep_ == "ccomp" and verb.i > verb.head.i)
    if inserted and verb.head.i != verb.i and _part(verb):
        return True
    sentence = verb.sent
    if (
        verb.lemma_ not in _PERCEIVING
        and quoted.at(verb.idx) is None
        and any(_beside(verb, each.start, each.end) for each in quoted.touching(sentence.start_char, sentence.end_char))
    ):
        return True
    lemma = verb.lemma_
    about = told_of(verb)
    if _takes_side(verb) and any(is_claim(noun, verb) for noun in about):
        return True
    offered = lemma == "offer" and verb.dep_ in ("relcl", "acl") and has_subject(verb)
    if (offered or lemma in OBJECT_SUFFICES - _DEALING) and any(noun.dep_ != "dobj" for noun in about):
        return True
    credited = any(child.dep_ == "agent" for child in verb.children)
    if credited and verb.dep_ == "advcl" and any(child.lower_ == "as" and child.i < verb.i for child in verb.children):
        return True  # "as was noted by the envoy"
    if credited and lemma in _STATING and any(child.lower_ in ("this", "it", "that") for child in verb.children):
        return True  # "This was stated by the envoy"
    split = [child for child in verb.head.children if child.dep_ == "ccomp" and child.i > verb.head.i > verb.i]
    if verb.dep_ == "ccomp" and any(child.lower_ == "that" for clause in split for child in clause.children):
        return True
    if verb.tag_ != "VBN" and any(_told_as(child, lemma) or _clause_of(child) for child in verb.children):
        return True
    if verb.tag_ == "VBN" and any(_clause_of(child) for child in verb.children):
        return True
    if lemma in NAMING_VERBS:
        return names(verb)
    objects = [child for child in verb.children if child.dep_ == "dobj" and child.i > verb.i]
    if lemma == "accept" and any(noun.lemma_ in _ACCEPTED for noun in objects):
        return True
    if lemma in _BOASTING and any(word.dep_ == "pcomp" for link in verb.children for word in link.children):
        return True
    if lemma in _REMEMBERING and any(child.tag_ == "VBG" for noun in (verb, *objects) for child in noun.children):
        return True
    if lemma in _SHOWING and any(KIND_OF.get(noun.lemma_.lower()) == "document" for noun in sources.of_verb(verb)):
        return bool(objects)
    if lemma in _WITNESSING and any(noun.lemma_.lower() in _EVENTS for noun in objects):
        return True
    passive = [child for child in verb.children if child.dep_ == "nsubjpass" and not sources.can_speak(child)]
    if lemma in OBJECT_SUFFICES and passive and any(child.dep_ == "agent" for child in verb.children):
        return True
    asked = any(child.lower_ == "what" and child.i < verb.i for child in verb.children)
    if (
        lemma in _ATTITUDES
        and not asked
        and any(
            link.dep_ in ("prep", "dative")
            and link.i > verb.i
            and link.lower_ in _ATTITUDES[lemma]
            and list(link.children)
            for link in verb.children
        )
    ):
        return True
    return lemma in OBJECT_SUFFICES and any(
        child.dep_ in ("prep", "xcomp", "dobj", "pcomp") and child.i > verb.i for child in verb.children
    )


def _weighed(verb: Token) -> bool:
    """Whether somebody only thinks of doing something: "is considering denying it"."""
    return verb.lemma_ == "consider" and any(
        child.dep_ == "xcomp" and child.tag_ == "VBG" and not has_subject(child) for child in verb.children
    )


def told_of(verb: Token) -> list[Token]:
    """What a verb is said of: its object, its subject in the passive, or the noun that its clause stands behind."""
    passive = is_marked_passive(verb)
    found = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass") and child.tag_ not in _RELATIVE]
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and not passive:
        return [verb.head]
    joint = next((child for child in verb.children if child.dep_ == "conj" and child.pos_ == "VERB"), None)
    if not found and joint is not None and not any(child.dep_ in _OWN and child.i > verb.i for child in verb.children):
        return [child for child in joint.children if child.dep_ == "dobj"]  # "neither adopt nor reject it"
    if verb.dep_ == "relcl" and not found:
        named = [child for child in verb.children if child.dep_ == "nsubj"]
        if passive or (named and named[0].tag_ not in _RELATIVE):
            return [verb.head]
    return found


def _takes_side(verb: Token) -> bool:
    """Whether a verb takes a side: it denies, doubts, confirms, blames, praises."""
    return STANCE_OF.get(verb.lemma_, "assertion") not in ("assertion", "concern", "commitment") or (
        verb.lemma_ in _ENDORSING
    )


def _told_as(link: Token, lemma: str) -> bool:
    """Whether a text tells of somebody as saying something: "records the mayor as grumbling that …"."""
    said = any(child.dep_ == "pcomp" and child.lemma_ in STANCE_OF for child in link.children)
    return link.lower_ == "as" and said and lemma in ("record", "describe", "report", "portray", "depict", "show")


def _clause_of(noun: Token) -> bool:
    """Whether a clause without *that* is taken for a participle of its subject: "swore the crates held rifles"."""
    if noun.dep_ != "dobj" or noun.head.lemma_ not in STANCE_OF:
        return False
    return any(
        child.dep_ == "acl" and child.tag_ in ("VBN", "VBD") and any(part.dep_ == "dobj" for part in child.children)
        for child in noun.children
    )


def _thought_to_be(verb: Token) -> bool:
    """Whether somebody thinks that a thing is something: "believed it to be a dud", "is thought by us to have sunk"."""
    known = verb.lemma_ in ("believe", "think", "know", "suspect", "consider", "understand", "judge", "reckon", "find")
    clauses = [child for child in verb.children if child.dep_ in ("xcomp", "ccomp")]
    passive = is_marked_passive(verb)
    return known and any(passive or child.lemma_ in ("be", "have") for child in clauses)


def _taken_up(verb: Token) -> bool:
    """Whether *so* or *what* before a verb, or a clause with *that* behind it, is its content: "or so he swore"."""
    parsed = verb.doc
    if verb.i + 2 < len(parsed) and parsed[verb.i + 1].lower_ == "so" and verb.lemma_ in _SO:
        behind = parsed[verb.i + 2]
        if behind.is_punct or behind.lower_ in ("too", "also", "again", "still", "now", "and", "but"):
            return True
    for child in verb.children:
        if child.i < verb.i and (child.lower_ == "so" or any(word.lower_ == "what" for word in child.children)):
            return True
        if child.dep_ in ("acl", "relcl") and any(word.dep_ == "mark" for word in child.children):
            return True
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


def has_figure(verb: Token) -> bool:
    """Whether a verb of record has a figure for its object: "put it at 40", "counted nine flights"."""
    if verb.lemma_ in _VALUING and not any(child.lower_ == "at" for child in verb.children):
        return False
    if verb.lemma_ == "put" and not any(child.lower_ in ("at", "lower", "higher") for child in verb.children):
        return False
    if verb.lemma_ == "make":
        return any(child.lower_ == "it" for child in verb.subtree) and any(child.like_num for child in verb.subtree)
    if verb.lemma_ == "give":
        figures = [child for child in verb.children if child.dep_ == "dobj" and child.lemma_.lower() in FIGURES]
        if not figures or any(part.lower_ == "no" for noun in figures for part in noun.children):
            return bool(figures)
    if verb.lemma_ == "show" and not any(kind_of(child) == "document" for child in verb.children):
        return False
    if verb.lemma_ in _RECORDING | _VALUING:
        return any(
            token.like_num or token.ent_type_ in ("CARDINAL", "QUANTITY", "MONEY", "PERCENT")
            for child in verb.children
            if child.dep_ in ("dobj", "prep", "nummod", "attr")
            for token in child.subtree
        )
    return False
