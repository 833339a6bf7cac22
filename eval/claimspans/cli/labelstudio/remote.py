"""What the commands that talk to a server share: its address, the token, the project, the schema."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ...labelstudio.client import Client, read_token
from ...schema import Schema, default_schema, read_schema

schema_option = click.option(
    "--schema", type=click.Path(path_type=Path), help="Another schema of the same form. [default: the project's]"
)


def server_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--url``, ``--token-file`` and ``--project``."""
    for option in (
        click.option("--project", default="claimspans", show_default=True, help="The project's name."),
        click.option(
            "--token-file",
            type=click.Path(path_type=Path),
            help="A file with the access token that nobody else may read. [default: $LABEL_STUDIO_API_KEY]",
        ),
        click.option(
            "--url",
            default="http://127.0.0.1:8080",
            envvar="LABEL_STUDIO_URL",
            show_default=True,
            show_envvar=True,
            help="The server's address.",
        ),
    ):
        function = option(function)
    return function


def connect(url: str, token_file: Path | None) -> Client:
    """The server; raises `ClaimspansError` where there is no token."""
    return Client(url, read_token(token_file))


def the_schema(path: Path | None) -> Schema:
    return default_schema() if path is None else read_schema(path)
