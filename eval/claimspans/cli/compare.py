"""claimspans compare"""

from __future__ import annotations

from pathlib import Path

import click

from ..data.problems import ClaimspansError
from ..report.comparison import (
    capability_table,
    label_table,
    notes,
    one_sided,
    pair_table,
    regression_lines,
    system_table,
)
from ..report.terminal import console
from ..scoring.compare import Comparison, compare
from .scoring_options import GoldOptions, ReadingOptions, gold_options, reading_options


@click.command("compare", epilog="Exit code 1: with --fail-if-worse, the first system is worse than another.")
@click.argument("systems", nargs=-1, required=True, metavar="A B [C]...")
@gold_options
@reading_options
@click.option("--scheme", default="strict", show_default=True, help="strict, exact, partial, type, or iou0.5 and such.")
@click.option("--by-label", is_flag=True, help="Print the differences of each label too.")
@click.option("--spans", is_flag=True, help="List the spans that one of two systems has right and the other lacks.")
@click.option(
    "--fail-if-worse",
    is_flag=True,
    help="End with exit code 1 where A has a lower F1 than another system and the test tells them apart; where so few "
    "articles can tell nothing apart, any lower F1 counts.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(
    systems: tuple[str, ...],
    against: GoldOptions,
    read: ReadingOptions,
    scheme: str,
    by_label: bool,
    spans: bool,
    fail_if_worse: bool,
    as_json: bool,
) -> None:
    """Compare the systems A, B, C …, predictions files or run folders: who is better, and whether articles can tell.

    Each difference of precision, recall and F1 has its bootstrap interval and the p-value of a paired randomisation
    test over articles, corrected after Holm for all pairs. A system is called after its file or run folder; NAME=PATH
    gives another name.

    \b
    Example:
      claimspans compare runs/rules other.jsonl
      claimspans compare old=runs/1/predictions.jsonl new=runs/2/predictions.jsonl --spans
      claimspans compare runs/a runs/b runs/c --scheme partial --by-label --json
      claimspans compare runs/new runs/old --fail-if-worse
    """
    if len(systems) < 2:
        raise click.UsageError("name two systems or more: predictions files or run folders")
    if spans and len(systems) > 2 and not as_json:
        raise click.UsageError("--spans lists what one of two systems lacks: name two, or take --json for every pair")
    named = named_paths(systems)
    gold, schema = against.load()
    found = compare(gold, named, scheme=scheme, schema=schema, **read.reading)
    if as_json:
        click.echo(found.to_json())
    else:
        _print(found, by_label=by_label, spans=spans)
    worse = list(regression_lines(found)) if fail_if_worse else []
    for line in worse:
        click.echo(f"claimspans: {line}", err=True)
    if worse:
        raise click.exceptions.Exit(1)


def _print(found: Comparison, *, by_label: bool, spans: bool) -> None:
    out = console()
    coverage = next(iter(found.results.values())).coverage
    if coverage is not None:
        out.print(coverage, soft_wrap=True)
    out.print(system_table(found), "")
    out.print(pair_table(found), "")
    if found.capabilities:
        out.print(capability_table(found), "")
    if by_label:
        out.print(label_table(found), "")
    if spans:
        for part in one_sided(found):
            out.print(part)
    for note in notes(found, by_label=by_label):
        out.print(note)
    out.print(found.signature, style="dim", soft_wrap=True)


def named_paths(given: tuple[str, ...]) -> dict[str, Path]:
    """The predictions files by the names of their systems; raises `ClaimspansError` for a name that stands twice."""
    found: dict[str, Path] = {}
    for argument in given:
        name, sign, path = argument.partition("=")
        if not sign or Path(argument).exists():
            name, path = _name(Path(argument)), argument
        if not name or not path:
            raise ClaimspansError(f"{argument}: expected NAME=PATH with both a name and a path")
        if name in found:
            raise ClaimspansError(
                f"{path}: two systems are called {name!r}; give one another name with NAME=PATH, "
                f"such as {name}-2={path}"
            )
        found[name] = Path(path)
    return found


def _name(path: Path) -> str:
    """A folder's name, a file's without .jsonl and .gz."""
    return path.resolve().name if path.is_dir() else Path(path.name.removesuffix(".gz")).stem
