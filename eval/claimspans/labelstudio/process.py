"""A process that goes on when the program that started it ends: started, found again and stopped."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import psutil


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A process: ``created``, in seconds since 1970, tells it from a later one of the same number."""

    pid: int
    created: float

    @classmethod
    def of(cls, pid: int) -> Run:
        """The process of a number, which this program has just started."""
        with contextlib.suppress(psutil.NoSuchProcess):
            return cls(pid=pid, created=psutil.Process(pid).create_time())
        return cls(pid=pid, created=0.0)

    @classmethod
    def begin(cls, command: Sequence[str | Path], folder: Path, log: Path, given: Mapping[str, str]) -> Run:
        """Start a program that goes on when we end, its output in ``log`` (mode 0600).

        A session of its own keeps it from the terminal's Ctrl-C, and from ending with it. Raises `OSError`.
        """
        for ended in [pid for pid, child in _children.items() if child.poll() is not None]:
            del _children[ended]
        with os.fdopen(os.open(log, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as output:
            child = subprocess.Popen(  # noqa: S603 -- our own environment's program
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=folder,
                env=given,
                start_new_session=True,
            )
        _children[child.pid] = child
        return cls.of(child.pid)

    def find(self) -> psutil.Process | None:
        """The process; None where it has ended, or where its number is another's by now."""
        with contextlib.suppress(psutil.NoSuchProcess):
            process = psutil.Process(self.pid)
            # The clock that both stand on may be mended by a moment between two looks.
            if abs(process.create_time() - self.created) < 1 and process.status() != psutil.STATUS_ZOMBIE:
                return process
        return None

    def stop(self) -> None:
        """SIGTERM, and SIGKILL for what is left of it and its children."""
        process = self.find()
        with contextlib.suppress(psutil.NoSuchProcess):
            group = [] if process is None else [process, *process.children(recursive=True)]
            for kill in (False, True):
                for member in group:
                    with contextlib.suppress(psutil.NoSuchProcess):
                        member.kill() if kill else member.terminate()
                group = _left(group, GRACE)
        if (child := _children.pop(self.pid, None)) is not None:
            child.wait(GRACE)


_children: dict[int, subprocess.Popen[bytes]] = {}
"""Those that this program started: whoever starts a process has to collect it."""

GRACE = 15.0
"""Seconds between SIGTERM and SIGKILL."""


def _left(group: list[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Those that still run after so long. One that has ended and is not yet collected does not."""
    until = time.monotonic() + seconds
    while True:
        alive = []
        for member in group:
            with contextlib.suppress(psutil.NoSuchProcess):
                if member.is_running() and member.status() != psutil.STATUS_ZOMBIE:
                    alive.append(member)
        if not alive or time.monotonic() > until:
            return alive
        time.sleep(0.05)


class Served(Run, frozen=True, kw_only=True):
    """A server's process, and where it answers."""

    host: str
    port: int
    ready: bool = False

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"
