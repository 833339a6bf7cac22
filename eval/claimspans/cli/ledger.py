"""claimspans ledger"""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec

from ..data.corpus import Corpus
from ..data.escapes import csv_text
from ..data.files import refuse_input, write_text
from ..data.ledger import COLUMNS, entries
from ..data.problems import ClaimspansError, counted
from ..report.articles import claim_table
from ..report.terminal import console


@click.command("ledger")
@click.option("--layer", default="gold", show_default=True, help="The annotation layer.")
@click.option("--stance", help="Only claims of this stance, such as denial.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), help="Write a CSV file: a row an item or quantity.")
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON lines.")
def command(layer: str, stance: str | None, csv_file: Path | None, as_json: bool) -> None:
    """List the claims of all articles: who holds that what went where, when.

    \b
    Example:
      claimspans ledger --stance denial
      claimspans ledger --csv claims.csv
    """
    corpus = Corpus()
    if not corpus.schema.has_claims:
        raise ClaimspansError(f"{corpus.root}: its schema has no claims to list; claimspans show prints the spans")
    if csv_file is not None:
        refuse_input(csv_file, corpus.layer_path(layer))
    allowed = [choice.value for choice in corpus.schema.choices("claim_fields", "stance")]
    if stance is not None and stance not in allowed:
        raise click.BadParameter(f"{stance!r} is not one of {', '.join(map(str, allowed))}", param_hint="--stance")
    documents = [
        msgspec.structs.replace(
            document, claims=tuple(claim for claim in document.claims if stance is None or claim.stance == stance)
        )
        for document in corpus.load(layer)
    ]
    rows = [msgspec.structs.asdict(entry) for entry in entries(documents)]
    if csv_file is not None:
        write_text(csv_file, csv_text(COLUMNS, rows))
        click.echo(f"{counted(len(rows), 'row')} → {csv_file}", err=True)
    elif as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    else:
        from rich.text import Text

        out = console()
        for document in documents:
            if document.claims:
                out.print(Text(document.doc, style="bold"), claim_table(document), "", sep="\n")
