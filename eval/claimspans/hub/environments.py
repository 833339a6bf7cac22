"""Environments of their own for other versions of libraries, built on first use and kept in a cache folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from ..data.hashes import sha256_of
from ..data.problems import ClaimspansError

LOADERS = {"datasets 3.6": ("datasets>=3.6,<3.7",), "newest datasets": ("datasets",)}
"""The loaders that a build must work under: last year's and today's."""


def cache_folder() -> Path:
    """Where environments are kept: $XDG_CACHE_HOME or ~/.cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "claimspans" / "environments"


def environment(requirements: Sequence[str], cache: Path | None = None) -> Path:
    """The interpreter of an environment that holds these requirements, built if it is not there.

    Raises `ClaimspansError` when it cannot be built. One that was left half-built is built again; while another
    program builds it, it is waited for.
    """
    from filelock import FileLock

    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    digest = sha256_of("\n".join([version, *sorted(requirements)]))[:12]
    folder = (cache or cache_folder()) / digest
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = folder / "ready"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ClaimspansError(f"{folder}: cannot make an environment ({error}); name another cache folder") from error
    with FileLock(folder.with_suffix(".lock")):
        if not (ready.is_file() and python.exists()):
            _build(folder, python, requirements)
            ready.write_text("\n".join(requirements) + "\n", encoding="utf-8")
    return python


def _build(folder: Path, python: Path, requirements: Sequence[str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    try:
        venv.create(folder, with_pip=True, symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError) as error:
        raise ClaimspansError(f"{folder}: cannot make an environment ({error}); name another cache folder") from error
    command = [str(python), "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own requirements
    if run.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        last = next((line for line in reversed(run.stderr.splitlines()) if line.strip()), "pip failed")
        raise ClaimspansError(
            f"{' '.join(requirements)}: cannot be installed: {last}; check the network and the package index, or name "
            "an interpreter that has it with --environment NAME=PYTHON"
        )
