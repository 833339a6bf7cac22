"""What people submitted on a server → annotation layers, a folder for each of them; only what changed is fetched."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ..data.hashes import sha256_of
from ..data.problems import ClaimspansError
from ..data.records import document_records, to_line
from ..data.schema import Schema
from ..layers.provenance import Entry, Project, Sidecar
from .api import Client, number_filter
from .config import configuration
from .decode import from_annotation
from .fields import Page
from .relations import Note
from .since import changed_since, moment, next_since
from .tasks import doc_of, versions_in

if TYPE_CHECKING:
    from datetime import datetime

_FIELDS = ("id", "data", "meta", "annotations", "drafts", "updated_at", "predictions_model_versions")
_INSIDE = ("result", "was_cancelled", "completed_by", "created_at", "lead_time", "parent_prediction", "user")
"""What is asked for of tasks and of the annotations in them: the server has one list for both."""

_DOC = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Pulled(msgspec.Struct, kw_only=True):
    """What a pull did. ``problems`` and ``conflicts`` want somebody's hand; ``news`` is worth knowing."""

    folder: str
    written: list[str] = []
    unchanged: int = 0
    problems: list[Note] = []
    conflicts: list[Note] = []
    news: list[Note] = []

    @property
    def clean(self) -> bool:
        return not self.problems and not self.conflicts


def pull(
    client: Client,
    title: str,
    folder: Path,
    schema: Schema,
    *,
    hashes: Mapping[str, str] | None = None,
    whole: bool = False,
    done: Callable[[int], None] | None = None,
) -> Pulled:
    """Fetch what changed since the last pull into ``folder/<annotator>/<doc>.jsonl``.

    ``hashes`` are those of the articles that are known here, by id: a task with another text is refused. A file that
    was edited here is kept; where the server's version changed too, that goes beside it and is a conflict. Files and
    the side file are written one by one and whole, so that a pull that was broken off is finished by the next.
    ``done`` is called after each article. ``whole`` fetches everything. Raises `ClaimspansError` for a project that
    is not there.
    """
    project = client.project(title)
    if project is None:
        raise ClaimspansError(f"{client.url}: no project “{title}”; name one with --project, or push first")
    number, began = int(project["id"]), client.clock
    sidecar = Sidecar(folder, title)
    pulled = Project(title=title, project=number, url=client.url, created_at=project.get("created_at"))
    since = sidecar.open(pulled)
    result = Pulled(folder=str(folder))
    if _squeezed(project.get("label_config")) != _squeezed(configuration(schema)):
        detail = "its configuration is not that of the schema: somebody changed it, or it is of another version"
        result.problems.append(Note(title, "", detail, "push again to put it right, or name its schema"))
    work = _Work(sidecar, Page(schema), hashes or {}, sidecar.folders(client.get("/api/users")), result)
    if sidecar.tasks:
        known = [number_filter("id", "less_or_equal", max(sidecar.tasks))]
        if client.count(number, known) != len(sidecar.tasks):
            work.deleted({row["id"] for row in client.tasks(number, ["id"], known, inside=False)})
    changed = client.tasks(number, [*_FIELDS, *_INSIDE], [] if whole else changed_since(since))
    # The second is read when all of the first has been looked at.
    for tasks in itertools.chain(_hundreds(changed), _hundreds(_again(client, number, sidecar))):
        work.take(tasks)
        if done is not None:
            done(len(tasks))
    work.drafts(title, client.tasks(number, ["id", "data"], [_DRAFTED], inside=False))
    work.conflicts()
    pulled.since = next_since(began, work.latest, since)
    sidecar.save()
    return result


def _squeezed(configuration: Any) -> str:
    """A configuration without blanks: the server or an editor may set it out otherwise."""
    return "".join(str(configuration).split())


_DRAFTED = {"filter": "filter:tasks:draft_exists", "operator": "equal", "type": "Boolean", "value": True}


