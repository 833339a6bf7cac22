"""What a task says of itself: its article, whether its text is the one that was sent, who annotated it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..data.hashes import sha256_of
from .encode import OURS
from .fields import REASON

Told = tuple[str, str, str]
"""Place, detail and remedy of a note."""


def meta_of(carrier: Mapping[str, Any]) -> Mapping[str, Any]:
    """What claimspans put into the ``meta`` of a task or of a region; empty where it put nothing there."""
    meta = carrier.get("meta")
    kept = meta.get(OURS) if isinstance(meta, Mapping) else None
    return kept if isinstance(kept, Mapping) else {}


def foreign(task: Mapping[str, Any]) -> Iterator[Told]:
    """Why nothing of a task can be taken: it has no text or names no article, or its text is not the one pushed.

    A task that somebody made by hand was not pushed, so that its text is the one that counts.
    """
    data = task.get("data")
    if not isinstance(data, Mapping) or not isinstance(data.get("text"), str):
        yield "", "its data have no text, which is what is annotated", "push articles with claimspans"
        return
    if not data.get("doc_id"):
        yield "", "its data name no article, and its text is that of no article here", "give its data a doc_id"
        return
    wanted = meta_of(task).get("sha256")
    if wanted is not None and wanted != _hash(data["text"]):
        yield "", "its text is not the one that was sent: offsets would point elsewhere", "delete the task, push again"


def adopted(task: Mapping[str, Any], docs: Mapping[str | None, str]) -> Mapping[str, Any]:
    """A task with the article that it names, or without a name the one that has its text, by the text's hash."""
    data = task.get("data")
    if not isinstance(data, Mapping) or data.get("doc_id") or not isinstance(data.get("text"), str):
        return task
    doc = docs.get(_hash(data["text"]))
    return task if doc is None else {**task, "data": {**data, "doc_id": doc}}


def author(annotation: Mapping[str, Any]) -> int | None:
    """The number of the account that an annotation is of: the last that changed it, which may not have begun it."""
    return account(annotation, "updated_by") or account(annotation, "completed_by")


def account(annotation: Mapping[str, Any], field: str) -> int | None:
    """The number of the account in a field of an annotation, which may be a number or an object."""
    who = annotation.get(field)
    number = who.get("id") if isinstance(who, Mapping) else who
    return number if isinstance(number, int) else None


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


def reasons_in(task: Mapping[str, Any], annotation: Mapping[str, Any]) -> dict[str, str]:
    """What was written beside the differences of a task, by their keys."""
    asked = task["data"].get("differences")
    keys = [one.get("key") for one in asked if isinstance(one, Mapping)] if isinstance(asked, list) else []
    found = {}
    for row in annotation.get("result") or ():
        control = str(row.get("from_name")) if isinstance(row, Mapping) else ""
        number = control.removeprefix(REASON)
        if control.startswith(REASON) and number.isdecimal() and int(number) < len(keys):
            words = row["value"].get("text") if isinstance(row.get("value"), Mapping) else None
            found[str(keys[int(number)])] = " ".join(words) if isinstance(words, list) else str(words or "")
    return found


DRAFTED = {"filter": "filter:tasks:draft_exists", "operator": "equal", "type": "Boolean", "value": True}
"""The condition on tasks that hold work which nobody submitted."""

NO_DOC = "?"
"""What stands for the article of a task that names none."""


def doc_of(task: Mapping[str, Any]) -> str:
    """The article of a task; `NO_DOC` where it names none."""
    data = task.get("data")
    return str(data.get("doc_id") or NO_DOC) if isinstance(data, Mapping) else NO_DOC
