"""What `claimspans score EXTRACTOR --editions N` adds: the extractor run over editions of the articles, and scored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..data.corpus import Corpus
from ..data.exchange.corpus import edition, known_of
from ..data.layer import Layer
from ..data.predictions import read_predictions
from ..data.records import Document
from ..report.terminal import console
from ..scoring.editions import Loss, losses
from ..scoring.score import score
from .run_options import RunOptions, do_run

if TYPE_CHECKING:
    from ..extractors.run import Tally
    from ..scoring.result import Result


def score_editions(
    uri: str, original: Result, layer: str, count: int, folder: Path, run: RunOptions, *, quiet: bool
) -> tuple[list[Loss], Tally]:
    """Run an extractor over so many editions of the articles that were scored, with seeds from 1 on, and compare."""
    corpus = Corpus()
    gold = corpus.load(layer)
    known = known_of(gold)
    golds = []
    for seed in range(1, count + 1):
        made = edition(gold, seed, known)
        golds.append([made[doc].document for doc in original.docs])
    documents = [
        Document(doc=_renamed(seed)(one.doc), text=one.text, published=one.published)
        for seed, each in enumerate(golds, 1)
        for one in each
    ]
    out = folder.absolute()
    out = out.with_name(f"{out.name}-editions")
    own = msgspec.structs.replace(run, out=out, only=(), repeat=None)
    tally = do_run(uri, own, console(stderr=True), documents=documents, schema=corpus.schema, quiet=quiet, restart=True)
    answers = {one.doc: one for one in read_predictions(out, corpus.schema, {one.doc: one.text for one in documents})}
    results = []
    for seed, each in enumerate(golds, 1):
        named = _renamed(seed)
        found = [
            msgspec.structs.replace(answers[named(one.doc)], doc=one.doc) for one in each if named(one.doc) in answers
        ]
        results.append(score(Layer(each, gold.name), found, schema=corpus.schema, schemes=["strict"]))
    return losses(original, results), tally


def _renamed(seed: int) -> Callable[[str], str]:
    """An article's edition in the run has an id of its own."""
    return lambda doc: f"{doc}.e{seed}"
