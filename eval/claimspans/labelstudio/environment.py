"""The virtual environment that Label Studio has for itself: made on first use, made anew where it is not whole."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from os import environ
from pathlib import Path

import msgspec

from ..data.problems import ClaimspansError, short
from . import process
from .home import Run
from .progress import SILENT, Progress

VERSION = "1.23.2"
"""The Label Studio that everything here was measured with."""

REQUIREMENTS = (f"label-studio=={VERSION}",)
CONSTRAINTS = Path(__file__).with_name("constraints.txt")
"""The versions of all that it brings, as they were when it was measured; ``make constraints`` writes them."""

PYTHONS = ((3, 11), (3, 13))
"""First and last Python that it was started with."""

DOWNLOAD = "about 250 MB"
ON_DISK = "1 GB"
_NEEDED = 2_000_000_000
"""Bytes: the environment, and what pip unpacks beside it."""

_OURS = "made-by-claimspans"
"""Says whose folder it is, and which process fills it."""
_READY = "ready"


def ensure(folder: Path, progress: Progress = SILENT, *, pinned: bool = True) -> Path:
    """Label Studio's program in an environment under ``folder``, which is made where it is not there or not whole.

    What Label Studio brings has the versions of `CONSTRAINTS`, or if not ``pinned`` whichever the index has newest.
    An environment that was made otherwise is used if it holds the right version; one that another call is making is
    waited for. Raises `ClaimspansError` where it cannot be made: a Python that does not do, no room, no network, a
    folder that holds something else.
    """
    program = _bin(folder) / "label-studio"
    if _ready(folder) or _foreign(folder):
        return program
    _check_python()
    _check_room(folder)
    with _alone(folder, progress):
        if not _ready(folder):
            _remove(folder)
            _make(folder, progress, pinned=pinned)
    return program


@contextlib.contextmanager
def _alone(folder: Path, progress: Progress) -> Iterator[None]:
    """Nobody else makes this environment meanwhile."""
    from filelock import FileLock, Timeout

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder.with_name(f"{folder.name}.lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            progress.stage(f"waiting for another call that makes {folder}")
            lock.acquire()
    except OSError as error:
        raise _cannot_be_made(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def _cannot_be_made(folder: Path, error: OSError) -> ClaimspansError:
    return ClaimspansError(f"{folder}: cannot be made: {error.strerror}; name another place with --venv")


def _bin(folder: Path) -> Path:
    return folder / ("Scripts" if sys.platform == "win32" else "bin")


def _python(folder: Path) -> Path:
    return _bin(folder) / "python"


def _stamp() -> str:
    """What a finished environment says of itself."""
    return "\n".join(REQUIREMENTS) + "\n"


def _ready(folder: Path) -> bool:
    try:
        return (folder / _READY).read_text(encoding="utf-8") == _stamp() and _python(folder).exists()
    except OSError:
        return False


def _foreign(folder: Path) -> bool:
    """Whether somebody else made the environment. It must hold the right version then: what is not ours is kept."""
    if not folder.exists() or (folder / _OURS).exists():
        return False
    if not folder.is_dir():
        raise ClaimspansError(f"{folder}: is a file; expected a folder for Label Studio's environment")
    if not any(folder.iterdir()):
        return False
    found = _installed(folder)
    if found != VERSION:
        held = "no Label Studio" if found is None else f"Label Studio {found}"
        raise ClaimspansError(
            f"{folder}: holds {held}, expected {VERSION}, and was not made by claimspans, which therefore does not "
            "touch it; name a new folder with --venv, or leave it out"
        )
    return True


def _installed(folder: Path) -> str | None:
    code = "import importlib.metadata as m; print(m.version('label-studio'))"
    try:
        asked = subprocess.run(  # noqa: S603 -- the user named this environment
            [_python(folder), "-I", "-c", code], capture_output=True, text=True, check=False, env=_clean(), timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return asked.stdout.strip() if asked.returncode == 0 else None


def _check_python() -> None:
    first, last = PYTHONS
    if not first <= sys.version_info[:2] <= last:
        span = f"{first[0]}.{first[1]} to {last[0]}.{last[1]}"
        raise ClaimspansError(
            f"Label Studio {VERSION} runs on Python {span}; this is {sys.version_info[0]}.{sys.version_info[1]}. "
            "Install claimspans with one of those, or name an environment that holds Label Studio with --venv"
        )


def _check_room(folder: Path) -> None:
    there = next(parent for parent in folder.parents if parent.exists())
    free = shutil.disk_usage(there).free
    if free < _NEEDED:
        raise ClaimspansError(
            f"{folder}: Label Studio's environment needs {_NEEDED / 1e9:.0f} GB while it is made, and {free / 1e9:.1f} "
            "GB are free; make room, or name another place with --venv"
        )


def _clean() -> dict[str, str]:
    """The variables without those that would mix this program's packages into the other environment."""
    return {name: value for name, value in environ.items() if name not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}


