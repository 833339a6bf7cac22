"""Tokens with BIO tags as JSON lines, a passage a line, with the offsets that lead back into the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from .passages import Passage, passages, token_ranges, tokens
from .task import IN_ZONES, INSIDE_TOKENS, OVERLAPPING, Part, Task, flat, in_zone, json_lines, losses


class Tagged(msgspec.Struct, frozen=True):
    """A passage in tokens: ``offsets`` are places in the article, ``tags`` are O, B-LABEL and I-LABEL (IOB2)."""

    doc: str
    tokens: list[str]
    offsets: list[tuple[int, int]]
    tags: list[str]


def export(task: Task) -> Part:
    rows, dropped = tagged(task)
    lines = (
        {"doc": row.doc, "tokens": row.tokens, "ner_tags": row.tags, "offsets": [list(place) for place in row.offsets]}
        for row in rows
    )
    return Part(json_lines(lines), dropped)


def tagged(task: Task) -> tuple[list[Tagged], Counter[str]]:
    """Every passage with its tags, and what tags cannot say: of spans that overlap the longest is kept."""
    dropped = losses(task.documents)
    rows = []
    for document in task.documents:
        dropped[IN_ZONES] += sum(in_zone(document, span) for span in document.spans)
        rows += [_tagged(passage, dropped) for passage in passages(document)]
    return rows, dropped


def _tagged(passage: Passage, dropped: Counter[str]) -> Tagged:
    places = tokens(passage.text)
    tags = ["O"] * len(places)
    kept = tuple(flat(passage.spans))
    dropped[OVERLAPPING] += len(passage.spans) - len(kept)
    for found in token_ranges(places, kept):
        if isinstance(found, tuple):
            first, last, span = found
            tags[first : last + 1] = [f"B-{span.label}", *[f"I-{span.label}"] * (last - first)]
        else:
            dropped[INSIDE_TOKENS] += 1
    return Tagged(
        passage.doc,
        [passage.text[start:end] for start, end in places],
        [(passage.start + start, passage.start + end) for start, end in places],
        tags,
    )


def tag_names(task: Task) -> Iterator[str]:
    """Every tag that the labels can have, O first."""
    yield "O"
    for label in task.labels:
        yield from (f"B-{label}", f"I-{label}")
