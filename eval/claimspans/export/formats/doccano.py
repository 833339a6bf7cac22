"""doccano: an article a line, with entities and relations, for a project of sequence labelling with relations."""

from __future__ import annotations

from itertools import count

from .task import Part, Task, in_order, json_lines, relations, unrelated


def export(task: Task) -> Part:
    """JSON lines of doccano 1.8; what else stands on a line, here ``doc``, becomes the metadata of its text."""
    numbers = count(1)
    rows = []
    for document in task.documents:
        spans = in_order(document)
        ids = [next(numbers) for _ in spans]
        entities = [
            {"id": number, "label": span.label, "start_offset": span.start, "end_offset": span.end}
            for span, number in zip(spans, ids, strict=True)
        ]
        tied = [
            {"id": number, "from_id": ids[one.source], "to_id": ids[one.target], "type": one.name}
            for number, one in enumerate(relations(spans, task.labels), 1)
        ]
        rows.append({"doc": document.doc, "text": document.text or "", "entities": entities, "relations": tied})
    return Part(json_lines(rows), unrelated(task))
