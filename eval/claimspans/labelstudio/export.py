"""A JSON export of Label Studio as Documents."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..data.files import read_whole
from ..data.problems import ClaimspansError
from ..data.records import Document
from ..data.schema import Schema, default_schema
from .decode import from_annotation
from .fields import Page
from .relations import Note
from .tasks import author

EACH = "each"
"""The choice of whoever annotated an article, where no two people annotated the same."""


def read_export(path: Path | str, schema: Schema | None = None, annotator: str | None = None) -> list[Document]:
    """The articles of an export file that somebody submitted, in the order of the file.

    The file is one of the export type JSON (the others lose relations). What nobody submitted is not annotated, and is
    left out: tasks that nobody opened, that were skipped, or that hold drafts or suggestions alone. ``annotator`` names
    the account that is wanted, by its number or address, or is `EACH`; it may be left out where there is one alone.
    Raises `ClaimspansError`, listing what is wrong, when the file is no such export, when it has several annotators
    and none is named, or a task cannot be taken as it is.
    """
    tasks = _tasks(Path(path))
    page = Page(schema or default_schema())
    found = [
        (task, one)
        for task in tasks
        for one in task["annotations"]
        if not one.get("was_cancelled") and _is(one, annotator)
    ]
    names = sorted({_name(one) for _, one in found})
    if annotator is None and len(names) > 1:
        raise ClaimspansError(
            f"{path}: annotations by {len(names)} accounts ({', '.join(names)}): name one, as with --option "
            f"annotator={names[0]}, or say annotator={EACH} where each article has one annotator"
        )
    if annotator not in (None, EACH) and not found:
        known = sorted({_name(one) for task in tasks for one in task["annotations"]})
        raise ClaimspansError(f"{path}: nothing submitted by {annotator}; its annotators: {', '.join(known) or 'none'}")
    documents: list[Document] = []
    wrong: list[Note] = []
    for task, annotation in found:
        document, notes = from_annotation(task, annotation, page)
        wrong += notes
        if document is not None:
            documents.append(document)
    counts = Counter(document.doc for document in documents)
    wrong += [
        Note(name, "", f"has {count} annotations in the export", "delete what does not count, or name one annotator")
        for name, count in sorted(counts.items())
        if count > 1
    ]
    if wrong:
        shown = [f"{path}: {note}" for note in wrong[:10]] + ([f"… and {len(wrong) - 10} more"] if wrong[10:] else [])
        raise ClaimspansError("\n".join(shown))
    return documents


def _is(annotation: Mapping[str, Any], annotator: str | None) -> bool:
    if annotator in (None, EACH):
        return True
    return annotator in (_name(annotation), str(author(annotation)))


def _name(annotation: Mapping[str, Any]) -> str:
    """The address of an annotation's account where the export says it, else its number."""
    number = author(annotation)
    for field in ("updated_by", "completed_by"):
        who = annotation.get(field)
        if isinstance(who, Mapping) and who.get("id") == number and who.get("email"):
            return str(who["email"])
    return "a deleted account" if number is None else str(number)


_LARGEST = 1 << 29
"""Bytes of an export, which is read as a whole."""


def _tasks(path: Path) -> list[dict[str, Any]]:
    raw = read_whole(path, "a JSON export of Label Studio", _LARGEST)
    try:
        tasks = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ClaimspansError(f"{path}: not JSON ({error}); export the project as JSON") from error
    if not isinstance(tasks, list) or not all(
        isinstance(task, dict)
        and isinstance(task.get("data"), dict)
        and isinstance(task.get("annotations"), list)
        and all(isinstance(one, dict) for one in task["annotations"])
        for task in tasks
    ):
        raise ClaimspansError(
            f"{path}: not an export of the type JSON, a list of tasks with data and annotations; JSON-MIN, CSV and "
            "CoNLL lose relations: export the project as JSON"
        )
    return tasks
