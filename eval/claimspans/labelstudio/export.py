"""A JSON export of Label Studio as Documents."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from ..data.problems import ClaimspansError
from ..data.records import Document
from ..data.schema import Schema, default_schema
from .decode import from_task
from .fields import Page
from .relations import Note


def read_export(path: Path | str, schema: Schema | None = None) -> list[Document]:
    """The articles of an export file with their latest submitted annotation, in the order of the file.

    The file is one of the export type JSON (the others lose relations). Tasks that were skipped are left out; one
    without an annotation has what was suggested. Raises `ClaimspansError`, listing what is wrong, when the file is
    no such export or a task cannot be taken as it is.
    """
    tasks = _tasks(Path(path))
    page = Page(schema or default_schema())
    documents: list[Document] = []
    wrong: list[Note] = []
    for task in tasks:
        if task.get("annotations") and all(one.get("was_cancelled") for one in task["annotations"]):
            continue
        document, notes = from_task(task, page)
        wrong += notes
        if document is not None:
            documents.append(document)
    counts = Counter(document.doc for document in documents)
    wrong += [
        Note(name, "", "stands in the export twice", "delete one of its tasks")
        for name, count in sorted(counts.items())
        if count > 1
    ]
    if wrong:
        shown = [f"{path}: {note}" for note in wrong[:10]] + ([f"… and {len(wrong) - 10} more"] if wrong[10:] else [])
        raise ClaimspansError("\n".join(shown))
    return documents


def _tasks(path: Path) -> list[dict[str, Any]]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ClaimspansError(f"{path}: {error.strerror}; expected a JSON export of Label Studio") from error
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
