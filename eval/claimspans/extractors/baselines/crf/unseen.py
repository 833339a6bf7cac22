"""The project's own articles, each predicted by a model that has not seen it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from ....data.corpus import load as load_corpus
from ....data.hashes import sha256_of
from ....data.problems import ClaimspansError
from ....data.records import Document
from .features import LEVELS, check_level
from .model import Model, train

_LONG = 40
"""Characters from which on a line that stands in an article too was taken from it."""


def extract(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents with the predictions of `model_for` each."""
    yield from left_out(LEVELS[-1])(documents)


def left_out(features: str) -> Callable[[Iterable[Document]], Iterator[Document]]:
    """`extract` by models that see one of `LEVELS`; raises `ClaimspansError` for another level."""
    check_level(features)

    def extract_each(documents: Iterable[Document]) -> Iterator[Document]:
        for document in documents:
            yield from model_for(document.text or "", features).extract([document])

    return extract_each


def model_for(text: str, features: str = LEVELS[-1]) -> Model:
    """A model of the gold but for the article that has this text.

    A text that is none of the articles, but has a long line in common with some (a part of one, or one with other
    line ends), gets a model without these. Raises `ClaimspansError` where that leaves none to train on.
    """
    return _without(_left_out(text), features)


def _left_out(text: str) -> frozenset[str]:
    """The ids of the articles that a model for this text must not have seen."""
    wanted = sha256_of(text)
    same = frozenset(doc for doc, known in _texts().items() if sha256_of(known) == wanted)
    if same:
        return same
    long = [line for line in map(_folded, text.splitlines()) if len(line) >= _LONG]
    return frozenset(doc for doc, known in _texts().items() if any(line in _folded(known) for line in long))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


@cache
def _gold() -> tuple[Document, ...]:
    return tuple(load_corpus())


@cache
def _texts() -> dict[str, str]:
    return {document.doc: document.text or "" for document in _gold()}


@cache
def _without(docs: frozenset[str], features: str) -> Model:
    kept = [document for document in _gold() if document.doc not in docs]
    if not kept:
        raise ClaimspansError(
            "crf: the text has lines of every article of the gold, so no model is left that has not seen it; "
            "train one on other articles: claimspans train crf"
        )
    return train(kept, features=features)
