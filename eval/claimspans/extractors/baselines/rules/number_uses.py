"""Which numbers count something: no size, name, ordinal, duration, age or hour does."""

from __future__ import annotations

import re

from ....text.amounts import NUMBER, Amount
from . import designations, states
from .items import Item
from .measures import TIMES
from .plain_text import PlainText, Word, one_of
from .share_uses import ORDINAL_BEFORE, is_repeated, is_share
from .source_words import OFFICES, PEOPLE
from .word_lists import words as word_set

_NAMED = word_set(
    "Resolution Article Project Route Pier Quay Note Figure Table Chapter Section Paragraph Page Question Unit "
    "Regiment Brigade Division Battalion Squadron Annex Appendix Order Decree Law Act Case Number Line Room Gate "
    "Berth Dock Hangar Platform Terminal Track Flight Lot Block Phase Stage Version Part Volume Issue Channel Level "
    "Point Area Zone Sector Square Highway Road Class Group Hill Warehouse Depot Plant Building House Site Convoy "
    "Team Day Week Grid Exhibit Item Bulletin Report Paper Directive Protocol Mark Type Model Series Operation "
    "Mission Measure"
)
"""Names of what is numbered."""
_LABELLED = word_set(
    "resolution article route pier quay track kilometre kilometer km calibre caliber page paragraph annex number berth "
    "line lot flight gate room bay hangar chapter section model mark type aged age highway warehouse question entry "
    "exhibit hull crate box container wagon lane cell shed wing ward cabin stall booth slip hut bunker tunnel shaft "
    "pit pylon buoy bridge window locker seat table floor storey row file folder slide plate map tower gauge silo "
    "platform hangar district precinct sector zone street avenue item clause rule step"
)
"""Nouns that a number behind them tells apart."""
_NUMBERED = re.compile(
    rf"\b(?:{'|'.join(sorted(_NAMED))}|Fig\.?|Nos?\.?|Mk\.?|Group of)s? $"
    rf"|\b(?:{'|'.join(sorted(_LABELLED))}|aged \d+ and|serial number) $"
    rf"|\b(?:{'|'.join(sorted(_LABELLED - {'box', 'crate', 'container', 'wagon'}))})s (?:\d+(?:, | and | or | to |-))*$"
)
_AGE = re.compile(r"\b(?:is|was|turned|turns) $")
_CLOCK = re.compile(r"\b(?:at|by|until|since|from|before|after|around) (?:[01]\d|2[0-3])[0-5]\d$", re.IGNORECASE)
_SIZES = r"(?:mm|cm|inch|milli(?!on|ard)|centi|cal)"
_BEHIND = re.compile(
    rf"^-[a-z]+ed\b|^- ?(?:(?:and|or|to) |, )[^.;]{{0,20}}?\d(?:\.\d+)?[ -]?{_SIZES}"  # four-barrelled; 105- and 120-mm
    r"|^ ?(?:mm|cm|calib(?:er|re)|millimet(?:er|re)s?|°|º|degrees)\b|^ ?[°º]"
    rf"|^-(?:{_SIZES}|bore|pounder|pdr|gauge|year|month|week|day|hour|minute|second|yr|old|built|made|era|model|vintage|style)"
    r"|^-(?:,| and| or| to) [a-z\d]+-[a-z]"  # two- and four-man
    r"|^(?:st|nd|rd|th)\b|^ hours?\b|^ ?[ap]\.?m\b"
)
_SIZE = re.compile(
    r"^ ?[x×] ?\d+(?:\.\d+)? ?mm\b|^(?:, ?\d+(?:\.\d+)?)*(?:,| and| or| to|-) ?\d+(?:\.\d+)?[ -]?"
    r"(?:mm|cm|milli(?!on|ard)|inch)"
    r"|^ (?:an? |of an? )?(?:hours?|past|minutes?)\b"
)
"""Behind a first size or part of an hour: 7.62 x 39 mm, 105 and 120mm, half an hour."""
_ADDRESS = re.compile(
    r" (?:[A-Z][\w']*\.? ){1,3}(?:Road|Street|Avenue|Lane|Square|Drive|Boulevard|Quay|Terrace|Row|Crescent|Court|Close"
    r"|Gardens|Place|Alley|Mews|Way|Parade|Embankment|Esplanade|Walk|Rd|St|Ave)\b"
)
"""Behind the number of a house."""
_HUMAN = word_set(
    "anyone anybody everyone everybody nobody someone those people person persons men women man woman boys girls boy "
    "girl children child kids adults youths teenagers pensioners residents citizens locals customers buyers visitors "
    "males females one none members islanders villagers volunteers recruits applicants students pupils "
    "workers drivers owners all"
)
_OF_AGE = re.compile(
    rf"\b(?:{'|'.join(sorted(_HUMAN))}) (?:(?:aged|who (?:is|are|was|were)|still|well|just) )*"
    rf"(?:(?:over|under|above|below|past|from|between) (?:{NUMBER} (?:to|and) )?){NUMBER}$"
    rf"|\b(?:(?:man|woman|boy|girl|child|lad|youth|widow|toddler|infant|youngster|pensioner) of|aged) {NUMBER}$",
    re.IGNORECASE,
)
"""Ages: nobody under 18, women between 18 and 30."""
_SAYS_LAW = re.compile(
    r" (?:bans|forbids|lifts|allows|permits|extends|covers|names|bars|does|has|is|was|says|lets|adds) "
)
_LAW_BEFORE = re.compile(r"\b(?:Resolution|Article|Decree|Order|Directive|Law|Annex|Clause|Section|Protocol|Rule)s? \d")
"""Behind and before the number of a second law: Resolution 9 bans tanks, 11 allows them."""
_LIST = re.compile(r"(?:^|\n)\s*$")
_STRENGTHS = word_set(
    "population crew strength circulation total stock output yield tally toll price cost weight range ceiling floor "
    "limit maximum minimum cap quota target goal threshold average balance deficit surplus remainder rest reserve "
    "sum count figure headcount"
)
"""Nouns whose number stands behind them: population 2,016."""
_HOURS = word_set("one two three four five six seven eight nine ten eleven twelve")
_VALUING = word_set(
    "put estimate count place value price set stand reckon assess sell buy fix cap peg calculate number rate quote "
    "total aim shoot fire"
)
_BEHIND_HOUR = re.compile(r"[,.;:!?)”\"’]|\s*$| (?:and|but|on|in|sharp|every|last|this|yesterday|tomorrow|tonight)\b")
_CLOCK_BEFORE = re.compile(r"\b(?:quarter|half|minutes?|five|ten|twenty|shortly|just) (?:past|to|after|before) $")
_NEAR = 90
_DOUBLED_ELSEWHERE = re.compile(r" (?:back|up|over|down|as an?)\b")
_SEASONS = ("spring", "summer", "autumn", "winter")
_THE_SCORES = re.compile(r"\b(?:the|his|her|their|its|our) $", re.IGNORECASE)
"""Before "scores" that are music or points."""
_OF_SO_MANY = re.compile(rf" of (?:the |its |his |her |their |those |these ){NUMBER}(?![\w-])", re.IGNORECASE)
"""Behind "at least one", of more."""


