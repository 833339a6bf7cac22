"""claimspans hub check"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import click

from ...data.environments import environment
from ...data.problems import counted
from ...hub.check import FILES, LOADERS, Finding, check_folder
from ...hub.folder import needs_hub, read_manifest
from ...report.terminal import console
from .build import corpora


@click.command("check")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--environment",
    "named",
    multiple=True,
    metavar="NAME=PYTHON",
    help="Load with this interpreter, which has datasets, and not with environments of our own; may be given again.",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    help="Where environments are kept. [default: ~/.cache/claimspans/environments]",
)
@click.option(
    "--part", "parts", multiple=True, metavar="NAME=CORPUS", help="The corpus of a part, where it is not found by name."
)
@click.option("--json", "as_json", is_flag=True, help="Print every finding as a line of JSON.")
def command(folder: Path, named: tuple[str, ...], cache: Path | None, parts: tuple[str, ...], as_json: bool) -> None:
    """Load every configuration of FOLDER offline and compare it with the gold, row by row.

    Each is loaded at once and as a stream, by datasets 3.6 and by the newest datasets. Each of the two has an
    environment of its own, which the first call builds (about a minute each). Exit code 1 when something differs.

    \b
    Example:
      claimspans hub check dataset
      claimspans hub check dataset --environment mine=/path/to/python
    """
    needs_hub()
    findings = show(check_folder(folder, loaders(named, cache), parts=corpora(parts)), as_json=as_json)
    tell_texts(folder)
    if any(finding.problem for finding in findings):
        raise click.exceptions.Exit(1)


def tell_texts(folder: Path) -> None:
    """Say on stderr whether the folder holds texts that only their publishers may publish."""
    manifest = read_manifest(folder)
    if manifest.hydrated:
        click.echo(
            f"claimspans: {folder}: holds your own copies of the articles (hydrated): not to be pushed", err=True
        )
    elif manifest.foreign_texts:
        click.echo(
            f"claimspans: {folder}: holds the texts of {manifest.foreign_texts}, whose publishers keep the rights: "
            "hub push asks for --with-articles",
            err=True,
        )


def loaders(named: Iterable[str], cache: Path | None) -> dict[str, Callable[[], Path]]:
    """The interpreters to load with: those that the caller names, else our own, built when they are asked for."""
    found: dict[str, Callable[[], Path]] = {}
    for one in named:
        name, equals, path = one.partition("=")
        if not (name and equals and Path(path).is_file()):
            raise click.BadParameter(f"{one!r} is not NAME=PYTHON with an interpreter", param_hint="--environment")
        found[name] = partial(Path, path)
    err = console(stderr=True)

    def own(name: str, requirements: tuple[str, ...]) -> Path:
        with err.status(f"{name}: making its environment, if it is not there …"):
            return environment(requirements, cache)

    return found or {name: partial(own, name, requirements) for name, requirements in LOADERS.items()}


def show(findings: Iterable[Finding], *, as_json: bool) -> list[Finding]:
    """Print the findings: a table of configurations and loaders, and every problem below it."""
    listed = []
    for finding in findings:
        listed.append(finding)
        if as_json:
            click.echo(json.dumps(finding.to_dict(), ensure_ascii=False))
    if as_json:
        return listed
    from rich.table import Table

    out = console()
    table = Table(box=None, pad_edge=False)
    columns = list(dict.fromkeys((one.loader, one.way) for one in listed if one.configuration))
    table.add_column("configuration")
    table.add_column("rows", justify="right")
    for loader, way in columns:
        table.add_column(way if loader == FILES else f"{loader}\n{way}", justify="right")
    for name in dict.fromkeys(one.configuration for one in listed if one.configuration):
        mine = [one for one in listed if one.configuration == name]
        rows = max(sum(one.rows for one in mine if (one.loader, one.way) == column) for column in columns)
        table.add_row(name, str(rows), *(_cell([one for one in mine if (one.loader, one.way) == at]) for at in columns))
    out.print(table)
    problems = [one for one in listed if one.problem]
    for one in problems:
        place = " ".join(part for part in (one.loader, one.way, one.configuration, one.split) if part)
        out.print(f"{place}: {one.problem}", markup=False, highlight=False, soft_wrap=True)
    out.print(counted(len(problems), "problem") if problems else "no problems", highlight=False)
    return listed


def _cell(findings: list[Finding]) -> str:
    if not findings:
        return "–"
    if any(one.problem for one in findings):
        return "differs"
    return f"{sum(one.equal for one in findings)} equal"
