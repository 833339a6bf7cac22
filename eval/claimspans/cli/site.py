"""claimspans site"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from ..data.corpus import Corpus, Layer
from ..data.predictions import predictions_path, read_predictions
from ..data.problems import counted
from ..data.records import Document
from ..report.site.build import write_site
from .output_folder import Folder


@click.command("site")
@click.argument("out", type=Folder())
@click.option("--layer", default="gold", show_default=True, help="The annotation layer, predictions file or run folder whose claims it shows.")
@click.option("--over", multiple=True, help="A layer, predictions file or run folder to lay over it, with its errors; may be given twice.")
@click.option("--with-articles", is_flag=True, help="Put in the texts of articles that no licence lets anybody publish.")
def command(out: Path, layer: str, over: tuple[str, ...], with_articles: bool) -> None:
    """Write the claims as a folder of pages: timeline, ledger, articles, speakers, errors.

    The pages work from disk and on any web server, and load nothing from elsewhere. Articles that no licence lets
    anybody publish are shown by their quotes alone, unless --with-articles says otherwise.

    \b
    Example:
      claimspans site pages --with-articles
      claimspans site pages --over runs/rules
    """
    corpus = Corpus()
    shown = documents(corpus, layer)
    told: dict[str, Mapping[str, Document]] = {
        name: {document.doc: document for document in documents(corpus, name)} for name in over
    }
    size = write_site(out, corpus, shown, layer, told, with_articles=with_articles)
    reserved = [document.doc for document in shown if not corpus.sources[document.doc].open]
    if reserved and not with_articles:
        click.echo(
            f"{counted(len(reserved), 'article')} by their quotes alone, for no licence lets anybody publish them; "
            "--with-articles puts their texts in, for readers who may have them",
            err=True,
        )
    click.echo(f"{counted(len(shown), 'article')}, {size / 1e6:.1f} MB → {out / 'index.html'}", err=True)


def documents(corpus: Corpus, name: str) -> list[Document]:
    """The articles of a layer, or those of predictions with their texts; all, bare, where nothing is annotated yet."""
    if not corpus.layers and name == "gold":
        return corpus.plain()
    path = Path(name)
    if name not in corpus.layers and (path.is_file() or predictions_path(path) != path):
        read = read_predictions(path, corpus.schema, corpus.texts)
        texts, published = corpus.texts, corpus.sources
        return [
            Document(doc=one.doc, text=texts[one.doc], published=published[one.doc].published, spans=one.spans, claims=one.claims)
            for one in read
        ]
    found: Layer = corpus.load(name)
    return list(found)
