"""The kinds of errors: each by an example, and what must hold for any spans."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimspans import Document, Layer, Schema, Span, Zone, score
from claimspans.scoring.error_places import places
from claimspans.scoring.errors import KINDS, LINE, WINDOW, Outcome, around, outcomes

from ..helpers.examples import examples

Triple = tuple[str, int, int]
Told = tuple[str, list[Triple], list[Triple]]

triples = st.tuples(st.sampled_from("AB"), st.integers(0, 12), st.integers(1, 6)).map(
    lambda t: (t[0], t[1], t[1] + t[2])
)
sides = st.lists(triples, max_size=5)


def document(spans: list[Triple], zones: tuple[Zone, ...] = (), text: str | None = None) -> Document:
    return Document(
        doc="1",
        text=text,
        zones=zones,
        spans=tuple(Span(label=name, start=start, end=end) for name, start, end in spans),
    )


def triple(span: Span) -> Triple:
    return span.label, span.start, span.end


def told(found: list[Outcome]) -> list[Told]:
    return [
        (each.kind, [triple(span) for span in each.gold], [triple(span) for span in each.predicted]) for each in found
    ]


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        ([("A", 0, 5)], [("A", 0, 5)], [("correct", [("A", 0, 5)], [("A", 0, 5)])]),
        ([("A", 0, 5)], [], [("missed", [("A", 0, 5)], [])]),
        ([], [("A", 0, 5)], [("spurious", [], [("A", 0, 5)])]),
        ([("A", 0, 5)], [("A", 5, 9)], [("missed", [("A", 0, 5)], []), ("spurious", [], [("A", 5, 9)])]),
        ([("A", 0, 5)], [("A", 0, 6)], [("boundary", [("A", 0, 5)], [("A", 0, 6)])]),
        ([("A", 0, 5)], [("B", 0, 5)], [("label", [("A", 0, 5)], [("B", 0, 5)])]),
        ([("A", 0, 5)], [("B", 4, 6)], [("both", [("A", 0, 5)], [("B", 4, 6)])]),
        ([("A", 0, 9)], [("A", 0, 4), ("A", 5, 9)], [("split", [("A", 0, 9)], [("A", 0, 4), ("A", 5, 9)])]),
        ([("A", 0, 4), ("A", 5, 9)], [("A", 0, 9)], [("merged", [("A", 0, 4), ("A", 5, 9)], [("A", 0, 9)])]),
        # a second copy, and a part beside a whole that is right, are spurious
        (
            [("A", 0, 5)],
            [("A", 0, 5), ("A", 0, 5)],
            [("correct", [("A", 0, 5)], [("A", 0, 5)]), ("spurious", [], [("A", 0, 5)])],
        ),
        (
            [("A", 0, 9)],
            [("A", 0, 9), ("A", 0, 4)],
            [("correct", [("A", 0, 9)], [("A", 0, 9)]), ("spurious", [], [("A", 0, 4)])],
        ),
        # a part of another label is no part of a split
        (
            [("A", 0, 9)],
            [("A", 0, 5), ("B", 6, 9)],
            [("boundary", [("A", 0, 9)], [("A", 0, 5)]), ("spurious", [], [("B", 6, 9)])],
        ),
        # of two gold spans the one with which the loose prediction shares more is split
        (
            [("A", 0, 6), ("A", 7, 12)],
            [("A", 0, 3), ("A", 5, 9), ("A", 9, 11)],
            [("boundary", [("A", 0, 6)], [("A", 0, 3)]), ("split", [("A", 7, 12)], [("A", 5, 9), ("A", 9, 11)])],
        ),
    ],
)
def test_each_kind_by_example(gold: list[Triple], predicted: list[Triple], expected: list[Told]) -> None:
    assert told(outcomes(document(gold), document(predicted))) == expected


def test_a_prediction_in_a_zone_has_no_outcome() -> None:
    gold = document([("A", 0, 5)], (Zone(kind="boilerplate", start=10, end=20),))
    found = outcomes(gold, document([("A", 0, 5), ("A", 11, 15), ("A", 18, 22)]))
    assert [kind for kind, _, _ in told(found)] == ["correct", "spurious"]


def test_without_predictions_everything_is_missed() -> None:
    assert told(outcomes(document([("A", 0, 5)]), None)) == [("missed", [("A", 0, 5)], [])]


@examples(300)
@example(gold=[("A", 0, 6), ("A", 5, 9)], predicted=[("A", 0, 5), ("A", 5, 8), ("A", 1, 9)])
@given(gold=sides, predicted=sides)
def test_every_span_is_in_one_outcome_and_the_kinds_add_up_to_the_score(
    gold: list[Triple], predicted: list[Triple]
) -> None:
    zones = (Zone(kind="duplicate", start=3, end=7),)
    ours, theirs = document(gold, zones), document(predicted)
    every = outcomes(ours, theirs)
    assert {each.kind for each in every} <= set(KINDS)
    found = [each for each in every if each.kind != "attribute"]
    assert sorted(at for each in found for at in each.positions) == list(range(len(gold)))
    assert all(each.gold == tuple(ours.spans[at] for at in each.positions) for each in every)
    scored = [one for one in predicted if not (one[1] >= 3 and one[2] <= 7)]
    assert sorted(triple(span) for each in found for span in each.predicted) == sorted(scored)

    strict = score([ours], [theirs])["strict"]
    kinds = Counter(each.kind for each in found)
    extra = {
        "MIS": sum(len(each.gold) - 1 for each in found if each.kind == "merged"),
        "SPU": sum(len(each.predicted) - 1 for each in found if each.kind == "split"),
    }
    assert kinds["correct"] == strict.micro.COR
    assert sum(kinds[kind] for kind in ("boundary", "label", "both", "split", "merged")) == strict.micro.INC
    assert kinds["missed"] + extra["MIS"] == strict.micro.MIS
    assert kinds["spurious"] + extra["SPU"] == strict.micro.SPU


@examples(300)
@given(gold=sides, predicted=sides)
def test_cells_are_the_confusion_of_the_score(gold: list[Triple], predicted: list[Triple]) -> None:
    ours, theirs = document(gold), document(predicted)
    result = score([ours], [theirs])
    names = [*result.labels, None]
    table = {
        (names[row], names[column]): int(count) for (row, column), count in np.ndenumerate(result.confusion) if count
    }
    assert Counter(cell for each in outcomes(ours, theirs) for cell in each.cells) == table


@examples(300)
@given(gold=sides, predicted=sides)
def test_every_outcome_is_what_its_kind_says(gold: list[Triple], predicted: list[Triple]) -> None:
    for kind, ours, theirs in told(outcomes(document(gold), document(predicted))):
        sizes = (len(ours), len(theirs))
        if kind in ("missed", "spurious"):
            assert sizes == ((1, 0) if kind == "missed" else (0, 1))
            continue
        assert all(one[1] < other[2] and other[1] < one[2] for one in ours for other in theirs)
        same_label = {name for name, _, _ in ours} == {name for name, _, _ in theirs}
        same_bounds = {one[1:] for one in ours} == {other[1:] for other in theirs}
        if kind in ("split", "merged"):
            assert same_label
            assert sizes[0] == 1 < sizes[1] if kind == "split" else sizes[1] == 1 < sizes[0]
        else:
            expected = {(True, True): "correct", (True, False): "boundary", (False, True): "label"}
            assert sizes == (1, 1)
            assert kind == expected.get((same_label, same_bounds), "both")


def test_a_span_that_could_join_copies_joins_the_first_pair_in_any_order() -> None:
    gold, copies = [("A", 1, 3), ("A", 2, 4), ("A", 2, 4)], document([("A", 2, 3), ("A", 2, 3)])
    expected = [("merged", gold[:2], [("A", 2, 3)]), ("boundary", gold[2:], [("A", 2, 3)])]
    for order in itertools.permutations(gold):
        assert told(outcomes(document(list(order)), copies)) == expected


@examples(150)
@given(gold=sides, predicted=sides, data=st.data())
def test_the_order_of_the_spans_changes_nothing(
    gold: list[Triple], predicted: list[Triple], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(gold)), data.draw(st.permutations(predicted))
    after = outcomes(document(shuffled[0]), document(shuffled[1]))
    assert told(outcomes(document(gold), document(predicted))) == told(after)


def test_differing_attributes_are_those_that_the_score_does_not_count(gold: Layer, schema: Schema) -> None:
    # Speakers a letter short still stand for those of the gold where a STANCE refers to them.
    change: dict[str, Callable[[Span], dict[str, Any]]] = {
        "SPEAKER": lambda span: {"end": span.end - 1},
        "DATE": lambda _: {"attributes": {"mod": "end"}},
    }
    other = [
        msgspec.structs.replace(
            document,
            spans=tuple(
                msgspec.structs.replace(span, **change[span.label](span)) if span.label in change else span
                for span in document.spans
                if span.end - span.start > 1
            ),
        )
        for document in gold
    ]
    differing = Counter(
        f"{each.gold[0].label}.{difference.attribute}"
        for ours, theirs in zip(gold, other, strict=True)
        for each in outcomes(ours, theirs, schema)
        for difference in each.differences
    )
    wrong = {name: one.matched - one.right for name, one in score(gold, other).attributes.items()}
    assert {name.partition(".")[0] for name in differing} == {"DATE"}
    assert {name: count for name, count in wrong.items() if count} == differing


def test_an_attribute_outcome_comes_on_top_of_correct_and_names_what_differs(schema: Schema) -> None:
    gold = Span(label="ITEM", start=0, end=5, attributes={"category": "ML4", "origin": None})
    ours = Document(doc="1", spans=(gold,))
    theirs = Document(doc="1", spans=(Span(label="ITEM", start=0, end=5, attributes={"category": "ML3"}),))
    correct, attribute = outcomes(ours, theirs, schema)
    assert (correct.kind, attribute.kind) == ("correct", "attribute")
    assert (correct.differences, correct.wrong, attribute.wrong) == ((), False, True)
    shown = [(each.attribute, each.gold, each.predicted, each.given) for each in attribute.differences]
    assert correct.cells == (("ITEM", "ITEM"),)
    assert attribute.cells == ()
    assert shown == [("category", "ML4", "ML3", True), ("origin", None, None, False)]


LONG = "One went. " * 30 + "Two of “Three” came. " + "Four went. " * 30


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("first\n  the second line  \nthird", 12, 18, "the second line"),
        (LONG, LONG.index("of"), LONG.index("of") + 2, "Two of “Three” came."),
        (LONG, LONG.index("Two"), LONG.index("Two") + 3, "Two of “Three” came."),
        (LONG, LONG.index("Two"), LONG.index("Four") - 1, "Two of “Three” came."),
        (LONG, LONG.index("Three"), LONG.index("Four") + 3, "Two of “Three” came. Four went."),
        ("x" * 5000, 1000, 1010, "x" * (2 * WINDOW + 10)),
        ("a " * 2500, 1000, 1001, ("a " * 199).rstrip()),
        ("no text around", 0, 14, "no text around"),
    ],
    ids=["line", "sentence", "sentence-start", "whole-sentence", "two-sentences", "no-blank", "blanks", "all"],
)
def test_text_around_is_the_line_or_of_a_long_line_the_sentence(text: str, start: int, end: int, expected: str) -> None:
    low, high = around(text, [Span(label="A", start=start, end=end)])
    assert text[low:high] == expected


@examples(200)
@given(text=st.text("aB. \n", min_size=20, max_size=3 * LINE), data=st.data())
def test_text_around_holds_its_spans(text: str, data: st.DataObject) -> None:
    starts = data.draw(st.lists(st.integers(0, len(text) - 2), min_size=1, max_size=3))
    spans = [Span(label="A", start=at, end=data.draw(st.integers(at + 1, len(text)))) for at in starts]
    start, end = around(text, spans)
    assert 0 <= start <= min(span.start for span in spans)
    assert max(span.end for span in spans) <= end <= len(text)


def test_two_systems_meet_where_they_err_about_one_thing() -> None:
    gold = document([("A", 0, 5), ("A", 10, 15), ("A", 20, 25)])
    first = outcomes(gold, document([("A", 0, 5), ("A", 20, 24), ("B", 40, 45)]))
    second = outcomes(gold, document([("A", 0, 6), ("A", 20, 25), ("B", 42, 47), ("A", 44, 46)]))
    found = [
        (place.wrong, *([each.kind for each in side] for side in place.sides)) for place in places([first, second])
    ]
    assert found == [
        ((False, True), ["correct"], ["boundary"]),
        ((True, True), ["missed"], ["missed"]),
        ((True, False), ["boundary"], ["correct"]),
        ((True, True), ["spurious"], ["spurious"]),
        ((False, True), [], ["spurious"]),
    ]


def test_two_spurious_predictions_of_one_system_are_two_places() -> None:
    first, second = (outcomes(document([]), document(side)) for side in ([("A", 0, 5), ("A", 0, 5)], [("A", 9, 12)]))
    assert [place.wrong for place in places([first, second])] == [(True, False), (True, False), (False, True)]


@examples(150)
@given(gold=sides, first=sides, second=sides)
def test_every_outcome_is_in_one_place(gold: list[Triple], first: list[Triple], second: list[Triple]) -> None:
    both = [outcomes(document(gold), document(side)) for side in (first, second)]
    found = places(both)
    for side, listed in enumerate(both):
        assert Counter(map(str, told(listed))) == Counter(
            str(each) for place in found for each in told(list(place.sides[side]))
        )
    at = [{position for side in place.sides for each in side for position in each.positions} for place in found]
    assert sum(map(len, at)) == len(gold)
