"""Answers of a service kept by a hash of what was asked, so that the same question is paid for once."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...data.files import write_text
from ...data.hashes import sha256_of
from ...data.problems import ClaimspansError

NO_CACHE = "CLAIMSPANS_NO_CACHE"
"""An environment variable: while it is set nothing is taken from a cache, and nothing is put there."""

OFF = "off"


class Cache:
    """Answers in files of a folder; without a folder there is nothing in it."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @classmethod
    def at(cls, named: str) -> Cache:
        """The cache in a folder, ``off``, or for an empty name that of the user's account.

        Raises `ClaimspansError` where the folder cannot be made or written to.
        """
        if named == OFF or os.environ.get(NO_CACHE):
            return cls(None)
        folder = Path(named) if named else _of_user()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            usable = os.access(folder, os.W_OK)
        except OSError:
            usable = False
        if not usable:
            raise ClaimspansError(
                f"{folder}: answers cannot be kept there; name a folder with -o cache=DIR, or -o cache={OFF}"
            )
        return cls(folder)

    def get(self, asked: Mapping[str, Any]) -> dict[str, Any] | None:
        """The answer to what is asked; a file that is broken, or of something else, holds none."""
        path = self._path(asked)
        if path is None:
            return None
        try:
            kept = json.loads(path.read_bytes())
            answer = kept["answer"]
            sound = kept["sha256"] == _hash_of(answer) and isinstance(answer, dict)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return answer if sound else None

    def put(self, asked: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
        """Keep an answer, whole or not at all: a full disk costs the cache, never the run."""
        path = self._path(asked)
        if path is not None:
            try:
                write_text(path, json.dumps({"sha256": _hash_of(answer), "answer": answer}))
            except ClaimspansError as error:
                print(f"not kept in the cache: {error}", file=sys.stderr)  # noqa: T201 -- a worker's log

    def _path(self, asked: Mapping[str, Any]) -> Path | None:
        if self._folder is None:
            return None
        name = _hash_of(asked)
        return self._folder / name[:2] / f"{name}.json"


def _of_user() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("claimspans", appauthor=False) / "answers"


def _hash_of(value: Any) -> str:
    return sha256_of(json.dumps(value, sort_keys=True, separators=(",", ":")))
