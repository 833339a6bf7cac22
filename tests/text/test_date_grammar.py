"""The grammar of dates on made-up phrases, read on Thursday 14 August 2042."""

from __future__ import annotations

import datetime

import pytest

from claimspans.text.date_grammar import expressions
from claimspans.text.date_periods import Reader
from claimspans.text.date_resolution import edtf

TODAY = datetime.date(2042, 8, 14)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("9 March 2040", "2040-03-09"),
        ("March 9, 2040", "2040-03-09"),
        ("Friday, 9 March 2040", "2040-03-09"),
        ("Fri., Mar. 9, '40", "2040-03-09"),
        ("the 9th of March 2040", "2040-03-09"),
        ("the ninth of March", "2042-03-09"),
        ("2040-03-09", "2040-03-09"),
        ("09.03.2040", "2040-03-09"),
        ("9/3/40", "2040-03-09"),
        ("3/29/2040", "2040-03-29"),
        ("9.III.2040", "2040-03-09"),
        ("09-Mar-40", "2040-03-09"),
        ("17:40 on 9 March", "2042-03-09"),
        ("9 March 2040, at 6:15 p.m", "2040-03-09"),
        ("20 August", "2041-08-20"),
        ("August", "2042-08"),
        ("late September", "2041-09"),
        ("September of last year", "2041-09"),
        ("next May", "2043-05"),
        ("last August", "2041-08"),
        ("Thursday", "2042-08-14"),
        ("last Thursday", "2042-08-07"),
        ("Saturday night", "2042-08-09"),
        ("next Tuesday", "2042-08-19"),
        ("this week", "2042-08-11/2042-08-17"),
        ("last week", "2042-08-04/2042-08-10"),
        ("the next month", "2042-09"),
        ("the end of last year", "2041"),
        ("yesterday", "2042-08-13"),
        ("the day before yesterday", "2042-08-12"),
        ("last night", "2042-08-13"),
        ("this morning", "2042-08-14"),
        ("nine days ago", "2042-08-05"),
        ("three weeks ago", "2042-07-21/2042-07-27"),
        ("a fortnight ago", "2042-07-28/2042-08-03"),
        ("two months ago", "2042-06"),
        ("a year ago", "2041"),
        ("the past two months", "2042-06/2042-08"),
        ("the last five days", "2042-08-09/2042-08-14"),
        ("half a year ago", "2042-02"),
        ("the week before last", "2042-07-28/2042-08-03"),
        ("the summer before last", "2040-06/2040-08"),
        ("the Thursday after next", "2042-08-28"),
        ("the same day", "2042-08-14"),
        ("that very same day", "2042-08-14"),
        ("the end of the month", "2042-08"),
        ("year-end", "2042"),
        ("end-September", "2041-09"),
        ("the second half of June", "2042-06-16/2042-06-30"),
        ("the last day of June", "2042-06-30"),
        ("the first Monday in June", "2042-06-02"),
        ("the last weekend of June", "2042-06-28/2042-06-29"),
        ("last quarter", "2042-04/2042-06"),
        ("2Q 2040", "2040-04/2040-06"),
        ("the nineteenth century", "1801/1900"),
        ("May Day", "2042-05-01"),
        ("Christmas last year", "2041-12-25"),
        ("2040.03.09", "2040-03-09"),
        ("Fri 09/03/2040", "2040-03-09"),
        ("the next three years", "2042-08/2045-08"),
        ("the past week", "2042-08-07/2042-08-14"),
        ("spring 2041", "2041-03/2041-05"),
        ("the winter of 2040", "2040-12/2041-02"),
        ("this summer", "2042-06/2042-08"),
        ("last winter", "2041-12/2042-02"),
        ("Q2 2041", "2041-04/2041-06"),
        ("the final quarter of 2041", "2041-10/2041-12"),
        ("the first half of last year", "2041-01/2041-06"),
        ("the last quarter", "2042-04/2042-06"),
        ("the late 1980s", "1980/1989"),
        ("the thirties", "2030/2039"),
        ("the 18th century", "1701/1800"),
        ("week 7, 2041", "2041-02-11/2041-02-17"),
        ("the second week of June", "2042-06-02/2042-06-08"),
        ("the night of 9 March", "2042-03-09"),
        ("Christmas Eve", "2041-12-24"),
        ("Easter 2042", "2042-04-06"),
        ("3 to 9 June", "2042-06-03/2042-06-09"),
        ("June 3-9, 2041", "2041-06-03/2041-06-09"),
        ("2038-40", "2038/2040"),
        ("March-May 2041", "2041-03/2041-05"),
        ("2037", "2037"),
        ("2040/3/9", "2040-03-09"),
        ("9/III/2040", "2040-03-09"),
        ("09MAR2040", "2040-03-09"),
        ("Mar. 2d, 2040", "2040-03-02"),
        ("this 9th day of March, 2040", "2040-03-09"),
        ("the ninth of March, nineteen eighty-four", "1984-03-09"),
        ("9 March two thousand and forty", "2040-03-09"),
        ("the 9th of last month", "2042-07-09"),
        ("9/10 March", "2042-03-09/2042-03-10"),
        ("May/June 2041", "2041-05/2041-06"),
        ("late Q2 2041", "2041-04/2041-06"),
        ("the first three quarters of 2041", "2041-01/2041-09"),
        ("30 February 2040", None),
        ("45/45/2040", None),
    ],
)
def test_one_expression(words: str, expected: str | None) -> None:
    text = f"it was {words}, they say"
    (found,) = expressions(text)
    assert text[found.start : found.end] == words
    assert edtf(found, Reader(TODAY)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("between March and June 2041", ["2041-03/2041-06"]),
        ("from November to February", ["2041-11/2042-02"]),
        ("between December 2039 and last May", ["2039-12/2042-05"]),
        ("on 3 and 9 June", ["2042-06-03", "2042-06-09"]),
        ("in March and in June", ["2042-03", "2042-06"]),
        ("in March and June 2041", ["2041-03", "2041-06"]),
        ("on 3, 5 and 9 June", ["2042-06-03", "2042-06-05", "2042-06-09"]),
        ("in the coming weeks", []),
        ("on Monday week.", ["2042-08-25"]),
        ("for three weeks, at 14:05, within 48 hours", []),
        ("in recent months, now, at that time", []),
        ("in nineteen oh six, in March twenty-two guns", ["1906", "2042-03"]),
        ("", []),
    ],
)
def test_several(text: str, expected: list[str]) -> None:
    assert [edtf(one, Reader(TODAY)) for one in expressions(text)] == expected


