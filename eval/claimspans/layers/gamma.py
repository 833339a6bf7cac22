"""γ of two or more layers: agreement on where spans are and what they are at once, against chance."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
import numpy as np

from ..data.problems import ClaimspansError
from ..data.records import Document
from ..scoring.counts import ratio
from .side_by_side import side_by_side

SAMPLES = 30
PRECISION = 0.02


class ArticleGamma(msgspec.Struct, frozen=True, kw_only=True):
    """``observed`` and ``expected`` disorder of an article, per span; ``spans`` is the mean number of a layer's."""

    observed: float
    expected: float
    spans: float

    @property
    def gamma(self) -> float | None:
        """1 − observed / expected; None where chance leaves no disorder, as without spans."""
        share = ratio(self.observed, self.expected)
        return None if share is None else 1 - share


class Gamma(msgspec.Struct, frozen=True, kw_only=True):
    """γ of Mathet, Widlöcher and Métivier (2015), with the dissimilarities of pygamma-agreement (α = β = Δ∅ = 1).

    1 is perfect agreement, 0 that of chance, and less is worse than chance. ``articles`` holds one for each article.
    """

    articles: dict[str, ArticleGamma]
    seed: int

    @property
    def gamma(self) -> float | None:
        """Of all articles: disorders weighted by the numbers of spans, chance staying inside each article."""
        observed = sum(article.observed * article.spans for article in self.articles.values())
        share = ratio(observed, sum(article.expected * article.spans for article in self.articles.values()))
        return None if share is None else 1 - share

    def to_dict(self) -> dict[str, Any]:
        return {
            "all": self.gamma,
            "articles": {
                doc: {"gamma": article.gamma} | msgspec.structs.asdict(article)
                for doc, article in self.articles.items()
            },
            "seed": self.seed,
            "precision": PRECISION,
        }


def gamma(first: Sequence[Document], second: Sequence[Document], *more: Sequence[Document], seed: int = 0) -> Gamma:
    """γ over the spans of two or more layers of the same articles; the attributes do not count.

    Chance is sampled for each article from ``seed`` anew, at least `SAMPLES` times and until its disorder is known to
    `PRECISION` with 95 % confidence (section 5.3 of the paper). Copies of a span within a layer count once.
    Takes about a second an article, after ten in which the library compiles itself. Raises `ClaimspansError` for
    layers of different articles, and without the extra ``gamma``.
    """
    beside = side_by_side((first, second, *more))
    return Gamma(articles={each[0].doc: _article(beside.names, each, seed) for each in beside.articles}, seed=seed)


def _article(names: Sequence[str], documents: Sequence[Document], seed: int) -> ArticleGamma:
    if not any(document.spans for document in documents):
        return ArticleGamma(observed=0.0, expected=0.0, spans=0.0)
    try:
        from pyannote.core import Segment
        from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum
    except ImportError as error:
        raise ClaimspansError(
            "γ needs pygamma-agreement, under Python 3.11 to 3.13: pip install 'claimspans[gamma]'"
        ) from error
    continuum = Continuum()
    for name, document in zip(names, documents, strict=True):
        continuum.add_annotator(name)
        for span in document.spans:
            continuum.add(name, Segment(span.start, span.end), span.label)
    with _seeded(seed), _quiet(), np.errstate(invalid="ignore", divide="ignore"):
        found = continuum.compute_gamma(
            CombinedCategoricalDissimilarity(), n_samples=SAMPLES, precision_level=PRECISION
        )
    return ArticleGamma(
        observed=float(found.observed_disorder),
        expected=float(found.expected_disorder),
        spans=float(continuum.avg_num_annotations_per_annotator),
    )


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """The library draws from numpy's global generator, which is put back as it was."""
    before = np.random.get_state()  # noqa: NPY002 -- the library's, not ours to choose
    np.random.seed(seed)  # noqa: NPY002
    try:
        yield
    finally:
        np.random.set_state(before)  # noqa: NPY002


@contextmanager
def _quiet() -> Iterator[None]:
    """No word of which solver is used.

    The library warns for each sample that it takes GLPK, on the root logger, which without a handler would set one up.
    cvxpy silences GLPK for the time of a call and then puts the options back, which the library's threads do to each
    other: without an option that stays, GLPK writes to the standard output now and then.
    """
    import cvxopt.glpk

    root = logging.getLogger()
    nowhere = logging.NullHandler()

    def other(record: logging.LogRecord) -> bool:
        return "CBC solver" not in record.getMessage()

    options = dict(cvxopt.glpk.options)
    cvxopt.glpk.options["msg_lev"] = "GLP_MSG_OFF"
    root.addHandler(nowhere)
    root.addFilter(other)
    try:
        yield
    finally:
        root.removeFilter(other)
        root.removeHandler(nowhere)
        cvxopt.glpk.options.clear()
        cvxopt.glpk.options.update(options)
