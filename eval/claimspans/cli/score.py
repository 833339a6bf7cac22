"""claimspans score"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..corpus import Corpus
from ..match import SCHEMES
from ..predictions import predictions_path
from ..problems import ClaimspansError
from ..schema import read_schema
from ..score import score

if TYPE_CHECKING:
    from ..result import Result


@click.command("score")
@click.argument("predictions", type=click.Path())
@click.option("--gold", type=click.Path(), help="A gold of your own: a file of records or of articles.")
@click.option("--schema", type=click.Path(), help="The schema of that gold; without one its labels are those it holds.")
@click.option("--layer", default="gold", show_default=True, help="The annotation layer to score against.")
@click.option(
    "--scheme",
    "schemes",
    multiple=True,
    help="Schemes to print: strict, exact, partial, type, or iou with a threshold (iou0.5); may be given again. "
    "[default: strict, partial; with --json also exact and type]",
)
@click.option("--brief", is_flag=True, help="Leave out what takes time on much data: intervals, characters, confusion.")
@click.option("--details", is_flag=True, help="Print confusion, characters, MUC error measures and curves as well.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(
    predictions: str,
    gold: str | None,
    schema: str | None,
    layer: str,
    schemes: tuple[str, ...],
    brief: bool,
    details: bool,
    as_json: bool,
) -> None:
    """Score PREDICTIONS, a predictions file or a run folder, against the gold.

    Files are JSON lines (.jsonl, .jsonl.gz) or .parquet.

    \b
    Example:
      claimspans score runs/rules
      claimspans score predictions.jsonl --scheme strict --scheme iou0.5 --json
      claimspans score --gold my-gold.jsonl my-predictions.jsonl
    """
    if schema is not None and gold is None:
        raise click.UsageError("--schema describes a gold of your own: name it with --gold")
    wanted = schemes or (SCHEMES if as_json else ("strict", "partial"))
    own = read_schema(schema) if schema is not None else None
    path = predictions_path(predictions)
    if gold is None:
        result = score(Corpus().load(layer), path, schemes=wanted, progress=True)
    elif not Path(gold).exists():
        raise ClaimspansError(f"{gold}: no such file; expected a gold of your own (--layer names a layer of ours)")
    else:
        result = score(Path(gold), path, schema=own, schemes=wanted, progress=True)
    if as_json:
        click.echo(result.to_json(brief=brief))
    else:
        _print(result, details=details, brief=brief)


def _print(result: Result, *, details: bool, brief: bool) -> None:
    from ..report import terminal

    out = terminal.console()
    for table in terminal.span_tables(result, list(result.schemes), intervals=not brief):
        terminal.print_table(out, table)
    if result.attributes:
        terminal.print_table(out, terminal.attribute_table(result))
    if result.claims["whole"].POS or result.claims["whole"].ACT:
        terminal.print_table(out, terminal.claim_score_table(result))
    if details:
        for table in terminal.detail_tables(result):
            terminal.print_table(out, table)
    if result.ignored:
        out.print(f"{result.ignored} predictions lie in zones, which are not read, and are ignored.")
    for note in result.notes:
        out.print(note)
    out.print(result.signature, style="dim", soft_wrap=True)
