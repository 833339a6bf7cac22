"""A user's own copies of the articles: found by their hashes, and put in place where the texts are withheld."""

from __future__ import annotations

from pathlib import Path

from .corpus import Corpus
from .corpus_folder import SEEDS
from .files import write_bytes
from .hashes import sha256_of
from .problems import ClaimspansError

_LARGEST = 1 << 24
"""Bytes; a larger file is no article."""


def read_copies(folder: Path) -> dict[str, bytes]:
    """The files of a folder and of those in it, whatever their names, by the SHA-256 of their bytes.

    Raises `ClaimspansError` for a folder that is not there.
    """
    if not folder.is_dir():
        raise ClaimspansError(f"{folder}: no such folder; expected one with your copies of the articles")
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.stat().st_size <= _LARGEST:
            raw = path.read_bytes()
            found[sha256_of(raw)] = raw
    return found


def put_in_place(corpus: Corpus, folder: Path) -> tuple[str, ...]:
    """Write the texts that a corpus withholds into its folder, all or none; the ids of their articles.

    Raises `ClaimspansError` where nothing is withheld, an article has no copy, or a text cannot be written.
    """
    if not corpus.withheld:
        raise ClaimspansError(f"{corpus.name}: withholds no text; there is nothing to put in place")
    copies = read_copies(folder)
    sources = [corpus.sources[doc] for doc in corpus.withheld]
    missing = [f"{one.doc} (SHA-256 {one.sha256[:12]}…)" for one in sources if one.sha256 not in copies]
    if missing:
        raise ClaimspansError(
            f"{folder}: no file has the bytes of {', '.join(missing)}; copies must be the same byte for byte, line "
            "ends and white space included"
        )
    written: list[Path] = []
    try:
        for source in sources:
            path = corpus.root / SEEDS / source.file
            write_bytes(path, copies[source.sha256])
            written.append(path)
    except (ClaimspansError, OSError):
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return corpus.withheld