def counts(reading: PlainText, one: Amount, items: list[Item]) -> bool:
    """Whether a number is one of things: no size, name, ordinal, duration, age or hour."""
    plain, words = reading.plain, reading.words
    core = plain[one.core : one.close]
    before, behind = plain[max(0, one.core - _NEAR) : one.core], plain[one.close :]
    index = reading.at(one.core)
    last = reading.covering(one.close - 1)
    after = words[last + 1] if last + 1 < len(words) and reading.gap(last) == " " else None
    if (
        _BEHIND.match(behind)
        or _SIZE.match(behind)
        or designations.SMALL.fullmatch(core)
        or (not one.ratio and _NUMBERED.search(before))
        or (core.isdigit() and _ADDRESS.match(behind))
        or (_OF_AGE.search(before + core) and not (after is not None and after.is_noun))
    ):
        return False
    if core.lower() == "one" and not _is_counting_one(reading, index, after):
        bound = one.start < one.core and after is not None and after.lower == "of"
        return bound and _OF_SO_MANY.match(behind) is not None
    if any(words[item.first].start <= one.core < words[item.last].end for item in items) and not one.ratio:
        return _inside_phrase(reading, one, items)
    names_goods = any(item.first == last + 1 for item in items)
    if core[0].isupper() and core.isalpha() and after is not None and not names_goods and _is_name(reading, last):
        return False
    if re.fullmatch(r"(?:[01]\d|2[0-3])\.[0-5]\d", core) and (re.search(r"(?:^|\n|\(|\bthe )$", before)):
        return False
    digits = core.replace(" ", "").isdigit()
    if digits and designations.is_model_number(reading, index):
        return False
    if (
        digits
        and _CLOCK.search(before + core)
        and len(core) == 4
        and (
            after is None
            or after.lower in ("they", "he", "she", "it", "the", "hours", "none", "nothing", "all", "everyone", "there")
            or (after.token.pos_ in ("DET", "PRON", "AUX", "SCONJ", "CCONJ") and after.lower not in ("of", "or"))
        )
    ):
        return False
    if _is_duration(reading, last, after) and not one.ratio:
        return False
    if one.ratio:
        if core.lower().startswith("doubl") and _DOUBLED_ELSEWHERE.match(behind):
            return False
        return is_share(core.lower(), before, after) and not is_repeated(core.lower(), words, last)
    if digits and _SAYS_LAW.match(behind) and _LAW_BEFORE.search(plain[: one.core]):
        return False
    if _CLOCK_BEFORE.search(before) or behind.startswith(" o'clock"):
        return False
    if digits and re.match(r"[.)] [A-Z]", behind) and _LIST.search(before):
        return False
    if digits and behind.startswith(")") and "(" not in before:
        return False
    if digits and (re.match(r"[:/.]\d", behind) or re.search(r"[:/]$|\d\.$", before)):
        return False
    previous = words[index - 1] if index and reading.gap(index - 1) == " " else None
    if previous is not None and (_is_label(reading, index, after) or _is_hour(previous, core.lower(), behind)):
        return False
    if digits and previous is not None and _names(previous, after, index, reading):
        return False
    if digits and re.match(r"[,.;]|$", behind) and index and words[index - 1].lower == "," and _is_person(words, index):
        return False
    if (
        _AGE.search(before)
        and (after is None or not (after.is_noun or after.token.pos_ == "ADJ"))
        and _has_person_subject(words, index)
    ):
        return False
    lower = core.lower()
    if lower == "scores" and not behind.startswith(" of ") and (_THE_SCORES.search(before) or _is_kind(previous)):
        return False
    if lower in ("gross", "score") and not re.search(r"\b(?:an?|one|the) $", before, re.IGNORECASE):
        return False
    if lower in ("gross", "score") and not behind.startswith(" of "):
        return False
    return not (lower.endswith("half") and ORDINAL_BEFORE.search(before))


