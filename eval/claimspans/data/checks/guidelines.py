"""Level 5: the edge rules of the guidelines as a linter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ...text.dates import MONTHS, UNITS, WEEKDAYS, days, month_number
from ...text.numbers import BEHIND, COMPARATORS, SCALES, is_vague, values
from ..problems import Problem
from ..records import Claim, Span
from .sheet import Sheet

Rule = Callable[[Sheet, Span, str], Iterator[Problem]]

_ARTICLES = ("a", "an", "the")
_POSSESSIVES = ("my", "your", "his", "her", "its", "our", "their")
_DETERMINERS = (
    *("other", "such", "this", "that", "these", "those", "any", "some", "several", "many", "multiple"),
    *("all", "more", "dozens", "thousands", *_POSSESSIVES),
)
_NATIONALITIES = ("north korean", "south korean", "dprk", "russian", "iranian", "chinese", "american", "ukrainian")
_TITLES = ("president", "minister", "spokesman", "spokeswoman", "deputy", "chief", "general", "representative", "mr")
_PREPOSITIONS = ("in", "on", "at", "by", "since", "until", "till", "before", "after", "during", "from", "for", "within")
_AUXILIARIES = (
    *("is", "are", "was", "were", "be", "been", "has", "have", "had", "do", "does", "did"),
    *("will", "would", "can", "could", "may", "might", "must", "shall", "should"),
)
_PHRASE = re.compile(r"according to|no comment|(\w+ ){0,3}(not|\w+n[’']t|never|cannot) (yet )?(rule|ruled|ruling) out")
_SIGNALS = {"since": "since", "until": "until", "till": "until", "before": "before", "after": "after", "by": "by"}
_CALENDAR = (*UNITS, "today", "yesterday", "tomorrow", "tonight", "morning", "afternoon", "evening", "night", "half")
_LONGER_SIGNALS = {
    **dict.fromkeys(("from", "as from", "starting", "starting from", "starting in", "starting on"), "since"),
    **dict.fromkeys(("up to", "through"), "until"),
    **dict.fromkeys(("prior to", "ahead of"), "before"),
    **dict.fromkeys(("following",), "after"),
    **dict.fromkeys(("as of", "later than"), "by"),
}
"""What these words may make of a date; "from" makes nothing of a period's first day, nor "of" of a month's."""
_MODS = {
    "start": re.compile(r"\b(early|start of|beginning of)\b", re.IGNORECASE),
    "mid": re.compile(r"\b(mid|middle of)\b", re.IGNORECASE),
    "end": re.compile(r"\b(late|end of)\b", re.IGNORECASE),
}


def blanks(sheet: Sheet) -> Iterator[Problem]:
    """White space at the edges of spans, which no guidelines want."""
    for span in sheet.spans:
        text = sheet.quote(span)
        if text[0].isspace() or text[-1].isspace():
            yield sheet.problem("edge-space", span, f"{span.start}–{span.end}")


def problems(sheet: Sheet) -> Iterator[Problem]:
    """Every edge rule of the project's guidelines over every span and claim."""
    yield from blanks(sheet)
    for span in sheet.spans:
        text = sheet.quote(span)
        yield from _edges(sheet, span, text)
        if span.label in RULES:
            yield from RULES[span.label](sheet, span, text)
    for claim in sheet.claims:
        yield from _claim(sheet, claim)


def _words(text: str) -> list[str]:
    """The words of a text in lower case; one empty word where there is none."""
    return re.findall(r"[\w’'-]+", text.lower()) or [""]


def _edges(sheet: Sheet, span: Span, text: str) -> Iterator[Problem]:
    article = sheet.text
    first, last = text[0], text[-1]
    if first in "\"'“”‘’«»" or last in '"“”‘«»':
        yield sheet.problem("edge-quote", span, "begins or ends with one")
    elif last in ".,;:!?…)]-–—/" or first in ".,;:!?…([-–—/":
        yield sheet.problem("edge-punctuation", span, "begins or ends with it")
    before, after = article[span.start - 1 : span.start], article[span.end : span.end + 1]
    if (before.isalnum() and first.isalnum()) or (after.isalnum() and last.isalnum()):
        yield sheet.problem("edge-word", span, f"…{article[max(0, span.start - 8) : span.end + 8]}…")
    words = _words(text)
    if span.label != "DATE" and len(words) > 1 and words[0] in _ARTICLES:
        yield sheet.problem("edge-article", span, f"begins with “{words[0]}”")
    possessive_start = span.label == "SPEAKER" and re.match(r"^(?:\w+ )?\w+['’]s ", text)
    if re.search(r"['’]s?$", text) or possessive_start:
        yield sheet.problem("edge-possessive", span, "'s")


