"""brat standoff: a folder of ``DOC.ann`` with the texts beside them; https://brat.nlplab.org/standoff.html."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from ..column_types import Type, attribute_types
from ..files import read_whole
from ..lines import Line, text_lines
from ..problems import Problem, show_path
from ..schema import Schema, default_schema
from .articles import Articles, Spans

FORM = "a folder of brat"

_BOUND = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t.*)?")
_ATTRIBUTE = re.compile(r"[AM]\S+\t(\S+) (T\S+)(?: (\S+))?")
_RELATION = re.compile(r"R\S+\t(\S+) Arg1:(T\S+) Arg2:(T\S+)\s*")
_EVENT = re.compile(r"E\S+\t\S+?:(T\S+)")
_NOTE = re.compile(r"#\S+\tAnnotatorNotes (T\S+)\t(\{.*\})")
_REST = re.compile(r"[TRAMEN*#]\S*\t.*")


def lines(folder: Path, articles: Articles, schema: Schema | None) -> Iterator[Line | Problem]:
    """The spans of every ``.ann``; attributes and relations that the schema knows are attributes of the span.

    A span in fragments is one from its first to its last, where white space alone lies between them. An entity that is
    named like a kind of zone is a zone, and the trigger of an event is none.
    """
    for path in sorted(folder.glob("*.ann")):
        yield from _article(path, articles, schema)


def _article(path: Path, articles: Articles, schema: Schema | None) -> Iterator[Line | Problem]:
    name = show_path(path)
    text_path = path.with_suffix(".txt")
    if articles.texts is None and not text_path.is_file():
        yield Problem("file-missing", show_path(text_path), None, f"{name} has its offsets in it")
        return
    text = read_whole(text_path, "the text of an .ann").decode("utf-8", "replace") if articles.texts is None else None
    spans: dict[str, dict[str, Any]] = {}
    numbers: dict[str, int] = {}
    given: list[tuple[str, str, Any]] = []
    triggers: set[str] = set()
    for line in text_lines(path):
        if isinstance(line, Problem):
            yield line
            return
        number, words = line[0], line[1].rstrip("\r\n")
        if bound := _BOUND.fullmatch(words):
            pieces = [tuple(map(int, piece.split())) for piece in bound[3].split(";")]
            spans[bound[1]] = {"label": bound[2], "start": pieces[0][0], "end": pieces[-1][1], "id": bound[1]}
            numbers[bound[1]] = number
            whole = text if articles.texts is None else articles.texts.get(path.stem)
            between = [(whole or "")[left[1] : right[0]] for left, right in pairwise(pieces)]
            if any(words.strip() for words in between):
                detail = f"{bound[1]} is in pieces, with “{' … '.join(between).strip()}” between them"
                yield Problem("form-broken", name, number, f"{detail}; a span is contiguous")
        elif event := _EVENT.match(words):
            triggers.add(event[1])
        elif attribute := _ATTRIBUTE.fullmatch(words):
            given.append((attribute[2], attribute[1], attribute[3] or True))
        elif relation := _RELATION.fullmatch(words):
            given.append((relation[2], relation[1], [relation[3]]))
        elif note := _NOTE.fullmatch(words):
            try:
                noted = msgspec.json.decode(note[2], type=dict[str, Any])
            except msgspec.DecodeError:
                continue  # a note is for people: only the JSON that the export writes is meant for programs
            given += [(note[1], key, value) for key, value in noted.items()]
        elif words.strip() and not _REST.fullmatch(words):
            yield Problem("form-broken", name, number, f"“{words}”; expected a line of brat's standoff")
    spans = {name: span for name, span in spans.items() if name not in triggers}
    known = _known(schema)
    attributed = any(owner in spans and key in known.get(spans[owner]["label"], {}) for owner, key, _ in given)
    for owner, key, value in given:
        if owner in spans and key in known.get(spans[owner]["label"], {}):
            earlier = spans[owner].get(key)
            spans[owner][key] = [*earlier, *value] if isinstance(earlier, list) and isinstance(value, list) else value
    kinds = _zone_kinds(schema)
    zones: Spans = [
        {"zone": span["label"], "start": span["start"], "end": span["end"]}
        for span in spans.values()
        if span["label"] in kinds
    ]
    for span in spans.values() if attributed else ():
        span.update({key: value for key, value in known.get(span["label"], {}).items() if key not in span})
    found = [span for span in spans.values() if span["label"] not in kinds]
    if articles.texts is None:
        yield from articles.records(Line(name, 1, {"doc": path.stem}), found, text, zones)
        return
    for span in found:
        yield from articles.records(Line(name, numbers[span["id"]], {"doc": path.stem}), [span], None)


def _known(schema: Schema | None) -> dict[str, dict[str, Any]]:
    """The attributes of each label with what brat's silence means: a flag that is not set is false, a list is empty."""
    if schema is None:
        return {}
    empty = {name: _silence(kind) for name, kind in attribute_types(schema).items()}
    return {
        label.name: {attribute.name: empty[attribute.name] for attribute in label.attributes}
        for label in schema.labels.values()
    }


def _silence(kind: Type) -> Any:
    if isinstance(kind, list):
        return []
    return False if kind == "bool" else None


def _zone_kinds(schema: Schema | None) -> set[str | None]:
    try:
        return {choice.value for choice in (schema or default_schema()).choices("zone", "zone")}
    except KeyError:
        return set()
