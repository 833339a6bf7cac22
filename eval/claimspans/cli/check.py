"""claimspans check"""

from __future__ import annotations

import json

import click

from ..check import check
from ..corpus import Corpus
from ..problems import LEVELS
from ..report.terminal import console, problem_lines


@click.command("check")
@click.argument("targets", nargs=-1, type=click.Path())
@click.option("--predictions", is_flag=True, help="The targets are predictions files.")
@click.option("--level", "levels", type=click.IntRange(1, max(LEVELS)), default=max(LEVELS), help="Highest level.")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.pass_context
def command(context: click.Context, targets: tuple[str, ...], predictions: bool, levels: int, as_json: bool) -> None:
    """Check TARGETS: annotation layers by name or folder, or single files. Without any, the gold.

    Levels: 1 file and JSON, 2 schema, 3 offsets, quotes, hashes and ids, 4 cross-references and overlaps,
    5 the guidelines. A higher level runs on a file only where the lower ones held.

    \b
    Example:
      claimspans check
      claimspans check pass-a annotations/gold/003.jsonl
      claimspans check --predictions runs/rules/predictions.jsonl
    """
    corpus = Corpus()
    if predictions and not targets:
        raise click.UsageError("name the predictions files to check")
    problems = [
        problem
        for target in targets or ("gold",)
        for problem in check(target, corpus, levels=levels, predictions=predictions)
    ]
    if as_json:
        click.echo(json.dumps([problem.to_dict() for problem in problems], ensure_ascii=False, indent=2))
    else:
        out = console()
        for line in problem_lines(problems):
            out.print(line, soft_wrap=True)
        count = len(problems)
        names = ", ".join(targets) or "gold"
        out.print(f"{names}: no problems" if not count else f"{names}: {count} problem{'s' if count > 1 else ''}")
    context.exit(1 if problems else 0)
