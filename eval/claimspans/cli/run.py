"""claimspans run"""

from __future__ import annotations

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
def command(extractor: str, out: Path | None) -> None:
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
    err.print(f"{extractor}: {spans} spans in {len(predicted)} articles → {folder / PREDICTIONS}")
