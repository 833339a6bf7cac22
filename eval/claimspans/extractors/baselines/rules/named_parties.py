"""Which parties a preposition, or a noun and what is joined to it, names, and on which side of an event they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import mentions, sources
from .clauses import governor_of, relative, subjects
from .event_links import links
from .event_words import ARRIVING, lemma_of
from .parties import party
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Token

    from .identity import Identities

_ONTO = words("foist bestow confer dump unload offload palm press force")
"""Verbs that put a thing on who gets it."""
_CARRIERS = words(
    "ship freighter lighter trawler lorry truck train plane aircraft airliner barge boat lugger steamer steamship "
    "schooner dhow ferry tanker convoy caravan vessel coaster helicopter airlift skipper smuggler courier carrier "
    "rail sea air road post mule camel"
)
"""What brings the goods is no party of their deal, whatever its flag: "by Omani lighters"."""
_INDEFINITE = words("a an any no some")
_ANYBODY = words("anyone anybody nobody someone somebody one others")
_EARMARKING = words("earmark reserve set")
_LANDING = words("land unload offload disembark put")

Names = tuple[str, ...]


def way(link: Token, verb: Token) -> str | None:
    """Whether a preposition names who gave, who got, or who did it."""
    word, lemma = link.lower_, lemma_of(verb)
    if word in ("from", "off") or (word == "of" and link.head.lower_ == "out"):
        return "source"
    if word in ("to", "into") or (word in ("on", "onto", "upon") and lemma in _ONTO):
        return "goal"
    if word in ("in", "at", "for", "with") and (verb in ARRIVING or (lemma in _LANDING and word in ("in", "at"))):
        return "place"
    if word == "for" and lemma in _EARMARKING:
        return "place"
    if word == "with" and lemma in ("order", "contract"):
        return "source"
    return "agent" if word == "by" else None


def named_by(
    link: Token, verb: Token, who: Identities, apart: Sequence[str] = (), within: range | None = None
) -> Names:
    """The parties that a preposition names; of a relative pronoun the one that it stands for: "to which it sent"."""
    nouns = [child for child in link.children if child.dep_ in ("pobj", "pcomp", "dobj")]
    if link.lower_ == "by":
        nouns = [noun for noun in nouns if not is_carrier(noun)]
    if any(noun.lower_ in ("which", "whom", "whose") for noun in nouns):
        clause = relative(verb)
        return names_of([clause.head], who) if clause is not None else ()
    return names_of(nouns, who, apart if link.lower_ != "by" else (), within)


def goes_to_others(word: Token, who: Identities) -> bool:
    """Whether the goods of an event go to somebody whom the text does not name: "to a dealer", "to anyone"."""
    for link in links(word):
        for noun in link.children if way(link, word) == "goal" else ():
            indefinite = any(child.lower_ in _INDEFINITE for child in noun.children if child.dep_ == "det")
            someone = indefinite and (sources.can_speak(noun) or mentions.extent(noun) is not None)
            if (someone or noun.lower_ in _ANYBODY) and not named_by(link, word, who):
                return True
    return False


def planners(plan: Token, noun: Token, who: Identities) -> Names:
    """Who plans an event or gives leave for it: "Chile dropped a plan for the sale", "a licence was given by Chile"."""
    if plan.dep_ == "nsubjpass":
        by = (link for link in plan.head.children if link.dep_ == "agent")
        return next((named_by(link, noun, who) for link in by), ())
    return names_of(subjects(governor_of(plan)), who) if plan.dep_ in ("dobj", "pobj") else ()


def owners(noun: Token, who: Identities) -> Names:
    """The party to which goods belong: "Peru's tanks came from Chile", "Peru, whose tanks came from Chile"."""
    owner = next(sources.possessives(noun), None)
    if owner is None or owner.lower_ != "whose":
        return names_of([owner], who) if owner is not None else ()
    clause = next((word for word in noun.ancestors if word.dep_ == "relcl"), None)
    return names_of([clause.head], who) if clause is not None else ()


def is_carrier(noun: Token) -> bool:
    """Whether a noun names what or who brings goods: "Omani lighters"."""
    return noun.pos_ == "NOUN" and noun.lemma_.lower() in _CARRIERS


def names_of(nouns: Iterable[Token], who: Identities, apart: Sequence[str] = (), within: range | None = None) -> Names:
    """The parties that nouns and what is joined to them within some words stand for, each once."""
    nouns = list(nouns)
    end = within.stop if within is not None else max((len(noun.doc) for noun in nouns), default=0)
    named = (
        party(each, who, apart)
        for noun in nouns
        for each in (noun, *(other for other in noun.conjuncts if other.i > noun.i and other.i < end))
    )
    return tuple(dict.fromkeys(name for name in named if name is not None))


def shifted(goods: Token, who: Identities) -> Names:
    """The party before goods that the parser takes for a part of their name: "gave Iran rifles"."""
    if mentions.is_name(goods) and not goods.text.isupper():
        return ()
    before = [part for part in goods.children if part.dep_ in ("compound", "nmod")]
    return names_of(before[:1], who)


def is_given_a_number(noun: Token) -> bool:
    """Whether a name beside the goods is of who gets some: "sold Peru 20 tanks and Oman 30"."""
    behind = noun.nbor() if noun.i + 1 < len(noun.doc) else None
    return noun.dep_ == "conj" and noun.pos_ == "PROPN" and behind is not None and behind.like_num
