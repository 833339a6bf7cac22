"""claimspans hub diff"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click

from ...data.schema import default_schema
from ...hub.diff import Change, diff
from ...hub.folder import needs_hub, read_manifest
from ...hub.published import fetch, look, valid_name
from ...report.terminal import console
from .check import tell_texts


@click.command("diff")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--repo", metavar="OWNER/NAME", help="The dataset on the Hub to compare with.")
@click.option("--revision", help="A tag or commit of it. [default: its newest commit]")
@click.option("--with", "other", type=click.Path(path_type=Path), help="Another built folder to compare with instead.")
@click.option("--json", "as_json", is_flag=True, help="Print every change as a line of JSON.")
def command(folder: Path, repo: str | None, revision: str | None, other: Path | None, as_json: bool) -> None:
    """Show what pushing FOLDER would change, configuration by configuration and column by column.

    \b
    Example:
      claimspans hub diff dataset --repo OWNER/NAME
      claimspans hub diff dataset --repo OWNER/NAME --revision v1.0.0
      claimspans hub diff dataset --with dataset-before
    """
    if (repo is None) == (other is None):
        raise click.UsageError("compare with a dataset on the Hub (--repo OWNER/NAME) or with a folder (--with FOLDER)")
    if revision is not None and repo is None:
        raise click.UsageError("--revision is one of a dataset on the Hub: name it with --repo")
    needs_hub()
    if repo is not None:
        valid_name(repo)
    read_manifest(folder)
    tell_texts(folder)
    show(changes(folder, repo, revision, other), as_json=as_json)


def changes(folder: Path, repo: str | None, revision: str | None = None, other: Path | None = None) -> list[Change]:
    """What is other in ``folder`` than what is published, or than in another folder."""
    schema = default_schema()
    if repo is None:
        if other is not None:
            read_manifest(other)
        return list(diff(folder, other, schema))
    if revision is None and look(repo).head is None:
        console(stderr=True).print(f"{repo}: nothing is published that you may see", highlight=False)
        return list(diff(folder, None, schema))
    with tempfile.TemporaryDirectory() as scratch:
        return list(diff(folder, fetch(repo, Path(scratch), revision), schema))


def show(found: Iterable[Change], *, as_json: bool) -> None:
    """Print the changes as a table, or as lines of JSON."""
    found = list(found)
    if as_json:
        for change in found:
            click.echo(json.dumps(change.to_dict(), ensure_ascii=False))
        return
    out = console()
    if not found:
        out.print("no difference")
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in ("configuration", "column or file", "what"):
        table.add_column(name, no_wrap=True)
    table.add_column("rows", justify="right")
    table.add_column("first")
    for change in found:
        count = str(change.count) if "row" in change.what or change.what == "changed" else ""
        table.add_row(change.configuration, change.column, change.what, count, change.example)
    out.print(table)
