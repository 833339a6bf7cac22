"""Kinds of deal, one sentence for each, that are in no corpus: factions, talks, exchanges, plans, what came of them."""

from __future__ import annotations

import pytest

from ..helpers.attributions import cargo_words, read

pytestmark = pytest.mark.slow

Deals = list[tuple[str | None, str | None, str, str, list[tuple[str | None, str | None]]]]

DEALS: dict[str, tuple[str, Deals]] = {
    "faction": (
        "Chile sold the Fern Army 40 rifles.",
        [("CL", "Fern Army", "occurred", "assertion", [("rifles", "40")])],
    ),
    "faction behind a preposition": (
        "Rifles were shipped to the Low Marsh Fighters by Chile.",
        [("CL", "Low Marsh Fighters", "occurred", "assertion", [("Rifles", None)])],
    ),
    "state's own force": (
        "The Chilean Army received 12 tanks from Peru.",
        [("PE", "CL", "occurred", "assertion", [("tanks", "12")])],
    ),
    "let a faction have": (
        "Chile let the Low Marsh Rebels have mortars.",
        [("CL", "Low Marsh Rebels", "occurred", "assertion", [("mortars", None)])],
    ),
    "faction by a pronoun": (
        "The Low Marsh Rebels hold the town. Chile sold them 30 rifles.",
        [("CL", "Low Marsh Rebels", "occurred", "assertion", [("rifles", "30")])],
    ),
    "company in apposition behind a month": (
        "In May Orm & Dale did sell Peru a mortar.",
        [("Orm & Dale", "PE", "occurred", "assertion", [("mortar", None)])],
    ),
    "company by its noun": (
        "Fenwick Systems built radars, and the firm sold Peru 12 radars.",
        [("Fenwick Systems", "PE", "occurred", "assertion", [("radars", "12")])],
    ),
    "negotiated with": (
        "Peru is negotiating with Chile about buying nine helicopters.",
        [("CL", "PE", "planned", "assertion", [("helicopters", "nine")])],
    ),
    "in talks": (
        "Peru is in talks with Chile to buy nine helicopters.",
        [("CL", "PE", "planned", "assertion", [("helicopters", "nine")])],
    ),
    "agreement on a noun": (
        "Peru reached an agreement with Chile on the purchase of nine helicopters.",
        [("CL", "PE", "planned", "assertion", [("helicopters", "nine")])],
    ),
    "contract to deliver": (
        "Peru has signed a contract with Chile to deliver nine helicopters.",
        [("PE", "CL", "planned", "assertion", [("helicopters", "nine")])],
    ),
    "due to": (
        "Peru is due to hand Chile two frigates.",
        [("PE", "CL", "planned", "assertion", [("frigates", "two")])],
    ),
    "were to have been": (
        "The howitzers were to have been shipped by Peru to Chile.",
        [("PE", "CL", "planned", "assertion", [("howitzers", None)])],
    ),
    "cancelled": (
        "Peru cancelled the sale of 60 rifles to Chile.",
        [("PE", "CL", "planned", "assertion", [("rifles", "60")])],
    ),
    "awaited": (
        "Peru awaits nine gunboats from Chile.",
        [("CL", "PE", "planned", "assertion", [("gunboats", "nine")])],
    ),
    "begun": (
        "Peru has begun shipping howitzers to Chile.",
        [("PE", "CL", "occurred", "assertion", [("howitzers", None)])],
    ),
    "meant": (
        "Peru gave Oman the carbines that it had meant to give Chile.",
        [
            ("PE", "OM", "occurred", "assertion", [("carbines", None)]),
            ("PE", "CL", "planned", "assertion", [("carbines", None)]),
        ],
    ),
    "part of what was ordered": (
        "Peru had handed over five of the nine frigates that Chile ordered.",
        [
            ("PE", "CL", "occurred", "assertion", [("frigates", "five")]),
            ("PE", "CL", "planned", "assertion", [("frigates", "nine")]),
        ],
    ),
    "promised and sent": (
        "Peru had promised Chile 12 howitzers; in June it delivered seven.",
        [
            ("PE", "CL", "planned", "commitment", [("howitzers", "12")]),
            ("PE", "CL", "occurred", "assertion", [("howitzers", "seven")]),
        ],
    ),
    "agreed but sent": (
        "Peru agreed to sell Chile 12 howitzers but delivered only three.",
        [
            ("PE", "CL", "planned", "commitment", [("howitzers", "12")]),
            ("PE", "CL", "occurred", "assertion", [("howitzers", "only three")]),
        ],
    ),
    "clause of its own": (
        "Peru shipped rifles to Chile, and it is to ship mortars.",
        [
            ("PE", "CL", "occurred", "assertion", [("rifles", None)]),
            ("PE", "CL", "planned", "assertion", [("mortars", None)]),
        ],
    ),
    "some of them": (
        "Peru sold Chile radars. It also sold Oman 12 of them.",
        [
            ("PE", "CL", "occurred", "assertion", [("radars", None)]),
            ("PE", "OM", "occurred", "assertion", [("radars", "12")]),
        ],
    ),
    "forsworn": (
        "Peru promised never to sell rifles to Chile.",
        [("PE", "CL", "planned", "denial", [("rifles", None)])],
    ),
    "refused": (
        "Peru refused to sell rifles to Chile.",
        [("PE", "CL", "planned", "denial", [("rifles", None)])],
    ),
    "kept in": (
        "Peru is being kept in shells by Chile.",
        [("CL", "PE", "ongoing", "assertion", [("shells", None)])],
    ),
    "kept supplied": (
        "Peru was kept supplied with shells by Chile.",
        [("CL", "PE", "occurred", "assertion", [("shells", None)])],
    ),
    "kept somewhere": ("Peru keeps its howitzers in Chile.", []),
    "approved by an organ": (
        "Parliament approved the sale of 20 helicopters to Peru.",
        [(None, "PE", "planned", "assertion", [("helicopters", "20")])],
    ),
    "from whom it arrived": (
        "A consignment of 300 rifles from Peru arrived in Chile.",
        [("PE", "CL", "occurred", "assertion", [("rifles", "300")])],
    ),
    "owner of a plan that was dropped": (
        "Peru's plan to sell howitzers to Chile was dropped.",
        [("PE", "CL", "planned", "assertion", [("howitzers", None)])],
    ),
    "relieved of its goods": (
        "Chile was stripped of its howitzers by Peru.",
        [("CL", "PE", "occurred", "assertion", [("howitzers", None)])],
    ),
    "had its goods bought": (
        "Chile has had its tanks bought up by Peru.",
        [("CL", "PE", "occurred", "assertion", [("tanks", None)])],
    ),
    "carrier is no supplier": (
        "Peru was sent 600 carbines by Omani freighters out of Chile.",
        [("CL", "PE", "occurred", "assertion", [("carbines", "600")])],
    ),
    "landed at": (
        "Three Omani planes landed mortars at Lima.",
        [(None, "PE", "occurred", "assertion", [("mortars", None)])],
    ),
    "goods as the focus": (
        "Mortars were what Peru was kitted out with by Chile.",
        [("CL", "PE", "occurred", "assertion", [("Mortars", None)])],
    ),
    "second number of the same goods": (
        "Chile sold Peru 20 mortars and Oman 35.",
        [
            ("CL", "PE", "occurred", "assertion", [("mortars", "20")]),
            ("CL", "OM", "occurred", "assertion", [("mortars", "35")]),
        ],
    ),
    "shelved after": (
        "Chile's plan to sell Peru mortars was shelved after it had sold Peru two.",
        [
            ("CL", "PE", "planned", "assertion", [("mortars", None)]),
            ("CL", "PE", "occurred", "assertion", [("mortars", "two")]),
        ],
    ),
    "agreed but done": (
        "Chile has agreed to sell Peru ten mortars but has handed over two.",
        [
            ("CL", "PE", "planned", "commitment", [("mortars", "ten")]),
            ("CL", "PE", "occurred", "assertion", [("mortars", "two")]),
        ],
    ),
    "inverted condition": (
        "Should Chile sell Peru mortars, Oman would protest.",
        [("CL", "PE", "hypothetical", "assertion", [("mortars", None)])],
    ),
    "bound for": (
        "The 80 mortars bound for Peru left Chile.",
        [("CL", "PE", "occurred", "assertion", [("mortars", "80")])],
    ),
    "talks of two": (
        "Chile and Peru are in talks over the sale of mortars.",
        [(None, None, "planned", "assertion", [("mortars", None)])],
    ),
    "no talks": (
        "No talks are under way on the sale of mortars.",
        [(None, None, "planned", "denial", [("mortars", None)])],
    ),
    "gift and sale": (
        "Chile sold Peru mortars and gave Oman radars, the broker said. Santiago denied the gift.",
        [
            ("CL", "PE", "occurred", "assertion", [("mortars", None)]),
            ("CL", "OM", "occurred", "assertion", [("radars", None)]),
            ("CL", "OM", "occurred", "denial", []),
        ],
    ),
    "rare verb of sending": (
        "Chile couriered 40 rifles to Peru.",
        [("CL", "PE", "occurred", "assertion", [("rifles", "40")])],
    ),
    "verb with a prefix and a hyphen": (
        "Peru was re-equipped with mortars by the Chilean army.",
        [("CL", "PE", "occurred", "assertion", [("mortars", None)])],
    ),
    "verb taken for a part of the goods": (
        "The Chilean navy, despite a ban, supplied mortar shells to Peru.",
        [("CL", "PE", "occurred", "assertion", [("mortar shells", None)])],
    ),
    "verb in the present taken for a noun": (
        "If Chile ships 30 mortars to Peru, prices will rise.",
        [("CL", "PE", "hypothetical", "assertion", [("mortars", "30")])],
    ),
    "army before its goods": (
        "Chile handed the Peruvian army rifles.",
        [("CL", "PE", "occurred", "assertion", [("rifles", None)])],
    ),
    "party with a relative clause": (
        "The Chilean navy, from whom Peru bought up mortars, is proud.",
        [("CL", "PE", "occurred", "assertion", [("mortars", None)])],
    ),
    "rented to": (
        "Chile rented nine radars to Peru.",
        [("CL", "PE", "occurred", "assertion", [("radars", "nine")])],
    ),
    "announced a plan": (
        "Chile announced a plan to lend Peru nine radars.",
        [("CL", "PE", "planned", "assertion", [("radars", "nine")])],
    ),
    "planned by an adjective": (
        "The planned sale of radars by Chile to Peru drew protests.",
        [("CL", "PE", "planned", "assertion", [("radars", None)])],
    ),
    "fell through": (
        "The sale of radars by Chile to Peru fell through.",
        [("CL", "PE", "planned", "assertion", [("radars", None)])],
    ),
    "perceived": (
        "The world is watching Chile ship nine radars to Peru.",
        [("CL", "PE", "ongoing", "assertion", [("radars", "nine")])],
    ),
    "denied in the passive": (
        "Chile sold Peru mortars, a broker said. Any such sale was denied by Santiago.",
        [
            ("CL", "PE", "occurred", "assertion", [("mortars", None)]),
            ("CL", "PE", "occurred", "denial", []),
        ],
    ),
    "no such deal": (
        'Peru bought mortars from Chile, a broker said. "No such deal was ever struck," Santiago insisted.',
        [
            ("CL", "PE", "occurred", "assertion", [("mortars", None)]),
            ("CL", "PE", "occurred", "denial", []),
        ],
    ),
    "denied handing over": (
        "Chile sold Peru mortars, a broker said. Santiago denied handing over any mortars.",
        [
            ("CL", "PE", "occurred", "assertion", [("mortars", None)]),
            ("CL", "PE", "occurred", "denial", [("mortars", None)]),
        ],
    ),
    "denied of a pronoun": (
        "Chile sold Peru mortars, a broker said. Santiago denied that they had been sold.",
        [
            ("CL", "PE", "occurred", "assertion", [("mortars", None)]),
            ("CL", "PE", "occurred", "denial", [("mortars", None)]),
        ],
    ),
    "denied beside the claim": (
        "A broker says Chile sold Peru mortars, while Santiago denies selling any.",
        [
            ("CL", "PE", "occurred", "assertion", [("mortars", None)]),
            ("CL", "PE", "occurred", "denial", [("mortars", None)]),
        ],
    ),
    "its own statement": (
        "Peru got mortars from Chile, a broker said. It had sold none, said Santiago.",
        [
            ("CL", "PE", "occurred", "assertion", [("mortars", None)]),
            ("CL", "PE", "occurred", "denial", [("mortars", None)]),
        ],
    ),
    "only moved about": ("Chile shifted its howitzers to the coast.", []),
    "about goods": ("Chile presented evidence about the howitzers to Peru.", []),
    "denied having sent anything": (
        "Santiago denied having given anything to Oman.",
        [("CL", "OM", "occurred", "denial", [])],
    ),
}


