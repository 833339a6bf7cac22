"""Level 5: what the guidelines ask of a QUANTITY."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...text.dates import MONTHS, UNITS
from ...text.numbers import BEHIND, COMPARATORS, DEGREE, SCALES, is_unread, is_vague, values
from ..problems import Problem
from ..records import Span
from .sheet import Sheet
from .words import plain, words_of


def quantity(sheet: Sheet, span: Span, text: str) -> Iterator[Problem]:
    """A size, ordinal or time as QUANTITY; value, comparator and unit that the text contradicts."""
    value, comparator = span.attributes.get("value"), span.attributes.get("comparator")
    words = words_of(text)
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
    vague = is_vague(text) or (_BY_THE.search(plain(sheet.text[: span.start])) and not re.search(r"\d", text))
    if (value is None) != (comparator == "vague") or (value is None and not vague):
        yield sheet.problem("quantity-value", span, f"value {value}, comparator {comparator}")
    elif isinstance(value, int | float) and not isinstance(value, bool) and not share and not is_unread(text):
        if value not in held:
            yield sheet.problem("quantity-value", span, f"value {value}, the text holds {held}")
        if isinstance(upper, int | float) and (upper not in held or upper <= value):
            yield sheet.problem("quantity-value", span, f"upper {upper} beside {value}, the text holds {held}")
    said = _said_comparator(text)
    if said is not None and comparator != said:
        yield sheet.problem("quantity-comparator", span, f"{comparator}, the text says {said}")
    elif said is None and comparator not in ("eq", "vague", "between"):
        yield sheet.problem("quantity-comparator", span, f"{comparator}, but the text has no modifier")
    unit, measure = span.attributes.get("unit"), span.attributes.get("measure")
    bare = measure == "amount" and (words[-1] in SCALES or words[-1].isdecimal()) and not _SIGN.search(text)
    if (unit is None) != share and not bare:
        yield sheet.problem("quantity-unit", span, f"{measure} with unit {unit}")


_BY_THE = re.compile(r"\bby the$")
"""What makes a number word vague: by the dozen."""
_SIGN = re.compile("[$€£¥]")
_SCALES = SCALES | {"dozen": 12, "score": 20, "k": 1_000, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}


def _held(text: str) -> list[float]:
    """The numbers of a text, and each times the scales that it may share or have in short ("40 to 60 m").

    "1.250" may be either number.
    """
    read = values(text) + values(re.sub(r"(?<=\d)\.(?=\d{3}(?!\d))", "", text))
    words = re.findall("[a-z]+", plain(text))
    return read + [round(one * scale, 3) for one in read for word, scale in _SCALES.items() if word in words]


_DEGREE = re.compile(rf"{DEGREE}(?=(?:over|above|under|below|more than|less than|fewer than|short of|in excess of)\b)")
_MARKS = COMPARATORS | {"short of": "below"}
_MODIFIER = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(_MARKS, key=len, reverse=True)))}) ")
_BEHIND = re.compile(rf"[ -](?P<words>{'|'.join(BEHIND)})\b")
_RANGE = re.compile(r"\d ?- ?\d|\b(?:to|and|or(?! (?:so|more|fewer|less)\b))\b")


def has_degree(text: str) -> bool:
    """Whether the text begins with words such as "a little over", whose article is no number's."""
    return _DEGREE.match(plain(text)) is not None


def _said_comparator(text: str) -> str | None:
    """The comparator that the nearest modifier of a number demands; None where it has none, or is vague or a range."""
    text = plain(text)
    if is_vague(text) or (len(values(text)) > 1 and _RANGE.search(text)):
        return None
    said, rest = None, text
    while found := _MODIFIER.match(rest) or _DEGREE.match(rest):
        said, rest = _MARKS.get(found[0].strip(), said), rest[found.end() :]
    behind = _BEHIND.search(rest)
    return said or (BEHIND[behind["words"]] if behind else None)
