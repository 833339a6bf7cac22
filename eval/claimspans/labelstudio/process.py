"""A server's process: whether it is the one that was started, where it listens, how it is stopped."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from .home import Served

if TYPE_CHECKING:
    import psutil

GRACE = 15.0
"""Seconds between SIGTERM and SIGKILL."""


def created(pid: int) -> float:
    """When a process began, in seconds since 1970: with its number this tells it from every other."""
    import psutil

    try:
        return psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        return 0.0


def find(served: Served) -> psutil.Process | None:
    """The server's process; None where it has ended, or where its number is another's by now."""
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


def stop(served: Served) -> None:
    """SIGTERM, and SIGKILL for what is left of it and its children."""
    import psutil

    process = find(served)
    if process is None:
        return
    with contextlib.suppress(psutil.NoSuchProcess):
        group = [process, *process.children(recursive=True)]
        for kill in (False, True):
            for member in group:
                with contextlib.suppress(psutil.NoSuchProcess):
                    member.kill() if kill else member.terminate()
            group = _left(group, GRACE)


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
