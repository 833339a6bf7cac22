"""What a run was made on: the versions and the state of the code, for whoever wants to have the same figures."""

from __future__ import annotations

import platform
import shutil
import subprocess
from importlib.metadata import distributions
from typing import Any

from ...data.hashes import sha256_of


def machine() -> dict[str, Any]:
    """Python, platform, a hash over all installed packages with their versions, and the commit of the working folder.

    ``git`` is None outside a git checkout; ``dirty`` is whether tracked files differ from the commit. Seeds are those
    that every worker sets.
    """
    packages = sorted({f"{found.metadata['Name']}=={found.version}".lower() for found in distributions()})
    return {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "packages": {
            "count": len(packages),
            "sha256": sha256_of("\n".join(packages))[:16],
        },
        "git": _git(),
        "seeds": {"PYTHONHASHSEED": 0, "random": 0},
    }


def _git() -> dict[str, Any] | None:
    program = shutil.which("git")
    if program is None:
        return None

    def ask(*arguments: str) -> str | None:
        try:
            found = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=10, check=False)  # noqa: S603 -- fixed arguments
        except (OSError, subprocess.TimeoutExpired):
            return None
        return found.stdout.strip() if found.returncode == 0 else None

    commit = ask("rev-parse", "HEAD")
    if commit is None:
        return None
    return {"commit": commit, "dirty": bool(ask("status", "--porcelain", "--untracked-files=no"))}
