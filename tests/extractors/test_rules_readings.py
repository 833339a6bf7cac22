"""Quantities, items and dates of the rules on sentences that are in no corpus; published on Thursday 14 August 2042."""

from __future__ import annotations

import pytest

from claimspans.data.records import Value
from claimspans.extractors.baselines.rules import find

pytestmark = pytest.mark.slow
PUBLISHED = "2042-08-14"
Found = list[tuple[str | None, Value, Value]]


def read(label: str, text: str, first: str, second: str) -> Found:
    return [
        (span.text, span.attributes.get(first), span.attributes.get(second))
        for span in find(text, PUBLISHED)
        if span.label == label
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army bought 1,250 carbines.", [("1,250", 1250, "carbine")]),
        ("At least seventeen crates of cartridges were burnt.", [("At least seventeen crates", 17, "crate")]),
        ("They hid 18 crates in the wood.", [("18 crates", 18, "crate")]),
        ("Six wagons of gunpowder blew up; six wagons left.", [("Six wagons", 6, "wagon"), ("six", 6, "wagon")]),
        ("He fired 300 rounds and 20 tank rounds.", [("300 rounds", 300, "round"), ("20", 20, "round")]),
        ("Dozens of the carbines jammed.", [("Dozens", None, "carbine")]),
        ("It flies about 90 km with 2 tonnes of fuel.", [("about 90 km", 90, "kilometre"), ("2 tonnes", 2, "tonne")]),
        (
            "The price was $3.4m, then 2 million crowns.",
            [("$3.4m", 3.4e6, "dollar"), ("2 million crowns", 2e6, "crown")],
        ),
        ("Half of the 14 carbines were new.", [("Half", 0.5, None), ("14", 14, "carbine")]),
        ("Half a ton of powder was wet.", [("Half a ton", 0.5, "ton")]),
        ("Of forty mortars, twelve were lost.", [("forty", 40, "mortar"), ("twelve", 12, "mortar")]),
        ("A 60-truck convoy crossed.", [("60", 60, "truck")]),
        ("2040 carbines were made in 2040.", [("2040", 2040, "carbine")]),
        ("The number of stolen pistols rose from 30 to 45.", [("30", 30, "pistol"), ("45", 45, "pistol")]),
        ("Carbines were sold by the hundred.", [("hundred", None, "carbine")]),
        ("One carbine was lost; no one saw it, not one.", [("One", 1, "carbine")]),
        ("Sixty Leopard 2 tanks and a Mark 4 torpedo.", [("Sixty", 60, "tank")]),
        ("Italy gave Chad 60.", [("60", 60, "person")]),
        ("Not seven but nine pistols were lost.", [("seven", 7, "pistol"), ("nine", 9, "pistol")]),
        ("Two wooden and six plastic mortars stood there.", [("Two", 2, "mortar"), ("six", 6, "mortar")]),
        ("Sixty grenade crates burnt, older ones first.", [("Sixty", 60, "crate")]),
        ("9kg of cordite for 2bn Canadian dollars.", [("9kg", 9, "kilogram"), ("2bn Canadian dollars", 2e9, "dollar")]),
        ("It lies 3 sq km wide.", [("3 sq km", 3, "square kilometre")]),
        ("A third of a tonne of powder.", [("third of a tonne", 0.3333, "tonne")]),
        (
            "The gun cost 3 million tarns, and 40 tarns more a day.",
            [("3 million tarns", 3e6, "tarn"), ("40 tarns", 40, "tarn")],
        ),
        ("Of 1960 pistols, 1959 were toys.", [("1960", 1960, "pistol"), ("1959", 1959, "pistol")]),
        ("Nine cases, each holding six rifles, fell.", [("Nine cases", 9, "case"), ("six", 6, "rifle")]),
        ("Two-thirds to three-quarters of them rusted.", [("Two-thirds to three-quarters", 0.6667, None)]),
        ("It sells anything from 12 to 15 carbines.", [("from 12 to 15", 12, "carbine")]),
        ("<50 carbines and ≥8 pistols were kept.", [("<50", 50, "carbine"), ("≥8", 8, "pistol")]),
        ("We saw 30, at most 35, carbines.", [("30", 30, "carbine"), ("at most 35", 35, "carbine")]),
        ("Two, three or four pistols jammed.", [("Two", 2, "pistol"), ("three or four", 3, "pistol")]),
        ("At least one of the seven carbines is new.", [("At least one", 1, "carbine"), ("seven", 7, "carbine")]),
        ("Sales are three times higher than in 2040.", [("three times", 3, None)]),
        ("The odds stood at 7:1, by a thousandfold.", [("7:1", 7, None), ("thousandfold", 1000, None)]),
        ("They hid two sacks of pistols. A third was lost.", [("two sacks", 2, "sack")]),
        (
            "Six tranches of mines and two caches of pistols.",
            [("Six tranches", 6, "tranche"), ("two caches", 2, "cache")],
        ),
        ("It fell by two percentage points to 11 pc.", [("two percentage points", 0.02, None), ("11 pc", 0.11, None)]),
        ("One per cent, or 12, of the pistols.", [("One per cent", 0.01, None), ("12", 12, "pistol")]),
        ("One Mark IX torpedo sank.", [("One", 1, "torpedo")]),
        ("1) Six carbines. 2) Twelve pistols.", [("Six", 6, "carbine"), ("Twelve", 12, "pistol")]),
        ("A half tonne and half-a-dozen pistols.", [("half tonne", 0.5, "tonne"), ("half-a-dozen", 6, "pistol")]),
        (
            "Between six and a dozen pistols, a third more mines.",
            [("Between six and a dozen", 6, "pistol"), ("third", 0.3333, None)],
        ),
        ("He paid 4.000 crowns.", [("4.000 crowns", 4000, "crown")]),
        ("The riot of 2040 cost 90 lives.", [("90", 90, "life")]),
        ("The ﬁve riﬂes were new.", [("ﬁve", 5, "rifle")]),
        ("Ninety pistols—none of them new—fell.", [("Ninety", 90, "pistol")]),
        ("60🚀 rockets and sixty-\nsix mortars.", [("60", 60, "rocket"), ("sixty-\nsix", 66, "mortar")]),
        ("Neither of the two ZU-88 launchers fired.", [("two", 2, "launcher")]),
        ("The third crate of nine was empty.", [("nine", 9, "crate")]),
        ("A sackful of mines lay there, six more outside.", [("six", 6, "sackful")]),
        (
            "He sold two pallet loads of mortars and a lot; nine lots remain.",
            [("two pallet loads", 2, "load"), ("nine lots", 9, "lot")],
        ),
        ("Six rounds of whisky, two rounds of talks.", [("Six rounds", 6, "round"), ("two", 2, "round")]),
        ("The hut sleeps 12 to 16.", [("12 to 16", 12, "person")]),
        ("Brodno (population 2040) has a fort.", [("2040", 2040, "person")]),
        ("It costs 9,000 crowns, or 8,000 for cash.", [("9,000 crowns", 9000, "crown"), ("8,000", 8000, "crown")]),
        ("Ten per cent of the guns jam; of the mortars, four.", [("Ten per cent", 0.1, None), ("four", 0.04, None)]),
        (
            "It was 80 per cent, then had sixty, and had forty.",
            [("80 per cent", 0.8, None), ("sixty", 0.6, None), ("forty", 0.4, None)],
        ),
        ("It sold 122, 130 and 152mm shells at ten past six.", []),
        ("S-1123s were lost, 40 of them.", [("40", 40, None)]),
        ("It has 40 of the S-1123s.", [("40", 40, None)]),
    ],
)
def test_quantities(text: str, expected: Found) -> None:
    assert read("QUANTITY", text, "value", "unit") == expected


