"""claimspans show"""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..data.corpus import Corpus
from ..data.files import refuse_input, write_text
from ..data.predictions import read_predictions
from ..data.problems import counted
from ..data.records import Document, nested_record
from ..report.articles import article, head
from ..report.terminal import console


@click.command("show")
@click.argument("docs", nargs=-1)
@click.option("--layer", default="gold", show_default=True, help="The annotation layer to show.")
@click.option("--predictions", type=click.Path(), help="A predictions file or run folder to lay over it.")
@click.option("--head", "lines", type=click.IntRange(min=1), help="Only the first lines of each article.")
@click.option("--html", type=click.Path(path_type=Path), help="Write one self-contained HTML file.")
@click.option("--svg", type=click.Path(path_type=Path), help="Write the terminal's picture as SVG.")
@click.option("--json", "as_json", is_flag=True, help="Print the articles with their spans and claims as JSON lines.")
def command(
    docs: tuple[str, ...],
    layer: str,
    predictions: str | None,
    lines: int | None,
    html: Path | None,
    svg: Path | None,
    as_json: bool,
) -> None:
    """Show articles (DOCS, such as 003; all without any) with their spans coloured and their claims as a table.

    \b
    Example:
      claimspans show 003
      claimspans show --predictions runs/rules --html rules.html
    """
    corpus = Corpus()
    for out_file in filter(None, (html, svg)):
        refuse_input(out_file, predictions, corpus.layer_path(layer))
    for doc in docs:
        corpus.article(doc)
    documents = [document for document in _documents(corpus, layer, docs) if not docs or document.doc in docs]
    predicted: dict[str, Document] = {}
    if predictions is not None:
        read = read_predictions(predictions, corpus.schema, corpus.texts)
        predicted = {document.doc: document for document in read}
    if lines is not None:
        documents = [head(document, lines) for document in documents]
        predicted = {doc: head(document, lines) for doc, document in predicted.items()}
    if as_json:
        for document in documents:
            click.echo(json.dumps(nested_record(document) | {"text": document.text}, ensure_ascii=False))
    if html is not None:
        from ..report.page import render

        pairs = [(document, corpus.sources[document.doc]) for document in documents]
        write_text(html, render(pairs, corpus.schema, layer, predicted if predictions is not None else None))
        click.echo(f"{html}", err=True)
    out = console()
    colour = svg is not None or out.color_system is not None
    shown = [
        article(document, corpus.sources[document.doc], corpus.schema, predicted.get(document.doc), colour=colour)
        for document in documents
    ]
    if svg is not None:
        from ..report.picture import to_svg

        options = f" --head {lines}" if lines is not None else ""
        write_text(svg, to_svg(shown, f"claimspans show {' '.join(docs)}".rstrip() + options))
        click.echo(f"{svg}", err=True)
    if html is None and svg is None and not as_json:
        for each in shown:
            out.print(each, "")


def _documents(corpus: Corpus, layer: str, docs: tuple[str, ...]) -> list[Document]:
    """The annotated articles, and those that are named and are not: as long as there is no layer all of them."""
    if not corpus.layers:
        click.echo(f"{corpus.name}: {counted(len(corpus.sources), 'article')}, none annotated", err=True)
        return corpus.plain()
    found = corpus.load(layer)
    bare = [document for document in found.unannotated if document.doc in docs]
    for document in bare:
        click.echo(f"{document.doc}: not annotated in {layer}", err=True)
    return [*found, *bare]
