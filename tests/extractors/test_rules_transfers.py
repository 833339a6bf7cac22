"""Who gives what to whom: clauses without a verb, nouns of giving, asides, payment in kind, what a denial answers."""

from __future__ import annotations

import pytest

from ..helpers.attributions import cargo_words, read

pytestmark = pytest.mark.slow

Sides = list[tuple[str | None, str | None, str]]


def _sides(text: str) -> Sides:
    document = read(text)
    return [
        (
            claim.supplier or claim.user,
            claim.recipient,
            " ".join(item or "" for item, _ in cargo_words(document, claim)),
        )
        for claim in document.claims
    ]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Chile fired rockets at the dam and Peru at the bridge.", [("CL", None, "rockets"), ("PE", None, "rockets")]),
        ("Chile used mines and Peru rockets.", [("CL", None, "mines"), ("PE", None, "rockets")]),
        ("Chile sent rifles to Oman, Peru to Kenya.", [("CL", "OM", "rifles"), ("PE", "KE", "rifles")]),
        ("Chile sent Oman tanks and Peru Kenya mines.", [("CL", "OM", "tanks"), ("PE", "KE", "mines")]),
        ("Chile supplied Oman with tanks, and Kenya with mines.", [("CL", "OM", "tanks"), ("CL", "KE", "mines")]),
        ("Oman was sold rifles, Kenya mines.", [(None, "OM", "rifles"), (None, "KE", "mines")]),
        ("Tanks went to Oman and mines to Kenya.", [(None, "OM", "Tanks"), (None, "KE", "mines")]),
        ("The mines Chile lent Oman and then sold to Kenya are wet.", [("CL", "OM", "mines"), ("CL", "KE", "mines")]),
        ("Chile bought and then lost forty mines.", [(None, "CL", "mines")]),
    ],
)
def test_a_clause_that_leaves_its_verb_or_its_object_out_is_a_claim_too(text: str, sides: Sides) -> None:
    assert _sides(text) == sides


@pytest.mark.parametrize(
    "text",
    [
        "Oman's gift from Chile, nine tanks, was lost.",
        "Chile's gift of nine tanks to Oman was lost.",
        "Chile made Oman a present of nine tanks.",
        "The return of nine tanks to Oman by Chile took a year.",
        "Oman took nine tanks off Chile's hands.",
        "Tanks were foisted on Oman, which has no army, by Chile.",
        "Chile sold tanks, which nobody wanted, to Oman.",
        "Chile paid Oman in tanks.",
        "The tanks with which Oman was paid by Chile were rusty.",
        "Oman's tanks came from Chile.",
        "Oman, whose tanks came from Chile, is broke.",
        "Oman, which Chile supplied with tanks, is broke.",
        "To Oman went nine tanks from Chile.",
        "Tanks for Oman left Chile on Monday.",
        "Twice Chile sold Oman tanks.",
    ],
)
def test_chile_gives_oman_tanks(text: str) -> None:
    sides = _sides(text)
    assert [each[:2] for each in sides] == [("CL", "OM")]
    assert sides[0][2].lower() == "tanks"


