"""What a caller hands to the scorer: paths, frames, records or Documents, as Documents or as columns."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, TypedDict, Unpack

import msgspec
import numpy as np

from ..data.attribute_columns import AttributeColumns
from ..data.escapes import terminal
from ..data.label_map import LabelMap, Relabelling
from ..data.layer import Layer
from ..data.lines import rows_of, scan
from ..data.manifest import refuse_other_articles
from ..data.offset_conventions import require_readings
from ..data.predictions import predictions_path, read_gold, read_predictions
from ..data.problems import ClaimspansError
from ..data.reader import Articles, Lines
from ..data.records import Claim, Document
from ..data.schema import Schema
from ..data.span_columns import SpanColumns, read_span_columns
from .counts import Floats
from .overlaps import Bools, Columns, Ints


class Reading(TypedDict, total=False):
    """How predictions are read that are records or files: under a label map, and under `READINGS` of their offsets."""

    label_map: LabelMap | None
    read_as: Collection[str]


class Task(msgspec.Struct, frozen=True):
    """Gold and predictions side by side, by the articles' ids.

    ``documents`` is None where both files were read as columns.
    """

    docs: list[str]
    labels: list[str]
    gold: Columns
    predicted: Columns
    documents: list[tuple[Document, Document]] | None
    ignored: Ints
    """By article, the predictions that lie wholly in a zone."""
    scores: Floats | None = None
    """How sure the system is of each prediction, where it says so of all."""
    blank_edges: Sequence[tuple[str, str]] = ()
    """The articles and words of gold spans that begin or end with white space, as far as their words are known."""
    forms: Mapping[str, str] = {}
    """By side, gold and predictions: the form of another tool that it was in."""
    read_again: Callable[[], list[Document]] | None = None
    """The gold as Documents, where both files were read as columns."""
    unannotated: tuple[str, ...] = ()
    """The articles of the corpus that the gold lacks: nothing of them is counted, and no prediction in them."""
    predictions_again: Callable[[], list[Document]] | None = None
    """The same of the predictions."""
    dropped: Mapping[tuple[str, str], int] = {}
    """Predictions that the label map left out, by article and their own label."""
    said: tuple[AttributeColumns, AttributeColumns] | None = None
    """What the spans of both sides say besides their places; None where only these were read."""
    claims: Mapping[int, tuple[Sequence[Claim], Sequence[Claim]]] = {}
    """By the number of the article the claims of gold and answer, where either has some."""
    zones: Sequence[tuple[int, int, int]] = ()
    """The zones of the gold: number of the article, start, end."""
    statuses: Sequence[str | None] = ()
    """What became of each article in the run that the predictions are of, as far as they say so."""

    def gold_documents(self) -> list[Document]:
        """The articles of the gold; where both files were read as columns, they are read again."""
        if self.documents is not None:
            return [document for document, _ in self.documents]
        return self.read_again() if self.read_again is not None else []

    def both_documents(self) -> list[tuple[Document, Document]]:
        """The articles with their predictions, in the order of the gold; read again as for `gold_documents`."""
        if self.documents is not None or self.predictions_again is None:
            return self.documents or []
        found = {document.doc: document for document in self.predictions_again()}
        return [(document, found.get(document.doc, Document(doc=document.doc))) for document in self.gold_documents()]


def read(
    gold: Any,
    predictions: Any,
    schema: Schema | None,
    *,
    progress: bool = False,
    **reading: Unpack[Reading],
) -> Task | tuple[list[Document], list[Document]]:
    """Both sides: as columns where both are files of spans, else as `read_sides` has them.

    With ``progress``, large files that are read line by line have a bar on standard error. Raises `InputError` for
    data that cannot be used, `ClaimspansError` for what is no data, and for a `Reading` of what is read already.
    """
    gold, predictions = _located(gold), _located(predictions)
    if reading.get("label_map") is None and not reading.get("read_as"):
        task = _read_columns(gold, _resolved(predictions), schema)
        if task is not None:
            return task
    return read_sides(gold, predictions, schema, progress=progress, **reading)


def read_sides(
    gold: Any,
    predictions: Any,
    schema: Schema | None,
    *,
    progress: bool = False,
    label_map: LabelMap | None = None,
    read_as: Collection[str] = (),
) -> tuple[list[Document], Articles]:
    """Gold and predictions as Documents, those of articles that the gold's corpus has unannotated left out."""
    require_readings(read_as)
    gold, told = (_tracked(side) if progress else side for side in (gold, _resolved(predictions)))
    ours = _documents(gold, "gold", lambda lines: read_gold(lines, schema))
    annotated = {document.doc: document.text for document in ours}
    texts = gold.texts if isinstance(gold, Layer) else annotated
    if isinstance(predictions, Path | str):
        refuse_other_articles(predictions, texts, annotated)
    labels = schema.labels if schema is not None else {span.label for document in ours for span in document.spans}
    relabel = None if label_map is None else Relabelling(label_map, labels)
    theirs = _documents(told, "predictions", lambda lines: read_predictions(lines, schema, texts, relabel, read_as))
    if (label_map is not None or read_as) and theirs is told:
        raise ClaimspansError("label_map and read_as are for files and records; Documents are read already")
    kept = Articles(one for one in theirs if one.doc in annotated or one.doc not in texts)
    if isinstance(theirs, Articles):
        kept.form, kept.dropped = theirs.form, theirs.dropped
    if relabel is not None:
        kept.dropped = relabel.dropped
    return ours, kept


