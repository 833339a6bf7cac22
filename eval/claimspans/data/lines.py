"""The lines of a file, or the rows of a table, each a JSON object; what is none is a `Problem` with its place."""

from __future__ import annotations

import gzip
import json
import math
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from .files import open_file, read_bytes
from .problems import ClaimspansError, Problem, short, show_path


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


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"{short(digits, 40)} is more than a number can be")
    return number


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse_constant, parse_float=_finite)
_LONG_NUMBER = re.compile(rb"\d{19}")

LARGEST_FILE = 1 << 34
"""Bytes of a file, unpacked; what is larger is many files."""

MOST_BLANK = 1_000_000
"""Lines in a row without a record."""

LONGEST_LINE = 1 << 26
"""Bytes; a longer line is no record but a file without line ends."""


def scan(path: Path | str) -> Iterator[Line | Problem]:
    """The records of a file: JSON lines (gzipped too), blank ones left out, or the rows of a ``.parquet`` file.

    A `Problem` stands for what is not a record. Nothing is raised for a bad file: the caller decides whether a
    problem is listed or ends the work.
    """
    path = Path(path)
    name = show_path(path)
    if os.path.isdir(path):  # noqa: PTH112 -- whatever the name, it raises nothing
        yield Problem("file-directory", name, None, "is a folder")
        return
    if not os.path.exists(path):  # noqa: PTH110
        yield Problem("file-missing", name, None, "no such file")
        return
    found = False
    try:
        for line in _rows(path, name) if path.suffix == ".parquet" else _lines(path, name):
            found = True
            yield line
    except (OSError, EOFError, MemoryError, zlib.error) as error:
        yield Problem("file-unreadable", name, None, str(error))
        return
    if not found:
        yield Problem("file-empty", name, None, "no line with a record")


T = TypeVar("T")


def typed(lines: Iterable[Line | Problem], kind: type[T], problem: str) -> Iterator[tuple[Line, T] | Problem]:
    """Each line with its record as a struct; a `Problem` of this id stands for one that is none."""
    for line in lines:
        if isinstance(line, Problem):
            yield line
            continue
        try:
            yield line, msgspec.convert(line.data, kind)
        except msgspec.ValidationError as error:
            yield Problem(problem, line.path, line.number, str(error))


@contextmanager
def _opened(path: Path) -> Iterator[gzip.GzipFile | BufferedReader]:
    """The bytes of a file, gzipped or not."""
    with open_file(path) as plain, gzip.open(plain) if plain.peek(2)[:2] == b"\x1f\x8b" else plain as file:
        yield file


def parts(path: Path, size: int) -> Iterator[bytes]:
    """The bytes of a file (gzipped too) in parts of whole lines, of so many bytes or one line.

    A line of more than `LONGEST_LINE` bytes comes in pieces, none of which is a record.
    """
    with _opened(path) as file:
        rest = b""
        while block := file.read(size):
            whole, end, behind = block.rpartition(b"\n")
            if end:
                yield rest + whole + end
                rest = behind
            else:
                rest += block
            if len(rest) > LONGEST_LINE:
                yield rest
                rest = b""
        if rest.strip():
            yield rest


def _lines(path: Path, name: str) -> Iterator[Line | Problem]:
    with _opened(path) as file:
        number = size = blank = 0
        while raw := file.readline(LONGEST_LINE):
            number, size, blank = number + 1, size + len(raw), 0 if raw.strip() else blank + 1
            if size > LARGEST_FILE or blank > MOST_BLANK:
                more = f"{LARGEST_FILE >> 30} GiB" if size > LARGEST_FILE else f"{MOST_BLANK:,} blank lines in a row"
                yield Problem("file-large", name, number, f"more than {more}")
                return
            if len(raw) == LONGEST_LINE:
                yield Problem("line-long", name, number, f"more than {LONGEST_LINE >> 20} MiB without a line end")
                return
            if raw.startswith(b"\xef\xbb\xbf"):
                where = "the first record" if number == 1 else "the record, as where files were joined"
                yield Problem("file-bom", name, number, f"U+FEFF before {where}")
            if raw.strip():
                yield _parse(name, number, raw.removeprefix(b"\xef\xbb\xbf"))


