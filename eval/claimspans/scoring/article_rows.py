"""What is counted in each article: a row of counts, of which every figure of a score is a sum."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec
import numpy as np

from ..data.attribute_columns import UNSAID, AttributeColumns, CodesByArticle
from ..data.hashes import number_of
from ..data.records import Claim, Document, claim_record
from ..data.schema import Schema
from .attribute_counts import Sides, attribute_entries, standing_for, words_by_article
from .attributes import AttributeScore
from .claims import claim_counts
from .counts import FIELDS, Counts
from .entries import Entries, Name, entries_of
from .inputs import Task
from .matching import Pairs, align
from .overlaps import Ints
from .reach import ends, starts
from .slips import slips
from .tables import Table, characters, confusion, tabulate


class Kind(msgspec.Struct, frozen=True):
    """What is counted under names: the parts of a name, and the counts, all of which add."""

    names: tuple[str, ...]
    counts: tuple[str, ...]


KINDS: Mapping[str, Kind] = {
    "schemes": Kind(("scheme", "label"), FIELDS),
    "attributes": Kind(("attribute",), AttributeScore.__struct_fields__),
    "claims": Kind(("part",), FIELDS),
    "characters": Kind(("label",), ("gold", "predicted", "both")),
    "confusion": Kind(("gold", "predicted"), ("spans",)),
    "rejected": Kind(("reason",), ("records",)),
    "dropped": Kind(("label",), ("spans",)),
    "slips": Kind(("reading",), ("right",)),
    "starts": Kind(("label", "start"), ("spans",)),
    "ends": Kind(("end",), ("articles",)),
}
"""``confusion`` has None for no gold span and for no prediction, ``slips`` the predictions that would be strictly right
under another reading of their offsets, ``starts`` where gold spans begin, ``ends`` where the last prediction ends."""

NUMBERS = ("ignored", "fuzzy", "blank_edges")
"""Predictions in zones, quotes that are only nearly in the article, gold spans with white space at an edge."""


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """The sum of rows: ``tables`` are articles × labels × `FIELDS` by scheme, in the order of the articles' ids.

    ``total`` gives the counts of one of the `KINDS` by name. ``gold`` is the sum of the articles' hashes, ``edge`` the
    first article with white space at the edge of a gold span, and its words.
    """

    docs: Sequence[str]
    labels: list[str]
    tables: Mapping[str, Table]
    statuses: Sequence[str | None]
    numbers: Mapping[str, int]
    gold: int
    edge: tuple[str, str] | None
    total: Any  # a function; msgspec would look its type up

    def of(self, kind: str) -> Mapping[Name, tuple[int, ...]]:
        """The sum of one of the `KINDS`, by name."""
        found: Mapping[Name, tuple[int, ...]] = self.total(kind)
        return found

    def named(self, kind: str) -> dict[Name, dict[str, int]]:
        """The same, each count under what it counts."""
        return {name: dict(zip(KINDS[kind].counts, counts, strict=True)) for name, counts in self.of(kind).items()}


def article_rows(task: Task, schema: Schema | None, schemes: Sequence[str]) -> ArticleRows:
    """Match the spans of a task once under every scheme that is asked for or needed, and count them."""
    needed = () if task.said is None else ("strict", "type")
    tables, pairs = tabulate(task.gold, task.predicted, len(task.docs), len(task.labels), schemes, needed)
    return ArticleRows(task, schema, tables, pairs)


class ArticleRows:
    """The rows of the articles of a task; what takes time and is not always asked for is counted when it is."""

    def __init__(
        self, task: Task, schema: Schema | None, tables: Mapping[str, Table], pairs: Mapping[str, Pairs]
    ) -> None:
        self.task = task
        self.schema = schema
        self.tables = tables
        self._matched = pairs
        self._kept: dict[str, Entries] = {}

    def sums(self) -> Sums:
        """Of all articles."""
        task = self.task
        return Sums(
            docs=task.docs,
            labels=task.labels,
            tables=self.tables,
            statuses=task.statuses,
            numbers={name: int(column.sum()) for name, column in self.numbers.items()},
            gold=int(self.gold.sum(dtype=np.uint64)),
            edge=min(task.blank_edges, default=None),
            total=lambda kind: self.entries(kind).total(),
        )

    @cached_property
    def pairs(self) -> Mapping[str, Pairs]:
        """How each scheme pairs the spans, as positions in the columns of the task; strict, partial and type too."""
        missing = [scheme for scheme in ("strict", "partial", "type") if scheme not in self._matched]
        return {**self._matched, **(align(self.task.gold, self.task.predicted, missing) if missing else {})}

    @cached_property
    def answers(self) -> list[Document]:
        """The articles as they are predicted; none where both sides were read as columns."""
        return [answer for _, answer in self.task.documents or ()]

    @cached_property
    def numbers(self) -> Mapping[str, Ints]:
        """`NUMBERS`, by article."""
        edges = Counter(doc for doc, _ in self.task.blank_edges)
        fuzzy = [sum(span.alignment == "fuzzy" for span in answer.spans) for answer in self.answers]
        return {
            "ignored": self.task.ignored,
            "fuzzy": np.array(fuzzy, dtype=np.int64) if fuzzy else np.zeros(len(self.task.docs), dtype=np.int64),
            "blank_edges": np.array([edges[doc] for doc in self.task.docs], dtype=np.int64),
        }

    @cached_property
    def gold(self) -> Any:
        """A hash of each article of the gold in 64 bits: of its spans, attributes that are scored, zones and claims."""
        found = hashes_of_columns(self.task, self.schema)
        for number, (claims, _) in self.task.claims.items():
            if claims:  # the sum wraps round, as that of rows does
                found[number : number + 1] += np.uint64(hash_of_claims(self.task.docs[number], claims))
        return found

    def entries(self, kind: str) -> Entries:
        """The rows' counts of one of the `KINDS`."""
        if kind not in self._kept:
            self._kept |= self._counted(kind)
        return self._kept[kind]

    def _counted(self, kind: str) -> dict[str, Entries]:
        task, labels = self.task, self.task.labels
        own = {"attributes": self._attributes, "claims": self._claims, "schemes": self._schemes}
        if kind in own:
            return {kind: own[kind]()}
        if kind == "characters":
            return {kind: characters(task.gold, task.predicted, labels)}
        if kind == "confusion":
            return {kind: confusion(task.gold, task.predicted, self.pairs["partial"], labels)}
        if kind == "starts":
            return {kind: starts(task.gold, labels)}
        if kind == "ends":
            return {kind: ends(task.predicted)}
        if kind == "slips":
            texts = None if task.documents is None else [document.text for document, _ in task.documents]
            return {kind: slips(task.gold, task.predicted, texts)}
        if kind == "dropped":
            number = {doc: at for at, doc in enumerate(task.docs)}
            told = ((number[doc], (label,), (count,)) for (doc, label), count in task.dropped.items() if doc in number)
            return {kind: entries_of(told, 1)}
        reasons = (Counter(one.reason for one in answer.rejected) for answer in self.answers)
        counted = ((at, (reason,), (n,)) for at, found in enumerate(reasons) for reason, n in found.items())
        return {kind: entries_of(counted, 1)}

    def _schemes(self) -> Entries:
        return entries_of(
            (
                (int(at), (scheme, self.task.labels[label]), tuple(table[at, label].tolist()))
                for scheme, table in self.tables.items()
                for at, label in zip(*np.nonzero(table.any(axis=2)), strict=True)
            ),
            len(FIELDS),
        )

    @cached_property
    def stands_for(self) -> list[dict[str, str]]:
        """By article, ids of predicted spans → those of the gold spans that the ``type`` alignment pairs them with."""
        return words_by_article(self._named, self._said[0].values, len(self.task.docs))

    @property
    def _said(self) -> tuple[AttributeColumns, AttributeColumns]:
        if self.task.said is None:
            raise ValueError("spans of which only the places were read have no ids")
        return self.task.said

    @cached_property
    def _named(self) -> CodesByArticle:
        return standing_for(self.task.gold, *self._said, self.pairs["type"])

    def _claims(self) -> Entries:
        found: list[tuple[int, Name, Sequence[int]]] = []
        lost = Counter(at for at, answer in enumerate(self.answers) for one in answer.rejected if one.type == "claim")
        for number in self.task.claims.keys() | lost.keys():
            own, given = self.task.claims.get(number, ((), ()))
            whole, filled = claim_counts(own, given, self.stands_for[number])
            both = (("whole", whole + Counts(SPU=lost[number])), ("slots", filled))
            found += ((number, (part,), msgspec.structs.astuple(counts)) for part, counts in both)
        return entries_of(found, len(FIELDS))

    def _attributes(self) -> Entries:
        task = self.task
        if task.said is None or self.schema is None:
            return entries_of((), len(KINDS["attributes"].counts))
        strict = self.pairs["strict"]
        full = strict.credit == 2
        matched = (strict.gold[full], strict.predicted[full])
        sides = Sides(task.labels, task.gold, task.predicted, *task.said, matched, self._named)
        return attribute_entries(self.schema, sides, len(task.docs))