def _resolved(source: Any) -> Any:
    return predictions_path(source) if isinstance(source, Path | str) else source


def _located(source: Any) -> Any:
    """What stands for a path, such as a run, as one."""
    return Path(source) if isinstance(source, os.PathLike) else source


_DECODED_ELSEWHERE = (".parquet", ".csv", ".json")


def _read_columns(gold: Any, predictions: Any, schema: Schema | None) -> Task | None:
    paths = [Path(side) for side in (gold, predictions) if isinstance(side, Path | str)]
    if len(paths) < 2 or any(not path.is_file() or path.suffix in _DECODED_ELSEWHERE for path in paths):
        return None
    known = read_span_columns(paths[0], schema)
    given = read_span_columns(paths[1], schema, known) if known is not None else None
    if known is None or given is None:
        return None
    known, given = (_by_id(side, known.docs) for side in (known, given))
    outside = _outside_zones(given, known.zones)
    used = np.union1d(known.label, given.label[outside]).tolist()
    labels = labels_of(schema, [given.labels[code] for code in used])
    number = np.array([labels.index(label) if label in labels else -1 for label in given.labels], dtype=np.int32)
    columns = [Columns(side.doc, side.start, side.end, number[side.label]) for side in (known, given)]
    said = None
    claims = {at: (known.claims.get(at, ()), given.claims.get(at, ())) for at in {*known.claims, *given.claims}}
    if known.said is not None and given.said is not None and (claims or known.said.any_said or given.said.any_said):
        said = (known.said, given.said.take(outside))
    return Task(
        known.docs,
        labels,
        columns[0],
        columns[1].take(np.flatnonzero(outside)) if known.zones else columns[1],
        None,
        np.bincount(given.doc[~outside], minlength=len(known.docs)),
        given.scores[outside] if given.scores is not None else None,
        known.blank_edges,
        read_again=lambda: sorted(read_gold(paths[0], schema), key=lambda document: document.doc),
        predictions_again=lambda: read_predictions(paths[1], schema, known.texts_of_all),
        said=said,
        claims=claims,
        zones=known.zones,
        statuses=["done" if doc in given.done else None for doc in known.docs],
    )


def labels_of(schema: Schema | None, used: Iterable[str]) -> list[str]:
    """The labels of a score: those of the schema in its order, then others that occur."""
    own = [] if schema is None else list(schema.labels)
    return [*own, *sorted(set(used) - set(own))]


