"""claimspans hub build"""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec

from ...data.problems import counted
from ...hub.build import build
from ...report.terminal import console


@click.command("build")
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--predictions",
    "given",
    multiple=True,
    metavar="NAME=PATH",
    help="A system's predictions, file or run folder, to publish and score; may be given again. The baselines are run "
    "unless one is given under their name.",
)
@click.option("--repo", metavar="OWNER/NAME", help="Its name on the Hub, for the card's examples.")
@click.option(
    "--with-articles",
    is_flag=True,
    help="Put in the articles' texts, though their publishers keep the rights; hub push asks for them again.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as JSON.")
def command(out: Path, given: tuple[str, ...], repo: str | None, with_articles: bool, as_json: bool) -> None:
    """Write the dataset to the folder OUT: Parquet, JSON lines, card, pictures, Croissant metadata.

    The dataset has offsets, hashes and the words of spans, and no text of an article, unless seeds/sources.jsonl gives
    each article a licence that allows it, such as CC-BY-4.0, CC-BY-SA-4.0 or CC0-1.0.

    OUT must be new, empty, or an earlier build. The same input gives the same bytes.

    \b
    Example:
      claimspans hub build dataset
      claimspans hub build dataset --predictions mine=runs/mine
      claimspans hub build dataset-with-articles --with-articles
    """
    predictions: dict[str, str] = {}
    for one in given:
        name, equals, path = one.partition("=")
        if not (name and equals and path):
            raise click.BadParameter(f"{one!r} is not NAME=PATH, such as mine=runs/mine", param_hint="--predictions")
        if name in predictions:
            raise click.BadParameter(f"{name} is given twice", param_hint="--predictions")
        predictions[name] = path
    err = console(stderr=True)
    with err.status("building …"):
        manifest = build(out, predictions=predictions, with_articles=with_articles, repo=repo)
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(manifest), ensure_ascii=False))
        return
    rows = ", ".join(f"{name} {sum(splits.values())}" for name, splits in manifest.rows.items())
    if manifest.standoff:
        err.print(
            "without the articles' texts: not every article has a licence that lets anybody publish it", highlight=False
        )
    if manifest.foreign_texts:
        err.print(f"with texts that only their publishers may publish: {manifest.foreign_texts}", highlight=False)
    err.print(f"{counted(len(manifest.files), 'file')} → {out} (rows: {rows})", highlight=False)
