"""A table of spans as CSV (RFC 4180, but line feeds alone): a span a row, an attribute a column."""

from __future__ import annotations

import csv
from collections import Counter
from typing import Any

from ...data.escapes import csv_text
from .task import CLAIMS, Part, Task, words

COLUMNS = ("doc", "id", "label", "start", "end", "text")


def export(task: Task) -> Part:
    """Offsets are code points in the article, half-open. A list is one cell, its parts separated by blanks.

    Words that a spreadsheet would take for a formula stand behind an apostrophe: the offsets say what the article has.
    """
    attributes = dict.fromkeys(attribute.name for label in task.labels.values() for attribute in label.attributes)
    rows: list[dict[str, Any]] = []
    for document in task.documents:
        for span in sorted(document.spans, key=lambda span: span.order):
            place = (
                document.doc,
                span.id,
                span.label,
                span.start,
                span.end,
                (document.text or "")[span.start : span.end],
            )
            given = {name: words(value) for name, value in span.attributes.items() if name in attributes}
            rows.append(dict(zip(COLUMNS, place, strict=True)) | given)
    dropped = Counter({CLAIMS: sum(len(document.claims) for document in task.documents)})
    # Every string in quotes: before Python 3.13 a carriage return alone would get none, and end its row for readers.
    return Part(csv_text([*COLUMNS, *attributes], rows, csv.QUOTE_NONNUMERIC).encode(), dropped)