def _by_id(side: SpanColumns, docs: list[str]) -> SpanColumns:
    """The spans by the ids of their articles, whatever the order of the articles in the file."""
    ordered = sorted(docs)
    if ordered == docs:
        return side
    number = {name: at for at, name in enumerate(ordered)}
    doc = np.array([number[name] for name in docs], dtype=np.int32)[side.doc]
    order = np.argsort(doc, kind="stable")
    columns = {name: getattr(side, name)[order] for name in ("label", "start", "end")}
    scores = side.scores[order] if side.scores is not None else None
    zones = [(number[docs[at]], start, end) for at, start, end in side.zones]
    said = side.said.take(order) if side.said is not None else None
    claims = {number[docs[at]]: own for at, own in side.claims.items()}
    return msgspec.structs.replace(
        side, docs=ordered, doc=doc[order], scores=scores, zones=zones, said=said, claims=claims, **columns
    )


def _outside_zones(side: SpanColumns, zones: Iterable[tuple[int, int, int]]) -> Bools:
    """Which spans do not lie wholly inside one zone of their article."""
    outside = np.ones(len(side.doc), dtype=np.bool_)
    for number, start, end in zones:
        here = slice(np.searchsorted(side.doc, number), np.searchsorted(side.doc, number, side="right"))
        outside[here] &= (side.start[here] < start) | (side.end[here] > end)
    return outside


_LARGE = 1 << 24
"""Bytes from which on reading line by line takes long enough for a bar."""


class TheLines(msgspec.Struct, frozen=True):
    """The lines of a file that is being read, or rows of tables with their places."""

    lines: Lines


def _tracked(source: Any) -> Any:
    """A large file as lines that move a bar while they are read; anything else as it is."""
    if not isinstance(source, Path | str) or not Path(source).is_file() or Path(source).stat().st_size < _LARGE:
        return source
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import track

    with Path(source).open("rb") as file:
        total = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    console, about = Console(stderr=True), f"reading {escape(terminal(str(source)))}"
    return TheLines(track(scan(source), description=about, total=total, console=console, transient=True))


ReadLines = Callable[["Path | str | Lines"], list[Document]]


def _documents(source: Any, name: str, read_lines: ReadLines) -> list[Document]:
    if isinstance(source, Path | str):
        return read_lines(source)
    if isinstance(source, TheLines):
        return read_lines(source.lines)
    if isinstance(source, list) and all(isinstance(one, Document) for one in source):
        return source
    if isinstance(source, list | tuple) and all(isinstance(one, Path | str) for one in source):
        return read_lines(list(chain.from_iterable(map(scan, source))))
    if isinstance(source, Mapping) and all(hasattr(one, "features") for one in source.values()):
        return _documents(chain.from_iterable(source.values()), name, read_lines)  # the splits of a DatasetDict
    if hasattr(source, "to_dict") and hasattr(source, "columns"):
        return read_lines(list(rows_of(source.to_dict("records"), f"{name} frame, row")))
    if isinstance(source, list) and all(isinstance(one, Mapping) for one in source):
        return read_lines(list(rows_of(source, f"{name}, record")))  # so that it can be read again for what slipped
    if not isinstance(source, Iterable) or isinstance(source, Mapping | bytes):
        kind = type(source).__name__
        raise ClaimspansError(f"{name}: expected a path, a pandas frame, Documents or records, found {kind}")
    return _of_iterable(iter(source), name, read_lines)


def _of_iterable(items: Iterator[Any], name: str, read_lines: ReadLines) -> list[Document]:
    first = next(items, None)
    if first is None:
        return []
    everything = chain([first], items)
    if isinstance(first, Document):
        return list(everything)
    if not isinstance(first, Mapping):
        raise ClaimspansError(f"{name}: expected Documents or records, found {type(first).__name__}")
    return read_lines(rows_of(everything, f"{name}, record"))
