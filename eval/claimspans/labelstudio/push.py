"""Articles → a project on a server: made or brought up to date, so that a second push changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from ..data.hashes import sha256_of
from ..data.problems import ClaimspansError
from ..data.records import Document, document_records, to_line
from ..data.schema import Schema
from .api import Client
from .config import configuration, instruction, page_in
from .decode import from_annotation
from .encode import OURS, As
from .fields import Page, lists_of
from .project import page_of, told_of
from .relations import Note
from .task_checks import encoded, validate
from .tasks import NO_DOC, adopted, doc_of, foreign

EVERYBODY = 1000
"""How many people annotate an article unless somebody says: Label Studio's own default is one, and then nobody else."""

BATCH = 50
"""Tasks in one request: what is lost when the server breaks is this much, and it is sent again."""


_HIDDEN = (
    *("data.text", "inner_id", "completed_at", "total_predictions", "annotations_results", "annotations_ids"),
    *("predictions_score", "predictions_model_versions", "predictions_results", "file_upload", "storage_filename"),
    *("created_at", "updated_at", "updated_by", "avg_lead_time", "draft_exists"),
)
"""Columns of the list of articles that are not shown: they would push the articles' ids out of sight."""

_HIDDEN_BESIDE = ("total_annotations", "cancelled_annotations", "annotators", "data.published")
"""Further ones that are not shown where the list stands beside an open article, a hand wide."""

_INSIDE = ("result", "model_version", "updated_at")
"""What is asked for of annotations and predictions: the list of fields counts inside the tasks, too."""


class Pushed(msgspec.Struct, kw_only=True):
    """What a push did. Counts are of articles, ``marks`` of the spans, claims and zones on those that were given.

    ``notes`` is what was left as it is, and why.
    """

    project: int
    url: str
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    marks: int = 0
    notes: list[Note] = []


class Known(msgspec.Struct, frozen=True):
    """A task that the server has of an article; ``results`` are the hashes of what is in it, by id and version."""

    id: int
    sha256: str | None
    results: tuple[tuple[int, str, str], ...]

    def told(self, layer: As, model_version: str) -> list[tuple[int, str, str]]:
        """The results that stand for what is pushed: all annotations, or the suggestions of the version."""
        return [one for one in self.results if layer == "annotations" or one[1] == model_version]


def push(
    client: Client,
    title: str,
    documents: Sequence[Document],
    schema: Schema,
    *,
    layer: As | None = "predictions",
    model_version: str = "claimspans",
    annotators: int | None = None,
    reconfigure: bool = False,
    known: Iterable[Document] = (),
    differences: bool = False,
    done: Callable[[int], None] | None = None,
) -> Pushed:
    """Bring the project called ``title`` to hold these articles, with what they say as ``layer``.

    Everything is checked before anything is sent: `ClaimspansError` lists what cannot be. An article that is there
    keeps its task and whatever people did in it; suggestions of the same ``model_version`` are replaced where they
    differ. ``annotators`` is how many people get each article; without it everybody does in a project that is new,
    and nothing changes in one that is there. The page of a project in which somebody has submitted something is changed
    only with ``reconfigure``: where it is foreign to the schema, nothing is sent without it. Values that
    ``known`` articles have are listed beside the text fields (`lists_of`), the ``differences``
    of the tasks' data beside the text. ``done`` is called with the number of articles that a step dealt with.
    """
    there = client.project(title)
    page = page_in(str((there or {}).get("label_config") or ""), schema)
    if there is None or reconfigure or not there.get("total_annotations_number"):
        # What somebody chose from a list stays in it: the server refuses a page without it.
        lists = {control: list(values) for control, values in page.lists.items()}
        for control, values in lists_of(page, known, {one.doc for one in documents}).items():
            lists[control] = list(dict.fromkeys([*lists.get(control, ()), *values]))
        page = Page(schema, lists, differences=differences)
    tasks = encoded(title, documents, page, layer, model_version)
    there_already: dict[str, Known] = {}
    notes: list[Note] = []
    if there is not None:
        there = dict(client.again(client.studio.projects.get, there["id"]))
        _ours(client, there, schema, reconfigure=reconfigure)
        docs: dict[str | None, str] = {sha256_of(one.text or ""): one.doc for one in documents}
        there_already, notes = _known(client, int(there["id"]), layer, page, docs)
    digests = {} if layer is None else {doc: _wanted(tasks[doc], layer, page) for doc in there_already if doc in tasks}
    held = {
        doc
        for doc, digest in digests.items()
        if layer is not None and digest in {one[2] for one in there_already[doc].told(layer, model_version)}
    }
    validate({doc: task for doc, task in tasks.items() if doc not in held}, page, layer)
    number = _project(client, title, there, page, annotators, reconfigure=reconfigure)
    result = Pushed(project=number, url=f"{client.url}/projects/{number}/data", notes=notes)
    if layer is not None:
        result.marks = sum(len(one.spans) + len(one.claims) + len(one.zones) for one in documents)
    new = []
    for document in documents:
        if document.doc not in there_already:
            new.append(document)
            continue
        task = msgspec.json.decode(tasks[document.doc])
        digest = digests.get(document.doc)
        _refresh(client, there_already[document.doc], task, digest, layer, model_version, result)
        if done is not None:
            done(1)
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        rows = [msgspec.json.decode(tasks[document.doc]) for document in batch]
        client.once(client.studio.projects.import_tasks, id=number, request=rows, return_task_ids=True)
        result.created += len(batch)
        if done is not None:
            done(len(batch))
    if layer == "predictions" and documents:
        # The version whose suggestions the page opens with; it must be one that the project has.
        client.again(client.studio.projects.update, number, model_version=model_version)
    return result


