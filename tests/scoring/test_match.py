"""The matcher: cases with known counts, and what must hold for any spans."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from benchmarks.workload import DENSE, write_dense
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import Document, Span
from claimspans.scoring.counts import Counts
from claimspans.scoring.matching import SCHEMES, align_spans
from claimspans.scoring.overlaps import Overlaps, Side, overlaps
from claimspans.scoring.score import score

from ..helpers.examples import examples
from ..helpers.places import CASES

Triple = tuple[str, int, int]

triples = st.tuples(st.sampled_from("AB"), st.integers(0, 12), st.integers(1, 6)).map(
    lambda t: (t[0], t[1], t[1] + t[2])
)
sides = st.lists(triples, max_size=5)


def document(triples: list[Triple], doc: str = "1") -> Document:
    return Document(doc=doc, spans=tuple(Span(label=label, start=start, end=end) for label, start, end in triples))


def value(
    gold: list[Triple], predicted: list[Triple], pairs: list[tuple[int, int]], scheme: str
) -> tuple[int, int, int]:
    """Credit in halves, pairs and shared characters of a matching, by the definitions."""
    credit = shared = 0
    for one, other in pairs:
        (label, start, end), (their_label, their_start, their_end) = gold[one], predicted[other]
        bounds, same = (start, end) == (their_start, their_end), label == their_label
        credit += {"strict": 2 * (bounds and same), "exact": 2 * bounds, "partial": 1 + bounds, "type": 2 * same}[
            scheme
        ]
        shared += min(end, their_end) - max(start, their_start)
    return credit, len(pairs), shared


def best_by_brute_force(gold: list[Triple], predicted: list[Triple], scheme: str) -> tuple[int, int, int]:
    """The best value over all one-to-one matchings of spans that share a character."""
    best = (0, 0, 0)
    for size in range(1, min(len(gold), len(predicted)) + 1):
        for left in itertools.combinations(range(len(gold)), size):
            for right in itertools.permutations(range(len(predicted)), size):
                pairs = list(zip(left, right, strict=True))
                if all(min(gold[a][2], predicted[b][2]) > max(gold[a][1], predicted[b][1]) for a, b in pairs):
                    best = max(best, value(gold, predicted, pairs, scheme))
    return best


@pytest.mark.parametrize("path", sorted((CASES / "match").glob("*.json")), ids=lambda path: path.stem)
def test_known_counts(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    gold, predicted = (
        [
            document([tuple(triple) for triple in article[side]], str(index))
            for index, article in enumerate(case["articles"])
        ]
        for side in ("gold", "predicted")
    )
    result = score(gold, predicted)
    for scheme, expected in case["expected"].items():
        micro = result[scheme].micro
        assert {name: getattr(micro, name) for name in expected} == expected, scheme


@pytest.mark.parametrize("scheme", SCHEMES)
@examples(150)
@given(gold=sides, predicted=sides)
def test_it_is_optimal(scheme: str, gold: list[Triple], predicted: list[Triple]) -> None:
    pairs = align_spans(document(gold).spans, document(predicted).spans, [scheme])[scheme]
    matched = list(zip(pairs.gold.tolist(), pairs.predicted.tolist(), strict=True))
    assert len({one for one, _ in matched}) == len({other for _, other in matched}) == len(matched)
    assert value(gold, predicted, matched, scheme) == best_by_brute_force(gold, predicted, scheme)


@examples(150)
@given(gold=sides, predicted=sides, data=st.data())
def test_the_order_of_the_spans_changes_nothing(
    gold: list[Triple], predicted: list[Triple], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(gold)), data.draw(st.permutations(predicted))
    before = score([document(gold)], [document(predicted)])
    after = score([document(shuffled[0])], [document(shuffled[1])])
    for scheme in SCHEMES:
        assert before[scheme].labels == after[scheme].labels


@examples(150)
@given(gold=sides, predicted=sides)
def test_precision_and_recall_swap_with_the_sides(gold: list[Triple], predicted: list[Triple]) -> None:
    there, back = score([document(gold)], [document(predicted)]), score([document(predicted)], [document(gold)])
    for scheme in SCHEMES:
        one, other = there[scheme].micro, back[scheme].micro
        assert (one.precision, one.recall) == (other.recall, other.precision)


@examples(150)
@given(gold=sides, predicted=sides)
def test_counts_add_up(gold: list[Triple], predicted: list[Triple]) -> None:
    result = score([document(gold)], [document(predicted)])
    for scheme in SCHEMES:
        micro, labels = result[scheme].micro, result[scheme].labels.values()
        assert (len(gold), len(predicted)) == (micro.POS, micro.ACT)
        assert micro.COR == micro.ACT_COR
        assert micro.INC == micro.ACT_INC
        assert micro.PAR == micro.ACT_PAR
        assert sum(counts.POS for counts in labels) == len(gold)
        assert sum(counts.ACT for counts in labels) == len(predicted)


@examples(150)
@given(gold=sides.filter(bool), predicted=sides, data=st.data())
def test_a_further_correct_prediction_never_lowers_credit(
    gold: list[Triple], predicted: list[Triple], data: st.DataObject
) -> None:
    more = [*predicted, data.draw(st.sampled_from(gold))]
    for scheme in SCHEMES:
        before = score([document(gold)], [document(predicted)])[scheme].micro
        after = score([document(gold)], [document(more)])[scheme].micro
        assert 2 * after.COR + after.PAR >= 2 * before.COR + before.PAR


@pytest.mark.parametrize("scheme", SCHEMES)
@examples(30)
@given(
    gold=st.lists(triples, min_size=8, max_size=12),
    predicted=st.lists(triples, min_size=8, max_size=12),
    data=st.data(),
)
def test_large_groups_are_optimal_and_know_no_order(
    scheme: str, gold: list[Triple], predicted: list[Triple], data: st.DataObject
) -> None:
    """Groups with too many matchings to try go to scipy: the value is that of an assignment over the same credits."""
    from scipy.optimize import linear_sum_assignment

    weights = np.zeros((len(gold), len(predicted)))
    for (row, one), (column, other) in itertools.product(enumerate(gold), enumerate(predicted)):
        if min(one[2], other[2]) > max(one[1], other[1]):
            credit, pairs, shared = value([one], [other], [(0, 0)], scheme)
            weights[row, column] = credit * 1e6 + pairs * 1e3 + shared
    best = weights[linear_sum_assignment(weights, maximize=True)].sum()
    found = []
    for order in (predicted, data.draw(st.permutations(predicted))):
        paired = align_spans(document(gold).spans, document(order).spans, [scheme])[scheme]
        matched = list(zip(paired.gold.tolist(), paired.predicted.tolist(), strict=True))
        credit, count, shared = value(gold, list(order), matched, scheme)
        assert credit * 1e6 + count * 1e3 + shared == best
        found.append(sorted((gold[one], order[other]) for one, other in matched))
    assert found[0] == found[1]


def test_blocks_of_articles_join(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(0)
    sides = [
        [
            [(rng.choice("AB"), start := rng.randrange(30), start + rng.randint(1, 6)) for _ in range(6)]
            for _ in range(40)
        ]
        for _ in range(2)
    ]
    gold, predicted = ([document(article, str(n)) for n, article in enumerate(side)] for side in sides)
    whole = score(gold, predicted)
    monkeypatch.setattr("claimspans.scoring.matching._BLOCK", 16)
    assert score(gold, predicted).to_dict() == whole.to_dict()
    one_by_one = [score([one], [other])["type"].micro for one, other in zip(gold, predicted, strict=True)]
    assert sum(one_by_one, Counts()) == whole["type"].micro


def test_groups_that_are_solved_some_at_a_time_join(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(0)
    gold, predicted = (
        [
            document([("A", start := rng.randrange(9), start + rng.randint(1, 9)) for _ in range(3)], str(n))
            for n in range(200)
        ]
        for _ in range(2)
    )
    whole = score(gold, predicted)
    monkeypatch.setattr("claimspans.scoring.assignment._NUMBERS_AT_A_TIME", 1)
    assert score(gold, predicted).to_dict() == whole.to_dict()


@examples(50)
@given(gold=sides, predicted=sides)
def test_long_spans_are_paired_as_short_ones_are(gold: list[Triple], predicted: list[Triple]) -> None:
    """Weights that need 64 bits and weights that do not."""
    far = 100_000_000
    longer = ([(label, far * start, far * end) for label, start, end in side] for side in (gold, predicted))
    there, here = (
        align_spans(document(one).spans, document(other).spans) for one, other in ((gold, predicted), longer)
    )
    for scheme in SCHEMES:
        pairs = [list(zip(found[scheme].gold, found[scheme].predicted, strict=True)) for found in (there, here)]
        assert pairs[0] == pairs[1]


def test_of_equal_matchings_the_first_in_reading_order_is_taken() -> None:
    gold, predicted = (document([("A", 0, 10), ("A", 5, 15)]), document([("A", 5, 10), ("A", 5, 10)]))
    pairs = align_spans(gold.spans, predicted.spans)["type"]
    assert list(zip(pairs.gold.tolist(), pairs.predicted.tolist(), strict=True)) == [(0, 0), (1, 1)]


def test_a_scheme_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match="'lenient' is no scheme; expected strict, exact, partial, type"):
        align_spans(document([("A", 0, 1)]).spans, (), ["lenient"])


@pytest.mark.parametrize("name", DENSE)
def test_dense_articles_are_matched_one_to_one_and_optimally(name: str, tmp_path: Path) -> None:
    sides = []
    for path in write_dense(tmp_path, name, scale=0.1):
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        sides.append([(record["label"], record["start"], record["end"]) for record in records])
    gold, predicted = sides
    found = align_spans(document(gold).spans, document(predicted).spans)
    start, end = ([np.array([triple[place] for triple in side]) for side in sides] for place in (1, 2))
    shared = np.minimum(end[0][:, None], end[1]) - np.maximum(start[0][:, None], start[1])
    bounds = (start[0][:, None] == start[1]) & (end[0][:, None] == end[1])
    label = np.array([triple[0] for triple in gold])[:, None] == np.array([triple[0] for triple in predicted])
    credits_ = {"strict": 2 * (bounds & label), "exact": 2 * bounds, "partial": 1 + bounds, "type": 2 * label}
    for scheme, pairs in found.items():
        matched = list(zip(pairs.gold.tolist(), pairs.predicted.tolist(), strict=True))
        assert len(set(pairs.gold.tolist())) == len(set(pairs.predicted.tolist())) == len(matched)
        weights = np.where(shared > 0, credits_[scheme] * 1e10 + 1e6 + shared, 0)
        credit, count, total = value(gold, predicted, matched, scheme)
        assert credit * 1e10 + count * 1e6 + total == weights[linear_sum_assignment(weights, maximize=True)].sum()


@examples(100)
@given(gold=sides, predicted=sides, times=st.lists(st.integers(1, 4), min_size=10, max_size=10))
def test_copies_are_paired_as_if_they_were_looked_at_one_by_one(
    gold: list[Triple], predicted: list[Triple], times: list[int]
) -> None:
    gold, predicted = (
        [triple for triple, count in zip(side, counts, strict=False) for _ in range(count)]
        for side, counts in ((gold, times[:5]), (predicted, times[5:]))
    )
    found = []
    for dense in (0, 1_000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("claimspans.scoring.matching._DENSE", dense)
            pairs = align_spans(document(gold).spans, document(predicted).spans)
        found.append({name: [each.gold.tolist(), each.predicted.tolist()] for name, each in pairs.items()})
    assert found[0] == found[1]


@examples(100)
@given(gold=sides, predicted=sides)
def test_the_sparse_solver_is_optimal(gold: list[Triple], predicted: list[Triple]) -> None:
    """What components of more than 64 gold spans are given to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("claimspans.scoring.assignment._MOST_COLUMNS", 0)
        patch.setattr("claimspans.scoring.assignment._MOST_ROWS_IN_ORDER", 0)
        found = align_spans(document(gold).spans, document(predicted).spans)
    for scheme, pairs in found.items():
        matched = list(zip(pairs.gold.tolist(), pairs.predicted.tolist(), strict=True))
        assert value(gold, predicted, matched, scheme) == best_by_brute_force(gold, predicted, scheme)