@pytest.mark.parametrize("name", DEALS)
def test_a_deal_is_read_by_its_kind(name: str) -> None:
    text, expected = DEALS[name]
    document = read(text)
    assert [
        (
            claim.supplier,
            claim.recipient,
            claim.status,
            claim.stance,
            cargo_words(document, claim),
        )
        for claim in document.claims
    ] == expected


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Peru swapped rockets for radars with Chile.", [("CL", "PE")]),
        ("Peru and Chile are to exchange rockets for radars. They last exchanged mines in 2020.", [("CL", "PE")] * 2),
        ("Peru and Chile are to assemble carbines together at a works near the coast.", [("CL", "PE")]),
        ("Peru develops missiles with Chile.", [("CL", "PE")]),
        ("Together with Peru, Chile is to make carbines.", [("CL", "PE")]),
        ("Peru has opened a factory for drones in Chile.", [("CL", "PE")]),
        ("Peru and Chile set up a joint venture to make drones.", [("CL", "PE")]),
        ("Peru and Chile swapped mines for radars, a broker said. Lima denied the exchange.", [("CL", "PE")] * 2),
        ("Peru is building carbines with bayonets.", []),
        ("Peru and Chile exchanged prisoners.", []),
        ("Peru and Chile exchanged notes about the howitzers.", []),
    ],
)
def test_an_exchange_of_arms_is_a_cooperation(text: str, parties: list[tuple[str, str]]) -> None:
    assert [(claim.event, claim.parties) for claim in read(text).claims] == [("cooperation", each) for each in parties]