PREVIOUS = (datetime.date(2042, 3, 9), datetime.date(2042, 3, 9))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the following day", "2042-03-10"),
        ("the same month", "2042-03"),
        ("two months later", "2042-05"),
        ("a year earlier", "2041"),
        ("that morning", "2042-03-09"),
        ("the following Monday", "2042-03-10"),
        ("that week", "2042-03-03/2042-03-09"),
    ],
)
def test_later_earlier_and_the_same_count_from_the_date_given_last(words: str, expected: str) -> None:
    (found,) = expressions(words)
    assert edtf(found, Reader(TODAY, PREVIOUS)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("Monday", "2042-08-18"), ("Thursday", "2042-08-14"), ("June", "2043-06"), ("autumn", "2042-09/2042-11")],
)
def test_what_is_to_come_is_the_first_from_the_day_on(words: str, expected: str) -> None:
    (found,) = expressions(words)
    assert edtf(found, Reader(TODAY, ahead=True)) == expected


@pytest.mark.parametrize(
    ("words", "month_first", "expected"),
    [("5/6/2041", False, "2041-06-05"), ("5/6/2041", True, "2041-05-06"), ("5.6.2041", True, "2041-06-05")],
)
def test_digits_alone_follow_the_dates_that_the_article_writes_out(
    words: str, month_first: bool, expected: str
) -> None:
    (found,) = expressions(words)
    assert edtf(found, Reader(TODAY, month_first=month_first)) == expected


def test_without_a_day_of_reference_only_whole_dates_are_placed() -> None:
    text = "9 March 2040, last week, in May, two days ago, winter 2030"
    assert [edtf(one, Reader(None)) for one in expressions(text)] == ["2040-03-09", None, None, None, "2030-12/2031-02"]
