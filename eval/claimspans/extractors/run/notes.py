"""What a run notes of its articles beside their predictions, a line each: a run in parts counts all of them.

``errors.jsonl`` has every attempt that failed, ``usage.jsonl`` what was used, ``left-out.jsonl`` what was left out of
answers that were taken. A note that cannot be written is not worth a run.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

ERRORS = "errors.jsonl"
USAGE = "usage.jsonl"
LEFT_OUT = "left-out.jsonl"
_LONGEST = 10_000
"""Characters of what is said of an attempt that failed."""

MOST_USED = 10**15
"""Of one kind for one article; what is more is a mistake, or meant to break the sum."""
MOST_KINDS = 50

NOTES = (ERRORS, USAGE, LEFT_OUT)


class LeftOut(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Of an article: the spans that the label map left out, by their label, and attributes that the schema has not."""

    doc: str
    labels: Mapping[str, int] = {}
    attributes: int = 0


class Notes:
    """The notes of a run folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def failed(self, doc: str, kind: str, detail: str, attempt: int, traceback: str | None = None) -> None:
        """Note an attempt that failed."""
        raised_at = {} if traceback is None else {"traceback": traceback}
        said = {"doc": doc, "kind": kind, "detail": detail[:_LONGEST], "attempt": attempt, "at": now()}
        self._add(ERRORS, said | raised_at)

    def traceback(self, doc: str) -> str | None:
        """Where in its user's code the last attempt at an article failed; None where no exception was raised."""
        found: str | None = None
        for line in self._lines(ERRORS):
            with contextlib.suppress(msgspec.DecodeError):
                noted = _object(line)
                found = noted.get("traceback") if noted.get("doc") == doc else found
        return found

    def used(self, doc: str, usage: Mapping[str, float]) -> None:
        """Note what was used for an article, such as tokens."""
        if usage:
            self._add(USAGE, {"doc": doc, **usage})

    def left_out(self, doc: str, labels: Mapping[str, int], attributes: int) -> None:
        """Note what was left out of an article's answer."""
        if labels or attributes:
            self._add(LEFT_OUT, msgspec.to_builtins(LeftOut(doc=doc, labels=labels, attributes=attributes)))

    def usage(self) -> Counter[str]:
        """What has been used, also for attempts of which nothing is left."""
        found: Counter[str] = Counter()
        for line in self._lines(USAGE):
            with contextlib.suppress(msgspec.DecodeError):  # a line that was cut off
                found.update({key: value for key, value in usage_of(_object(line)).items() if key != "doc"})
        return found

    def all_left_out(self, docs: Collection[str]) -> Iterator[LeftOut]:
        """What was left out of each of these articles, as it was noted last: an article may have been run twice."""
        found: dict[str, LeftOut] = {}
        for line in self._lines(LEFT_OUT):
            with contextlib.suppress(msgspec.DecodeError):
                noted = msgspec.json.decode(line, type=LeftOut)
                found[noted.doc] = noted
        yield from (noted for doc, noted in found.items() if doc in docs)

    def _lines(self, name: str) -> list[bytes]:
        path = self._folder / name
        return path.read_bytes().splitlines() if path.exists() else []

    def _add(self, name: str, record: Mapping[str, Any]) -> None:
        try:
            with (self._folder / name).open("ab+") as file:
                if file.tell():
                    file.seek(-1, os.SEEK_END)
                    # A line that was cut off when a program was killed must not take this one with it.
                    file.write(b"" if file.read(1) == b"\n" else b"\n")
                file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
        except OSError:
            return


def usage_of(given: Any) -> dict[str, float]:
    """What an answer says was used, as far as it can be added: up to `MOST_KINDS` numbers from 0 to `MOST_USED`."""
    pairs = given.items() if isinstance(given, Mapping) else ()
    sound = {key: value for key, value in pairs if type(value) in (int, float) and 0 <= value <= MOST_USED}
    return {str(key): sound[key] for key in list(sound)[:MOST_KINDS] if len(str(key)) <= 100}


def _object(line: bytes) -> dict[str, Any]:
    return msgspec.json.decode(line, type=dict[str, Any])


def now() -> str:
    """The time, in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
