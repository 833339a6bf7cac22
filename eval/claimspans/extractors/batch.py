"""An extractor as a function of tables, for engines that cut an archive into batches and share them out."""

from __future__ import annotations

import atexit
import datetime
import os
import pickle
import tempfile
import threading
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ..data.column_types import Type
from ..data.corpus_folder import SCHEMA, shipped_corpus
from ..data.label_map import LabelMap
from ..data.offset_conventions import require_readings
from ..data.prediction_rows import arrow_schema, prediction_columns, row_of
from ..data.problems import ClaimspansError, short
from ..data.records import Document, Failure
from ..data.schema import Schema, default_schema, given_schema, read_schema
from ..text.dates import is_published
from ..version import VERSION
from .answer_reader import read_answer
from .contract import Answer, Article, Reading
from .offset_conventions import as_meant
from .registry import Setting, options_of, parse
from .run.schedule import AnyWorker, Schedule
from .run.system import no_id
from .run.workers import Hire, Limits, Pace, Worker, first_worker

if TYPE_CHECKING:
    import pyarrow as pa

IN = ("doc", "text", "published")
"""Columns that are read; published may be missing, others are passed over."""


def batch(
    uri: str,
    *,
    options: Mapping[str, Any] | None = None,
    label_map: LabelMap | None = None,
    read_as: Collection[str] = (),
    schema: Schema | os.PathLike[str] | str | None = None,
    size: int | None = None,
    limits: Limits | None = None,
) -> Batch:
    """The extractor of a URI as a function from tables of articles to tables of predictions.

    ``options``, ``label_map``, ``read_as`` and ``schema`` are as for `claimspans.run`, ``size`` is its ``batch``, and
    ``limits`` its limits, without one on memory unless it is given. Raises `ClaimspansError` for a URI that names
    nothing, options that the extractor does not know, and a schema that no table can hold.
    """
    address = parse(uri)
    require_readings(read_as)
    known = msgspec.to_builtins(options_of(address, options or {}))
    own = given_schema(schema) or default_schema()
    shipped = own.path == _shipped()
    made = Batch(
        Given(
            uri=uri,
            options=known,
            label_map=None if label_map is None else dict(label_map),
            read_as=tuple(sorted(read_as)),
            schema=None if shipped else (own.raw, own.name, own.path),
            size=size,
            limits=limits or Limits(),
        )
    )
    made.schema  # noqa: B018 -- what is wrong with it is said now, and not by each worker
    return made


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch function is made of, and all of it that is sent to other processes: never the model."""

    uri: str
    options: dict[str, Any]
    label_map: dict[str, str | None] | None
    read_as: tuple[str, ...]
    schema: tuple[bytes, str, Path | None] | None
    """None is the shipped one, which lies elsewhere on another machine."""
    size: int | None
    limits: Limits


class Batch:
    """Called with a table (or record batch) of ``doc``, ``text`` and ``published`` it gives one row to each row.

    The first call in a process starts a worker as those of `claimspans.run`, which loads the extractor once and takes
    the articles of all later calls: what an article does to it costs that article (docs/extractors.md, Faults). The
    rows stand in the order of those that came. ``status`` is done, partial or failed, ``spans`` and ``claims`` hold
    offsets in code points, ``rejected`` what could not be used, ``error`` why there is no answer, else null.
    """

    def __init__(self, given: Given) -> None:
        self._given = given

    def __reduce__(self) -> tuple[type[Batch], tuple[Given]]:
        return Batch, (self._given,)

    @cached_property
    def _labels(self) -> Schema:
        return Schema(*self._given.schema) if self._given.schema is not None else read_schema(_shipped())

    @cached_property
    def _columns(self) -> dict[str, Type]:
        return prediction_columns(self._labels)

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns of every table that it gives, of one without rows too."""
        return arrow_schema(self._columns)

    @property
    def settings(self) -> dict[str, Any]:
        """What tells its predictions from those of another, as far as that is known without loading the extractor."""
        given, schema = self._given, self._labels
        return {
            "uri": given.uri,
            "options": given.options,
            "label_map": given.label_map,
            "read_as": list(given.read_as),
            "schema": f"{schema.version}@{schema.sha256[:8]}",
            "claimspans": VERSION,
        }

    @property
    def identity(self) -> dict[str, Any]:
        """The settings with what the extractor says of itself, which is loaded for that."""
        return self.settings | {"extractor": dict(self._session.identity)}

    @property
    def _session(self) -> _Session:
        key = (os.getpid(), pickle.dumps(self._given))
        with _OPENING:
            if key not in _SESSIONS:
                _SESSIONS[key] = _Session(self._given, self._labels)
            return _SESSIONS[key]

    def __call__(self, table: pa.Table | pa.RecordBatch) -> pa.Table:
        """The predictions; raises `ClaimspansError` where a column is missing, and for what cannot be loaded."""
        import pyarrow as pa

        documents = list(self._answered([_read(row, self._labels) for row in _rows(table)]))
        rows = [self._row(document) for document in documents]
        try:
            return pa.Table.from_pylist(rows, schema=self.schema)
        except (pa.ArrowException, OverflowError):
            return pa.concat_tables([self._single(document) for document in documents])

    def _single(self, document: Document) -> pa.Table:
        """The row of an article; failed where it says what no column can hold, such as a number of a hundred digits."""
        import pyarrow as pa

        try:
            return pa.Table.from_pylist([self._row(document)], schema=self.schema)
        except (pa.ArrowException, OverflowError) as error:
            failed = _failed(document.doc, f"an answer that no table can hold: {error}")
            return pa.Table.from_pylist([self._row(failed)], schema=self.schema)

    def _row(self, document: Document) -> dict[str, Any]:
        return row_of(document, self._columns) | {"doc": document.doc or None}

    def _answered(self, found: Sequence[Article | Document]) -> Iterator[Document]:
        """The documents of what was read, in its order. A row that stands twice is asked for twice."""
        rounds: list[dict[str, Article]] = []
        place: list[int] = []
        seen: Counter[str] = Counter()
        for one in found:
            place.append(seen[one.doc])
            if isinstance(one, Article):
                if place[-1] == len(rounds):
                    rounds.append({})
                rounds[place[-1]][one.doc] = one
                seen[one.doc] += 1
        answers = [self._session.ask(list(asked.values())) for asked in rounds]
        for one, number in zip(found, place, strict=True):
            yield answers[number][one.doc] if isinstance(one, Article) else one


