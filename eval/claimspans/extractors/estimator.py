"""An extractor as a scikit-learn estimator: Documents in, Documents out, so that its tools for validation apply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from ..data.problems import ClaimspansError
from ..data.records import Document
from ..data.schema import Schema
from . import Extractor, get

try:
    from sklearn.base import BaseEstimator
    from sklearn.utils.validation import check_is_fitted
except ImportError as error:
    raise ClaimspansError("SpanExtractor needs scikit-learn: pip install 'claimspans[crf]'") from error


class SpanExtractor(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """Any extractor; ``crf`` is trained by `fit`, all others are what they are.

    ``uri`` and ``options`` are those of ``claimspans run``; ``features`` and ``per_label`` are those of
    `claimspans.extractors.baselines.crf.model.train`. After `fit` ``labels_`` are the labels of the training
    documents, ``documents_`` their number.

    >>> from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict  # doctest: +SKIP
    >>> groups = [document.doc for document in gold]
    >>> cross_val_predict(SpanExtractor("crf"), gold, groups=groups, cv=LeaveOneGroupOut())
    """

    def __init__(
        self,
        uri: str = "crf",
        *,
        options: Mapping[str, Any] | None = None,
        features: str = "rules",
        per_label: bool | None = None,
        schema: Schema | None = None,
    ) -> None:
        self.uri = uri
        self.options = options
        self.features = features
        self.per_label = per_label
        self.schema = schema

    def fit(self, X: Sequence[Document], y: Sequence[Document] | None = None) -> SpanExtractor:  # noqa: N803
        """Learn from documents with spans; those of ``y``, where given, are the gold of the articles of ``X``.

        Raises `ClaimspansError` for documents without text or spans, and for ``y`` that is of other articles.
        """
        documents = _documents(X)
        if y is not None:
            documents = _with_spans_of(documents, _documents(y))
        self.labels_ = sorted({span.label for document in documents for span in document.spans})
        self.documents_ = len(documents)
        if self.uri == "crf":
            from .baselines.crf.model import train

            model = train(documents, features=self.features, per_label=self.per_label, schema=self.schema)
            self.extract_: Extractor = model.extract
        else:
            self.extract_ = get(self.uri, options=self.options, schema=self.schema)
        return self

    def predict(self, X: Sequence[Document]) -> np.ndarray[Any, np.dtype[np.object_]]:  # noqa: N803
        """The articles as the extractor marks them, an array of Documents; it sees their texts and dates alone."""
        check_is_fitted(self)
        plain = [Document(doc=one.doc, text=one.text, published=one.published) for one in _documents(X)]
        found = np.empty(len(plain), dtype=object)
        found[:] = list(self.extract_(plain))
        return found

    def score(self, X: Sequence[Document], y: Sequence[Document] | None = None) -> float:  # noqa: N803
        """Strict micro F1 of what it finds in ``X``, against the spans of ``y``, or of ``X``; 0 where undefined."""
        from ..scoring.score import score

        gold = _documents(X) if y is None else _with_spans_of(_documents(X), _documents(y))
        return score(gold, list(self.predict(X)), schema=self.schema, schemes=["strict"])["strict"].micro.f1 or 0.0

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.no_validation = True
        return tags


def _documents(given: Iterable[Document]) -> list[Document]:
    documents = list(given)
    wrong = next((one for one in documents if not isinstance(one, Document)), None)
    if wrong is not None:
        raise ClaimspansError(f"expected Documents, as claimspans.load() gives them, found {type(wrong).__name__}")
    return documents


def _with_spans_of(documents: Sequence[Document], gold: Sequence[Document]) -> list[Document]:
    if [one.doc for one in documents] != [one.doc for one in gold]:
        raise ClaimspansError("X and y are of different articles; give both in the same order")
    return [
        msgspec.structs.replace(one, spans=other.spans, claims=other.claims, zones=other.zones)
        for one, other in zip(documents, gold, strict=True)
    ]
