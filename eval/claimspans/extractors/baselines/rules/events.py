"""Which words of a text name an event in arms: a transfer, a use, a cooperation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import is_verb
from .cooperations import COOPERATING, TAKING_UP, is_making, is_pact, is_swap, is_works
from .event_words import ARMING, ARRIVING, MOVING, PROMISING, RECEIVING, RELIEVING, SEEKING, SENDING, USING, lemma_of
from .goods import ENTRY_OF
from .plain_text import one_of
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token


_MATTERS = words(
    "plan sale deal case charge claim bid project scheme proposal idea demand offer lawsuit inquiry enquiry bill "
    "contract talk matter appeal objection accusation request condition programme program investigation campaign "
    "probe review agreement accord settlement understanding compromise conclusion"
)
_LEAVE = words("licence license permission approval authorisation authorization permit clearance")
_ANSWERING = words(
    "deny confirm admit acknowledge reject dispute concede refute disavow contest question doubt contradict verify "
    "corroborate repudiate disclaim challenge recognise recognize"
)
_FALLING = words("fall land crash explode burst hit slam plunge strike detonate smash plough")
_FINDING = words("find spot discover recover see sight notice observe film photograph")
_FRONT = words("front frontline battlefield crater rubble trench ruin debris")
"""Where a weapon that is found was used."""
_TIMES = words("minute hour day night week month year decade century age while time place part aim effect root")
"""What is taken and is nothing that is received: "took a year", "took place"."""
_DEALS = words("deal contract arrangement bargain trade agreement swap exchange transaction affair")
_DONE = words("happen occur exist sign strike conclude make reach do close clinch seal ink agree complete")
"""Verbs by which a deal comes about: "no such contract was signed"."""
_NOUNS = (
    words(
        "shipment delivery transfer transaction sale receipt export import use launch test gift present order "
        "purchase lease loan handover acquisition procurement donation supply resale re-export reexport dispatch "
        "despatch transport transshipment transhipment resupply provision smuggling trafficking lending selling "
        "shipping airlift return restitution repatriation consignment repurchase rental hire delivering sending "
        "supplying firing "
        "deployment employment launching testing detonation bombardment"
    )
    | COOPERATING
)
_CORE = words(
    "receive procure import buy purchase acquire obtain order borrow send ship supply deliver provide transfer export "
    "sell transport arm equip furnish donate dispatch smuggle lease gift consign"
)
"""Verbs of trade; others name an event only with an item of their own."""
_EVENTS = {"transfer": (SENDING, ARMING, RECEIVING, ARRIVING, RELIEVING), "use": (USING,)}


def events(parsed: Doc) -> Iterator[tuple[Token, str]]:
    """The words that name an event; a cooperation in a sentence where something is sent or used only of makers."""
    last: str | None = None
    for sentence in parsed.sents:
        found: list[tuple[Token, str]] = []
        for token in sentence:
            found += [(token, event) for event in _named(token)]
            if last is not None and is_deal_again(token):
                found.append((token, last))
            last = found[-1][1] if found else last
        others = any(event != "cooperation" for _, event in found)
        for token, event in found:
            if event != "cooperation" or not others or is_making(token) or is_works(token):
                yield token, event


def is_coming_down(verb: Token) -> bool:
    """Whether it tells where a munition struck, or that one was found at the front: "a missile fell on the town"."""
    nouns = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "dobj")]
    subject = [child for child in nouns if child.dep_ != "dobj" and child.i < verb.i]
    if lemma_of(verb) in _FALLING:
        placed = any(child.dep_ in ("prep", "dobj") for child in verb.children)
        return placed and any(ENTRY_OF.get(one_of(noun.lower_)) in ("ML3", "ML4", "ML7") for noun in subject)
    goods = [part for noun in nouns for part in noun.subtree if one_of(part.lower_) in ENTRY_OF]
    places = {part.lemma_.lower() for link in verb.children if link.dep_ == "prep" for part in link.subtree}
    return lemma_of(verb) in _FINDING and bool(goods) and not _FRONT.isdisjoint(places)


def needs_side(word: Token) -> bool:
    """Whether a verb is of moving goods about as well, so that it names a transfer only with a party."""
    return word.pos_ == "VERB" and (word in MOVING or word in SEEKING) and not _is_of_anything(word, "transfer")


def is_deal_again(noun: Token) -> bool:
    """Whether a noun takes up an event told before that somebody answers: "denied the deal", "no such deal exists"."""
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in _DEALS or noun.dep_ == "compound":
        return False
    parts = list(noun.children)
    if not any(part.lower_ in TAKING_UP for part in parts) or any(part.dep_ in ("prep", "acl") for part in parts):
        return False
    verb = noun.head
    if noun.dep_ in ("dobj", "nsubjpass", "nsubj") and verb.lemma_ in _ANSWERING | _DONE:
        return noun.dep_ != "dobj" or verb.lemma_ not in _DONE
    place = any(child.lower_ == "place" for child in verb.children)
    existing = verb.lemma_ == "be" and (noun.dep_ == "nsubj" or any(child.dep_ == "expl" for child in verb.children))
    return (noun.dep_ == "nsubj" and (place or existing)) or (existing and noun.dep_ == "attr" and verb.lemma_ == "be")


def needs_goods(word: Token, event: str) -> bool:
    """Whether a word is of much else too, so that it names an event only where an item is in its clause."""
    if _is_of_anything(word, event) or (event == "use" and _is_answered(word)):
        return False
    if event == "cooperation":
        return is_swap(word)
    return event == "use" or (event == "transfer" and word.pos_ != "NOUN" and lemma_of(word) not in _CORE)


def _is_of_anything(verb: Token, event: str) -> bool:
    """Whether it is the verb of "gave Peru nothing", "denied sending anything to Peru"."""
    objects = [child.lower_ for child in verb.children if child.dep_ == "dobj"]
    return event == "transfer" and not {"anything", "nothing", "none", "any"}.isdisjoint(objects)


def _is_answered(noun: Token) -> bool:
    """Whether a use is answered by its noun alone: "denied its use"."""
    alone = not any(child.lower_ == "of" and not _is_of_them(child) for child in noun.children)
    return noun.pos_ == "NOUN" and alone and noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_ in _ANSWERING


def _is_of_them(link: Token) -> bool:
    return any(word.lower_ in ("them", "these", "those", "it", "any") for word in link.children)


def is_let(verb: Token) -> bool:
    """Whether it is the second verb of "let Peru have"."""
    return let_of(verb) is not None


def let_of(verb: Token) -> Token | None:
    """The "let" before the subject of "have", whatever the parser hangs it on."""
    if verb.lemma_ != "have":
        return None
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    before = verb.doc[subject.left_edge.i - 1] if subject is not None and subject.left_edge.i > 0 else verb.head
    return before if before.lemma_ == "let" and before.i < verb.i else None


def is_under_way(noun: Token) -> bool:
    """Whether it is the noun of "on its way" or "en route"."""
    return bool(
        noun.lower_ in ("way", "route") and (noun.head.lower_ in ("on", "en") or noun.head.lemma_ in ("find", "make"))
    )


def _is_of_a_matter(verb: Token) -> bool:
    """Whether a plan or a deal is what is dropped, launched or reached, not a weapon."""
    objects = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    return any(noun.lemma_.lower() in _MATTERS for noun in objects)


def _is_of_a_licence(verb: Token) -> bool:
    """Whether leave for a deal is what is given: "granted a licence for the sale"."""
    given = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    return any(noun.lemma_.lower() in _LEAVE and any(noun.rights) for noun in given)


def _is_kept_in(verb: Token) -> bool:
    """Whether it is the verb of "keeps Peru in shells"."""
    if verb.lemma_ != "keep":
        return False
    whom = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass", "nsubj")]
    what = [noun for child in verb.children if child.lower_ == "in" for noun in child.children]
    return any(noun.pos_ in ("PROPN", "PRON") for noun in whom[-1:]) and any(noun.pos_ == "NOUN" for noun in what)


def _is_meant(verb: Token) -> bool:
    """Whether it is goods with which somebody is paid, and mines that are laid."""
    lemma = lemma_of(verb)
    if lemma == "pay":
        links = [child for child in verb.children if child.lower_ in ("in", "with")]
        clause = verb.head.subtree if verb.dep_ == "relcl" else ()
        fronted = any(word.lower_ == "which" for link in links for word in link.children)
        paid = clause if fronted else (word for link in links for word in link.children)
        return any(one_of(word.lower_) in ENTRY_OF for word in paid)
    if lemma == "take":
        return _TIMES.isdisjoint(child.lemma_.lower() for child in verb.children if child.dep_ == "dobj")
    return lemma != "lay" or not any(child.lower_ in ("down", "aside", "out") for child in verb.children)


def _named(token: Token) -> Iterator[str]:
    if token.lower_ == "according":
        return
    if is_let(token) or is_under_way(token) or _is_kept_in(token):
        yield "transfer"
        return
    if is_verb(token):
        if token in PROMISING and any(child.dep_ in ("xcomp", "ccomp") and is_verb(child) for child in token.children):
            return
        if token.lower_ == "going" and any(child.dep_ == "xcomp" for child in token.children):
            return
    elif is_pact(token):
        yield "cooperation"
        return
    elif token.pos_ != "NOUN" or token.lemma_.lower() not in _NOUNS or token.dep_ == "compound":
        return
    if (token in USING or token in ARRIVING) and token.pos_ == "VERB" and _is_of_a_matter(token):
        return
    if token.pos_ == "VERB" and (not _is_meant(token) or _is_of_a_licence(token)):
        return
    if token.pos_ == "VERB" and is_coming_down(token):
        yield "use"
        return
    for event, tables in _EVENTS.items():
        if any(token in table for table in tables) and not (event == "transfer" and token in USING):
            yield event
    if is_making(token) or is_works(token):
        yield "cooperation"
    if token.lemma_.lower() in COOPERATING or is_swap(token):
        yield "cooperation"
