"""Kinds of attribution, one sentence for each, that are in no corpus: idioms, nouns, inversion, implied acts, parts."""

from __future__ import annotations

import pytest

from ..helpers.attributions import Cues, cargo_words, cues, read

pytestmark = pytest.mark.slow

ATTRIBUTIONS: dict[str, tuple[str, Cues]] = {
    "particle": ("The firm hit back at the report.", [("hit", "dispute", ["firm"])]),
    "particle of an act": ("The army took back the guns.", []),
    "request": ("The union called for an inquiry.", [("called", "assertion", ["union"])]),
    "calling": ("The envoy called the count flawed.", [("called", "dispute", ["envoy"])]),
    "telephoning": ("The buyer called the depot.", []),
    "drawn": ("The mayor would not be drawn on the figure.", [("drawn", "evasion", ["mayor"])]),
    "refusal of an act": ("Chile refuses to sell the tanks.", [("refuses", "commitment", ["Chile"])]),
    "question dodged": ("The broker dodged the question.", [("dodged", "evasion", ["broker"])]),
    "document": ("It is said in the communique that no gun was lost.", [("said", "denial", ["communique"])]),
    "noun withheld": ("The minister made no mention of tanks.", [("mention", "evasion", ["minister"])]),
    "noun of hiding": ("The firm made no secret of the sale.", [("secret", "confirmation", ["firm"])]),
    "doubt cast": ("The institute cast doubt on the tally.", [("doubt", "dispute", ["institute"])]),
    "feeling that fills": ("The loss filled the admiral with dread.", [("dread", "concern", ["admiral"])]),
    "view": ("In the navy's view the torpedo was a dud.", [("view", "assertion", ["navy"])]),
    "account": (
        "By his own count, said Lund, six sank.",
        [("count", "assertion", ["his"]), ("said", "assertion", ["Lund"])],
    ),
    "not convinced": ("The mayor was not convinced that they were live.", [("convinced", "dispute", ["mayor"])]),
    "hyphened": ("The firm remained tight-lipped about it.", [("tight-lipped", "evasion", ["firm"])]),
    "forced": ("The firm was forced to admit that it failed.", [("admit", "confirmation", ["firm"])]),
    "first": ("The general was the first to confirm the loss.", [("confirm", "confirmation", ["general"])]),
    "asked": ("The firm was asked to admit the sale.", []),
    "reported": ("The envoy is said to have denied the sale.", [("denied", "denial", ["envoy"])]),
    "quoted as": ("A diplomat was quoted as denying the sale.", [("denying", "denial", ["diplomat"])]),
    "without": ("The ministry closed without confirming the sale.", [("confirming", "evasion", ["ministry"])]),
    "to come": ("Once the navy confirms the order, work starts.", []),
    "until it was said": ("It held until the navy denied it.", [("denied", "denial", ["navy"])]),
    "nor": (
        "Peru never denied the loss, nor does it deny the sale.",
        [("denied", "evasion", ["Peru"]), ("deny", "evasion", ["it"])],
    ),
    "inverted within": ("The rifles, says the dealer, were toys.", [("says", "assertion", ["dealer"])]),
    "set apart": ("The guns, the firm now concedes, were new.", [("concedes", "confirmation", ["firm"])]),
    "opening": ("Added the captain: “And wet.”", [("Added", "assertion", ["captain"])]),
    "going on": ("“The lorries,” the envoy went on, “are new.”", [("went", "assertion", ["envoy"])]),
    "garden path": ("The lawyer whom the dealer hired says so.", [("says", "assertion", ["lawyer"])]),
    "vague number": ("Scores of veterans denied it.", [("denied", "denial", ["veterans"])]),
    "fronted negation": ("At no point did the minister deny it.", [("deny", "evasion", ["minister"])]),
    "no attempt": ("The firm made no attempt to deny the sale.", [("deny", "evasion", ["firm"])]),
    "did not bother": ("The firm did not bother to deny it.", [("deny", "evasion", ["firm"])]),
    "not so far": ("The firm would not go so far as to deny it.", [("deny", "evasion", ["firm"])]),
    "not heard": (
        "“You will not hear me deny it,” said the envoy.",
        [("deny", "evasion", ["me"]), ("said", "evasion", ["envoy"])],
    ),
    "not called false": ("The firm did not call the report false.", [("call", "evasion", ["firm"])]),
    "no word from": ("There was no immediate comment from the firm.", [("comment", "evasion", ["firm"])]),
    "in a row": ("Peru read the letter, avoided confirming it, and left.", [("avoided", "evasion", ["Peru"])]),
    "ruled out": ("The army ruled out any sale.", [("ruled", "denial", ["army"])]),
    "not guilty": ("The captain pleaded not guilty to fraud.", [("pleaded", "denial", ["captain"])]),
    "thin air": ("The report came out of thin air, said the envoy.", [("said", "denial", ["envoy"])]),
    "hogwash": ("“Hogwash,” shouted the envoy at the editor.", [("shouted", "dispute", ["envoy"])]),
    "owning a thing": ("The firm said it had never owned a gun.", [("said", "denial", ["firm"])]),
    "own fault": ("“Our mistake,” the colonel said.", [("said", "confirmation", ["colonel"])]),
    "to blame": ("The army said it was to blame.", [("said", "confirmation", ["army"])]),
    "no denying": ("There is no denying it, said the envoy.", [("said", "confirmation", ["envoy"])]),
    "letting in": ("The guard admitted two visitors.", []),
    "blame taken": ("The army took the blame for it.", [("blame", "confirmation", ["army"])]),
    "responsibility accepted": ("The army accepted responsibility for it.", [("accepted", "confirmation", ["army"])]),
    "responsibility claimed": ("The rebels claimed responsibility for it.", [("claimed", "confirmation", ["rebels"])]),
    "own admission": ("By its own admission the firm sold it.", [("admission", "confirmation", ["its"])]),
    "took its time": ("It took the firm a year to admit the sale.", [("admit", "confirmation", ["firm"])]),
    "feeling shown": ("The mayor made no secret of her unease at it.", [("unease", "concern", ["mayor"])]),
    "feeling not hidden": ("The mayor did not hide his alarm at it.", [("alarm", "concern", ["mayor"])]),
    "feeling with which one answers": ("The union reacted with dismay to it.", [("dismay", "concern", ["union"])]),
    "feeling voiced": ("Concerns voiced by the union were ignored.", [("Concerns", "concern", ["union"])]),
    "feeling in the passive": ("Concern was expressed by the union.", [("Concern", "concern", ["union"])]),
    "feeling as subject": ("The mayor's one fear is a fire.", [("fear", "concern", ["mayor"])]),
    "warning from": ("A warning from Peru's navy about mines came.", [("warning", "concern", ["navy"])]),
    "own act": ("Vale told the court that he had sold rifles.", [("told", "confirmation", ["Vale"])]),
    "another's act": ("Vale told the court that Lund had sold rifles.", [("told", "assertion", ["Vale"])]),
}


