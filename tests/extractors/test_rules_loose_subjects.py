"""Sources whose phrase or clause the parser takes apart, in sentences that are in no corpus."""

from __future__ import annotations

import pytest

from ..helpers.attributions import Cues, cues, read

pytestmark = pytest.mark.slow  # it loads spaCy

APART: dict[str, tuple[str, Cues]] = {
    "aside behind a place": (
        "In Oslo, a Dutch envoy, who asked not to be named, denied that the crates held guns.",
        [("denied", "denial", ["Dutch envoy"])],
    ),
    "firm with its clause behind a place": (
        "In Oslo, Norinex, which makes the fuses, denied it.",
        [("denied", "denial", ["Norinex"])],
    ),
    "row behind a place": ("In Oslo, Peru and Chile denied it.", [("denied", "denial", ["Peru", "Chile"])]),
    "name behind a place": (
        "In Oslo a deputy minister, Karl Holm, denied that a gun had been on board.",
        [("denied", "denial", ["Karl Holm"])],
    ),
    "verb behind a relative clause": (
        "A porter who lives by the depot accused Peru of selling guns.",
        [("accused", "condemnation", ["porter"])],
    ),
    "verb behind a relative clause and a place": (
        "In Oslo, a porter who asked not to be named denied that the crates held guns.",
        [("denied", "denial", ["porter"])],
    ),
    "many": ("Many at the port insisted that the guns were toys.", [("insisted", "assertion", ["Many at the port"])]),
    "many things": ("The guns were toys. Many showed rust.", []),
    "part before its verb": ("Ten porters ran. Most swore that it was a gun.", [("swore", "assertion", ["Most"])]),
    "other two": (
        "Four porters ran. The other two insisted that it was a gun.",
        [("insisted", "assertion", ["two"])],
    ),
    "rest": ("One of the porters ran. The rest claim that it was a gun.", [("claim", "assertion", ["rest"])]),
    "latter before its verb": (
        "Norway and Peru met. The latter claims that the guns were toys.",
        [("claims", "assertion", ["latter"])],
    ),
    "clause in the progressive": (
        "The glazier recalled that thirty guns are missing.",
        [("recalled", "assertion", ["glazier"])],
    ),
    "clause without that": (
        "On Friday many porters recalled the guns were rusty.",
        [("recalled", "assertion", ["porters"])],
    ),
    "figure at the end": (
        "Peru says 40 guns were sold, the welder at the quay 60.",
        [("says", "assertion", ["Peru", "welder at the quay"])],
    ),
    "figure behind and": (
        "The baker says 40 guns were sold and the welder 60.",
        [("says", "assertion", ["baker", "welder"])],
    ),
    "as it is put": ("As the welder put it, the guns were toys.", [("put", "assertion", ["welder"])]),
    "two nouns": (
        "The tugboat skipper did not deny the theft.",
        [("deny", "evasion", ["tugboat skipper"])],
    ),
    "behind a fronted phrase": (
        "Two days after the auction, a clerk at the mint acknowledged that the guns were toys.",
        [("acknowledged", "confirmation", ["clerk at the mint"])],
    ),
    "verb read as a participle": (
        "The welder voiced concern over the guns.",
        [("concern", "concern", ["welder"])],
    ),
    "noun read as a verb": ("Unease among the porters about the guns grew.", [("Unease", "concern", ["porters"])]),
    "nationality": (
        "“They rust,” said the Norwegian stowaway on Friday.",
        [("said", "assertion", ["Norwegian stowaway"])],
    ),
    "daily": ("The claim was disputed by the Norwegian daily.", [("disputed", "dispute", ["Norwegian daily"])]),
    "did turned": (
        "Only on Friday did the Norwegian foreign ministry concede that the guns were toys.",
        [("concede", "confirmation", ["Norwegian foreign ministry"])],
    ),
    "asked whether": (
        "Asked whether the tanks left by night, the newspaper did not deny it.",
        [("deny", "evasion", ["newspaper"])],
    ),
    "participle between": (
        "The Fjord Gazette reported, citing a welder, that the guns came by sea.",
        [("reported", "assertion", ["Fjord Gazette"]), ("citing", "assertion", ["welder"])],
    ),
    "two plurals": (
        "Residents and weapons inspectors agree that the bridge fell.",
        [("agree", "assertion", ["Residents", "weapons inspectors"])],
    ),
    "aside before an inverted source": (
        "So claims, at least, the Norwegian embassy.",
        [("claims", "assertion", ["Norwegian embassy"])],
    ),
    "adjective at the end": ("The guns were toys, the bereaved suspect.", [("suspect", "assertion", ["bereaved"])]),
    "contrast": ("Not the mayor but the welder denied the theft.", [("denied", "denial", ["welder"])]),
    "someone": (
        "Someone at the mint claims that the guns were toys.",
        [("claims", "assertion", ["Someone at the mint"])],
    ),
    "dozens behind according to": (
        "The guns were toys, according to dozens of customs officers.",
        [("according to", "assertion", ["customs officers"])],
    ),
    "phrase given to the verb": (
        "“Ask the cook,” muttered the deckhand from the island.",
        [("muttered", "assertion", ["deckhand from the island"])],
    ),
    "place of speaking": ("“Ask the cook,” said the mayor from his balcony.", [("said", "assertion", ["mayor"])]),
    "occasion": ("“Ask the cook,” said the mayor at a hearing.", [("said", "assertion", ["mayor"])]),
    "movement's name": (
        "The People's Harbour Front denied the theft.",
        [("denied", "denial", ["People's Harbour Front"])],
    ),
    "passive doubt": ("The charge was doubted by the welder.", [("doubted", "dispute", ["welder"])]),
    "feeling that comes from": (
        "From Oslo came a denial that the drones were toys.",
        [("denial", "denial", ["Oslo"])],
    ),
    "credit of a picture": ("Ann Berg with one of the guns. Picture: Ola Sand", []),
}


@pytest.mark.parametrize("name", APART)
def test_a_source_that_the_parser_parts_from_its_verb_is_read_with_it(name: str) -> None:
    text, expected = APART[name]
    assert cues(text) == expected


KINDS = {
    "A news agency": "media",
    "A press release": "document",
    "A white paper": "document",
    "The ledger": "document",
    "The observer": "unnamed",
    "A think-tank": "organisation",
    "The trading house": "organisation",
    "The congregation": "group",
    "A border guard": "unnamed",
    "The auctioneers": "group",
    "Neither novice": "group",
    "A third of the weavers": "group",
    "Two Norwegians": "group",
    "Some Norwegians": "group",
    "A Norwegian": "unnamed",
    "The Norwegians": "state",
    "The treaty": "document",
}


@pytest.mark.parametrize("source", KINDS)
def test_a_source_has_its_kind(source: str) -> None:
    (speaker,) = (span for span in read(f"{source} said that the guns were toys.").spans if span.label == "SPEAKER")
    assert speaker.attributes["source_type"] == KINDS[source]


def test_a_headline_ends_with_its_source_before_a_sentence() -> None:
    text = "Guns sold twice: mayor\nIt rained on Friday."
    assert [span.text for span in read(text).spans if span.label == "SPEAKER"] == ["mayor"]
