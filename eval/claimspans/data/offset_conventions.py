"""Offsets and ids that mean something else than they say, such as bytes or inclusive ends: recognised, never mended.

Where predictions do not fit their articles and would all fit under one of the `READINGS`, that is said with the name of
the option that reads them so; nothing is read so unless somebody asks for it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from ..text.offset_units import code_points
from .lines import Line
from .problems import ClaimspansError, Problem

READINGS: Mapping[str, str] = {
    "utf16": "offsets count UTF-16 code units, as JavaScript, Java and C# do",
    "utf8": "offsets count bytes of UTF-8",
    "inclusive": "end is the last character, not the one behind it",
    "from-1": "offsets count from 1",
    "ids": "ids of articles are written otherwise: as numbers, in another case, with a folder or an ending",
}
OF_OFFSETS: tuple[tuple[str, ...], ...] = (("utf16",), ("utf8",), ("inclusive",), ("from-1",), ("from-1", "inclusive"))
"""What is tried where offsets do not fit."""


class Place(msgspec.Struct, frozen=True):
    """Offsets as they were given, and the words that were said to stand there."""

    doc: str
    start: int
    end: int
    text: str | None = None


def require_readings(given: Collection[str]) -> None:
    """Raise `ClaimspansError` for a name that is none of the `READINGS`, and for two units."""
    unknown = [name for name in given if name not in READINGS]
    if unknown or {"utf16", "utf8"} <= set(given):
        known = "; ".join(f"{name}: {about}" for name, about in READINGS.items())
        raise ClaimspansError(f"{', '.join(unknown) or 'utf16 and utf8 together'}: no reading; expected {known}")


def moved(text: str | None, start: int, end: int, reading: Collection[str]) -> tuple[int, int] | None:
    """Start and end in code points under a reading; None where no character begins there, or no text is known."""
    if "from-1" in reading:
        start, end = start - 1, end - 1
    end += "inclusive" in reading
    for unit in ("utf16", "utf8"):
        if unit in reading:
            points = _points(text, unit) if text is not None else {}
            if start not in points or end not in points:
                return None
            return points[start], points[end]
    return start, end


@lru_cache(maxsize=64)
def _points(text: str, unit: str) -> Mapping[Any, int]:
    return code_points(text, unit)


def fits(text: str, place: Place, reading: Collection[str]) -> bool:
    """Whether a place lies in the article, and its words stand there."""
    found = moved(text, place.start, place.end, reading)
    if found is None or not 0 <= found[0] < found[1] <= len(text):
        return False
    return place.text is None or text[found[0] : found[1]] == place.text


def fitting(places: Iterable[Place], texts: Mapping[str, str | None]) -> tuple[tuple[str, ...], ...]:
    """The readings under which every place fits that says its words, or, where none does, every place.

    None where all fit as they stand. ``texts`` are those of the articles, as far as they are known.
    """
    known = [(texts.get(place.doc), place) for place in places]
    judged = [(text, place) for text, place in known if text is not None]
    worded = [(text, place) for text, place in judged if place.text is not None]
    judged = worded or judged
    if all(fits(text, place, ()) for text, place in judged):
        return ()
    return tuple(reading for reading in OF_OFFSETS if all(fits(text, place, reading) for text, place in judged))


def offset_hint(readings: Collection[tuple[str, ...]], count: str = "All offsets") -> str | None:
    """In a sentence, what offsets that do not fit would fit under; None where there is no such reading."""
    said = [f"{' and '.join(READINGS[name] for name in reading)}: {option(reading)}" for reading in readings]
    return f"{count} would fit if {' — or if '.join(said)}" if said else None


READ_BY = "claimspans score, run, report, compare and leaderboard"
"""The commands with the options --read-as and --map."""


def option(reading: Iterable[str]) -> str:
    """The option that asks for a reading, and the commands that have it."""
    names = list(reading)
    return f"{' '.join(f'--read-as {name}' for name in names)} of {READ_BY} (in Python read_as={names})"


def article_named(doc: Any, known: Iterable[str]) -> str | None:
    """The one article of ``known`` whose id is this one but for case, folder, ending and leading zeros."""
    plain = _plain_id(doc)
    found = [name for name in known if _plain_id(name) == plain]
    return found[0] if len(found) == 1 and plain else None


def _plain_id(doc: Any) -> str:
    name = re.split(r"[/\\]", str(doc).strip())[-1].casefold()
    name = re.sub(r"(\.[a-z][a-z0-9]{0,5})+$|\.0$", "", name)  # a column of numbers may have become floats
    return name.lstrip("0") or "0" if name.isdecimal() else name


def reread(
    lines: Iterable[Line | Problem], texts: Mapping[str, str | None], reading: Collection[str]
) -> Iterator[Line | Problem]:
    """The lines of predictions with offsets and ids as a reading means them."""
    require_readings(reading)

    def placed(data: dict[str, Any], doc: Any) -> dict[str, Any]:
        start, end = data.get("start"), data.get("end")
        if type(start) is not int or type(end) is not int:
            return data
        found = moved(texts.get(doc), start, end, reading)
        # Where no character begins nothing can stand: outside every article, so that it is refused.
        return data | dict(zip(("start", "end"), (start, 1 << 30) if found is None else found, strict=True))

    for line in lines:
        if isinstance(line, Problem):
            yield line
            continue
        data = dict(line.data)
        doc = data.get("doc")
        if not isinstance(doc, str | int | float):
            yield line
            continue
        if "ids" in reading and doc not in texts:
            data["doc"] = doc = article_named(doc, texts) or doc
        data = placed(data, doc)
        if isinstance(data.get("spans"), list):
            data["spans"] = [placed(one, doc) if isinstance(one, dict) else one for one in data["spans"]]
        yield msgspec.structs.replace(line, data=data)


def hints(
    lines: Iterable[Line | Problem], texts: Mapping[str, str | None], labels: Collection[str] | None
) -> Iterator[str]:
    """What may have slipped in predictions that cannot be used: ids, offsets, and labels where they are closed."""
    rows = [line.data for line in lines if isinstance(line, Line)]
    docs = list(dict.fromkeys(row["doc"] for row in rows if isinstance(row.get("doc"), str | int | float)))
    named = {doc: article_named(doc, texts) for doc in docs if doc not in texts}
    if named and all(named.values()):
        doc, meant = next(iter(named.items()))
        yield f"{READINGS['ids']} ({doc!r} for {meant!r})? {option(['ids'])} reads them so"
    spans = [
        (named.get(row["doc"], row["doc"]), one)
        for row in rows
        if isinstance(row.get("doc"), str | int | float)
        for one in (row["spans"] if isinstance(row.get("spans"), list) else [row])
    ]
    places = [
        Place(doc, one["start"], one["end"], one["text"] if isinstance(one.get("text"), str) else None)
        for doc, one in spans
        if isinstance(doc, str) and isinstance(one, dict) and type(one.get("start")) is type(one.get("end")) is int
    ]
    said = offset_hint(fitting(places, texts))
    if said is not None:
        yield said
    said_labels = (one.get("label") for _, one in spans if isinstance(one, dict))
    given = dict.fromkeys(label for label in said_labels if isinstance(label, str))
    if labels and given and not set(given) & set(labels):
        yield map_hint(given, labels)


def map_hint(given: Iterable[str], labels: Collection[str]) -> str:
    """What is to be said where no label of a system is known: which is which, as far as that can be guessed."""
    pairs = ",".join(f"{label}={meant_label(label, labels) or ''}" for label in given)
    return f"None of its labels is known: say which is which with --map {pairs} of {READ_BY}"


def meant_label(label: str, labels: Iterable[str]) -> str | None:
    """The known label that is written nearly so."""
    by_form: dict[str, str] = {known.casefold(): known for known in labels}
    near = difflib.get_close_matches(label.casefold(), by_form, 1, 0.75)
    return by_form[near[0]] if near else None


Counted = Callable[[tuple[str, ...]], int]


def slip_of_score(right: int, predictions: int, under: Counted) -> tuple[tuple[str, ...], int] | None:
    """The reading under which most predictions would be strictly right, and how many, where few are as they stand.

    ``under`` counts those that would be right under a reading. At least three and a quarter of all must be, and four
    times as many as are ``right``.
    """
    found = [(under(reading), reading) for reading in OF_OFFSETS]
    most = max(count for count, _ in found)
    if most < 3 or most * 4 < predictions or most <= 4 * right:
        return None
    return next(reading for count, reading in found if count == most), most
