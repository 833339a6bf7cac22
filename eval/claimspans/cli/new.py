"""claimspans new"""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from ..data.corpus_folder import nearest_corpus
from ..data.new_corpus import new_corpus
from .output_folder import Folder


@click.command("new")
@click.argument("folder", metavar="DIR", type=Folder())
@click.option(
    "--schema",
    default="claims",
    show_default=True,
    help="claims (speakers, quantities, items, dates, stances, and claims), spans (a template of three labels to "
    "change), or the file of a schema.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(folder: Path, schema: str, as_json: bool) -> None:
    """Make a corpus in DIR, a new or empty folder: schema, a folder for texts, guidelines.

    \b
    Example:
      claimspans new mine
      claimspans new grain --schema spans
    """
    above = nearest_corpus(Path(os.path.abspath(folder)).parent)  # noqa: PTH100 -- links stay links
    made = new_corpus(folder, schema)
    if as_json:
        click.echo(json.dumps({"corpus": str(folder), "schema": made.version, "labels": list(made.labels)}))
        return
    claims = " and claims" if made.has_claims else ""
    click.echo(f"{folder}: a corpus with the labels {', '.join(made.labels)}{claims}")
    if above is not None:
        click.echo(f"it lies in the corpus {above}, which does not take it in: inside it, commands work on it alone")
    click.echo(f"then: cd {folder}; claimspans add FILE…")
