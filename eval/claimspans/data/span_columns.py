"""Files of spans as columns: lines are decoded by msgspec into typed rows, and rows into arrays, a part at a time.

Every form of line is read: spans with or without ids, scores, quotes and attributes, annotation files with their
document and zone records, and articles with their spans nested. Attributes are read under a schema, which says which
are scored, and passed over without one. A file that holds more than spans (claims, a run's rejected spans, quotes
without offsets), or a line at fault, is declined: then `claimspans.data.predictions` reads it record by record, and
says what is wrong with which line.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import UNSET

from .attribute_columns import AttributeColumns, AttributeReader, Values, attributes_stand_alone, has_copies
from .claim_rows import ClaimReader
from .large_numbers import may_hold_large_number
from .line_keys import Keys
from .lines import parts
from .records import LAST_OFFSET, Claim
from .schema import Schema
from .typed_rows import DeclinedError, DocumentRow, RowDecoder, SpanRow, ZoneRow

PART = 1 << 20
"""Bytes that are decoded at a time: the rows of a part are gone before the next are made."""

Int32 = npt.NDArray[np.int32]


class SpanColumns(msgspec.Struct, frozen=True):
    """The spans of a file, article by article, as arrays of equal length.

    ``doc`` and ``label`` are positions in ``docs`` and ``labels``.

    ``scores`` is None where the spans have none. ``zones`` are (position of the article, start, end). ``texts`` has
    the articles whose text the file holds. ``blank_edges`` are the articles and words of a gold's spans that begin or
    end with white space, as far as their words are known.
    """

    docs: list[str]
    labels: list[str]
    doc: Int32
    label: Int32
    start: Int32
    end: Int32
    scores: npt.NDArray[np.float64] | None
    zones: list[tuple[int, int, int]]
    texts: Mapping[str, str]
    blank_edges: list[tuple[str, str]]
    said: AttributeColumns | None = None
    """What they say besides, under a schema."""
    claims: Mapping[int, Sequence[Claim]] = {}
    """By the position of their article, under a schema."""
    done: frozenset[str] = frozenset()
    """The articles of which a run says that they are done; what it says of others is read record by record."""

    @property
    def texts_of_all(self) -> dict[str, str | None]:
        """The text of each article, None where the file does not hold it."""
        return {doc: self.texts.get(doc) for doc in self.docs}


def read_span_columns(path: Path, schema: Schema | None = None, gold: SpanColumns | None = None) -> SpanColumns | None:
    """The spans of a file of JSON lines (gzipped too) as columns, None where the file is declined.

    Predictions are read behind their ``gold``, whose articles, labels and texts they share.
    """
    try:
        return _Columns(schema, gold).read(path)
    except (DeclinedError, RecursionError, ValueError, OSError, EOFError, zlib.error):  # msgspec raises ValueErrors
        return None


class _Codes(dict[str, int]):
    """Numbers for names, in the order in which they come up."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self)
        return number


