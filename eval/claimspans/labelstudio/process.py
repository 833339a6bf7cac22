"""A server's process: whether it is the one that was started, where it listens, how it is stopped."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .home import Run, Served

if TYPE_CHECKING:
    import psutil

GRACE = 15.0
"""Seconds between SIGTERM and SIGKILL."""


_children: dict[int, subprocess.Popen[bytes]] = {}
"""Those that this program started: whoever starts a process has to collect it."""


def start(command: Sequence[str | Path], folder: Path, log: Path, given: Mapping[str, str]) -> int:
    """Start a program that goes on when we end, its output in ``log`` (mode 0600); its number.

    A session of its own keeps it from the terminal's Ctrl-C, and from ending with it. Raises `OSError`.
    """
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
    return child.pid


def created(pid: int) -> float:
    """When a process began, in seconds since 1970: with its number this tells it from every other."""
    import psutil

    try:
        return psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        return 0.0


def find(served: Run) -> psutil.Process | None:
    """The process; None where it has ended, or where its number is another's by now."""
    import psutil

    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(served.pid)
        # The clock that both stand on may be mended by a moment between two looks.
        if abs(process.create_time() - served.created) < 1 and process.status() != psutil.STATUS_ZOMBIE:
            return process
    return None


def memory(served: Served) -> int:
    """Resident bytes of the server's process; 0 where it has ended."""
    import psutil

    process = find(served)
    with contextlib.suppress(psutil.NoSuchProcess):
        return 0 if process is None else int(process.memory_info().rss)
    return 0


def listening(served: Served) -> set[int]:
    """The ports that it serves on: Label Studio takes another one where its own is busy."""
    import psutil

    process = find(served)
    with contextlib.suppress(psutil.Error):
        if process is not None:
            return {one.laddr.port for one in process.net_connections("tcp4") if one.status == psutil.CONN_LISTEN}
    return set()


def stop(served: Run) -> None:
    """SIGTERM, and SIGKILL for what is left of it and its children."""
    import psutil

    process = find(served)
    with contextlib.suppress(psutil.NoSuchProcess):
        group = [] if process is None else [process, *process.children(recursive=True)]
        for kill in (False, True):
            for member in group:
                with contextlib.suppress(psutil.NoSuchProcess):
                    member.kill() if kill else member.terminate()
            group = _left(group, GRACE)
    if (child := _children.pop(served.pid, None)) is not None:
        child.wait(GRACE)


def _left(group: list[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Those that still run after so long. One that has ended and is not yet collected does not."""
    import psutil

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
