"""claimspans labelstudio status"""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec
from rich.table import Table

from ...data.problems import short
from ...labelstudio.home import Home
from ...labelstudio.status import Status, look
from ...report.terminal import console, print_table
from .server_options import home_option, open_home


@click.command("status")
@home_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def command(context: click.Context, root: Path | None, as_json: bool) -> None:
    """Say whether the local Label Studio runs, where, and with which projects. Exit code 1: it does not.

    \b
    Example:
      claimspans labelstudio status
      claimspans labelstudio status --json
    """
    home = open_home(root)
    found = look(home)
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(found), ensure_ascii=False, indent=2))
    else:
        _print(found, home)
    context.exit(0 if found.state == "running" else 1)


def _print(found: Status, home: Home) -> None:
    if found.state != "running":
        remedy = {"stopped": f"start it: {home.command('up')}", "starting": "wait for up to end, or call it again"}
        click.echo(f"{found.state}: no Label Studio answers for {found.home}; {remedy[found.state]}")
        return
    megabytes = (found.memory or 0) / 1e6
    click.echo(f"running   {found.url}   Label Studio {found.version}, process {found.pid}, {megabytes:.0f} MB")
    click.echo(f"home      {found.home}")
    click.echo(f"accounts  {', '.join(found.users)}")
    table = Table("project", "tasks", "annotated", "annotations", "address", box=None, pad_edge=False)
    for column in table.columns[1:4]:
        column.justify = "right"
    for row in found.projects:
        table.add_row(short(row.title, 40), str(row.tasks), str(row.annotated), str(row.annotations), row.url)
    if found.projects:
        print_table(console(), table)
    else:
        click.echo("projects  none")
