"""claimspans edition"""

from __future__ import annotations

from pathlib import Path

import click

from ..data.corpus import Corpus
from ..data.exchange.corpus import Tally, write_edition
from ..data.problems import counted
from .output_folder import Folder


@click.command("edition")
@click.argument("folder", metavar="OUT", type=Folder())
@click.option("--seed", type=click.IntRange(min=0), required=True, help="Another number makes another edition.")
@click.option("--layer", default="gold", show_default=True, help="The annotation layer that is carried along.")
@click.option("--json", "as_json", is_flag=True, help="Print the tally as JSON.")
def command(folder: Path, seed: int, layer: str, as_json: bool) -> None:
    """Write the annotated articles to OUT, a new corpus, with mentions exchanged for others of their kind.

    Persons, organisations, states, dates, figures, designations and quotation marks are exchanged, with offsets,
    attributes and claims; beside them nothing but "a" and "an" changes. What cannot be exchanged safely stays, and
    the tally counts it. No sentence of an edition is a report of anything: sources.jsonl says so, and its rights are
    those of the original.

    \b
    Example:
      claimspans edition --seed 1 editions/1
      claimspans edition --corpus wire --seed 7 wire-7 && claimspans --corpus wire-7 check
    """
    report(write_edition(Corpus().load(layer), seed, folder), folder, as_json=as_json)


def report(tally: Tally, folder: Path, *, as_json: bool) -> None:
    """Print how many mentions of each kind were exchanged, and how many stayed."""
    if as_json:
        click.echo(tally.to_json())
        return
    width = max([len(kind) for kind in tally.kinds], default=0)
    click.echo(f"{folder}: {counted(tally.articles, 'article')} with mentions exchanged")
    click.echo(f"{'':{width}}  exchanged  left")
    for kind in tally.kinds:
        click.echo(f"{kind:{width}}  {tally.exchanged[kind]:>9}  {tally.left[kind]:>4}")
