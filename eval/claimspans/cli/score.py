"""claimspans score"""

from __future__ import annotations

import click

from ..corpus import Corpus
from ..report.terminal import attribute_table, claim_score_table, console, span_tables
from ..run import predictions_path
from ..score import score


@click.command("score")
@click.argument("predictions", type=click.Path())
@click.option("--layer", default="gold", show_default=True, help="The annotation layer to score against.")
@click.option(
    "--scheme",
    "schemes",
    multiple=True,
    type=click.Choice(["strict", "exact", "partial", "type"]),
    default=("strict", "partial"),
    show_default=True,
    help="Schemes to print; may be given again. --json has all.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(predictions: str, layer: str, schemes: tuple[str, ...], as_json: bool) -> None:
    """Score PREDICTIONS, a predictions file or a run folder, against the gold.

    \b
    Example:
      claimspans score runs/rules
      claimspans score predictions.jsonl --scheme strict --json
    """
    result = score(Corpus().load(layer), predictions_path(predictions))
    if as_json:
        click.echo(result.to_json())
        return
    out = console()
    for table in span_tables(result, schemes):
        out.print(table, "")
    out.print(attribute_table(result), "")
    out.print(claim_score_table(result), "")
    if result.ignored:
        out.print(f"{result.ignored} predictions lie in zones, which are not read, and are ignored.")
    out.print(result.signature, style="dim", soft_wrap=True)
