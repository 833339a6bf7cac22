"""A reader of brat's standoff, after its published grammar (https://brat.nlplab.org/standoff.html)."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

_LINES = {
    "T": re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.+)"),
    "A": re.compile(r"(A\d+)\t(\S+) (\S+)(?: (\S+))?"),
    "E": re.compile(r"(E\d+)\t(\S+):(T\d+)((?: [A-Za-z_]+\d*:[TE]\d+)*)"),
    "R": re.compile(r"(R\d+)\t(\S+) Arg1:(\S+) Arg2:(\S+)"),
    "#": re.compile(r"(#\d+)\tAnnotatorNotes (\S+)\t(.+)"),
}


class Bound(NamedTuple):
    """A text-bound annotation: its type, its fragments, and everything that other lines say of it."""

    kind: str
    fragments: tuple[tuple[int, int], ...]
    attributes: dict[str, Any]
    relations: list[tuple[str, str]]


class Event(NamedTuple):
    """An event: its type, the fragments of its trigger, its arguments, and what other lines say of it."""

    kind: str
    fragments: tuple[tuple[int, int], ...]
    arguments: list[tuple[str, str]]
    attributes: dict[str, Any]


def read_standoff(text: str, annotations: str) -> dict[str, Bound]:
    """The text-bound annotations by id, without triggers. Raises `ValueError` for a line that is not in the grammar."""
    bounds, events = _read(text, annotations)
    triggers = {(event.kind, event.fragments) for event in events.values()}
    return {name: bound for name, bound in bounds.items() if (bound.kind, bound.fragments) not in triggers}


def read_events(text: str, annotations: str) -> dict[str, Event]:
    """The events by id. Raises `ValueError` as `read_standoff` does, and for an argument that is not there."""
    bounds, events = _read(text, annotations)
    for event in events.values():
        missing = [target for _, target in event.arguments if target not in bounds and target not in events]
        if missing:
            raise ValueError(str(missing))
    return events


def _read(text: str, annotations: str) -> tuple[dict[str, Bound], dict[str, Event]]:
    found: dict[str, Bound] = {}
    events: dict[str, Event] = {}
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
        elif line[0] == "E":
            parts = (argument.partition(":") for argument in matched[4].split())
            arguments = [(role.rstrip("0123456789"), target) for role, _, target in parts]
            trigger = found[matched[3]]
            if trigger.kind != matched[2]:
                raise ValueError(line)
            events[matched[1]] = Event(matched[2], trigger.fragments, arguments, {})
        elif line[0] == "A":
            (events if matched[3] in events else found)[matched[3]].attributes[matched[2]] = matched[4] or True
        elif line[0] == "R":
            found[matched[3]].relations.append((matched[2], matched[4]))
        else:
            (events if matched[2] in events else found)[matched[2]].attributes.update(json.loads(matched[3]))
    return found, events


def read_configuration(text: str) -> dict[str, list[str]]:
    """The sections of annotation.conf with their lines."""
    sections: dict[str, list[str]] = {}
    for line in filter(None, text.splitlines()):
        if line.startswith("["):
            sections[line.strip("[]")] = []
        else:
            list(sections.values())[-1].append(line)
    return sections
