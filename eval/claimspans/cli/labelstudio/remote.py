"""What the commands that talk to a server share: its address, the token, the project, the schema."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ...labelstudio.client import TOKEN, Client, read_token
from ...schema import Schema, default_schema, read_schema
from .local import HOME, open_home

_DEFAULT = click.core.ParameterSource.DEFAULT

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
            help="A file with the access token that nobody else may read. [default: $LABEL_STUDIO_API_KEY, else the "
            "local server's]",
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
    """The server; raises `ClaimspansError` where there is no token.

    Where no token is named, the local server that up started is asked, unless another address is named.
    """
    if token_file is None and not os.environ.get(TOKEN):
        local = _local(url, named=click.get_current_context().get_parameter_source("url") is not _DEFAULT)
        if local is not None:
            return local
    return Client(url, read_token(token_file))


def _local(url: str, *, named: bool) -> Client | None:
    from ...labelstudio.server import current

    home = open_home(Path(os.environ[HOME]) if HOME in os.environ else None)
    served, credentials = current(home), home.credentials()
    if served is None or credentials is None or (named and url.rstrip("/") != served.url):
        return None
    return Client(served.url, credentials.token)


def the_schema(path: Path | None) -> Schema:
    return default_schema() if path is None else read_schema(path)
