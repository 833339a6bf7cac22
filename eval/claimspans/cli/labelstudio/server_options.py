"""What the commands of the local server share: the state folder, the missing extra, progress on the terminal."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
from rich.status import Status

from ...data.problems import ClaimspansError
from ...labelstudio.environment import Progress
from ...labelstudio.home import VARIABLE, Credentials, Home
from ...labelstudio.process import Served
from ...report.terminal import console
from ..output_folder import Folder

EXTRA = "the local Label Studio needs {}, which is not installed: pip install 'claimspans[labelstudio]'"


def home_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--home``, for every command of the local server."""
    return click.option(
        "--home",
        "root",
        type=Folder(),
        help=f"The state folder of the local Label Studio. [default: ${VARIABLE}, else one in your data folder]",
    )(function)


def open_home(root: Path | None) -> Home:
    """The state folder; raises `ClaimspansError` where the extra is missing."""
    try:
        import httpx  # noqa: F401
        import platformdirs  # noqa: F401
    except ImportError as error:
        raise ClaimspansError(EXTRA.format(error.name)) from error
    return Home(root)


def running(home: Home) -> tuple[Served, Credentials]:
    """The server that runs and its first account; raises `ClaimspansError` where none does."""
    from ...labelstudio.server import current

    served, credentials = current(home), home.credentials()
    if served is None or credentials is None or not served.ready:
        raise ClaimspansError(f"no Label Studio runs on {home.root}; start it: {home.command('up')}")
    return served, credentials


class _Shown(Progress):
    """Steps as lines on standard error; how far a step has come beside a spinner, where there is a terminal."""

    def __init__(self, status: Status) -> None:
        self._status = status
        self._stage = ""

    def stage(self, text: str) -> None:
        self._status.console.print(text, soft_wrap=True)
        self._stage = text.partition(":")[0]
        self._status.update(self._stage)

    def tick(self, text: str) -> None:
        if text:
            self._status.update(f"{self._stage} · {text}")


@contextlib.contextmanager
def shown_progress() -> Iterator[Progress]:
    with console(stderr=True).status("") as status:
        yield _Shown(status)