@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_an_attribution_is_read_by_its_kind(name: str) -> None:
    text, expected = ATTRIBUTIONS[name]
    assert cues(text) == expected


@pytest.mark.parametrize(
    ("text", "relays"),
    [
        ("The Herald, citing a nurse, says that they were old.", {"Herald": True, "nurse": False}),
        ("They were old, said the nurse, according to the Herald.", {"nurse": False, "Herald": True}),
        ("A diplomat was quoted by the Herald as saying so.", {"diplomat": False, "Herald": True}),
        ("The lawyer said her client denied it.", {"lawyer": False, "client": False}),
        ("The cook spoke of one gun; the monks insist that it was a pipe.", {"cook": False, "monks": False}),
        (
            "“We regret that,” the abbot, Ole Dahl, told the monks.",
            {"We": False, "Ole Dahl": False},
        ),
        ("The abbot faulted the cook for denying that the guns exist.", {"abbot": False, "cook": False}),
    ],
)
def test_who_cites_relays_and_who_speaks_for_his_side_does_not(text: str, relays: dict[str, bool]) -> None:
    found = {span.text: span.attributes["relay"] for span in read(text).spans if span.label == "SPEAKER"}
    assert found == relays


@pytest.mark.parametrize(
    ("text", "mention", "known"),
    [
        ("Two clerks were heard. One denied it.", "One", ("clerks", "unnamed")),
        ("Three brokers came. The third denied it.", "third", ("brokers", "unnamed")),
        ("The consul and the trader met. They denied it.", "They", ("consul and trader", "group")),
        ("The frigate, its captain claims, was new.", "captain", ("frigate's captain", "unnamed")),
        ("Port Captain Lise Aumont denied it.", "Lise Aumont", ("Lise Aumont", "person")),
        ("NORWAY DENIES THE SALE", "NORWAY", ("Norway", "state")),
        ("Norwegian unease about the sale grew.", "Norwegian", ("Norway", "state")),
        ("General تالمار دشفين denied it.", "تالمار دشفين", ("تالمار دشفين", "person")),
    ],
)
def test_a_part_a_pair_and_a_possessor_are_known(text: str, mention: str, known: tuple[str, str]) -> None:
    speaker = next(span.attributes for span in read(text).spans if span.label == "SPEAKER" and span.text == mention)
    assert (speaker["entity"], speaker["source_type"]) == known


