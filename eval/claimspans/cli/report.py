"""claimspans report"""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..data.files import refuse_input
from ..report.write import outcome_records, scored_system, write_report
from .scoring_options import GoldOptions, ReadingOptions, gold_options, reading_options


@click.command("report")
@click.argument("predictions", type=click.Path())
@click.argument("second", type=click.Path(), required=False)
@gold_options
@reading_options
@click.option(
    "--out", type=click.Path(path_type=Path), default="report.html", show_default=True, help="The HTML file to write."
)
@click.option("--json", "as_json", is_flag=True, help="Print every outcome as a line of JSON, and write no file.")
def command(
    predictions: str,
    second: str | None,
    against: GoldOptions,
    read: ReadingOptions,
    out: Path,
    as_json: bool,
) -> None:
    """Write the score of PREDICTIONS, and every error in its sentence, as one HTML file that works from disk.

    With SECOND, another system's predictions, both stand side by side, and each error says who else makes it.
    Both are predictions files or run folders. Of more errors than a page can list it has a sample from each kind,
    and a file beside it, with the ending .errors.jsonl, has all.

    \b
    Example:
      claimspans report runs/rules --out rules.html
      claimspans report runs/rules runs/mine --out both.html
      claimspans report runs/rules --json
    """
    if not as_json:
        refuse_input(out, predictions, second, *against.files, read.label_map)
    gold, schema = against.load()
    names = [name for name in (predictions, second) if name is not None]
    # The same file twice is two systems all the same.
    named = {name if names.index(name) == at else f"{name} again": Path(name) for at, name in enumerate(names)}
    if as_json:
        systems = [scored_system(name, gold, told, schema, **read.reading) for name, told in named.items()]
        for record in outcome_records(systems):
            click.echo(json.dumps(record, ensure_ascii=False))
        return
    for path in write_report(out, gold, named, schema=schema, **read.reading):
        click.echo(f"{path}", err=True)