def _again(client: Client, project: int, sidecar: Sidecar) -> Iterator[Mapping[str, Any]]:
    """The tasks of which something could not be taken, if they are still there: a problem is told until it is mended.

    What this pull has looked at is left out, so this is to be read behind that.
    """
    for task in sorted(sidecar.again - sidecar.looked_at):
        yield from client.tasks(project, [*_FIELDS, *_INSIDE], [number_filter("id", "equal", task)])


def _hundreds(tasks: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    batch: list[Mapping[str, Any]] = []
    for task in tasks:
        batch.append(task)
        if len(batch) == 100:
            yield batch
            batch = []
    yield batch


class _Work:
    """One pull at work on its tasks."""

    def __init__(
        self, sidecar: Sidecar, page: Page, hashes: Mapping[str, str], folders: Mapping[int, str], result: Pulled
    ) -> None:
        self._sidecar = sidecar
        self._page = page
        self._hashes = hashes
        self._folders = folders
        self._result = result
        self.latest: datetime | None = None
        """The time of the latest change that was looked at."""
        self._annotators = {who for who, _ in sidecar.entries}
        self._authors = {entry.annotation: entry.annotator for entry in sidecar.entries.values() if not entry.gone}
        self._first: dict[str, int] = {}
        """The task that counts of each article: the first."""

    def deleted(self, there: set[int]) -> None:
        """Say which tasks are gone; their files stay."""
        for task, doc in sorted(self._sidecar.tasks.items()):
            if task not in there:
                remedy = "its files stay; remove them if they are not wanted"
                self._result.news.append(Note(doc, "", "the task was deleted on the server", remedy, task))
                del self._sidecar.tasks[task]
        self._sidecar.again &= there
        for entry in self._sidecar.entries.values():
            entry.gone = entry.gone or entry.task not in there

    def drafts(self, title: str, drafted: Iterable[Mapping[str, Any]]) -> None:
        """Say which tasks hold work that nobody submitted: in one note, for whoever looks at a task leaves a draft."""
        found = [doc_of(task) for task in drafted]
        if found:
            named = ", ".join(found[:10]) + (" …" if len(found) > 10 else "")
            detail = f"drafts are not taken: {named}"
            remedy = "submit them in the page; who only looked at an article has left one, too"
            self._result.news.append(Note(title, "", detail, remedy))

    def take(self, tasks: Iterable[Mapping[str, Any]]) -> None:
        """Write what was submitted in these tasks: first the side file with what is about to be written."""
        writes: list[tuple[Entry, str]] = []
        for task in tasks:
            doc = doc_of(task)
            self._sidecar.tasks[task["id"]] = doc
            changed = moment(task.get("updated_at"))
            self.latest = changed if self.latest is None else max(self.latest, changed)
            before = len(self._result.problems)
            writes += self._annotations(task, doc)
            self._sidecar.looked_at.add(task["id"])
            self._sidecar.again.discard(task["id"])
            if len(self._result.problems) > before:
                self._sidecar.again.add(task["id"])
        self._sidecar.save()
        for entry, text in writes:
            self._write(entry, text)
        if writes:
            self._sidecar.save()

    def _annotations(self, task: Mapping[str, Any], doc: str) -> Iterator[tuple[Entry, str]]:
        first = self._first_of(doc)
        if first != task["id"]:
            self._problem(task, f"a second task of this article; task {first} is the one that is taken", "delete one")
            return
        submitted: dict[str, Mapping[str, Any]] = {}
        skipped: set[str] = set()
        for one in sorted(task.get("annotations") or (), key=lambda one: (moment(one.get("updated_at")), one["id"])):
            who = self._annotator(one)
            if one.get("was_cancelled"):
                skipped.add(who)
                continue
            if who in submitted:
                self._problem(task, f"{who} has two annotations: the later is taken", "delete the other")
            submitted[who] = one
        for who in skipped - set(submitted):
            self._result.news.append(Note(doc, "", f"skipped by {who}", "nothing is taken", task["id"]))
        for who in sorted(self._annotators - set(submitted)):
            entry = self._sidecar.entries.get((who, doc))
            if entry is not None and entry.task == task["id"] and not entry.gone:
                entry.gone = True
                remedy = "the file stays; remove it if it is not wanted"
                self._result.news.append(Note(doc, "", f"{who} has no annotation any more", remedy, task["id"]))
        for who, annotation in submitted.items():
            text = self._text(task, annotation, doc)
            if text is not None:
                yield self._entry(task, annotation, doc, who, text), text

    def _annotator(self, annotation: Mapping[str, Any]) -> str:
        """Whose folder it goes to. An account that was deleted has left its annotations without a name."""
        number = _user(annotation)
        known = self._authors.get(annotation["id"]) if number is None else self._folders.get(number)
        return known or ("deleted-account" if number is None else f"user-{number}")

    def _first_of(self, doc: str) -> int:
        if doc not in self._first:
            self._first = {}
            for task, of in sorted(self._sidecar.tasks.items()):
                self._first.setdefault(of, task)
        return self._first[doc]

    def _problem(self, task: Mapping[str, Any], detail: str, remedy: str) -> None:
        self._result.problems.append(Note(doc_of(task), "", detail, remedy, task["id"]))

    def _text(self, task: Mapping[str, Any], annotation: Mapping[str, Any], doc: str) -> str | None:
        """The file of an annotation; None, with its reason told, where nothing can be taken."""
        document, notes = from_annotation(task, annotation, self._page)
        self._result.problems += notes
        if document is None:
            return None
        sha256 = sha256_of(document.text or "")
        if not _DOC.fullmatch(doc):
            self._problem(task, f"“{doc}” is no id of an article", "push articles with ids such as 003")
            return None
        if self._hashes.get(doc, sha256) != sha256:
            self._problem(task, "its text is not that of the article here", "pull it where its articles are")
            return None
        return "".join(map(to_line, document_records(document, sha256)))

    def _entry(self, task: Mapping[str, Any], annotation: Mapping[str, Any], doc: str, who: str, text: str) -> Entry:
        """The entry of an annotation, saying that its file is about to be written."""
        known = self._sidecar.entries.get((who, doc))
        parent, versions = annotation.get("parent_prediction"), ", ".join(versions_in(annotation))
        if known is not None and known.annotation == annotation["id"]:
            # It began from a suggestion all the same where that was deleted since, or every mark of it.
            parent, versions = parent or known.parent_prediction, versions or known.suggestions or ""
        if parent is not None and not versions:
            versions = ", ".join(sorted(set(str(task.get("predictions_model_versions") or "").split(","))))
        entry = Entry(
            doc=doc,
            annotator=who,
            user=_user(annotation),
            task=task["id"],
            annotation=annotation["id"],
            created_at=annotation.get("created_at"),
            updated_at=annotation.get("updated_at"),
            lead_time=annotation.get("lead_time"),
            parent_prediction=parent,
            suggestions=versions or None,
            sha256=self._sidecar.before(known, task["id"]),
            next=sha256_of(text),
            conflict=known is not None and known.conflict,
        )
        self._sidecar.entries[who, doc] = entry
        self._annotators.add(who)
        return entry

    def _write(self, entry: Entry, text: str) -> None:
        written = self._sidecar.write(entry, text)
        if written is None:
            self._result.unchanged += 1
        elif written:
            self._result.written.append(str(self._sidecar.file(entry)))

    def conflicts(self) -> None:
        """Tell every conflict that is not settled."""
        for entry in self._sidecar.conflicts():
            file, other = self._sidecar.file(entry), self._sidecar.other(entry)
            detail = f"{file} was edited here and on the server, or is of an earlier task; "
            detail += f"the server's version is {other.name}"
            remedy = f"put into {file.name} what is right and remove {other.name}"
            self._result.conflicts.append(Note(entry.doc, entry.annotator, detail, remedy, entry.task))


def _user(annotation: Mapping[str, Any]) -> int | None:
    """The number of the account that made an annotation."""
    who = annotation.get("completed_by")
    number = who.get("id") if isinstance(who, Mapping) else who
    return number if isinstance(number, int) else None
