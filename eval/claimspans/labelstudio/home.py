"""The folder that a local Label Studio lives in: what is where, and who may log in."""

from __future__ import annotations

import contextlib
import os
import secrets
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ..data.files import write_json
from ..data.problems import ClaimspansError
from .process import Served

OWNER = "owner@localhost"
"""The first account's address where none is named."""

_Kept = TypeVar("_Kept", bound=msgspec.Struct)


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """The first account and its API token; ``shown`` once they have been printed."""

    username: str
    password: str
    token: str
    shown: bool = False

    def __repr__(self) -> str:
        return f"Credentials({self.username})"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the next start is to do as the last one did: port, environment, and variables for Label Studio.

    ``filling`` is the project that is being filled: one that is there but not yet whole.
    """

    port: int | None = None
    venv: str | None = None
    variables: dict[str, str] = {}
    filling: str | None = None


VARIABLE = "CLAIMSPANS_LABELSTUDIO_HOME"
"""The environment variable that names the folder for every command, push and pull too."""


def default_home() -> Path:
    """The folder where none is named: that of the variable, else one in the user's data folder."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("claimspans", appauthor=False) / "labelstudio"


class Home:
    """The state folder. Nobody but its owner can look into it, and what it holds is written whole or not at all."""

    def __init__(self, root: Path | str | None = None) -> None:
        self._option = "" if root is None else f" --home {shlex.quote(str(root))}"
        self.root = (default_home() if root is None else Path(root)).absolute()
        self.environment = self.root / "environment"
        self.data = self.root / "data"
        self.log = self.root / "server.log"
        self._credentials = self.root / "credentials.json"
        self._settings = self.root / "settings.json"
        self._served = self.root / "server.json"

    def command(self, name: str) -> str:
        """How a user calls a command on this folder."""
        return f"claimspans labelstudio {name}{self._option}"

    def make(self) -> None:
        """Make the folder; raises `ClaimspansError` where it cannot be made or is somebody else's."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            self.root.chmod(0o700)
            self.data.mkdir(exist_ok=True)
        except FileExistsError as error:
            raise ClaimspansError(f"{error.filename}: is a file; name a folder with --home") from error
        except OSError as error:
            reason = f"{error.filename}: cannot be used: {error.strerror}"
            raise ClaimspansError(f"{reason}; name another folder with --home") from error

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Held by the one call that may install and start; raises `ClaimspansError` where another holds it."""
        from filelock import FileLock, Timeout

        lock = FileLock(self.root / "lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            message = "another call is installing or starting Label Studio there; wait until it is done"
            raise ClaimspansError(f"{self.root}: {message}") from None
        try:
            yield
        finally:
            lock.release()

    def credentials(self) -> Credentials | None:
        return self._read(self._credentials, Credentials)

    def make_credentials(self, username: str) -> Credentials:
        """Random ones, stored with mode 0600."""
        made = Credentials(username=username, password=secrets.token_urlsafe(12), token=secrets.token_hex(20))
        self.keep(made)
        return made

    def settings(self) -> Settings:
        return self._read(self._settings, Settings) or Settings()

    def served(self) -> Served | None:
        """The server that was started last; whether it still runs is for `server.current` to say."""
        return self._read(self._served, Served)

    def keep(self, value: Credentials | Settings | Served) -> None:
        """Store one of the three, with mode 0600."""
        path = {Credentials: self._credentials, Settings: self._settings, Served: self._served}[type(value)]
        write_json(path, value, private=True)

    def forget_served(self) -> None:
        self._served.unlink(missing_ok=True)

    def log_tail(self, hidden: tuple[str, ...] = ()) -> str:
        """The last lines of the server's log, without any of the ``hidden`` strings."""
        try:
            text = self.log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return "(no log)"
        for secret in hidden:
            text = text.replace(secret, "…")
        return "\n".join(text.rstrip().splitlines()[-15:]) or "(the log is empty)"

    def _read(self, path: Path, kind: type[_Kept]) -> _Kept | None:
        try:
            raw: Any = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ClaimspansError(f"{path}: cannot be read: {error.strerror}; mend its permissions") from error
        try:
            return msgspec.json.decode(raw, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError):
            # What stands in it may be a secret, so it is not quoted.
            message = "is not what claimspans wrote; put the right file back, or remove it to begin anew"
            raise ClaimspansError(f"{path}: {message}") from None
