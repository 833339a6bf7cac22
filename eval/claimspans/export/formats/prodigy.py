"""Prodigy: an article a task, with its tokens, spans and relations, as its recipes and ``db-in`` take them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ...text.tokens import Place, tokens
from .passages import token_ranges
from .task import Part, Relation, Task, in_order, json_lines, relations, unrelated


def export(task: Task) -> Part:
    """JSON lines. A span whose edges are inside a token is dropped: Prodigy marks whole tokens.

    A relation leads from the last token of its span to that of the other one (https://prodi.gy/docs/api-interfaces).
    """
    dropped = unrelated(task)
    rows = []
    for document in task.documents:
        text = document.text or ""
        places = tokens(text, rule="quotes")
        ordered = in_order(document)
        spans = {
            id(span): {"start": span.start, "end": span.end, "label": span.label}
            | {"token_start": first, "token_end": last}
            for first, last, span in token_ranges(places, ordered, dropped)
        }
        marked = [spans.get(id(span)) for span in ordered]
        rows.append(
            {
                "text": text,
                "meta": {"doc": document.doc},
                "tokens": _tokens(text, places),
                "spans": [span for span in marked if span is not None],
                "relations": list(_relations(relations(ordered, task.labels), marked)),
                "answer": "accept",
            }
        )
    return Part(json_lines(rows), dropped)


def _tokens(text: str, places: Sequence[Place]) -> list[dict[str, Any]]:
    return [
        {"text": text[start:end], "start": start, "end": end, "id": number, "ws": text[end : end + 1].isspace()}
        for number, (start, end) in enumerate(places)
    ]


def _relations(tied: Iterable[Relation], marked: Sequence[dict[str, Any] | None]) -> Iterator[dict[str, Any]]:
    for one in tied:
        head, child = marked[one.source], marked[one.target]
        if head is not None and child is not None:
            ends = {"head": head["token_end"], "child": child["token_end"]}
            yield ends | {"head_span": head, "child_span": child, "label": one.name}
