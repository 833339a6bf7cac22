"""GLiNER2's training data: JSON lines of a passage and, by label, the places of what is to be found in it."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

from .passages import passages, token_ranges
from .task import Part, Task, json_lines, losses


def export(task: Task) -> Part:
    """Each line has every label, those without a mention too, and what the schema says of each.

    Mentions have offsets in the passage, which GLiNER2 takes from 2.1 on: by their words alone it would learn every
    copy of them, those too that nobody marked.
    """
    dropped = losses(task.documents)
    descriptions = {name: label.description for name, label in task.labels.items() if label.description}
    rows = []
    for passage in (passage for document in task.documents for passage in passages(document)):
        places = [found.span() for found in word().finditer(passage.text)]
        entities: dict[str, list[dict[str, object]]] = {name: [] for name in task.labels}
        for _, _, span in token_ranges(places, passage.spans, dropped):
            mention = {"text": passage.text[span.start : span.end], "start": span.start, "end": span.end}
            entities[span.label].append(mention)
        output = {"entities": entities} | ({"entity_descriptions": descriptions} if descriptions else {})
        if places:
            rows.append({"input": passage.text, "output": output})
    return Part(json_lines(rows), dropped)


@cache
def word() -> re.Pattern[str]:
    """As GLiNER2 itself cuts a text into words (its WhitespaceTokenSplitter): it learns whole ones alone."""
    marks = "".join(sign for sign in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(sign)[0] == "M")
    letter = rf"[\w{marks}\u200c\u200d]"
    web = r"https?://\S+|www\.\S+|[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}|@[a-z0-9_]+"
    return re.compile(rf"{web}|{letter}+(?:[-_]{letter}+)*|\S", re.IGNORECASE)
