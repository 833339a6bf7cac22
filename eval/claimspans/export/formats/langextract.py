"""LangExtract examples: its annotated documents as JSON lines, a passage a line, extractions in reading order."""

from __future__ import annotations

from collections.abc import Mapping

from ...data.records import Span
from ...data.schema import Label
from .passages import passages
from .task import ATTRIBUTES, Part, Task, attribute_count, attribute_of, in_zone, json_lines, losses, names_spans
from .task import words as as_words


def export(task: Task) -> Part:
    """What ``langextract.io`` reads: offsets half-open in characters of the passage, attributes as strings.

    LangExtract has no null: an attribute that says nothing is left out. One that names spans quotes them.
    """
    dropped = losses(task.documents)
    dropped[ATTRIBUTES] = 0
    rows = []
    for document in task.documents:
        quotes = {span.id: (document.text or "")[span.start : span.end] for span in document.spans}
        dropped[ATTRIBUTES] += attribute_count(span for span in document.spans if in_zone(document, span))
        rows += [
            {
                "document_id": f"{document.doc}:{passage.start}",
                "text": passage.text,
                "extractions": [
                    {
                        "extraction_class": span.label,
                        "extraction_text": passage.text[span.start : span.end],
                        "char_interval": {"start_pos": span.start, "end_pos": span.end},
                        "alignment_status": "match_exact",
                        "extraction_index": number,
                        "attributes": _attributes(span, task.labels, quotes),
                    }
                    for number, span in enumerate(passage.spans, 1)
                ],
            }
            for passage in passages(document)
        ]
    return Part(json_lines(rows), dropped)


def _attributes(span: Span, labels: Mapping[str, Label], quotes: Mapping[str | None, str]) -> dict[str, object]:
    shown: dict[str, object] = {}
    for name, value in span.attributes.items():
        if isinstance(value, tuple) and value:
            named = names_spans(attribute_of(labels, span, name))
            shown[name] = [quotes.get(each, each) for each in value] if named else list(value)
        elif value is not None and value != ():
            shown[name] = as_words(value)
    return shown
