"""claimspans add"""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec

from ..data.articles import Given
from ..data.corpus import Corpus
from ..data.holdings import Added, add
from ..data.problems import counted
from ..layers.reanchoring import Carried, Carrying, carry, prepare
from ..report.terminal import console
from .output_folder import corpus_to_change

_SHOWN = 20
"""Notes that are printed; of more the number is."""


@click.command("add", epilog="Exit code 1: --update left annotations without a place.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, path_type=Path))
@click.option("--id", "doc", help="The article's id, of one file alone. [default: the file's name, or its field doc]")
@click.option("--title", help="The headline.")
@click.option("--published", metavar="DATE", help="When it was published: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--publisher", help="Who published it.")
@click.option("--language", help="Its language, such as en.")
@click.option("--license", "licence", metavar="SPDX", help="The article's own licence, such as CC-BY-4.0.")
@click.option("--encoding", default="utf-8", show_default=True, help="The encoding of files of text.")
@click.option(
    "--update",
    is_flag=True,
    help="Take over another text, its annotations with it, and what else is said of an article.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what came of it as JSON.")
def command(
    files: tuple[Path, ...],
    doc: str | None,
    title: str | None,
    published: str | None,
    publisher: str | None,
    language: str | None,
    licence: str | None,
    encoding: str,
    update: bool,
    as_json: bool,
) -> None:
    """Add the texts of files, or of the files in a folder, to the corpus: all of them, or none.

    Read are .txt and .md as they are, the main text of .html, and the rows of .jsonl, .csv, .tsv and .parquet, which
    have text and doc, and may have title, published, publisher, language, license and rights. Nothing is asked; what
    is not said stays unknown. A text that is there under its id is left as it is.

    \b
    Example:
      claimspans add texts/
      claimspans add report.html --id 007 --published 2024-03-05
      claimspans add --update seeds/007.txt
    """
    from rich.progress import Progress

    corpus = corpus_to_change()
    given = Given(
        doc=doc,
        title=title,
        published=published,
        publisher=publisher,
        language=language,
        license=licence,
        encoding=encoding,
    )
    err = console(stderr=True)
    with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("reading", total=None)
        prepared: list[Carrying] = []
        result = add(
            corpus,
            files,
            given,
            update=(lambda edited: prepared.extend(prepare(corpus, edited))) if update else None,
            done=lambda count: progress.advance(task, count),
        )
        carried = carry(corpus, prepared)
    if as_json:
        click.echo(json.dumps(_as_dict(result, carried), ensure_ascii=False, indent=2))
    else:
        _print(corpus, result, carried)
    if any(one.lost for one in carried):
        raise click.exceptions.Exit(1)


def _as_dict(result: Added, carried: list[Carried]) -> dict[str, object]:
    found: dict[str, object] = msgspec.to_builtins(result)
    return found | {"edited": msgspec.to_builtins(carried)}


def _print(corpus: Corpus, result: Added, carried: list[Carried]) -> None:
    for note in result.notes[:_SHOWN]:
        click.echo(note, err=True)
    if len(result.notes) > _SHOWN:
        click.echo(f"… and {counted(len(result.notes) - _SHOWN, 'more note')}", err=True)
    for one in carried:
        for lost in one.lost:
            click.echo(str(lost))
        left = f", {len(one.lost)} not; the files as they were end in .before" if one.lost else ""
        click.echo(f"{one.doc}: another text; {counted(one.placed, 'span and zone', 'spans and zones')} placed{left}")
    shown = ", ".join(result.added[:10]) + (" …" if len(result.added) > 10 else "")
    told = f"{counted(len(result.added), 'article')} added" + (f" ({shown})" if result.added else "")
    if result.unchanged:
        told += f", {len(result.unchanged)} there already"
    if result.described:
        told += f", what is said of {len(result.described)} of them taken over"
    click.echo(f"{told}; {corpus.name} has {len(corpus.sources)}")
