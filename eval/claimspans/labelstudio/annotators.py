"""How far each annotator of a project has come, how fast, and how far they agree so far."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import combinations
from statistics import median
from typing import Any

import msgspec

from ..data.problems import ClaimspansError
from ..data.records import Document
from ..data.schema import Schema
from ..scoring.counts import ratio
from ..scoring.score import score
from .api import Client
from .decode import from_annotation
from .fields import Page
from .project import page_of, schema_of, told_of
from .tasks import DRAFTED, author

_FIELDS = ("id", "data", "meta", "annotations", "result", "was_cancelled", "lead_time")
_AUTHORS = ("completed_by", "updated_by")


class Annotator(msgspec.Struct, kw_only=True):
    """What one person did in a project.

    Articles ``done`` and ``skipped``, and ``drafts``, those begun and not submitted (who only looked at one may have
    left a draft, too). ``minutes``: the median of an article that is done; ``spans_an_hour``: spans and claims. Both
    are of the time that Label Studio counts, also where it was idle; None where it counted none. ``agreement``: the
    mean over the others of the strict F1 on the articles that both have done; None where there are none, or where the
    project's page is not that of its schema. ``compared`` is how many articles these are.
    """

    name: str
    done: int = 0
    skipped: int = 0
    drafts: int = 0
    minutes: float | None = None
    spans_an_hour: float | None = None
    agreement: float | None = None
    compared: int = 0


class _Work(msgspec.Struct):
    """What one person submitted: articles, their seconds, and how many spans and claims the timed ones hold."""

    found: Annotator
    documents: dict[str, Document] = {}
    seconds: list[float] = []
    timed: int = 0


def annotators(client: Client, title: str) -> list[Annotator]:
    """Everybody who did something in the project called ``title``, by name; raises where there is no such project."""
    project = client.project(title)
    if project is None:
        raise ClaimspansError(f"{client.url}: no project “{title}”; name one with --project")
    schema = schema_of(client, title)
    if page_of(project, schema) == "foreign":
        raise ClaimspansError(f"{told_of(project)}: its labels, fields or values are not those of {schema.name}")
    names = {int(user["id"]): str(user["email"]) for user in client.users()}
    people: dict[str, _Work] = {}

    def of(name: str) -> _Work:
        return people.setdefault(name, _Work(Annotator(name=name)))

    page = Page(schema)
    for task in client.tasks(project["id"], [*_FIELDS, *_AUTHORS]):
        for name, annotation in _latest(task, names).items():
            _count(of(name), task, annotation, page)
    if client.count(project["id"], [DRAFTED]):
        for name in _drafts(client, project["id"]):
            of(name).found.drafts += 1
    for work in people.values():
        work.found.minutes = median(work.seconds) / 60 if work.seconds else None
        work.found.spans_an_hour = ratio(work.timed * 3600, sum(work.seconds))
    _compare(list(people.values()), schema)
    return [people[name].found for name in sorted(people)]


def _latest(task: Mapping[str, Any], names: Mapping[int, str]) -> dict[str, Mapping[str, Any]]:
    """The latest annotation of each person: one that was submitted rather than one that was skipped."""
    found: dict[str, Mapping[str, Any]] = {}
    rows = task.get("annotations") or ()
    for one in sorted(rows, key=lambda one: (not one.get("was_cancelled"), one["id"])):
        found[names.get(author(one) or 0, "a deleted account")] = one
    return found


def _drafts(client: Client, project: int) -> Iterator[str]:
    """Whose drafts there are, a name for each article. Only a snapshot says so: lists hold one's own alone."""
    exports = client.studio.projects.exports
    options = {"drafts": {"only_id": False}, "predictions": {"only_id": True}}
    made = client.once(exports.create, project, title="claimspans status", serialization_options=options)
    try:
        raw = client.once(lambda: b"".join(exports.download(project, export_pk=made.id, export_type="JSON")))
    finally:
        client.again(exports.delete, project, export_pk=made.id)
    for task in json.loads(raw):
        yield from sorted({str(draft["user"]) for draft in task.get("drafts") or () if isinstance(draft, dict)})


def _count(work: _Work, task: Mapping[str, Any], annotation: Mapping[str, Any], page: Page) -> None:
    if annotation.get("was_cancelled"):
        work.found.skipped += 1
        return
    work.found.done += 1
    document, _ = from_annotation(task, annotation, page)
    if document is None:
        return
    work.documents[document.doc] = document
    if seconds := annotation.get("lead_time"):
        work.seconds.append(float(seconds))
        work.timed += len(document.spans) + len(document.claims)


def _compare(people: list[_Work], schema: Schema) -> None:
    """The agreement of everybody with everybody else, on the articles that both have done."""
    figures: dict[str, list[float]] = {}
    for one, other in combinations(people, 2):
        both = sorted(one.documents.keys() & other.documents.keys())
        f1 = _agreement([list(_open(work, both)) for work in (one, other)], schema) if both else None
        for work in (one, other):
            if f1 is not None:
                figures.setdefault(work.found.name, []).append(f1)
    for work in people:
        others = [set(other.documents) for other in people if other is not work]
        work.found.compared = len(set(work.documents) & set().union(*others))
        if found := figures.get(work.found.name):
            work.found.agreement = sum(found) / len(found)


def _open(work: _Work, docs: list[str]) -> Iterator[Document]:
    """The articles without their zones, as for `claimspans.layers.agreement`."""
    for doc in docs:
        yield msgspec.structs.replace(work.documents[doc], zones=())


def _agreement(layers: list[list[Document]], schema: Schema) -> float | None:
    return score(layers[0], layers[1], schema=schema, schemes=("strict",))["strict"].micro.f1
