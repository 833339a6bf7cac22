"""The score under one scheme: a table of counts by article and label, and what derives from it by addition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec

from .counts import Counts
from .signature import RESAMPLES, SEED
from .significance import bootstrap
from .tables import Table, counts_of


class Macro(msgspec.Struct, frozen=True):
    """Means over the labels that have gold spans or predictions, each over those where it is defined."""

    precision: float | None
    recall: float | None
    f1: float | None


class SchemeScore:
    """The score under one scheme: a table of counts by article and label, and what derives from it by addition."""

    def __init__(self, scheme: str, labels: Sequence[str], table: Table) -> None:
        """``table`` is articles × labels × `FIELDS`."""
        self.scheme = scheme
        self.names = list(labels)
        self.table = table

    @cached_property
    def micro(self) -> Counts:
        return counts_of(self.table.sum(axis=(0, 1)))

    @cached_property
    def labels(self) -> Mapping[str, Counts]:
        return {name: counts_of(row) for name, row in zip(self.names, self.table.sum(axis=0), strict=True)}

    @property
    def articles(self) -> list[Counts]:
        """Over all labels, for each article in the order of the gold."""
        return [counts_of(row) for row in self.table.sum(axis=1)]

    @property
    def macro(self) -> Macro:
        shown = [counts for counts in self.labels.values() if counts.POS or counts.ACT]
        columns = ([c.precision for c in shown], [c.recall for c in shown], [c.f1 for c in shown])
        means = []
        for column in columns:
            defined = [value for value in column if value is not None]
            means.append(sum(defined) / len(defined) if defined else None)
        return Macro(*means)

    @cached_property
    def interval(self) -> dict[str, tuple[float, float]]:
        """95 % percentile bootstrap over articles of micro precision, recall and F1; empty below two articles."""
        return bootstrap([self.table.sum(axis=1)], SEED, RESAMPLES)[0]

    def to_dict(self, docs: Sequence[str] = (), *, interval: bool = True) -> dict[str, Any]:
        """With ``docs``, the names of the articles, also by article; with ``interval`` that of the micro figures."""
        by_article = {doc: counts.to_dict() for doc, counts in zip(docs, self.articles, strict=True)} if docs else {}
        ends = {"interval": {name: list(pair) for name, pair in self.interval.items()}} if interval else {}
        return {
            "micro": self.micro.to_dict() | ends,
            "macro": msgspec.structs.asdict(self.macro),
            "labels": {name: counts.to_dict() for name, counts in self.labels.items()},
        } | ({"articles": by_article} if docs else {})