def marks(text: str) -> list[tuple[str, str | None]]:
    spans = read(text).spans
    assert all(text[span.start : span.end] == span.text for span in spans)
    return [(span.label, span.text) for span in spans]


TYPOGRAPHY: dict[str, tuple[str, list[tuple[str, str | None]]]] = {
    "soft hyphens and ligatures": (
        "The bro\u00adker ad\u00admit\u00adted that two ri\ufb02es\u00a0were new.",
        [("SPEAKER", "bro\u00adker"), ("STANCE", "ad\u00admit\u00adted"), ("QUANTITY", "two"), ("ITEM", "ri\ufb02es")],
    ),
    "emphasis": (
        "The *broker* __denied__ it: **one** rifle†.",
        [("SPEAKER", "broker"), ("STANCE", "denied"), ("QUANTITY", "one"), ("ITEM", "rifle")],
    ),
    "markup": ("The <b>broker</b> <i>denied</i>&nbsp;it.", [("SPEAKER", "broker"), ("STANCE", "denied")]),
    "divided words": (
        "The com-\nmittee denied los-\ning sixty-\nsix anti-\ntank mis-\nsiles.",
        [
            ("SPEAKER", "com-\nmittee"),
            ("STANCE", "denied"),
            ("QUANTITY", "sixty-\nsix"),
            ("ITEM", "anti-\ntank mis-\nsiles"),
        ],
    ),
    "spaced letters": ("The broker d e n i e d it.", [("SPEAKER", "broker"), ("STANCE", "d e n i e d")]),
    "telegram": (
        "BROKER DENIES LOSS OF TANKS STOP LETTER FOLLOWS STOP",
        [("SPEAKER", "BROKER"), ("STANCE", "DENIES"), ("ITEM", "TANKS")],
    ),
    "capitals": (
        "THE ARMY SAID ON MONDAY THAT NINE TANKS SANK",
        [("SPEAKER", "ARMY"), ("STANCE", "SAID"), ("DATE", "MONDAY"), ("QUANTITY", "NINE"), ("ITEM", "TANKS")],
    ),
    "pictures": ("The broker 👉 denied it 😱", [("SPEAKER", "broker"), ("STANCE", "denied")]),
    "dashes": (
        "“Two rifles--two!--sank,” e-mailed Ana Lund, 61.",
        [("QUANTITY", "Two"), ("ITEM", "rifles"), ("QUANTITY", "two"), ("STANCE", "e-mailed"), ("SPEAKER", "Ana Lund")],
    ),
    "missing blank and apostrophe": (
        "the tank sank.the broker sez it wasnt his",
        [("ITEM", "tank"), ("SPEAKER", "broker"), ("STANCE", "sez")],
    ),
}


