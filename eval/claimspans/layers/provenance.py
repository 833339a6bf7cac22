"""What has been pulled from a project: a JSONL file beside the layers, with who annotated what, when and from what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from ..data.files import read_json_lines, write_text
from ..data.hashes import sha256_of
from ..data.problems import ClaimspansError


class Entry(msgspec.Struct, kw_only=True, tag="annotation", tag_field="type"):
    """One annotator's annotation of one article, as last pulled.

    ``user`` is the number of the account, ``completed_by`` the annotator who had submitted it, where ``annotator``
    changed what somebody else had. ``lead_time`` in seconds; ``suggestions`` are the versions
    that its marks came from, whether somebody began from suggestions (``parent_prediction``) or they were pushed as
    annotations; None where somebody began from the bare text. ``reasons`` are those of an adjudication by the keys of
    its questions. ``sha256`` is that of the file as the server had it,
    ``next`` of one that is just being written. ``conflict``: the file was edited on both sides.
    """

    doc: str
    annotator: str
    user: int | None = None
    completed_by: str | None = None
    task: int
    annotation: int
    created_at: str | None = None
    updated_at: str | None = None
    lead_time: float | None = None
    parent_prediction: int | None = None
    suggestions: str | None = None
    reasons: dict[str, str] = {}
    sha256: str | None = None
    next: str | None = None
    conflict: bool = False
    gone: bool = False


class Seen(msgspec.Struct, kw_only=True, tag="task", tag_field="type"):
    """A task that the project had; ``again``: something in it could not be taken, so the next pull looks again."""

    task: int
    doc: str
    again: bool = False


class Project(msgspec.Struct, kw_only=True, tag="project", tag_field="type"):
    """The project, which its number and the time of its making tell from every other, at whatever address it is.

    All that changed before ``since``, a time of the server's, has been pulled.
    """

    title: str
    project: int
    url: str
    created_at: str | None = None
    since: str | None = None


class Sidecar:
    """The side file of one project in the folder of the layers."""

    def __init__(self, folder: Path, title: str) -> None:
        """Read it where it is there; raises `ClaimspansError` when it is not one of ours."""
        self.folder = folder
        self.path = folder / f"{safe(title)}.labelstudio.jsonl"
        self.project: Project | None = None
        self.tasks: dict[int, str] = {}
        self.again: set[int] = set()
        self.looked_at: set[int] = set()
        self.entries: dict[tuple[str, str], Entry] = {}
        expected = "a line that a pull wrote: remove the file to pull everything anew, files that were edited are kept"
        for found in read_json_lines(self.path, Entry | Seen | Project, expected) if self.path.exists() else ():
            if isinstance(found, Entry):
                self.entries[found.annotator, found.doc] = found
            elif isinstance(found, Seen):
                self.tasks[found.task] = found.doc
                self.again |= {found.task} if found.again else set()
            else:
                self.project = found

    def open(self, project: Project) -> str | None:
        """Say which project is pulled; the time since which there are news, None where all is new.

        Raises `ClaimspansError` where the side file is that of a project with another name.
        """
        before, self.project = self.project, project
        if before is None or (before.project, before.created_at) != (project.project, project.created_at):
            if before is not None and before.title != project.title:
                raise ClaimspansError(
                    f"{self.path}: is that of the project “{before.title}”; pull “{project.title}” into another "
                    "folder with --out, or rename it in Label Studio"
                )
            # A project of the same name that was made anew: its tasks and accounts are others, and what is in the
            # files came from none of them.
            self.tasks, self.again = {}, set()
            for entry in self.entries.values():
                entry.user = entry.sha256 = entry.next = None
                entry.gone = True
            return None
        missing = [one for one in self.entries.values() if not one.gone and not self.file(one).exists()]
        project.since = before.since
        return None if missing else before.since

    def folders(self, users: Iterable[Mapping[str, Any]]) -> dict[int, str]:
        """The folder of each account by its number: the one that it has, else one for its address that no other has.

        It stays where the account gets another address, or is deleted. A sign that has no place in a name stands as
        a hyphen, so that two addresses may look alike; and an account that is called as a layer, such as gold, has
        no address, which every other has.
        """
        found = {entry.user: entry.annotator for entry in self.entries.values() if entry.user is not None}
        for user in sorted(users, key=lambda user: int(user["id"])):
            name = safe(str(user.get("email") or user["id"]).lower())
            name = name if "@" in name else f"{name}@localhost"
            number = int(user["id"])
            if number not in found:
                found[number] = name if name not in found.values() else f"{name}-{number}"
        return found

    def file(self, entry: Entry) -> Path:
        return self.folder / entry.annotator / f"{entry.doc}.jsonl"

    def other(self, entry: Entry) -> Path:
        """Where the server's version goes when the file was edited on both sides: no reader takes it for a layer's."""
        file = self.file(entry)
        return file.with_name(file.name + ".server")

    def before(self, known: Entry | None, task: int) -> str | None:
        """The hash of the file as it was pulled last, also where that pull broke off behind the writing.

        What came from another task, which was deleted since, is not there any more to be pulled again.
        """
        if known is None or known.task != task:
            return None
        return known.next if known.next is not None and known.next == self._here(known) else known.sha256

    def _here(self, entry: Entry) -> str | None:
        return _hash_of(self.file(entry))

    def write(self, entry: Entry, text: str) -> bool | None:
        """Write a file unless somebody edited it here; None where it is as it was, False for a conflict.

        In a conflict the server's version stands beside the file.
        """
        new, here = entry.next, self._here(entry)
        entry.conflict = entry.conflict and self.other(entry).exists()
        before, entry.sha256, entry.next = entry.sha256, new, None
        if here == new:
            entry.conflict = False
            self.other(entry).unlink(missing_ok=True)
            return None
        if here is None or (here == before and not entry.conflict):
            write_text(self.file(entry), text)
            return True
        if before == new and not entry.conflict:
            return None
        write_text(self.other(entry), text)
        entry.conflict = True
        return False

    def conflicts(self) -> list[Entry]:
        """Every conflict that is not settled: it is once the server's version beside the file is removed."""
        for entry in self.entries.values():
            entry.conflict = entry.conflict and self.other(entry).exists()
        return [entry for entry in self.entries.values() if entry.conflict]

    def save(self) -> None:
        lines: list[Any] = [] if self.project is None else [self.project]
        lines += [Seen(task=task, doc=doc, again=task in self.again) for task, doc in sorted(self.tasks.items())]
        lines += [self.entries[key] for key in sorted(self.entries)]
        write_text(self.path, "".join(msgspec.json.encode(line).decode() + "\n" for line in lines))


def safe(name: str) -> str:
    """A name as that of a file or folder: no separators, no leading point."""
    return re.sub(r"[^\w@.+-]+", "-", name).lstrip(".-") or "unnamed"


def _hash_of(file: Path) -> str | None:
    """The hash of a file; None where there is none."""
    try:
        return sha256_of(file.read_bytes())
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        place = f"{file.parent}: is a file where {file.parent.name} has a folder"
        raise ClaimspansError(f"{place}; move it away, or name another folder with --out") from error
    except OSError as error:
        raise ClaimspansError(f"{file}: {error.strerror}; mend its permissions, or name another folder") from error
