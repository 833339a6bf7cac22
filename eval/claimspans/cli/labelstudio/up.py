"""claimspans labelstudio up"""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec

from ...labelstudio import server
from ...labelstudio.address import HOST
from ...labelstudio.home import Credentials, Served
from .local import home_option, open_home, shown_progress


@click.command("up")
@home_option
@click.option("--port", type=click.IntRange(1, 65535), help="Where to serve; without it, the last port or a free one.")
@click.option("--host", default=HOST, show_default=True, help="This machine's own address.")
@click.option("--user", "username", help="The first account's e-mail address, at the first start. [owner@localhost]")
@click.option(
    "--env",
    "given",
    multiple=True,
    metavar="NAME[=VALUE]",
    help="A variable for Label Studio, such as those of PostgreSQL; NAME alone takes it from your environment, NAME= "
    "forgets it. Kept for later starts.",
)
@click.option("--venv", type=click.Path(path_type=Path), help="Label Studio's environment, if not in the state folder.")
@click.option(
    "--timeout", type=click.FloatRange(min=1), default=server.TIMEOUT, show_default=True, help="Seconds for the start."
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON; credentials only where they are new.")
def command(
    root: Path | None,
    port: int | None,
    host: str,
    username: str | None,
    given: tuple[str, ...],
    venv: Path | None,
    timeout: float,
    as_json: bool,
) -> None:
    """Start a Label Studio of your own, on this machine alone, and print its address.

    The first call makes an environment for it (1 GB) and a database, and shows the password that it made up: once.
    Later calls take seconds. What was annotated stays in the state folder when it is stopped.

    \b
    Example:
      claimspans labelstudio up
      claimspans labelstudio up --port 8090 --home work/labelstudio
    """
    home = open_home(root)
    with shown_progress() as progress:
        result = server.up(
            home, host=host, port=port, username=username, venv=venv, given=given, timeout=timeout, progress=progress
        )
        fill_project(result.served, result.credentials)
    credentials, served = result.credentials, result.served
    new = not credentials.shown
    if as_json:
        shown = {
            "url": served.url,
            "started": result.started,
            "seconds": round(result.seconds, 1),
            "home": str(home.root),
        }
        if new:
            shown |= {"username": credentials.username, "password": credentials.password, "token": credentials.token}
        click.echo(json.dumps(shown, indent=2))
    else:
        begun = f"runs after {result.seconds:.0f} s" if result.started else "runs already"
        click.echo(f"Label Studio {begun}: {served.url}")
        if new:
            click.echo(f"user      {credentials.username}")
            click.echo(f"password  {credentials.password}   (not shown again; kept in {home.root}/credentials.json)")
        click.echo("stop it with: claimspans labelstudio down")
    if new:
        home.keep(msgspec.structs.replace(credentials, shown=True))


def fill_project(served: Served, credentials: Credentials) -> None:
    """Put the articles, with the gold as suggestions, into a project where there is none yet."""
    from ...corpus import load
    from ...labelstudio.client import Client
    from ...labelstudio.push import push
    from ...schema import default_schema
    from .remote import PROJECT

    with Client(served.url, credentials.token) as client:
        if client.project(PROJECT) is None:
            push(client, PROJECT, load(), default_schema(), model_version="gold")
