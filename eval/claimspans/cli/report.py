"""claimspans report"""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..data.corpus import Corpus, Layer
from ..data.files import write_text
from ..data.predictions import read_gold, read_predictions
from ..data.records import Document
from ..data.schema import Schema, read_schema
from ..report.html import System, render
from ..scoring.errors import outcomes
from ..scoring.score import score


@click.command("report")
@click.argument("predictions", type=click.Path())
@click.argument("second", type=click.Path(), required=False)
@click.option("--gold", "own_gold", type=click.Path(), help="A gold in a file, of records or articles, not the corpus.")
@click.option(
    "--schema",
    "own_schema",
    type=click.Path(),
    help="The schema of that gold; without one its labels are those it holds.",
)
@click.option("--layer", default="gold", show_default=True, help="The annotation layer to compare with.")
@click.option(
    "--out", type=click.Path(path_type=Path), default="report.html", show_default=True, help="The HTML file to write."
)
@click.option("--json", "as_json", is_flag=True, help="Print every outcome as a line of JSON, and write no file.")
def command(
    predictions: str,
    second: str | None,
    own_gold: str | None,
    own_schema: str | None,
    layer: str,
    out: Path,
    as_json: bool,
) -> None:
    """Write the score of PREDICTIONS, and every error in its sentence, as one HTML file that works from disk.

    With SECOND, another system's predictions, both stand side by side, and each error says who else makes it.
    Both are predictions files or run folders.

    \b
    Example:
      claimspans report runs/rules --out rules.html
      claimspans report runs/rules runs/mine --out both.html
      claimspans report runs/rules --json
    """
    if own_schema is not None and own_gold is None:
        raise click.UsageError("--schema describes the gold of a file: name it with --gold")
    schema: Schema | None = None
    gold: list[Document]
    if own_gold is None:
        corpus = Corpus()
        schema, gold = corpus.schema, corpus.load(layer)
    else:
        schema = None if own_schema is None else read_schema(own_schema)
        gold = read_gold(own_gold, schema)
    texts = gold.texts if isinstance(gold, Layer) else {document.doc: document.text for document in gold}
    systems = []
    for name in (predictions, second):
        if name is not None:
            read = read_predictions(name, schema, texts)
            systems.append(
                System(name, {document.doc: document for document in read}, score(gold, read, schema=schema))
            )
    if not as_json:
        write_text(out, render(gold, systems, schema))
        click.echo(f"{out}", err=True)
        return
    for system in systems:
        for document in gold:
            for outcome in outcomes(document, system.predictions.get(document.doc), schema):
                record = {"system": system.name} | outcome.to_dict(document.text)
                click.echo(json.dumps(record, ensure_ascii=False))
