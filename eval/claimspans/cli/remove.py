"""claimspans remove"""

from __future__ import annotations

import json

import click

from ..data.holdings import remove
from ..data.problems import counted, show_path
from .output_folder import corpus_to_change


@click.command("remove")
@click.argument("docs", nargs=-1, required=True, metavar="ID...")
@click.option("--with-annotations", is_flag=True, help="Remove the annotations of these articles too, in every layer.")
@click.option("--json", "as_json", is_flag=True, help="Print the files that were removed as JSON.")
def command(docs: tuple[str, ...], with_annotations: bool, as_json: bool) -> None:
    """Remove articles from the corpus: their texts, and their lines in sources.jsonl.

    \b
    Example:
      claimspans remove 007
      claimspans remove 007 --with-annotations
    """
    corpus, docs = corpus_to_change(), tuple(dict.fromkeys(docs))
    gone = [show_path(path) for path in remove(corpus, docs, with_annotations=with_annotations)]
    if as_json:
        click.echo(json.dumps({"removed": gone}, ensure_ascii=False))
        return
    for path in gone:
        click.echo(f"removed {path}")
    click.echo(f"{counted(len(docs), 'article')} removed; {corpus.name} has {len(corpus.sources)}")