def _shipped() -> Path:
    return (shipped_corpus() / SCHEMA).resolve()


def _rows(table: pa.Table | pa.RecordBatch) -> list[dict[str, Any]]:
    """The columns that are read, row by row; a value that is no text is left as an exception."""
    missing = [name for name in IN[:2] if name not in table.schema.names]
    if missing:
        raise ClaimspansError(
            f"the table has no column {missing[0]}; it has {', '.join(table.schema.names) or 'none'}; expected "
            "doc, text and, where it is known, published: rename what holds them"
        )
    columns = {name: _values(table.column(name)) for name in IN if name in table.schema.names}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _values(column: pa.ChunkedArray | pa.Array) -> list[Any]:
    try:
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        values = []
        for scalar in column:
            try:
                values.append(scalar.as_py())
            except UnicodeDecodeError as error:
                values.append(error)
    return values


def _read(row: Mapping[str, Any], schema: Schema) -> Article | Document:
    """A row as an article; as one that has failed where it is none."""
    doc, text, published = row["doc"], row["text"], row.get("published")
    if isinstance(doc, int) and not isinstance(doc, bool):
        doc = str(doc)
    if not isinstance(doc, str):
        return _failed("", f"doc is {short(repr(doc))}; expected the id of the article")
    wrong = no_id(doc, schema)
    if wrong is None and not isinstance(text, str):
        wrong = "has no text" if text is None else f"text is {short(repr(text))}; expected a string"
    if isinstance(published, datetime.date):
        published = published.isoformat()[:10]
    if wrong is None and published is not None and not (isinstance(published, str) and is_published(published)):
        wrong = f"published is {short(repr(published))}; expected YYYY, YYYY-MM or YYYY-MM-DD of the calendar, or null"
    if wrong is not None:
        return _failed(doc, wrong)
    return Article(doc=doc, text=text, published=published)


def _failed(doc: str, detail: str) -> Document:
    return Document(doc=doc, status="failed", error=Failure(kind="invalid", detail=detail))


class _Session:
    """The worker of a process, which outlives the batches."""

    def __init__(self, given: Given, schema: Schema) -> None:
        """Start it; raises `ClaimspansError` where the extractor cannot be loaded."""
        self._handle, name = tempfile.mkstemp()
        Path(name).unlink()  # a process that is killed leaves nothing behind
        self._log = Path(f"/dev/fd/{self._handle}")
        self._given = given
        self._schema = schema
        self._lock = threading.Lock()
        self._pace = Pace()
        self._hire = Hire(
            address=parse(given.uri),
            options=given.options,
            setting=Setting.of(schema, given.label_map),
            limits=given.limits,
        )
        try:
            worker = first_worker(self._hire, self._log, self._pace)
        except BaseException:
            os.close(self._handle)
            raise
        self.identity = worker.identity
        self._size = given.size or worker.batch
        self._hire = msgspec.structs.replace(self._hire, identity=self.identity)
        self._worker: AnyWorker | None = worker
        atexit.register(self._close, os.getpid())

    def ask(self, articles: Sequence[Article]) -> dict[str, Document]:
        """What became of each article."""
        with self._lock:
            worker, self._worker = self._worker, None
            schedule = Schedule(
                articles,
                lambda _: Worker(self._hire, self._log, self._pace),
                self._read,
                lambda *_: None,
                workers=1,
                batch=self._size,
                first=worker,
                keep=self._keep,
            )
            return {settled.document.doc: settled.document for settled in schedule}

    def _read(self, article: Article, answer: Answer) -> Reading:
        return read_answer(article, as_meant(answer, self._given.read_as), self._schema, self._given.label_map)

    def _keep(self, worker: AnyWorker) -> None:
        self._worker = worker

    def _close(self, process: int) -> None:
        if os.getpid() == process and self._worker is not None:  # a fork's exit ends nothing of its parent
            self._worker.close()


_SESSIONS: dict[tuple[int, bytes], _Session] = {}
_OPENING = threading.Lock()
