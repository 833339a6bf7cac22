"""Words of arms that mean none where they stand: a tank of milk, folded arms, bricks and mortar, a bitten bullet."""

from __future__ import annotations

import re

from .goods import ALONE
from .plain_text import PlainText, one_of
from .word_lists import words as word_set

MODIFIERS = word_set(
    "fuel water septic think oil storage fish coal gold copper salt silver iron diamond baking washing sewing "
    "vending talcum medical farm agricultural office sports humanitarian consumer household civilian fishing "
    "climbing bicycle motorcycle egg sea-shell nail staple printing natural wine cider ink toner snail oyster mussel "
    "turtle tortoise walnut coconut peanut nut pasta glue paint grease caulking spray tattoo toy chocolate marzipan "
    "sugar confetti soap bath gingerbread lego milk beer whey emerald sapphire ruby jade lithium cobalt nickel "
    "zinc tungsten data"
)
"""What civil things of the same name are for or made of: a fish tank, a nail gun, a coal mine."""
_MAKES = word_set("car auto automobile bicycle tractor motorcycle bus")
"""What parts and engines are civil of."""
_FLUIDS = (
    "petrol|diesel|kerosene|paraffin|milk|water|beer|wine|cider|oil|fuel|gas|gasoline|acid|oxygen|hydrogen|chlorine"
    "|helium|whey|juice|syrup|vinegar|fish|eels|trout|sharks?|lobsters?|slurry|sewage|ammonia|propane|butane|brine|ink"
)
_HUMMING = (
    "bees?|engines?|motors?|traffic|insects?|flies|wasps|voices|bagpipes?|machines?|generators?|turbines?|mowers?"
)
_BUILT = (
    "building|house|church|school|hall|factory|bus|car|tower|theatre|hospital|hotel|mill|barn|villa|palace|cinema"
    "|ship|boat|egg|nut|snail|tortoise|turtle|crab|man|former self|himself|herself|marriage|company|city|town|village"
)
_LIMBS = "his|her|their|my|your|our|its"
_BEHIND = re.compile(
    rf"tanks? of (?:the |fresh |warm |cold |liquid |hot )?(?:{_FLUIDS})\b|drones? of (?:the |an? |heavy )?(?:\w+ )?"
    rf"(?:{_HUMMING})\b|shells? of (?:an? |the |{_LIMBS} )?(?:[a-z]+ )?(?:{_BUILT})\b|mortar (?:and bricks?|between)\b"
    r"|arms (?:folded|crossed|outstretched|akimbo|aloft|raised|wide|full of)\b|jet black\b"
    r"|arms of (?:(?:the|an?|his|her|their) )?(?:chairs?|sofas?|armchairs?|mother|father|cross|cranes?|law|nurse"
    r"|river)\b"
)
_UP_TO = re.compile(
    rf"\b(?:(?:bricks?|pestle) and mortar|(?:bit|bites?|biting|bitten|dodg\w+) (?:the|a) bullet|jump\w* the gun"
    rf"|loose cannons?|(?:silver|magic) bullets?|smoking guns?|under the gun|big guns|sweating bullets"
    rf"|(?:stuck|sticks?|sticking) to {_LIMBS} guns|(?:folded|open|crossed|outstretched|bare|hairy|tattooed|bony) arms"
    rf"|(?:in|into|around|with|threw|raised|waved|opened|stretched) (?:both )?(?:{_LIMBS}) (?:[a-z]+ )?arms"
    r"|(?:coats?|up|comrades?|brothers?) (?:of|in) arms|no great shells)$"
)
"""What is said of the same words where they are no arms, and sayings that end in them."""
_MINING = re.compile(
    r"\b(?:miners?|mineworkers?|ore|colliery|pithead|shafts?|seams?|coal|gold|copper|diamonds?|tin|silver|nickel)\b",
    re.IGNORECASE,
)
_BLAST = re.compile(
    r"\b(?:lifted|laid|blew|blown|exploded?|explodes|swept|killed|kills|hit|struck|wounded|maimed|injured|sank|off"
    r"|detonated?|defused|cleared|disarmed|buried)\b"
)
"""What mines do, and what is done with them, that are no pits."""
_SEA = word_set("land sea naval limpet anti-tank anti-personnel claymore tellermine magnetic contact drifting")


def is_civil(reading: PlainText, first: int, index: int) -> bool:
    """Whether the goods that end in a word are none: by what they are made of, hold or do there, or in a saying."""
    word = reading.words[index]
    modifiers = [each.lower for each in reading.words[first:index]]
    if any(each in MODIFIERS for each in (*modifiers, *word.lower.split("-")[:-1])):
        return True
    if one_of(word.lower) in ALONE and _MAKES & set(modifiers):
        return True
    if _BEHIND.match(reading.plain, word.start) or _UP_TO.search(
        reading.plain[max(0, word.start - 40) : word.end].lower()
    ):
        return True
    if word.lower not in ("mine", "mines") or _SEA & set(modifiers):
        return False
    sentence = word.token.sent.text
    return _MINING.search(sentence) is not None and _BLAST.search(sentence) is None
