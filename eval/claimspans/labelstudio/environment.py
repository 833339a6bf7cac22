"""Label Studio's environment: a virtual one of its own, made where it is not there or not whole, and its variables."""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import re
import shutil
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from ..data.environments import alone, build, is_ready, program_in
from ..data.problems import ClaimspansError, short
from .home import Credentials, Home, Settings
from .process import Run


class Progress:
    """Says nothing. A subclass shows ``stage``, a step that begins, and ``tick``, how far it has come."""

    def stage(self, text: str) -> None:
        """A step begins."""

    def tick(self, text: str) -> None:
        """The step goes on; an empty text has nothing new to say."""


SILENT = Progress()

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
_ELSEWHERE = "name another place with --venv"


def ensure(folder: Path, progress: Progress = SILENT, *, pinned: bool = True) -> Path:
    """Label Studio's program in an environment under ``folder``, which is made where it is not there or not whole.

    What Label Studio brings has the versions of `CONSTRAINTS`, or if not ``pinned`` whichever the index has newest.
    An environment that was made otherwise is used if it holds the right version; one that another call is making is
    waited for. Raises `ClaimspansError` where it cannot be made: a Python that does not do, no space, no network, a
    folder that holds something else.
    """
    program = program_in(folder, "label-studio")
    if is_ready(folder, REQUIREMENTS) or _foreign(folder):
        return program
    _check_python()
    _check_space(folder)
    with alone(folder, _ELSEWHERE, lambda: progress.stage(f"waiting for another call that makes {folder}")):
        if not is_ready(folder, REQUIREMENTS):
            _remove(folder)
            _make(folder, progress, pinned=pinned)
    return program


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
    places = [*map(str, folder.glob("lib/python*/site-packages")), str(folder / "Lib" / "site-packages")]
    found = importlib.metadata.distributions(name="label-studio", path=places)
    return next((one.version for one in found), None)


def _check_python() -> None:
    first, last = PYTHONS
    if not first <= sys.version_info[:2] <= last:
        span = f"{first[0]}.{first[1]} to {last[0]}.{last[1]}"
        raise ClaimspansError(
            f"Label Studio {VERSION} runs on Python {span}; this is {sys.version_info[0]}.{sys.version_info[1]}. "
            "Install claimspans with one of those, or name an environment that holds Label Studio with --venv"
        )


def _check_space(folder: Path) -> None:
    there = next(parent for parent in folder.parents if parent.exists())
    free = shutil.disk_usage(there).free
    if free < _NEEDED:
        raise ClaimspansError(
            f"{folder}: Label Studio's environment needs {_NEEDED / 1e9:.0f} GB while it is made, and {free / 1e9:.1f} "
            "GB are free; make room, or name another place with --venv"
        )


def _remove(folder: Path) -> None:
    """Remove what an installation that was killed has left, and the installer itself where it still runs."""
    with contextlib.suppress(OSError, msgspec.DecodeError):
        msgspec.json.decode((folder / _OURS).read_bytes(), type=Run).stop()
    if folder.exists():
        shutil.rmtree(folder, ignore_errors=True)


def _make(folder: Path, progress: Progress, *, pinned: bool) -> None:
    begun = time.monotonic()
    progress.stage(f"making an environment for Label Studio {VERSION} in {folder}: {DOWNLOAD} to download, {ON_DISK}")
    try:
        folder.mkdir(parents=True)
        (folder / _OURS).touch()
    except OSError as error:
        raise ClaimspansError(f"{folder}: cannot be made: {error.strerror}; {_ELSEWHERE}") from error

    def keep(pid: int) -> None:
        """The next call ends pip, should this program be killed before it is done."""
        (folder / _OURS).write_bytes(msgspec.json.encode(Run.of(pid)))

    unpinned = f"claimspans labelstudio install --venv {folder} --unpinned"
    build(
        folder,
        REQUIREMENTS,
        constraints=CONSTRAINTS if pinned else None,
        remedy="check the network and the package index"
        + (f", or where a pinned version is gone from it: {unpinned}" if pinned else ""),
        begun=keep,
        told=lambda line: progress.tick(_shown(line, time.monotonic() - begun)),
    )
    progress.stage(f"environment ready after {time.monotonic() - begun:.0f} s")