def test_more_overlaps_than_can_be_matched_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    gold, predicted = ([("A", at, 100 - at) for at in range(first, 20 + first)] for first in (0, 1))
    monkeypatch.setattr("claimspans.scoring.matching._DENSE", 0)
    monkeypatch.setattr("claimspans.scoring.matching.MOST_PAIRS", 399)
    with pytest.raises(ClaimspansError, match="an article has 400 pairs of overlapping spans; at most 399"):
        score([document(gold)], [document(predicted)])
    plenty = [document(gold[:10], str(number)) for number in range(8)]
    answers = [document(predicted[:10], str(number)) for number in range(8)]
    assert score(plenty, answers)["type"].micro.COR == 80  # no article by itself has too many


def test_spans_too_long_to_be_matched_exactly_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimspans.scoring.assignment._EXACT_FLOAT", 1000)
    gold, predicted = ([("A", at, 100 - at) for at in range(first, 20 + first)] for first in (0, 1))
    with pytest.raises(ClaimspansError, match="too long, to be matched exactly"):
        score([document(gold)], [document(predicted)])


def test_a_score_matches_once(monkeypatch: pytest.MonkeyPatch) -> None:
    called = []

    def counted(gold: Side, predicted: Side, most: int) -> Overlaps:
        called.append(1)
        return overlaps(gold, predicted, most)

    monkeypatch.setattr("claimspans.scoring.matching.overlaps", counted)
    gold = document([("A", 0, 5), ("B", 3, 9)])
    result = score([gold], [gold])
    assert (result.pairs["strict"].credit.tolist(), result.confusion.sum()) == ([2, 2], 2)
    assert len(called) == 1