_OF_USERS = re.compile("Q[M-Z]|X[A-Z]")
"""The codes that ISO 3166 leaves to its users, among them the states of a corpus that invents some."""


def _country(sheet: Sheet, span: Span, name: str) -> Iterator[Problem]:
    import pycountry

    code = span.attributes.get(name)
    if isinstance(code, str) and not _OF_USERS.fullmatch(code) and pycountry.countries.get(alpha_2=code) is None:
        yield sheet.problem("country-code", span, f"{name} is {code}")


def _speaker(sheet: Sheet, span: Span, text: str) -> Iterator[Problem]:
    yield from _country(sheet, span, "country")
    linked = any(
        span.id in speakers for cue in sheet.spans if isinstance(speakers := cue.attributes.get("speakers"), tuple)
    )
    at_colon = sheet.text[: span.start].endswith(": ") or sheet.text.startswith(":", span.end)
    if not linked and not at_colon:
        yield sheet.problem("speaker-without-stance", span, "no STANCE names it in speakers")
    words = _words(text)
    names = _words(str(span.attributes.get("entity")))
    if span.attributes.get("source_type") == "person" and set(words) & set(names) and set(words) & set(_TITLES):
        yield sheet.problem("speaker-role", span, f"the name is {span.attributes['entity']}")


def _quantity(sheet: Sheet, span: Span, text: str) -> Iterator[Problem]:
    value, comparator = span.attributes.get("value"), span.attributes.get("comparator")
    words = _words(text)
    if re.search(r"\d\s?-?(mm|cm|caliber|calibre)\b", text, re.IGNORECASE):
        yield sheet.problem("quantity-calibre", span, "a size, not a number of things")
    share = span.attributes.get("measure") == "ratio"
    if re.search(r"\d(st|nd|rd|th)\b", text) or (words[-1] in ("first", "second", "third") and not share):
        yield sheet.problem("quantity-ordinal", span, "counts nothing")
    months = any(word in MONTHS and word not in ("march", "may") for word in words)
    if months or (words[-1].rstrip("s") in UNITS and not share):
        yield sheet.problem("quantity-duration", span, "a time")
    if words[-1] == "of":
        yield sheet.problem("quantity-of", span, "ends in it")
    upper = span.attributes.get("upper")
    held = _held(text)
    if (value is None) != (comparator == "vague") or (value is None and not is_vague(text)):
        yield sheet.problem("quantity-value", span, f"value {value}, comparator {comparator}")
    elif isinstance(value, int | float) and not isinstance(value, bool) and not share:
        if value not in held:
            yield sheet.problem("quantity-value", span, f"value {value}, the text holds {held}")
        if isinstance(upper, int | float) and (upper not in held or upper <= value):
            yield sheet.problem("quantity-value", span, f"upper {upper} beside {value}, the text holds {held}")
    said = _said_comparator(text.lower(), of_ends=len(values(text)))
    if said is not None and comparator != said:
        yield sheet.problem("quantity-comparator", span, f"{comparator}, the text says {said}")
    elif said is None and comparator not in ("eq", "vague", "between"):
        yield sheet.problem("quantity-comparator", span, f"{comparator}, but the text has no modifier")
    if (span.attributes.get("unit") is None) != (span.attributes.get("measure") == "ratio"):
        yield sheet.problem(
            "quantity-unit", span, f"{span.attributes.get('measure')} with unit {span.attributes.get('unit')}"
        )


def _held(text: str) -> list[float]:
    """The numbers of a text, and each times the scales that it may share or have in short ("40 to 60 m")."""
    plain = values(re.sub(r"(?<=\d)\s(?=\d{3}\b)", "", text))
    words = re.findall(r"[a-z]+", text.lower())
    return plain + [round(one * scale, 3) for one in plain for word, scale in _SCALES.items() if word in words]


