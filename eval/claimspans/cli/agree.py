"""claimspans agree"""

from __future__ import annotations

import json

import click

from ..agree import agree
from ..corpus import Corpus
from ..report.terminal import agreement_tables, console


@click.command("agree")
@click.argument("first")
@click.argument("second")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(first: str, second: str, as_json: bool) -> None:
    """Compare the annotation layers FIRST and SECOND: F1 of spans, κ of attributes, F1 of claims.

    \b
    Example:
      claimspans agree pass-a pass-b
    """
    corpus = Corpus()
    found = agree(corpus.load(first), corpus.load(second))
    if as_json:
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
        return
    out = console()
    for table in agreement_tables(found):
        out.print(table, "")
    out.print(found.result.signature, style="dim", soft_wrap=True)
