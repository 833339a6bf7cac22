"""Quotation marks in another style, items' designations (KN-23) and calibres (152mm) of another kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from random import Random

from .mentions import Edit, Mention
from .words import Fresh

STYLES = ('""', "“”", "«»")
_OPENING, _CLOSING = "“«", "”»"
_DESIGNATION = re.compile(r"(?<![\w-])(?!Covid|COVID|G-?\d|Q\d)([A-Z][A-Za-z]{0,9})-(\d{1,4})(?=[A-Z]{0,2}(?!\w))")
_CALIBRE = re.compile(r"(?<![\w.,])(105|122|130|152|155)(?=[\s-]?mm\b)")
_CALIBRES = ("105", "122", "130", "152", "155")
"""Calibres of artillery: a shell of each is of the same category."""


def quotation_marks(text: str, rng: Random) -> list[Mention]:
    """Every double quotation mark in another style; they stay where it is not plain which of them opens and closes."""
    marks = [(found.start(), found[0]) for found in re.finditer('["“”«»]', text)]
    if not marks:
        return []
    used = {next(style for style in STYLES if mark in style) for _, mark in marks}
    new = rng.choice([style for style in STYLES if style not in used] or ['""'])
    opening = [_opens(text, place, mark) for place, mark in marks]
    # A quotation of several paragraphs opens more often than it closes; none closes before it opens.
    plain = None not in opening and all(one or before for before, one in pairwise([False, *opening]))
    found = []
    for (place, _), opens in zip(marks, opening, strict=True):
        edits = (Edit(place, place + 1, new[0 if opens else 1]),) if plain else None
        found.append(Mention("quotation mark", "quotation marks", place, place + 1, edits))
    return found


def _opens(text: str, place: int, mark: str) -> bool | None:
    """Whether a mark opens a quotation, by its kind and by what stands at its sides; None where these disagree."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if mark in _OPENING + _CLOSING:
        opens = mark in _OPENING
        return (
            opens
            if not ((after if opens else before).strip() == "" and (before if opens else after).isalnum())
            else None
        )
    starts = before.strip() == "" or before in "([—–-‘'/"
    ends = after.strip() == "" or after in ".,;:!?)]—–-’'/"
    if starts == ends:
        return None
    return starts


def designations(text: str, spans: Iterable[tuple[int, int]], fresh: Fresh) -> list[Mention]:
    """The designations and calibres that spans hold, wherever in the article they stand."""
    held = {found[0] for start, end in spans for found in _found(text[start:end])}
    new: dict[str, tuple[str, str]] = {}
    shift = fresh.rng.randrange(1, len(_CALIBRES))
    mentions = []
    for found in _found(text):
        if found[0] not in held:
            continue
        if found.re is _CALIBRE:
            size = _CALIBRES[(_CALIBRES.index(found[0]) + shift) % len(_CALIBRES)]
            edits: Sequence[Edit] = (Edit(*found.span(), size),)
        else:
            if found[0] not in new:
                word = fresh.word()
                if found[1].isupper():  # a single letter stays, for it is in every text
                    word = fresh.acronym(len(found[1])) if len(found[1]) > 1 else found[1]
                new[found[0]] = (word, _other_number(found[2], {number for _, number in new.values()}, fresh.rng))
            edits = tuple(Edit(*found.span(group), new[found[0]][group - 1]) for group in (1, 2))
        mentions.append(Mention("designation", f"designation {found[0]}", *found.span(), tuple(edits)))
    return mentions


def _found(text: str) -> Iterator[re.Match[str]]:
    yield from _DESIGNATION.finditer(text)
    yield from _CALIBRE.finditer(text)


def _other_number(digits: str, used: set[str], rng: Random) -> str:
    """Another number of as many digits, one that is not used where there are any."""
    low = 10 ** (len(digits) - 1)
    free = [str(number) for number in range(max(low, 2), low * 10) if number != int(digits)]
    return rng.choice([number for number in free if number not in used] or free)