def _project(
    client: Client,
    title: str,
    project: dict[str, Any] | None,
    page: Page,
    annotators: int | None,
    *,
    reconfigure: bool,
) -> int:
    """The project, made or with its settings put right, and with a view: without one its first page is empty."""
    schema = page.schema
    wanted: dict[str, Any] = {
        "label_config": configuration(page),
        "expert_instruction": instruction(schema),
        "show_instruction": True,
    }
    if annotators is not None:
        wanted["maximum_annotations"] = annotators
    if project is None:
        wanted = {"title": title, "maximum_annotations": EVERYBODY} | wanted
        project = dict(client.once(client.studio.projects.create, **wanted))
    else:
        if project.get("total_annotations_number") and not reconfigure:
            del wanted["label_config"]
        if str(project.get("expert_instruction")).endswith(wanted["expert_instruction"]):
            del wanted["expert_instruction"]  # what stands before it is for this project alone
        changed = {key: value for key, value in wanted.items() if project.get(key) != value}
        if changed:
            client.again(client.studio.projects.update, project["id"], **changed)
    number = int(project["id"])
    if not client.again(client.studio.views.list, project=number):
        hidden, beside = ([f"tasks:{name}" for name in names] for names in (_HIDDEN, _HIDDEN_BESIDE))
        shown = {"title": "Default", "hiddenColumns": {"explore": hidden, "labeling": hidden + beside}}
        client.once(client.studio.views.create, project=number, data=shown)
    return number


def _ours(client: Client, project: Mapping[str, Any], schema: Schema, *, reconfigure: bool) -> None:
    """Raise for a project that somebody made for something else; one that was made by hand with our page is ours."""
    if page_of(project, schema) != "foreign":
        return
    if project.get("task_number"):
        task = next(iter(client.tasks(project["id"], ["id", "data", "meta"])), None)
        meta = task.get("meta") if task is not None else None
        if task is not None and not (isinstance(meta, Mapping) and OURS in meta):
            raise ClaimspansError(
                f"project “{project['title']}” ({project['id']}) holds tasks that claimspans did not make; "
                "name another with --project"
            )
    if project.get("total_annotations_number") and not reconfigure:
        raise ClaimspansError(
            f"{told_of(project)}: holds {project['total_annotations_number']} annotations, and its labels, "
            f"fields or values are not those of {schema.name}: nothing was sent. Name the schema that it was "
            "made with, or another project; --reconfigure gives it this one's page, and what was annotated "
            "with others is then not read any more"
        )


def _known(
    client: Client, project: int, layer: As | None, page: Page, docs: Mapping[str | None, str]
) -> tuple[dict[str, Known], list[Note]]:
    """The tasks that are there by article, and a note for those that cannot be used.

    ``docs`` has the articles by the hashes of their texts.
    """
    known: dict[str, Known] = {}
    notes: list[Note] = []
    for found in client.tasks(project, ["id", "data", "meta", *([layer] if layer else []), *_INSIDE]):
        task = adopted(found, docs)
        doc = doc_of(task)
        notes += [Note(doc, place, detail, remedy, task["id"]) for place, detail, remedy in foreign(task)]
        if doc == NO_DOC:
            continue
        if doc in known:
            detail = f"a second task of this article; task {known[doc].id} is the one that is used"
            notes.append(Note(doc, "", detail, "delete one of the two", task["id"]))
            continue
        text = task["data"].get("text") if isinstance(task.get("data"), Mapping) else None
        results = tuple(
            (one["id"], one.get("model_version") or "", _digest(task, one, page)) for one in task.get(layer or "") or ()
        )
        known[doc] = Known(task["id"], sha256_of(text) if isinstance(text, str) else None, results)
    return known, notes


def _digest(task: Mapping[str, Any], annotation: Mapping[str, Any], page: Page) -> str:
    """A hash of what an annotation says: the server and the page add words of their own to its rows."""
    document, _ = from_annotation(task, annotation, page)
    records = document_records(document, "") if document is not None else ()
    return sha256_of("".join(map(to_line, records)))


def _wanted(task: bytes, layer: As, page: Page) -> str:
    """The hash of what a task that is to be sent says."""
    given = msgspec.json.decode(task)
    return _digest(given, given[layer][0], page)


def _refresh(
    client: Client,
    known: Known,
    task: Mapping[str, Any],
    digest: str | None,
    layer: As | None,
    model_version: str,
    result: Pushed,
) -> None:
    """Bring what a task holds up to date; what people did stays."""

    def note(detail: str, remedy: str) -> None:
        result.notes.append(Note(doc_of(task), "", detail, remedy, known.id))

    if known.sha256 != sha256_of(task["data"]["text"]):
        note("the server has another text of this article", "delete the task, or push into another project")
        return
    if layer is None:
        result.unchanged += 1
        return
    wanted = task[layer][0]
    there = known.told(layer, model_version)
    same = [one for one in there if one[2] == digest]
    if layer == "annotations":
        if not there:
            client.once(client.studio.annotations.create, known.id, **wanted)
            result.updated += 1
        elif same:
            result.unchanged += 1
        else:
            note("it has annotations already, and other ones", "delete them in Label Studio, or push suggestions")
        return
    if same and len(there) == 1:
        result.unchanged += 1
        return
    kept = (same or there)[:1]
    # Put right in its place: an annotation that began from a deleted one would no longer say so.
    predictions = client.studio.predictions
    if not there:
        client.once(predictions.create, task=known.id, **wanted)
    elif not same:
        client.again(predictions.update, kept[0][0], task=known.id, **({"score": None} | wanted))
    for number, _, _ in [one for one in there if one not in kept]:
        client.again(predictions.delete, number)
    result.updated += 1
