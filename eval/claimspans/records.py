"""Spans, claims, zones, documents, and their lines: the only place that knows the file format."""

from __future__ import annotations

import gzip
import json
import math
import os
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from .problems import ClaimspansError, Problem, show_path

Value = str | int | float | bool | None | tuple[str, ...]


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """``text[start:end]`` of an article under a label; offsets in Unicode code points, half-open.

    ``attributes`` holds what was given: in an annotation every attribute of the label, in a prediction
    those that the system tells. ``alignment`` says how the offsets were found where a system quoted: exact,
    ambiguous or fuzzy (`claimspans.quotes`).
    """

    label: str
    start: int
    end: int
    id: str | None = None
    text: str | None = None
    score: float | None = None
    alignment: str | None = None
    attributes: Mapping[str, Value] = {}

    @property
    def order(self) -> tuple[int, int, str]:
        """Reading order: by start, the longer first, then by label."""
        return (self.start, -self.end, self.label)


class Zone(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the article that is not read (``kind``: boilerplate or duplicate)."""

    kind: str
    start: int
    end: int


class Cargo(msgspec.Struct, frozen=True, kw_only=True):
    """An ITEM and a QUANTITY span of a claim, by id, and how they belong together."""

    item: str | None = None
    quantity: str | None = None
    relation: str | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One event that somebody asserts, denies or evaluates; its fields are those of ``schema.json``."""

    event: str
    id: str | None = None
    status: str | None = None
    stance: str | None = None
    certainty: str | None = None
    cue: str | None = None
    holders: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    supplier: str | None = None
    recipient: str | None = None
    user: str | None = None
    parties: tuple[str, ...] = ()
    cargo: tuple[Cargo, ...] = ()
    when: tuple[str, ...] = ()
    target: str | None = None
    same_as: str | None = None
    score: float | None = None

    def references(self) -> Iterator[tuple[str, str, str]]:
        """Every reference to another record: the field, the id, and the label it must have, or "claim"."""
        named: list[tuple[str, str | None, str]] = [
            ("cue", self.cue, "STANCE"),
            *(("holders", reference, "SPEAKER") for reference in self.holders),
            *(("via", reference, "SPEAKER") for reference in self.via),
            *(("item", row.item, "ITEM") for row in self.cargo),
            *(("quantity", row.quantity, "QUANTITY") for row in self.cargo),
            *(("when", reference, "DATE") for reference in self.when),
            ("target", self.target, "claim"),
            ("same_as", self.same_as, "claim"),
        ]
        yield from ((field, reference, kind) for field, reference, kind in named if reference is not None)


class Rejected(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a system said and could not be used: a span or a claim (``type``), and the kind of problem (``reason``).

    ``length`` is how many characters the span would have had, 1 where that cannot be said.
    """

    type: str
    reason: str
    detail: str = ""
    label: str | None = None
    text: str | None = None
    length: int = 1


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why a system gave no answer for an article, and how often it was asked."""

    kind: str
    detail: str = ""
    attempts: int = 1


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """An article with what one layer, or one system, says of it.

    ``status`` is what became of it in a run: done, partial (something was rejected), failed (``error`` says why);
    None where nobody kept watch.
    """

    doc: str
    text: str | None = None
    published: str | None = None
    zones: tuple[Zone, ...] = ()
    spans: tuple[Span, ...] = ()
    claims: tuple[Claim, ...] = ()
    status: str | None = None
    rejected: tuple[Rejected, ...] = ()
    error: Failure | None = None


class Line(msgspec.Struct, frozen=True):
    """A line of a file that holds a JSON object, or a row of a ``table``, where what is left empty reads as null."""

    path: str
    number: int
    data: dict[str, Any]
    table: bool = False


class _DuplicateKeyError(ValueError):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _DuplicateKeyError(next(key for key in keys if keys.count(key) > 1))
    return data


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


LONGEST_LINE = 1 << 26
"""Bytes; a longer line is no record but a file without line ends."""


def scan(path: Path | str) -> Iterator[Line | Problem]:
    """The records of a file: JSON lines (gzipped too), blank ones left out, or the rows of a ``.parquet`` file.

    A `Problem` stands for what is not a record. Nothing is raised for a bad file: the caller decides whether a
    problem is listed or ends the work.
    """
    path = Path(path)
    name = show_path(path)
    if path.is_dir():
        yield Problem("file-directory", name, None, "is a folder")
        return
    if not path.exists():
        yield Problem("file-missing", name, None, "no such file")
        return
    found = False
    try:
        for line in _rows(path, name) if path.suffix == ".parquet" else _lines(path, name):
            found = True
            yield line
    except (OSError, EOFError, zlib.error) as error:
        yield Problem("file-unreadable", name, None, str(error))
        return
    if not found:
        yield Problem("file-empty", name, None, "no line with a record")


def _lines(path: Path, name: str) -> Iterator[Line | Problem]:
    with path.open("rb") as plain, gzip.open(plain) if plain.peek(2)[:2] == b"\x1f\x8b" else plain as file:
        number = 0
        while raw := file.readline(LONGEST_LINE):
            number += 1
            if len(raw) == LONGEST_LINE:
                yield Problem("line-long", name, number, f"more than {LONGEST_LINE >> 20} MiB without a line end")
                return
            if number == 1 and raw.startswith(b"\xef\xbb\xbf"):
                yield Problem("file-bom", name, 1, "U+FEFF before the first record")
            if raw.strip():
                yield _parse(name, number, raw.removeprefix(b"\xef\xbb\xbf"))


def _rows(path: Path, name: str) -> Iterator[Line | Problem]:
    """The rows of a Parquet file, counted from 1. Needs pyarrow."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        raise ClaimspansError(f"{name}: reading Parquet needs pyarrow: pip install 'claimspans[parquet]'") from error
    try:
        with parquet.ParquetFile(path) as file:
            yield from rows_of((row for batch in file.iter_batches() for row in batch.to_pylist()), name)
    except ArrowException as error:
        yield Problem("file-unreadable", name, None, str(error))


def rows_of(records: Iterable[Mapping[str, Any]], name: str) -> Iterator[Line]:
    """Records that somebody holds in memory, as the rows of a table, counted from 1."""
    for number, record in enumerate(records, 1):
        yield Line(name, number, _plain(record), table=True)


def _plain(value: Any) -> Any:
    """Arrays as lists, numbers of numpy as Python's, NaN, which pandas puts where nothing is, as None."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and math.isnan(value):
        return None
    return value


def _parse(name: str, number: int, raw: bytes) -> Line | Problem:
    try:
        data = json.loads(raw.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        return Problem("file-encoding", name, number, f"byte {error.object[error.start]:#04x} at {error.start}")
    except _DuplicateKeyError as error:
        return Problem("json-duplicate-key", name, number, f"“{error}”")
    except RecursionError:
        return Problem("json-broken", name, number, "nested too deeply")
    except ValueError as error:
        return Problem("json-broken", name, number, str(error))
    if b"\\u" in raw and not _is_text(data):
        return Problem("json-broken", name, number, "a lone surrogate, which is no character")
    if not isinstance(data, dict):
        return Problem("json-not-object", name, number, f"found {type(data).__name__}")
    return Line(name, number, data)


def _is_text(data: Any) -> bool:
    """Whether every string can be written as UTF-8: an escape such as \\ud800 alone stands for no character."""
    try:
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


_SPAN_FIELDS = frozenset({"type", "doc", "id", "label", "start", "end", "text", "occurrence", "score", "alignment"})


def span_of(data: Mapping[str, Any]) -> Span:
    """The span of a record that the schema has passed; every further key is an attribute."""
    return Span(
        label=data["label"],
        start=data["start"],
        end=data["end"],
        id=data.get("id"),
        text=data.get("text"),
        score=data.get("score"),
        alignment=data.get("alignment"),
        attributes={
            key: tuple(value) if isinstance(value, list) else value
            for key, value in data.items()
            if key not in _SPAN_FIELDS
        },
    )


def zone_of(data: Mapping[str, Any]) -> Zone:
    """The zone of a record that the schema has passed."""
    return Zone(kind=data["zone"], start=data["start"], end=data["end"])


def claim_of(data: Mapping[str, Any]) -> Claim:
    """The claim of a record that the schema has passed."""
    return msgspec.convert({key: value for key, value in data.items() if key not in ("type", "doc")}, Claim)


def span_record(doc: str, span: Span) -> dict[str, Any]:
    """The record of a span: what is not known is left out, attributes stand last."""
    record: dict[str, Any] = {"type": "span", "doc": doc, "id": span.id, "label": span.label}
    record |= {"start": span.start, "end": span.end, "text": span.text}
    record |= {"score": span.score, "alignment": span.alignment}
    record = {key: value for key, value in record.items() if value is not None}
    return record | {key: list(value) if isinstance(value, tuple) else value for key, value in span.attributes.items()}


def claim_record(doc: str, claim: Claim) -> dict[str, Any]:
    """The record of a claim; only an unknown id and score are left out."""
    fields: dict[str, Any] = msgspec.to_builtins(claim)
    head = {"type": "claim", "doc": doc}
    if claim.id is not None:
        head["id"] = claim.id
    return head | {
        key: value for key, value in fields.items() if key != "id" and not (key == "score" and value is None)
    }


def document_records(document: Document, sha256: str | None = None) -> Iterator[dict[str, Any]]:
    """The records of an article in file order; with a hash those of an annotation, without those of a prediction."""
    if sha256 is not None:
        yield {"type": "document", "doc": document.doc, "sha256": sha256}
        for zone in sorted(document.zones, key=lambda zone: zone.start):
            yield {"type": "zone", "doc": document.doc, "zone": zone.kind, "start": zone.start, "end": zone.end}
    for span in sorted(document.spans, key=lambda span: span.order):
        yield span_record(document.doc, span)
    for claim in document.claims:
        yield claim_record(document.doc, claim)


def nested_record(document: Document) -> dict[str, Any]:
    """An article's predictions on one line, so that an article without any has its line too."""
    parts: dict[str, list[dict[str, Any]]] = {"spans": [], "claims": []}
    for record in document_records(document):
        parts["spans" if record["type"] == "span" else "claims"].append(
            {key: value for key, value in record.items() if key not in ("type", "doc")}
        )
    head: dict[str, Any] = {"doc": document.doc}
    if document.status is not None:
        head["status"] = document.status
    tail: dict[str, Any] = {}
    if document.rejected:
        tail["rejected"] = msgspec.to_builtins(document.rejected)
    if document.error is not None:
        tail["error"] = msgspec.to_builtins(document.error)
    return head | parts | tail


def to_line(record: Mapping[str, Any]) -> str:
    """One line of JSON, in the key order of the record, non-ASCII characters as they are."""
    return json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"


def write_text(path: Path | str, text: str, *, private: bool = False) -> None:
    """Write a text as UTF-8, as `write_bytes` does."""
    write_bytes(path, text.encode("utf-8"), private=private)


def write_bytes(path: Path | str, raw: bytes, *, private: bool = False) -> None:
    """Write a whole file: beside it first, then renamed, so that a reader never sees half of it.

    A ``private`` file can be read by its owner alone (mode 0600), from its first byte on.

    What is there and is no regular file (a pipe, a device) is written to as it is, and a link is followed. Raises
    `ClaimspansError` when it cannot be written.
    """
    target = Path(path)
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(raw)
            return
        target = Path(os.path.realpath(target))
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise ClaimspansError(f"{path}: cannot be written: {error.strerror}; name another place") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if not private:
            umask = os.umask(0)
            os.umask(umask)
            Path(beside).chmod(0o666 & ~umask)
        Path(beside).replace(target)
    except BaseException as error:
        Path(beside).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise ClaimspansError(f"{path}: cannot be written: {error.strerror}; name another place") from error
        raise
