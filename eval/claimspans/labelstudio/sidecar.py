"""What has been pulled from a project: a JSONL file beside the layers, with who annotated what, when and from what."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec

from ..problems import ClaimspansError
from ..writing import write_text


class Entry(msgspec.Struct, kw_only=True, tag="annotation", tag_field="type"):
    """One annotator's annotation of one article, as last pulled.

    ``lead_time`` in seconds; ``suggestions`` are the versions of the suggestions that the task held where the
    annotation began from one (``parent_prediction``). ``sha256`` is that of the file as the server had it, ``next``
    of one that is just being written. ``conflict``: the file was edited on both sides.
    """

    doc: str
    annotator: str
    task: int
    annotation: int
    created_at: str | None = None
    updated_at: str | None = None
    lead_time: float | None = None
    parent_prediction: int | None = None
    suggestions: str | None = None
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
    """The project; ``since`` is the server's time before the last whole pull began."""

    title: str
    project: int
    url: str
    since: str | None = None


_LINE: msgspec.json.Decoder[Entry | Seen | Project] = msgspec.json.Decoder(Entry | Seen | Project)


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
        try:
            lines = self.path.read_bytes().splitlines() if self.path.exists() else []
        except OSError as error:
            raise ClaimspansError(f"{self.path}: {error.strerror}; name another folder with --out") from error
        for number, line in enumerate(lines, 1):
            try:
                found = _LINE.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise ClaimspansError(
                    f"{self.path}:{number}: not a line that a pull wrote ({error}); remove the file to pull everything "
                    "anew: files that were edited are kept"
                ) from error
            if isinstance(found, Entry):
                self.entries[found.annotator, found.doc] = found
            elif isinstance(found, Seen):
                self.tasks[found.task] = found.doc
                self.again |= {found.task} if found.again else set()
            else:
                self.project = found

    def open(self, title: str, number: int, url: str) -> str | None:
        """Say which project is pulled; the time since which there are news, None where all is new."""
        before = self.project
        self.project = Project(title=title, project=number, url=url)
        if before is None or before.project != number:
            # A project of the same name that was made anew: its tasks are others, the files are still those.
            self.tasks, self.again = {}, set()
            return None
        missing = [one for one in self.entries.values() if not one.gone and not self.file(one).exists()]
        self.project.since = before.since
        return None if missing else before.since

    def file(self, entry: Entry) -> Path:
        return self.folder / entry.annotator / f"{entry.doc}.jsonl"

    def other(self, entry: Entry) -> Path:
        """Where the server's version goes when the file was edited on both sides: no reader takes it for a layer's."""
        file = self.file(entry)
        return file.with_name(file.name + ".server")

    def save(self) -> None:
        lines: list[Any] = [] if self.project is None else [self.project]
        lines += [Seen(task=task, doc=doc, again=task in self.again) for task, doc in sorted(self.tasks.items())]
        lines += [self.entries[key] for key in sorted(self.entries)]
        write_text(self.path, "".join(msgspec.json.encode(line).decode() + "\n" for line in lines))


def safe(name: str) -> str:
    """A name as that of a file or folder: no separators, no leading point."""
    return re.sub(r"[^\w@.+-]+", "-", name).lstrip(".-") or "unnamed"
