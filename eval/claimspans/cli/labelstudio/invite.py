"""claimspans labelstudio invite"""

from __future__ import annotations

import json
from pathlib import Path

import click

from ...labelstudio import accounts
from .server_options import home_option, open_home, running


@click.command("invite")
@click.argument("name")
@home_option
@click.option("--new-password", is_flag=True, help="NAME has an account and has lost its password.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(name: str, root: Path | None, new_password: bool, as_json: bool) -> None:
    """Make an account for NAME, an annotator, on the local Label Studio that runs, and show its password once.

    NAME is an e-mail address, or a name, which becomes NAME@localhost. Nothing is sent to it.

    \b
    Example:
      claimspans labelstudio invite anna
      claimspans labelstudio invite anna --new-password
    """
    home = open_home(root)
    served, credentials = running(home)
    if new_password:
        account = accounts.new_password(home, served, credentials, name)
    else:
        account = accounts.invite(served, credentials, name)
    if as_json:
        shown = {"url": served.url, "username": account.username, "password": account.password}
        click.echo(json.dumps(shown, indent=2))
        return
    click.echo(f"Label Studio: {served.url}")
    click.echo(f"user      {account.username}")
    click.echo(f"password  {account.password}   (shown once, stored nowhere: hand it over now)")
