"""Who did it to whom: the supplier and the recipient, the user or the parties of an event, by the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import mentions, sources, states
from .source_words import NAME_KIND_OF
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from .identity import Identities

RECEIVING = words(
    "receive procure import buy purchase acquire obtain get order borrow accept receipt take acquisition "
    "procurement rent"
)
SENDING = words(
    "send ship supply deliver provide transfer export sell transport give hand lend return arm equip "
    "furnish donate offer grant pass gift dispatch fly smuggle shipment delivery transaction sale gift export lease "
    "loan handover donation supply promise pledge forward consign turn sign"
)
ARRIVING = words("reach arrive come go land arrival")
USING = words("use fire launch test deploy strike shell drop shoot")
COOPERATING = words("cooperation cooperate partnership treaty pact collaboration exchange")
_FACTIONS = words("rebel militia insurgent guerrilla separatist faction brigade clan tribe")
_ARMING = frozenset(("arm", "equip", "supply", "provide", "furnish"))
_SETTLING = words(
    "negotiate plan seek announce agree sign complete approve consider discuss prepare order make finalise finalize "
    "arrange propose cancel halt stop suspend resume begin start"
)
"""Whose subject is a party of the event that they govern: "is negotiating the lease of radars"."""
_TWO_OBJECTS = words(
    "give sell send lend lease hand grant offer promise pledge deliver supply provide ship rent donate loan transfer"
)
"""Verbs whose passive has the recipient as its subject: "was sold twelve"."""


class Parties(NamedTuple):
    """Codes or names; null where the clause does not say."""

    agent: str | None = None
    source: str | None = None
    goal: str | None = None
    patients: tuple[str, ...] = ()


def parties(word: Token, who: Identities) -> Parties:
    """The parties that stand beside the word of an event."""
    found = _of_verb(word, who) if word.pos_ in ("VERB", "AUX") else _of_noun(word, who)
    if word.dep_ in ("xcomp", "conj", "advcl", "pcomp", "acl") and (found.agent is None or _passive(word)):
        outer = word.head if word.dep_ != "pcomp" else word.head.head
        if outer.pos_ == "VERB" and word.pos_ == "VERB" and not _passive(word):
            subjects = [child for child in outer.children if child.dep_ == "nsubj"]
            agent = next((name for child in subjects if (name := party(child, who)) is not None), None)
            if agent is None and outer.dep_ == "acl" and outer.tag_ in ("VBD", "VBN"):
                agent = party(outer.head, who)
            found = found._replace(agent=agent)
        elif outer.pos_ in ("VERB", "AUX") and word.dep_ == "advcl" and _passive(word) and not found.patients:
            subjects = [child for child in outer.children if child.dep_ in ("nsubj", "nsubjpass")]
            found = found._replace(patients=tuple(name for child in subjects for name in _parties(child, who)))
    return found


def _of_verb(verb: Token, who: Identities) -> Parties:
    agent = source = goal = None
    patients: list[str] = []
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        patients += _parties(verb.head, who)
    linked = [*verb.children]
    governed = [child for child in verb.children if child.dep_ in ("dobj", "dep", "oprd")]
    governed += [noun for child in verb.children if child.lower_ == "with" for noun in child.children]
    linked += [part for noun in governed for part in noun.children]
    for child in verb.children:
        if child.dep_ == "nsubj":
            agent = _subject(child, verb, who)
        elif child.dep_ == "nsubjpass":
            patients += _parties(child, who)
        elif child.dep_ == "dative" and child.pos_ != "ADP":
            goal = party(child, who) or goal
        elif child.dep_ in ("dobj", "dep", "oprd") and child.i > verb.i:
            patients += _parties(child, who)
            goal = goal or _shifted(child)
    for link in linked:
        if link.dep_ not in ("prep", "agent", "dative") or link.pos_ not in ("ADP", "SCONJ", "PART"):
            continue
        name = next((name for noun in link.children if (name := _object(noun, verb, who)) is not None), None)
        if link.lower_ == "from":
            source = name or source
        elif link.lower_ in ("to", "into") or (link.lower_ in ("in", "at") and verb.lemma_ in ARRIVING):
            goal = name or goal
        elif link.lower_ == "by" and name is not None:
            if verb.tag_ in ("VBD", "VBN") and agent is not None and link.head == verb:
                patients.insert(0, agent)  # a headline's passive: "Peru handed gunboats by Chile"
            agent = name
    return Parties(agent, source, goal, tuple(patients))


def _object(noun: Token, verb: Token, who: Identities) -> str | None:
    """The party that a preposition names; of a relative pronoun the one that it stands for: "to which it sent"."""
    if noun.lower_ in ("which", "whom", "whose") and verb.dep_ == "relcl":
        return party(verb.head, who)
    return party(noun, who)


def _shifted(goods: Token) -> str | None:
    """The state before goods that the parser takes for a part of their name: "gave Iran rifles"."""
    known = states.of(goods.doc)
    names = [part for part in goods.children if part.dep_ in ("compound", "nmod") and known.is_state(part.text)]
    return known.code(names[0].text) if names else None


def _subject(child: Token, verb: Token, who: Identities) -> str | None:
    if child.tag_ in ("WP", "WDT") and verb.dep_ in ("relcl", "acl"):
        return party(verb.head, who)
    return party(child, who)


def _of_noun(noun: Token, who: Identities) -> Parties:
    agent = source = goal = None
    owner = next(sources.possessives(noun), None)
    if owner is not None:
        agent = party(owner, who)
    elif noun.dep_ in ("dobj", "pobj") and noun.head.lemma_ in _SETTLING | {"of", "on", "for"}:
        verb = noun.head if noun.dep_ == "dobj" else noun.head.head
        subjects = [child for child in verb.children if child.dep_ == "nsubj" and verb.lemma_ in _SETTLING]
        agent = party(subjects[0], who) if subjects else None
    known = states.of(noun.doc)
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "nmod") and known.code(child.text):
            agent = agent or known.code(child.text)
        if child.dep_ in ("prep", "agent"):
            name = next((name for part in child.children if (name := party(part, who)) is not None), None)
            if child.lower_ == "from":
                source = name
            elif child.lower_ in ("to", "for"):
                goal = name
            elif child.lower_ == "by":
                agent = name or agent
    return Parties(agent, source, goal)


def _passive(verb: Token) -> bool:
    participle = verb.dep_ == "acl" and verb.tag_ == "VBN"
    return participle or any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)


def _parties(noun: Token, who: Identities) -> Iterator[str]:
    for each in (noun, *noun.conjuncts):
        if (name := party(each, who)) is not None:
            yield name


def party(noun: Token, who: Identities) -> str | None:
    """The state for which a noun stands, or the name of a company or faction; null for goods and for persons alone."""
    known = states.of(noun.doc)
    if noun.pos_ == "PRON" or noun.lower_ in ("its", "his", "their", "our"):
        if noun.lower_ in ("which", "who", "that", "this", "these", "what"):
            return None
        identity = who.of(noun, noun.doc[noun.i : noun.i + 1])
        return identity.country or (identity.entity if _is_company(identity.kind, identity.entity) else None)
    span = mentions.extent(noun)
    if span is None or noun.pos_ not in ("PROPN", "NOUN", "ADJ"):
        return None
    if known.code(span.text):
        return known.code(span.text)
    if mentions.is_name(noun):
        identity = who.of(noun, span)
        if identity.kind == "organisation":
            return None if noun.ent_type_ in ("GPE", "LOC", "FAC") else identity.entity
        return identity.country
    if not sources.can_speak(noun):
        return None
    if noun.lemma_.lower() in _FACTIONS:
        return span.text if len(span) > 1 else None
    words = noun.doc[min(span.start, noun.left_edge.i) : noun.right_edge.i + 1]
    named = known.named(words.text)
    return named[0] if len(named) == 1 else None


def _is_company(kind: str, entity: str) -> bool:
    """Whether a pronoun may stand for a party that is no state: a company, faction or group by its name."""
    last = entity.lower().split()[-1] if entity else ""
    return kind == "organisation" and entity[:1].isupper() and NAME_KIND_OF.get(last) == "organisation"


def roles(event: str, word: Token, found: Parties, *, has_goods: bool) -> dict[str, str | None]:
    """Supplier and recipient of a transfer, or the user of a use; ``has_goods`` where an item is in the clause."""
    if event == "use":
        return {"user": found.agent}
    if word.lemma_.lower() in ARRIVING:
        return {"supplier": found.source, "recipient": found.goal or next(iter(found.patients), None)}
    patient = found.patients[0] if found.patients else None
    if word.lemma_.lower() in RECEIVING:
        passive = _passive(word)
        recipient = found.goal if passive and found.goal else found.agent
        return {"supplier": found.source, "recipient": recipient or (patient if not passive else None)}
    passive = _passive(word)
    supplier = found.agent if found.agent is not None else found.source
    recipient = found.goal
    if recipient is None and patient is not None and (passive or word.lemma_ in _ARMING or has_goods):
        recipient = patient
    if recipient is None and passive and word.lemma_ in _TWO_OBJECTS:
        recipient = patient
    if recipient == supplier:
        recipient = None
    return {"supplier": supplier, "recipient": recipient}
