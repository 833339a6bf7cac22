"""A system whose articles' ids say what it does wrong: ``hang-3`` hangs. Anything else is answered with one span."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from pathlib import Path
from typing import Any

import psutil

from claimspans.extractors import Refused

GOOD = {"label": "ITEM", "start": 0, "end": 5}
BAD_SPANS: dict[str, dict[str, Any]] = {
    "nan": GOOD | {"score": float("nan")},
    "infinite": GOOD | {"score": float("inf")},
    "range": {"label": "ITEM", "start": 5, "end": 10_000},
    "reversed": {"label": "ITEM", "start": 5, "end": 2},
    "mismatch": GOOD | {"text": "other words"},
    "label": {"label": "WEAPON", "start": 0, "end": 5},
    "string": {"label": "ITEM", "start": "0", "end": "5"},
    "float": {"label": "ITEM", "start": 0.0, "end": 5.0},
    "negative": {"label": "ITEM", "start": -5, "end": 5},
    "nothing": {},
    "quote": {"label": "ITEM", "text": "words that the article does not hold"},
    "half": {"label": "ITEM", "text": "\ud800 shells"},  # of a surrogate pair, which no file can hold
}


def extract(article: dict[str, Any]) -> Any:
    kind = article["doc"].partition("-")[0]
    if kind in BAD_SPANS:
        return [GOOD, BAD_SPANS[kind]]
    if kind == "exit":
        os._exit(3)
    if kind == "segfault":
        ctypes.string_at(0)
    if kind == "hang":
        time.sleep(3600)
    if kind == "memory":
        held = bytearray(b"x") * (1 << 31)
        time.sleep(len(held))
    if kind == "raise":
        raise ValueError("what it cannot read")
    if kind == "noise":
        print('{"doc": "another", "spans": []}', flush=True)
        os.write(1, b"raw noise\n")
    if kind == "permanent":
        return {"error": "no such language"}
    if kind == "busy":
        raise Refused("busy", "come back", retryable=True, retry_after=0.01)
    if kind in ("twice", "once"):
        return _at_last(article["doc"], 2 if kind == "twice" else 1)
    if kind == "wrong":
        return {"doc": "another", "spans": []}
    if kind == "none":
        return None
    if kind == "text":
        return {"spans": "none"}
    return [GOOD]


def _at_last(doc: str, failures: int) -> Any:
    """An answer after so many failures: 429, or a crash; they are counted by files, which survive the process."""
    folder = Path(os.environ["FAULTY_FOLDER"])
    before = len(list(folder.glob(f"{doc}.*")))
    if before < failures:
        (folder / f"{doc}.{before}").touch()
        if failures == 2:
            return {"error": "429 Too Many Requests", "retryable": True, "retry_after": 0.01}
        sys.stderr.write("dies\n")
        os._exit(1)
    return [GOOD]


def slow(article: dict[str, Any]) -> Any:
    """A good answer; to the second half of a dozen once somebody lets it go on."""
    go = Path(os.environ.get("FAULTY_FOLDER", os.devnull)) / "go"
    while go.parent.is_dir() and int(article["doc"].rpartition("-")[2]) >= 6 and not go.exists():
        time.sleep(0.02)
    return [GOOD, {"label": "DATE", "start": 0, "end": len(article["doc"])}]


def archived(article: dict[str, Any]) -> Any:
    """As `extract`, but what befalls it befalls the engine's process that asks; the text ends in a folder for signs.

    ``killed`` kills that process once, ``fills`` takes the node's memory once, until somebody ends it, and ``waits``
    answers when there is ``go``.
    """
    folder, kind = Path(article["text"].split()[-1]), article["doc"].partition("-")[0]
    if kind == "killed" and not (folder / "killed").exists():
        (folder / "killed").touch()
        psutil.Process().parents()[1].kill()  # the first is the guard of this one
        time.sleep(3600)
    if kind == "fills" and not (folder / "fills").exists():
        (folder / "fills").touch()
        held = bytearray()
        while len(held) < 6 << 30:
            held += b"x" * (1 << 26)
            time.sleep(0.05)
        raise MemoryError("nobody ended this")
    if kind == "waits":
        (folder / "waits").touch()
        while not (folder / "go").exists():
            time.sleep(0.02)
    return extract(article)
