"""What a task of Label Studio says of itself: its article, whether its text is the one that was sent, suggestions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..data.hashes import sha256_of
from .encode import OURS

Told = tuple[str, str, str]
"""Place, detail and remedy of a note."""


def meta_of(carrier: Mapping[str, Any]) -> Mapping[str, Any]:
    """What claimspans put into the ``meta`` of a task or of a region; empty where it put nothing there."""
    meta = carrier.get("meta")
    kept = meta.get(OURS) if isinstance(meta, Mapping) else None
    return kept if isinstance(kept, Mapping) else {}


def foreign(task: Mapping[str, Any]) -> Iterator[Told]:
    """Why nothing of a task can be taken: it is not of claimspans, or its text is not the one that was sent."""
    data = task.get("data")
    if not isinstance(data, Mapping) or not isinstance(data.get("text"), str) or not data.get("doc_id"):
        yield "", "not a task of claimspans: its data have no text and doc_id", "push articles with claimspans"
        return
    wanted = meta_of(task).get("sha256")
    if wanted is None:
        yield "", "the task does not say which text was sent (meta is gone)", "delete the task and push it again"
    elif wanted != _hash(data["text"]):
        yield "", "its text is not the one that was sent: offsets would point elsewhere", "delete the task, push again"


def _hash(text: str) -> str | None:
    try:
        return sha256_of(text)
    except UnicodeEncodeError:
        return None


def versions_in(annotation: Mapping[str, Any]) -> list[str]:
    """The versions of what was pushed that marks of an annotation still are of, in order; none in work from nothing."""
    rows = [row for row in annotation.get("result") or () if isinstance(row, Mapping)]
    versions = (meta_of(row).get("from") for row in rows)
    return sorted({version for version in versions if isinstance(version, str)})


def doc_of(task: Mapping[str, Any]) -> str:
    """The article of a task; a question mark where it names none."""
    data = task.get("data")
    return str(data.get("doc_id") or "?") if isinstance(data, Mapping) else "?"
