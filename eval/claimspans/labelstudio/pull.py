"""What people submitted on a server → annotation layers, a folder for each of them; only what changed is fetched."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..data.problems import ClaimspansError
from ..data.schema import Schema, default_schema
from ..layers.provenance import Project, Sidecar
from .api import Client, number_filter
from .config import remembered
from .fields import Page
from .last_pull import changed_since, next_since, stamp
from .project import page_of, told_of
from .relations import Note
from .submissions import Pulled, Submissions
from .tasks import DRAFTED

_FIELDS = ("id", "data", "meta", "annotations", "drafts", "updated_at", "predictions_model_versions")
_INSIDE = (
    "result",
    "was_cancelled",
    "completed_by",
    "updated_by",
    "created_at",
    "lead_time",
    "parent_prediction",
    "user",
)
"""What is asked for of tasks and of the annotations in them: the server has one list for both."""

BATCH = 100
"""Tasks that are looked at together: what is lost when the server breaks is this much, and it is asked for again."""


def pull(
    client: Client,
    title: str,
    folder: Path,
    schema: Schema | None = None,
    *,
    hashes: Mapping[str, str] | None = None,
    whole: bool = False,
    done: Callable[[int], None] | None = None,
) -> Pulled:
    """Fetch what changed since the last pull into ``folder/<annotator>/<doc>.jsonl``.

    ``schema`` is that of the project where none is given; with a page that is not that of its schema nothing is taken.
    ``hashes`` are those of the articles that are known here, by id: a task with another text is refused. A file that
    was edited here is kept; where the server's version changed too, that goes beside it and is a conflict. Files and
    the side file are written one by one and whole, so that a pull that was broken off is finished by the next.
    ``done`` is called after each article. ``whole`` fetches everything. Raises `ClaimspansError` for a project that
    is not there, and for one whose page is foreign.
    """
    project = client.project(title)
    if project is None:
        raise ClaimspansError(f"{client.url}: no project “{title}”; name one with --project, or push first")
    number, began = int(project["id"]), client.clock
    schema = schema or remembered(str(project.get("label_config") or "")) or default_schema()
    page_is = page_of(project, schema)
    if page_is == "foreign":
        raise ClaimspansError(
            f"{told_of(project)}: its labels, fields or values are not those of {schema.name}, so that nothing was "
            "taken and no file was changed; name the schema that the project was made with, or put its configuration "
            "back in Label Studio (Settings → Labeling Interface)"
        )
    sidecar = Sidecar(folder, title)
    pulled = Project(title=title, project=number, url=client.url, created_at=stamp(project.get("created_at")))
    since = sidecar.open(pulled)
    result = Pulled(folder=str(folder))
    if page_is == "looks":
        detail = "its configuration looks otherwise than that of the schema: labels, fields and values are the same"
        result.news.append(Note(title, "", detail, "push with --reconfigure to renew it"))
    work = Submissions(sidecar, Page(schema), hashes or {}, sidecar.folders(client.users()), result)
    if sidecar.tasks:
        known = [number_filter("id", "less_or_equal", max(sidecar.tasks))]
        if client.count(number, known) != len(sidecar.tasks):
            work.deleted({row["id"] for row in client.tasks(number, ["id"], known, inside=False)})
    changed = client.tasks(number, [*_FIELDS, *_INSIDE], [] if whole else changed_since(since))
    # The second is read when all of the first has been looked at.
    for tasks in itertools.chain(_batches(changed), _batches(_again(client, number, sidecar))):
        work.take(tasks)
        if done is not None:
            done(len(tasks))
    work.drafts(title, client.tasks(number, ["id", "data"], [DRAFTED], inside=False))
    work.conflicts()
    pulled.since = next_since(began, work.latest, since)
    sidecar.save()
    return result


def _again(client: Client, project: int, sidecar: Sidecar) -> Iterator[Mapping[str, Any]]:
    """The tasks of which something could not be taken, if they are still there: a problem is told until it is mended.

    What this pull has looked at is left out, so this is to be read behind that.
    """
    for task in sorted(sidecar.again - sidecar.looked_at):
        yield from client.tasks(project, [*_FIELDS, *_INSIDE], [number_filter("id", "equal", task)])


def _batches(tasks: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    batch: list[Mapping[str, Any]] = []
    for task in tasks:
        batch.append(task)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch
