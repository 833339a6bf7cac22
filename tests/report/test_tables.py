"""Characters, confusion and curves against what their definitions say, word for word."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimspans import Document, Span, score
from claimspans.scoring.counts import FIELDS, Counts
from claimspans.scoring.curves import curve
from claimspans.scoring.matching import Pairs
from claimspans.scoring.overlaps import columns_of
from claimspans.scoring.tables import count

from ..helpers.examples import examples

Triple = tuple[str, int, int]

triples = st.tuples(st.sampled_from("AB"), st.integers(0, 12), st.integers(1, 6)).map(
    lambda t: (t[0], t[1], t[1] + t[2])
)
sides = st.lists(st.lists(triples, max_size=5), min_size=2, max_size=2)


def documents(articles: list[list[Triple]]) -> list[Document]:
    return [
        Document(doc=str(number), spans=tuple(Span(label=label, start=start, end=end) for label, start, end in article))
        for number, article in enumerate(articles)
    ]


def covered(articles: list[list[Triple]], label: str) -> set[tuple[int, int]]:
    return {
        (n, c) for n, article in enumerate(articles) for name, s, e in article if name == label for c in range(s, e)
    }


@examples(150)
@given(gold=sides, predicted=sides)
def test_characters_are_those_that_the_spans_cover(gold: list[list[Triple]], predicted: list[list[Triple]]) -> None:
    found = score(documents(gold), documents(predicted)).characters
    total = [0, 0, 0]
    for label in set(found) - {"all"}:
        ours, theirs = covered(gold, label), covered(predicted, label)
        counts = [len(ours), len(theirs), len(ours & theirs)]
        assert [found[label].gold, found[label].predicted, found[label].both] == counts
        total = [one + other for one, other in zip(total, counts, strict=True)]
    assert [found["all"].gold, found["all"].predicted, found["all"].both] == total


def test_a_pairing_that_is_not_one_to_one_is_refused_at_run_time() -> None:
    gold, predicted = (columns_of([[Span(label="A", start=0, end=5), Span(label="A", start=1, end=6)]], {"A": 0}),) * 2
    twice = Pairs(np.array([0, 0]), np.array([0, 1]), np.array([2, 0]))
    with pytest.raises(ArithmeticError, match="a span is paired twice"):
        count(gold, predicted, {"strict": twice}, 0, {"strict": np.zeros((1, 1, len(FIELDS)), dtype=np.int64)})


@examples(100)
@given(gold=sides, predicted=sides)
def test_the_margins_of_the_confusion_add_up(gold: list[list[Triple]], predicted: list[list[Triple]]) -> None:
    result = score(documents(gold), documents(predicted))
    for number, label in enumerate(result.labels):
        counts = result["partial"].labels[label]
        assert result.confusion[number].sum() == counts.POS
        assert result.confusion[:, number].sum() == counts.ACT
        assert result.confusion[number, -1] == counts.MIS
        assert result.confusion[-1, number] == counts.SPU


def test_iou_is_a_scheme_with_a_threshold() -> None:
    gold, predicted = documents([[("A", 0, 10), ("A", 20, 30)]]), documents([[("A", 0, 6), ("A", 25, 35)]])
    result = score(gold, predicted, schemes=["iou0.5", "iou0.6", "iou0.61", "iou.3", "iou1"])
    assert {name: scheme.micro.COR for name, scheme in result.schemes.items()} == {
        "iou0.5": 1,
        "iou0.6": 1,
        "iou0.61": 0,
        "iou.3": 2,
        "iou1": 0,
    }
    assert result["iou0.5"].micro.INC == 1


def test_the_error_measures_of_muc() -> None:
    counts = Counts(COR=4, PAR=2, INC=1, MIS=3, SPU=5, ACT_COR=4, ACT_PAR=2, ACT_INC=1)
    assert counts.error == (1 + 1 + 3 + 5) / 15
    assert (counts.undergeneration, counts.overgeneration, counts.substitution) == (3 / 10, 5 / 12, 2 / 7)
    assert (Counts().error, Counts().undergeneration, Counts().overgeneration, Counts().substitution) == (None,) * 4


def test_a_curve_by_hand() -> None:
    """Four gold spans; right at .9, wrong at .8, two right at .5."""
    found = curve([0.5, 0.9, 0.8, 0.5], np.array([True, True, False, True]), 4)
    assert found.thresholds == (0.9, 0.8, 0.5)
    assert found.precision == (1, 1 / 2, 3 / 4)
    assert found.recall == (1 / 4, 1 / 4, 3 / 4)
    assert found.average_precision == 1 / 4 + 3 / 4 * 1 / 2
    assert (found.threshold, found.f1) == (0.5, 6 / 8)


@given(
    st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.5, 0.9, 1.0]), st.booleans()), min_size=1, max_size=30),
    st.integers(0, 10),
)
def test_average_precision_is_that_of_scikit_learn(answers: list[tuple[float, bool]], missed: int) -> None:
    from sklearn.metrics import average_precision_score  # a second of any module's time

    scores, right = [score for score, _ in answers], np.array([is_right for _, is_right in answers])
    positives = int(right.sum()) + missed
    found = curve(scores, right, positives).average_precision
    if not positives:
        assert found is None
    elif not right.any():
        assert found == 0
    else:
        assert found == pytest.approx(average_precision_score(right, scores) * right.sum() / positives)


def test_a_curve_is_what_scoring_at_each_threshold_gives() -> None:
    gold = documents([[("A", 0, 5), ("A", 10, 15), ("B", 20, 25)], [("B", 0, 5)]])
    given_scores = [("A", 0, 5, 0.9), ("A", 0, 5, 0.7), ("A", 10, 16, 0.8), ("B", 20, 25, 0.4), ("B", 0, 5, 0.6)]
    predicted = [Document(doc="0", spans=tuple(Span(label=n, start=s, end=e, score=p) for n, s, e, p in given_scores))]
    found = score(gold, predicted).curves["all"]
    for threshold, precision, recall in zip(found.thresholds, found.precision, found.recall, strict=True):
        kept = tuple(span for span in predicted[0].spans if (span.score or 0) >= threshold)
        micro = score(gold, [Document(doc="0", spans=kept)])["strict"].micro
        assert (micro.precision, micro.recall) == (precision, recall)
    assert score(gold, documents([[("A", 0, 5)], []])).curves == {}