def _remove(folder: Path) -> None:
    """Remove what an installation that was killed has left, and the installer itself where it still runs."""
    with contextlib.suppress(OSError, msgspec.DecodeError):
        process.stop(msgspec.json.decode((folder / _OURS).read_bytes(), type=Run))
    if folder.exists():
        shutil.rmtree(folder, ignore_errors=True)


def _make(folder: Path, progress: Progress, *, pinned: bool) -> None:
    begun = time.monotonic()
    progress.stage(f"making an environment for Label Studio {VERSION} in {folder}: {DOWNLOAD} to download, {ON_DISK}")
    try:
        folder.mkdir(parents=True)
        (folder / _OURS).touch()
    except OSError as error:
        raise _cannot_be_made(folder, error) from error
    made = subprocess.run(  # noqa: S603 -- the running Python
        [sys.executable, "-I", "-m", "venv", folder], capture_output=True, text=True, check=False, env=_clean()
    )
    if made.returncode != 0:
        raise ClaimspansError(
            f"{folder}: python -m venv failed; on Debian, apt-get install python3-venv\n"
            + _last_lines(made.stdout + made.stderr)
        )
    log = folder / "install.log"
    told = [*(("--constraint", CONSTRAINTS) if pinned else ()), *REQUIREMENTS]
    code = _install(folder, told, log, lambda line: progress.tick(_shown(line, time.monotonic() - begun)))
    if code != 0:
        raise ClaimspansError(
            f"Label Studio {VERSION} could not be installed: pip ended with {code}. Is the package index reached? "
            "The next call begins anew"
            + (
                f"; where a pinned version is gone from it: claimspans labelstudio install --venv {folder} --unpinned"
                if pinned
                else ""
            )
            + f". All that pip said stands in {log}; the end of it:\n"
            + _last_lines(log.read_text(encoding="utf-8"))
        )
    if _installed(folder) != VERSION:
        raise ClaimspansError(f"{folder}: pip ended well, but Label Studio {VERSION} is not there; see {log}")
    (folder / _READY).write_text(_stamp(), encoding="utf-8")
    progress.stage(f"environment ready after {time.monotonic() - begun:.0f} s")


def _install(folder: Path, wanted: Sequence[str | Path], log: Path, told: Callable[[str], None]) -> int:
    """Run pip, which ends with us; its exit code. ``told`` is called with each of its lines."""
    command: list[str | Path] = [
        _python(folder),
        "-I",
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
    ]
    command += ["--progress-bar", "off", *wanted]
    with (
        log.open("w", encoding="utf-8", buffering=1) as kept,
        subprocess.Popen(  # noqa: S603 -- our own environment's pip and our own requirements
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=_clean(),
        ) as pip,
    ):
        # The next call ends it, should we be killed before it is done.
        run = Run(pid=pip.pid, created=process.created(pip.pid))
        (folder / _OURS).write_bytes(msgspec.json.encode(run))
        try:
            for line in pip.stdout or ():
                kept.write(line)
                told(line)
        except BaseException:
            pip.kill()
            raise
    return pip.returncode


def _shown(line: str, seconds: float) -> str:
    """What a line of pip's means to somebody who waits; nothing where it means nothing."""
    if found := re.match(r"Collecting ([\w.-]+)", line):
        return f"{seconds:.0f} s: {found[1]}"
    if line.startswith("Installing collected packages"):
        return f"{seconds:.0f} s: unpacking {line.count(',') + 1} packages"
    return ""


def _last_lines(text: str, count: int = 5) -> str:
    """The lines that tell: warnings about where pip looks are left out."""
    told = [line for line in text.splitlines() if line.strip() and not line.startswith("WARNING: Location")]
    return "\n".join("  " + short(line, 200) for line in told[-count:])