def _is_kind(previous: Word | None) -> bool:
    """Whether a noun or adjective stands before "scores", which are points then: the final scores, test scores."""
    return previous is not None and previous.token.pos_ in ("NOUN", "PROPN", "ADJ")


def _is_hour(previous: Word, core: str, behind: str) -> bool:
    """Whether something is done at this hour: "left at six"; a figure is put, estimated or sold at it."""
    verb = previous.token.head
    timed = previous.lower == "at" and verb.pos_ == "VERB" and verb.lemma_ not in _VALUING
    return timed and core in _HOURS and _BEHIND_HOUR.match(behind) is not None


def _is_counting_one(reading: PlainText, index: int, after: Word | None) -> bool:
    """Whether "one" stands before the noun that it counts, and is no pronoun."""
    before = reading.words[index - 1].lower if index and reading.gap(index - 1) == " " else ""
    if after is None or before in (
        "no",
        "any",
        "every",
        "each",
        "only",
        "which",
        "single",
        "not",
        "another",
        "some",
        "other",
    ):
        return before == "only" and after is not None and after.is_noun
    if index and reading.words[index - 1].token.pos_ == "ADJ" and reading.gap(index - 1) == " ":
        return False
    if after.lower in ("day", "another", "of", "time", "night", "morning") or after.token.ent_type_ == "DATE":
        return False
    if after.token.pos_ in ("NOUN", "PROPN"):
        return True
    following = reading.words[reading.words.index(after) + 1 :][:1]
    return after.token.pos_ == "ADJ" and bool(following) and following[0].is_noun