@pytest.mark.parametrize("text", ["Oman paid Chile in gold for the tanks.", "Oman paid Chile in May for the tanks."])
def test_a_payment_in_money_is_no_transfer(text: str) -> None:
    assert not read(text).claims


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Did Chile sell Oman tanks?", "hypothetical"),
        ("Chile could sell Oman tanks.", "hypothetical"),
        ("Chile would have sold Oman tanks.", "hypothetical"),
        ("Chile is thinking of selling Oman tanks.", "hypothetical"),
        ("Chile toys with the idea of selling Oman tanks.", "hypothetical"),
        ("Chile put off the sale of tanks to Oman.", "planned"),
        ("Oman is supplied with tanks by Chile.", "ongoing"),
        ("Chile signed an arms deal with Oman.", "occurred"),
        ("Chile is negotiating an arms deal with Oman.", "planned"),
        ("Chile and Oman signed a deal on rockets.", "occurred"),
    ],
)
def test_how_far_an_event_has_come(text: str, status: str) -> None:
    assert [claim.status for claim in read(text).claims] == [status]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Peru lent Oman a radar, a cook said. Peru sold Oman a radar, a pilot said. Peru denied the sale.", "c2"),
        ("Peru lent Oman a radar, a cook said. Peru sold Oman a radar, a pilot said. Peru denied the loan.", "c1"),
        ("Peru sent Oman 40 tanks, a cook said. Peru sent Oman 60, a pilot said. Peru denied sending 60.", "c2"),
        ("Peru sold Oman tanks and Kenya mines, a cook said. Lima says it sold no mines.", "c2"),
        ("Peru sold Oman tanks, a cook said. It sold Kenya mines, a pilot said. It made no sale, said Lima.", None),
    ],
)
def test_a_denial_answers_the_claim_whose_goods_number_or_deal_it_names(text: str, target: str | None) -> None:
    claim = read(text).claims[-1]
    assert (claim.stance, claim.target) == ("denial", target)


@pytest.mark.parametrize(
    ("text", "cue", "status", "sides"),
    [
        ("Ann Vale said: “We condemn Chile for sending Oman rifles.”", "condemn", "occurred", ("CL", "OM")),
        ("What the minister denies is that Chile sent Oman rifles.", "denies", "occurred", ("CL", "OM")),
        ("The minister calls this an invention: Chile has sent no rifles to Oman.", "calls", "occurred", ("CL", "OM")),
        ("Oman is seeking rifles from Chile, the minister said.", "said", "planned", ("CL", "OM")),
        ("Oman has asked Chile for rifles, the minister said.", "said", "planned", ("CL", "OM")),
        ("We think that Oman is looking for rifles.", "think", "planned", (None, "OM")),
        ("A website wrote that the rifles were meant for Oman.", "wrote", "occurred", (None, "OM")),
        ("No licence for the export of rifles to Oman was granted by Chile.", None, "planned", ("CL", "OM")),
        ("Fenwick Systems of Kilburn sold Oman 40 rifles.", None, "occurred", ("Fenwick Systems", "OM")),
        ("“Chile sent Oman rifles,” said Ann Vale, quoted by Norpress.", "said", "occurred", ("CL", "OM")),
        ("Chile sent Oman rifles, the Daily Vael reported, citing a diplomat.", "citing", "occurred", ("CL", "OM")),
        ("Chile sent Oman rifles. It sold rifles to a dealer.", None, "occurred", ("CL", None)),
    ],
)
def test_who_holds_a_claim_and_between_whom_it_is(
    text: str, cue: str | None, status: str, sides: tuple[str | None, str | None]
) -> None:
    document = read(text)
    words = {span.id: span.text for span in document.spans}
    claim = document.claims[-1]
    assert (words.get(claim.cue), claim.status, (claim.supplier, claim.recipient)) == (cue, status, sides)


@pytest.mark.parametrize(
    "text",
    [
        "The minister admitted that one in six alarms comes too late.",
        "About 900 letters leave the works every month.",
        "Police are looking for rifles in the harbour.",
        "According to the police, the rifles are old.",
    ],
)
def test_what_is_no_deal_in_arms_is_no_claim(text: str) -> None:
    assert read(text).claims == ()


def test_a_neutral_cue_denies_only_what_its_content_negates() -> None:
    document = read("The minister said that the tanks were sold to Oman and that Chile never supplied Peru.")
    assert [(claim.recipient, claim.stance) for claim in document.claims] == [("OM", "assertion"), ("PE", "denial")]


def test_a_number_right_before_a_model_counts_it() -> None:
    document = read("Chile sold 120 Mace-12s to Oman.")
    assert cargo_words(document, document.claims[0]) == [("Mace-12s", "120")]
