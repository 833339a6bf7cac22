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
        ("Over 15 105mm howitzers fired.", [("Over 15", 15, "howitzer")]),
        ("Nearly ⅔ of the mortars jammed.", [("Nearly ⅔", 0.6667, None)]),
        ("The toll fell two percentage points to 7%.", [("two percentage points", 0.02, None), ("7%", 0.07, None)]),
        ("It jams in two in seven cases.", [("two in seven", 0.2857, None)]),
        ("Nine steam and five motor gunboats sank.", [("Nine", 9, "gunboat"), ("five", 5, "gunboat")]),
        ("The cook, 61, fed 30 displaced villagers.", [("30", 30, "villager")]),
        ("Eight times the pistol jammed.", [("Eight", 8, "time")]),
        (
            "Ten per cent of the carbines and 15 of the pistols broke.",
            [("Ten per cent", 0.1, None), ("15", 0.15, None)],
        ),
        ("Stocks fell from 2050 to 2600 helmets.", [("2050", 2050, "helmet"), ("2600", 2600, "helmet")]),
        ("Between 1970 and 2020 pistols a week are made.", [("Between 1970 and 2020", 1970, "pistol")]),
        ("In 2030, 1985 pistols came; in 2031, 1990.", [("1985", 1985, "pistol"), ("1990", 1990, "pistol")]),
        ("By 1950 votes to 2012 the bill failed.", [("1950", 1950, "vote"), ("2012", 2012, "vote")]),
        ("After 1990 shots the barrel split.", [("1990", 1990, "shot")]),
        ("In 2040 elections the rebels won.", []),
        ("A bomb fell on 14 Chapel Lane.", []),
        ("Nobody under 21 may own a pistol, nor men over 70.", []),
        ("The 25 on the wharf are pistols, not mines.", [("25", 25, "pistol")]),
        ("Two Mark Four carbines jammed.", [("Two", 2, "carbine")]),
        ("Two lakh mines and 3 crore rounds.", [("Two lakh", 200000, "mine"), ("3 crore rounds", 30000000, "round")]),
        ("A baker's dozen of pistols for ₹900.", [("baker's dozen", 13, "pistol"), ("₹900", 900, "rupee")]),
        ("Half a gross of mines.", [("Half a gross", 72, "mine")]),
        ("The drone cost 3m dollars and fell after 70m.", [("3m dollars", 3000000, "dollar"), ("70m", 70, "metre")]),
        ("Profits of the yard fell to 70m.", [("70m", 70000000, None)]),
        ("The cannon was knocked down for 35k in Rome.", [("35k", 35000, None)]),
        (
            "The carbine is a quarter lighter, the third a third shorter.",
            [("quarter", 0.25, None), ("third", 0.3333, None)],
        ),
        ("Of the nine jets two flew.", [("nine", 9, "jet"), ("two", 2, "jet")]),
        ("Resolution 11 bans tanks, 19 bans mines.", []),
        ("A boy of 11, aged 11, found 11 mines.", [("11", 11, "mine")]),
        ("It cost EUR 30 and CHF 3m.", [("EUR 30", 30, "euro"), ("CHF 3m", 3000000, "franc")]),
        ("It cost 30 kroner.", [("30 kroner", 30, "krone")]),
        ("The test scores fell when scores of mines blew up.", [("scores", None, "mine")]),
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
        ("Under the April Accords carbines are lawful.", [("carbines", "ML1", None)]),
        ("In Norway carbines are lawful.", [("carbines", "ML1", None)]),
        ("On the ferry carbines lay in rows.", [("carbines", "ML1", None)]),
        ("In the dry season old cannons cracked.", [("old cannons", "ML2", None)]),
        ("A butcher sold the museum carbines.", [("carbines", "ML1", None)]),
        ("A forge in Rome cast cannons.", [("cannons", "ML2", None)]),
        ("Pistol, artillery and tank shells lay there.", [("tank shells", "ML3", None)]),
        ("The howitzer and mortar ammunition got wet.", [("mortar ammunition", "ML3", None)]),
        ("Four sacks of small-arms ammunition came.", [("small-arms ammunition", "ML3", None)]),
        ("She hid gunpowder and cordite yesterday.", [("gunpowder", "ML8", None), ("cordite", "ML8", None)]),
        ("The rotor of the helicopter cracked.", [("rotor", "ML10", None), ("helicopter", "ML10", None)]),
        ("The cannon lost its carriage.", [("cannon", "ML2", None), ("carriage", "ML2", None)]),
        ("The submarine surfaces at noon.", [("submarine", "ML9", None)]),
        ("An aircraft loaded with carbines crashed.", [("carbines", "ML1", None)]),
        ("The scout lost his bearings, not the ball bearings.", [("ball bearings", "DU", None)]),
        ("The pistol fair near Rome sold no pistol.", [("pistol", "ML1", None)]),
        ("Delta Arms sold pistols, March Rockets of Rome did not.", [("pistols", "ML1", None)]),
        ("A double-barrelled carbine costs more.", [("double-barrelled carbine", "ML1", None)]),
        ("The corvette Sunday sank.", [("corvette", "ML9", None)]),
        ("Its old nine-pounder burst.", [("old nine-pounder", "ML2", None)]),
        ("Two Mark Four carbines jammed.", [("Mark Four carbines", "ML1", None)]),
        (
            "No Danish tank, gun or corvette came.",
            [("tank", "ML6", "DK"), ("gun", "ML2", "DK"), ("corvette", "ML9", "DK")],
        ),
        ("Danish medium- and long-range rockets came.", [("long-range rockets", "ML4", "DK")]),
        ("Danish light and heavy mortars came.", [("heavy mortars", "ML2", "DK")]),
        ("A tank of wine stood by a tank.", [("tank", "ML6", None)]),
        ("The drone of bees filled the shell of a barn.", []),
        ("She bit the bullet, with a shell in her arms.", [("shell", "ML3", None)]),
        ("The mine hired 60 miners.", []),
        ("A mine blew up.", [("mine", "ML4", None)]),
        ("Two toy pistols and a 9 mm round.", [("9 mm round", "ML3", None)]),
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
        ("It sank on 2039-Nov-07.", [("2039-Nov-07", "2039-11-07", None)]),
        ("It sank on 7. November 2039.", [("7. November 2039", "2039-11-07", None)]),
        ("The stamp says 11/2039.", [("11/2039", "2039-11", None)]),
        ("File 11/2039 is lost.", []),
        ("The forge was shut Monday to Wednesday.", [("Monday to Wednesday", "2042-08-11/2042-08-13", None)]),
        ("Olvar October sold the helmets; October was rich.", []),
        ("Sales are up on 2039.", [("2039", "2039", None)]),
        ("Prior to 2039 there was no dam.", [("2039", "2039", None)]),
        ("In the third quarter of 2039 a mill burnt.", [("the third quarter of 2039", "2039-07/2039-09", None)]),
        (
            "Q3 2041 saw prices fall, Q4 2041 did not.",
            [("Q3 2041", "2041-07/2041-09", None), ("Q4 2041", "2041-10/2041-12", None)],
        ),
        (
            "H1/2041 was quiet, 3Q/2041 was not.",
            [("H1/2041", "2041-01/2041-06", None), ("3Q/2041", "2041-07/2041-09", None)],
        ),
        ("Three Sundays ago it rained.", [("Three Sundays ago", "2042-07-27", None)]),
        ("At 0430 on 2 August it rained.", [("0430 on 2 August", "2042-08-02", None)]),
        ("Every May it rains.", []),
        ("June, a nurse, came in June.", [("June", "2042-06", None)]),
        ("In June, a nurse was shot.", [("June", "2042-06", None)]),
        ("March Rockets of Rome closed in May.", [("May", "2042-05", None)]),
        ("The mill is shut until Friday, when it reopens.", [("Friday", "2042-08-15", None)]),
        ("The mill was shut until Friday.", [("Friday", "2042-08-08", None)]),
        (
            'On 3 July the mayor said: "It burnt yesterday."',
            [("3 July", "2042-07-03", None), ("yesterday", "2042-07-02", None)],
        ),
        ('"It burns tonight," she wrote on 3 July.', [("tonight", "2042-07-03", None), ("3 July", "2042-07-03", None)]),
        (
            'It burnt on 3 July. "It rained yesterday," she said.',
            [("3 July", "2042-07-03", None), ("yesterday", "2042-08-13", None)],
        ),
    ],
)
def test_dates(text: str, expected: Found) -> None:
    assert read("DATE", text, "edtf", "mod") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mine weighs 9 tonnes at most.", [("9 tonnes at most", 9, "le")]),
        ("It drifted 40 km or so.", [("40 km or so", 40, "approx")]),
        ("She paid 60 crowns or more.", [("60 crowns or more", 60, "ge")]),
        ("They had 60 pistols at most.", [("60", 60, "eq")]),
    ],
)
def test_bounds_behind_a_unit(text: str, expected: Found) -> None:
    assert read("QUANTITY", text, "value", "comparator") == expected


@pytest.mark.parametrize(
    ("line", "quantities"),
    [
        ("No ads, no owner: keep us going with 3 crowns", 0),
        ("Back our journalism for 3 crowns a month", 0),
        ("More than 300 people chipped in. Thank you!", 0),
        ("The sailors chipped in 3 crowns.", 1),
        ("Keep us out of it, said 3 sailors.", 1),
    ],
)
def test_appeals_for_money(line: str, quantities: int) -> None:
    assert len(read("QUANTITY", f"A mine was found.\n{line}", "value", "unit")) == quantities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bombs exploded on 3 May 2041.", "event"),
        ("A dossier released on 3 May 2041 says so.", "statement"),
        ("The mayor hinted on 3 May 2041 that it was lost.", "statement"),
        ("The mayor recalled on 3 May 2041 that it was lost.", "statement"),
        ("The firm recalled the helmets on 3 May 2041.", "event"),
        ("The mayor gave another account on 3 May 2041.", "statement"),
    ],
)
def test_what_a_date_dates(text: str, expected: str) -> None:
    assert [role for _, _, role in read("DATE", text, "edtf", "date_role")] == [expected]
