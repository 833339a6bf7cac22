"""claimspans hydrate"""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec

from ..data.corpus import Corpus
from ..data.hydration import put_in_place
from ..data.problems import counted
from ..data.schema import default_schema
from ..hub.hydrate import hydrate
from ..report.terminal import console


@click.command("hydrate")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--from",
    "--articles",
    "articles",
    required=True,
    type=click.Path(path_type=Path),
    help="A folder with your copies of the articles.",
)
@click.option("--out", type=click.Path(path_type=Path), help="The folder to write, where FOLDER is given.")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as JSON.")
def command(folder: Path | None, articles: Path, out: Path | None, as_json: bool) -> None:
    """Put the articles' texts back into FOLDER, a dataset that was published without them.

    Your copies may have any names; each is recognised by the SHA-256 of its bytes. Where no file has the bytes of an
    article, one will do that nearly is it, with other white space, quotation marks or a page's furniture around it: the
    annotations are placed anew in its text, and what it does not have is left out and listed. FOLDER stays as it is.

    Without FOLDER they are put into the corpus at hand, where it came without them, as the installed package does; then
    copies must be the same byte for byte.

    \b
    Example:
      hf download OWNER/claimspans --repo-type dataset --local-dir standoff
      claimspans hydrate standoff --from my-copies --out full
      claimspans hydrate --from my-copies
    """
    if (folder is None) != (out is None):
        raise click.UsageError("FOLDER and --out go together: the dataset without the texts, and the one to write")
    if folder is None or out is None:
        placed = put_in_place(Corpus(), articles)
        if as_json:
            click.echo(json.dumps({"articles": placed}))
        else:
            console(stderr=True).print(f"{counted(len(placed), 'article')} put in place", highlight=False)
        return
    manifest = hydrate(folder, articles, out, default_schema())
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(manifest), ensure_ascii=False))
    else:
        err = console(stderr=True)
        for doc, missing in manifest.reanchored.items():
            err.print(f"{doc}: a near copy, the annotations were placed anew in it", highlight=False)
            for what in missing:
                err.print(f"{doc}: not in it: {what}", markup=False, highlight=False, soft_wrap=True)
        articles_found = sum(manifest.rows["documents"].values())
        err.print(f"{counted(articles_found, 'article')} → {out}", highlight=False)
