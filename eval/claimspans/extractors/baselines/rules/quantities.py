"""QUANTITY by regular expression: modifier, numeral or ratio word, packaging noun."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ....data.records import Span
from ....text.numbers import COMPARATORS, SCALES, VAGUE, WORDS, values
from .lexicon import PACKAGES

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MODIFIER = "|".join(sorted(COMPARATORS, key=len, reverse=True))
_NUMBER_WORD = "|".join(word for word in WORDS if word not in ("zero", "one"))
_NUMERAL = rf"(?:\d[\d,]*(?:\.\d+)?|{_NUMBER_WORD})(?:\s(?:{'|'.join(SCALES)}))*"
_QUANTITY = re.compile(
    rf"\b(?:(?P<modifier>{_MODIFIER})\s)?(?:(?P<number>{_NUMERAL})(?:\s(?P<package>{PACKAGES}))?"
    rf"|(?P<vague>{'|'.join(VAGUE)})|(?P<ratio>double[sd]?|triple[sd]?|\w+fold))\b(?!\s?mm)(?![-–.,]?\d)",
    re.IGNORECASE,
)
_CAPACITY = re.compile(r"\b(?:hold|carry|contain|translate to)\s*$", re.IGNORECASE)
_SPELLING = {"kilometer": "kilometre", "tonne": "ton"}


def find(text: str, parsed: Doc, taken: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """The quantities of a text, save where a date is (``taken``), and names, versions and ordinals."""
    taken = [
        *taken,
        *((ent.start_char, ent.end_char) for ent in parsed.ents if ent.label_ in ("DATE", "TIME", "ORDINAL")),
    ]
    for match in _QUANTITY.finditer(text):
        start, end = match.span()
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        if match["ratio"] and not values(match["ratio"]):
            continue
        yield Span(
            label="QUANTITY",
            start=start,
            end=end,
            id=f"q{start}",
            text=match[0],
            attributes=_attributes(text, parsed, match),
        )


def describe(text: str, parsed: Doc, start: int, end: int) -> dict[str, str | float | None]:
    """The attributes of a quantity that another system found; none where no numeral or number word is in it."""
    match = _QUANTITY.search(text, start, end)
    return {} if match is None else _attributes(text, parsed, match)


def _attributes(text: str, parsed: Doc, match: re.Match[str]) -> dict[str, str | float | None]:
    held = values(match[0])
    value: float | None = held[0] if held and not match["vague"] else None
    if value is not None and value.is_integer():
        value = int(value)
    unit = _unit(parsed, match)
    measure = "count"
    if match["ratio"]:
        measure = "ratio"
    elif unit in ("kilometre", "mile", "ton"):
        measure = "amount"
    elif _CAPACITY.search(text[max(0, match.start() - 20) : match.start()]):
        measure = "capacity"
    comparator = "vague" if match["vague"] else COMPARATORS.get((match["modifier"] or "").lower(), "eq")
    return {
        "value": value,
        "comparator": comparator,
        "unit": None if measure == "ratio" else unit,
        "measure": measure,
    }


def _unit(parsed: Doc, match: re.Match[str]) -> str | None:
    """The head noun that is counted: the package, or the first noun behind that is no modifier of another."""
    if match["package"]:
        noun = match["package"].lower().rpartition(" ")[2]
        noun = noun.removesuffix("s") if noun != "boxes" else "box"
        return _SPELLING.get(noun, noun)
    for token in parsed:
        if token.idx >= match.end() and token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound":
            lemma = token.lemma_.lower()
            return _SPELLING.get(lemma, lemma) if re.fullmatch(r"[a-z][a-z -]*", lemma) else None
        if token.idx >= match.end() and token.pos_ in ("VERB", "PUNCT"):
            return None
    return None