class _Columns:
    """The columns of a file while it is read."""

    def __init__(self, schema: Schema | None, gold: SpanColumns | None) -> None:
        self._schema = schema
        self._gold = gold
        self._docs = _Codes({doc: number for number, doc in enumerate(gold.docs)} if gold is not None else {})
        self._labels = _Codes({label: number for number, label in enumerate(gold.labels)} if gold is not None else {})
        self._texts = dict(gold.texts) if gold is not None else {}
        self._parts: list[tuple[Int32, Int32, Int32, Int32]] = []
        self._scores: list[npt.NDArray[np.float64]] = []
        self._ids: list[npt.NDArray[np.int64]] = []
        self._zones: list[tuple[int, int, int]] = []
        self._blank_edges: list[tuple[str, str]] = []
        self._whole: set[str] = set()
        self._done: set[str] = set()
        self._rows = RowDecoder(schema)
        shared = gold.said.values if gold is not None and gold.said is not None else Values()
        self._said = None if schema is None else AttributeReader(schema, self._rows.attributes, shared)
        self._claims = ClaimReader(schema)

    def read(self, path: Path) -> SpanColumns:
        for part in parts(path, PART):
            self._take(part)
        columns = [np.concatenate([part[number] for part in self._parts] or [_NOTHING]) for number in range(4)]
        doc, label, start, end = columns
        self._refuse(doc, start, end)
        said = self._said_under_schema(doc, label, start, end)
        if said is not None:
            self._claims.refuse_loose_ends(said, doc, label, list(self._labels))
        scores = np.concatenate(self._scores or [np.zeros(0)])
        unscored = np.isnan(scores)
        if unscored.any() and not unscored.all():
            raise DeclinedError  # some spans have a score and others none
        if (doc[1:] < doc[:-1]).any():
            order = np.argsort(doc, kind="stable")
            doc, label, start, end, scores = (column[order] for column in (doc, label, start, end, scores))
            said = said and said.take(order)
        return SpanColumns(
            list(self._docs),
            list(self._labels),
            doc,
            label,
            start,
            end,
            None if unscored.all() else scores,
            self._zones,
            self._texts,
            self._blank_edges,
            said,
            self._claims.by_article,
            frozenset(self._done),
        )

    def _said_under_schema(self, doc: Int32, label: Int32, start: Int32, end: Int32) -> AttributeColumns | None:
        """The attributes; raises `DeclinedError` for what the schema does not allow, and for copies of a span.

        Of copies the matcher takes the one that says more first, for which records have an order.
        """
        if self._said is None or self._schema is None:
            return None
        said = self._said.columns(list(self._labels), label)
        if said is None or (said.any_said and not attributes_stand_alone(self._schema)):
            raise DeclinedError
        if (said.any_said or self._claims.by_article) and has_copies(doc, label, start, end):
            raise DeclinedError
        return said

    def _refuse(self, doc: Int32, start: Int32, end: Int32) -> None:
        """Raise `DeclinedError` for what is wrong with the columns as a whole."""
        if (end <= start).any():
            raise DeclinedError
        if self._gold is None:
            if not self._docs:
                raise DeclinedError  # a gold without a record
        elif len(self._docs) > len(self._gold.docs):
            raise DeclinedError
        if not all(isinstance(doc, str) for doc in self._docs):
            raise DeclinedError  # a span outside an article, without doc
        if self._schema is not None and not set(self._labels) <= set(self._schema.labels):
            raise DeclinedError
        if self._texts:
            longest = [len(self._texts[name]) if name in self._texts else LAST_OFFSET for name in self._docs]
            if (end > np.array(longest, dtype=np.int64)[doc]).any() or any(
                zone_end > longest[number] for number, _, zone_end in self._zones
            ):
                raise DeclinedError
        ids = np.concatenate([*self._ids, _with_article(*self._claims.ids())])
        ids.sort()
        if (ids[1:] == ids[:-1]).any():
            raise DeclinedError  # an id stands twice in its article, or two ids have one hash

    def _take(self, part: bytes) -> None:
        """The lines of a part: spans all of them, or records of several kinds."""
        if not part.strip() or may_hold_large_number(part):
            raise DeclinedError  # nothing but line ends for so long; or an attribute that may be no number of JSON
        rows, documents, zones, claims = self._rows.decode(part)
        spans = [row for document in documents if document.spans is not UNSET for row in document.spans]
        if rows and spans:
            raise DeclinedError  # in which order they stand is no longer known
        rows += spans
        of_articles = [zone for document in documents if document.zones is not UNSET for zone in document.zones]
        keys = Keys(part)
        of_spans = keys.told(rows)
        told = of_spans + keys.told(documents) + keys.told(zones + of_articles)
        if self._schema is None and not keys.each_stands_once(told):
            raise DeclinedError
        for document in documents:
            self._take_document(document)
        for zone in zones:
            self._take_zone(zone)
        others = self._add(rows, of_spans) if rows else 0
        others += self._claims.take(claims, self._docs)
        if self._schema is not None and told.total() + others != keys.total:
            raise DeclinedError  # a key stands twice in an object, or an attribute is of another label

    def _take_document(self, row: DocumentRow) -> None:
        if row.doc in self._whole:
            raise DeclinedError
        if row.spans is UNSET and row.type is UNSET and (self._gold is not None or not isinstance(row.text, str)):
            raise DeclinedError
        self._whole.add(row.doc)
        if row.status is not UNSET:
            self._done.add(row.doc)
        self._docs[row.doc]
        if self._gold is None and isinstance(row.text, str):
            self._texts[row.doc] = row.text
        for zone in row.zones if row.zones is not UNSET else ():
            self._take_zone(zone, row.doc)
        for span in row.spans if row.spans is not UNSET else ():
            if span.doc is not UNSET and span.doc != row.doc:
                raise DeclinedError
            span.doc = row.doc

    def _take_zone(self, row: ZoneRow, inside: str | None = None) -> None:
        """A zone of the gold; those of predictions do not count."""
        doc = inside if inside is not None else row.doc
        if doc is UNSET or (row.zone is UNSET and row.kind is UNSET) or row.end <= row.start:
            raise DeclinedError
        if self._gold is None:
            self._zones.append((self._docs[str(doc)], row.start, row.end))

    def _add(self, rows: list[SpanRow], given: Mapping[str, int]) -> int:
        """The columns of some rows, of which so many have each key; how many attributes they state."""
        doc = _integers(map(self._docs.__getitem__, map(attrgetter("doc"), rows)), len(rows))
        label = _integers(map(self._labels.__getitem__, map(attrgetter("label"), rows)), len(rows))
        start, end = (_integers(map(attrgetter(name), rows), len(rows)) for name in ("start", "end"))
        self._parts.append((doc, label, start, end))
        self._take_scores(rows, given["score"])
        if given["id"]:
            self._take_ids(doc, list(map(attrgetter("id"), rows)))
        if self._texts:
            self._hold_against_texts(rows)
        if self._gold is None and (self._texts or given["text"]):
            said = map(self._words, rows) if self._texts else map(attrgetter("text"), rows)
            pairs = zip(rows, said, strict=True)
            self._blank_edges += [(str(row.doc), words) for row, words in pairs if words and words != words.strip()]
        return 0 if self._said is None else self._said.take(rows, list(self._labels), label)

    def _hold_against_texts(self, rows: list[SpanRow]) -> None:
        for row in rows:
            text = self._texts.get(row.doc)  # type: ignore[arg-type] # none is unset
            if text is not None and isinstance(row.text, str) and text[row.start : row.end] != row.text:
                raise DeclinedError

    def _words(self, row: SpanRow) -> Any:
        """What the article has there, or what the span says of that; UNSET or None where neither is known."""
        text = self._texts.get(row.doc)  # type: ignore[arg-type] # none is unset
        return row.text if text is None else text[row.start : row.end]

    def _take_scores(self, rows: list[SpanRow], given: int) -> None:
        scores = list(map(attrgetter("score"), rows)) if given else [None] * len(rows)
        if 0 < given < len(rows):
            scores = [None if score is UNSET else score for score in scores]
        column = np.array(scores, dtype=np.float64)  # null is no number
        if 0 < np.isnan(column).sum() < len(column):
            raise DeclinedError  # some spans have a score and others none
        self._scores.append(column)

    def _take_ids(self, doc: Int32, ids: list[Any]) -> None:
        """Hashes of the ids with their articles, by which a second one is found."""
        names = set(ids)
        if not names.isdisjoint((UNSET, None)):
            known = np.array([isinstance(name, str) for name in ids], dtype=np.bool_)
            doc, ids = doc[known], [name for name in ids if isinstance(name, str)]
        if self._schema is not None:
            sound = self._schema.validator("id").is_valid
            if not all(map(sound, names - {UNSET, None})):
                raise DeclinedError
        self._ids.append(_with_article(doc, ids))


def _with_article(doc: Any, ids: Sequence[str]) -> npt.NDArray[np.int64]:
    """Hashes of ids with their articles."""
    hashes = np.fromiter(map(hash, ids), dtype=np.int64, count=len(ids))
    return np.asarray(hashes ^ (np.asarray(doc, dtype=np.int64) * _ODD))


_ODD = 0x1E3779B97F4A7C15
"""Spreads the numbers of articles over 64 bits, so that the same id in two of them is two."""


def _integers(values: Iterator[int], count: int) -> Int32:
    return np.fromiter(values, dtype=np.int32, count=count)


_NOTHING = np.zeros(0, dtype=np.int32)
