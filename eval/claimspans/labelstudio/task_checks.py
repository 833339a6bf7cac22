"""Tasks before they are sent: made of articles, and refused where the server or its page would lose something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from ..data.problems import ClaimspansError
from ..data.records import Document
from .config import configuration
from .encode import As, to_task
from .fields import Page
from .refusals import RefusedError
from .relations import Note


def encoded(
    title: str, documents: Sequence[Document], page: Page, layer: As | None, model_version: str
) -> dict[str, bytes]:
    """The tasks of the articles as JSON, a fiftieth of their size as objects; raises for what the server would lose."""
    if not 3 <= len(title.strip()) <= 50:
        raise ClaimspansError(f"“{title}”: a project's name has 3 to 50 characters; give another with --project")
    names = [document.doc for document in documents]
    twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    if twice:
        raise ClaimspansError(f"{', '.join(twice[:5])}: given twice; give each article once")
    tasks: dict[str, bytes] = {}
    notes: list[Note] = []
    for document in documents:
        try:
            task = to_task(document, page, layer=layer, model_version=model_version)
        except RefusedError as refused:
            notes += refused.notes
            continue
        tasks[document.doc] = msgspec.json.encode(task)
    _refuse(notes)
    return tasks


def validate(tasks: Mapping[str, bytes], page: Page, layer: As | None) -> None:
    """Raise where the page, or a task that is to be sent, is not as Label Studio's own client expects it."""
    from label_studio_sdk.label_interface import LabelInterface

    interface = LabelInterface(configuration(page))
    interface.validate()
    _refuse(
        Note(doc, "", str(said), "give it as the schema has it")
        for doc, task in tasks.items()
        for result in msgspec.json.decode(task).get(layer or "", ())
        for said in interface.validate_prediction(result, return_errors=True)
    )


def _refuse(notes: Iterable[Note]) -> None:
    if told := list(notes):
        shown = [str(note) for note in told[:10]] + ([f"… and {len(told) - 10} more"] if len(told) > 10 else [])
        raise ClaimspansError("nothing was sent, for Label Studio would lose something:\n" + "\n".join(shown))
