"""An extractor under scikit-learn's tools: its own checks, cross-validation, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict
from sklearn.utils import estimator_checks

import claimspans
from claimspans import ClaimspansError, Document, Span, SpanExtractor

pytestmark = pytest.mark.slow

CHECKS = [
    "check_estimator_cloneable",
    "check_estimator_repr",
    "check_estimator_tags_renamed",
    "check_get_params_invariance",
    "check_no_attributes_set_in_init",
    "check_parameters_default_constructible",
    "check_set_params",
    "check_valid_tag_types",
]
"""Those of scikit-learn's that give an estimator no table of numbers."""


@pytest.mark.parametrize("name", CHECKS)
def test_it_passes_the_checks_of_scikit_learn(name: str) -> None:
    getattr(estimator_checks, name)("SpanExtractor", SpanExtractor())


def test_an_extractor_that_is_not_fitted_says_so() -> None:
    with pytest.raises(NotFittedError):
        SpanExtractor().predict([Document(doc="a", text="x")])


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(ClaimspansError, match="found str"):
        SpanExtractor().fit(["a text"])  # type: ignore[list-item]
    with pytest.raises(ClaimspansError, match="different articles"):
        SpanExtractor().fit([Document(doc="a", text="x")], [Document(doc="b", text="x")])


def documents() -> list[Document]:
    """Six articles in which a number before shells is a QUANTITY."""
    made = []
    for number, count in enumerate(("40", "fifty", "12", "300", "7", "90")):
        text = f"Veld sent {count} shells to Oro."
        span = Span(label="QUANTITY", start=10, end=10 + len(count))
        made.append(Document(doc=f"d{number}", text=text, spans=(span,)))
    return made


def test_the_trained_baseline_is_cross_validated_by_article() -> None:
    gold = documents()
    extractor = SpanExtractor("crf", features="words")
    groups = [document.doc for document in gold]
    found = cross_val_predict(extractor, gold, groups=groups, cv=LeaveOneGroupOut())
    assert [document.doc for document in found] == groups
    figures = claimspans.score(gold, list(found))["strict"].micro
    assert figures.COR >= 5
    assert not hasattr(extractor, "labels_")


def test_it_learns_from_y_and_never_sees_the_answer() -> None:
    gold = documents()
    plain = [Document(doc=one.doc, text=one.text) for one in gold]
    fitted = clone(SpanExtractor("crf", features="words")).fit(plain, gold)
    assert (fitted.labels_, fitted.documents_) == (["QUANTITY"], 6)
    assert [one.spans == other.spans for one, other in zip(fitted.predict(plain), fitted.predict(gold), strict=True)]
    assert fitted.score(plain, gold) == fitted.score(gold) == 1


def test_an_extractor_without_training_is_fitted_as_it_is() -> None:
    gold = claimspans.load()
    found = SpanExtractor("rules").fit(gold).predict(gold[:1])
    assert isinstance(found, np.ndarray)
    assert found[0].doc == gold[0].doc
    assert found[0].spans
