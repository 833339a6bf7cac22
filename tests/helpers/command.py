"""The command line: in this process, or as a program of its own where the process is the subject."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from claimspans.cli import main

PYTHONS_OWN = re.compile("^Traceback", re.MULTILINE)
"""A traceback of ours; that of a user's system is shown further in."""


class Ran(NamedTuple):
    """What a command left behind, named as subprocess names it."""

    returncode: int
    stdout: str
    stderr: str


def claimspans(*args: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Ran:
    """Call the command line without starting Python again: the same entry, streams that are no terminal."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        contextlib.chdir(cwd or Path.cwd()),
        mock.patch.dict(os.environ, env or {}),
    ):
        code = _code(list(map(str, args)))
    stdout, stderr = (stream.buffer.getvalue().decode() for stream in (out, err))
    assert not PYTHONS_OWN.search(f"{stderr}\n{stdout}"), stderr
    return Ran(code, stdout, stderr)


def _code(args: list[str]) -> int:
    try:
        main(args)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    finally:
        # A command does without, and ends; this process goes on.
        gc.unfreeze()
        gc.enable()


def program(
    *args: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Start ``python -m claimspans``, with these variables beside those of the tests."""
    run = subprocess.run(
        [sys.executable, "-m", "claimspans", *map(str, args)],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
        env={**os.environ, **(env or {})},
    )
    assert not PYTHONS_OWN.search(f"{run.stderr}\n{run.stdout}"), run.stderr
    return run
