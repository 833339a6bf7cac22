"""Names of models as goods: the KR-23, two T-72s, a Lark 9; what a text says of a name elsewhere gives its entry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from . import states
from .goods import ENTRY_OF, NO_MODIFIERS
from .plain_text import PlainText, Word, one_of
from .vocabulary import STANCE_OF
from .word_lists import words as word_set

NAME = re.compile(
    r"^(?!(?:G|COVID|Covid)-?\d|[QH]\d$)(?:(?:[A-Z][A-Za-z]*|[A-Z]+\d[A-Z\d]*)-\d+[A-Za-z]{0,2}(?:-[A-Z\d]+)?s?"
    r"|[A-Z]{1,3}\d{1,3}(?:A\d)?s?|\d[A-Z]\d{1,3}[A-Z]?s?)$"
)
"""A word of letters and digits, as models are called; G7, COVID-19 and Q3 are none."""
CALIBRE = re.compile(
    r"^\d{2,3}/\d\d$|^\d[\d,]*(?:\.\d+)?(?:[x×]\d+(?:\.\d+)?)?(?:mm|cm|kg|km|in|-?(?:milli|centi|kilo)(?:met(?:er|re)|gram)\w*(?:-range)?"
    r"|[x×]\d+R?|-?cal(?:iber|ibre)?|lb|-(?:mm|cm|kg|km|kt|inch|foot|lb|pdr|pounder|bore|gauge|pound|mile|ton(?:ne)?|kilo|barrel|horsepower|hp|stage|seat)"
    r"\w*(?:-range)?)$"
)
"""A size as a modifier: 152mm, 12-bore."""
SMALL = re.compile(r"5\.45|5\.56|6\.5|7\.62|7\.65|7\.92|12\.7|14\.5|\.\d+")
"""Calibres that are written without their unit."""
_CALIBRES = re.compile(r"^(?:[2-9]\d|1[0-9]\d|20[0-9]|2[0-4]\d)s$")
_SIDE_ARMS = re.compile(r"^(?:\.\d{2,3}|22|25|32|38|44|45|357|9mm)s$")
_SIDE_ARM = re.compile(r"^(?:\.(?:22|25|32|357|38|380|40|44|45|303|308)|9mm|7\.65mm)$")
"""Calibres of pistols and rifles, which stand for them."""
_NAMED_BY_SIZE = re.compile(r"-(?:(?P<pounder>pounder|pdr)|bore|gauge)s?$")
_BARE = "(?:60|76|81|82|88|90|100|105|107|120|122|130|152|155|160|175|203)"
_GUNS = re.compile(r"^(?:105|120|122|130|152|155|203)s$")
"""Calibres of guns alone, which need no number or gun beside them."""
_BORES = ("10s", "12s", "16s", "20s", "28s")
_BY_BORE = re.compile(r"\b\d\d[ -](?:gauge|bore)|\bshotguns?\b", re.IGNORECASE)
_POINTING = word_set("the these those our their its his her my both old new big heavy enemy captured")
_FAMILIES = {
    "ML1": r"AK-|AKM|AR-|M16|M4\b|G3\b|PKM|Kalashnikov|Uzi\b|Glock|Dragunov",
    "ML2": r"D-\d|M777|2S\d|ZU-|Gepard|Zuzana",
    "ML4": r"KN-|S-[2-5]00|Hwasong|RPG-|Kh-|R-\d|ATACMS|SA-\d|SS-\d|TOW|9M\d|Patriot|Javelin|Stinger|Grad(?:s|\b)"
    r"|HIMARS|Iskander|Kalibr|Tomahawk|Exocet|Harpoon|Hellfire|Sidewinder|Scud|NLAW|Kinzhal|Katyusha|Smerch|Uragan|Igla|Pantsir|Buk\b|Tor\b|IRIS-T|NASAMS"
    "|Starstreak|Brimstone|SCALP|Taurus|Neptune|JDAM|GMLRS|Strela|Kornet|Fateh|Zolfaghar|Konkurs|Oreshnik|Pukguksong",
    "ML6": r"T-\d\d\b|BMP|BTR|BRDM|M1\b|M113|PT-|Leopard|Abrams|Bradley|Humvee|Stryker|Challenger",
    "ML9": r"U-\d",
    "ML10": r"MiG|Su-|F-\d|Mi-|Ka-|Il-|Tu-|An-|UH-|AH-|MQ-|RQ-|B-\d|C-\d|Shahed|Mohajer|Bayraktar|Orlan|Lancet|Geran"
    "|Gripen|Mirage|Rafale|Eurofighter",
}
"""Models in service by the way in which their makers name them."""

SERIES = word_set("mark mk type model series class project")
_SPELT = "One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve"
MODEL_NUMBER = re.compile(rf" (?:[IVX]+|\d+|{_SPELT})\b")
"""What stands behind the mark or type of a model: Mark V, Mark Five."""
_GETTING = word_set("buy order get receive use lose destroy test show capture field operate seize build make produce")

_BURSTING = ("burst", "split", "broke", "sank", "fell", "blew")
"""Past forms that the model takes for nouns behind a name."""
_DETERMINERS = word_set("a an the each one single every its their his her my our your 's")

Named = tuple[int, int, str, str]
"""First and last word, entry, and the noun that says what it is."""


def find(reading: PlainText, items: Iterable[Named]) -> Iterator[Named]:
    """Models that stand alone, with the entry that the text gives to the name; those it gives none to are ML."""
    items = list(items)
    taken = {index for first, last, _, _ in items for index in range(first, last + 1)}
    entries = _said(reading, items)
    kinds = Counter(entry for _, _, entry, _ in items if entry not in ("ML", "ML3-4", "DU"))
    usual = kinds.most_common(1)[0][0] if kinds else "ML"
    for index, word in enumerate(reading.words):
        if index in taken or _is_followed(reading, index):
            continue
        before = reading.words[index - 1] if index and reading.gap(index - 1) in (" ", '"', ' "') else None
        if (gun := _NAMED_BY_SIZE.search(word.lower)) and "-" in word.text and word.is_noun:
            yield _with_adjectives(reading, index), index, *(("ML2", "gun") if gun["pounder"] else ("ML1", "shotgun"))
            continue
        if _SIDE_ARMS.match(word.text) or (before and _SIDE_ARM.match(word.text) and _determines(before)):
            yield index, index, "ML1", "pistol"
            continue
        if word.text in _BORES and before and _determines(before) and _BY_BORE.search(reading.plain):
            yield index, index, "ML1", "shotgun"
            continue
        if _CALIBRES.match(word.text) or _is_calibre(reading, index):
            counted = before is not None and (
                before.token.like_num
                or _GUNS.match(word.text)
                or (before.lower in _POINTING and not word.text.endswith("0s"))
            )
            named = {entry for _, _, entry, _ in items}
            is_gun = word.text.isdigit() or (before is not None and before.lower in ("for", "of", "by", "from", "with"))
            if "ML3" in named and "ML2" not in named and not is_gun:
                yield index, index, "ML3", "shell"
            elif counted or "ML2" in named or (is_gun and "ML3" in named):
                yield index, index, "ML2", "gun"
            continue
        name = _bare(word)
        known = entries.get(name)
        if NAME.match(word.text) and not _is_numbered(reading, index):
            if known or (entry := family(name)) or (before and _determines(before)):
                yield index, index, *(known or (entry or usual, ""))
        elif word.text[0].isupper() and word.token.pos_ in ("NOUN", "PROPN") and _stands_alone(reading, index):
            if known or (
                (entry := family(word.text)) and (word.text.endswith("s") or (before and _determines(before)))
            ):
                yield index, index, *(known or (entry, ""))
        elif _is_numbered(reading, index):
            said = entries.get(f"{reading.words[index - 1].text} {word.text.removesuffix('s')}")
            yield index - 1, index, *(said or (family(reading.words[index - 1].text) or "ML", ""))


def _with_adjectives(reading: PlainText, index: int) -> int:
    """The index of the first adjective before a name: an old six-pounder."""
    words = reading.words
    while index and reading.gap(index - 1) == " " and words[index - 1].token.pos_ == "ADJ":
        before = words[index - 1]
        if before.lower in NO_MODIFIERS or before.token.like_num or states.of(reading.parsed).code(before.text):
            break
        index -= 1
    return index


def family(name: str) -> str:
    """The entry of a model by its name; "" where that is not known."""
    return next((entry for entry, names in _FAMILIES.items() if re.match(names, name)), "")


def is_model_number(reading: PlainText, index: int) -> bool:
    """Whether a number says the model of the noun behind: forty Leopard 2 tanks, and not: gave Kest 40 rifles."""
    words = reading.words
    if not 0 < index < len(words) - 1:
        return False
    name, noun = words[index - 1], words[index + 1]
    series = name.lower in SERIES and MODEL_NUMBER.fullmatch(" " + words[index].text)
    if not series and not re.fullmatch(r"\d{1,4}[A-Z]?", words[index].text):
        return False
    if reading.gap(index - 1) != " " or reading.gap(index) != " " or not name.text[0].isupper():
        return False
    if series:
        return True
    if not noun.is_noun:
        return False
    if name.lower in SERIES or family(name.text):
        return True
    if name.token.pos_ != "PROPN" or name.token.ent_type_ == "DATE" or states.of(reading.parsed).code(name.text):
        return False
    before = words[index - 2] if index > 1 and reading.gap(index - 2) == " " else None
    if before is None or before.is_sign:
        return before is None or before.text in ".!?"
    singular = noun.token.tag_ in ("NN", "NNP") and words[index].text != "1"
    return (
        before.token.like_num
        or before.lower in ("of", "with", "a", "an")
        or (before.lower in ("the", "its", "their", "this", "that") and singular)
        or before.token.lemma_ in _GETTING
    )


def _said(reading: PlainText, items: list[Named]) -> dict[str, tuple[str, str]]:
    """Names and what the text says that they are: VK-41 missiles; the Sarn-3 is a rocket; a Lark 9, a drone."""
    said: dict[str, tuple[str, str]] = {}
    for first, last, entry, head in items:
        for word in reading.words[first:last]:
            if NAME.match(word.text) or (
                word.text[0].isupper() and word.token.pos_ == "PROPN" and word.lower not in ENTRY_OF
            ):
                said.setdefault(_bare(word), (entry, head))
    for index, word in enumerate(reading.words):
        if NAME.match(word.text) and _bare(word) not in said:
            behind = [each for each in items if index < each[0] <= index + 6]
            link = [each.lower for each in reading.words[index + 1 : behind[0][0]]] if behind else []
            if link and (link[0] in ("is", "was", "are", "were", ",") and ";" not in link and "." not in link):
                said[_bare(word)] = behind[0][2], behind[0][3]
            elif any(each[1] == index - 1 for each in items):
                said[_bare(word)] = next((each[2], each[3]) for each in items if each[1] == index - 1)
    return said


def _bare(word: Word) -> str:
    return word.text.removesuffix("s") if NAME.match(word.text) else one_of(word.text)


def _determines(word: Word) -> bool:
    return word.lower in _DETERMINERS or word.token.like_num


def _stands_alone(reading: PlainText, index: int) -> bool:
    before, words = index - 1, reading.words
    token = words[index].token
    if not words[index].is_noun or (token.dep_ == "nsubj" and token.head.lemma_ in STANCE_OF):
        return False
    return not (index and reading.gap(before) == " " and words[before].text[0].isupper() and words[before].is_noun)


def _is_followed(reading: PlainText, index: int) -> bool:
    """Whether a noun follows that the name is a modifier of."""
    if index + 1 >= len(reading.words) or reading.gap(index) != " ":
        return False
    following = reading.words[index + 1]
    behind = reading.words[index + 2 :][:1]
    if following.token.tag_ == "NNS" and behind and behind[0].token.pos_ in ("DET", "NUM"):
        return False  # a verb: the KR-8 fires 40 rockets
    if following.lower in _BURSTING and not (behind and behind[0].is_noun):
        return False
    return (
        following.is_noun
        and not following.is_sign
        and not following.text[0].isupper()
        and following.token.dep_ != "npadvmod"
    )


def _is_calibre(reading: PlainText, index: int) -> bool:
    """A size that stands for the gun: "the mortar, a 120, …"."""
    words = reading.words
    if not (0 < index < len(words) - 1) or not re.fullmatch(r"\d{2,3}", words[index].text):
        return False
    before, behind = words[index - 1].lower, words[index + 1]
    if before == "the" and re.fullmatch(_BARE, words[index].text):
        return (
            behind.token.tag_ == "VBZ"
            or behind.lower == "was"
            or re.match(rf"(?:'s)?,? (?:and|or|with) the {_BARE}\b|'s ", reading.plain[words[index].end :]) is not None
            or (words[index - 2].lower in ("and", "or") and behind.token.pos_ in ("AUX", "VERB"))
        )
    return before == "a" and index > 1 and words[index - 2].lower == "," and behind.lower == ","


def _is_numbered(reading: PlainText, index: int) -> bool:
    """A name and a number behind an article: a Lark 9."""
    words = reading.words
    if (
        index < 1
        or not re.fullmatch(r"\d{1,3}s?|\d{1,4}(?:[A-Z]\d?)?s", words[index].text)
        or reading.gap(index - 1) != " "
    ):
        return False
    name = words[index - 1]
    return (
        name.text[0].isupper()
        and name.token.pos_ == "PROPN"
        and (
            (words[index].text.endswith("s") and family(name.text))
            or (index > 1 and (words[index - 2].lower in ("a", "an", "one") or words[index - 2].token.like_num))
        )
        and states.of(reading.parsed).code(name.text) is None
        and name.lower not in ENTRY_OF
    )
