"""Which words name an event in arms: verbs and nouns by who gives, who gets, and where the thing stands.

A table lists lemmas; behind a slash stands the word without which a verb names something else: "let/off".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .clauses import is_passive, is_verb
from .goods import ENTRY_OF
from .plain_text import one_of
from .states import of
from .word_lists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token


_LISTED: set[str] = set()
"""Every lemma of the tables."""


class Lemmas:
    """A table of lemmas, some of them with the particle or preposition that they need."""

    def __init__(self, listed: str) -> None:
        self._needed: dict[str, set[str]] = {}
        for entry in listed.split():
            lemma, _, beside = entry.partition("/")
            self._needed.setdefault(lemma, set()).update((beside,) if beside else ())
        _LISTED.update(self._needed)

    def __contains__(self, word: Token) -> bool:
        needed = self._needed.get(lemma_of(word))
        return needed is not None and (not needed or any(is_beside(word, each) for each in needed))


def lemma_of(word: Token) -> str:
    """The lemma in small letters; of a verb that the model does not know by its ending: "kitted", "couriered"."""
    lemma: str = word.lemma_.lower()
    if lemma in _LISTED or (word.pos_ != "VERB" and word.tag_ != "JJ"):
        return lemma
    stem = _REGULAR.sub("", word.lower_)
    forms = (_DOUBLED.sub(r"\1", lemma), stem, f"{stem}e", f"{stem.removesuffix('i')}y", stem[:-1])
    return next((form for form in forms if form in _LISTED), lemma)


_DOUBLED = re.compile(r"([bdgmnprt])\1e?$")
_REGULAR = re.compile(r"(?:ed|ing|es)$")


def is_beside(word: Token, particle: str) -> bool:
    """Whether a verb has a particle or preposition of its own, or on its object; behind "!" it must have no object."""
    objects = [child for child in word.children if child.dep_ == "dobj"]
    if particle.startswith("!"):
        return not objects and not is_passive(word) and (particle == "!" or is_beside(word, particle[1:]))
    return any(child.lower_ == particle for each in (word, *objects) for child in each.children)


SENDING = Lemmas(
    "send ship supply deliver provide transfer export sell transport give hand lend return arm equip furnish donate "
    "offer grant pass gift dispatch fly smuggle promise pledge forward consign turn/over sign/over make/over rent "
    "lease loan shipment delivery transaction sale handover donation "
    "bequeath foist relinquish cede auction award confer bestow surrender resell re-sell re-export reexport funnel "
    "land earmark/for reserve/for set/aside "
    "channel divert ferry truck airlift haul offload unload dump palm/off distribute contribute convey carry bring "
    "airdrop hawk part/with press force owe resale re-export present "
    "courier despatch transship trans-ship tranship reroute re-route redirect siphon syphon traffic peddle flog spirit "
    "slip allot assign allocate apportion entrust release freight rush shuttle cart lug mail post parachute paradrop "
    "sneak remit disburse bootleg vend barge rail lorry dole/out parcel/out deal/out hawk fence route remove/to "
    "drive/to move/to shift/to run/to tow/to sail/to wheel/to steer/to lavish/on shower/on heap/on pump/into pour/into feed/to "
    "slide/to whisk/to run/into sling/to toss/to spare/to vouchsafe accord/to allow/to extend/to advance/to render/to "
    "dispatch restore/to repatriate/to unload haulage issue/to"
)
"""Who gives is the subject, and the thing the object."""
ARMING = Lemmas(
    "arm equip supply provide furnish rearm re-arm re-equip reequip resupply restock outfit kit/out fit/out present "
    "oblige fob/off compensate endow reward repay ply saddle fit/out rig/out stock re-stock issue/with shower/with "
    "flood/with inundate/with swamp/with feed/with entrust/with trust/with load/with replenish/with refit/with gift/with "
    "kit accoutre re-supply serve/with invest/with stuff/with"
)
"""Who gets is the object; the thing stands behind "with" or "in"."""
RECEIVING = Lemmas(
    "receive procure import buy purchase acquire obtain get order borrow accept receipt take acquisition procurement "
    "rent inherit hire charter secure have/from repurchase commission await expect/from have/off source/from pick/up "
    "snap/up scoop/up collect/from gain/from draw/from fetch/from win/from wangle/from cadge/from scrounge/from "
    "wheedle/from garner/from amass/from pocket/from extract/from re-import reimport requisition/from"
)
"""Who gets is the subject."""
ARRIVING = Lemmas(
    "reach arrive come go land/! arrival leave cross travel sail roll head follow end/up turn/up bind/for bound/for "
    "destine/for wind/up fetch/up wash/up flow flood/into pour/into stream trickle filter seep pass/!to get/!to move/! "
    "proceed journey depart/for"
)
"""The thing is the subject."""
RELIEVING = Lemmas("relieve/of rid/of strip/of divest/of deprive/of dispossess/of unburden/of disembarrass/of")
"""Who gives is the object, and the thing stands behind "of"."""
USING = Lemmas(
    "use fire launch test deploy strike shell drop shoot bombard pound pelt lob hurl loose unleash detonate discharge "
    "employ fling let/off try/out go/off test-fire test-launch attack/with hit/with blast/with batter/with hammer/with "
    "rake/with strafe pepper/with plaster/with spray/with douse/with target/with assault/with rain/on rain/down pour/on "
    "trial touch/off set/off wield expend resort/to plant sow scatter strew sling/at retest let/loose rocket "
    "deployment employment firing launching testing detonation bombardment"
)
_FALLING = words("fall land crash explode burst hit slam plunge strike detonate smash plough")
_FINDING = words("find spot discover recover see sight notice observe film photograph")
_FRONT = words("front frontline battlefield crater rubble trench ruin debris")
"""Where a weapon that is found was used."""
_PROMISING = Lemmas("promise pledge offer order")
"""What they promise is the event where it has a verb of its own: "promised to sell"."""
_MAKING = words("build make develop produce manufacture assemble design construct")
_MATTERS = words(
    "plan sale deal case charge claim bid project scheme proposal idea demand offer lawsuit inquiry enquiry bill "
    "contract talk matter appeal objection accusation request condition programme program investigation campaign "
    "probe review agreement accord settlement understanding compromise conclusion"
)
_ANSWERING = words(
    "deny confirm admit acknowledge reject dispute concede refute disavow contest question doubt contradict verify "
    "corroborate repudiate disclaim challenge recognise recognize"
)
_DEALS = words("deal contract arrangement bargain trade agreement swap exchange transaction affair")
_TAKING_UP = words("the this that any no such either these those")
_DONE = words("happen occur exist sign strike conclude make reach do close clinch seal ink agree complete")
"""Verbs by which a deal comes about: "no such contract was signed"."""
_TOGETHER = words("together jointly")
_SWAPPING = words("exchange swap barter trade")
"""Verbs of an exchange, which is a cooperation of those who give and take."""
_COOPERATING = words("cooperation cooperate partnership treaty pact collaboration exchange")
_NOUNS = (
    words(
        "shipment delivery transfer transaction sale receipt export import use launch test gift present order "
        "purchase lease loan handover acquisition procurement donation supply resale re-export reexport dispatch despatch "
        "transport transshipment transhipment resupply provision smuggling trafficking lending selling shipping "
        "airlift repurchase rental hire delivering sending supplying firing "
        "deployment employment launching testing detonation bombardment"
    )
    | _COOPERATING
)
_CORE = words(
    "receive procure import buy purchase acquire obtain order borrow send ship supply deliver provide transfer export "
    "sell transport arm equip furnish donate dispatch smuggle lease gift consign"
)
"""Verbs of trade; others name an event only with an item of their own."""
_MOVING = Lemmas(
    "move drive shift run tow sail wheel steer rush shuttle cart lug pass slide sling toss whisk issue release remove "
    "allot assign allocate apportion entrust post route rail feed load pump pour stock restore pick draw fetch collect "
    "gain win gather extract pocket present advance extend render accord allow spare despatch dispatch flow flood "
    "stream trickle filter seep proceed journey depart get/to cross travel roll head follow carry convey "
    "replenish trust stuff serve haul"
)
"""Verbs that are of a transfer only where they say to whom, or from whom, the goods go."""
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
        yield from (
            (token, event) for token, event in found if event != "cooperation" or not others or is_making(token)
        )


def is_of_trade(verb: Token) -> bool:
    """Whether a verb is of sending, getting or using."""
    return is_listed(lemma_of(verb))


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


def is_listed(lemma: str) -> bool:
    """Whether a lemma is in one of the tables."""
    return lemma in _LISTED


def needs_side(word: Token) -> bool:
    """Whether a verb is of moving goods about as well, so that it names a transfer only with a party."""
    return word.pos_ == "VERB" and word in _MOVING and not _is_of_anything(word, "transfer")


def is_deal_again(noun: Token) -> bool:
    """Whether a noun takes up an event told before that somebody answers: "denied the deal", "no such deal exists"."""
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in _DEALS or noun.dep_ == "compound":
        return False
    parts = list(noun.children)
    if not any(part.lower_ in _TAKING_UP for part in parts) or any(part.dep_ in ("prep", "acl") for part in parts):
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
        return word.pos_ == "VERB" and lemma_of(word) in _SWAPPING
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


def _is_made_with(verb: Token) -> bool:
    """Whether a state is with whom something is made: "building nothing with Peru"."""
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    links = [child for each in (verb, *objects) for child in each.children if child.lower_ == "with"]
    return any(of(verb.doc).code(noun.text) for link in links for noun in link.children)


def is_making(verb: Token) -> bool:
    """Whether two make something with each other: "are building drones together"."""
    if verb.lemma_ not in _MAKING or verb.pos_ != "VERB":
        return False
    return any(part.lower_ in _TOGETHER for part in verb.subtree) or _is_made_with(verb)


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


def _is_kept_in(verb: Token) -> bool:
    """Whether it is the verb of "keeps Peru in shells"."""
    if verb.lemma_ != "keep":
        return False
    whom = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass", "nsubj")]
    what = [noun for child in verb.children if child.lower_ == "in" for noun in child.children]
    return any(noun.pos_ in ("PROPN", "PRON") for noun in whom[-1:]) and any(noun.pos_ == "NOUN" for noun in what)


def _named(token: Token) -> Iterator[str]:
    if is_let(token) or is_under_way(token) or _is_kept_in(token):
        yield "transfer"
        return
    if is_verb(token):
        if token in _PROMISING and any(child.dep_ in ("xcomp", "ccomp") and is_verb(child) for child in token.children):
            return
        if token.lower_ == "going" and any(child.dep_ == "xcomp" for child in token.children):
            return
    elif token.pos_ != "NOUN" or token.lemma_.lower() not in _NOUNS or token.dep_ == "compound":
        return
    if (token in USING or token in ARRIVING) and token.pos_ == "VERB" and _is_of_a_matter(token):
        return
    if token.pos_ == "VERB" and is_coming_down(token):
        yield "use"
        return
    for event, tables in _EVENTS.items():
        if any(token in table for table in tables) and not (event == "transfer" and token in USING):
            yield event
    if is_making(token):
        yield "cooperation"
    if token.lemma_.lower() in _COOPERATING or (token.pos_ == "VERB" and token.lemma_ in _SWAPPING):
        yield "cooperation"
