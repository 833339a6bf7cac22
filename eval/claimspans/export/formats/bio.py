"""Tokens with BIO tags as JSON lines, a passage a line, with the offsets that lead back into the article."""

from __future__ import annotations

from collections import Counter

import msgspec

from ...data.bio import encode
from ...text.tokens import tokens
from .passages import Passage, passages, token_ranges
from .task import OVERLAPPING, Part, Task, flat, json_lines, losses


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
    rows = [_tagged(passage, dropped) for document in task.documents for passage in passages(document)]
    return [row for row in rows if row.tokens], dropped


def _tagged(passage: Passage, dropped: Counter[str]) -> Tagged:
    places = tokens(passage.text, rule="quotes")
    whole = [span for _, _, span in token_ranges(places, passage.spans, dropped)]
    kept = list(flat(whole))
    dropped[OVERLAPPING] += len(whole) - len(kept)
    tags, _ = encode(places, kept)
    return Tagged(
        passage.doc,
        [passage.text[start:end] for start, end in places],
        [(passage.start + start, passage.start + end) for start, end in places],
        tags,
    )
