"""GLiNER2's training data: JSON lines of a passage and, by label, the words that are to be found in it."""

from __future__ import annotations

from .passages import passages
from .task import IN_ZONES, REPEATED, Part, Task, in_zone, json_lines, losses


def export(task: Task) -> Part:
    """Each line has every label, those without a mention too, and what the schema says of each.

    GLiNER2 names words, not places: words that one label has twice in a passage stand once.
    """
    dropped = losses(task.documents)
    descriptions = {name: label.description for name, label in task.labels.items() if label.description}
    rows = []
    for document in task.documents:
        dropped[IN_ZONES] += sum(in_zone(document, span) for span in document.spans)
        for passage in passages(document):
            entities: dict[str, list[str]] = {name: [] for name in task.labels}
            for span in passage.spans:
                words = passage.text[span.start : span.end]
                if words in entities[span.label]:
                    dropped[REPEATED] += 1
                else:
                    entities[span.label].append(words)
            output = {"entities": entities} | ({"entity_descriptions": descriptions} if descriptions else {})
            rows.append({"input": passage.text, "output": output})
    return Part(json_lines(rows), dropped)
