"""A table of spans as CSV (RFC 4180, but line feeds alone): a span a row, an attribute a column."""

from __future__ import annotations

import csv
import io
from collections import Counter

from .task import CLAIMS, Part, Task, words

COLUMNS = ("doc", "id", "label", "start", "end", "text")


def export(task: Task) -> Part:
    """Offsets are code points in the article, half-open. A list is one cell, its parts separated by blanks."""
    attributes = dict.fromkeys(attribute.name for label in task.labels.values() for attribute in label.attributes)
    text = io.StringIO()
    # Every string in quotes: before Python 3.13 a carriage return alone would get none, and end its row for readers.
    writer = csv.DictWriter(
        text, [*COLUMNS, *attributes], lineterminator="\n", restval="", quoting=csv.QUOTE_NONNUMERIC
    )
    writer.writeheader()
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
            writer.writerow(dict(zip(COLUMNS, place, strict=True)) | given)
    dropped = Counter({CLAIMS: sum(len(document.claims) for document in task.documents)})
    return Part(text.getvalue().encode(), dropped)
