"""Spans as tags of tokens, and back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimspans import Span
from claimspans.data.bio import decode, encode
from claimspans.data.layer import Layer
from claimspans.text.tokens import Token, lines


@st.composite
def tagged(draw: st.DrawFn) -> list[tuple[str, int, int]]:
    """Spans over tokens that do not overlap: label, first token, token behind the last."""
    cuts = draw(st.lists(st.integers(0, 20), unique=True).map(sorted))
    chosen = draw(st.lists(st.sampled_from(["", "ITEM", "DATE"]), min_size=len(cuts), max_size=len(cuts)))
    return [(label, *ends) for label, ends in zip(chosen, pairwise(cuts), strict=False) if label]


@given(tagged())
def test_spans_that_do_not_overlap_come_back_from_their_tags(chosen: list[tuple[str, int, int]]) -> None:
    tokens = [Token(3 * number, 3 * number + 2) for number in range(20)]
    spans = [Span(label=label, start=3 * first, end=3 * last - 1) for label, first, last in chosen]
    assert list(decode(encode(tokens, spans, touching=True)[0])) == chosen


def test_every_span_of_the_gold_comes_back_in_one_layer_of_tags(gold: Layer) -> None:
    """So no span of the gold overlaps another, and none ends inside a token."""
    for document in gold:
        back = [
            (label, line[first].start, line[last - 1].end)
            for line in lines(document.text or "")
            for label, first, last in decode(encode(line, document.spans, touching=True)[0])
        ]
        assert sorted(back) == sorted((span.label, span.start, span.end) for span in document.spans)


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (["I-A", "I-A", "O"], [("A", 0, 2)]),
        (["B-A", "B-A"], [("A", 0, 1), ("A", 1, 2)]),
        (["B-A", "I-B"], [("A", 0, 1), ("B", 1, 2)]),
        ([], []),
    ],
)
def test_tags_that_no_span_gives_are_read_all_the_same(tags: list[str], spans: list[tuple[str, int, int]]) -> None:
    assert list(decode(tags)) == spans


def test_of_spans_that_overlap_the_first_in_reading_order_has_its_tags() -> None:
    tokens = [Token(number, number + 1) for number in range(4)]
    spans = [Span(label="B", start=1, end=2), Span(label="A", start=0, end=3), Span(label="C", start=3, end=4)]
    assert encode(tokens, spans, touching=True)[0] == ["B-A", "I-A", "I-A", "B-C"]
