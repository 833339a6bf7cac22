"""Runs a program of the user's and ends with it; ends it, and what it started, where the harness is gone.

Started by its path, so that it imports nothing: ``python -I guard.py PROGRAM ARGUMENT…``. A harness that was killed can
tell nobody, and a program that does not read would go on for ever.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys

TICK = 0.5
"""Seconds between looks at whether the harness lives."""


def main() -> None:
    parent = os.getppid()
    program = subprocess.Popen(sys.argv[1:])  # noqa: S603 -- the user named it
    for stream in (0, 1):
        os.close(stream)  # they are the program's: that it closes one must be seen
    while True:
        try:
            code = program.wait(TICK)
        except subprocess.TimeoutExpired:
            if os.getppid() != parent:
                os.killpg(0, signal.SIGKILL)
            continue
        if code < 0:
            # As it ended, so that whoever waits sees the signal.
            signal.signal(-code, signal.SIG_DFL)
            os.kill(os.getpid(), -code)
        os._exit(code)


if __name__ == "__main__":
    main()
