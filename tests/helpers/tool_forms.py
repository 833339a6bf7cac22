"""The spans of an article as other tools write them."""

from __future__ import annotations

from typing import Any

from claimspans import Document


def spans_of(document: Document) -> list[tuple[str, int, int]]:
    return [(span.label, span.start, span.end) for span in document.spans]


def spacy(document: Document, key: str = "ents") -> dict[str, Any]:
    spans = [{"label": label, "start": start, "end": end} for label, start, end in spans_of(document)]
    groups = {"ents": spans} if key == "ents" else {"ents": [], "spans": {key: spans}}
    return {"text": document.text, **groups, "tokens": [{"id": 0, "start": 0, "end": 9}]}


def pipeline(document: Document) -> dict[str, Any]:
    found = [
        {"entity_group": label, "score": 0.5, "word": "##x", "start": start, "end": end}
        for label, start, end in spans_of(document)
    ]
    return {"doc": document.doc, "entities": found}


def gliner(document: Document) -> dict[str, Any]:
    found = [
        {"label": label, "score": 0.5, "text": (document.text or "")[start:end], "start": start, "end": end}
        for label, start, end in spans_of(document)
    ]
    return {"text": document.text, "entities": found}


def prodigy(document: Document, **more: Any) -> dict[str, Any]:
    spans = [
        {"label": label, "start": start, "end": end, "token_start": 0, "token_end": 1}
        for label, start, end in spans_of(document)
    ]
    return {"text": document.text, "_input_hash": 1, "_task_hash": 2, "tokens": [], "spans": spans} | more


def doccano(document: Document) -> dict[str, Any]:
    return {"id": 7, "text": document.text, "label": [[start, end, label] for label, start, end in spans_of(document)]}


def doccano_relations(document: Document) -> dict[str, Any]:
    entities = [
        {"id": number, "label": label, "start_offset": start, "end_offset": end}
        for number, (label, start, end) in enumerate(spans_of(document))
    ]
    return {"id": 7, "text": document.text, "entities": entities, "relations": []}
