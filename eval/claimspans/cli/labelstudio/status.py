"""claimspans labelstudio status"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.table import Table

from ...data.problems import short
from ...labelstudio.annotators import Annotator, annotators
from ...labelstudio.home import Home
from ...labelstudio.status import Status, look
from ...report.terminal import console, print_table
from .project_options import connect, server_options
from .server_options import open_home


@click.command("status")
@server_options()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def command(
    context: click.Context, url: str | None, token_file: Path | None, root: Path | None, project: str, as_json: bool
) -> None:
    """Say how far each annotator of the project is, and whether the local Label Studio runs, with which projects.

    With --url of another server only the annotators. Minutes are the median of an article, agreement is the mean strict
    F1 with the others on the articles that both have done. Exit code 1: the local server does not run.

    \b
    Example:
      claimspans labelstudio status
      claimspans labelstudio status --url https://annotate.example.org --project "arms 2025" --json
    """
    home = open_home(root) if url is None else None
    found = None if home is None else look(home)
    people: list[Annotator] = []
    if found is None or any(row.title == project for row in found.projects):
        with connect(url, token_file, root) as client:
            people = annotators(client, project)
    if as_json:
        shown: dict[str, Any] = {} if found is None else msgspec.to_builtins(found)
        shown |= {"project": project, "annotators": msgspec.to_builtins(people)}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        if found is not None and home is not None:
            _print(found, home)
        _print_people(project, people)
    context.exit(0 if found is None or found.state == "running" else 1)


def _print(found: Status, home: Home) -> None:
    if found.state != "running":
        remedy = {"stopped": f"start it: {home.command('up')}", "starting": "wait for up to end, or call it again"}
        click.echo(f"{found.state}: no Label Studio answers for {found.home}; {remedy[found.state]}")
        return
    megabytes = (found.memory or 0) / 1e6
    click.echo(f"running   {found.url}   Label Studio {found.version}, process {found.pid}, {megabytes:.0f} MB")
    click.echo(f"home      {found.home}")
    click.echo(f"accounts  {', '.join(found.users)}")
    rows = [(short(row.title, 40), row.tasks, row.annotated, row.annotations, row.url) for row in found.projects]
    if rows:
        _table(("project", "tasks", "annotated", "annotations", "address"), rows)
    else:
        click.echo("projects  none")


def _print_people(project: str, people: list[Annotator]) -> None:
    heads = (f"{short(project, 40)}: annotator", "done", "skipped", "drafts", "minutes", "spans an hour", "agreement")
    if people:
        _table(heads, [_cells(one) for one in people])


def _cells(one: Annotator) -> tuple[Any, ...]:
    minutes = "–" if one.minutes is None else f"{one.minutes:.1f}"
    spans = "–" if one.spans_an_hour is None else f"{one.spans_an_hour:.0f}"
    agreement = "–" if one.agreement is None else f"{one.agreement:.3f} on {one.compared}"
    return one.name, one.done, one.skipped, one.drafts, minutes, spans, agreement


def _table(heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """A table whose first column is text, as is an address in the last."""
    table = Table(*heads, box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "left" if column.header == "address" else "right"
    for row in rows:
        table.add_row(*map(str, row))
    print_table(console(), table)
