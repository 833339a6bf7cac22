"""Parquet files of an archive: local, or wherever else pyarrow's file systems reach; written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import msgspec

from ...data.problems import ClaimspansError

if TYPE_CHECKING:
    import pyarrow

_WILD = "*["
PARQUET = ".parquet"


class File(msgspec.Struct, frozen=True):
    """A file in its file system; ``name`` is what a person calls it, ``size`` in bytes, ``changed`` in nanoseconds."""

    system: Any
    path: str
    name: str
    size: int
    changed: int | None


class Folder(msgspec.Struct, frozen=True):
    """A folder to write into, which everything that works on one archive sees."""

    system: Any
    path: str
    name: str

    def file(self, name: str) -> str:
        return f"{self.path}/{name}"

    def holds(self, name: str) -> bool:
        """Whether a file is there; one that is being written is not."""
        return bool(self.system.get_file_info(self.file(name)).is_file)

    def read(self, name: str) -> bytes:
        with self.system.open_input_stream(self.file(name)) as file:
            raw: bytes = file.read()
            return raw

    def write(self, name: str, raw: bytes) -> None:
        with self.writing(name) as file:
            file.write(raw)

    @contextmanager
    def writing(self, name: str) -> Iterator[Any]:
        """A file that takes its name when all was written, so that nobody reads half of it.

        An object store shows an object when it is complete, but takes one for complete whose writer has failed: it gets
        the whole of it at once. Elsewhere the file is written beside, and renamed.
        """
        import pyarrow.fs

        target = self.file(name)
        if isinstance(self.system, pyarrow.fs.S3FileSystem):
            buffer = pyarrow.BufferOutputStream()
            yield buffer
            with self.system.open_output_stream(target) as file:
                file.write(buffer.getvalue())
            return
        head, _, tail = target.rpartition("/")
        self.system.create_dir(head, recursive=True)
        beside = f"{head}/.{tail}.{uuid4().hex[:8]}"
        try:
            with self.system.open_output_stream(beside) as file:
                yield file
            self.system.move(beside, target)
        except BaseException:
            self.system.delete_file(beside)
            raise

    def write_table(self, name: str, table: pyarrow.Table) -> None:
        from pyarrow import parquet

        with self.writing(name) as file:
            parquet.write_table(table, file, compression="zstd")

    def read_table(self, name: str, columns: Sequence[str] | None = None) -> pyarrow.Table:
        from pyarrow import parquet

        with parquet.ParquetFile(self.file(name), filesystem=self.system) as file:
            return file.read(columns)

    def remove(self, name: str) -> None:
        """Remove a folder in this one, if it is there."""
        import pyarrow.fs

        if self.system.get_file_info(self.file(name)).type == pyarrow.fs.FileType.Directory:
            self.system.delete_dir(self.file(name))

    def tidy(self, name: str) -> None:
        """Remove from a folder in this one what workers that were ended had half written; nobody writes there now."""
        import pyarrow.fs

        for each in self.system.get_file_info(pyarrow.fs.FileSelector(self.file(name), allow_not_found=True)):
            if each.base_name.startswith("."):
                self.system.delete_file(each.path)


def located(given: str) -> tuple[Any, str]:
    """The file system of a path or URI, and the path in it. Needs pyarrow."""
    try:
        from pyarrow import ArrowException, fs
    except ImportError as error:
        raise ClaimspansError(f"{given}: Parquet needs pyarrow: pip install 'claimspans[parquet]'") from error
    if "://" not in given:
        return fs.LocalFileSystem(), os.path.abspath(given)  # noqa: PTH100 -- a pattern is no path
    try:
        system, path = fs.FileSystem.from_uri(given)
    except (ArrowException, ValueError, OSError) as error:
        raise ClaimspansError(f"{given}: {error}; expected a path, or a URI such as s3://bucket/folder") from error
    return system, path


def folder(given: Path | str) -> Folder:
    """The folder of a path or URI, which need not be there yet."""
    system, path = located(str(given))
    return Folder(system, path.rstrip("/"), str(given).rstrip("/"))


@contextmanager
def writing(given: str) -> Iterator[Any]:
    """A file of a path or URI, as `Folder.writing` writes it."""
    system, path = located(given)
    head, _, tail = path.rpartition("/")
    with Folder(system, head, given).writing(tail) as file:
        yield file


def parquet_files(given: str, *, missing: bool = False) -> list[File]:
    """The Parquet files of a path or URI: one, those of a folder and the folders in it, or those of a pattern with *.

    Raises `ClaimspansError` where there is none, unless they may be ``missing``, or they cannot be listed.
    """
    from pyarrow import fs

    system, path = located(given)
    head = given[: given.rindex(path)] if "://" in given and path in given else ""
    try:
        info = system.get_file_info(path)
        if any(mark in path for mark in _WILD) and info.type == fs.FileType.NotFound:
            base = next(str(parent) for parent in PurePosixPath(path).parents if not set(_WILD) & set(str(parent)))
            listed = system.get_file_info(fs.FileSelector(base, allow_not_found=True, recursive=True))
            found = [each for each in listed if each.is_file and PurePosixPath(each.path).match(path)]
        elif info.type == fs.FileType.Directory:
            listed = system.get_file_info(fs.FileSelector(path, recursive=True))
            found = [each for each in listed if each.is_file and each.path.endswith(PARQUET) and _shown(each.path)]
        else:
            found = [info] if info.is_file else []
    except OSError as error:
        raise ClaimspansError(f"{given}: {error}") from error
    if not found and not missing:
        raise ClaimspansError(
            f"{given}: no such Parquet files; expected a file, a folder, or a pattern such as x/*.parquet"
        )
    files = [File(system, each.path, head + each.path, each.size, each.mtime_ns) for each in found]
    return sorted(files, key=lambda file: file.path)


def _shown(path: str) -> bool:
    return not any(part.startswith((".", "_")) for part in PurePosixPath(path).parts[1:])
