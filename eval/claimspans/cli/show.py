"""claimspans show"""

from __future__ import annotations

from pathlib import Path

import click

from ..corpus import Corpus
from ..predictions import predictions_path, read_predictions
from ..records import write_text
from ..report.terminal import article, console


@click.command("show")
@click.argument("docs", nargs=-1)
@click.option("--layer", default="gold", show_default=True, help="The annotation layer to show.")
@click.option("--predictions", type=click.Path(), help="A predictions file or run folder to lay over it.")
@click.option("--html", type=click.Path(path_type=Path), help="Write one self-contained HTML file instead.")
@click.option("--svg", type=click.Path(path_type=Path), help="Write the terminal's picture as SVG instead.")
def command(docs: tuple[str, ...], layer: str, predictions: str | None, html: Path | None, svg: Path | None) -> None:
    """Show articles (DOCS, such as 003; all without any) with their spans coloured and their claims as a table.

    \b
    Example:
      claimspans show 003
      claimspans show --predictions runs/rules --html rules.html
    """
    corpus = Corpus()
    for doc in docs:
        corpus.article(doc)
    documents = [document for document in corpus.load(layer) if not docs or document.doc in docs]
    predicted = None
    if predictions is not None:
        read = read_predictions(predictions_path(predictions), corpus.schema, corpus.texts)
        predicted = {document.doc: document for document in read}
    if html is not None:
        from ..report.page import render

        page = render(
            [(document, corpus.sources[document.doc]) for document in documents], corpus.schema, layer, predicted
        )
        write_text(html, page)
        click.echo(f"{html}", err=True)
        return
    out = console()
    colour = svg is not None or out.color_system is not None
    shown = [
        article(
            document, corpus.sources[document.doc], corpus.schema, (predicted or {}).get(document.doc), colour=colour
        )
        for document in documents
    ]
    if svg is not None:
        from ..report.picture import to_svg

        write_text(svg, to_svg(shown, f"claimspans show {' '.join(docs)}".rstrip()))
        click.echo(f"{svg}", err=True)
        return
    for each in shown:
        out.print(each, "")