@pytest.mark.parametrize("name", TYPOGRAPHY)
def test_what_dresses_a_word_does_not_hide_it(name: str) -> None:
    text, expected = TYPOGRAPHY[name]
    assert marks(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Read also: Iran denies the sale",
        "Photo: Norpress says",
        "News | Sport | Iran denies",
        "Support our journalism for just 2 crowns a week",
        "Tap for photos • 118 watching now",
        "12 comments · 40 shares",
        "Press desk: 4400",
        "Most read\n1. Nine tanks sink\n2. A bomb in the bath",
        "“Nine tanks sank”",
        "By Ana Lund\nAna Lund served in three navies.",
        "(Reporting by Tom Vale and 2 others)",
    ],
)
def test_furniture_and_what_is_repeated_is_not_read(line: str) -> None:
    assert marks(f"Nine tanks sank in the bay.\n{line}\nOne gun was saved.") == [
        ("QUANTITY", "Nine"),
        ("ITEM", "tanks"),
        ("QUANTITY", "One"),
        ("ITEM", "gun"),
    ]


Claims = list[tuple[str | None, str | None, str | None, list[tuple[str | None, str | None]]]]
TRANSFERS: dict[str, tuple[str, Claims]] = {
    "possessor": ("Iran gave drones to Sudan's army.", [("IR", "SD", "occurred", [("drones", None)])]),
    "passive of a headline": ("Peru handed gunboats by Chile", [("CL", "PE", "occurred", [("gunboats", None)])]),
    "left-out noun": (
        "Chile will send Peru 20 tanks and has sent two.",
        [("CL", "PE", "planned", [("tanks", "20")]), ("CL", "PE", "occurred", [("tanks", "two")])],
    ),
    "relative with a preposition": (
        "Norway praised Peru, to which it sent nine rifles.",
        [("NO", "PE", "occurred", [("rifles", "nine")])],
    ),
    "under negotiation": (
        "Peru is negotiating the purchase of radars from Chile.",
        [("CL", "PE", "planned", [("radars", None)])],
    ),
    "packages of a coordination": (
        "Iran shipped Sudan 40 crates of rifles and grenades.",
        [("IR", "SD", "occurred", [("rifles", "40 crates"), ("grenades", "40 crates")])],
    ),
    "what packages could hold": (
        "Iran sent Sudan 40 crates, which could hold 900 rifles.",
        [("IR", "SD", "occurred", [("rifles", "900"), (None, "40 crates")])],
    ),
    "let have": ("Chile let Peru have nine guns.", [("CL", "PE", "occurred", [("guns", "nine")])]),
    "recipient as object": (
        "Peru has been kitted out by Chile with helmets.",
        [("CL", "PE", "occurred", [("helmets", None)])],
    ),
    "put upon": ("Peru had rifles forced on it by Chile.", [("CL", "PE", "occurred", [("rifles", None)])]),
    "delivered for it": ("Peru had rifles delivered by Chile.", [("CL", "PE", "occurred", [("rifles", None)])]),
    "cleft": ("It was by Chile that Peru was armed with tanks.", [("CL", "PE", "occurred", [("tanks", None)])]),
    "cleft subject": ("It was Chile that supplied Peru with tanks.", [("CL", "PE", "occurred", [("tanks", None)])]),
    "participle in front": (
        "Armed by Chile with rockets, Peru attacked.",
        [("CL", "PE", "occurred", [("rockets", None)])],
    ),
    "hired": ("Peru leased a submarine from Chile.", [("CL", "PE", "occurred", [("submarine", None)])]),
    "taken off hands": ("Peru took nine tanks off Chile's hands.", [("CL", "PE", "occurred", [("tanks", "nine")])]),
    "delivery taken": ("Peru took delivery of tanks from Chile.", [("CL", "PE", "occurred", [("tanks", None)])]),
    "under way": ("Tanks are on their way from Chile to Peru.", [("CL", "PE", "occurred", [("Tanks", None)])]),
    "left for": ("Nine tanks left Chile for Peru.", [("CL", "PE", "occurred", [("tanks", "Nine")])]),
    "gift": ("Peru's tanks were a gift from Chile.", [("CL", "PE", "occurred", [("tanks", None)])]),
    "licensed": ("Chile licensed the sale of rifles to Peru.", [("CL", "PE", "planned", [("rifles", None)])]),
    "two deals": (
        "Chile sold rifles to Peru and tanks to Oman.",
        [("CL", "PE", "occurred", [("rifles", None)]), ("CL", "OM", "occurred", [("tanks", None)])],
    ),
    "two deals with two objects": (
        "Chile sold Peru rifles and Oman tanks.",
        [("CL", "PE", "occurred", [("rifles", None)]), ("CL", "OM", "occurred", [("tanks", None)])],
    ),
    "two recipients": (
        "Chile sold rifles to Peru and Oman.",
        [("CL", "PE", "occurred", [("rifles", None)]), ("CL", "OM", "occurred", [("rifles", None)])],
    ),
    "from hand to hand": (
        "Rifles were sold to Peru by Chile and to Oman by Peru.",
        [("CL", "PE", "occurred", [("Rifles", None)]), ("PE", "OM", "occurred", [("Rifles", None)])],
    ),
    "part of an order": (
        "Of the 40 tanks that Peru ordered from Chile, 11 have arrived.",
        [("CL", "PE", "planned", [("tanks", "40")]), ("CL", "PE", "occurred", [("tanks", "11")])],
    ),
    "pronoun for the other side": (
        "Chile gave Peru rifles and means to sell it ten tanks.",
        [("CL", "PE", "occurred", [("rifles", None)]), ("CL", "PE", "planned", [("tanks", "ten")])],
    ),
    "bought back": (
        "Chile sold Peru tanks in 2020 and bought them back in 2021.",
        [("CL", "PE", "occurred", [("tanks", None)]), ("PE", "CL", "occurred", [("tanks", None)])],
    ),
    "told by two words": (
        "Chile parted with nine guns, which went to Peru.",
        [("CL", "PE", "occurred", [("guns", "nine")])],
    ),
    "answers for itself": (
        "Chile denied that Peru had been sold rockets.",
        [("CL", "PE", "occurred", [("rockets", None)])],
    ),
    "habit": ("Iran is being supplied with shells by Peru.", [("PE", "IR", "ongoing", [("shells", None)])]),
}


