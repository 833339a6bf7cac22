"""Partitioned Parquet, worked off file by file: what is done is there whole, under its own name, and is not done again.

A folder may be an ``s3://`` URI, as pyarrow's file systems take it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from ...data.manifest import then_and_now
from ...data.problems import ClaimspansError
from ...extractors.batch import IN, Batch
from .files import File, Folder, folder, parquet_files

if TYPE_CHECKING:
    import pyarrow

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
        """Raises `ClaimspansError` where there is no Parquet under ``source``, and where ``out`` has other files.

        Predictions of another extractor, or of other options, are others.
        """
        self.source = source
        self.out = out
        self.function = function
        self.names = _names(source, parquet_files(source))
        self._made_by = self._earlier()

    def left(self) -> list[str]:
        """The names of what is not done, in their order."""
        done = self._done()
        return [name for name in self.names if name not in done]

    def __call__(self, name: str) -> int:
        """Do one; raises `ClaimspansError` where the extractor is another than that of the files that are there."""
        from pyarrow import parquet

        out = folder(self.out)
        if out.holds(name):
            return int(_metadata(out, name).num_rows)
        made_by = self.function.identity
        if self._made_by not in (None, made_by):
            raise ClaimspansError(f"{self.out}: {_others(self._made_by, made_by)}")
        schema = self.function.schema.with_metadata({MADE_BY: json.dumps(made_by, sort_keys=True)})
        rows = 0
        with out.writing(name) as file, parquet.ParquetWriter(file, schema) as writer:
            for table in _tables(folder(self.source), name):
                writer.write_table(self.function(table).cast(schema))
                rows += table.num_rows
        return rows

    def _done(self) -> set[str]:
        return set(_names(self.out, parquet_files(self.out, missing=True)))

    def _earlier(self) -> Any:
        """What made the files that are there; None where there are none. What was left half-written is removed."""
        out, done = folder(self.out), sorted(self._done())
        others = [name for name in done if name not in self.names]
        if others:
            raise ClaimspansError(f"{self.out}: has {others[0]}, which {self.source} has not; name another folder")
        for within in {str(PurePosixPath(name).parent) for name in self.names}:
            out.tidy(within)
        settings, found = self.function.settings, None
        with ThreadPoolExecutor(_FOOTERS) as pool:
            for name, metadata in zip(done, pool.map(partial(_metadata, out), done), strict=True):
                made_by = json.loads((metadata.metadata or {}).get(MADE_BY, b"{}"))
                known = {key: made_by.get(key) for key in settings}
                if known != settings or made_by != (found or made_by):
                    raise ClaimspansError(f"{self.out}/{name}: {_others(known, found or settings)}")
                found = made_by
        return found


def _names(within: str, files: Sequence[File]) -> tuple[str, ...]:
    """The paths of files in a folder; raises `ClaimspansError` where it is none, but a file or a pattern."""
    head = folder(within).path + "/"
    if not all(file.path.startswith(head) for file in files):
        raise ClaimspansError(f"{within}: is no folder; expected one with Parquet files")
    return tuple(file.path.removeprefix(head) for file in files)


def _metadata(within: Folder, name: str) -> Any:
    from pyarrow import parquet

    with within.system.open_input_file(within.file(name)) as file:
        return parquet.read_metadata(file)


def _tables(within: Folder, name: str) -> Iterator[pyarrow.Table]:
    """The columns that are read of a file, so many rows at a time; raises `ClaimspansError` where it is no Parquet."""
    import pyarrow
    from pyarrow import parquet

    try:
        with within.system.open_input_file(within.file(name)) as file:
            rows = parquet.ParquetFile(file)
            for batch in rows.iter_batches(ROWS, columns=[one for one in rows.schema_arrow.names if one in IN]):
                yield pyarrow.Table.from_batches([batch])
    except (pyarrow.ArrowException, OSError) as error:
        raise ClaimspansError(f"{within.name}/{name}: {error}; expected a Parquet file") from error


def _others(was: Any, now: Any) -> str:
    return f"predictions that were made otherwise ({then_and_now(was, now)}); name another folder, or remove them"
