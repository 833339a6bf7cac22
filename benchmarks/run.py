"""Measure the scorers beside each other and print the table: ``python -m benchmarks.run``."""

from __future__ import annotations

import json
import sys

import click
import msgspec

from .measure import TOOLS, Report, measure, measure_dense


@click.command()
@click.option("--articles", type=click.IntRange(1), default=10_000, show_default=True, help="45 gold spans each.")
@click.option("--nested", is_flag=True, help="30 % of the gold spans lie inside another one.")
@click.option(
    "--rounds", type=click.IntRange(1), default=3, show_default=True, help="Each tool once a round, in turns."
)
@click.option(
    "--tools", "names", default=",".join(tool.name for tool in TOOLS), show_default=True, help="Which, by name."
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=900,
    show_default=True,
    help="Wall seconds a process may take.",
)
@click.option("--dense", is_flag=True, help="Only claimspans, on single articles in which nearly everything overlaps.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--markdown", "to_readme", is_flag=True, help="Also put the tables into benchmarks/README.md.")
def main(
    articles: int,
    rounds: int,
    names: str,
    timeout: float,
    *,
    nested: bool,
    dense: bool,
    as_json: bool,
    to_readme: bool,
) -> None:
    """Measure CPU seconds, wall seconds and peak memory of scorers on files of a fixed seed.

    Exit code 1: on flat data a tool's strict counts are not those that the files were made with.

    \b
    Example:
      python -m benchmarks.run --articles 1000 --rounds 1
      python -m benchmarks.run --dense
      python -m benchmarks.run --nested --tools claimspans-api,nervaluate,msgspec-decode --json
    """
    if dense:
        for workload, run in measure_dense(timeout):
            click.echo(f"{workload}: {run.error or f'{run.cpu:.2f} s CPU, {run.peak / 1e6:.0f} MB'}")
        return
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    unknown = sorted(set(wanted) - {tool.name for tool in TOOLS})
    if unknown or not wanted:
        known = ", ".join(tool.name for tool in TOOLS)
        raise click.BadParameter(f"{', '.join(unknown) or 'nothing'}; expected some of {known}", param_hint="--tools")
    for told in measure(wanted, articles, nested=nested, rounds=rounds, timeout=timeout):
        if isinstance(told, Report):
            _show(told, as_json=as_json, to_readme=to_readme)
            sys.exit(1 if told.disagreeing and not nested else 0)
        click.echo(told, err=True)


def _show(report: Report, *, as_json: bool, to_readme: bool) -> None:
    # Imported now: a process that is started seems at first as large as this one.
    from rich.console import Console

    from .tables import README, markdown, notes, terminal, update

    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(report), ensure_ascii=False, indent=2))
    else:
        out = Console(width=None if sys.stdout.isatty() else 140, highlight=False)
        for table in terminal(report):
            out.print(table)
        for note in notes(report):
            out.print(note, markup=False)
    if to_readme:
        try:
            update(README, markdown(report))
        except LookupError as error:
            raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
