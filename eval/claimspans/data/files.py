"""Whole files and folders: written so that a reader never sees half of one, read so that none can be too much."""

from __future__ import annotations

import errno
import os
import select
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from .problems import ClaimspansError

LARGEST = 1 << 26
"""Bytes of a file that is read as a whole, such as a schema, a manifest, a label map or decisions."""

PATIENCE = 10.0
"""Seconds to wait for somebody who writes into a pipe."""

T = TypeVar("T")


def open_file(path: Path) -> BufferedReader:
    """The bytes of a file, or of what stands for one, such as the pipe of a shell's ``<(…)``.

    Raises `OSError` where it cannot be opened, for a pipe too that nobody writes into.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        _wait_for_writer(handle, path)
        os.set_blocking(handle, True)
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def _wait_for_writer(handle: int, path: Path) -> None:
    if stat.S_ISFIFO(os.fstat(handle).st_mode) and not select.select([handle], [], [], PATIENCE)[0]:
        raise OSError(errno.ETIMEDOUT, "a pipe that nobody writes into", str(path))


def read_bytes(path: Path, most: int | None = None) -> bytes:
    """The bytes of a file; raises `OSError` where it cannot be read, has more, or is a pipe that nobody writes into.

    ``most`` is `LARGEST` where nothing else is said.
    """
    most = LARGEST if most is None else most
    with open_file(path) as file:
        raw = file.read(most + 1)
    if len(raw) > most:
        raise OSError(errno.EFBIG, f"has more than {most >> 20} MiB", str(path))
    return raw


def read_whole(path: Path | str, expected: str, most: int | None = None) -> bytes:
    """The bytes of a file; raises `ClaimspansError`, with what was expected, where it cannot be read or has more."""
    try:
        return read_bytes(Path(path), most)
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        raise ClaimspansError(f"{path}: {said}; expected {expected}") from error


def read_json(path: Path | str, kind: type[T], expected: str) -> T:
    """What a JSON file holds; raises `ClaimspansError` where it is not of this kind, or `read_whole` does."""
    return decode_json(read_whole(path, expected), kind, str(path), expected)


def read_json_lines(path: Path | str, kind: Any, expected: str) -> list[Any]:
    """What each line of a file holds; raises `ClaimspansError` for a line that is not of this kind."""
    lines = read_whole(path, expected).splitlines()
    return [decode_json(line, kind, f"{path}:{number}", expected) for number, line in enumerate(lines, 1)]


def decode_json(raw: bytes, kind: type[T], place: str, expected: str) -> T:
    """What JSON holds; raises `ClaimspansError`, which names the ``place``, where it is not of this kind."""
    try:
        found: T = msgspec.json.decode(raw, type=kind)
    except (ValueError, RecursionError) as error:
        raise ClaimspansError(f"{place}: {error}; expected {expected}") from error
    return found


def write_text(path: Path | str, text: str, *, private: bool = False) -> None:
    """Write a text as UTF-8, as `write_bytes` does."""
    write_bytes(path, text.encode("utf-8"), private=private)


def write_json(path: Path | str, value: Any, *, private: bool = False) -> None:
    """Write a record as indented JSON, as `write_bytes` does."""
    write_bytes(path, msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n", private=private)


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


def remove_left_over(path: Path) -> None:
    """Remove what a program that was killed while it wrote this file left beside it; nobody writes it now."""
    for beside in path.parent.glob(f".{path.name}.????????"):
        beside.unlink(missing_ok=True)


def refuse_input(out: Path, *inputs: Path | str | None) -> None:
    """Raise `ClaimspansError` where a file to be written is one of those that are read, or stands among a folder's.

    Beside the records of a run folder or a layer there is room for anything else.
    """
    data = (".jsonl", ".json", ".gz", ".parquet")
    target = Path(os.path.realpath(out))  # it raises nothing, not for a loop of links
    for given in inputs:
        source = Path(os.path.realpath(given)) if given is not None else None
        inside = source is not None and source.is_dir() and target.parent == source and target.suffix in data
        if target == source or (inside and target.exists()):
            raise ClaimspansError(f"{out}: is read by this command, and would be overwritten; name another file")


def write_folder(path: Path | str, files: Mapping[str, bytes]) -> None:
    """Write a folder of files, named by their paths in it, as `whole_folder` does.

    Raises `ClaimspansError`, and changes nothing, where something other than an empty folder is there already.
    """
    refuse_taken(path)
    with whole_folder(path) as made:
        for name, raw in files.items():
            file = made / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(raw)


@contextmanager
def whole_folder(path: Path | str) -> Iterator[Path]:
    """A new folder that takes the place of ``path``, and of what is there, when all went well, and is gone when not.

    Raises `ClaimspansError` where it cannot be written.
    """
    target = Path(path).absolute()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except OSError as error:
        raise ClaimspansError(f"{path}: cannot be written: {error.strerror}; name another place") from error
    try:
        made = beside / "made"
        made.mkdir()
        yield made
        if target.exists():
            target.rename(beside / "before")
        made.rename(target)
    except BaseException as error:
        if (beside / "before").exists() and not target.exists():
            (beside / "before").rename(target)
        if isinstance(error, OSError) and _of_writing(beside, error):
            said = os.strerror(error.errno) if error.errno else error
            raise ClaimspansError(
                f"{path}: cannot be written: {said}; nothing was changed: free space, or name another place"
            ) from error
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _of_writing(folder: Path, error: OSError) -> bool:
    """Whether an error is of writing into the folder: a copy to a full disk names what it was copied from."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return full or error.filename is None or Path(error.filename).is_relative_to(folder)


def refuse_taken(path: Path | str) -> None:
    """Raise `ClaimspansError` where a file or a folder with something in it is there already."""
    target = Path(path)
    if target.is_dir() and any(target.iterdir()):
        raise ClaimspansError(f"{path}: the folder is not empty; name a new one, or remove what is in it")
    if target.exists() and not target.is_dir():
        raise ClaimspansError(f"{path}: is a file; expected a folder to be made")
