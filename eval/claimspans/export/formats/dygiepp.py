"""DyGIE++: an article as sentences of tokens, with spans and relations by their tokens (Wadden et al., 2019)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...data.records import Document
from ...text.sentences import sentences
from ...text.tokens import Place, tokens
from .passages import token_ranges
from .task import ATTRIBUTES, IN_ZONES, Part, Task, in_order, in_zone, json_lines, relations, unrelated

ACROSS = "spans and relations across sentences"


def export(task: Task) -> Part:
    """JSON lines: ``sentences``, and for each sentence ``ner`` and ``relations`` with token numbers of the article.

    Both ends of a range are inclusive. What lies in zones is left out; a relation has both spans in one sentence.
    """
    dropped = unrelated(task)
    rows = [_row(document, task, dropped) for document in task.documents]
    return Part(json_lines(rows), dropped)


def _row(document: Document, task: Task, dropped: Counter[str]) -> dict[str, object]:
    text = document.text or ""
    words: list[list[str]] = []
    places: list[Place] = []
    sentence_of: list[int] = []
    for start, end in _read(document):
        cut = tokens(text, start, end, rule="quotes")
        words.append([text[first:last] for first, last in cut])
        sentence_of += [len(words) - 1] * len(cut)
        places += cut
    ner: list[list[list[object]]] = [[] for _ in words]
    tied: list[list[list[object]]] = [[] for _ in words]
    spans = in_order(document)
    dropped[IN_ZONES] += sum(in_zone(document, span) for span in spans)
    inside = [span for span in spans if not in_zone(document, span)]
    ranges: dict[int, tuple[int, int]] = {}
    for first, last, span in token_ranges(places, inside, dropped):
        if sentence_of[first] != sentence_of[last]:
            dropped[ACROSS] += 1
            continue
        ranges[id(span)] = (first, last)
        ner[sentence_of[first]].append([first, last, span.label])
    for one in relations(spans, task.labels):
        source, target = (ranges.get(id(spans[place])) for place in (one.source, one.target))
        if source is None or target is None or sentence_of[source[0]] != sentence_of[target[0]]:
            dropped[ATTRIBUTES] += 1
        else:
            tied[sentence_of[source[0]]].append([*source, *target, one.name])
    return {"doc_key": document.doc, "dataset": "claimspans", "sentences": words, "ner": ner, "relations": tied}


def _read(document: Document) -> Iterator[Place]:
    """The sentences of what is read, none of which ends inside a span."""
    whole = [(span.start, span.end) for span in document.spans]
    for start, end in sentences(document.text or "", whole):
        if not any(zone.start < end and start < zone.end for zone in document.zones):
            yield start, end
            continue
        at = start
        for zone in sorted(document.zones, key=lambda each: each.start):
            if at < zone.start < end:
                yield at, zone.start
            if zone.start < end and start < zone.end:
                at = max(at, zone.end)
        if at < end:
            yield at, end
