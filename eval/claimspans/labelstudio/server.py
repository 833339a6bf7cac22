"""A Label Studio of one's own, on this machine alone: its process, started, waited for and stopped."""

from __future__ import annotations

import contextlib
import re
import socket
import time
import urllib.request
from pathlib import Path

import msgspec
import psutil

from ..data.problems import ClaimspansError
from .address import HOST
from .api import Client
from .environment import SILENT, Progress, ensure, merge, variables
from .home import OWNER, Credentials, Home
from .process import Run, Served

FIRST_PORT = 8080
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
            program = ensure(folder, progress)
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
        last.stop()
        home.forget_served()
    return running


def current(home: Home) -> Served | None:
    """The server that runs, ready or starting; None where none does, whatever a file left behind says."""
    served = home.served()
    return served if served is not None and served.find() is not None else None


def _start(home: Home, program: Path, port: int, given: dict[str, str]) -> Served:
    if home.log.exists():
        home.log.replace(home.log.with_suffix(".log.old"))
    command: list[str | Path] = [program, "start", "--no-browser", "--internal-host", HOST, "--port", str(port)]
    command += ["--enable-legacy-api-token"]
    try:
        run = Run.begin(command, home.root, home.log, given)
    except OSError as error:
        raise ClaimspansError(
            f"{program}: cannot be started: {error.strerror}; remove {program.parent.parent} and call up again"
        ) from error
    served = Served(pid=run.pid, created=run.created, host=HOST, port=port)
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
        with Client(served.url, credentials.token) as client:
            client.again(client.studio.users.whoami)
    except BaseException:
        down(home)
        raise
    ready = msgspec.structs.replace(served, ready=True)
    home.keep(ready)
    return ready


def _check_going(home: Home, served: Served, credentials: Credentials, *, over: bool) -> None:
    """Raise `ClaimspansError` with the end of the log where there is nothing more to wait for."""
    if served.find() is not None and not over:
        return
    what = "did not answer in time; allow more with --timeout" if over else "ended before it answered"
    kept = home.settings().variables
    secret = [value for name, value in kept.items() if re.search("PASSWORD|SECRET|TOKEN|KEY|DSN", name)]
    tail = home.log_tail(hidden=(credentials.password, credentials.token, *secret))
    raise ClaimspansError(f"Label Studio {what}. The end of {home.log}:\n{tail}")


def _answers(served: Served) -> bool:
    """Whether the port is this process's and its health is good: somebody else's server could answer there."""
    ports = _listening(served)
    if ports and served.port not in ports:
        raise ClaimspansError(f"port {served.port} was taken while Label Studio started; call up again")
    if not ports:
        return False
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy has no business on this machine
    with contextlib.suppress(OSError), direct.open(f"{served.url}/health", timeout=5) as answer:
        return bool(answer.status == 200)
    return False


def _listening(served: Served) -> set[int]:
    """The ports that it serves on: Label Studio takes another one where its own is busy."""
    with contextlib.suppress(psutil.Error):
        if (process := served.find()) is not None:
            return {one.laddr.port for one in process.net_connections("tcp4") if one.status == psutil.CONN_LISTEN}
    return set()


def choose_port(wanted: int | None, last: int | None) -> int:
    """The wanted port, else the last one, else the first that is free; Label Studio itself would take another."""
    if wanted is not None:
        reason = _occupied(wanted)
        if reason is not None:
            raise ClaimspansError(f"port {wanted}: {reason}; name another with --port, or leave it out")
        return wanted
    ports = list(range(FIRST_PORT, FIRST_PORT + 100))
    if last is not None:
        ports.insert(0, last)
    for port in ports:
        if _occupied(port) is None:
            return port
    raise ClaimspansError(f"no free port from {FIRST_PORT} to {FIRST_PORT + 99}; name one with --port")


def _occupied(port: int) -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except PermissionError:
            return "only the administrator may serve there"
        except OSError:
            return "another program serves there"
    return None
