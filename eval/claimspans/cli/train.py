"""claimspans train"""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from ..data.corpus import Corpus
from ..data.problems import ClaimspansError, counted
from ..data.records import Document
from ..data.splits import docs_of
from ..extractors.baselines.crf import LEVELS, refuse_foreign, require, train


@click.command("train")
@click.argument("kind", metavar="KIND", type=click.Choice(["crf"]))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder of the model.")
@click.option("--layer", default="gold", show_default=True, help="The annotation layer to learn from.")
@click.option("--articles", metavar="ID,ID…", help="The articles to learn from. [default: all that the layer has]")
@click.option("--split", help="The split of the corpus to learn from, such as train: its splits.jsonl names them.")
@click.option(
    "--features",
    type=click.Choice(LEVELS),
    default=LEVELS[-1],
    show_default=True,
    help="What the model sees: words alone, the parse too, or what the rules find too.",
)
@click.option("--per-label", is_flag=True, default=None, help="A field a label, so that spans of two may overlap.")
@click.option("--json", "as_json", is_flag=True, help="Print the model's manifest as JSON.")
def command(
    kind: str,
    out: Path,
    layer: str,
    articles: str | None,
    split: str | None,
    features: str,
    per_label: bool | None,
    as_json: bool,
) -> None:
    """Train a model on an annotation layer and write it to a folder. KIND is crf: conditional random fields.

    \b
    Example:
      claimspans train crf --layer gold --out model/
      claimspans train crf --articles 000,001,002 --features words --out model/
      claimspans --corpus wire train crf --split train --features parse --out model/
    """
    require()
    refuse_foreign(out)
    corpus = Corpus()
    annotated = corpus.load(layer)
    documents = list(annotated if split is None else annotated.only(docs_of(corpus, split)))
    if articles is not None:
        documents = _chosen(corpus, documents, layer, [doc.strip() for doc in articles.split(",") if doc.strip()])
    manifest = train(documents, features=features, per_label=per_label).save(out)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(manifest), indent=2).decode())
    spans = counted(sum(len(document.spans) for document in documents), "span")
    learnt = f"{spans} in {counted(len(documents), 'article')}"
    click.echo(f"{kind}: trained on {learnt}, features {features} → {out}", err=True)


def _chosen(corpus: Corpus, documents: list[Document], layer: str, wanted: list[str]) -> list[Document]:
    by_doc = {document.doc: document for document in documents}
    for doc in wanted:
        corpus.article(doc)
        if doc not in by_doc:
            raise ClaimspansError(f"{layer}: has no annotations of {doc}; it has {', '.join(by_doc)}")
    return [document for document in documents if document.doc in wanted]