@pytest.mark.parametrize(
    "text",
    [
        "The QX-12 and the Lark-9 were tested under Resolution 4711.",
        "105- and 120-mm guns, four-barrelled guns and 500-kg bombs were shown.",
        "The Group of Seven met in Hall B about Type 90 tanks.",
        "A 105mm gun, a .45 pistol and a 12-bore shotgun were shown.",
        "For three years and 20 days nobody came.",
        "Colonel Ann Teller, 52, was fifty when she left.",
        "The third gun stood at kilometre 12 near Pier 7.",
        "At 0730 hours the guns opened up.",
        "A two-tonne bomb and a single shell fell.",
        "None of the guns fired, and both crews fled twice.",
        "Twice the guard looked, a third and last time over three winters.",
        "The 9 May Regiment lost on 30 February 2041.",
        "It took an hour and a half by the end of the second quarter.",
        "He doubled as a clerk and doubled back at half past.",
        "A handful of shells, a couple of guns, several mortars.",
    ],
)
def test_sizes_names_ordinals_durations_and_ages_count_nothing(text: str) -> None:
    assert read("QUANTITY", text, "value", "unit") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Polish rocket launchers and grenades came.", [("rocket launchers", "ML4", "PL"), ("grenades", "ML4", "PL")]),
        (
            "It bought carbines, flamethrowers and helmets.",
            [("carbines", "ML1", None), ("flamethrowers", "ML2", None), ("helmets", "ML13", None)],
        ),
        ("Mortar and rifle ammunition was stored.", [("rifle ammunition", "ML3", None)]),
        ("They sent 105mm and 120mm shells.", [("120mm shells", "ML3", None)]),
        ("The ZU-88 missiles failed; a ZU-88 blew up.", [("ZU-88 missiles", "ML4", None), ("ZU-88", "ML4", None)]),
        ("His 9mm and two .45s lay there.", [("9mm", "ML1", None), (".45s", "ML1", None)]),
        ("The howitzers fell silent; the 155 needs oil.", [("howitzers", "ML2", None), ("155", "ML2", None)]),
        ("It held 250 lb bombs and 7.62x39 rounds.", [("250 lb bombs", "ML4", None), ("7.62x39 rounds", "ML3", None)]),
        ("Six T-90s fired 155 mm shells.", [("T-90s", "ML6", None), ("155 mm shells", "ML3", None)]),
        ("Leopard 2 tanks came.", [("Leopard 2 tanks", "ML6", None)]),
        ("A twelve-pounder still fires.", [("twelve-pounder", "ML2", None)]),
        ("Engines for drones were sold.", [("Engines", "ML10", None), ("drones", "ML10", None)]),
        ("The mine's casing is plastic.", [("mine", "ML4", None), ("casing", "ML4", None)]),
        ("TNT and detonators burnt.", [("TNT", "ML8", None), ("detonators", "ML8", None)]),
        ("It held shells; a hunting rifle lay there.", [("shells", "ML3", None), ("hunting rifle", "ML1", None)]),
        (
            "Finnish guns, mortars and old mines came.",
            [("guns", "ML2", "FI"), ("mortars", "ML2", "FI"), ("old mines", "ML4", None)],
        ),
        ("Neither Finnish guns nor mortars came.", [("guns", "ML2", "FI"), ("mortars", "ML2", "FI")]),
        ("The Finnish army's guns came.", [("guns", "ML2", "FI")]),
        ("Finnish troops took a tank and its shells.", [("tank", "ML6", None), ("shells", "ML3", None)]),
        ("In Finland mortars rust.", [("mortars", "ML2", None)]),
        ("They found guns belonging to Finland.", [("guns", "ML2", "FI")]),
        ("Rifles and radios lay beside a radio.", [("Rifles", "ML1", None), ("radios", "ML11", None)]),
        ("Army lorries were sold, other lorries were not.", [("Army lorries", "ML6", None)]),
        ("It has to make do with lorries.", [("lorries", "ML6", None)]),
        (
            "Wheels, bolts and new wings for drones came.",
            [("Wheels", "ML10", None), ("bolts", "ML10", None), ("new wings", "ML10", None), ("drones", "ML10", None)],
        ),
        ("Gun barrels and springs came.", [("Gun barrels", "ML2", None), ("springs", "ML2", None)]),
        ("It has cannon and mortars.", [("cannon", "ML2", None), ("mortars", "ML2", None)]),
        ("They sell stolen and damaged rifles.", [("damaged rifles", "ML1", None)]),
        ("They bought spy and transport helicopters.", [("transport helicopters", "ML10", None)]),
        ("They sent trucks, and trucks carried shells.", [("trucks", "ML6", None), ("shells", "ML3", None)]),
        ("A minelayer sank; the ships were old.", [("minelayer", "ML9", None), ("ships", "ML9", None)]),
        ("No gas was dropped, and they cook with gas.", [("gas", "ML7", None)]),
        ("Spanish officers saw their own navy's torpedoes.", [("torpedoes", "ML4", "ES")]),
        ("Spain's submarine sank.", [("submarine", "ML9", "ES")]),
        ("Swedish-made carbines were found.", [("carbines", "ML1", "SE")]),
        ("Pistols made in Austria were found.", [("Pistols", "ML1", "AT")]),
        ("Italy gave Chad mortars.", [("mortars", "ML2", None)]),
        ("Norway wants its gunboats back.", [("gunboats", "ML9", "NO")]),
        ("Pistols and carbines made at a mill in Norway rust.", [("Pistols", "ML1", "NO"), ("carbines", "ML1", "NO")]),
        ("The pistols, made in Norway, and old mines.", [("pistols", "ML1", "NO"), ("old mines", "ML4", None)]),
        ("Pistols of Norwegian make, and mines.", [("Pistols", "ML1", "NO"), ("mines", "ML4", None)]),
        ("Mines that Norway had built sank.", [("Mines", "ML4", "NO")]),
        ("The army of Norway showed its pistols.", [("pistols", "ML1", "NO")]),
        ("A Norwegian officer sold his pistol.", [("pistol", "ML1", None)]),
        ("A Norwegian frigate and two mines were lost.", [("frigate", "ML9", "NO"), ("mines", "ML4", None)]),
        ("Rifle and howitzer barrels and mines rusted.", [("howitzer barrels", "ML2", None), ("mines", "ML4", None)]),
        ("A 7.5 cm gun and spare barrels.", [("7.5 cm gun", "ML2", None), ("spare barrels", "ML2", None)]),
        ("The AK-47 fires 600 rounds.", [("AK-47", "ML1", None)]),
        ("Project 77 submarines and the U-9.", [("Project 77 submarines", "ML9", None), ("U-9", "ML9", None)]),
        ("The “Osprey” drone and the mine fell.", [("drone", "ML10", None), ("mine", "ML4", None)]),
        ("It burned. Carbine and pistol cartridges lay there.", [("pistol cartridges", "ML3", None)]),
        ("Cannon and musket balls were dug up.", [("musket balls", "ML3", None)]),
        ("He spent the spring of 2040 counting mines.", [("mines", "ML4", None)]),
        (
            "It ordered technology for torpedo guidance, and lathes.",
            [("technology for torpedo guidance", "ML22", None), ("lathes", "ML18", None)],
        ),
        (
            "Such goods and other military equipment may not be sold.",
            [("goods", "ML", None), ("military equipment", "ML", None)],
        ),
        (
            "Crates of tear gas and ball bearings stood there.",
            [("tear gas", "ML7", None), ("ball bearings", "DU", None)],
        ),
        ("The sur­face-to-air mis­siles are new.", [("sur­face-to-air mis­siles", "ML4", None)]),
        ("The anti-tank\nrockets\u00a0were old.", [("anti-tank\nrockets", "ML4", None)]),
    ],
)
def test_items(text: str, expected: Found) -> None:
    assert read("ITEM", text, "category", "origin") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It sold military kit, riot gear and banned items.",
            [("military kit", "ML"), ("riot gear", "ML"), ("banned items", "ML")],
        ),
        (
            "Norway exported cameras, sensors and batteries.",
            [("cameras", "DU"), ("sensors", "DU"), ("batteries", "DU")],
        ),
        ("He bought a camera. The battery is flat. Two pumps leaked.", []),
        (
            "Valves and rifles were seized. The valves were new.",
            [("Valves", "DU"), ("rifles", "ML1"), ("valves", "DU")],
        ),
        (
            "Live rounds and armour-piercing rounds lay there.",
            [("Live rounds", "ML3"), ("armour-piercing rounds", "ML3")],
        ),
        (
            "It sold highly enriched uranium to Norway.",
            [("highly enriched uranium", "DU")],
        ),
        (
            "It sold tank spare parts and monitoring equipment.",
            [("tank spare parts", "ML6"), ("monitoring equipment", "ML")],
        ),
        (
            "It lost Leopard 2A6s, 2S3s and Mirage 2000s.",
            [("Leopard 2A6s", "ML6"), ("2S3s", "ML2"), ("Mirage 2000s", "ML10")],
        ),
        ("JDAM kits and Buk systems came.", [("JDAM kits", "ML4"), ("Buk systems", "ML4")]),
        ("Mortar shells worth $3m were found.", [("Mortar shells", "ML3")]),
        ("It was found that captured pistols were sold.", [("captured pistols", "ML1")]),
        ("It bought Kalashnikov rifles from a dealer.", [("Kalashnikov rifles", "ML1")]),
        (
            "Rifles, ammunition and spare parts burned.",
            [("Rifles", "ML1"), ("ammunition", "ML3"), ("spare parts", "ML3")],
        ),
        ("It sent equipment for use at sea.", [("equipment", "ML")]),
        ("It bought spare parts for drones worth $3m.", [("spare parts for drones", "ML10")]),
        ("Military matériel was sold.", [("Military matériel", "ML")]),
        ("Components were found in the drones.", [("Components", "ML"), ("drones", "ML10")]),
    ],
)
def test_items_of_ordinary_prose(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(name, category) for name, category, _ in read("ITEM", text, "category", "origin")] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The arms trade, a missile test and the tank factory made news.",
        "Shell output up, mortar exports down",
        "It offered artillery training, rifle repair and logistics.",
        "The coal mine and the fuel tank belong to a shell company.",
        "The victory was mine, said the miner.",
        "Grain, medicine and uniforms were unloaded from the trucks.",
        "It exported car parts, and ships pumps for farms.",
    ],
)
def test_services_events_and_civil_things_are_no_items(text: str) -> None:
    assert read("ITEM", text, "category", "origin") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The guns were sold since late May 2041.", [("late May 2041", "2041-05", "end")]),
        ("The gunboat leaves on Monday.", [("Monday", "2042-08-18", None)]),
        ("The gunboat sailed on Monday.", [("Monday", "2042-08-11", None)]),
        ("They will be paid in June.", [("June", "2043-06", None)]),
        (
            "On 4 May it was burnt; the following day it sank.",
            [("4 May", "2042-05-04", None), ("the following day", "2042-05-05", None)],
        ),
        (
            "It was stamped 05/06/41, and dated May 3.",
            [("05/06/41", "2041-05-06", None), ("May 3", "2042-05-03", None)],
        ),
        ("In 2039 carbines were cheap.", [("2039", "2039", None)]),
        ("It sank on May\n3, 2041.", [("May\n3, 2041", "2041-05-03", None)]),
        ("Since May Norway has paid.", [("May", "2042-05", None)]),
        ("It was worse than 2039.", [("2039", "2039", None)]),
        ("In the first half of the 2020s it was cheap.", [("the first half of the 2020s", "2020/2024", None)]),
        ("By the end of the first quarter it sank.", [("the end of the first quarter", "2042-01/2042-03", "end")]),
        ("The navy's 2041 budget paid for 2041 pistols.", [("2041", "2041", None)]),
        ("In 2040 and 2041 pistols were cheap.", [("2040", "2040", None), ("2041", "2041", None)]),
        ("The depot's 2014 register lists 2014 pistols.", [("2014", "2014", None)]),
        ("Friday, May 2: six carbines.", [("Friday, May 2", "2042-05-02", None)]),
        (
            "The 3 May parade was short; the 3rd of May was wet.",
            [("3 May", "2042-05-03", None), ("the 3rd of May", "2042-05-03", None)],
        ),
        (
            "It is stamped 20410506 and 2041-W02.",
            [("20410506", "2041-05-06", None), ("2041-W02", "2041-01-07/2041-01-13", None)],
        ),
        ("It sank in early\nMay 2041.", [("early\nMay 2041", "2041-05", "start")]),
        ("It vowed on Monday to pay.", [("Monday", "2042-08-11", None)]),
        ("It is due to report in December.", [("December", "2042-12", None)]),
        ("Paid on 4\u00a0May\u00a02041.", [("4\u00a0May\u00a02041", "2041-05-04", None)]),
        ("The rifle is stamped 1912.", [("1912", "1912", None)]),
        ("Cast 2031; last inspected: 2040.", [("2031", "2031", None), ("2040", "2040", None)]),
        ("In the 2040 trials it failed.", [("2040", "2040", None)]),
        ("Come spring, it will be over.", [("spring", "2043-03/2043-05", None)]),
        ("It may end in May or June.", [("May", "2043-05", None), ("June", "2043-06", None)]),
        ("They set out on 9 May.", [("9 May", "2042-05-09", None)]),
        ("Early next year it will end.", [("Early next year", "2043", "start")]),
    ],
)
def test_dates(text: str, expected: Found) -> None:
    assert read("DATE", text, "edtf", "mod") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May said that it may rain, and April Carver agreed.",
        "Operation September was led by General August Holm.",
        "Ask Friday: Sergeant Tom Friday has the key. The Junes met Lia June.",
        "The Monday Gazette of Port March lies on 9 May Street, behind Easter Island.",
        "The frigate October sank, the May 9 movement said.",
        "They march at 14:05, now and again, for two weeks.",
        "2041 carbines were made.",
        "It was stamped 45/45/2041.",
    ],
)
def test_names_verbs_hours_and_durations_are_no_dates(text: str) -> None:
    assert read("DATE", text, "edtf", "mod") == []


@pytest.mark.parametrize(
    ("text", "signal", "role"),
    [
        ("The minister said on Monday that it was over.", None, "statement"),
        ("He denied on Monday that shells had been sold.", None, "statement"),
        ("The shells were sold before May.", "before", "event"),
        ("The letter of 3 May was long.", None, "statement"),
        ("Papers published on Monday were false.", None, "statement"),
        ("Gunfire was heard on Monday.", None, "event"),
        ("Correction, 14 August: shells were sold.", None, "publication"),
        ("Q2 2041 profits of the gun maker fell.", None, "other"),
        ("In 2041 prices of guns fell.", None, "event"),
        ("The 2041 budget was cut.", None, "other"),
        ("LISBON, Aug. 14 (Wire) - Shells were sold.", None, "publication"),
        ("It has been closed since last year.", "since", "event"),
        ("It must be paid by Friday.", "by", "event"),
    ],
)
def test_what_a_date_dates_and_on_which_side(text: str, signal: str | None, role: str) -> None:
    assert [(each[1], each[2]) for each in read("DATE", text, "signal", "date_role")] == [(signal, role)]
