"""Virtual environments for what cannot share this one: built on first use, built anew where one is not whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .hashes import sha256_of
from .problems import ClaimspansError, short

READY = "ready"
"""The file of an environment that is whole; it holds the requirements."""


def environment(requirements: Sequence[str], cache: Path | None = None) -> Path:
    """The interpreter of an environment with these requirements in a cache folder, by default the user's.

    It is built where it is not there or not whole. Raises `ClaimspansError` when it cannot be built.
    """
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    kept = cache or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "claimspans" / "environments"
    folder = kept / sha256_of("\n".join([version, *sorted(requirements)]))[:12]
    another = "or name an interpreter that has it with --environment NAME=PYTHON"
    with alone(folder, "name another cache folder"):
        if not is_ready(folder, requirements):
            shutil.rmtree(folder, ignore_errors=True)
            try:
                build(folder, requirements, remedy=f"check the network and the package index, {another}")
            except ClaimspansError:
                shutil.rmtree(folder, ignore_errors=True)
                raise
    return program_in(folder, "python")


def program_in(folder: Path, name: str) -> Path:
    """A program of an environment."""
    return folder / ("Scripts" if sys.platform == "win32" else "bin") / name


def is_ready(folder: Path, requirements: Sequence[str]) -> bool:
    """Whether `build` finished an environment with these requirements."""
    try:
        said = (folder / READY).read_text(encoding="utf-8")
    except OSError:
        return False
    return said == _stamp(requirements) and program_in(folder, "python").exists()


def _stamp(requirements: Sequence[str]) -> str:
    return "\n".join(requirements) + "\n"


@contextmanager
def alone(folder: Path, remedy: str, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """No other program builds this environment meanwhile; ``waiting`` is called where another one does already."""
    from filelock import FileLock, Timeout

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder.with_name(f"{folder.name}.lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waiting()
            lock.acquire()
    except OSError as error:
        raise ClaimspansError(f"{folder}: cannot be made: {error.strerror}; {remedy}") from error
    try:
        yield
    finally:
        lock.release()


def build(
    folder: Path,
    requirements: Sequence[str],
    *,
    remedy: str,
    constraints: Path | None = None,
    begun: Callable[[int], None] = lambda _: None,
    told: Callable[[str], None] = lambda _: None,
) -> None:
    """Build an environment in a folder, which holds nothing of an earlier one.

    ``begun`` is called with the process number of pip, ``told`` with each of its lines. Raises `ClaimspansError`, with
    the end of what pip said, where that fails.
    """
    made = subprocess.run(  # noqa: S603 -- the running Python
        [sys.executable, "-I", "-m", "venv", folder], capture_output=True, text=True, check=False, env=own_variables()
    )
    if made.returncode != 0:
        said = _last_lines([*made.stdout.splitlines(), *made.stderr.splitlines()])
        raise ClaimspansError(f"{folder}: python -m venv failed; on Debian, apt-get install python3-venv\n{said}")
    command: list[str | Path] = [
        program_in(folder, "python"),
        "-I",
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "--no-compile",  # what is imported is compiled then: a small part of what is installed
    ]
    command += ["--progress-bar", "off", *(("--constraint", constraints) if constraints else ()), *requirements]
    lines = []
    with subprocess.Popen(  # noqa: S603 -- the environment's pip and the project's requirements
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=own_variables(),
    ) as pip:
        try:
            begun(pip.pid)
            for line in pip.stdout or ():
                lines.append(line)
                told(line)
        except BaseException:
            pip.kill()
            raise
    if pip.returncode != 0:
        raise ClaimspansError(
            f"{' '.join(requirements)}: cannot be installed: pip ended with {pip.returncode}; {remedy}. "
            f"The end of what pip said:\n{_last_lines(lines)}"
        )
    (folder / READY).write_text(_stamp(requirements), encoding="utf-8")


def own_variables() -> dict[str, str]:
    """The variables without those that would mix this program's packages into the other environment."""
    mixing = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if name not in mixing}


def _last_lines(lines: Sequence[str]) -> str:
    """The last lines that tell; warnings about where pip looks do not."""
    told = [line for line in lines if line.strip() and not line.startswith("WARNING: Location")]
    return "\n".join(f"  {short(line.rstrip(), 200)}" for line in told[-5:])
