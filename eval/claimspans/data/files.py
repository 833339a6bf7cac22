"""Whole files, written so that a reader never sees half of one."""

from __future__ import annotations

import os
import tempfile
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