_SCALES = SCALES | {"dozen": 12, "k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000}


def _said_comparator(text: str, of_ends: int) -> str | None:
    """The comparator that the modifiers of a number demand; None where it has none, or where it is vague or a range."""
    if is_vague(text) or of_ends > 1:
        return None
    before = (kind for words, kind in COMPARATORS.items() if text.startswith(words + " "))
    behind = (kind for words, kind in BEHIND.items() if text.endswith(" " + words))
    return next(before, None) or next(behind, None)


def _item(sheet: Sheet, span: Span, text: str) -> Iterator[Problem]:
    yield from _country(sheet, span, "origin")
    lower = text.lower()
    words = _words(text)
    if words[0] in _DETERMINERS:
        yield sheet.problem("item-determiner", span, f"begins with “{words[0]}”")
    if lower.startswith(_NATIONALITIES):
        yield sheet.problem("item-nationality", span, "the maker or owner")
    if words[-1].rstrip("s") in ("container", "shipment"):
        yield sheet.problem("item-package", span, f"ends in “{words[-1]}”")
    if "," in text or re.search(r"\b(and|or)\b", lower):
        yield sheet.problem("item-coordination", span, "joined by a comma, “and” or “or”")
    behind = re.search(r"^(.*?) (for|of|from|in|produced|made|used|with)\b", lower)
    if behind and not (
        behind[2] in ("for", "of") and re.search(r"(technolog(y|ies)|equipment|parts|components)$", behind[1])
    ):
        yield sheet.problem("item-postmodifier", span, f"from “{behind[2]}” on")


def _date(sheet: Sheet, span: Span, text: str) -> Iterator[Problem]:
    words = _words(text)
    if words[0] in _PREPOSITIONS:
        yield sheet.problem("date-preposition", span, f"begins with “{words[0]}”")
    pieces = [piece for word in words for piece in word.split("-")]
    dated = any(
        piece[:1].isdigit() or month_number(piece) or piece in WEEKDAYS or piece.rstrip("s") in _CALENDAR
        for piece in pieces
    )
    if not dated:
        yield sheet.problem("date-calendar", span, "no day, month, season, year or unit")
    mod = span.attributes.get("mod")
    said = next((name for name, pattern in _MODS.items() if pattern.search(text)), None)
    if mod != said:
        yield sheet.problem("date-mod", span, f"mod {mod}, the text says {said}")
    before = _words(sheet.text[max(0, span.start - 12) : span.start])
    signal = _SIGNALS.get(before[-1])
    longer = {kind for words_, kind in _LONGER_SIGNALS.items() if " ".join(before).endswith(words_)}
    if span.attributes.get("signal") not in {signal, *longer}:
        yield sheet.problem(
            "date-signal", span, f"signal {span.attributes.get('signal')}, the word before says {signal}"
        )
    yield from _edtf(sheet, span, text, pieces)


def _edtf(sheet: Sheet, span: Span, text: str, pieces: list[str]) -> Iterator[Problem]:
    edtf = span.attributes.get("edtf")
    if not isinstance(edtf, str):
        return
    try:
        first, last = days(edtf)
    except ValueError as error:
        yield sheet.problem("edtf-invalid", span, str(error))
        return
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", text)]
    if any(not first.year <= year <= last.year for year in years):
        yield sheet.problem("edtf-contradiction", span, f"edtf {edtf}, the text says {years[0]}")
    months = [number for piece in pieces if (number := month_number(piece)) and not piece.isdigit()]
    if months and first.month != months[0]:
        yield sheet.problem("edtf-contradiction", span, f"edtf {edtf}, the text says {MONTHS[months[0] - 1].title()}")
    weekday = next((WEEKDAYS.index(piece) for piece in pieces if piece in WEEKDAYS), None)
    if weekday is not None and (first != last or first.weekday() != weekday):
        yield sheet.problem("edtf-contradiction", span, f"edtf {edtf} is not a {WEEKDAYS[weekday].title()}")
    numbers = [int(piece) for piece in pieces if piece.isdigit() and len(piece) <= 2]
    if months and numbers and edtf.count("-") == 2 and first.day != numbers[0]:
        yield sheet.problem("edtf-contradiction", span, f"edtf {edtf}, the text says day {numbers[0]}")


def _stance(sheet: Sheet, span: Span, text: str) -> Iterator[Problem]:
    words = _words(text)
    if not _PHRASE.fullmatch(text.lower()):
        if len(words) > 1 and words[0] in _AUXILIARIES:
            yield sheet.problem("stance-auxiliary", span, f"begins with “{words[0]}”")
        elif len(words) > 1:
            yield sheet.problem("stance-extent", span, f"{len(words)} words")
    if not span.attributes.get("speakers"):
        yield sheet.problem("stance-speakers", span, "speakers is empty")
    if span.attributes.get("stance") == "evasion" and span.attributes.get("certainty") != "possible":
        yield sheet.problem("stance-evasion", span, f"certainty {span.attributes.get('certainty')}")


RULES: dict[str, Rule] = {
    "SPEAKER": _speaker,
    "QUANTITY": _quantity,
    "ITEM": _item,
    "DATE": _date,
    "STANCE": _stance,
}


def _claim(sheet: Sheet, claim: Claim) -> Iterator[Problem]:
    if list(claim.parties) != sorted(claim.parties):
        yield sheet.problem("claim-parties", claim, ", ".join(claim.parties))
    if not claim.holders and claim.stance != "assertion":
        yield sheet.problem("claim-article", claim, f"stance {claim.stance} without holders")
