"""Where an item begins: the words before a head that say what kind it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ....text.amounts import NUMBER
from ....text.dates import MONTHS
from ....text.numbers import WORDS as NUMBER_WORDS
from . import designations, fronted, states
from .goods import ENTRY_OF, NO_MODIFIERS
from .heads import VERB_FORMS
from .origins import state_before
from .plain_text import PlainText, Word, one_of
from .source_words import OFFICES, PEOPLE
from .word_lists import words as word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_KINDS = ("compound", "amod", "nmod", "npadvmod", "nummod")
_PLURAL_MODIFIERS = word_set("arms weapons munitions goods materials explosives communications sports small-arms")
_PARTICIPLES = word_set(
    "hunting sporting landing loitering guiding homing targeting fighting training tracking sighting cutting "
    "missing drifting rusting floating burning exploding incoming leaking sinking ageing aging falling existing"
)
"""Those that say what goods are for, or what state they are in; others have the goods as their object."""
_DEGREES = word_set("highly heavily lightly fully partly newly badly poorly commercially remotely")
"""Adverbs before an adjective that says what kind goods are: highly enriched uranium."""
_TOOLS = word_set("equipment technology machine machinery tool gear device system vehicle vessel aircraft drone")
"""What a gerund before it says the purpose of."""
_COUNTING = re.compile(rf".*-(?:odd|plus|some)|{NUMBER}")
"""Words that say how many, with a hyphen too: half-a-dozen."""
_HANDLING = word_set(
    "counting buying selling making moving shipping smuggling storing carrying cleaning collecting testing repairing "
    "loading unloading hiding stealing finding losing lifting clearing importing exporting supplying sending giving "
    "using dropping throwing laying building painting polishing handling ordering stacking stockpiling burying"
)
"""What is done with goods, be it that the model takes the word for a noun: a summer of counting shells."""
_SIZES = word_set("mm cm millimetre millimeter centimetre centimeter calibre caliber lb kt inch pdr")
_HOLDING = word_set("held contained had carried brought bought took kept hid bore needed lacked wanted sent")
"""What so many of them did, be there a noun or none: two held mortars."""
_PAST = re.compile(
    r"[a-z]{2,}[^e\W]ed|used|hid|sold|bought|lost|made|built|sent|found|kept|held|laid|took|stole|got|saw|gave|shot|threw|drew"
    r"|brought|left|met|hung|lent|swore|tore|rode|wore|fed|led|dug|caught|sank|tried|ate|spent|won|cast|cut|hit|put|set|let"
)
"""Past forms of verbs, behind a noun."""
_STATES = word_set(
    "guided unguided armoured armored tracked towed wheeled powered crewed manned unmanned propelled armed"
)
"""Participles that say what kind arms are, behind a name too."""
_YEAR = re.compile(r"(?:19|20)\d\d")
KINDS_OF = word_set(
    "attack assault stun smoke transport hand cruise training target patrol landing depth combat spy scout strike "
    "support rescue practice guard escort fire dummy cluster hunting sporting tow surplus lift pump shoulder dive hose "
    "raid decoy signal flash drill shock plunge dispatch supply ferry torpedo towed tracked wheeled wire"
)
"""What says the kind of arms and may be a verb elsewhere: transport or attack helicopters."""
_JOINING = word_set("and or , of with for in the a an no any its their by from so more less fewer")
_DONE = word_set("shipped sold bought sent gave given got received ordered made built had offered lent needed wanted")
"""Past forms that say what was done with goods, and not what kind they are."""
_LAWS = word_set(
    "accord treaty act convention pact protocol agreement charter code law declaration constitution decree directive "
    "regulation covenant compact armistice truce embargo"
)
"""Names under which goods are banned or sold: under the Lake Treaty rifles are banned."""
_AGES = ("old", "older", "new", "newer", "ancient", "modern", "young", "antique", "obsolete")
_DEICTIC = ("yesterday", "today", "tomorrow", "tonight", "nowadays")
_SUBJECTS = ("we", "they", "i", "he", "she", "you", "who")
_OWN = re.compile(r"-(?:made|built|supplied|produced|bound|manufactured|owned|delivered|backed|assembled)$")
_NATIONAL = re.compile(r"^[A-Z][a-z]{3,}(?:an|ese|ish)$")
"""Adjectives of states, be they on the list or not."""


def start_of(reading: PlainText, head: int, size: int = 1) -> int:
    """The index of an item's first word."""
    words = reading.words
    first = head - size + 1
    while first > 0 and reading.gap(first - 1) == " ":
        word = words[first - 1]
        if (
            word.lower in _SIZES
            and first > 1
            and (words[first - 2].text[0].isdigit() or words[first - 2].token.like_num)
        ):
            first -= 2
            if first > 1 and words[first - 1].lower in ("x", "×"):
                first -= 2
            continue
        if designations.is_model_number(reading, first - 1):
            first -= 2
            continue
        spare = words[first].lower in ("spare", "replacement") and word.lower in ENTRY_OF  # tank spare parts
        if spare or (word.lower in _DEGREES and words[first].token.tag_ in ("JJ", "VBN", "VBD")):
            first -= 1
            continue
        if not _says_kind(word, words[head].token) or state_before(reading, first) is not None:
            break
        if first > 1 and _is_finite(reading, word, words[first - 2]) and reading.gap(first - 2) == " ":
            break
        behind = words[first].token
        sized = "-" in word.text or designations.CALIBRE.match(word.lower)
        if word.token.pos_ == "NOUN" and behind.pos_ == "ADJ" and not sized:
            break
        if (
            word.token.pos_ != "ADJ"
            and first > 1
            and words[first - 2].lower in _SUBJECTS
            and reading.gap(first - 2) == " "
        ):
            break
        if word.lower in MONTHS and first > 1 and words[first - 2].text[0].isdigit():
            break
        if word.token.pos_ == "PROPN" and _is_place(reading.plain, word.text):
            break
        if one_of(word.lower) in _LAWS and word.text[0].isupper() and words[head].text[0].islower():
            break
        first -= 1
    return fronted.behind_phrase(reading, first, head, head - size + 1)


