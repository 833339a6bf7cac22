"""claimspans labelstudio push"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import click
import msgspec

from ...data.corpus import Corpus
from ...data.label_map import read_label_map
from ...data.problems import ClaimspansError, counted
from ...data.records import Document
from ...extractors import get
from ...labelstudio.push import push
from ...report.terminal import console
from .project_options import connect, progress_bar, server_options


@click.command("push")
@server_options()
@click.option(
    "--suggest",
    help="What annotators begin with: a layer, an extractor, or none. [default: the gold, if there is one]",
)
@click.option(
    "--as",
    "layer",
    type=click.Choice(["predictions", "annotations"]),
    default="predictions",
    show_default=True,
    help="Suggestions to correct, or annotations that are submitted already.",
)
@click.option(
    "--annotators",
    type=click.IntRange(1),
    metavar="N",
    help="How many people get each article; a new project gives every article to everybody.",
)
@click.option(
    "--map",
    "label_map",
    metavar="THEIRS=OURS,…",
    help="Which label of the extractor is which of ours, or a file that says so. What is not mapped is left out.",
)
@click.option(
    "--reconfigure",
    is_flag=True,
    help="Change the page of a project in which somebody has submitted something. What they marked with labels, "
    "fields or values that the new page lacks is then not read any more.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def command(
    url: str | None,
    token_file: Path | None,
    root: Path | None,
    project: str,
    suggest: str | None,
    layer: Literal["predictions", "annotations"],
    annotators: int | None,
    label_map: str | None,
    reconfigure: bool,
    as_json: bool,
) -> None:
    """Send articles to a project, made where it is not there, with what annotators begin with.

    Articles that are there keep what people did in them; a second push changes nothing.

    \b
    Example:
      claimspans labelstudio push --suggest rules
      LABEL_STUDIO_API_KEY=… claimspans labelstudio push --url https://annotate.example.org
    """
    corpus = Corpus()
    suggest = begins_with(suggest, corpus)
    if suggest == "none" and layer == "annotations":
        raise ClaimspansError("--as annotations with --suggest none: there is nothing to submit; name a layer")
    err = console(stderr=True)
    with connect(url, token_file, root) as client:
        documents = articles_with(suggest, corpus, label_map)
        with progress_bar(err) as progress:
            task = progress.add_task("pushing", total=len(documents))
            result = push(
                client,
                project,
                documents,
                corpus.schema,
                layer=None if suggest == "none" else layer,
                model_version=Path(suggest).name,
                annotators=annotators,
                reconfigure=reconfigure,
                known=gold_of(corpus),
                done=lambda count: progress.advance(task, count),
            )
    for note in result.notes:
        err.print(str(note), soft_wrap=True, markup=False)
    if suggest != "none" and documents and not result.marks:
        err.print(f"{suggest}: no marks in any article: do its labels fit the schema's? See --map", markup=False)
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(result), ensure_ascii=False))
    else:
        click.echo(
            f"{project}: articles: {result.created} created, {result.updated} updated, {result.unchanged} unchanged; "
            f"{counted(result.marks, 'mark')} on them"
        )
        click.echo(result.url)
    if result.notes:
        raise click.exceptions.Exit(1)


def begins_with(suggest: str | None, corpus: Corpus) -> str:
    """What annotators begin with where nothing is named: the gold, if there is one, else none."""
    return suggest or ("gold" if "gold" in corpus.layers else "none")


def gold_of(corpus: Corpus) -> Sequence[Document]:
    """The gold, whose values are listed beside the text fields; nothing where there is none."""
    return corpus.load("gold") if "gold" in corpus.layers else ()


def articles_with(suggest: str, corpus: Corpus, label_map: str | None = None) -> Sequence[Document]:
    """The articles with what is suggested on them; one that a layer has not annotated has no suggestions.

    ``label_map`` is as `read_label_map` takes it. Raises `ClaimspansError` where an extractor has no answer for an
    article, which would look like one without marks.
    """
    if not corpus.sources:
        raise ClaimspansError(f"{corpus.root}: has no articles yet; claimspans add FILE… adds some")
    if suggest == "none":
        return corpus.plain()
    if suggest in corpus.layers or Path(suggest).is_dir():
        layer = corpus.load(suggest)
        known = {document.doc: document for document in (*layer, *layer.unannotated)}
        return [known[doc] for doc in corpus.sources]
    labels = None if label_map is None else read_label_map(label_map, corpus.schema.labels)
    documents = corpus.plain()
    found = list(get(suggest, label_map=labels, schema=corpus.schema)(documents))
    failed = [f"{one.doc}: {one.error.detail}" for one in found if one.error is not None]
    if failed:
        told = "\n".join(failed[:10])
        raise ClaimspansError(f"{suggest}: no answer for {counted(len(failed), 'article')}, nothing was sent:\n{told}")
    return [
        msgspec.structs.replace(one, published=given.published) for one, given in zip(found, documents, strict=True)
    ]
