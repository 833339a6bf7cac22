"""Tables of an archive joined by ``doc``: rows are split by a hash of it, so that each bucket has whole articles.

Everything is a file under a name that only the inputs decide, written whole. What is there is not done again: work
that was broken off goes on, and work done twice is the same file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec

from ...data.hashes import number_of
from ...data.lines import Line, rows_of
from ...data.problems import ClaimspansError, InputError, Problem
from ...version import VERSION
from .files import File, Folder
from .runners import Each

JOB, SPLIT = "job.json", "split"
BUCKET = 16 << 20
"""Bytes of input for each bucket, about."""
ROWS = 50_000
"""Rows that are split at a time, or one row group."""
_FOOTERS = 16
"""Files whose metadata are read side by side."""


class Piece(msgspec.Struct, frozen=True):
    """Some row groups of a file of one side, from ``first`` to before ``last``; ``row`` rows stand before them."""

    side: str
    file: File
    first: int
    last: int
    row: int
    number: int

    @property
    def name(self) -> str:
        return f"{SPLIT}/{self.side}-{self.number:06}.parquet"


class Join(msgspec.Struct, frozen=True):
    """Tables to be joined by ``doc``, a name for each, and the folder in which that is done."""

    folder: Folder
    sides: Mapping[str, Sequence[File]]
    buckets: int

    def split(self, each: Each) -> list[Piece]:
        """Split all tables that are not yet."""
        found = list(self.pieces())
        todo = [piece for piece in found if not self.folder.holds(piece.name)]
        for _ in each(_Split(self.folder, self.buckets), todo):
            pass
        return found

    def pieces(self) -> Iterator[Piece]:
        from pyarrow import ArrowException, parquet

        def metadata(file: File) -> Any:
            try:
                return parquet.read_metadata(file.path, filesystem=file.system)
            except (ArrowException, OSError) as error:
                raise ClaimspansError(f"{file.name}: {error}; expected a Parquet file") from error

        for side, files in self.sides.items():
            number = 0
            with ThreadPoolExecutor(_FOOTERS) as pool:
                told = list(pool.map(metadata, files))
            for file, about in zip(files, told, strict=True):
                first = rows = before = 0
                for group in range(about.num_row_groups):
                    rows += about.row_group(group).num_rows
                    if rows >= ROWS or group == about.num_row_groups - 1:
                        yield Piece(side, file, first, group + 1, before, number)
                        first, before, rows, number = group + 1, before + rows, 0, number + 1


class _Split(msgspec.Struct, frozen=True):
    """Writes a piece with a row group for each bucket."""

    folder: Folder
    buckets: int

    def __call__(self, piece: Piece) -> None:
        import pyarrow
        from pyarrow import parquet

        lines = list(_lines(piece))
        buckets: list[list[Line]] = [[] for _ in range(self.buckets)]
        for line in lines:
            buckets[bucket_of(line.data["doc"], self.buckets)].append(line)
        schema = pyarrow.schema([("doc", "string"), ("row", "int64"), ("record", "binary")])
        schema = schema.with_metadata({"source": piece.file.name})
        with self.folder.writing(piece.name) as file, parquet.ParquetWriter(file, schema, compression="zstd") as out:
            for bucket in buckets:
                columns = (
                    [line.data["doc"] for line in bucket],
                    [line.number for line in bucket],
                    [msgspec.json.encode(line.data) for line in bucket],
                )
                out.write_table(pyarrow.Table.from_arrays([*map(pyarrow.array, columns, schema.types)], schema=schema))


def _lines(piece: Piece) -> Iterator[Line]:
    """The rows of a piece, each with the number that it has in its file."""
    from pyarrow import ArrowException, parquet

    try:
        with parquet.ParquetFile(piece.file.path, filesystem=piece.file.system) as file:
            rows = file.read_row_groups(range(piece.first, piece.last)).to_pylist()
    except (ArrowException, OSError) as error:
        raise ClaimspansError(f"{piece.file.name}: {error}; expected a Parquet file") from error
    problems = []
    for line in rows_of(rows, piece.file.name):
        if isinstance(line, Problem):
            problems.append(msgspec.structs.replace(line, line=(line.line or 0) + piece.row))
        elif not isinstance(line.data.get("doc"), str):
            detail = f"doc is {line.data.get('doc')!r}; expected the id of an article, by which the tables are joined"
            problems.append(Problem("field-value", line.path, line.number + piece.row, detail))
        else:
            yield msgspec.structs.replace(line, number=line.number + piece.row)
    if problems:
        raise InputError(problems)


def bucket_of(doc: str, buckets: int) -> int:
    """The bucket of an article: the same on every machine."""
    return number_of(doc) % buckets


def bucket_lines(folder: Folder, pieces: Sequence[Piece], bucket: int) -> dict[str, list[Line]]:
    """The rows of a bucket by side, those of an article together, in the order of the files.

    An article that stands in two files, as where a partition was written or named twice, counts once where its rows
    are the same; raises `ClaimspansError`, with the names of both files, where they are not.
    """
    from pyarrow import parquet

    found: dict[str, dict[str, dict[str, list[Line]]]] = {}
    for piece in pieces:
        with parquet.ParquetFile(folder.file(piece.name), filesystem=folder.system) as file:
            rows = file.read_row_group(bucket).to_pydict()
        articles = found.setdefault(piece.side, {})
        for doc, row, record in zip(*(rows[name] for name in ("doc", "row", "record")), strict=True):
            line = Line(piece.file.name, row, msgspec.json.decode(record), table=True)
            articles.setdefault(doc, {}).setdefault(piece.file.path, []).append(line)
    return {
        side: [line for sources in articles.values() for line in _only(side, sources)]
        for side, articles in found.items()
    }


def _only(side: str, sources: Mapping[str, list[Line]]) -> list[Line]:
    first, *others = sources.values()
    for other in others:
        if sorted(msgspec.json.encode(line.data) for line in other) != sorted(
            msgspec.json.encode(line.data) for line in first
        ):
            raise ClaimspansError(
                f"{first[0].data['doc']}: the {side} have this article in {first[0].path}, row {first[0].number}, and "
                f"otherwise in {other[0].path}, row {other[0].number}; leave one of the two out"
            )
    return first


def join(folder: Folder, sides: Mapping[str, Sequence[File]], options: Mapping[str, Any]) -> Join:
    """A join in this folder; raises `ClaimspansError` where the folder holds work on other files or with other options.

    ``options`` are whatever else decides what is written into the folder.
    """
    size = sum(file.size for files in sides.values() for file in files)
    buckets = max(1, -(-size // BUCKET))
    told = {
        "claimspans": VERSION,
        "buckets": buckets,
        "options": options,
        "sides": {side: [[file.name, file.size, file.changed] for file in files] for side, files in sides.items()},
    }
    job = msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"
    if not folder.holds(JOB):
        folder.write(JOB, job)
    elif folder.read(JOB) != job:
        raise ClaimspansError(
            f"{folder.name}: holds the work of another call, or its files have changed; name another folder"
        )
    return Join(folder, sides, buckets)