def _is_national(reading: PlainText, word: Word) -> bool:
    """Whether a word is the adjective of a state, and neither its name nor its people."""
    known = states.of(reading.parsed)
    adjective = word.token.tag_ == "JJ" or word.token.dep_ == "amod"
    return known.code(word.text) is not None and (not known.is_state(word.text) or adjective)


def _is_finite(reading: PlainText, word: Word, before: Word) -> bool:
    """Whether a past form behind a noun is its verb, and no participle of the goods: the depot held shells."""
    if word.lower in _HOLDING and before.is_sign and before.text in "-—–,)":
        return True
    if word.lower in _HOLDING and (before.token.like_num or before.lower in NUMBER_WORDS):
        return True
    dated = _YEAR.fullmatch(before.text) is not None and word.token.pos_ == "VERB"
    if dated and (word.token.tag_ == "VBD" or (before.token.i and before.token.nbor(-1).lower_ == "of")):
        return True  # the treaty of 1987 banned mines
    if _is_national(reading, before):
        return False  # Talvian captured rifles
    if before.token.dep_ == "mark" and word.token.dep_ == "amod":
        return False  # found that captured rifles were sold
    if before.lower in ("that", "which", "who") and _PAST.fullmatch(word.lower):
        return word.lower not in _STATES
    if _PAST.fullmatch(word.lower) and word.lower not in _STATES and not designations.NAME.match(before.text):
        human = before.lower in OFFICES | PEOPLE  # whatever the model takes the verb for
        named = before.token.tag_ in ("NN", "NNP") or (before.text[0].isupper() and before.lower not in NO_MODIFIERS)
        return human or (named and word.token.pos_ != "ADJ")
    past = word.token.pos_ == "VERB" and word.token.tag_ in ("VBD", "VBN") and "-" not in word.text
    subject = before.token.pos_ in ("NOUN", "PROPN", "PRON") and before.lower not in NO_MODIFIERS
    quantifier = before.lower in ("each", "all", "both", "none", "most") and before.token.dep_ != "preconj"
    return past and (subject or quantifier)