def _shown(line: str, seconds: float) -> str:
    """What a line of pip's means to somebody who waits; nothing where it means nothing."""
    if found := re.match(r"Collecting ([\w.-]+)", line):
        return f"{seconds:.0f} s: {found[1]}"
    if line.startswith("Installing collected packages"):
        return f"{seconds:.0f} s: unpacking {line.count(',') + 1} packages"
    return ""


_PASSED = re.compile(r"PATH|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|SSL_CERT_\w+|LD_LIBRARY_PATH|DYLD_\w+")
"""What a program needs of its surroundings. All else, such as DEBUG or HOST, Label Studio would take as settings."""

_FIXED = {
    "COLLECT_ANALYTICS": "false",
    "LATEST_VERSION_CHECK": "false",
    "SENTRY_DSN": "",
    "FRONTEND_SENTRY_DSN": "",
    "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
    "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
    # Suggestions come from a program on this machine, whose address Label Studio would otherwise refuse to ask.
    "ML_BLOCK_LOCAL_IP": "false",
    "SSRF_PROTECTION_ENABLED": "false",
    "PYTHONUNBUFFERED": "1",
}


def variables(home: Home, url: str, credentials: Credentials, settings: Settings) -> dict[str, str]:
    """All of them: nothing of the caller's reaches Label Studio by accident."""
    passed = {name: value for name, value in os.environ.items() if _PASSED.fullmatch(name)}
    seen = settings.variables.get("LABEL_STUDIO_HOST", url).rstrip("/")
    return passed | _FIXED | _ours(home, url, seen, credentials) | settings.variables


def _ours(home: Home, url: str, seen: str, credentials: Credentials) -> dict[str, str]:
    """``seen``: the address in the browser, where a proxy before the server gives it another."""
    origin = urlsplit(seen)
    hosts = dict.fromkeys(filter(None, (urlsplit(url).hostname, "localhost", origin.hostname)))
    own = home.root / "home"
    own.mkdir(exist_ok=True)
    return {
        "HOME": str(own),
        "XDG_CONFIG_HOME": str(own / ".config"),
        "LABEL_STUDIO_BASE_DATA_DIR": str(home.data),
        "LABEL_STUDIO_HOST": seen,
        "CORS_ALLOWED_ORIGINS": f"{origin.scheme}://{origin.netloc}",
        "CSRF_TRUSTED_ORIGINS": f"{origin.scheme}://{origin.netloc}",
        # A page of another site, by whatever name it calls this machine, is not answered.
        "ALLOWED_HOSTS": ",".join(hosts),
        "LABEL_STUDIO_USERNAME": credentials.username,
        "LABEL_STUDIO_PASSWORD": credentials.password,
        "LABEL_STUDIO_USER_TOKEN": credentials.token,
    }


_RESERVED = {"HOME", "XDG_CONFIG_HOME"}
_RESERVED |= {f"LABEL_STUDIO_{name}" for name in ("BASE_DATA_DIR", "USERNAME", "PASSWORD", "USER_TOKEN", "PORT")}


def merge(settings: Settings, given: Iterable[str], surroundings: Mapping[str, str] | None = None) -> Settings:
    """The settings with NAME=VALUE added, NAME taken from our own environment, NAME= forgotten."""
    surroundings = os.environ if surroundings is None else surroundings
    kept = dict(settings.variables)
    for item in given:
        name, equals, value = item.partition("=")
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
            raise ClaimspansError(f"--env {short(name)}: expected NAME=VALUE, or NAME to take it from the environment")
        if name in _RESERVED:
            raise ClaimspansError(f"--env {name}: claimspans sets this one itself; leave it out")
        if not equals:
            if name not in surroundings:
                raise ClaimspansError(f"--env {name}: is not set in the environment; set it, or write {name}=VALUE")
            value = surroundings[name]
        if value and name == "LABEL_STUDIO_HOST" and not re.fullmatch(r"https?://[^/@\s]+/?", value):
            raise ClaimspansError(
                f"--env {name}: expected the address in the browser, such as https://annotate.example.org"
            )
        if value:
            kept[name] = value
        else:
            kept.pop(name, None)
    return msgspec.structs.replace(settings, variables=kept)
