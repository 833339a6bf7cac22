"""Who did it to whom: the supplier and the recipient or the user of an event, by the parse."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from . import sources
from .clauses import PLANS, dealing, governor_of, is_passive, scope, subjects
from .event_links import links
from .event_words import ARMING, ARRIVING, RECEIVING, RELIEVING, SEEKING, USING, lemma_of
from .events import is_let, let_of
from .named_parties import Names, is_carrier, is_given_a_number, named_by, names_of, owners, planners, shifted, way
from .parties import side_of
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from .identity import Identities

_SETTLING = words(
    "negotiate plan seek announce agree sign complete approve consider discuss prepare order make finalise finalize "
    "arrange propose cancel halt stop suspend resume begin start authorise authorize license licence permit place "
    "clear allow"
)
"""Whose subject is a party of the event that they govern: "is negotiating the lease of radars"."""
_TAKING = words("take receive accept get await expect want request demand")
"""Whose subject gets what is sent: "took delivery of"."""
_HIRING = words("lease rent charter hire borrow")
_SELLING = words("sale resale selling export re-export reexport smuggling airlift handover")
"""Nouns whose possessive gives, also beside "from": with others it gets, as in "Peru's gift from Chile"."""


class Parties(NamedTuple):
    """Codes or names; none where the clause does not say."""

    agents: Names = ()
    sources: Names = ()
    goals: Names = ()
    patients: Names = ()


def parties(word: Token, who: Identities, within: range) -> Parties:
    """The parties that stand beside the word of an event; of those behind it only those whose places are within."""
    return _of_verb(word, who, within) if word.pos_ in ("VERB", "AUX") else _of_noun(word, who, within)


def _of_verb(verb: Token, who: Identities, within: range) -> Parties:
    outer = let_of(verb) or verb
    agents, origins, patients = _of_subject(verb, outer, who)
    goals: Names = ()
    for child in chain(verb.children, outer.children if outer != verb else ()):
        if child.i > verb.i:
            given, left, done = _of_object(child, who, within, agents)
            goals, origins, patients = goals or given, origins or left, patients + done
    for link in links(verb):
        fronted = link.i < verb.i and link.head.dep_ == "pobj" and link.head.pos_ in ("NOUN", "PROPN")
        compared = link.i > 0 and link.nbor(-1).lower_ == "than"
        if (link.i not in within and link.i > verb.i) or fronted or compared:
            continue
        names = named_by(link, verb, who, agents, within)
        kind = way(link, verb)
        if kind == "source":
            origins = names or origins
        elif kind == "goal":
            goals = names or goals
        elif kind == "place":
            goals = goals or names
        elif kind == "agent" and (names := names or _fighters(verb, list(link.children), who)):
            if verb.tag_ in ("VBD", "VBN") and agents and link.head == verb:
                patients = (*agents, *patients)  # a headline's passive: "Peru handed gunboats by Chile"
            agents = names
    origins, goals = _of_goods(verb, outer, who, origins, goals)
    patients = patients or _relative_party(verb, who)
    counterpart = _counterpart(verb, who)
    if verb in RECEIVING:
        origins = origins or counterpart
    else:
        goals = goals or counterpart
    return Parties(agents, origins, goals, patients)


def _of_subject(verb: Token, outer: Token, who: Identities) -> tuple[Names, Names, Names]:
    """The parties by the subject of a verb: who does it, who is rid of the goods, to whom it is done."""
    agents: Names = ()
    origins: Names = ()
    patients: Names = ()
    subject = names_of((noun for noun in subjects(outer) if not is_carrier(noun)), who)
    if is_passive(outer):
        patients = () if _is_taken_up(verb, subjects(outer)) else subject
    else:
        agents = subject or _fighters(verb, subjects(outer), who)
    if outer != verb:
        patients += names_of([child for child in verb.children if child.dep_ == "nsubj"], who)
    if verb.dep_ == "acl" and verb.head.dep_ == "dobj" and verb.head.head.lemma_ in ("have", "get"):
        patients += names_of(subjects(verb.head.head), who)
    elif _is_had_done(verb):  # "had its tanks bought back by Peru"
        havers = names_of(subjects(verb.head), who)
        agents, patients = (), (() if verb in RECEIVING else havers)
        origins = havers if verb in RECEIVING else ()
    return agents, origins, patients


def _of_goods(verb: Token, outer: Token, who: Identities, origins: Names, goals: Names) -> tuple[Names, Names]:
    """With the parties that stand beside the goods: "the tanks for Peru left", "Peru, whose tanks Chile sold"."""
    things = subjects(outer)
    if verb in ARRIVING or is_passive(outer):
        goals = goals or _beside_subject(outer, who, "for")
    if verb in ARRIVING:
        origins = origins or _beside_subject(outer, who, "from")
    elif verb.dep_ == "relcl" and verb not in RECEIVING:
        things = [
            child for child in verb.children if child.dep_ == "dobj" and child.i < verb.i and child.pos_ == "NOUN"
        ]
        return origins, goals or tuple(name for thing in things for name in owners(thing, who))
    if verb in ARRIVING and origins and not goals:
        goals = tuple(name for thing in things for name in owners(thing, who) if name not in origins)
    return origins, goals


def _relative_party(verb: Token, who: Identities) -> Names:
    """The party for which the object of a relative clause stands: "Peru, which Chile armed"."""
    fronted = [child for child in verb.children if child.dep_ in ("dobj", "dative") and child.i < verb.i]
    stands = verb.dep_ == "relcl" and any(child.lower_ in ("which", "whom", "who") for child in fronted)
    return names_of([verb.head], who) if stands and verb not in ARRIVING else ()


def _of_object(child: Token, who: Identities, within: range, agents: Names) -> tuple[Names, Names, Names]:
    """Who gets the goods by an object of a verb, who is rid of them, and to whom it is done."""
    before = child.doc[child.left_edge.i - 1].lower_
    if child.dep_ == "dative" and child.pos_ != "ADP" and child.i in within:
        return names_of([child], who, agents), (), ()
    if child.dep_ == "dobj" and before == "off":  # "took nine tanks off Peru's hands"
        return (), names_of([child], who), ()
    if child.dep_ not in ("dobj", "dep", "oprd"):
        return (), (), ()
    goods = [noun for noun in (child, *child.conjuncts) if noun.i in within]
    goals = tuple(name for noun in goods for name in shifted(noun, who))
    goals = goals or names_of([noun for noun in goods if is_given_a_number(noun)][:1], who)
    return goals, (), names_of([child], who, agents) if child.i in within else ()


def _is_taken_up(verb: Token, nouns: Sequence[Token]) -> bool:
    """Whether the subject of a passive is a pronoun for the goods: "they had been sold", but "they were sold guns"."""
    given = any(child.dep_ in ("dobj", "oprd", "dep") or child.lower_ in ("with", "in") for child in verb.children)
    return not given and any(noun.lower_ in ("they", "these", "it", "those", "both") for noun in nouns)


def _fighters(verb: Token, nouns: Sequence[Token], who: Identities) -> Names:
    """The states of the soldiers or vessels that use arms: "Chilean gunboats fired rockets"."""
    armed = any(child.dep_ == "dobj" or child.lower_ == "with" for child in verb.children)
    armed = armed or verb.pos_ == "NOUN" or is_passive(verb)
    if verb not in USING or not armed:
        return ()
    sides = (side_of(noun, who) for noun in nouns if noun.pos_ in ("NOUN", "PROPN"))
    return tuple(dict.fromkeys(side for side in sides if side is not None))


def _beside_subject(verb: Token, who: Identities, preposition: str) -> Names:
    """Where the subject of a verb is from or for whom it is: "the rifles from Chile arrived"."""
    behind = [
        link
        for noun in subjects(verb)
        for link in noun.subtree
        if link.lower_ == preposition and link.i < verb.i and link.head.pos_ not in ("VERB", "AUX")
    ]
    return next((names for link in behind if (names := named_by(link, verb, who))), ())


def _is_had_done(verb: Token) -> bool:
    """Whether it is the participle of "had its tanks bought back"."""
    helped = any(child.dep_ in ("aux", "auxpass") for child in verb.children)
    return verb.tag_ == "VBN" and verb.dep_ == "ccomp" and verb.head.lemma_ in ("have", "get") and not helped


def _counterpart(word: Token, who: Identities) -> Names:
    """With whom an event is negotiated or agreed: "is in talks with Peru about buying guns"."""
    deal = dealing(word)
    if deal is None:
        return ()
    governor = deal.head.head if deal.dep_ == "pobj" else deal.head
    links = [child for each in (deal, governor) for child in each.children if child.lower_ == "with"]
    return next((names for link in links if (names := named_by(link, word, who))), ())


def _is_made(noun: Token) -> bool:
    """Whether it is the noun of "made Peru a gift of ten tanks", "was given a present"."""
    given = noun.dep_ == "dobj" and is_passive(noun.head)
    return (noun.dep_ == "ccomp" or given) and noun.head.lemma_ in ("make", "give")


def _of_gift(noun: Token, who: Identities) -> tuple[Names, Names]:
    subject = names_of(subjects(noun.head), who)
    if noun.dep_ == "dobj":
        return (), subject
    return subject, names_of([child for child in noun.children if child.dep_ == "nsubj"], who)


def _of_noun(noun: Token, who: Identities, within: range) -> Parties:
    agents: Names = ()
    origins: Names = ()
    goals: Names = ()
    owner = next(sources.possessives(noun), None)
    verb = noun.head if noun.dep_ == "dobj" else noun.head.head
    planned = noun.dep_ == "pobj" and verb.pos_ == "NOUN" and verb.lemma_.lower() in PLANS
    if planned and (planner := next(sources.possessives(verb), None)) is not None:
        owner = owner or planner
    elif planned:
        agents = planners(verb, noun, who)
    if owner is not None:
        agents = names_of([owner], who)
    elif _is_made(noun):
        agents, goals = _of_gift(noun, who)
    elif noun.dep_ in ("dobj", "pobj") and noun.head.lemma_ in _SETTLING | _TAKING | {"of", "on", "for"}:
        subject = names_of(subjects(verb), who)
        if verb.lemma_ in _TAKING:
            goals = subject
        elif verb.lemma_ in _SETTLING and not planned:
            agents = subject
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "nmod"):
            agents = agents or names_of([child], who)
    governed = noun.dep_ == "dobj" and (goals or agents)
    for link in chain(links(noun), (child for child in verb.children if governed and child.dep_ == "prep")):
        if link.i not in within:
            continue
        names = named_by(link, noun, who, within=within)
        kind = way(link, noun)
        if kind == "source":
            origins = names or origins
        elif kind == "goal" or link.lower_ == "for":
            goals = names or goals
        elif kind == "agent":
            agents = names or _fighters(noun, list(link.children), who) or agents
    deal = dealing(noun)
    if deal is not None:
        agents = agents or names_of(subjects(deal if deal.pos_ == "VERB" else governor_of(deal)), who)
        if len(agents) > 1 and not goals and not origins:
            agents = ()  # "Chile and Peru are in talks over the sale": who sells is not said
        if noun in RECEIVING:
            origins = origins or _counterpart(noun, who)
        else:
            goals = goals or _counterpart(noun, who)
    if (
        owner is not None
        and noun not in RECEIVING
        and lemma_of(noun) not in _SELLING
        and not goals
        and {*origins} - {*agents}
    ):
        agents, goals = (), agents
    if scope(noun) != noun and not origins:
        origins = _beside_subject(scope(noun), who, "from")
    if scope(noun) != noun and not goals:
        things = [child for child in scope(noun).children if child.dep_ == "nsubj"]
        goals = tuple(name for thing in things for name in owners(thing, who))
    return Parties(agents, origins, goals)


def roles(event: str, word: Token, found: Parties, *, has_goods: bool) -> Iterator[dict[str, str | None]]:
    """Each supplier with each recipient of a transfer, or each user; ``has_goods`` where an item is in the clause."""
    if event == "use":
        yield from ({"user": user} for user in found.agents or (None,))
        return
    suppliers, recipients = _sides(word, found, has_goods=has_goods)
    for supplier in suppliers or (None,):
        for recipient in recipients or (None,):
            own = recipient == supplier  # what a preposition names is surer than what stands before the event
            yield {
                "supplier": None if own and recipient in found.goals else supplier,
                "recipient": None if own and recipient not in found.goals else recipient,
            }


def _sides(word: Token, found: Parties, *, has_goods: bool) -> tuple[Names, Names]:
    passive = is_passive(word)
    if word in RELIEVING:
        return found.patients, found.agents
    if word in ARRIVING:
        if word.lemma_ == "leave":
            return found.sources or found.patients, found.goals
        return found.sources, found.goals or found.patients
    if word in SEEKING and not passive and found.agents:
        return found.sources or found.patients, found.agents  # "asked Chile for rifles"
    hired = lemma_of(word) in _HIRING and found.sources and not found.goals
    if hired or (word in RECEIVING and not (lemma_of(word) in _HIRING and found.goals)):
        if passive and found.goals:
            return found.sources, found.goals
        return found.sources, found.agents or (() if passive else found.patients)
    suppliers = found.agents or found.sources
    if found.goals:
        return suppliers, found.goals
    by_object = passive or word in ARMING or has_goods or is_let(word)
    return suppliers, found.patients[:1] if by_object else ()