def _inside_phrase(reading: PlainText, one: Amount, items: list[Item]) -> bool:
    """A number in "parts for six missiles" counts; one in a name or before a size does not."""
    item = next(item for item in items if reading.words[item.first].start <= one.core < reading.words[item.last].end)
    words = [word.lower for word in reading.words[item.first : item.last + 1]]
    word = reading.words[reading.at(one.core)]
    return ("for" in words or "of" in words) and word.start == one.core and "-" not in word.text


def _is_duration(reading: PlainText, last: int, after: Word | None) -> bool:
    words = reading.words
    if after is None:
        hyphen = re.match(r"-([a-z]+)", reading.plain[words[last].end :])
        return hyphen is not None and one_of(hyphen[1]) in TIMES
    ahead = [word for word in words[last + 1 : last + 3] if not word.is_sign]
    kinds = [one_of(word.lower.removesuffix("'")) for word in ahead]
    return bool(kinds) and (
        kinds[0] in TIMES
        or (
            len(kinds) > 1
            and kinds[1] in TIMES
            and ahead[0].token.pos_ == "ADJ"
            and kinds[0] not in ("last", "next", "previous")
        )
    )


def _is_name(reading: PlainText, last: int) -> bool:
    """Whether a number word with a capital begins a name: the Nine Lakes."""
    words = reading.words
    following = words[last + 1]
    if (
        not following.text[0].isupper()
        or designations.NAME.match(following.text)
        or following.token.ent_type_ == "NORP"
        or (following.lower in designations.SERIES and designations.MODEL_NUMBER.match(reading.plain, following.end))
    ):
        return False
    behind = words[last + 2] if last + 2 < len(words) and reading.gap(last + 1) == " " else None
    return behind is None or not behind.is_noun or behind.text[0].isupper()


def _is_label(reading: PlainText, index: int, after: Word | None) -> bool:
    """Whether a number tells one thing from its like: slide two, day 221."""
    previous, word = reading.words[index - 1], reading.words[index]
    if previous.lower in _STRENGTHS or previous.lower in ("quarter", "half", *_SEASONS):
        return False
    if previous.token.tag_ != "NN" or (after is not None and after.is_noun) or word.token.dep_ != "nummod":
        return False
    return word.token.head == previous.token


def _names(previous: Word, after: Word | None, index: int, reading: PlainText) -> bool:
    """Whether a number belongs to the name before it: Ryom Song 4, and not: in Kest 40 rifles."""
    if not previous.text[0].isupper() or previous.token.pos_ != "PROPN":
        return False
    if states.of(reading.parsed).code(previous.text):
        return False
    if after is not None and (after.is_noun or after.token.pos_ == "ADJ") and not after.text[0].isupper():
        return (
            previous.token.ent_type_ not in ("GPE", "LOC", "NORP", "DATE", "")
            and previous.token.head == reading.words[index].token
        )
    return previous.token.ent_type_ not in ("DATE", "GPE") or after is None


def _is_person(words: list[Word], index: int) -> bool:
    """Whether a name, or one human being, stands before the comma that an age is behind."""
    named = words[index - 2].token if index > 1 else None
    if named is not None and named.tag_ == "NN" and named.lower_ in OFFICES | PEOPLE:
        return True
    return (
        named is not None
        and named.text[0].isupper()
        and named.pos_ == "PROPN"
        and named.ent_type_ not in ("GPE", "NORP")
    )


def _has_person_subject(words: list[Word], index: int) -> bool:
    verb = words[index - 1].token
    subject = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    return any(child.lower_ in ("who", "he", "she", "i") or child.ent_type_ == "PERSON" for child in subject)
