"""How a trained system's scores grow with the articles that it is trained on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import msgspec

from ..data.records import Document
from .counts import Counts
from .score import score

SCHEMES = ("strict", "partial")
Extract = Callable[[Iterable[Document]], Iterator[Document]]
Train = Callable[[Sequence[Document]], Extract]


class Run(msgspec.Struct, frozen=True):
    """One training: the articles of either side, and for each scheme the counts by label, and of all as "all"."""

    trained_on: tuple[str, ...]
    tested_on: tuple[str, ...]
    counts: Mapping[str, Mapping[str, Counts]]

    def to_dict(self) -> dict[str, Any]:
        shown = {
            scheme: {label: each.to_dict() for label, each in counts.items()} for scheme, counts in self.counts.items()
        }
        return {"trained_on": list(self.trained_on), "tested_on": list(self.tested_on), "schemes": shown}


class Point(msgspec.Struct, frozen=True):
    """F1 of all runs with so many training articles; None where it is undefined in all of them.

    ``pooled`` is that of their counts added up: with all articles but one, the figure of leaving one out.
    """

    articles: int
    runs: int
    mean: float | None
    least: float | None
    most: float | None
    pooled: float | None

    def to_dict(self) -> dict[str, Any]:
        return msgspec.structs.asdict(self)


def subsets(docs: Sequence[str]) -> list[tuple[str, ...]]:
    """Every choice of articles that leaves at least one to test on, the smallest first: 2ⁿ - 2 of them."""
    return [chosen for size in range(1, len(docs)) for chosen in combinations(docs, size)]


def run(gold: Sequence[Document], chosen: Sequence[str], train: Train) -> Run:
    """Train on the chosen articles of a gold, and score what the others are predicted to hold, as `tested` does."""
    ours = [document for document in gold if document.doc in chosen]
    return tested(ours, [document for document in gold if document.doc not in chosen], train(ours))


def tested(ours: Sequence[Document], others: Sequence[Document], extract: Extract) -> Run:
    """Score what a system that was trained on ``ours`` predicts the other articles to hold.

    The system sees the texts of the others and when they were published, and neither their spans nor their zones.
    """
    plain = [Document(doc=document.doc, text=document.text, published=document.published) for document in others]
    result = score(others, list(extract(plain)), schemes=SCHEMES)
    counts = {name: {**result[name].labels, "all": result[name].micro} for name in SCHEMES}
    return Run(tuple(document.doc for document in ours), tuple(document.doc for document in others), counts)


def points(runs: Sequence[Run], scheme: str, label: str = "all") -> list[Point]:
    """The curve of a scheme, and of a label or of all: a point for each number of training articles."""
    found = []
    for articles in sorted({len(each.trained_on) for each in runs}):
        counts = [each.counts[scheme].get(label, Counts()) for each in runs if len(each.trained_on) == articles]
        known = [each.f1 for each in counts if each.f1 is not None]
        pooled = sum(counts, Counts()).f1
        mean = sum(known) / len(known) if known else None
        found.append(Point(articles, len(counts), mean, min(known, default=None), max(known, default=None), pooled))
    return found
