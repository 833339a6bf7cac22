"""claimspans report"""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..corpus import Corpus
from ..errors import outcomes
from ..predictions import read_predictions
from ..records import write_text
from ..report.html import System, render
from ..run import predictions_path
from ..score import score


@click.command("report")
@click.argument("predictions", type=click.Path())
@click.argument("second", type=click.Path(), required=False)
@click.option("--layer", default="gold", show_default=True, help="The annotation layer to compare with.")
@click.option(
    "--out", type=click.Path(path_type=Path), default="report.html", show_default=True, help="The HTML file to write."
)
@click.option("--json", "as_json", is_flag=True, help="Print every outcome as a line of JSON, and write no file.")
def command(predictions: str, second: str | None, layer: str, out: Path, as_json: bool) -> None:
    """Write the score of PREDICTIONS, and every error in its sentence, as one HTML file that works from disk.

    With SECOND, another system's predictions, both stand side by side, and each error says who else makes it.
    Both are predictions files or run folders.

    \b
    Example:
      claimspans report runs/rules --out rules.html
      claimspans report runs/rules runs/mine --out both.html
      claimspans report runs/rules --json
    """
    corpus = Corpus()
    gold = corpus.load(layer)
    systems = []
    for name in (predictions, second):
        if name is not None:
            read = read_predictions(predictions_path(name), corpus.schema, corpus.texts)
            result = score(gold, read, schema=corpus.schema)
            systems.append(System(name, {document.doc: document for document in read}, result))
    if not as_json:
        write_text(out, render(gold, systems, corpus.schema))
        click.echo(f"{out}", err=True)
        return
    for system in systems:
        for document in gold:
            for outcome in outcomes(document, system.predictions.get(document.doc), corpus.schema):
                record = {"system": system.name} | outcome.to_dict(document.text)
                click.echo(json.dumps(record, ensure_ascii=False))
