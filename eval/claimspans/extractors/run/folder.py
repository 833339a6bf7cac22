"""A run folder: what is done is kept there, line by line, whatever becomes of the program.

``manifest.json`` (whole or not at all), ``predictions.jsonl`` (an article a line, only ever added to while a run
goes on), the files of `notes`, ``log/`` (what the workers said on stderr), and a lock.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import msgspec

from ...data.files import remove_left_over, write_text
from ...data.manifest import MANIFEST, Manifest, read_manifest, then_and_now
from ...data.predictions import PREDICTIONS
from ...data.problems import ClaimspansError
from ...data.records import Document, Failure, Rejected, nested_record, to_line
from .notes import NOTES, Notes

_FILES = (PREDICTIONS, *NOTES, "scores.json", MANIFEST)
_OWN = (*_FILES, "log", ".lock")
_FSYNC_SECONDS = 1.0


class Placed(msgspec.Struct, frozen=True):
    """A span of a line, as far as a summary asks for it."""

    end: int
    alignment: str | None = None


def default_folder(uri: str) -> Path:
    """The run folder that is named for an extractor, where its user names none."""
    return Path("runs") / (re.sub(r"[^A-Za-z0-9._-]+", "-", uri).strip("-.")[:80] or "run")


class Written(msgspec.Struct, frozen=True):
    """An article's line, as far as a summary asks for it."""

    doc: str
    status: str = "done"
    spans: tuple[Placed, ...] = ()
    claims: tuple[Any, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    error: Failure | None = None


class RunFolder:
    """An open run folder; no other program can open it meanwhile."""

    def __init__(self, path: Path | str, *, fresh: bool = False, restart: bool = False) -> None:
        """Open or make it.

        With ``fresh`` an earlier run is removed, though not before this one begins; with ``restart`` only where it is
        another one.

        Raises `ClaimspansError` where it is a file, holds something else, or another program has it open.
        """
        from filelock import FileLock, Timeout

        self.path = Path(path)
        self._made = [folder for folder in (self.path, *self.path.parents) if not folder.exists()]
        if not self._made and not self.path.is_dir():
            raise ClaimspansError(f"{path}: is a file; expected a folder to write {PREDICTIONS} into")
        if not self._made:
            self._refuse_foreign()
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(self.path / ".lock", timeout=0)
            self._lock.acquire()
            self._held = _hold(self.path)
        except (Timeout, BlockingIOError) as error:
            raise ClaimspansError(f"{path}: another run is going on in it; wait, or name another with --out") from error
        except OSError as error:
            raise ClaimspansError(f"{path}: cannot be written: {error.strerror}; name another folder") from error
        for name in _FILES:
            remove_left_over(self.path / name)
        self.notes = Notes(self.path)
        self._fresh = fresh
        self._restart = restart
        self.restarted: str | None = None
        """What has changed since the earlier run in whose place this one stands."""
        self.previous: Path | None = None
        """The folder beside in which that run is kept, if it is worth that."""
        self._file: IO[bytes] | None = None
        self._synced = 0.0
        (self.path / "log").mkdir(exist_ok=True)

    def _refuse_foreign(self) -> None:
        """A folder with files of other kinds is not ours to write into, least of all to clear."""
        others = [each.name for each in self.path.iterdir() if each.name not in _OWN and not each.name.startswith(".")]
        if others and not (self.path / MANIFEST).exists():
            raise ClaimspansError(f"{self.path}: holds {others[0]}; expected an empty folder, or one of an earlier run")

    def _clear(self) -> None:
        # The logs stay: workers write into them already.
        for name in _FILES:
            (self.path / name).unlink(missing_ok=True)

    def _keep(self, earlier: Manifest) -> None:
        """Put an earlier run beside, unless it found nothing, or a part of one would take a finished one's place."""
        beside = self.path.with_name(f"{self.path.name}.previous")
        found = earlier.result.get("spans", 1) > 0  # a run that was killed has not said
        if not found or (earlier.ended is None and beside.exists()):
            return
        self.previous = beside
        self.previous.mkdir(exist_ok=True)
        for name in _FILES:
            (self.previous / name).unlink(missing_ok=True)
            if (self.path / name).exists():
                (self.path / name).rename(self.previous / name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
        begun = (self.path / MANIFEST).exists()
        if not begun:
            # What was made for it goes, and only that.
            shutil.rmtree(self.path / "log")
            (self.path / ".lock").unlink(missing_ok=True)
        self._lock.release()
        if self._held is not None:
            os.close(self._held)
        for folder in () if begun else self._made:
            with contextlib.suppress(OSError):
                folder.rmdir()

    @property
    def manifest(self) -> Manifest | None:
        return read_manifest(self.path)

    def begin(self, manifest: Manifest) -> tuple[Manifest, dict[str, Written]]:
        """Begin, or go on with, a run: its manifest, and the articles that are there already.

        A last line that was cut off is removed. Raises `ClaimspansError` where the run there is another one.
        """
        if self._fresh:
            self._clear()
        earlier = self.manifest
        if earlier is not None and self._restart and (changed := earlier.changed(manifest)):
            self.restarted = ", ".join(changed)
            self._keep(earlier)
            self._clear()
            earlier = None
        if earlier is None:
            if (self.path / PREDICTIONS).exists():
                raise ClaimspansError(
                    f"{self.path}: has predictions but no manifest, so nobody knows whose they are; "
                    "name another folder, or begin anew with --fresh"
                )
            manifest.write(self.path)
        else:
            _refuse_change(self.path, earlier, manifest)
            earlier.settings, earlier.ended, earlier.result = manifest.settings, None, {}
            earlier.note = manifest.note if manifest.note is not None else earlier.note
            earlier.machine, manifest = manifest.machine, earlier
            manifest.write(self.path)
        path = self.path / PREDICTIONS
        found: dict[str, Written] = {}
        twice: set[int] = set()
        for number, written in enumerate(self._whole_lines(path), 1):
            if written.doc not in found:
                found[written.doc] = written
            elif found[written.doc] == written:
                twice.add(number)
            else:
                raise ClaimspansError(
                    f"{path}:{number}: article {written.doc} stands in an earlier line, and says something else there; "
                    "remove one of the two, or begin anew with --fresh"
                )
        if twice:
            self._rewrite(lambda lines: [line for number, (_, line) in enumerate(lines, 1) if number not in twice])
        self._file = self._file or path.open("ab")
        return manifest, found

    def _whole_lines(self, path: Path) -> Iterator[Written]:
        if not path.exists():
            return
        with path.open("r+b") as file:
            good = 0
            for number, line in enumerate(file, 1):
                if not line.endswith(b"\n"):
                    file.truncate(good)
                    break
                try:
                    yield msgspec.json.decode(line, type=Written)
                except msgspec.DecodeError as error:
                    raise ClaimspansError(
                        f"{path}:{number}: not a line of a run ({error}); remove the line, or begin anew with --fresh"
                    ) from error
                good += len(line)

    def drop(self, docs: Iterable[str]) -> None:
        """Take articles out again, so that they are run once more."""
        gone = set(docs)
        if gone:
            self._rewrite(lambda lines: [line for doc, line in lines if doc not in gone])

    def add(self, document: Document) -> Written:
        """Add an article, whole or not at all; raises `ClaimspansError` where the disk is full."""
        line = to_line(nested_record(document)).encode()
        if self._file is None:
            raise ValueError("the run has not begun")
        size = self._file.tell()
        try:
            self._file.write(line)
            self._file.flush()
            if time.monotonic() - self._synced > _FSYNC_SECONDS:
                os.fsync(self._file.fileno())
                self._synced = time.monotonic()
        except OSError as error:
            self._abandon(size)
            raise ClaimspansError(
                f"{self.path / PREDICTIONS}: {error.strerror}; what was done is kept: make room, and run the same "
                "command again"
            ) from error
        return msgspec.json.decode(line, type=Written)

    def _abandon(self, size: int) -> None:
        """Leave the file as it was before a line that could not be written; what is in its buffer is lost with it."""
        if self._file is None:
            return
        handle = os.dup(self._file.fileno())
        try:
            self._file.close()
        except OSError:
            pass
        finally:
            os.ftruncate(handle, size)
            os.close(handle)
            self._file = None

    def log(self, number: int) -> Path:
        """Where a worker's stderr goes."""
        return self.path / "log" / f"worker-{number}.txt"

    def finish(self, manifest: Manifest, order: Iterable[str]) -> None:
        """Put the articles into their order, so that a run in parts gives the same file, and close the manifest."""
        place: Mapping[str, int] = {doc: number for number, doc in enumerate(order)}

        def sort(lines: list[tuple[str, bytes]]) -> list[bytes]:
            return [line for _, line in sorted(lines, key=lambda row: place[row[0]])]

        self._rewrite(sort)
        manifest.write(self.path)

    def _rewrite(self, change: Any) -> None:
        path = self.path / PREDICTIONS
        if self._file is not None:
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None
        raw = path.read_bytes()
        lines = [(msgspec.json.decode(line, type=Written).doc, line) for line in raw.splitlines(keepends=True)]
        new = b"".join(change(lines))
        if new != raw:
            write_text(path, new.decode("utf-8"))
        self._file = path.open("ab")


def _hold(folder: Path) -> int | None:
    """Lock the folder itself, which nobody removes as they might its ``.lock``; raises `BlockingIOError`.

    None where the system, or the file system, locks no folders.
    """
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:
        return None
    held = os.open(folder, os.O_RDONLY)
    try:
        flock(held, LOCK_EX | LOCK_NB)
    except OSError as error:
        os.close(held)
        if isinstance(error, BlockingIOError):
            raise
        return None
    return held


def _refuse_change(path: Path, earlier: Manifest, later: Manifest) -> None:
    if changed := earlier.changed(later):
        shown = [f"{what} ({then_and_now(earlier.identity[what], later.identity[what])})" for what in changed]
        raise ClaimspansError(
            f"{path}: holds another run: changed since are {'; '.join(shown)}. Name another folder with --out, or "
            "remove what is there with --fresh"
        )
