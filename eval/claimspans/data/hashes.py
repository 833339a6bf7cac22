"""Hashes of contents, files and folders."""

from __future__ import annotations

import hashlib
from pathlib import Path


def sha256_of(content: bytes | str) -> str:
    """SHA-256 in hexadecimal digits; of a text, that of its UTF-8."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def number_of(text: str) -> int:
    """A number of 64 bits for a text, the same on every machine: BLAKE2b, eight bytes."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def hash_of(path: Path | str) -> str:
    """SHA-256, 16 digits: of a file, or of a folder's files with their names; hidden and compiled ones left out.

    By it a run knows whether its extractor is still the same.

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