def test_the_navy_is_that_of_the_nationality_before_it() -> None:
    (claim,) = read("Peruvian anglers say the navy test-fired a torpedo.").claims
    assert (claim.event, claim.user) == ("use", "PE")


def test_a_denial_of_two_accounts_at_once_takes_neither_supplier() -> None:
    text = "Peru got jets from Chile, a clerk said. It got jets from Oman, said a pilot. Peru denied receiving jets."
    assert read(text).claims[-1].supplier is None


def test_a_use_is_answered_by_its_noun_alone() -> None:
    *_, claim = read("Chile used tear gas on the town, Peru alleged. Santiago denied its use.").claims
    assert (claim.event, claim.user, claim.stance, claim.target) == ("use", "CL", "denial", "c1")
    assert not read("Chile denied the use of force.").claims


@pytest.mark.parametrize(
    ("text", "user"),
    [
        ("Chilean gunboats fired nine rockets at the port.", "CL"),
        ("The use of tear gas by Chilean troops drew protests.", "CL"),
        ("The shells that the Chilean navy used on the town were old.", "CL"),
        ("Two rockets fell on the harbour.", None),
    ],
)
def test_soldiers_and_vessels_are_their_state_and_what_comes_down_was_used(text: str, user: str | None) -> None:
    (claim,) = read(text).claims
    assert (claim.event, claim.user) == ("use", user)
