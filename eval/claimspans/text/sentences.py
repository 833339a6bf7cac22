"""Sentences by rule: no model, so that the same text is cut the same way everywhere.

A blank line ends a sentence, and so does the end of a line, unless the next one goes on in lower case; inside a line
a sentence ends behind ``.``, ``!``, ``?`` or ``…``, with the quotation marks and brackets that close there, where white
space and a capital or a figure follow, be it in quotation marks or not, and behind ``。``, ``！`` and ``？`` always.
A point behind an initial or a listed abbreviation ends none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from .tokens import Place

_LINES = re.compile(r"\s*\n\s*\n\s*|\s*\n\s*+(?![a-z])")
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9])|[。！？]+[”’»)\]」』）]*\s*")
_INITIAL = re.compile(r"(?:^|[\s.(“\"'‘])[A-Z]\.\s*$")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Sgt|Col|Maj|Capt|Adm|Sen|Rep|Gov|St|No|vs|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.\s*$"
)


def sentences(text: str, whole: Iterable[Place] = ()) -> list[Place]:
    """The sentences of a text in order, without outer white space; none ends inside a place that stays ``whole``."""
    inside = {offset for start, end in whole for offset in range(start + 1, end)}
    cuts = [0, *(line_end.end() for line_end in _LINES.finditer(text))]
    for stop in _STOP.finditer(text):
        before = text[max(0, stop.start() - 12) : stop.end()]
        if not _INITIAL.search(before) and not _ABBREVIATION.search(before):
            cuts.append(stop.end())
    kept = sorted({cut for cut in cuts if cut not in inside} | {len(text)})
    places = []
    for start, end in pairwise(kept):
        part = text[start:end]
        if part.strip():
            places.append((start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))))
    return places


def around(text: str, start: int, end: int) -> Place:
    """The sentence around ``text[start:end]``; from the first to the last of them where it is in several."""
    touched = [place for place in sentences(text) if place[0] < end and start < place[1]]
    return (min(start, touched[0][0]), max(end, touched[-1][1])) if touched else (start, end)
