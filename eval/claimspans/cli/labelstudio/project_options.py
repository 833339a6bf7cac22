"""What the commands that talk to a server share: its address, the token, the project, the schema, how far it is."""

from __future__ import annotations

import contextlib
import shlex
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...data.problems import ClaimspansError
from ...data.schema import Schema, default_schema, read_schema
from ...labelstudio.api import Client
from ...labelstudio.project import schema_of
from ...labelstudio.tokens import TOKEN, read_token
from .server_options import home_option, open_home, running

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

schema_option = click.option(
    "--schema", type=click.Path(path_type=Path), help="Another schema of the same form. [default: the project's]"
)


PROJECT = "claimspans"
"""The project's name where none is given."""


def server_options(project: str = PROJECT, only: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """``--url``, ``--token-file``, ``--home`` and ``--project``, which has the default ``project``.

    ``only`` names the option without which they count for nothing.
    """
    tail = f", for {only}." if only else "."

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
            click.option("--project", default=project, show_default=True, help=f"The project's name{tail}"),
            home_option,
            click.option(
                "--token-file",
                type=click.Path(path_type=Path),
                help=f"A file with the access token (mode 0600){tail} [default: ${TOKEN}, or the local server's]",
            ),
            click.option(
                "--url",
                envvar="LABEL_STUDIO_URL",
                show_envvar=True,
                help=f"Label Studio's address{tail} [default: the local server that up started]",
            ),
        ):
            function = option(function)
        return function

    return add


def connect(url: str | None, token_file: Path | None, root: Path | None) -> Client:
    """The server, without an address the local one, whose own token is taken where none is given.

    Raises `ClaimspansError` where there is no server or no token.
    """
    if url is not None:
        if root is not None:
            raise ClaimspansError("--home names a local server, --url or LABEL_STUDIO_URL another: give one of the two")
        return Client(url, read_token(token_file))
    try:
        served, credentials = running(open_home(root))
    except ClaimspansError as error:
        raise ClaimspansError(f"{error}; or name a server with --url") from error
    return Client(served.url, read_token(token_file, otherwise=credentials.token))


def same_server(url: str | None, root: Path | None) -> str:
    """The options that name the server again, for a command that a user is told to call."""
    named = ("--home", str(root)) if root is not None else ("--url", url) if url is not None else ()
    return "".join(f" {shlex.quote(word)}" for word in named)


def the_schema(path: Path | None) -> Schema:
    return default_schema() if path is None else read_schema(path)


@contextlib.contextmanager
def project_schema(client: Client, title: str, given: Path | None) -> Iterator[Schema]:
    """The schema that is given, else the one that the project was made from, else the default.

    One that only the project knows stands in a file meanwhile, for the processes of extractors.
    """
    found = the_schema(given) if given is not None else schema_of(client, title)
    if given is not None or found is default_schema():
        yield found
        return
    with tempfile.TemporaryDirectory(prefix="claimspans-") as folder:
        path = Path(folder) / "schema.json"
        path.write_bytes(found.raw)
        yield read_schema(path)


def progress_bar(err: Console) -> Progress:
    """How far a command is, where there is a terminal to show it."""
    from rich.progress import Progress

    return Progress(console=err, transient=True, disable=not err.is_terminal)
