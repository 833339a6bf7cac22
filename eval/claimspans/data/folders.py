"""Writing a folder whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .problems import ClaimspansError


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
