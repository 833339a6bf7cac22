"""claimspans labelstudio down"""

from __future__ import annotations

import json
from pathlib import Path

import click

from ...labelstudio import server
from .server_options import home_option, open_home


@click.command("down")
@home_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(root: Path | None, as_json: bool) -> None:
    """Stop the local Label Studio. What was annotated stays; up brings it back.

    \b
    Example:
      claimspans labelstudio down
    """
    home = open_home(root)
    stopped = server.down(home)
    if as_json:
        click.echo(json.dumps({"stopped": stopped is not None, "url": None if stopped is None else stopped.url}))
    elif stopped is None:
        click.echo(f"no Label Studio runs on {home.root}")
    else:
        click.echo(f"stopped Label Studio at {stopped.url}; the data stay in {home.root}")