@pytest.mark.parametrize("name", TRANSFERS)
def test_a_transfer_is_read_by_its_kind(name: str) -> None:
    text, expected = TRANSFERS[name]
    document = read(text)
    assert [
        (
            claim.supplier,
            claim.recipient,
            claim.status,
            cargo_words(document, claim),
        )
        for claim in document.claims
    ] == expected


USES = {
    "tried out": ("Peru tried out a new missile.", ("PE", "assertion")),
    "let off": ("Peru let off two rockets.", ("PE", "assertion")),
    "gerund": ("Peru denied firing rockets.", ("PE", "denial")),
    "day in front": ("Tomorrow Peru fires a new missile.", ("PE", "assertion")),
}


@pytest.mark.parametrize("name", USES)
def test_a_use_is_read_by_its_kind(name: str) -> None:
    text, expected = USES[name]
    (claim,) = read(text).claims
    assert (claim.event, claim.user, claim.stance) == ("use", *expected)


def test_joint_making_is_a_cooperation_with_its_goods() -> None:
    document = read("Iran and Sudan build drones together.")
    (claim,) = document.claims
    goods = next(span.id for span in document.spans if span.label == "ITEM")
    assert (claim.parties, [row.item for row in claim.cargo]) == (("IR", "SD"), [goods])


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Peru got guns from Chile and tanks from Oman, a clerk said. “Nobody sent us arms,” Peru said.", (None, "PE")),
        ("Chile sold guns to Peru and tanks to Oman, a clerk said. Chile denied selling the tanks.", ("CL", "OM")),
        ("Chile gave Peru guns; Peru gave Chile tanks. Peru admitted the gift.", ("PE", "CL")),
    ],
)
def test_an_answer_takes_its_parties_from_the_claim_that_it_answers(text: str, sides: tuple[str | None, str]) -> None:
    last = read(text).claims[-1]
    assert (last.supplier, last.recipient) == sides


def test_an_article_names_the_parties_that_its_sentences_leave_out() -> None:
    filler = "Nothing else of note was found by the two historians in the archive of the harbour. " * 8
    document = read(f"Iran sold Sudan 40 rifles. Iran sent Sudan 30 mines. {filler}Later Iran bought nine mines.")
    assert [(claim.supplier, claim.recipient) for claim in document.claims][1:] == [("IR", "SD"), ("SD", "IR")]
