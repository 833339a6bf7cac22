"""A Label Studio of one's own, on this machine alone: start, stop, and whether it runs."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..data.problems import ClaimspansError
from . import environment, process
from .address import HOST, choose_port
from .home import OWNER, Credentials, Home, Served
from .progress import SILENT, Progress
from .variables import merge, variables

if TYPE_CHECKING:
    import httpx
TIMEOUT = 300.0
"""Seconds that a start may take; the first one migrates the database for one to two minutes."""


class Up(msgspec.Struct, frozen=True, kw_only=True):
    """A server that answers. ``started``: by this call; ``seconds`` it took."""

    served: Served
    credentials: Credentials
    started: bool
    seconds: float


def up(
    home: Home,
    *,
    port: int | None = None,
    venv: Path | None = None,
    given: tuple[str, ...] = (),
    timeout: float = TIMEOUT,
    progress: Progress = SILENT,
) -> Up:
    """See to it that Label Studio runs on ``home``: install, start and wait as far as needed.

    ``given`` are variables for Label Studio as NAME=VALUE, or NAME to take it from our own environment, or NAME= to
    forget it; they are kept for later starts. Raises `ClaimspansError` with what was expected: a busy port,
    an installation or a start that fails (with the end of its log).
    """
    home.make()
    begun = time.monotonic()
    with home.lock():
        kept = merge(home.settings(), given)
        found = home.credentials()
        served = current(home)
        if served is not None and port not in (None, served.port):
            raise ClaimspansError(f"Label Studio runs already at {served.url}; stop it first: {home.command('down')}")
        if served is not None and kept.variables != home.settings().variables:
            raise ClaimspansError(
                f"Label Studio runs already at {served.url}, and --env counts at its start; "
                f"stop it first: {home.command('down')}"
            )
        started = served is None
        credentials = found or home.make_credentials(OWNER)
        if served is None:
            port = choose_port(port, kept.port)
            folder = Path(venv or kept.venv or home.environment).absolute()
            program = environment.ensure(folder, progress)
            home.keep(
                msgspec.structs.replace(kept, port=port, venv=None if folder == home.environment else str(folder))
            )
            served = _start(home, program, port, variables(home, f"http://{HOST}:{port}", credentials, kept))
        if not served.ready:
            served = _wait(home, served, credentials, timeout, progress)
    return Up(served=served, credentials=credentials, started=started, seconds=time.monotonic() - begun)


def down(home: Home) -> Served | None:
    """Stop the server: SIGTERM, and SIGKILL for what is left. Returns what was stopped, None where nothing ran."""
    last, running = home.served(), current(home)
    if last is not None:
        process.stop(last)
        home.forget_served()
    return running


def current(home: Home) -> Served | None:
    """The server that runs, ready or starting; None where none does, whatever a file left behind says."""
    served = home.served()
    return served if served is not None and process.find(served) is not None else None


@contextlib.contextmanager
def client(served: Served, credentials: Credentials) -> Iterator[httpx.Client]:
    """The server's API as its first account; a failed request is a `ClaimspansError` without the token."""
    import httpx

    # trust_env: a proxy of the user's has no business between two programs of this machine.
    with httpx.Client(
        base_url=served.url,
        headers={"Authorization": f"Token {credentials.token}"},
        timeout=60,
        trust_env=False,
    ) as opened:
        try:
            yield opened
        except httpx.HTTPStatusError as error:
            code = error.response.status_code
            place = f"{served.url}{error.request.url.path}"
            if code in (401, 403):
                raise ClaimspansError(
                    f"{place}: Label Studio does not accept the token in credentials.json of the state folder: if it "
                    "was reset in the page, put the new one there; a database that another state folder made goes with "
                    "that folder's alone"
                ) from None
            raise ClaimspansError(f"{place}: Label Studio answered {code}; its log says why") from None
        except httpx.TransportError as error:
            message = f"{served.url}: does not answer ({type(error).__name__}); server.log in the state folder says why"
            raise ClaimspansError(message) from None


def _start(home: Home, program: Path, port: int, given: dict[str, str]) -> Served:
    if home.log.exists():
        home.log.replace(home.log.with_suffix(".log.old"))
    command: list[str | Path] = [program, "start", "--no-browser", "--internal-host", HOST, "--port", str(port)]
    command += ["--enable-legacy-api-token"]
    try:
        pid = process.start(command, home.root, home.log, given)
    except OSError as error:
        raise ClaimspansError(
            f"{program}: cannot be started: {error.strerror}; remove {program.parent.parent} and call up again"
        ) from error
    served = Served(pid=pid, created=process.created(pid), host=HOST, port=port)
    home.keep(served)
    return served


def _wait(home: Home, served: Served, credentials: Credentials, timeout: float, progress: Progress) -> Served:
    """Wait until the server answers and knows our account; where it does not, it is stopped and its log is shown."""
    # They are shown once a start went well, so that before it the database is still to be made.
    prepares = "" if credentials.shown else ": the first start prepares its database, one to two minutes"
    progress.stage(f"starting Label Studio{prepares}")
    begun = time.monotonic()
    try:
        while not _answers(served):
            seconds = time.monotonic() - begun
            _check_going(home, served, credentials, over=seconds > timeout)
            progress.tick(f"{seconds:.0f} s")
            time.sleep(0.25)
        with client(served, credentials) as api:
            api.get("/api/current-user/whoami").raise_for_status()
    except BaseException:
        down(home)
        raise
    ready = msgspec.structs.replace(served, ready=True)
    home.keep(ready)
    return ready


def _check_going(home: Home, served: Served, credentials: Credentials, *, over: bool) -> None:
    """Raise `ClaimspansError` with the end of the log where there is nothing more to wait for."""
    if process.find(served) is not None and not over:
        return
    what = "did not answer in time; allow more with --timeout" if over else "ended before it answered"
    kept = home.settings().variables
    secret = [value for name, value in kept.items() if re.search("PASSWORD|SECRET|TOKEN|KEY|DSN", name)]
    tail = home.log_tail(hidden=(credentials.password, credentials.token, *secret))
    raise ClaimspansError(f"Label Studio {what}. The end of {home.log}:\n{tail}")


def _answers(served: Served) -> bool:
    """Whether the port is this process's and its health is good: somebody else's server could answer there."""
    import httpx

    ports = process.listening(served)
    if ports and served.port not in ports:
        raise ClaimspansError(f"port {served.port} was taken while Label Studio started; call up again")
    if not ports:
        return False
    with contextlib.suppress(httpx.TransportError), httpx.Client(trust_env=False, timeout=5) as asking:
        return asking.get(f"{served.url}/health").status_code == httpx.codes.OK
    return False
