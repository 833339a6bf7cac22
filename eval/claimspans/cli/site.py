"""claimspans site"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from ..data.corpus import Corpus, record_files
from ..data.corpus_folder import SCHEMA
from ..data.files import refuse_input
from ..data.predictions import predictions_path, read_predictions
from ..data.problems import ClaimspansError, counted
from ..data.records import Document
from ..report.site.build import refuse_other, write_site
from ..report.site.serve import serving
from .output_folder import Folder
from .watch import watch


@click.command("site")
@click.argument("out", type=Folder())
@click.option(
    "--layer",
    default="gold",
    show_default=True,
    help="Whose claims it shows: an annotation layer, a predictions file or a run folder.",
)
@click.option(
    "--over",
    multiple=True,
    metavar="LAYER",
    help="Another layer, predictions file or run folder to lay over it, with its errors; may be given twice.",
)
@click.option(
    "--with-articles", is_flag=True, help="Put in the texts of articles that no licence lets anybody publish."
)
@click.option("--serve", is_flag=True, help="Show the pages on loopback, and anew whenever annotations are saved.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8800, show_default=True, help="The port of --serve; 0 for any."
)
def command(out: Path, layer: str, over: tuple[str, ...], with_articles: bool, serve: bool, port: int) -> None:
    """Write the claims as pages in the folder OUT: timeline, ledger, articles, speakers, errors.

    The pages work from disk and on any web server, and load nothing from elsewhere. Articles that no licence lets
    anybody publish are shown by their quotes alone, unless --with-articles says otherwise.

    \b
    Example:
      claimspans site pages --with-articles
      claimspans site pages --over runs/rules
      claimspans site pages --with-articles --serve
    """
    if len(set(over)) < len(over) or len(over) > 2:
        raise click.BadParameter("takes at most two, each once", param_hint="--over")
    refuse_other(out)
    if not serve:
        _build(out, layer, over, with_articles=with_articles)
        return
    with serving(out, port) as server:
        click.echo(f"{server.url}", err=True)

        def once(number: int) -> Sequence[Path]:
            _build(out, layer, over, with_articles=with_articles)
            server.version = number + 1
            return _read(Corpus(), (layer, *over))

        watch(once, _read(Corpus(), (layer, *over)))


def _build(out: Path, layer: str, over: Sequence[str], *, with_articles: bool) -> None:
    corpus = Corpus()
    refuse_input(out, corpus.root, *(_place(corpus, name) for name in (layer, *over)))
    shown = _documents(corpus, layer)
    told = {_called(name, over): _documents(corpus, name) for name in over}
    size = write_site(out, corpus, shown, _called(layer, [layer]), told, with_articles=with_articles)
    reserved = [document.doc for document in shown if not corpus.sources[document.doc].open]
    if reserved and not with_articles:
        click.echo(
            f"{counted(len(reserved), 'article')} by quotes alone, as no licence lets anybody publish them; "
            "--with-articles puts their texts in, for readers who may have them",
            err=True,
        )
    click.echo(f"{counted(len(shown), 'article')}, {size / 1e6:.1f} MB → {out / 'index.html'}", err=True)


def _called(name: str, among: Sequence[str]) -> str:
    """The name of a layer on a page, which says nothing of this machine's folders where that can be avoided."""
    last = Path(name).name
    return last if last and [Path(each).name for each in among].count(last) == 1 else name


def _place(corpus: Corpus, name: str) -> Path | None:
    """The folder or file that a name stands for; None for the gold of a corpus that is not annotated yet."""
    if name in corpus.layers:
        return corpus.layer_path(name)
    if Path(name).is_file() or predictions_path(name) != Path(name):
        return Path(name)
    return None if not corpus.layers and name == "gold" else corpus.layer_path(name)


def _documents(corpus: Corpus, name: str) -> Sequence[Document]:
    """The articles of a layer, or those of predictions with their texts; all, bare, where nothing is annotated yet."""
    place = _place(corpus, name)
    if place is None:
        return corpus.plain()
    if place.is_dir() and predictions_path(place) == place:
        return corpus.load(name)
    found = {one.doc: one for one in read_predictions(place, corpus.schema, corpus.texts)}
    articles = [
        msgspec.structs.replace(one, spans=found[one.doc].spans, claims=found[one.doc].claims)
        for one in corpus.plain()
        if one.doc in found
    ]
    if not articles:
        raise ClaimspansError(f"{name}: has predictions for no article; expected a line for each")
    return articles


def _read(corpus: Corpus, names: Sequence[str]) -> list[Path]:
    """What the pages are made from: files, and the folders in which others may come."""
    files = [corpus.sources_path, corpus.root / SCHEMA]
    for place in filter(None, (_place(corpus, name) for name in names)):
        files += [place, *record_files(place)] if place.is_dir() else [place]
    return files
