"""Partitioned Parquet, worked off file by file: what is done is there whole, under its own name, and is not done again.

An address is a folder or an ``s3://`` URI, as pyarrow's file systems take it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from ...data.files import remove_left_over, write_bytes
from ...data.manifest import then_and_now
from ...data.problems import ClaimspansError
from ...extractors.batch import IN, Batch

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.fs import FileSystem

SUFFIX = ".parquet"
ROWS = 256
"""Articles that the batch function gets at once."""
MADE_BY = b"claimspans"
"""The metadata of a file of predictions: what made it, as JSON."""
_FOOTERS = 16
"""Files whose metadata are read side by side."""


class Partitions:
    """The Parquet files under ``source``, of which each is to become one of the same name under ``out``.

    Called with the name of one it reads it, puts its rows through ``function``, writes the predictions, and gives the
    number of rows; a file that is there already is left as it is. So a call that is cut short, repeated, or made twice
    at once, leaves the same file as one. An engine gets the object (it can be pickled) and the names that are `left`.
    """

    def __init__(self, source: str, out: str, function: Batch) -> None:
        """Raises `ClaimspansError` where there is no such folder, none of its files is Parquet, or ``out`` has others.

        Predictions of another extractor, or of other options, are others.
        """
        self.source = source
        self.out = out
        self.function = function
        self.names = parquet_names(source)
        self._made_by = self._earlier()

    def left(self) -> list[str]:
        """The names of what is not done, in their order."""
        done = set(parquet_names(self.out, missing=True))
        return [name for name in self.names if name not in done]

    def __call__(self, name: str) -> int:
        """Do one; raises `ClaimspansError` where the extractor is another than that of the files that are there."""
        import pyarrow as pa
        from pyarrow import parquet

        files, folder = file_system(self.out)
        target = f"{folder}/{name}"
        if files.get_file_info(target).is_file:
            with files.open_input_file(target) as there:
                return int(parquet.read_metadata(there).num_rows)
        made_by = self.function.identity
        if self._made_by not in (None, made_by):
            raise ClaimspansError(f"{self.out}: {_others(self._made_by, made_by)}")
        schema = self.function.schema.with_metadata({MADE_BY: json.dumps(made_by, sort_keys=True)})
        buffer = pa.BufferOutputStream()
        rows = 0
        with parquet.ParquetWriter(buffer, schema) as writer:
            for table in read_tables(self.source, name, IN):
                writer.write_table(self.function(table).cast(schema))
                rows += table.num_rows
        write_whole(files, target, buffer.getvalue())
        return rows

    def _earlier(self) -> Any:
        """What made the files that are there; None where there are none. What was left half-written is removed."""
        done = parquet_names(self.out, missing=True)
        others = [name for name in done if name not in self.names]
        if others:
            raise ClaimspansError(f"{self.out}: has {others[0]}, which {self.source} has not; name another folder")
        files, folder = file_system(self.out)
        if files.type_name == "local":
            for name in done:
                remove_left_over(Path(folder, name))
        settings = self.function.settings
        found = None
        with ThreadPoolExecutor(_FOOTERS) as pool:
            for name, made_by in zip(done, pool.map(self._made, done), strict=True):
                known = {key: made_by.get(key) for key in settings}
                if known != settings or made_by != (found or made_by):
                    raise ClaimspansError(f"{self.out}/{name}: {_others(known, settings)}")
                found = made_by
        return found

    def _made(self, name: str) -> dict[str, Any]:
        from pyarrow import parquet

        files, folder = file_system(self.out)
        with files.open_input_file(f"{folder}/{name}") as file:
            metadata = parquet.read_schema(file).metadata or {}
        found: dict[str, Any] = json.loads(metadata.get(MADE_BY, b"{}"))
        return found


def _others(was: Any, now: Any) -> str:
    return f"predictions that were made otherwise ({then_and_now(was, now)}); name another folder, or remove them"


def file_system(address: str) -> tuple[FileSystem, str]:
    """The file system of an address, and the path there; raises `ClaimspansError` for an address that is none."""
    from pyarrow import ArrowException
    from pyarrow.fs import FileSystem

    try:
        files, path = FileSystem.from_uri(address if "://" in address else str(Path(address).absolute()))
    except (ArrowException, OSError) as error:
        raise ClaimspansError(
            f"{address}: {error}; expected a folder, or an address such as s3://BUCKET/FOLDER"
        ) from error
    return files, path.rstrip("/")


def parquet_names(address: str, *, missing: bool = False) -> tuple[str, ...]:
    """The paths of the Parquet files under an address, in order, but of hidden ones; of a file its own name.

    Raises `ClaimspansError` where there are none, unless the folder may be ``missing``.
    """
    from pyarrow.fs import FileSelector

    files, folder = file_system(address)
    try:
        found = files.get_file_info(FileSelector(folder, recursive=True, allow_not_found=missing))
    except OSError as error:
        raise ClaimspansError(f"{address}: {error}; expected a folder with Parquet files") from error
    paths = [PurePosixPath(one.path).relative_to(folder) for one in found if one.is_file]
    names = [str(path) for path in paths if path.suffix == SUFFIX and not any(part[0] in "._" for part in path.parts)]
    if not names and not missing:
        raise ClaimspansError(f"{address}: has no file that ends in {SUFFIX}; expected a folder with Parquet files")
    return tuple(sorted(names))


def read_tables(address: str, name: str, columns: Collection[str]) -> Iterator[pa.Table]:
    """Those of the columns that a file has, so many rows at a time; raises `ClaimspansError` where it is no Parquet."""
    import pyarrow as pa
    from pyarrow import parquet

    files, folder = file_system(address)
    try:
        with files.open_input_file(f"{folder}/{name}") as file:
            rows = parquet.ParquetFile(file)
            for batch in rows.iter_batches(ROWS, columns=[one for one in rows.schema_arrow.names if one in columns]):
                yield pa.Table.from_batches([batch])
    except (pa.ArrowException, OSError) as error:
        raise ClaimspansError(f"{address}/{name}: {error}; expected a Parquet file") from error


def write_whole(files: FileSystem, path: str, raw: Any) -> None:
    """Write a file so that a reader sees all of it or nothing: on S3 an upload appears when it is complete."""
    if files.type_name == "local":
        write_bytes(path, raw)
        return
    with files.open_output_stream(path) as stream:
        stream.write(raw)
