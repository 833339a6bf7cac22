"""The nouns that are goods: which entry of the Munitions List a word ends, and whether it is the head of its phrase."""

from __future__ import annotations

from . import designations
from .goods import ALONE, BY_PLACE, ENTRY_OF, LONGEST, NO_MODIFIERS, PACKAGES_OF, PARTS
from .plain_text import PlainText, Word, one_of, singular
from .word_lists import words as word_set

UNSPECIFIED = "ML"
_VERBS_TOO = word_set("mine shell tank gun fuse fuze bomb rocket torpedo arm sight powder drone fire land-mine jet")
VERB_FORMS = word_set(
    "fires jams ticks misfires backfires burst "
    "lie lies lay sinks sank goes went fell flies flew fetches weighs explodes needs arrives rusts burns"
)
"""Verbs that a model of English takes for nouns behind one."""
_BUSINESS = word_set(
    "output production sales exports imports deliveries shipments prices factory factories plant maker makers "
    "programme program purchases sale export import delivery shipment fair fairs show shows expo exhibition auction "
    "forum race races museum market conference congress convention"
)
"""What is done with goods, and where they are shown, whatever the model takes it for."""
_MEASURING = word_set("costs weighs measures fires shoots holds carries takes needs uses seats scores loads")
"""Verbs that the model takes for nouns behind one, with what they govern."""
_AMOUNTS = word_set("double twice triple treble half nearly almost about less more over only just at under between")
_PLURAL_KINDS = ("arms", "weapons", "munitions", "goods", "materials", "explosives")
"""Plurals that say the kind of what comes behind them."""


def entry_of(reading: PlainText, index: int) -> tuple[str, int] | None:
    """The entry of the longest head that ends in a word, and its length in words; "" where its surroundings say it."""
    words = reading.words
    parts = singular(words[index]).replace("-", " ").split()
    first = index
    if not parts:
        return None
    chain = [parts]
    while len(chain) < LONGEST and first > 0 and reading.gap(first - 1) == " " and not words[first - 1].is_sign:
        first -= 1
        chain.insert(0, words[first].lower.replace("-", " ").split())
    for size in range(len(chain), 0, -1):
        phrase = [part for parts in chain[-size:] for part in parts]
        if entry := ENTRY_OF.get(" ".join(phrase)) or ENTRY_OF.get(" ".join([*phrase[:-1], words[index].lower])):
            return entry, size
    for size in range(1, len(parts)):
        if entry := ENTRY_OF.get(" ".join(parts[size:])):
            return entry, 1
    head = parts[-1]
    before = words[index - 1].lower if index and reading.gap(index - 1) == " " else ""
    compound = parts[-2] if len(parts) > 1 else one_of(before)
    if head in PARTS and ENTRY_OF.get(compound):
        return ENTRY_OF[compound], 1
    if head in ALONE:
        return "ML3" if head == "casing" else "", 1
    model = before and (designations.NAME.match(words[index - 1].text) or designations.family(words[index - 1].text))
    if model and head in (*PARTS, "system", "battery", "kit"):
        return "", 1
    if model and head == "fighter":
        return "ML10", 1
    if head == "barrel" and not compound:
        return "ML2", 1
    if head == "fin" and before == "tail":
        return "", 2
    if head in BY_PLACE and head != "round" and (compound in BY_PLACE[head] or before in BY_PLACE[head]):
        return ENTRY_OF.get(compound) or _PLACED.get(head, UNSPECIFIED), 1
    if head == "round" and (
        before in BY_PLACE["round"]
        or (before in ("mm", "cm", "calibre", "caliber", "millimetre", "millimeter", "inch", "bore", "gauge"))
        or designations.CALIBRE.match(before)
        or designations.SMALL.fullmatch(before)
        or ENTRY_OF.get(compound.replace("-", " "))
    ):
        return "ML3", 1
    return None


_PLACED = {
    "barrel": "ML2",
    "charge": "ML8",
    "vehicle": "ML6",
    "system": "ML4",
    "battery": "ML4",
    "boat": "ML9",
    "agent": "ML7",
}
_PLACED |= {"plane": "ML10", "craft": "ML9", "radio": "ML11", "device": "ML15"}


def is_noun(word: Word, reading: PlainText, index: int) -> bool:
    before = reading.words[index - 1].lower if index else ""
    if word.lower == "mine" and (
        word.token.pos_ == "PRON" or before in ("were", "was", "is", "are", "of", "be", "not")
    ):
        return False
    if word.is_noun or (word.lower not in _VERBS_TOO and word.lower not in ("arms", "shells")):
        return True
    return word.token.pos_ in ("ADJ", "PRON") or before in NO_MODIFIERS - {"to", "they", "not", "do", "does", "did"}


def _is_measured(reading: PlainText, index: int) -> bool:
    """Whether an amount stands behind a word, which is then a verb: the pistol costs double."""
    behind = reading.words[index + 1 : index + 2]
    return bool(behind) and (behind[0].token.pos_ in ("NUM", "DET") or behind[0].lower in _AMOUNTS)


def is_modifier(reading: PlainText, index: int, head: str) -> bool:
    """Whether another noun follows that it says the kind of; a package is filled with it instead."""
    if reading.gap(index) != " " or index + 1 == len(reading.words):
        return False
    word, following = reading.words[index], reading.words[index + 1]
    if following.lower in VERB_FORMS or following.text[0] in "$€£¥":
        return False
    if following.token.ent_type_ == "DATE" and following.token.dep_ == "npadvmod":
        return False  # burned the powder yesterday
    if following.lower in ("aboard", "ashore", "afloat", "abroad", "overseas", "alike", "apiece"):
        return False
    if following.lower in _BUSINESS and (word.lower == head or word.lower in _PLURAL_KINDS):
        return True
    inner = entry_of(reading, index + 1)
    if word.token.dep_ in ("nsubj", "nsubjpass") and word.token.head == following.token and not inner:
        return False
    if one_of(following.lower) in PACKAGES_OF - {"round", "unit", "piece"} and not (inner and inner[1] > 1):
        return False
    opens = index == 0 or reading.words[index - 1].is_sign or "\n" in reading.gap(index - 1)
    if inner and word.lower == head and (opens or word.text[0].islower() == following.text[0].islower()):
        return True
    if not following.is_noun and not (following.token.tag_ == "VBG" and word.token.dep_ == "compound"):
        return following.token.pos_ == "ADJ" and word.token.dep_ == "compound"
    plural = word.lower != head
    if following.text[:1].isupper() and word.text[:1].islower():
        return False  # the cruiser Winter Wind
    if following.lower in _MEASURING and _is_measured(reading, index + 1):
        return False
    return not plural or word.lower.split("-")[-1] in _PLURAL_KINDS
