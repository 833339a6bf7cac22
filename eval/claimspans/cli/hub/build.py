"""claimspans hub build"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click
import msgspec

from ...data.corpus import Corpus
from ...data.problems import counted
from ...hub.build import build
from ...hub.folder import read_manifest
from ...hub.side_by_side import build_parts
from ...report.terminal import console


def pairs(given: Iterable[str], option: str, example: str) -> dict[str, str]:
    """The values NAME=VALUE of an option by name; raises `click.BadParameter` for one that is none, or given twice."""
    found: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not (name and equals and value):
            raise click.BadParameter(f"{one!r} is not NAME=PATH, such as {example}", param_hint=option)
        if name in found:
            raise click.BadParameter(f"{name} is given twice", param_hint=option)
        found[name] = value
    return found


def corpora(named: Iterable[str]) -> dict[str, Corpus]:
    """The corpora of ``--part``."""
    return {name: Corpus(path) for name, path in pairs(named, "--part", "wire=wire").items()}


@click.command("build")
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--predictions",
    "given",
    multiple=True,
    metavar="NAME=PATH",
    help="A system's predictions, file or run folder, to publish and score; may be given again. The baselines are run "
    "unless one is given under their name. With --part: PART/NAME=PATH.",
)
@click.option(
    "--part",
    "named",
    multiple=True,
    metavar="NAME=CORPUS",
    help="A corpus, by its folder or as one of the project, to build beside others under NAME; give two or more.",
)
@click.option("--repo", metavar="OWNER/NAME", help="Its name on the Hub, for the card's examples.")
@click.option(
    "--with-articles",
    is_flag=True,
    help="Put in the articles' texts, though their publishers keep the rights; hub push asks for them again.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as JSON.")
def command(
    out: Path, given: tuple[str, ...], named: tuple[str, ...], repo: str | None, with_articles: bool, as_json: bool
) -> None:
    """Write the dataset to the folder OUT: Parquet, JSON lines, card, pictures, Croissant metadata.

    The dataset has offsets, hashes and the words of spans, and no text of an article, unless seeds/sources.jsonl gives
    each article a licence that allows it, such as CC-BY-4.0, CC-BY-SA-4.0 or CC0-1.0.

    OUT must be new, empty, or an earlier build. The same input gives the same bytes.

    \b
    Example:
      claimspans hub build dataset
      claimspans hub build dataset --predictions mine=runs/mine
      claimspans hub build dataset-with-articles --with-articles
      claimspans hub build dataset --part news=. --part wire=wire
    """
    predictions = pairs(given, "--predictions", "mine=runs/mine")
    parts = corpora(named)
    err = console(stderr=True)
    with err.status("building …"):
        if parts:
            manifest = build_parts(out, parts, predictions, with_articles=with_articles, repo=repo)
        else:
            manifest = build(out, predictions=predictions, with_articles=with_articles, repo=repo)
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(manifest), ensure_ascii=False))
        return
    rows = ", ".join(f"{name} {sum(splits.values())}" for name, splits in manifest.rows.items())
    bare = ", ".join(part for part in manifest.parts if read_manifest(out / part).standoff)
    if manifest.standoff or bare:
        which = f"{bare}: " if bare else ""
        err.print(
            f"{which}without the articles' texts: not every article has a licence that lets anybody publish it",
            highlight=False,
        )
    if manifest.foreign_texts:
        err.print(f"with texts that only their publishers may publish: {manifest.foreign_texts}", highlight=False)
    err.print(f"{counted(len(manifest.files), 'file')} → {out} (rows: {rows})", highlight=False)
