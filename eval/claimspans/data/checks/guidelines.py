"""Level 5: the edge rules of the guidelines as a linter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ...text.dates import MONTHS, WEEKDAYS, days, month_number, names_a_date
from ..problems import Problem
from ..records import Claim, Span
from .quantities import has_degree, quantity
from .sheet import Sheet
from .words import plain, words_of

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
_PHRASE = re.compile(
    r"according to|no comment"
    r"|(\w+ ){0,3}(not|\w+n't|never|cannot) (yet )?(rule|ruled|ruling) ((it|this|that|them|any|anything) )?out"
)
_SIGNALS = {"since": "since", "until": "until", "till": "until", "before": "before", "after": "after", "by": "by"}
_TIMES = ("today", "yesterday", "tomorrow", "tonight", "morning", "afternoon", "evening", "night", "half")
_LONGER_SIGNALS = {
    **dict.fromkeys(("from", "as from", "starting", "starting from", "starting in", "starting on"), "since"),
    **dict.fromkeys(("up to", "through"), "until"),
    **dict.fromkeys(("prior to", "ahead of"), "before"),
    **dict.fromkeys(("following",), "after"),
    **dict.fromkeys(("as of", "later than"), "by"),
}
"""What these words may make of a date; "from" makes nothing of a period's first day, nor "of" of a month's."""
_CLAUSE = re.compile(r"\s+(is|was|are|were|has|had|ends?|ended|begins?|began|closes?|closed)\b")
"""What makes of the preposition before a date a conjunction, which may date nothing ("before the year is out")."""
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


def _edges(sheet: Sheet, span: Span, text: str) -> Iterator[Problem]:
    article = sheet.text
    first, last = text[0], text[-1]
    if first in "\"'“”‘’«»" or last in '"“”‘«»':
        yield sheet.problem("edge-quote", span, "begins or ends with one")
    elif last in ".,;:!?…)]-–—/" or (first in ".,;:!?…([-–—/" and not re.match(r"\.\d", text)):
        yield sheet.problem("edge-punctuation", span, "begins or ends with it")
    before, after = article[span.start - 1 : span.start], article[span.end : span.end + 1]
    if (before.isalnum() and first.isalnum()) or (after.isalnum() and last.isalnum()):
        yield sheet.problem("edge-word", span, f"…{article[max(0, span.start - 8) : span.end + 8]}…")
    words = words_of(text)
    if span.label != "DATE" and len(words) > 1 and words[0] in _ARTICLES and not has_degree(text):
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
    if not linked and not _stands_at_colon(sheet.text, span):
        yield sheet.problem("speaker-without-stance", span, "no STANCE names it in speakers")
    words = words_of(text)
    names = words_of(str(span.attributes.get("entity")))
    if span.attributes.get("source_type") == "person" and set(words) & set(names) and set(words) & set(_TITLES):
        yield sheet.problem("speaker-role", span, f"the name is {span.attributes['entity']}")


_BEFORE_COLON = re.compile(
    r"(?: ?\([^()\n]*\)|(?:,| (?:of|on|at|in|from|for|to|about)\b)(?: (?!(?:sa(?:id|ys?)|told|wrote|asked|added)\b)"
    r"[^\s.:!?“”\"]+){1,12})?:"
)
"""Behind a SPEAKER: its party, an apposition or a phrase that says which one or on what, and the colon."""
_BEHIND_COLON = re.compile(r"(?:^|\s)(?:\S*:|[–—-]) (?:[a-z]+ ){0,3}$")
_CAPITALS = re.compile(r"[A-Z]{3,}\b[^.:!?“”\"\n]*$")


def _stands_at_colon(text: str, span: Span) -> bool:
    """Whether a colon or dash stands for the cue: in a headline, an entry or the label of a transcript's turn."""
    line = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    ends_line = re.compile(r"[ \t]*(?:\n|$)").match(text, span.end) is not None
    return (
        line.endswith(": ")
        or _BEFORE_COLON.match(text, span.end) is not None
        or (ends_line and (_BEHIND_COLON.search(line) or _CAPITALS.match(line)) is not None)
    )


def _item(sheet: Sheet, span: Span, text: str) -> Iterator[Problem]:
    yield from _country(sheet, span, "origin")
    lower = plain(text)
    words = words_of(text)
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
        behind[2] in ("for", "of") and re.search(r"(technolog(y|ies)|equipment|parts?|components?)$", behind[1])
    ):
        yield sheet.problem("item-postmodifier", span, f"from “{behind[2]}” on")


def _date(sheet: Sheet, span: Span, text: str) -> Iterator[Problem]:
    text, words = plain(text), words_of(text)
    if words[0] in _PREPOSITIONS:
        yield sheet.problem("date-preposition", span, f"begins with “{words[0]}”")
    pieces = [piece for word in words for piece in word.split("-")]
    if not any(names_a_date(piece) or piece.rstrip("s") in _TIMES for piece in pieces):
        yield sheet.problem("date-calendar", span, "no day, month, season, year or unit")
    mod = span.attributes.get("mod")
    said = next((name for name, pattern in _MODS.items() if pattern.search(text)), None)
    if mod != said:
        yield sheet.problem("date-mod", span, f"mod {mod}, the text says {said}")
    before = words_of(sheet.text[max(0, span.start - 12) : span.start])
    signal = _SIGNALS.get(before[-1])
    longer = {kind for words_, kind in _LONGER_SIGNALS.items() if " ".join(before).endswith(words_)}
    allowed = {signal, *longer, None} if _CLAUSE.match(sheet.text, span.end) else {signal, *longer}
    if span.attributes.get("signal") not in allowed:
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
    if months and months[0] not in (first.month, last.month):
        yield sheet.problem("edtf-contradiction", span, f"edtf {edtf}, the text says {MONTHS[months[0] - 1].title()}")
    weekday = next((WEEKDAYS.index(piece) for piece in pieces if piece in WEEKDAYS), None)
    if weekday is not None and (first != last or first.weekday() != weekday):
        yield sheet.problem("edtf-contradiction", span, f"edtf {edtf} is not a {WEEKDAYS[weekday].title()}")
    numbers = [int(piece) for piece in pieces if piece.isdigit() and len(piece) <= 2]
    if months and numbers and edtf.count("-") == 2 and first.day not in numbers:
        yield sheet.problem("edtf-contradiction", span, f"edtf {edtf}, the text says day {numbers[0]}")


def _stance(sheet: Sheet, span: Span, text: str) -> Iterator[Problem]:
    words = words_of(text)
    if not _PHRASE.fullmatch(plain(text)):
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
    "QUANTITY": quantity,
    "ITEM": _item,
    "DATE": _date,
    "STANCE": _stance,
}


def _claim(sheet: Sheet, claim: Claim) -> Iterator[Problem]:
    if list(claim.parties) != sorted(claim.parties):
        yield sheet.problem("claim-parties", claim, ", ".join(claim.parties))
    if not claim.holders and claim.stance not in ("assertion", "denial"):
        yield sheet.problem("claim-article", claim, f"stance {claim.stance} without holders")
