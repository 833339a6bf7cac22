"""What a Python function gives as an answer: spans as dicts, objects of ours and of other libraries, or a frame.

Taken as they are: dicts, `Span`, `Quote`, `Claim` and `Document`, dataclasses, named tuples, msgspec's structs,
pydantic's models, entities and Docs of spaCy, pandas frames with a row a span, and lists or generators of these.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from ..data.lines import Line, rows_of
from ..data.records import Claim, Document, Span, claim_record, nested_record, span_record

_PARTS = ("spans", "quotes", "claims")


def answer_of(given: Any) -> dict[str, Any] | None:
    """An answer as the contract has it, without the article's id unless it is there; None for what is none."""
    whole = _whole(given)
    if whole is not None:
        return whole | {part: _records(whole[part]) for part in _PARTS if whole.get(part) is not None}
    if isinstance(given, Iterable) and not isinstance(given, str | bytes):
        return {"spans": _records(given)}
    return None


def _whole(given: Any) -> dict[str, Any] | None:
    """The fields of an object that is a whole answer."""
    if isinstance(given, Mapping):
        return {str(key): value for key, value in given.items()}
    if hasattr(given, "ents") and hasattr(given, "text"):  # a Doc of spaCy, whose iterator gives tokens
        return {"spans": given.ents}
    if isinstance(given, Iterable):
        return None
    fields = _fields(given)
    return fields if fields is not None and any(part in fields for part in (*_PARTS, "error")) else None


def _records(given: Any) -> Any:
    """Spans, quotes or claims as dicts; what is no row of these is left to the reader, which says so."""
    if hasattr(given, "to_dict") and hasattr(given, "columns"):
        rows = rows_of(given.to_dict("records"), "frame, row")
        return [
            {key: value for key, value in row.data.items() if value is not None} if isinstance(row, Line) else str(row)
            for row in rows
        ]
    if isinstance(given, str | bytes | Mapping) or not isinstance(given, Iterable):
        return given
    return [one if (fields := _fields(one)) is None else fields for one in given]


def _fields(one: Any) -> dict[str, Any] | None:
    """The fields of an object that stands for a record; None where it is another thing."""
    if isinstance(one, Span):
        return {key: value for key, value in span_record("", one).items() if key not in ("type", "doc")}
    if isinstance(one, Claim):
        record = claim_record("", one)
        return {key: value for key, value in record.items() if key not in ("type", "doc") and value not in (None, [])}
    if isinstance(one, Document):
        return nested_record(one)
    if hasattr(one, "start_char") and hasattr(one, "label_"):  # spaCy's start and end count tokens
        return {"label": one.label_, "start": one.start_char, "end": one.end_char, "text": one.text}
    found: Any = None
    if dataclasses.is_dataclass(one) and not isinstance(one, type):
        found = dataclasses.asdict(one)
    elif isinstance(one, msgspec.Struct):
        found = msgspec.to_builtins(one)
    elif hasattr(one, "model_dump"):
        found = one.model_dump()
    elif hasattr(one, "_asdict"):
        found = one._asdict()
    # What a class has for all labels, and leaves empty for this one, is not said.
    return {key: value for key, value in found.items() if value is not None} if isinstance(found, dict) else None
