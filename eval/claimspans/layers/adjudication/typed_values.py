"""What somebody types instead of either layer's version → a value, or what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...data.checks.structure import schema_problems
from ...data.fields import CLAIM_PARTS, Field, SchemaFields, typed
from ...data.lines import Line
from ...data.records import Document, Span
from ...data.schema import Choice, Schema
from .question import Question, place_name

_OFFSETS = re.compile(r"(\d+)\s*[-–]\s*(\d+)")
_NOTHING = ("", "-", "–", "null", "none")


def expected(question: Question, document: Document, schema: Schema) -> str:
    """What can be typed, in words; ids are those of ``document``, the outcome so far."""
    field = question.difference.field
    if field is None:
        other = "; before a colon, the other label" if len(_labels(question)) > 1 else ""
        return f"words of the article, or offsets such as 29-51{other}"
    if field == "cargo":
        parts = [CLAIM_PARTS["item"], CLAIM_PARTS["quantity"]]
        return f"rows of item, quantity, relation (s6 s4 counts; s7 - -) of {_there(document, parts)}; - for none"
    if _references(question):
        return f"ids, as s4, s6, of {_there(document, [_wanted(question)])}; - for none"
    asked = _field(question, schema)
    values = [choice.value for choice in asked.choices if choice.value is not None]
    shown = f"one of {', '.join(values)}" if values else "the value"
    return f"{shown}; - for none" if asked.nullable or asked.kind == "strings" else shown


def meaning_of(question: Question, value: Any, schema: Schema) -> str:
    """What the schema says of one of the values of a closed list; empty for other values."""
    return next((choice.description for choice in _choices(question, schema) if choice.value == value), "")


def _field(question: Question, schema: Schema) -> Field:
    known = SchemaFields(schema)
    label = known.claim if question.difference.kind == "slot" else question.label
    found = known.find(label, question.difference.field)
    if found is None:
        raise KeyError(f"{label}.{question.difference.field}")
    return found


def _choices(question: Question, schema: Schema) -> tuple[Choice, ...]:
    field = question.difference.field
    try:
        return schema.choices("claim_fields" if question.difference.kind == "slot" else str(question.label), str(field))
    except KeyError:
        return ()


def _there(document: Document, labels: Sequence[str]) -> str:
    spans = [f"{span.id} “{' '.join((span.text or '').split())}”" for span in document.spans if span.label in labels]
    return ", ".join(spans) or f"{' and '.join(labels)}, of which the outcome has none"


def _labels(question: Question) -> list[str]:
    return list(dict.fromkeys(span.label for span in question.spans if span is not None))


def _wanted(question: Question) -> str:
    """The label that spans must have to be named here; spans name speakers."""
    return CLAIM_PARTS["holders" if question.difference.kind != "slot" else str(question.difference.field)]


def read_own(question: Question, answer: str, document: Document, schema: Schema) -> Any:
    """The value that an answer means, as a decision keeps it; ids are those of ``document``, the outcome so far.

    Raises `ValueError`, saying what was expected.
    """
    difference = question.difference
    if difference.field is None:
        return _span(question, answer, document.text or "")
    if difference.field == "cargo":
        rows = list(_rows(answer, document, schema))
        _allowed(question, rows, schema)
        return [{"item": row["item_at"], "quantity": row["quantity_at"], "relation": row["relation"]} for row in rows]
    if _references(question):
        spans = _named(answer, document)
        wanted = _wanted(question)
        for span in spans:
            if span.label != wanted:
                raise ValueError(f"{span.id} is a {span.label}, expected a {wanted}")
        return [place_name(span) for span in spans]
    return _plain(question, answer, schema)


def _references(question: Question) -> bool:
    field = question.difference.field
    if question.difference.kind == "slot":
        return CLAIM_PARTS.get(field or "", "claim") != "claim"
    return any(isinstance(reading.value, list) for reading in question.difference.readings if reading is not None)


def _span(question: Question, answer: str, text: str) -> dict[str, Any]:
    labels = _labels(question)
    label, colon, rest = answer.partition(":")
    if colon and label.strip() in labels:
        words = rest.strip()
    else:
        label, words = labels[0], answer.strip()
    offsets = _OFFSETS.fullmatch(words)
    if offsets:
        start, end = int(offsets[1]), int(offsets[2])
        if not 0 <= start < end <= len(text):
            raise ValueError(f"{start}-{end} is not in the article, which has {len(text)} characters")
        return {"label": label.strip(), "start": start, "end": end}
    places = [found.start() for found in re.finditer(re.escape(words), text)] if words else []
    if not places:
        raise ValueError(f"the article does not say “{words}”; expected its words exactly, or offsets such as 29-51")
    near = min(places, key=lambda place: (abs(place - question.difference.start), place))
    return {"label": label.strip(), "start": near, "end": near + len(words)}


def _named(answer: str, document: Document) -> list[Span]:
    known = {span.id: span for span in document.spans}
    found = []
    for name in re.split(r"[\s,]+", answer.strip()):
        if name.lower() in _NOTHING:
            continue
        if name not in known:
            raise ValueError(
                f"no span {name} in the outcome so far; expected ids such as {', '.join(map(str, list(known)[:3]))}"
            )
        found.append(known[name])
    return found


def _rows(answer: str, document: Document, schema: Schema) -> Iterator[dict[str, Any]]:
    relations = [choice.value for choice in schema.choices("cargo", "relation")]
    for part in answer.split(";"):
        if part.strip().lower() in _NOTHING:
            continue
        words = [*part.split(), "-", "-"][:3]
        row: dict[str, Any] = {}
        for name, word in zip(("item", "quantity"), words, strict=False):
            spans = _named(word, document)
            if spans and spans[0].label != CLAIM_PARTS[name]:
                raise ValueError(f"{word} is a {spans[0].label}, expected a {CLAIM_PARTS[name]}")
            row[name] = spans[0].id if spans else None
            row[f"{name}_at"] = place_name(spans[0]) if spans else None
        row["relation"] = None if words[2].lower() in _NOTHING else words[2]
        if row["relation"] not in relations:
            raise ValueError(f"“{words[2]}”, expected one of {', '.join(map(str, filter(None, relations)))}, or -")
        if row["item"] is None and row["quantity"] is None:
            raise ValueError(f"“{part.strip()}” names neither an item nor a quantity")
        yield row


def _plain(question: Question, answer: str, schema: Schema) -> Any:
    field = _field(question, schema)
    given = [] if answer.strip().lower() in _NOTHING else [answer]
    value = typed(field, re.split(r"\s*,\s*", answer) if field.kind == "strings" and given else given)
    value = list(value) if isinstance(value, tuple) else value
    _allowed(question, value, schema)
    return value


def _allowed(question: Question, value: Any, schema: Schema) -> None:
    """Raise for a value that the schema does not allow."""
    difference = question.difference
    name = difference.field or ""
    if difference.kind != "slot":
        record: dict[str, Any] = {"type": "span", "doc": difference.doc, "label": question.label, "start": 0, "end": 1}
        definition = "predicted_span"
    else:
        record, definition = {"type": "claim", "doc": difference.doc, "event": _event(schema, name)}, "predicted_claim"
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            value = [{key: row[key] for key in ("item", "quantity", "relation")} for row in value]
    record[name] = value
    problems = list(schema_problems(Line("", 1, record), record, definition, schema))
    if problems:
        raise ValueError(problems[0].detail)


def _event(schema: Schema, field: str) -> str | None:
    """An event for which the schema allows the field."""
    known = SchemaFields(schema)
    found = known.find(known.claim, field)
    shown = found.shown_for if found is not None else None
    events: Sequence[str | None] = [choice.value for choice in schema.choices("claim_fields", "event")]
    return shown[1] if shown is not None else events[0]
