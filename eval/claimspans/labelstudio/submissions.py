"""What people submitted in the tasks of a project → the files of their layers, and what is told of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from ..data.hashes import sha256_of
from ..data.records import document_records, to_line
from ..layers.provenance import Entry, Sidecar
from .decode import from_annotation
from .fields import Page
from .last_pull import moment
from .relations import Note
from .tasks import account, adopted, author, doc_of, foreign, reasons_in, versions_in

if TYPE_CHECKING:
    from datetime import datetime

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


class Submissions:
    """What one pull finds in its tasks."""

    def __init__(
        self, sidecar: Sidecar, page: Page, hashes: Mapping[str, str], folders: Mapping[int, str], result: Pulled
    ) -> None:
        self._sidecar = sidecar
        self._page = page
        self._hashes = hashes
        self._docs: dict[str | None, str] = {sha256: doc for doc, sha256 in hashes.items()}
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
        for task in (adopted(one, self._docs) for one in tasks):
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
        if reasons := list(foreign(task)):
            for place, detail, remedy in reasons if task.get("annotations") else ():
                self._result.problems.append(Note(doc, place, detail, remedy, task["id"]))
            return
        first = self._first_of(doc)
        if first != task["id"]:
            self._problem(task, f"a second task of this article; task {first} is the one that is taken", "delete one")
            return
        submitted: dict[str, Mapping[str, Any]] = {}
        skipped: set[str] = set()
        # Of two, the later is taken, and one that was begun by somebody else only where there is no other.
        for one in sorted(task.get("annotations") or (), key=_rank):
            who = self._annotator(one)
            if one.get("was_cancelled"):
                skipped.add(who)
                continue
            if who in submitted:
                self._problem(task, f"{who} has two annotations: the later of their own is taken", "delete the other")
            submitted[who] = one
            if (begun_by := self._begun_by(one)) is not None:
                detail = f"{who} changed what {begun_by} had submitted, which counts as {who}'s alone"
                remedy = (
                    f"what {begun_by} had answered stays here where it was pulled before; let both submit their own"
                )
                self._result.news.append(Note(doc, "", detail, remedy, task["id"]))
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
        number = author(annotation)
        known = self._authors.get(annotation["id"]) if number is None else self._folders.get(number)
        return known or ("deleted-account" if number is None else f"user-{number}")

    def _begun_by(self, annotation: Mapping[str, Any]) -> str | None:
        """The folder of whoever submitted it first, where that is somebody else than who changed it last."""
        number = account(annotation, "completed_by")
        return None if number in (None, author(annotation)) else self._folders.get(number or 0, f"user-{number}")

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
            user=author(annotation),
            completed_by=self._begun_by(annotation),
            task=task["id"],
            annotation=annotation["id"],
            created_at=annotation.get("created_at"),
            updated_at=annotation.get("updated_at"),
            lead_time=annotation.get("lead_time"),
            parent_prediction=parent,
            suggestions=versions or None,
            reasons=reasons_in(task, annotation),
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


def _rank(annotation: Mapping[str, Any]) -> tuple[bool, datetime, int]:
    """The order in which the annotations of one account come to count."""
    own = account(annotation, "completed_by") in (None, author(annotation))
    return own, moment(annotation.get("updated_at")), annotation["id"]
