"""Figures, packages, calibres and dates of the rules on sentences of no corpus; published on 14 August 2042."""

from __future__ import annotations

import pytest

from claimspans.data.records import Value
from claimspans.extractors.baselines.rules import find

pytestmark = pytest.mark.slow
Found = list[tuple[str | None, Value, Value]]


def read(label: str, text: str, first: str, second: str) -> Found:
    return [
        (span.text, span.attributes.get(first), span.attributes.get(second))
        for span in find(text, "2042-08-14")
        if span.label == label
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A 1900-round supply of carbines came.", [("1900", 1900, "round")]),
        ("The huts, 2038 of them, burnt.", [("2038", 2038, "hut")]),
        ("It lent between 1970 and 2020 of its pistols.", [("between 1970 and 2020", 1970, "pistol")]),
        ("At 1800 the crew still had 1800 pistols, at 2200 none.", [("1800", 1800, "pistol")]),
        ("One pistol in thirteen has jammed.", [("One pistol in thirteen", 0.0769, None)]),
        ("½ a ton of cordite and ６ carbines.", [("½ a ton", 0.5, "ton"), ("６", 6, "carbine")]),
        ("The first third of the pistols came, the second third did not.", [("third", 0.3333, None)] * 2),
        ("The floor is 20 carbines, the ceiling 35.", [("20", 20, "carbine"), ("35", 35, "carbine")]),
        ("Two- and three-man submarines dived.", []),
        ("They parked in lanes 4 and 5.", []),
        ("A treble horn played; costs trebled.", [("trebled", 3, None)]),
        ("Nine hods of cordite, four of them wet.", [("Nine hods", 9, "hod"), ("four", 4, "hod")]),
        ("Six cart-loads of shells, then three more.", [("Six cart-loads", 6, "cart-load"), ("three", 3, "cart-load")]),
        ("Three kinds of carbines and two buyers of tanks.", [("Three", 3, "kind"), ("two", 2, "buyer")]),
        (
            "Ten sacks of cordite and 90 carbines, 12 of them new.",
            [("Ten sacks", 10, "sack"), ("90", 90, "carbine"), ("12", 12, "carbine")],
        ),
        ("Some 4% of the carbines, or 60, broke.", [("Some 4%", 0.04, None), ("60", 60, "carbine")]),
        ("Sales of carbines rose 40 per cent, to 70.", [("40 per cent", 0.4, None), ("70", 70, "carbine")]),
        ("Carbine sales fell by 8 per cent to 5,000 last year.", [("8 per cent", 0.08, None), ("5,000", 5000, "sale")]),
        (
            "Hundreds of carbines jammed and thousands wept.",
            [("Hundreds", None, "carbine"), ("thousands", None, "person")],
        ),
        ("The scores were played.", []),
        ("The ratio of guns to horses was one to four.", [("one to four", 0.25, None)]),
        (
            "Prices rose sixfold to 1.5 million crowns.",
            [("sixfold", 6, None), ("1.5 million crowns", 1500000, "crown")],
        ),
        ("Six 60mm and nine 81mm mortars stood there.", [("Six", 6, "mortar"), ("nine", 9, "mortar")]),
    ],
)
def test_quantities(text: str, expected: Found) -> None:
    assert read("QUANTITY", text, "value", "unit") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Where the 76s stood, grass grows.", [("76s", "ML2", None)]),
        ("A rusty 17-pounder lay there.", [("rusty 17-pounder", "ML2", None)]),
        ("A 20-gauge and three 12s hung there.", [("20-gauge", "ML1", None), ("12s", "ML1", None)]),
        ("The 155/45 howitzers fired.", [("155/45 howitzers", "ML2", None)]),
        ("Danish 60mm and 81mm mortars and tripods came.", [("81mm mortars", "ML2", "DK"), ("tripods", "ML2", "DK")]),
        ("Norway marched through Rome. Its tanks came last.", [("tanks", "ML6", "NO")]),
        ("Norway, whose tanks are old, sold Danish howitzers.", [("tanks", "ML6", "NO"), ("howitzers", "ML2", "DK")]),
        ("The treaty of 1987 banned mines.", [("mines", "ML4", None)]),
    ],
)
def test_items(text: str, expected: Found) -> None:
    assert read("ITEM", text, "category", "origin") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was signed on the 4th ult. by both.", [("the 4th ult", "2042-07-04", None)]),
        ("Contact was lost at 20420803T0710Z.", [("20420803T0710Z", "2042-08-03", None)]),
        (
            "Neither on 2 nor on 6 June 2041 did it rain.",
            [("2", "2041-06-02", None), ("6 June 2041", "2041-06-06", None)],
        ),
        ("By the end of the 1980s it was gone.", [("the end of the 1980s", "1980/1989", "end")]),
        ("On 11 May the guns fired.", [("11 May", "2042-05-11", None)]),
        ("Last winter the dam held, the winter before it did.", [("Last winter", "2041-12/2042-02", None)]),
        (
            "Last spring the mill made 60 shells, the spring before none.",
            [("Last spring", "2042-03/2042-05", None), ("the spring before", "2041-03/2041-05", None)],
        ),
        ("They were cast in '39 and sunk.", [("'39", "2039", None)]),
        (
            "Q3 2041 saw prices fall, Q4 2041 did not.",
            [("Q3 2041", "2041-07/2041-09", None), ("Q4 2041", "2041-10/2041-12", None)],
        ),
    ],
)
def test_dates(text: str, expected: Found) -> None:
    assert read("DATE", text, "edtf", "mod") == expected
