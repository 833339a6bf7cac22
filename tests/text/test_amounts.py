"""The grammar of amounts on made-up phrases: what is one amount, its number, and what the words around make of it."""

from __future__ import annotations

import pytest

from claimspans.text.amounts import amounts

ONE = [
    ("seven", 7, None, "eq"),
    ("forty-one", 41, None, "eq"),
    ("thirty six", 36, None, "eq"),
    ("three hundred and five", 305, None, "eq"),
    ("nine thousand and one", 9001, None, "eq"),
    ("sixteen hundred", 1600, None, "eq"),
    ("one and a half million", 1_500_000, None, "eq"),
    ("half a million", 500_000, None, "eq"),
    ("half-dozen", 6, None, "eq"),
    ("three quarters of a million", 750_000, None, "eq"),
    ("three dozen", 36, None, "eq"),
    ("Three-score-and-five", 65, None, "eq"),
    ("18,250", 18_250, None, "eq"),
    ("18 250", 18_250, None, "eq"),
    ("18'250", 18_250, None, "eq"),
    ("1.250.000", 1_250_000, None, "eq"),
    ("7,5", 7.5, None, "eq"),
    ("2½", 2.5, None, "eq"),
    ("$1.7bn", 1_700_000_000, None, "eq"),
    ("€250k", 250_000, None, "eq"),
    ("£6m", 6_000_000, None, "eq"),
    ("$90-million", 90_000_000, None, "eq"),
    ("at least 70", 70, None, "ge"),
    ("70 or more", 70, None, "ge"),
    ("70-plus", 70, None, "ge"),
    ("well over 70", 70, None, "gt"),
    ("a little over 70", 70, None, "gt"),
    ("in excess of 70", 70, None, "gt"),
    ("up to 70", 70, None, "le"),
    ("maximum of 70", 70, None, "le"),
    ("70 at most", 70, None, "le"),
    ("fewer than 70", 70, None, "lt"),
    ("just under 70", 70, None, "lt"),
    ("seventy-odd", 70, None, "approx"),
    ("70 or so", 70, None, "approx"),
    ("perhaps as many as 70", 70, None, "le"),
    ("not quite 70", 70, None, "below"),
    ("perhaps a dozen", 12, None, "approx"),
    ("only 70", 70, None, "eq"),
    ("between 70 and 80", 70, 80, "between"),
    ("from 70 to 80", 70, 80, "between"),
    ("70-80", 70, 80, "between"),
    ("70 to 80 million", 70_000_000, 80_000_000, "between"),
    ("four or possibly five", 4, 5, "between"),
    ("three to four dozen", 36, 48, "between"),
    ("between 700,000 and 1.2 million", 700_000, 1_200_000, "between"),
    ("million and a half", 1_500_000, None, "eq"),
    ("dozen and a half", 18, None, "eq"),
    ("at the very least 70", 70, None, "ge"),
    ("70 or possibly more", 70, None, "ge"),
    ("70+", 70, None, "ge"),
    ("north of 70", 70, None, "gt"),
    ("up to and including 70", 70, None, "le"),
    ("in the order of 70", 70, None, "approx"),
    ("70 or thereabouts", 70, None, "approx"),
    ("close on 70", 70, None, "below"),
    ("somewhere between 70 and 80", 70, 80, "between"),
    ("between a dozen and twenty", 12, 20, "between"),
    ("between a hundred and two hundred", 100, 200, "between"),
    ("two point five million", 2_500_000, None, "eq"),
    ("20 to 30,000", 20_000, 30_000, "between"),
    ("not above 70", 70, None, "le"),
    ("as few as 70", 70, None, "ge"),
    ("bare 70", 70, None, "eq"),
    ("nigh on 70", 70, None, "below"),
    ("70 or better", 70, None, "ge"),
    ("70 tops", 70, None, "le"),
    ("scores", None, None, "vague"),
    ("tens of thousands", None, None, "vague"),
    ("few hundred", None, None, "vague"),
    ("several dozen", None, None, "vague"),
]


@pytest.mark.parametrize(("words", "value", "upper", "comparator"), ONE)
def test_one_amount(words: str, value: float | None, upper: float | None, comparator: str) -> None:
    text = f"they had {words} rifles"
    (found,) = amounts(text)
    assert text[found.start : found.end] == words
    assert (found.value, found.upper, found.comparator, found.ratio) == (value, upper, comparator, False)


@pytest.mark.parametrize(
    ("words", "value", "upper", "comparator"),
    [
        ("half", 0.5, None, "eq"),
        ("two-fifths", 0.4, None, "eq"),
        ("nearly three quarters", 0.75, None, "below"),
        ("5/8", 0.625, None, "eq"),
        ("45%", 0.45, None, "eq"),
        ("45 pct", 0.45, None, "eq"),
        ("three-to-one", 3, None, "eq"),
        ("four and a half per cent", 0.045, None, "eq"),
        ("1.5 percentage points", 0.015, None, "eq"),
        ("20 to 30 per cent", 0.2, 0.3, "between"),
        ("three in ten", 0.3, None, "eq"),
        ("nine out of ten", 0.9, None, "eq"),
        ("two old guns in every five", 0.4, None, "eq"),
        ("fewer than one in a thousand", 0.001, None, "lt"),
        ("quintupled", 5, None, "eq"),
        ("sevenfold", 7, None, "eq"),
        ("between a fifth and a half", 0.2, 0.5, "between"),
        ("two to three fifths", 0.4, 0.6, "between"),
        ("three sixteenths", 0.1875, None, "eq"),
        ("9-pc", 0.09, None, "eq"),
        ("9 p.c", 0.09, None, "eq"),
        ("one-in-three", 0.3333, None, "eq"),
        ("six point five per cent", 0.065, None, "eq"),
        ("halved", 0.5, None, "eq"),
    ],
)
def test_a_share_or_multiple(words: str, value: float, upper: float | None, comparator: str) -> None:
    text = f"it was {words} of it"
    (found,) = amounts(text)
    assert text[found.start : found.end] == words
    assert (found.value, found.upper, found.comparator, found.ratio) == (value, upper, comparator, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("exports rose from 12 to 19", ["12", "19"]),
        ("sales fell from 80 to 60 per cent", ["80", "60 per cent"]),
        ("output was lifted from 12 to 19", ["12", "19"]),
        ("up 4 per cent to 3 million", ["4 per cent", "3 million"]),
        ("sold 40 guns to 60 buyers", ["40", "60"]),
        ("from 40 guns to 60", ["from 40 guns to 60"]),
        ("at least 30 but no more than 35", ["at least 30", "no more than 35"]),
        ("five of the twelve", ["five", "twelve"]),
        ("a third of it", ["third"]),
        ("about a third of it", ["about a third"]),
        ("four times as many", ["four times"]),
        ("between two and three times as many", ["between two and three times"]),
        ("four times heavier, 2.5x the price", ["four times", "2.5x"]),
        ("cut from a half to a third", ["half", "third"]),
        ("the missing third and the remaining eighth", ["third", "eighth"]),
        ("forty four-inch guns", ["forty", "four"]),
        ("delivered over 40 guns", ["over 40"]),
        ("strewn over two fields after talks about six guns", ["two", "six"]),
        ("twice as heavy, and twice a day", ["twice"]),
        ("half a ton", ["half"]),
        ("the QX-44 and the M-7", []),
        ("someone often attends", []),
        ("", []),
    ],
)
def test_where_amounts_end(text: str, expected: list[str]) -> None:
    assert [text[one.start : one.end] for one in amounts(text)] == expected
