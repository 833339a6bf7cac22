"""Lemmas that name an event in arms: verbs and nouns by who gives, who gets, and where the thing stands.

A table lists lemmas; behind a slash stands the word without which a verb names something else: "let/off".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .clauses import is_passive

if TYPE_CHECKING:
    from spacy.tokens import Token


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
    "lease loan shipment consignment restitution repatriation delivery transaction sale handover donation "
    "bequeath foist relinquish cede auction award confer bestow surrender resell re-sell re-export reexport funnel "
    "land earmark/for reserve/for set/aside "
    "channel divert ferry truck airlift haul offload unload dump palm/off distribute contribute convey carry bring "
    "airdrop hawk part/with press force owe resale re-export present "
    "courier despatch transship trans-ship tranship reroute re-route redirect siphon syphon traffic peddle flog spirit "
    "slip allot assign allocate apportion entrust release freight rush shuttle cart lug mail post parachute paradrop "
    "sneak remit disburse bootleg vend barge rail lorry dole/out parcel/out deal/out hawk fence route remove/to "
    "drive/to move/to shift/to run/to tow/to sail/to wheel/to steer/to lavish/on shower/on heap/on pump/into pour/into "
    "feed/to slide/to whisk/to run/into sling/to toss/to spare/to vouchsafe accord/to allow/to extend/to "
    "advance/to render/to dispatch restore/to repatriate/to unload haulage issue/to"
)
"""Who gives is the subject, and the thing the object."""
ARMING = Lemmas(
    "arm equip supply provide furnish rearm re-arm re-equip reequip resupply restock outfit kit/out fit/out present "
    "oblige fob/off compensate endow reward repay ply saddle fit/out rig/out stock re-stock issue/with shower/with "
    "flood/with inundate/with swamp/with feed/with entrust/with trust/with load/with replenish/with refit/with "
    "pay/in pay/with gift/with kit accoutre re-supply serve/with invest/with stuff/with"
)
"""Who gets is the object; the thing stands behind "with" or "in"."""
RECEIVING = Lemmas(
    "receive procure import buy purchase acquire obtain get order borrow accept receipt take acquisition procurement "
    "rent inherit hire charter secure have/from repurchase commission await expect/from have/off source/from pick/up "
    "snap/up scoop/up collect/from gain/from draw/from fetch/from win/from wangle/from cadge/from scrounge/from "
    "wheedle/from garner/from amass/from pocket/from extract/from re-import reimport requisition/from "
    "seek request demand look/for ask/for"
)
"""Who gets is the subject."""
ARRIVING = Lemmas(
    "reach arrive come go land/! arrival leave cross travel sail roll head follow end/up turn/up bind/for bound/for "
    "destine/for mean/for intend/for "
    "wind/up fetch/up wash/up flow flood/into pour/into stream trickle filter seep pass/!to get/!to move/! "
    "proceed journey depart/for"
)
"""The thing is the subject."""
RELIEVING = Lemmas("relieve/of rid/of strip/of divest/of deprive/of dispossess/of unburden/of disembarrass/of")
"""Who gives is the object, and the thing stands behind "of"."""
USING = Lemmas(
    "use fire launch test deploy strike shell drop shoot bombard pound pelt lob hurl loose unleash detonate discharge "
    "employ fling let/off try/out go/off test-fire test-launch attack/with hit/with blast/with batter/with hammer/with "
    "rake/with strafe pepper/with plaster/with spray/with douse/with target/with assault/with rain/on rain/down "
    "pour/on lay trial touch/off set/off wield expend resort/to plant sow scatter strew sling/at retest let/loose "
    "rocket "
    "deployment employment firing launching testing detonation bombardment"
)
SEEKING = Lemmas("seek request demand look/for ask/for")
"""Who wants to get is the subject."""
PROMISING = Lemmas("promise pledge offer order seek request demand")
"""What they promise or seek is the event where it has a verb of its own: "promised to sell"."""
MOVING = Lemmas(
    "move drive shift run tow sail wheel steer rush shuttle cart lug slide sling toss whisk issue release remove "
    "allot assign allocate apportion entrust post route rail feed load pump pour stock restore pick draw fetch "
    "collect gain win gather extract pocket advance extend render accord allow spare despatch flow flood stream "
    "trickle filter seep proceed journey depart get/to replenish trust stuff serve"
)
"""Verbs that are of a transfer only where they say to whom, or from whom, the goods go."""


def is_of_trade(verb: Token) -> bool:
    """Whether a verb is of sending, getting or using."""
    return is_listed(lemma_of(verb))


def is_listed(lemma: str) -> bool:
    """Whether a lemma is in one of the tables."""
    return lemma in _LISTED