def _says_kind(word: Word, head: Token) -> bool:
    lower, token = word.lower, word.token
    if (
        lower in NO_MODIFIERS
        or lower in _DEICTIC
        or word.is_sign
        or _OWN.search(lower)
        or lower.endswith("'s")
        or lower == "'s"
    ):
        return False
    named = designations.NAME.match(word.text) or designations.family(word.text)
    if named or designations.CALIBRE.match(lower) or designations.SMALL.match(lower):
        return True
    if token.like_num or lower in NUMBER_WORDS or _COUNTING.fullmatch(lower):
        return False
    if _NATIONAL.match(word.text):
        return False
    if token.pos_ == "ADJ" and token.ent_type_ == "DATE" and lower in _AGES:
        return True
    if word.text[0].isdigit() or token.ent_type_ == "DATE" or (token.ent_type_ == "NORP" and token.pos_ == "ADJ"):
        return (
            token.ent_type_ == "DATE"
            and not word.text[0].isdigit()
            and word.text[0].isupper()
            and token.dep_ == "compound"
        )
    if token.pos_ == "ADJ":
        return True
    opens = token.i > 0 and (token.nbor(-1).lower_ in _JOINING or token.nbor(-1).ent_type_ == "NORP")
    if lower in KINDS_OF and token.pos_ in ("VERB", "ADV", "NOUN") and opens:
        return True
    if lower in VERB_FORMS or (token.tag_ == "NNS" and "-" not in lower and lower not in _PLURAL_MODIFIERS):
        return False
    if token.pos_ == "NOUN" and lower in _HANDLING:
        return False
    if token.pos_ == "NOUN" and lower in _PARTICIPLES:
        return True
    if token.pos_ in ("NOUN", "PROPN"):
        joined = token.tag_ == "NN" and _first_conjunct(token).dep_ in _KINDS  # attack and transport planes
        joined = joined or (token.tag_ == "NN" and head.tag_ == "VBZ" and token.head == head)  # surplus carbines
        return token.dep_ in _KINDS or joined or "-" in lower or (lower in ENTRY_OF and token.tag_ == "NN")
    if token.tag_ == "VBG":  # a hunting rifle, and not: it was raining shells
        before = token.nbor(-1) if token.i else None
        return (
            lower in _PARTICIPLES
            or "-" in lower
            or (token.dep_ in _KINDS and head.lemma_ in _TOOLS and lower not in _HANDLING)
            or (before is not None and before.pos_ in ("DET", "ADJ", "NUM", "PRON"))
        )
    if lower in _DONE:
        return False  # denied it and shipped mines
    first = _first_conjunct(token)
    joined = (
        token.tag_ == "VBN" and first != token and (head.head != token or first.pos_ == "ADJ")
    )  # used and new tanks
    joined = joined or (token.tag_ == "VBN" and token.dep_ == "nsubj" and token.head == head)
    return token.pos_ == "VERB" and (token.dep_ == "amod" or "-" in lower or joined)


def _first_conjunct(token: Token) -> Token:
    """The word that others are joined to; itself where it is joined to none."""
    while token.dep_ == "conj":
        token = token.head
    return token


def _is_place(plain: str, name: str) -> bool:
    """Whether a name stands for a place somewhere in the text: "at Kest"."""
    return re.search(rf"\b(?:in|at|near|from|outside|into) {re.escape(name)}\b(?! [a-z]+s\b)", plain) is not None
