"""Windows of long texts: what is cut is put together again."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimspans.text.windows import Window, cut, merge

texts = st.text(alphabet="ab 𝔸é. A\n", max_size=300)
sizes = st.integers(1, 40).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size // 2)))


@given(texts, sizes)
def test_windows_are_parts_of_the_text_that_hold_all_its_words(text: str, sized: tuple[int, int]) -> None:
    size, overlap = sized
    windows = cut(text, size, overlap)
    words = [found.span() for found in re.finditer(r"\S+", text)]
    assert all(window.text == text[window.start : window.end] for window in windows)
    assert all(len(window.text.split()) <= size for window in windows)
    assert all(one.start < other.start and one.end < other.end for one, other in pairwise(windows))
    for first in range(len(words)):
        run = words[first : first + overlap + 1]
        assert any(window.start <= run[0][0] and run[-1][1] <= window.end for window in windows)


@given(texts, sizes, st.integers(1, 60), st.data())
def test_windows_cost_no_more_than_they_may(text: str, sized: tuple[int, int], most: int, data: st.DataObject) -> None:
    words = [found.span() for found in re.finditer(r"\w+|\S", text)]
    costs = data.draw(st.lists(st.integers(0, 9), min_size=len(words), max_size=len(words)))
    windows = cut(text, *sized, words=words, costs=costs, most=most)
    seen: set[tuple[int, int]] = set()
    for window in windows:
        inside = [at for at, word in enumerate(words) if window.start <= word[0] and word[1] <= window.end]
        assert len(inside) <= sized[0]
        assert len(inside) <= 1 or sum(costs[at] for at in inside) <= most
        seen |= {words[at] for at in inside}
    assert seen == set(words)


def test_a_short_text_is_one_window() -> None:
    text = "Three shells. 🚀 Two."
    assert cut(text, 4, 2) == [Window(0, len(text), text)]


@pytest.mark.parametrize(
    ("text", "size", "overlap", "expected"),
    [
        # Sentences of four words: the end of one is taken where it is in the last quarter.
        ("A b c d. " * 6, 10, 0, ["A b c d. A b c d.", "A b c d. A b c d.", "A b c d. A b c d."]),
        ("a b c d e f", 4, 2, ["a b c d", "c d e f"]),
        ("a b c.d 1.5 e f", 4, 0, ["a b c.d 1.5", "e f"]),
        ("a b c\nD e f", 4, 0, ["a b c", "D e f"]),
        ("a b “c!” D e f", 4, 0, ["a b “c!”", "D e f"]),
        ("a b c. d e f", 4, 0, ["a b c. d", "e f"]),  # a small letter begins no sentence
        ("", 4, 2, [""]),
        (" \n ", 4, 2, [" \n "]),
    ],
)
def test_where_it_cuts(text: str, size: int, overlap: int, expected: list[str]) -> None:
    assert [window.text for window in cut(text, size, overlap)] == expected


@pytest.mark.parametrize(("size", "overlap"), [(0, 0), (4, 3), (4, -1)])
def test_an_overlap_of_more_than_half_would_never_end(size: int, overlap: int) -> None:
    with pytest.raises(ValueError, match="at most half"):
        cut("a b c d e", size, overlap)


# Word n of a text of a hundred words is TEXT[4 * n : 4 * n + 3]. The windows hold the words 0 to 59, and 40 to 99.
TEXT = " ".join(f"w{number:02d}" for number in range(100))
LEFT, RIGHT = Window(0, 239, TEXT[0:239]), Window(160, 399, TEXT[160:399])


def span(first: int, last: int, score: float | None = None, label: str = "ITEM") -> dict[str, Any]:
    found = {"label": label, "start": 4 * first, "end": 4 * last + 3}
    return found if score is None else found | {"score": score}


def within(window: Window, spans: list[dict[str, Any]]) -> tuple[Window, list[dict[str, Any]]]:
    return window, [{**one, "start": one["start"] - window.start, "end": one["end"] - window.start} for one in spans]


nested = [span(48, 52), span(49, 50)]
MERGED: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]], bool, list[dict[str, Any]]]] = {
    "apart": ([span(3, 4)], [span(80, 81)], False, [span(3, 4), span(80, 81)]),
    "alike": ([span(50, 51, 0.5)], [span(50, 51, 0.9)], False, [span(50, 51, 0.9)]),
    "cut off": ([span(58, 59, 0.9)], [span(58, 62, 0.5)], False, [span(58, 62, 0.5)]),
    "seen by one": ([span(50, 51)], [], False, [span(50, 51)]),
    "other label": ([span(50, 51)], [span(51, 52, None, "DATE")], False, [span(50, 51), span(51, 52, None, "DATE")]),
    "flat": ([span(50, 51, 0.8)], [span(51, 52, 0.9, "DATE")], True, [span(51, 52, 0.9, "DATE")]),
    "longer": ([span(50, 51)], [span(50, 52)], False, [span(50, 52)]),
    "nested in both": (nested, nested, True, nested),
    "nested in one": (nested, nested[:1], False, nested),
}


@pytest.mark.parametrize(("left", "right", "flat", "expected"), MERGED.values(), ids=MERGED)
def test_what_two_windows_say_of_one_place(
    left: list[dict[str, Any]], right: list[dict[str, Any]], flat: bool, expected: list[dict[str, Any]]
) -> None:
    found = [within(LEFT, left), within(RIGHT, right)]
    assert merge(found, flat=flat) == expected
    assert merge([(window, spans[::-1]) for window, spans in reversed(found)], flat=flat) == expected


@pytest.mark.parametrize("sized", [(4, 1), (4, 2), (7, 1), (20, 10), (30, 3), (100, 0)])
def test_a_system_that_sees_words_alone_finds_the_same_in_windows(sized: tuple[int, int]) -> None:
    def find(text: str) -> list[dict[str, Any]]:
        return [
            {"label": "ITEM", "start": found.start(), "end": found.end(), "score": 0.5}
            for found in re.finditer(r"w[0-9]5 w[0-9]6", text)
        ]

    assert merge((window, find(window.text)) for window in cut(TEXT, *sized)) == find(TEXT)


def test_nothing_gives_nothing() -> None:
    assert merge([]) == []
    assert merge([(LEFT, [])]) == []
