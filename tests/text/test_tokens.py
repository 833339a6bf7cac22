"""Tokens of a text by its lines, and what of them stands outside zones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimspans.text.tokens import lines, outside


@given(st.text())
def test_tokens_and_the_white_space_between_them_are_the_text(text: str) -> None:
    tokens = [token for line in lines(text) for token in line]
    place = 0
    for token in tokens:
        assert not text[place : token.start].strip()
        assert text[token.start : token.end].split() == [text[token.start : token.end]]
        place = token.end
    assert not text[place:].strip()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("over 16,500 containers", ["over", "16,500", "containers"]),
        ("152mm surface-to-air", ["152", "mm", "surface", "-", "to", "-", "air"]),
        ("last Sept.: U.S.", ["last", "Sept", ".", ":", "U", ".", "S", "."]),
        ("06:04, 2.5 Korea’s", ["06:04", ",", "2.5", "Korea", "’", "s"]),
        ("𝐚b 12 é", ["𝐚b", "12", "é"]),
    ],
)
def test_where_tokens_end(text: str, tokens: list[str]) -> None:
    assert [text[token.start : token.end] for line in lines(text) for token in line] == tokens


def test_tokens_that_touch_a_zone_are_left_out() -> None:
    (tokens,) = lines("one two three four five")
    zones = [(5, 13)]
    assert list(outside(tokens, zones)) == [slice(0, 1), slice(3, 5)]
    assert list(outside(tokens, [])) == [slice(0, 5)]
    assert list(outside(tokens, [(0, 23)])) == []
