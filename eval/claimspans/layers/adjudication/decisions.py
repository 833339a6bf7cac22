"""The file of decisions: a line each, written as soon as it is made, so that whoever stops goes on where they were."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from ...data.files import read_json_lines, write_text
from ...data.problems import ClaimspansError
from .question import Decision


def read_decisions(path: Path) -> list[Decision]:
    """The decisions of a file, in its order; a later one about the same question counts.

    Raises `ClaimspansError` for a file that cannot be read and for a line that is no decision.
    """
    return read_json_lines(path, Decision, "a decision a line: mend or remove what is none")


class DecisionFile:
    """The decisions of an adjudication, open for one person at a time."""

    def __init__(self, path: Path) -> None:
        """Open or begin it; raises `ClaimspansError` where somebody else has it open, or it is no such file."""
        from filelock import FileLock, Timeout

        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=0)
            self._lock.acquire()
        except Timeout as error:
            raise ClaimspansError(
                f"{path}: somebody adjudicates into it just now; wait, or name another --out"
            ) from error
        except OSError as error:
            raise ClaimspansError(f"{path}: {error.strerror}; name another place with --out") from error
        try:
            self.made = read_decisions(path) if path.exists() else []
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._lock.release()
        Path(self._lock.lock_file).unlink(missing_ok=True)

    @property
    def decisions(self) -> dict[str, Decision]:
        return {each.key: each for each in self.made}

    def add(self, decision: Decision) -> None:
        self._write([*self.made, decision])

    def undo(self) -> Decision:
        """Take back the last one."""
        last = self.made[-1]
        self._write(self.made[:-1])
        return last

    def _write(self, decisions: list[Decision]) -> None:
        write_text(self.path, "".join(msgspec.json.encode(each).decode() + "\n" for each in decisions))
        self.made = decisions
