from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimspans import Layer
from claimspans.text.dates import _parsed_days, _plain_days, days, month_number
from claimspans.text.numbers import is_vague, values

from ..helpers.examples import examples


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("over 16,500 containers", [16500]),
        ("3 million units", [3_000_000]),
        ("6.5 million", [6_500_000]),
        ("six", [6]),
        ("twenty-one", [21]),
        ("two hundred thousand", [200_000]),
        ("a dozen", [12]),
        ("half a million", [500_000]),
        ("two hundred and fifty", [250]),
        ("three thousand two hundred", [3200]),
        ("10 and 20", [10, 20]),
        ("a twofold increase", [2]),
        ("double", [2]),
        ("six of 10", [6, 10]),
        ("dozens of missiles", []),
        ("someone often", []),
        ("", []),
        ("3\u00a0500", [3500]),
        ("1\u202f200\u00a0000", [1_200_000]),
        ("twen\u00adty-two", [22]),
        ("twenty\n-five", [25]),
        ("seventy four", [74]),
        ("twenty, five", [20, 5]),
        ("one million, two hundred thousand", [1_200_000]),
        ("3,5 million", [3_500_000]),
        ("12,5 tons", [12.5]),
        ("0,125", [0.125]),
        ("1.250.000", [1_250_000]),
        ("1.250,5 and 1,250.5", [1250.5, 1250.5]),
        ("1.2.3", []),
        (".50", [0.5]),
        ("¾ ton", [0.75]),
        ("2½ to 3 1/4", [2.5, 3.25]),
        ("two and a half billion", [2_500_000_000]),
        ("three and three quarters", [3.75]),
        ("two thirds", [0.6667]),
        ("7 trillion", [7_000_000_000_000]),
        ("gross", [144]),
        ("Four-score-and-ten", [90]),
        ("two dozen", [24]),
        ("forty-odd", [40]),
        ("three-fold", [3]),
    ],
)
def test_numerals(text: str, expected: list[float]) -> None:
    assert values(text) == expected


def test_vague_is_a_number_word_without_a_number() -> None:
    assert is_vague("dozens")
    assert is_vague("many thousands")
    assert is_vague("several score")
    assert is_vague("a couple hundred thousand")
    assert is_vague("Tens")
    assert is_vague("low thirties")
    assert not is_vague("two score")
    assert not is_vague("6 thousands")
    assert not is_vague("missiles")


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2023", (2023, 1, 1), (2023, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2023-10-13", (2023, 10, 13), (2023, 10, 13)),
        ("2022-03/2024-03", (2022, 3, 1), (2024, 3, 31)),
    ],
)
def test_edtf_as_days(edtf: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert days(edtf) == (datetime.date(*first), datetime.date(*last))


@st.composite
def plain(draw: st.DrawFn) -> str:
    """A year, a month or a day, which need not be there."""
    year = draw(st.sampled_from(["0000", "0001", "1900", "2000", "2023", "2024", "9999"]))
    numbers = draw(st.lists(st.integers(0, 32), max_size=2))
    return "-".join([year, *(f"{number:02}" for number in numbers)])


@examples(300)
@given(plain(), st.none() | plain())
def test_plain_dates_are_read_as_the_library_reads_them(first: str, last: str | None) -> None:
    edtf = f"{first}/{last}" if last else first
    told = _plain_days(edtf)
    assert told is None or told == _parsed_days(edtf)


def test_every_date_of_the_gold_is_plain(gold: Layer) -> None:
    dates = [str(span.attributes["edtf"]) for one in gold for span in one.spans if span.attributes.get("edtf")]
    assert dates
    assert None not in map(_plain_days, dates)


@pytest.mark.parametrize("edtf", ["2023-13", "2023-02-30", "2024/2023", "soon", ""])
def test_what_is_no_date_is_refused(edtf: str) -> None:
    with pytest.raises(ValueError, match=r"not a date of the calendar|ends before it begins"):
        days(edtf)


def test_months() -> None:
    assert [month_number(word) for word in ("Sept.", "sep", "May", "December", "se", "Mon", "septet")] == [
        *(9, 9, 5, 12, None, None, None)
    ]
