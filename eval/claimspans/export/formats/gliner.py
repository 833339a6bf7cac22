"""GLiNER's training data: a passage in words, and its spans by their first and last word, both inclusive."""

from __future__ import annotations

import json
import re

from .passages import passages, token_ranges
from .task import Part, Task, losses

WORD = re.compile(r"\w+(?:[-_]\w+)*|\S")
"""As GLiNER itself cuts a text into words (its WhitespaceTokenSplitter): training must see what prediction sees."""


def export(task: Task) -> Part:
    """A JSON list with a passage a line; ``doc`` and ``start`` say where in the article it stands.

    ``ner_labels`` has every label: without it GLiNER draws the labels that a passage has no mention of from those near
    it, and none at all for a passage without any mention.
    """
    dropped = losses(task.documents)
    rows = []
    for passage in (passage for document in task.documents for passage in passages(document)):
        places = [found.span() for found in WORD.finditer(passage.text)]
        words = [passage.text[start:end] for start, end in places]
        ner = [[first, last, span.label] for first, last, span in token_ranges(places, passage.spans, dropped)]
        if words:
            row = {"doc": passage.doc, "start": passage.start, "tokenized_text": words, "ner": ner}
            rows.append(row | {"ner_labels": list(task.labels)})
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return Part(f"[\n{lines}\n]\n".encode() if rows else b"[]\n", dropped)
