"""claimspans augment"""

from __future__ import annotations

from pathlib import Path

import click

from ..data.corpus import Corpus
from ..data.exchange.corpus import write_augmented
from .edition import report
from .output_folder import Folder


@click.command("augment")
@click.argument("folder", metavar="OUT", type=Folder())
@click.option("--copies", type=click.IntRange(min=1), default=1, show_default=True, help="Editions of each article.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="That of the first edition.")
@click.option("--split", help="Take the articles of this split in the corpus's splits.jsonl alone.")
@click.option("--layer", default="gold", show_default=True, help="The annotation layer to take.")
@click.option("--json", "as_json", is_flag=True, help="Print the tally as JSON.")
def command(folder: Path, copies: int, seed: int, split: str | None, layer: str, as_json: bool) -> None:
    """Write a training set to OUT, a new corpus: each annotated article, and editions of it.

    The edition of article w01 by seed 3 is w01.e3; in sources.jsonl it is marked synthetic, with its seed. Train on
    what is not scored: an edition has its original's sentences.

    \b
    Example:
      claimspans augment --corpus wire --split train --copies 2 more
      claimspans train crf --corpus more --out model
    """
    seeds = range(seed, seed + copies)
    report(write_augmented(Corpus().load(layer), seeds, folder, split), folder, as_json=as_json)
