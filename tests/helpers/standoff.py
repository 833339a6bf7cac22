"""A reader of brat's standoff, after its published grammar (https://brat.nlplab.org/standoff.html)."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

_LINES = {
    "T": re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.+)"),
    "A": re.compile(r"(A\d+)\t(\S+) (\S+)(?: (\S+))?"),
    "R": re.compile(r"(R\d+)\t(\S+) Arg1:(\S+) Arg2:(\S+)"),
    "#": re.compile(r"(#\d+)\tAnnotatorNotes (\S+)\t(.+)"),
}


class Bound(NamedTuple):
    """A text-bound annotation: its type, its fragments, and everything that other lines say of it."""

    kind: str
    fragments: tuple[tuple[int, int], ...]
    attributes: dict[str, Any]
    relations: list[tuple[str, str]]


def read_standoff(text: str, annotations: str) -> dict[str, Bound]:
    """The text-bound annotations by id. Raises `ValueError` for a line that the grammar does not have."""
    found: dict[str, Bound] = {}
    seen: set[str] = set()
    for line in annotations.splitlines():
        matched = _LINES[line[0]].fullmatch(line)
        if matched is None or matched[1] in seen:
            raise ValueError(line)
        seen.add(matched[1])
        if line[0] == "T":
            pairs = (pair.split(" ") for pair in matched[3].split(";"))
            fragments = tuple((int(start), int(end)) for start, end in pairs)
            if " ".join(text[start:end] for start, end in fragments) != matched[4]:
                raise ValueError(line)
            found[matched[1]] = Bound(matched[2], fragments, {}, [])
        elif line[0] == "A":
            found[matched[3]].attributes[matched[2]] = matched[4] or True
        elif line[0] == "R":
            found[matched[3]].relations.append((matched[2], matched[4]))
        else:
            found[matched[2]].attributes.update(json.loads(matched[3]))
    return found


def read_configuration(text: str) -> dict[str, list[str]]:
    """The sections of annotation.conf with their lines."""
    sections: dict[str, list[str]] = {}
    for line in filter(None, text.splitlines()):
        if line.startswith("["):
            sections[line.strip("[]")] = []
        else:
            list(sections.values())[-1].append(line)
    return sections