def more_than_spans(document: Document, schema: Schema | None) -> bool:
    """Whether an article of the gold has claims, or attributes that a schema knows."""
    return bool(document.claims) or (schema is not None and any(span.attributes for span in document.spans))


def hash_of_claims(doc: str, claims: Iterable[Claim]) -> int:
    """A hash of an article's claims in 64 bits, whatever their order."""
    return number_of(json.dumps([claim_record(doc, claim) for claim in claims_in_order(claims)], sort_keys=True))


def in_order(document: Document) -> Document:
    spans = sorted(
        document.spans, key=lambda span: (span.order, _natural(span.id), repr(sorted(span.attributes.items())))
    )
    return msgspec.structs.replace(document, spans=tuple(spans), claims=tuple(claims_in_order(document.claims)))


def claims_in_order(claims: Iterable[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: (_natural(claim.id), repr(claim)))


def _natural(name: str | None) -> tuple[int, str]:
    """The order of ids in which c2 stands before c10."""
    return (len(name or ""), name or "")


_ROWS = 1 << 18
"""Rows that are mixed at a time."""


def hashes_of_columns(task: Task, schema: Schema | None) -> Any:
    """A sum over each article's gold spans and zones, mixed into 64 bits: the order of the lines does not matter.

    What a span says is mixed in where a schema knows its attributes: these, and its id, which others refer to.
    """
    docs, labels = (_numbers(names) for names in (task.docs, task.labels))
    found = np.zeros(len(task.docs), dtype=np.uint64)
    said = task.said[0] if task.said is not None and schema is not None else None
    values = _hashes_of_values(said) if said is not None else None
    for first in range(0, len(task.gold), _ROWS):
        part = task.gold.cut(first, first + _ROWS)
        row = docs[part.doc] ^ (labels[part.label] * _ODD)
        row = _mixed(_mixed(row, part.start), part.end)
        if said is not None and values is not None:
            codes, ids = said.codes[first : first + _ROWS], said.ids[first : first + _ROWS]
            for column in range(codes.shape[1]):
                here = np.flatnonzero(codes[:, column] != UNSAID)
                row[here] = _mixed(row[here], values[codes[here, column]] + np.uint64(column))
            here = np.flatnonzero((codes != UNSAID).any(axis=1) & (ids != UNSAID))
            row[here] = _mixed(row[here], values[ids[here]])
        np.add.at(found, part.doc, row)
    zones = np.array(task.zones, dtype=np.int64).reshape(-1, 3)
    np.add.at(found, zones[:, 0], _mixed(_mixed(docs[zones[:, 0]], zones[:, 1]), zones[:, 2]))
    return found


_ODD, _MIXER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
"""Of SplitMix64 (Steele et al., 2014)."""


def _mixed(row: Any, column: Any) -> Any:
    row = (row ^ column.astype(np.uint64)) * _MIXER
    return row ^ (row >> np.uint64(29))


def _numbers(names: Iterable[str]) -> Any:
    return np.array([number_of(name) for name in names], dtype=np.uint64)


def _hashes_of_values(said: AttributeColumns) -> Any:
    """A hash of each value that the gold has, by its code."""
    used = np.union1d(said.codes, said.ids)
    used = used[used != UNSAID]
    found = np.zeros(len(said.values.listed), dtype=np.uint64)
    found[used] = _numbers(json.dumps(said.values.listed[code]) for code in used.tolist())
    return found