def text_lines(path: Path) -> Iterator[tuple[int, str] | Problem]:
    """The lines of a file of text, with their line ends, counted from 1; a BOM before them is left out."""
    name = show_path(path)
    try:
        with _opened(path) as file:
            number = 0
            while raw := file.readline(LONGEST_LINE):
                number += 1
                if len(raw) == LONGEST_LINE:
                    yield Problem("line-long", name, number, f"more than {LONGEST_LINE >> 20} MiB without a line end")
                    return
                yield number, raw.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        detail = f"byte {error.object[error.start]:#04x} at {error.start}"
        yield Problem("file-encoding", name, number, detail)
    except (OSError, EOFError, zlib.error) as error:
        yield Problem("file-unreadable", name, None, str(error))


def scan_json(path: Path) -> Iterator[Line | Problem]:
    """The records of a ``.json`` file: the objects of its array, its one object, or else those of its lines."""
    name = show_path(path)
    try:
        whole = read_bytes(path)
    except OSError:
        whole = b""
    if whole.lstrip()[:1] not in (b"[", b"{"):
        yield from scan(path)
        return
    try:
        data = _DECODER.decode(whole.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        yield from scan(path)
        return
    yield from rows_of(data if isinstance(data, list) else [data], f"{name}, record")


def _rows(path: Path, name: str) -> Iterator[Line | Problem]:
    """The rows of a Parquet file, counted from 1. Needs pyarrow."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        raise ClaimspansError(f"{name}: reading Parquet needs pyarrow: pip install 'claimspans[parquet]'") from error
    try:
        with parquet.ParquetFile(path) as file:
            if twice := _doubled(file.schema_arrow):
                yield Problem("json-duplicate-key", name, None, f"column “{twice}”")
                return
            yield from rows_of((row for batch in file.iter_batches() for row in batch.to_pylist()), name)
    except ArrowException as error:
        yield Problem("file-unreadable", name, None, str(error))


def _doubled(fields: Iterable[Any]) -> str | None:
    """The name that stands twice among columns, or among the parts of one, of which a row would have the last."""
    names: set[str] = set()
    for field in fields:
        if field.name in names:
            return str(field.name)
        names.add(field.name)
        kind = field.type
        while hasattr(kind, "value_type"):
            kind = kind.value_type
        if twice := _doubled(kind if hasattr(kind, "names") else ()):
            return twice
    return None


def rows_of(records: Iterable[Mapping[str, Any]], name: str) -> Iterator[Line | Problem]:
    """Records that somebody holds in memory, as the rows of a table, counted from 1."""
    for number, record in enumerate(records, 1):
        try:
            yield Line(name, number, _plain(record), table=True)
        except (TypeError, RecursionError) as error:
            yield Problem("json-broken", name, number, str(error))


def _plain(value: Any) -> Any:
    """Arrays as lists, numbers of numpy as Python's, what pandas puts where nothing is as None.

    Raises `TypeError` for what no record holds: dates, decimals, bytes, numbers that are none.
    """
    kind = type(value)  # most values are plain, and tables have many
    if kind is str or kind is bool or value is None:
        return value
    if kind is dict:
        return {str(key): _plain(inner) for key, inner in value.items()}
    if kind is list:
        return [_plain(inner) for inner in value]
    if (kind is float and math.isfinite(value)) or (kind is int and -(2**63) <= value < 2**64):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if (isinstance(value, float) and math.isnan(value)) or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if not isinstance(value, str | int | float | None):
        raise TypeError(f"{short(repr(value), 60)} is a {type(value).__name__}: write it as text or as a number")
    if wrong := no_json_number(value):
        raise TypeError(wrong)
    return value


def _parse(name: str, number: int, raw: bytes) -> Line | Problem:
    try:
        data = _DECODER.decode(raw.decode("utf-8"))
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
    if _LONG_NUMBER.search(raw) and (wrong := no_json_number(data)):
        return Problem("json-broken", name, number, wrong)
    if not isinstance(data, dict):
        return Problem("json-not-object", name, number, f"found {type(data).__name__}")
    return Line(name, number, data)


def no_json_number(data: Any) -> str | None:
    """What is wrong with the numbers in a value: no JSON has NaN, and programs agree on whole ones of 64 bits alone."""
    if isinstance(data, float):
        return None if math.isfinite(data) else f"{data} is no JSON number"
    if isinstance(data, int):
        return None if -(2**63) <= data < 2**64 else f"a number of {data.bit_length()} bits, more than 64"
    parts = data.values() if isinstance(data, Mapping) else data if isinstance(data, list | tuple) else ()
    return next(filter(None, map(no_json_number, parts)), None)


def _is_text(data: Any) -> bool:
    """Whether every string can be written as UTF-8: an escape such as \\ud800 alone stands for no character."""
    try:
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
