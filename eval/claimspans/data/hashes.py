"""Hashes of files and folders, by which a run knows whether its extractor is still the same."""

from __future__ import annotations

import hashlib
from pathlib import Path


def hash_of(path: Path | str) -> str:
    """SHA-256, 16 digits: of a file, or of a folder's files with their names; hidden and compiled ones left out.

    Raises `OSError` for what cannot be read.
    """
    path = Path(path)
    found = hashlib.sha256()
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            inside = file.relative_to(path)
            if file.is_file() and file.suffix != ".pyc" and not any(part.startswith(".") for part in inside.parts):
                found.update(f"{inside.as_posix()}\0".encode())
                _add(found, file)
    else:
        _add(found, path)
    return found.hexdigest()[:16]


def _add(found: hashlib._Hash, file: Path) -> None:
    with file.open("rb") as opened:
        found.update(hashlib.file_digest(opened, "sha256").digest())
