"""What is fuzzed: bytes to the reader, the aligner and the schema loader, and what must hold whatever they are."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from claimspans.data.checks.structure import schema_problems
from claimspans.data.fields import SchemaFields
from claimspans.data.lines import Line
from claimspans.data.predictions import read_gold
from claimspans.data.problems import ClaimspansError
from claimspans.data.schema import Schema, default_schema
from claimspans.data.span_columns import read_span_columns
from claimspans.text.quotes import Quote, align_quotes

_FILE = Path(tempfile.gettempdir()) / f"claimspans-fuzz-{os.getpid()}.jsonl"


def reader(raw: bytes) -> None:
    """A file is read, or refused in words; read as columns it is the same as record by record."""
    _FILE.write_bytes(raw)
    try:
        documents = read_gold(_FILE, None)
    except ClaimspansError:
        documents = None
    finally:
        columns = read_span_columns(_FILE)
        _FILE.unlink()
    if documents is None or columns is None:
        # What columns pass over, such as an attribute, may be wrong in a file that they take.
        return
    found = Counter((one.doc, span.label, span.start, span.end) for one in documents for span in one.spans)
    rows = zip(columns.doc.tolist(), columns.label.tolist(), columns.start.tolist(), columns.end.tolist(), strict=True)
    assert found == Counter((columns.docs[doc], columns.labels[label], start, end) for doc, label, start, end in rows)


def aligner(raw: bytes) -> None:
    """Lines: a text, then quotes. What is found stands in the text, at its place."""
    text, _, rest = raw.decode("utf-8", "replace").partition("\n")
    quotes = [Quote(label="A", quote=line) for line in rest.split("\n")[:50]]
    for found in align_quotes(text, quotes):
        if found.status != "unaligned":
            assert found.start is not None
            assert found.end is not None
            assert 0 <= found.start < found.end <= len(text)
            assert found.text == text[found.start : found.end]


ODD: tuple[Any, ...] = (None, [], {}, "", 0, True, [None], "#/$defs/SPEAKER", "#/$defs/x", "#", {"$ref": "#"}, "(", -1)


def edited(raw: bytes) -> bytes:
    """The project's schema with a part replaced, or taken out, for each three bytes: which part, and by what."""
    root = json.loads(default_schema().raw)
    for at in range(0, min(len(raw), 30) - 2, 3):
        parts = [(holder, key) for holder in _holders(root) for key in (holder if isinstance(holder, dict) else ())]
        holder, key = parts[int.from_bytes(raw[at : at + 2], "big") % len(parts)] if parts else ({"": 0}, "")
        if raw[at + 2] % (len(ODD) + 1) == len(ODD):
            del holder[key]
        else:
            holder[key] = json.loads(json.dumps(ODD[raw[at + 2] % (len(ODD) + 1)]))
    return json.dumps(root).encode()


def _holders(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _holders(inner)


def schema(raw: bytes) -> None:
    """A schema is read, or refused in words, and a record held against it; bytes that begin no object are edits."""
    try:
        found = Schema(raw if raw.startswith(b"{") else edited(raw))
        SchemaFields(found)
    except ClaimspansError:
        return
    for label in found.labels:
        record = {"doc": "1", "label": label, "start": 0, "end": 1}
        list(schema_problems(Line("x", 1, record), record, "predicted_span", found))
        found.markdown(label)


TARGETS: Mapping[str, Callable[[bytes], None]] = {"reader": reader, "aligner": aligner, "schema": schema}
