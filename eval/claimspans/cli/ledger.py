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
from .archive_ledger import ArchiveOptions, archive_options, gather, require_stance
from .engine_options import EngineOptions, engine_options


@click.command("ledger")
@click.argument("predictions", required=False)
@click.option("--layer", default="gold", show_default=True, help="The annotation layer.")
@click.option("--stance", help="Only claims of this stance, such as denial.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), help="Write a CSV file: a row an item or quantity.")
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON lines.")
@archive_options
@engine_options
@click.pass_context
def command(
    context: click.Context,
    /,
    predictions: str | None,
    layer: str,
    stance: str | None,
    csv_file: Path | None,
    as_json: bool,
    archive: ArchiveOptions,
    engine: EngineOptions,
) -> None:
    """List the claims of all articles: who holds that what went where, when.

    With --engine the claims of PREDICTIONS, Parquet files as many as there are: of articles that are nearly the same,
    such as wire copy, the first published stands for all, with the number and ids of its copies.

    \b
    Example:
      claimspans ledger --stance denial
      claimspans ledger --csv claims.csv
      claimspans ledger s3://news/predictions --articles s3://news/texts --engine ray --parquet claims.parquet
    """
    if engine.name is not None:
        engine.refuse_others(context, {"predictions", "stance", "csv_file", "as_json", *archive.__struct_fields__})
        gather(predictions, stance, csv_file, archive, engine, as_json=as_json)
        return
    engine.require()
    archive.require(predictions)
    corpus = Corpus()
    if not corpus.schema.has_claims:
        raise ClaimspansError(f"{corpus.root}: its schema has no claims to list; claimspans show prints the spans")
    if csv_file is not None:
        refuse_input(csv_file, corpus.layer_path(layer))
    require_stance(stance, corpus.schema)
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
