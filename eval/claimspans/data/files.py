"""Whole files and folders, written so that a reader never sees half of one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .problems import ClaimspansError


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


def write_folder(path: Path | str, files: Mapping[str, bytes]) -> None:
    """Write a folder of files, named by their paths in it: beside it first, then renamed.

    Raises `ClaimspansError`, and changes nothing, where something other than an empty folder is there already or where
    it cannot be written.
    """
    target = Path(path)
    refuse_taken(target)
    beside = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
        beside.chmod(0o755)
        for name, raw in files.items():
            file = beside / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(raw)
        beside.replace(target)
    except OSError as error:
        raise ClaimspansError(f"{path}: cannot be written: {error.strerror}; name another place") from error
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)


def refuse_taken(path: Path | str) -> None:
    """Raise `ClaimspansError` where a file or a folder with something in it is there already."""
    target = Path(path)
    if target.is_dir() and any(target.iterdir()):
        raise ClaimspansError(f"{path}: the folder is not empty; name a new one, or remove what is in it")
    if target.exists() and not target.is_dir():
        raise ClaimspansError(f"{path}: is a file; expected a folder to be made")
