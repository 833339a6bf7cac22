"""brat standoff: a text and its annotations by article, with the configuration that brat shows them by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from ...data.records import Document, Span, Value
from ...data.schema import Attribute, Label
from .brat_events import ATTRIBUTES, ROLES, event_lines, trigger
from .task import BLANK, CLAIMS, Part, Task, attribute_of, json_line, names_spans, refuse_blanks

# https://brat.nlplab.org/standoff.html, https://brat.nlplab.org/configuration.html
_WORD = re.compile(r"[A-Za-z0-9_-]+")


def export(task: Task) -> Part:
    """``DOC.txt``, ``DOC.ann``, ``annotation.conf`` and ``visual.conf``.

    A claim is an event (`brat_events`). An attribute with a list of values is a brat attribute, a true one too, one
    that names spans a relation; all others stand in a note as JSON. A zone is a span of its kind. A span over several
    lines has a fragment a line, without white space around it, as brat itself writes them; a blank one is dropped.

    Brat counts a carriage return with its line feed as one sign: in the text a blank stands for it, so that offsets
    are those of the article. Raises `ClaimspansError` for a label with a blank.
    """
    kinds = sorted({zone.kind for document in task.documents for zone in document.zones})
    refuse_blanks([*task.labels, *kinds], "brat")
    files: dict[str, bytes] = {}
    dropped: Counter[str] = Counter()
    for document in task.documents:
        files[f"{document.doc}.txt"] = (document.text or "").replace("\r\n", " \n").replace("\r", "\n").encode()
        files[f"{document.doc}.ann"] = "".join(line + "\n" for line in _annotations(document, task.labels)).encode()
        order = {span.id: number for number, span in enumerate(document.spans)}
        left_out = sum(trigger(claim, order) is None for claim in document.claims)
        dropped += Counter({CLAIMS: left_out, BLANK: sum(_blank(document, span) for span in document.spans)})
    flags = {
        name
        for document in task.documents
        for span in document.spans
        for name, value in span.attributes.items()
        if isinstance(value, bool)
    }
    events = sorted({claim.event for document in task.documents for claim in document.claims})
    files["annotation.conf"] = _configuration(task.labels, kinds, flags, events, _claim_values(task)).encode()
    files["visual.conf"] = _colours(task.labels, kinds).encode()
    return Part(files, dropped)


def _annotations(document: Document, labels: Mapping[str, Label]) -> Iterator[str]:
    text = document.text or ""
    by_place = sorted((span for span in document.spans if not _blank(document, span)), key=lambda span: span.order)
    names = {span.id: f"T{number}" for number, span in enumerate(by_place, 1) if span.id is not None}
    attributes = relations = notes = 0
    for number, span in enumerate(by_place, 1):
        yield f"T{number}\t{span.label} {_bound(text, span.start, span.end)}"
        noted: dict[str, object] = {}
        for name, value in span.attributes.items():
            attribute = attribute_of(labels, span, name)
            if value is None or value is False or value == ():
                continue
            if not _WORD.fullmatch(name):
                noted[name] = value
            elif names_spans(attribute) and isinstance(value, tuple) and all(each in names for each in value):
                for each in value:
                    relations += 1
                    yield f"R{relations}\t{name} Arg1:T{number} Arg2:{names[each]}"
            elif value is True or _is_listed(attribute, value):
                attributes += 1
                yield f"A{attributes}\t{name} T{number}" + ("" if value is True else f" {value}")
            else:
                noted[name] = value
        if noted:
            notes += 1
            yield f"#{notes}\tAnnotatorNotes T{number}\t{json_line(noted)}"
    zones = (zone for zone in document.zones if text[zone.start : zone.end].strip())
    zoned = sorted(zones, key=lambda zone: zone.start)
    for number, zone in enumerate(zoned, len(by_place) + 1):
        yield f"T{number}\t{zone.kind} {_bound(text, zone.start, zone.end)}"
    bounds = {span.id: _bound(text, span.start, span.end) for span in by_place if span.id is not None}
    yield from event_lines(document.claims, by_place, names, bounds, len(by_place) + len(zoned) + 1)


def _blank(document: Document, span: Span) -> bool:
    return not (document.text or "")[span.start : span.end].strip()


def _bound(text: str, start: int, end: int) -> str:
    """The offsets, a fragment a line, and the words of the fragments joined by blanks."""
    lines = []
    for line in text[start:end].splitlines(keepends=True):
        if words := line.strip():
            first = start + line.index(words)
            lines.append((first, first + len(words)))
        start += len(line)
    offsets = ";".join(f"{first} {last}" for first, last in lines)
    return f"{offsets}\t{' '.join(text[first:last] for first, last in lines)}"


def _is_listed(attribute: Attribute | None, value: Value) -> bool:
    """Whether the schema lists the value, and brat, which has no blanks in values, can write it."""
    return attribute is not None and isinstance(value, str) and value in _values(attribute)


def _values(attribute: Attribute) -> list[str]:
    return [choice.value for choice in attribute.choices if choice.value and _WORD.fullmatch(choice.value)]


def _claim_values(task: Task) -> dict[str, list[str]]:
    """The values of the attributes of claims that occur."""
    claims = [claim for document in task.documents for claim in document.claims]
    found = {name: sorted({getattr(claim, name) for claim in claims} - {None}) for name in ATTRIBUTES}
    return {f"{name}_of_claim": values for name, values in found.items() if values}


def _configuration(
    labels: Mapping[str, Label],
    kinds: list[str],
    flags: set[str],
    events: list[str],
    claim_values: Mapping[str, list[str]],
) -> str:
    """What brat may show; attributes that stand in notes are none of it."""
    of: dict[str, list[tuple[str, Attribute]]] = {}
    for label in labels.values():
        for attribute in label.attributes:
            of.setdefault(attribute.name, []).append((label.name, attribute))
    relations, attributes = [], []
    for name, places in of.items():
        if not _WORD.fullmatch(name):
            continue
        owners = "|".join(label for label, _ in places)
        if names_spans(places[0][1]):
            relations.append(f"{name}\tArg1:{owners}, Arg2:<ENTITY>")
        else:
            values = dict.fromkeys(value for _, attribute in places for value in _values(attribute))
            if values or name in flags:
                attributes.append(f"{name}\tArg:{owners}" + (f", Value:{'|'.join(values)}" if values else ""))
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    sections = {
        "entities": [*labels, *kinds],
        "relations": [*relations, overlap],
        "events": [f"{event}\t{', '.join(f'{role}*:{_fills(role)}' for role in ROLES)}" for event in events],
        "attributes": [
            *attributes,
            *(f"{name}\tArg:<EVENT>, Value:{'|'.join(values)}" for name, values in claim_values.items()),
        ],
    }
    return "\n".join("\n".join((f"[{name}]", *lines)) + "\n" for name, lines in sections.items())


def _fills(role: str) -> str:
    return "<EVENT>" if role in ("Target", "Same_as") else "<ENTITY>"


def _colours(labels: Mapping[str, Label], kinds: list[str]) -> str:
    drawing = [f"{label.name}\tbgColor:{label.color}" for label in labels.values() if label.color]
    drawing += [f"{kind}\tbgColor:#dddddd" for kind in kinds]
    return "\n".join(["[labels]", "", "[drawing]", *drawing]) + "\n"
