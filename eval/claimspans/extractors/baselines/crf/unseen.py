"""Articles predicted by models that have not seen them: the one that ships, or one that leaves each article out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import msgspec

from ....data.corpus import load as load_corpus
from ....data.corpus_folder import SCHEMA, shipped_corpus
from ....data.hashes import sha256_of
from ....data.layer import Layer
from ....data.problems import ClaimspansError
from ....data.records import Document
from ....data.schema import read_schema
from .features import LEVELS, check_level
from .model import Model, load, train

SHIPPED = Path(__file__).with_name("wire")
"""The model that ships: of the split ``train`` of the project's own corpus of that name, without the rules' output."""

_LONG = 40
"""Characters from which on a line that stands in an article too was taken from it."""


@cache
def shipped() -> Model:
    """The model that ships; raises `ClaimspansError` where it is not whole, and for a missing extra."""
    return load(SHIPPED, read_schema(shipped_corpus() / SCHEMA))


def extract_shipped(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents with the predictions of the model that ships.

    Raises `ClaimspansError` for an article that it was trained on, or a text that has a long line of one.
    """
    model = shipped()
    for document in documents:
        seen = trained_on(document.text or "")
        if seen:
            raise ClaimspansError(
                f"crf: the model that ships was trained on this text ({', '.join(sorted(seen))} of the corpus "
                f"{SHIPPED.name}), so what it finds in it says nothing; predict other texts, or leave each article "
                "out in turn: -o train=leave-one-out"
            )
        yield from model.extract([document])


def trained_on(text: str) -> frozenset[str]:
    """The articles that the model that ships has seen and that this text is, or has a long line of."""
    return _left_out(text, _gold(shipped_corpus() / "corpora" / SHIPPED.name)) & {
        trained.doc for trained in shipped().manifest.trained_on
    }


def extract(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents with the predictions of `model_for` each."""
    yield from left_out(LEVELS[-1])(documents)


def left_out(features: str, corpus: Path | None = None) -> Callable[[Iterable[Document]], Iterator[Document]]:
    """`extract` by models of a corpus that see one of `LEVELS`; raises `ClaimspansError` for another level."""
    check_level(features)

    def extract_each(documents: Iterable[Document]) -> Iterator[Document]:
        for document in documents:
            yield from model_for(document.text or "", features, corpus).extract([document])

    return extract_each


def model_for(text: str, features: str = LEVELS[-1], corpus: Path | None = None) -> Model:
    """A model of the gold, that of the corpus at hand unless one is named, but for the article that has this text.

    A text that is none of the articles, but has a long line in common with some (a part of one, or one with other
    line ends), gets a model without these. Raises `ClaimspansError` where that leaves none to train on.
    """
    gold = _gold(corpus)
    return _without(_left_out(text, gold), features, gold)


class _Gold(msgspec.Struct, frozen=True, eq=False):
    """The annotated articles of a corpus; one and the same for all who ask, so that models of it are kept."""

    layer: Layer

    @property
    def texts(self) -> dict[str, str]:
        return {document.doc: document.text or "" for document in self.layer}


def _left_out(text: str, gold: _Gold) -> frozenset[str]:
    """The ids of the articles that a model for this text must not have seen."""
    wanted = sha256_of(text)
    same = frozenset(doc for doc, known in gold.texts.items() if sha256_of(known) == wanted)
    if same:
        return same
    long = [line for line in map(_folded, text.splitlines()) if len(line) >= _LONG]
    return frozenset(doc for doc, known in gold.texts.items() if any(line in _folded(known) for line in long))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


@cache
def _gold(corpus: Path | None) -> _Gold:
    return _Gold(load_corpus(corpus=corpus))


@cache
def _without(docs: frozenset[str], features: str, gold: _Gold) -> Model:
    kept = [document for document in gold.layer if document.doc not in docs]
    if not kept:
        raise ClaimspansError(
            "crf: the text has lines of every article of the gold, so no model is left that has not seen it; "
            "train one on other articles: claimspans train crf"
        )
    return train(kept, features=features, schema=gold.layer.schema)
