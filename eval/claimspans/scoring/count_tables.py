"""Counts by article as Arrow tables: made of a batch of gold and predictions, and summed in any order and grouping."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, Unpack

import msgspec
import numpy as np

from ..data.label_map import LabelMap
from ..data.lines import rows_of
from ..data.problems import ClaimspansError
from ..data.reader import Lines
from ..data.records import Document
from ..data.schema import Schema, given_schema
from .article_rows import KINDS, NUMBERS, ArticleRows, Kind, Sums, article_rows
from .counts import FIELDS
from .entries import Name
from .inputs import Reading, TheLines, labels_of, read_sides
from .matching import SCHEMES, require_schemes
from .tasks import task_of

if TYPE_CHECKING:
    import pyarrow

_ABOUT = b"claimspans counts"
_OFFSETS = ("start", "end")
"""The parts of names that are whole numbers."""


class _About(msgspec.Struct, frozen=True):
    """What counts must have in common to add; it stands in the metadata of their table."""

    schemes: tuple[str, ...]
    schema: str | None


def counts(
    gold: pyarrow.Table,
    predictions: pyarrow.Table,
    *,
    schema: Schema | PathLike[str] | str | None = None,
    schemes: Sequence[str] | str = SCHEMES,
    label_map: LabelMap | None = None,
    read_as: Collection[str] = (),
) -> pyarrow.Table:
    """What is counted in each article of a batch: a row an article, in the order of their ids (`counts_schema`).

    Either table is in a form that `score` reads from Parquet: ``documents`` or ``spans`` of a published dataset, what
    `batch` returns, or records. The predictions are those of the gold's articles; one that they lack is all missed.
    `Result.of_counts` makes the score of rows, as many as there are. Raises what `score` raises.
    """
    schemes = (schemes,) if isinstance(schemes, str) else tuple(schemes)
    require_schemes(schemes)
    named = (("gold, row", gold), ("predictions, row", predictions))
    ours, theirs = (list(rows_of(table.to_pylist(), name)) for name, table in named)
    return count_lines(ours, theirs, given_schema(schema), schemes, label_map=label_map, read_as=read_as)


def count_lines(
    gold: Lines,
    predictions: Lines,
    schema: Schema | None,
    schemes: Sequence[str],
    **reading: Unpack[Reading],
) -> pyarrow.Table:
    """The `counts` of articles whose records are lines, each with its place.

    Raises `ClaimspansError` for a `Reading` that needs to know more than a part of the articles.
    """
    if reading.get("label_map") is not None and schema is None:
        raise ClaimspansError("a label map needs a schema here: a part of a gold may lack labels that it leads to")
    if "ids" in reading.get("read_as", ()):
        raise ClaimspansError("articles are joined by their ids: write those of the predictions as the gold does")
    sides = read_sides(TheLines(gold), TheLines(predictions), schema, **reading)
    return table_of(article_rows(task_of(*sides, schema), schema, schemes))


def counts_schema(schemes: Sequence[str] = SCHEMES, schema: Schema | None = None) -> pyarrow.Schema:
    """The columns of counts, the same for any labels; those of one score have the same schemes and schema.

    ``gold`` and ``answer`` are hashes of what the article has on either side, by which the same article is known again.
    """
    import pyarrow

    def entries(kind: Kind) -> Any:
        parts = [(name, pyarrow.int32() if name in _OFFSETS else pyarrow.string()) for name in kind.names]
        return pyarrow.list_(pyarrow.struct([*parts, *((name, pyarrow.int32()) for name in _columns(kind))]))

    about = _About(tuple(schemes), None if schema is None else schema.sha256)
    return pyarrow.schema(
        [
            ("doc", pyarrow.string()),
            ("status", pyarrow.string()),
            ("gold", pyarrow.uint64()),
            ("answer", pyarrow.uint64()),
            *((name, pyarrow.int32()) for name in NUMBERS),
            ("blank_edge", pyarrow.string()),
            *((name, entries(kind)) for name, kind in KINDS.items()),
        ],
        metadata={_ABOUT: msgspec.json.encode(about)},
    )


def _columns(kind: Kind) -> list[str]:
    """The columns of the counts; what has the name of a part is told apart."""
    return [f"{name}_count" if name in kind.names else name for name in kind.counts]


def table_of(rows: ArticleRows) -> pyarrow.Table:
    """The rows of articles as a table."""
    import pyarrow

    made = counts_schema(list(rows.tables), rows.schema)
    docs = rows.task.docs
    edges: dict[str, str] = {}
    for doc, words in rows.task.blank_edges:
        edges[doc] = min(words, edges.get(doc, words))
    plain: dict[str, Any] = {
        "doc": docs,
        "status": list(rows.task.statuses),
        "gold": rows.gold,
        "answer": np.array([_hash_of_answer(answer) for answer in rows.answers], dtype=np.uint64),
        "blank_edge": [edges.get(doc) for doc in docs],
        **rows.numbers,
    }
    columns = {name: pyarrow.array(column, made.field(name).type) for name, column in plain.items()}
    for name in KINDS:
        found = rows.entries(name)
        kind = made.field(name).type.value_type
        parts = [pyarrow.array([each[at] for each in found.names], field.type) for at, field in _parts(kind, name)]
        values = [part.take(pyarrow.array(found.name)) for part in parts]
        values += [pyarrow.array(column, pyarrow.int32()) for column in found.counts.T]
        offsets = np.searchsorted(found.article, np.arange(len(docs) + 1)).astype(np.int32)
        structs = pyarrow.StructArray.from_arrays(values, fields=list(kind))
        columns[name] = pyarrow.ListArray.from_arrays(pyarrow.array(offsets), structs, type=made.field(name).type)
    return pyarrow.Table.from_arrays([columns[name] for name in made.names], schema=made)


def _parts(kind: Any, name: str) -> Iterable[tuple[int, Any]]:
    return enumerate(list(kind)[: len(KINDS[name].names)])


def _hash_of_answer(answer: Document) -> int:
    """A hash in 64 bits of everything that is said of an article, whatever the order of its records."""
    told = msgspec.to_builtins(msgspec.structs.replace(answer, text=None))
    for name in ("spans", "claims", "rejected"):
        told[name] = sorted(json.dumps(one, sort_keys=True, default=str) for one in told[name])
    found = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).digest()
    return int.from_bytes(found[:8], "little")


class CountsSum:
    """A sum of tables of counts: what is held of an article is its id and its counts by scheme and label."""

    def __init__(self) -> None:
        self._about: _About | None = None
        self._place: dict[str, tuple[int, int, int]] = {}
        self._tables = 0
        self._statuses: list[str | None] = []
        self._numbers = dict.fromkeys(NUMBERS, 0)
        self._gold = 0
        self._edge: tuple[str, str] | None = None
        self._totals: dict[str, dict[Name, Any]] = {name: {} for name in KINDS if name != "schemes"}
        self._cells: dict[tuple[str, str], list[tuple[Any, Any]]] = {}

    def add(self, table: pyarrow.Table) -> None:
        """Add rows; an article that is there already is left out, with other counts a `ClaimspansError`."""
        self._tables += 1
        self._refuse_other(table)
        table = self._new(table)
        if not table.num_rows:
            return
        first = len(self._statuses)
        docs = table.column("doc").to_pylist()
        self._statuses += table.column("status").to_pylist()
        for name in NUMBERS:
            self._numbers[name] += int(np.sum(table.column(name).to_numpy(), dtype=np.int64))
        self._gold = (self._gold + sum(table.column("gold").to_pylist())) % 2**64
        told = zip(docs, table.column("blank_edge").to_pylist(), strict=True)
        edges = [(doc, words) for doc, words in told if words is not None]
        self._edge = min([*edges, *([] if self._edge is None else [self._edge])], default=None)
        self._take_cells(table.column("schemes").combine_chunks(), first)
        for name in self._totals:
            self._take(name, table.column(name).combine_chunks())

    def _refuse_other(self, table: pyarrow.Table) -> None:
        told = (table.schema.metadata or {}).get(_ABOUT)
        if told is None:
            raise ClaimspansError("a table that claimspans.counts has not made: its metadata say nothing of schemes")
        about = msgspec.json.decode(told, type=_About)
        if self._about is not None and about != self._about:
            raise ClaimspansError(
                f"counts of {self._said(self._about)} and of {self._said(about)} do not add: count all alike"
            )
        self._about = about

    @staticmethod
    def _said(about: _About) -> str:
        return f"{', '.join(about.schemes)} under {'no schema' if about.schema is None else about.schema[:8]}"

    def _new(self, table: pyarrow.Table) -> pyarrow.Table:
        """The rows of articles that are not there yet."""
        kept: list[int] = []
        columns = (table.column(name).to_pylist() for name in ("doc", "gold", "answer"))
        for at, (doc, gold, answer) in enumerate(zip(*columns, strict=True)):
            found = self._place.setdefault(doc, (gold, answer, self._tables))
            if found[:2] != (gold, answer):
                raise ClaimspansError(
                    f"{doc}: tables {found[2]} and {self._tables} have this article with different contents; "
                    "count each article once"
                )
            if len(self._place) > len(self._statuses) + len(kept):
                kept.append(at)
        return table if len(kept) == table.num_rows else table.take(np.array(kept, dtype=np.int64))

    def _take_cells(self, lists: Any, first: int) -> None:
        import pyarrow.compute as arrow

        article = np.asarray(arrow.list_parent_indices(lists)).astype(np.int32) + np.int32(first)
        flat = lists.flatten()
        key = arrow.binary_join_element_wise(flat.field("scheme"), flat.field("label"), "\t").dictionary_encode()
        codes = np.asarray(key.indices)
        found = np.stack([np.asarray(flat.field(name)) for name in FIELDS], axis=1)
        found = found.astype(np.int16 if found.max(initial=0) < 2**15 else np.int32)
        for code, name in enumerate(key.dictionary.to_pylist()):
            scheme, _, label = name.partition("\t")
            here = codes == code
            self._cells.setdefault((scheme, label), []).append((article[here], found[here]))

    def _take(self, name: str, lists: Any) -> None:
        import pyarrow

        kind, total = KINDS[name], self._totals[name]
        flat = lists.flatten()
        if not len(flat):
            return
        table = pyarrow.Table.from_arrays(flat.flatten(), names=[field.name for field in flat.type])
        sums = table.group_by(list(kind.names)).aggregate([(column, "sum") for column in _columns(kind)])
        keys = zip(*(sums.column(part).to_pylist() for part in kind.names), strict=True)
        values = np.stack([sums.column(f"{column}_sum").to_numpy() for column in _columns(kind)], axis=1)
        for key, value in zip(keys, values, strict=True):
            total[key] = total[key] + value if key in total else value

    def sums(self, schema: Schema | None = None) -> Sums:
        """The sum; raises `ClaimspansError` where nothing was added, or the schema is not that of the counts."""
        about = self._about
        if about is None:
            raise ClaimspansError("no counts to sum; expected the tables of claimspans.counts")
        if about.schema != (None if schema is None else schema.sha256):
            raise ClaimspansError(f"the counts are of {self._said(about)}: give the schema that they were counted with")
        docs = list(self._place)
        order = sorted(range(len(docs)), key=docs.__getitem__)
        rank = np.empty(len(docs), dtype=np.int32)
        rank[order] = np.arange(len(docs), dtype=np.int32)
        labels = labels_of(schema, {label for _, label in self._cells})
        tables = {}
        for scheme in about.schemes:
            held = {label: self._cells[scheme, label] for label in labels if (scheme, label) in self._cells}
            kinds = [cells.dtype for parts in held.values() for _, cells in parts]
            table = np.zeros((len(docs), len(labels), len(FIELDS)), dtype=np.result_type(np.int16, *kinds))
            for label, parts in held.items():
                for article, cells in parts:
                    table[rank[article], labels.index(label)] = cells
            tables[scheme] = table
        return Sums(
            docs=[docs[at] for at in order],
            labels=labels,
            tables=tables,
            statuses=[self._statuses[at] for at in order],
            numbers=self._numbers,
            gold=self._gold,
            edge=self._edge,
            total=lambda kind: {key: tuple(map(int, value)) for key, value in self._totals[kind].items()},
        )
