"""What a run was made on: the versions and the state of the code, for whoever wants to have the same figures."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
from importlib.metadata import Distribution, distributions
from typing import Any

from ...data.hashes import sha256_of

_FIELDS = [re.compile(rf"^{name}: *(.*\S)", re.MULTILINE | re.IGNORECASE) for name in ("Name", "Version")]


def machine() -> dict[str, Any]:
    """Python, platform, a hash over all installed packages with their versions, and the commit of the working folder.

    ``git`` is None outside a git checkout; ``dirty`` is whether tracked files differ from the commit. Seeds are those
    that every worker sets.
    """
    packages = sorted({_pinned(found) for found in distributions()})
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


def _pinned(package: Distribution) -> str:
    """``name==version``, without parsing the page of prose behind the two fields, which takes thirty times as long."""
    text = package.read_text("METADATA") or package.read_text("PKG-INFO") or ""
    return "==".join(found[1] if (found := field.search(text)) else "" for field in _FIELDS).lower()


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
