"""claimspans labelstudio pull"""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec

from ...data.corpus import Corpus
from ...data.problems import counted
from ...labelstudio.pull import pull
from ...report.terminal import console
from ..output_folder import Folder, layers_folder
from .project_options import connect, progress_bar, server_options


@click.command("pull")
@server_options()
@click.option(
    "--out",
    type=Folder(),
    help="The folder of the layers: one for each annotator, and beside them what is known of each annotation. "
    "[default: annotations/ of the corpus]",
)
@click.option("--whole", is_flag=True, help="Fetch everything, not only what changed since the last pull.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def command(
    url: str | None,
    token_file: Path | None,
    root: Path | None,
    project: str,
    out: Path | None,
    whole: bool,
    as_json: bool,
) -> None:
    """Fetch what annotators submitted since the last pull, as annotation layers.

    A file that was edited here and on the server is kept, and the server's version is written beside it.
    Exit code 1: something could not be taken, or is a conflict.

    \b
    Example:
      claimspans labelstudio pull --out annotations
      LABEL_STUDIO_API_KEY=… claimspans labelstudio pull --url https://annotate.example.org
    """
    err = console(stderr=True)
    corpus = Corpus()
    out = out or layers_folder(corpus)
    hashes = {doc: source.sha256 for doc, source in corpus.sources.items()}
    with connect(url, token_file, root) as client, progress_bar(err) as progress:
        task = progress.add_task("pulling", total=None)
        result = pull(
            client,
            project,
            out,
            corpus.schema,
            hashes=hashes,
            whole=whole,
            done=lambda count: progress.advance(task, count),
        )
    for title, notes in (("", result.news), ("", result.problems), ("conflict: ", result.conflicts)):
        for note in notes:
            err.print(f"{title}{note}", soft_wrap=True, markup=False)
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(result), ensure_ascii=False))
    else:
        for path in result.written:
            click.echo(path)
        told = f"{counted(len(result.written), 'file')} written, {result.unchanged} unchanged"
        problems = f", {counted(len(result.problems), 'problem')}" if result.problems else ""
        conflicts = f", {counted(len(result.conflicts), 'conflict')}" if result.conflicts else ""
        err.print(f"{project}: {told}{problems}{conflicts}", markup=False)
    if not result.clean:
        raise click.exceptions.Exit(1)
