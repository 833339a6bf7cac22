"""What the commands that talk to a server share: its address, the token, the project, how far it is."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...data.corpus import Corpus
from ...data.problems import ClaimspansError
from ...labelstudio.api import Client
from ...labelstudio.tokens import TOKEN, read_token
from .server_options import home_option, open_home, running

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress


def corpus_name() -> str:
    """The project's name where none is given: that of the corpus at hand."""
    return Corpus().name


def server_options(project: str | None = None, only: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """``--url``, ``--token-file``, ``--home`` and ``--project``, whose default is ``project`` or the corpus's name.

    ``only`` names the option without which they count for nothing.
    """
    tail = f", for {only}." if only else "."

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
            click.option(
                "--project",
                default=project or corpus_name,
                show_default=project or "the corpus's name",
                help=f"The project's name{tail}",
            ),
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


def progress_bar(err: Console) -> Progress:
    """How far a command is, where there is a terminal to show it."""
    from rich.progress import Progress

    return Progress(console=err, transient=True, disable=not err.is_terminal)
