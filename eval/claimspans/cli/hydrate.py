"""claimspans hydrate"""

from __future__ import annotations

from pathlib import Path

import click

from ..data.problems import counted
from ..data.schema import default_schema
from ..hub.hydrate import hydrate
from ..report.terminal import console


@click.command("hydrate")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--articles", required=True, type=click.Path(path_type=Path), help="A folder with your copies of the articles."
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder to write.")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as JSON.")
def command(folder: Path, articles: Path, out: Path, as_json: bool) -> None:
    """Put the articles' texts back into FOLDER, a dataset that was published without them.

    Your copies may have any names; each is recognised by the SHA-256 of its bytes. Where no file has the bytes of an
    article, one will do that nearly is it, with other white space, quotation marks or a page's furniture around it: the
    annotations are placed anew in its text, and what it does not have is left out and listed. FOLDER stays as it is.

    \b
    Example:
      hf download OWNER/claimspans --repo-type dataset --local-dir standoff
      claimspans hydrate standoff --articles my-copies --out full
    """
    manifest = hydrate(folder, articles, out, default_schema())
    if as_json:
        import json

        import msgspec

        click.echo(json.dumps(msgspec.to_builtins(manifest), ensure_ascii=False))
    else:
        err = console(stderr=True)
        for doc, missing in manifest.reanchored.items():
            err.print(f"{doc}: a near copy, the annotations were placed anew in it", highlight=False)
            for what in missing:
                err.print(f"{doc}: not in it: {what}", markup=False, highlight=False, soft_wrap=True)
        articles_found = sum(manifest.rows["documents"].values())
        err.print(f"{counted(articles_found, 'article')} → {out}", highlight=False)
