"""Runs a program and ends with it; ends it, and all that it started, where the harness is gone.

Started by its path, so that it imports nothing: ``python -I guard.py PROGRAM ARGUMENT…``. A harness that was killed can
tell nobody, and a program that does not read would go on for ever.

On Linux the guard is a subreaper (prctl(2)): what the program starts is its descendant for good, also in a session of
its own and when the program is gone. What cannot be ended: elsewhere, a process that left the group; anywhere, one
that another user or another service (cron, a container's daemon, systemd) started for it, and all of them where
somebody kills the guard itself.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time

TICK = 0.5
"""Seconds between looks at whether the harness lives."""

_ROUNDS = 100
"""How often it is looked again whether a process that is being ended has started another."""

_SET_CHILD_SUBREAPER = 36


def main() -> None:
    parent = os.getppid()
    _adopt_orphans()
    program = subprocess.Popen(sys.argv[1:])  # noqa: S603 -- the user named it
    for stream in (0, 1, 2):
        os.close(stream)  # they are the program's: that it closes one must be seen
    while True:
        try:
            code = program.wait(TICK)
        except subprocess.TimeoutExpired:
            if os.getppid() != parent:
                end_descendants(os.getpid())
                os.killpg(0, signal.SIGKILL)
            _bury_orphans(program.pid)
            continue
        end_descendants(os.getpid())
        if code < 0:
            # As it ended, so that whoever waits sees the signal.
            signal.signal(-code, signal.SIG_DFL)
            os.kill(os.getpid(), -code)
        os._exit(code)


def _adopt_orphans() -> None:
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _bury_orphans(program: int) -> None:
    """Wait for what has ended, but not for the program, which somebody else waits for."""
    with contextlib.suppress(ChildProcessError, AttributeError):
        while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            if ended.si_pid == program:
                return
            os.waitpid(ended.si_pid, 0)


def end_descendants(pid: int) -> None:
    """Kill all that a process started and what these started, but not itself; nothing where there is no /proc."""
    for _ in range(_ROUNDS):
        found = _descendants(pid)
        if not found:
            return
        for each in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(each, signal.SIGKILL)
        time.sleep(0.005)


def _descendants(pid: int) -> list[int]:
    """Those that live, as /proc/PID/stat has it (proc(5)): number, name in brackets, state, number of the parent."""
    children: dict[int, list[int]] = {}
    lives = set()
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():  # noqa: PTH112, PTH208 -- it imports little
        if name.isdigit():
            with contextlib.suppress(OSError), open(f"/proc/{name}/stat", "rb") as file:  # noqa: PTH123
                state, above = file.read().rpartition(b")")[2].split()[:2]
                children.setdefault(int(above), []).append(int(name))
                lives |= set() if state in (b"Z", b"X") else {int(name)}
    found, left = [], [pid]
    while left:
        below = children.get(left.pop(), [])
        found += [each for each in below if each in lives]
        left += below
    return found


if __name__ == "__main__":
    main()
