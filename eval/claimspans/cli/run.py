"""claimspans run"""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..corpus import Corpus
from ..extractors import get
from ..predictions import PREDICTIONS
from ..report.terminal import console
from ..run import run


@click.command("run")
@click.argument("extractor")
@click.option("--out", type=click.Path(path_type=Path), help="The run folder. [default: runs/EXTRACTOR]")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def command(extractor: str, out: Path | None, as_json: bool) -> None:
    """Run EXTRACTOR over the articles and write its predictions to a run folder.

    rules is a baseline without training: regular expressions, word lists and spaCy's small English model.

    \b
    Example:
      claimspans run rules --out runs/rules
    """
    from rich.progress import track

    corpus = Corpus()
    system = get(extractor)
    folder = out or Path("runs") / extractor
    err = console(stderr=True)
    documents = track(corpus.plain(), description=extractor, console=err, transient=True)
    predicted = run(system, documents, folder)
    spans = sum(len(document.spans) for document in predicted)
    path = folder / PREDICTIONS
    if as_json:
        click.echo(json.dumps({"articles": len(predicted), "spans": spans, "predictions": str(path)}))
    else:
        err.print(f"{extractor}: {spans} spans in {len(predicted)} articles → {path}")
