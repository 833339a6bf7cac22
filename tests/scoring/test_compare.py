"""The comparison: tests against enumeration and worked examples, symmetry, and ranks."""

from __future__ import annotations

import itertools
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import claimspans
from claimspans import ClaimspansError, Document, Layer, Span, Zone, compare
from claimspans.scoring.counts import FIELDS, RATIOS, Counts
from claimspans.scoring.matching import SCHEMES
from claimspans.scoring.significance import EXACT, SAMPLES, clusters, holm, randomisation, smallest_p

from ..helpers.examples import examples

NO_RATIO = np.nan


def item(start: int, label: str = "ITEM", length: int = 5) -> Span:
    return Span(label=label, start=start, end=start + length)


def articles(*spans: list[Span]) -> list[Document]:
    return [Document(doc=str(number), spans=tuple(each)) for number, each in enumerate(spans)]


def row(right: int, missed: int = 0, spurious: int = 0) -> list[int]:
    counts = Counts(COR=right, ACT_COR=right, MIS=missed, SPU=spurious)
    return [getattr(counts, name) for name in FIELDS]


def table(*rows: list[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Counts of articles as the tests take them: with one row each."""
    return np.array(rows, dtype=np.int64)[:, None, :]


def random_table(rng: np.random.Generator, size: int, gold: int = 8) -> np.ndarray[Any, np.dtype[np.int64]]:
    right = rng.integers(0, gold + 1, size)
    return table(*[row(int(each), gold - int(each), int(rng.integers(0, 4))) for each in right])


def by_enumeration(first: np.ndarray[Any, Any], second: np.ndarray[Any, Any]) -> list[float | None]:
    """The share of all 2^n swaps whose difference is at least as large as the observed one, by the definition."""

    def gaps(swaps: tuple[bool, ...]) -> list[float | None]:
        sides = []
        for pick, other in ((first, second), (second, first)):
            rows = [(other if swap else pick)[article, 0] for article, swap in enumerate(swaps)]
            sides.append(Counts(**dict(zip(FIELDS, np.sum(rows, axis=0).tolist(), strict=True))))
        values = [(getattr(sides[0], ratio), getattr(sides[1], ratio)) for ratio in RATIOS]
        return [None if one is None or other is None else abs(one - other) for one, other in values]

    observed = gaps((False,) * len(first))
    every = [gaps(swaps) for swaps in itertools.product((False, True), repeat=len(first))]
    found: list[float | None] = []
    for column, seen in enumerate(observed):
        if seen is None:
            found.append(None)
            continue
        values = [gap[column] for gap in every]
        found.append(sum(value is None or value >= seen - 1e-12 for value in values) / len(every))
    return found


@pytest.mark.parametrize("size", range(1, 8))
def test_the_exact_test_is_the_share_of_all_swaps(size: int) -> None:
    rng = np.random.default_rng(size)
    first, second = random_table(rng, size), random_table(rng, size)
    second[size // 2] = first[size // 2]  # an article in which the two are equal
    assert randomisation(first, second, 0)[0].tolist() == pytest.approx(by_enumeration(first, second))


def test_a_swap_that_leaves_a_figure_undefined_counts_against_the_difference() -> None:
    """Each predicts in one article only: swapping one of the two leaves a side without predictions."""
    first, second = table(row(3, 1), row(0, 4)), table(row(0, 4), row(1, 3, 1))
    expected = by_enumeration(first, second)
    assert expected[0] == 1.0
    assert randomisation(first, second, 0)[0].tolist() == pytest.approx(expected)


def test_rounding_does_not_decide_whether_a_swap_is_as_large() -> None:
    """P is 2/6 against 3/4, with the first article swapped 1/4 against 4/6: 5/12 both times, though not as floats."""
    first, second = table(row(1, 2, 2), row(1, 2, 2)), table(row(0, 3, 1), row(3))
    assert 3 / 4 - 2 / 6 != 4 / 6 - 1 / 4
    assert randomisation(first, second, 0)[0, 0] == 1


def test_five_articles_each_better_give_a_sixteenth() -> None:
    """A finds both spans of each article, B the first.

    R is 10/10 against 5/10 and P 1 for both, so F1 is 1 against 2 · 0.5 / 1.5 = 2/3. Of the 32 swaps only the one
    observed and its mirror image reach 1/3: p = 2/32. P never differs: p = 1.
    """
    gold = articles(*[[item(0), item(10)]] * 5)
    found = compare(gold, {"a": gold, "b": articles(*[[item(0)]] * 5)})
    (pair,) = found.pairs
    assert pair.micro["f1"].difference == pytest.approx(1 / 3)
    assert pair.micro["recall"].difference == 0.5
    assert pair.micro["f1"].p == pair.micro["recall"].p == pair.micro["f1"].p_holm == 0.0625 == found.smallest_p()
    assert (pair.micro["precision"].difference, pair.micro["precision"].p) == (0, 1)
    # In every draw of articles the difference is the same.
    assert pair.micro["f1"].interval == pytest.approx((1 / 3, 1 / 3))
    assert (pair.wins, pair.ties, pair.losses, pair.undefined) == (5, 0, 0, 0)
    assert (pair.exact, pair.swaps, pair.differing) == (True, 32, 5)
    assert not found.beats("f1")
    assert found.ranks() == {"a": 1, "b": 1}


def test_identical_systems_are_not_told_apart() -> None:
    gold = articles([item(0), item(10)], [item(0)], [item(0), item(20)])
    same = articles([item(0)], [item(7)], [item(0), item(20)])
    found = compare(gold, {"a": same, "b": same})
    (pair,) = found.pairs
    for tested in (*pair.micro.values(), *pair.labels["ITEM"].values()):
        assert (tested.difference, tested.interval, tested.p, tested.p_holm) == (0, (0, 0), 1, 1)
    assert (pair.wins, pair.ties, pair.losses) == (0, 3, 0)
    assert pair.only_first == pair.only_second == ()
    assert found.beats() == set()
    # Their own figure is far from certain: the interval of the difference is that of pairs.
    low, high = found.intervals["a"]["f1"]
    assert high - low > 0.5


spans = st.lists(
    st.tuples(st.sampled_from(["ITEM", "DATE"]), st.integers(0, 3)).map(lambda each: item(each[1] * 4, each[0])),
    max_size=4,
)
sides = st.lists(st.tuples(spans, spans, spans), min_size=1, max_size=5)


@examples(60)
@given(sides, st.sampled_from(SCHEMES))
def test_the_other_way_round_only_the_sign_changes(sides: list[tuple[list[Span], ...]], scheme: str) -> None:
    gold, one, two = (articles(*side) for side in zip(*sides, strict=True))
    (there,) = compare(gold, {"a": one, "b": two}, scheme=scheme).pairs
    (back,) = compare(gold, {"b": two, "a": one}, scheme=scheme).pairs
    assert set(there.labels) == set(back.labels)
    for label, tested in [("", there.micro), *there.labels.items()]:
        for ratio, ours in tested.items():
            theirs = back.labels[label][ratio] if label else back.micro[ratio]
            assert (ours.p, ours.p_holm) == (theirs.p, theirs.p_holm)
            assert (ours.difference is None) == (theirs.difference is None) == (ours.p is None)
            if ours.difference is not None:
                assert ours.difference == -(theirs.difference or 0)
            if ours.interval and theirs.interval:
                assert ours.interval == pytest.approx((-theirs.interval[1], -theirs.interval[0]))
    assert (there.wins, there.ties, there.losses) == (back.losses, back.ties, back.wins)
    assert there.wins + there.ties + there.losses + there.undefined == len(gold)
    assert (there.only_first, there.only_second) == (back.only_second, back.only_first)


def test_sampled_swaps_agree_with_all_swaps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The standard error of a share of 9,999 swaps is at most 0.005."""
    rng = np.random.default_rng(3)
    first, second = random_table(rng, EXACT), random_table(rng, EXACT)
    exact = randomisation(first, second, 0)
    monkeypatch.setattr("claimspans.scoring.significance.EXACT", 0)
    sampled = randomisation(first, second, 0)
    assert sampled == pytest.approx(exact, abs=0.02)
    assert (sampled != exact).any()
    assert (sampled == randomisation(first, second, 0)).all()
    assert sampled == pytest.approx(randomisation(second, first, 0))


def test_a_sampled_p_is_never_0_and_does_not_hang_on_the_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = table(*[row(9, 1)] * 40), table(*[row(1, 9, 8)] * 40)
    assert randomisation(first, second, 0)[0].tolist() == [1 / (SAMPLES + 1)] * 3
    rng = np.random.default_rng(5)
    first, second = random_table(rng, 40), random_table(rng, 40)
    whole = randomisation(first, second, 0)
    monkeypatch.setattr("claimspans.scoring.significance._CELLS", 40 * 1000)
    assert (randomisation(first, second, 0) == whole).all()


def test_holm_on_a_worked_example() -> None:
    """0.01 · 4, 0.02 · 3, then 0.03 · 2 = 0.06, and 0.04 · 1 may not fall below it."""
    assert holm(np.array([0.04, 0.01, NO_RATIO, 0.03, 0.02])) == pytest.approx(
        [0.06, 0.04, NO_RATIO, 0.06, 0.06], nan_ok=True
    )
    assert holm(np.array([0.5, 0.6])).tolist() == [1.0, 1.0]
    assert holm(np.array([])).tolist() == []


def test_holm_counts_pairs_for_all_labels_together_and_pairs_times_labels_by_label() -> None:
    gold = articles(*[[item(0), item(10, "DATE")]] * 5)
    found = compare(gold, {"a": gold, "b": articles(*[[item(0)]] * 5), "c": articles(*[[]] * 5)})
    recall = {(pair.first, pair.second): pair.micro["recall"] for pair in found.pairs}
    assert {tested.p for tested in recall.values()} == {0.0625}
    assert {tested.p_holm for tested in recall.values()} == {0.1875}
    # Three pairs, of which "b" and "c" are equal on DATE and "a" and "b" on ITEM: six tests, four with p = 1/16.
    labels = [pair.labels[label]["recall"] for pair in found.pairs for label in ("ITEM", "DATE")]
    assert sorted(tested.p or 0 for tested in labels) == [0.0625] * 4 + [1, 1]
    assert min(tested.p_holm or 0 for tested in labels) == 6 * 0.0625
    assert found.label_tests == 6


@pytest.mark.parametrize(
    ("order", "beats", "ranks"),
    [
        ("xyz", set(), [1, 1, 1]),
        ("xyz", {"xz"}, [1, 1, 1]),  # y is told apart from neither, so all share
        ("xyz", {"xz", "yz"}, [1, 1, 3]),
        ("xyz", {"xy", "xz"}, [1, 2, 2]),
        ("xyz", {"xy", "xz", "yz"}, [1, 2, 3]),
        ("", set(), []),
    ],
)
def test_who_is_not_told_apart_shares_a_rank(order: str, beats: set[str], ranks: list[int]) -> None:
    found = clusters(list(order), {(pair[0], pair[1]) for pair in beats})
    assert [found[name] for name in order] == ranks


def test_the_smallest_p_that_articles_can_give() -> None:
    assert [smallest_p(articles) for articles in (0, 1, 2, 5, 6)] == [1, 1, 0.5, 0.0625, 0.03125]
    assert smallest_p(6, tests=3) == 0.09375
    assert smallest_p(1, tests=3) == 1


def test_an_undefined_ratio_is_not_compared() -> None:
    gold = articles([item(0)], [item(0)], [])
    found = compare(gold, {"a": gold, "b": articles([], [], [])})
    (pair,) = found.pairs
    precision = pair.micro["precision"]
    assert (precision.difference, precision.interval, precision.p, precision.p_holm) == (None,) * 4
    assert pair.labels["DATE"]["f1"].p is None
    assert pair.micro["recall"].difference == 1
    assert (pair.wins, pair.ties, pair.losses, pair.undefined) == (2, 0, 0, 1)
    assert "precision" not in found.intervals["b"]
    assert found.ranks("precision") == {"a": 1}
    assert found.to_dict()["systems"]["b"]["rank"]["precision"] is None
    assert json.loads(found.to_json())["pairs"][0]["micro"]["precision"]["p"] is None


def test_one_article_has_no_interval_and_p_1() -> None:
    gold = articles([item(0), item(10)])
    (pair,) = compare(gold, {"a": gold, "b": articles([item(0)])}).pairs
    assert (pair.micro["f1"].interval, pair.micro["f1"].p) == (None, 1)


def test_the_intervals_are_those_of_score_and_of_differences_drawn_in_pairs() -> None:
    rng = np.random.default_rng(1)
    gold = articles(*[[item(10 * place) for place in range(6)] for _ in range(6)])
    sides = {}
    for name in "ab":
        kept = [[span for span in document.spans if rng.random() < 0.6] for document in gold]
        sides[name] = articles(*[[*each, item(90)] for each in kept])
    found = compare(gold, sides)
    for name, predicted in sides.items():
        assert found.intervals[name] == claimspans.score(gold, predicted)["strict"].interval
    tables = [found.results[name]["strict"].table.sum(axis=1) for name in "ab"]
    drawn = []
    for articles_drawn in np.random.default_rng(0).integers(6, size=(2000, 6), dtype=np.int32):
        draw = np.bincount(articles_drawn, minlength=6)
        one, two = (Counts(**dict(zip(FIELDS, (draw @ each).tolist(), strict=True))).f1 for each in tables)
        drawn.append((one or 0) - (two or 0))
    assert found.pairs[0].micro["f1"].interval == pytest.approx(np.quantile(drawn, (0.025, 0.975)))


def test_a_label_that_only_one_system_knows_is_compared() -> None:
    gold = articles([item(0)], [item(0)])
    odd = articles([item(0), item(30, "ODD")], [item(0)])
    (pair,) = compare(gold, {"a": gold, "b": odd}).pairs
    assert pair.labels["ITEM"]["f1"].difference == 0
    assert pair.labels["ODD"]["precision"].difference is None
    assert (pair.micro["precision"].difference or 0) == pytest.approx(1 - 2 / 3)


def test_the_spans_that_one_has_and_the_other_lacks() -> None:
    text = "Pyongyang sent 50 missiles on Monday and denied it."
    gold = [
        Document(
            doc="1",
            text=text,
            spans=(
                item(30, "DATE", 6),
                item(0, "SPEAKER", 9),
                item(15, "QUANTITY", 2),
                item(18, "ITEM", 8),
                item(45, "DATE"),  # in the zone, where no prediction is scored
            ),
            zones=(Zone(kind="boilerplate", start=45, end=51),),
        )
    ]
    one = [Document(doc="1", spans=(item(30, "DATE", 6), item(0, "SPEAKER", 9), item(18, "ITEM", 8), item(45, "DATE")))]
    two = [Document(doc="1", spans=(item(0, "SPEAKER", 9), item(15, "QUANTITY", 2), item(18, "DATE", 8)))]
    (pair,) = compare(gold, {"a": one, "b": two}).pairs
    assert [(each.label, each.text) for each in pair.only_first] == [("ITEM", "missiles"), ("DATE", "Monday")]
    (lacked,) = pair.only_second
    assert (lacked.doc, lacked.label, lacked.start, lacked.end) == ("1", "QUANTITY", 15, 17)
    assert (lacked.before, lacked.text, lacked.after) == (text[:15], "50", text[17:51])
    # Under exact the label does not matter.
    (pair,) = compare(gold, {"a": one, "b": two}, scheme="exact").pairs
    assert [each.text for each in pair.only_first] == ["Monday"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_spans_listed_are_those_that_the_counts_count(scheme: str, gold: Layer) -> None:
    shifted = [
        Document(
            doc=document.doc,
            spans=tuple(
                Span(label=span.label, start=span.start, end=span.end - (number % 3 == 0 and span.end - span.start > 1))
                for number, span in enumerate(document.spans)
                if number % 5
            ),
        )
        for document in gold
    ]
    found = compare(gold, {"gold": gold, "shifted": shifted}, scheme=scheme)
    (pair,) = found.pairs
    right = {name: result[scheme].micro.COR for name, result in found.results.items()}
    assert len(pair.only_first) - len(pair.only_second) == right["gold"] - right["shifted"] > 0
    places = [(each.doc, each.start) for each in pair.only_first]
    assert places == sorted(places)


def test_fewer_than_two_systems_and_an_unknown_scheme_are_refused() -> None:
    gold = articles([item(0)])
    with pytest.raises(ClaimspansError, match="two systems or more; got 1"):
        compare(gold, {"a": gold})
    with pytest.raises(ClaimspansError, match="'lenient' is no scheme; expected strict"):
        compare(gold, {"a": gold, "b": gold}, scheme="lenient")
