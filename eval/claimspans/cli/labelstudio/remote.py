"""What the commands that talk to a server share: its address, the token, the project, the schema."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ...labelstudio.client import Client
from ...labelstudio.tokens import read_token
from ...problems import ClaimspansError
from ...schema import Schema, default_schema, read_schema
from .local import open_home, running

schema_option = click.option(
    "--schema", type=click.Path(path_type=Path), help="Another schema of the same form. [default: the project's]"
)


PROJECT = "claimspans"
"""The project's name where none is given."""


def server_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--url``, ``--token-file`` and ``--project``."""
    for option in (
        click.option("--project", default=PROJECT, show_default=True, help="The project's name."),
        click.option(
            "--token-file",
            type=click.Path(path_type=Path),
            help="A file with the access token (mode 0600). [default: $LABEL_STUDIO_API_KEY, or the local server's]",
        ),
        click.option(
            "--url",
            envvar="LABEL_STUDIO_URL",
            show_envvar=True,
            help="The server's address. [default: the local server that up started]",
        ),
    ):
        function = option(function)
    return function


def connect(url: str | None, token_file: Path | None) -> Client:
    """The server, without an address the local one with its own token.

    Raises `ClaimspansError` where there is no server or no token.
    """
    if url is not None:
        return Client(url, read_token(token_file))
    try:
        served, credentials = running(open_home(None))
    except ClaimspansError as error:
        raise ClaimspansError(f"{error}; or name a server with --url") from error
    return Client(served.url, credentials.token if token_file is None else read_token(token_file))


def the_schema(path: Path | None) -> Schema:
    return default_schema() if path is None else read_schema(path)
