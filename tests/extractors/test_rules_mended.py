"""Sentences whose parse goes astray, and verbs that judge, withhold or are not said, one for each kind."""

from __future__ import annotations

import pytest

from ..helpers.attributions import Cues, cues, read

pytestmark = pytest.mark.slow

MENDED: dict[str, tuple[str, Cues]] = {
    "lemma of a verb in -e": ("The panel hoped that the mines were duds.", [("hoped", "assertion", ["panel"])]),
    "lemma of a doubled end": ("The pilot quipped that the shells were toys.", [("quipped", "assertion", ["pilot"])]),
    "clause behind an aside": (
        "The pilot claimed, and rightly so, that the guns were toys.",
        [("claimed", "assertion", ["pilot"])],
    ),
    "clause behind an agent": (
        "It was reported by the pilot that Peru had sold forty guns.",
        [("reported", "assertion", ["pilot"])],
    ),
    "clause of a noun with its source": (
        "The envoy rejected the claim by two sailors that Peru had sold guns.",
        [("rejected", "denial", ["envoy"]), ("claim", "assertion", ["sailors"])],
    ),
    "clause without that": ("The pilot swore the crates held rifles.", [("swore", "assertion", ["pilot"])]),
    "verb taken for a noun": (
        "Former ministers confide that Peru paid.",
        [("confide", "assertion", ["Former ministers"])],
    ),
    "collective": ("The clergy dispute the figure.", [("dispute", "dispute", ["clergy"])]),
    "verb taken for an adjective": (
        "The pilot, meanwhile, jeered at the report.",
        [("jeered", "dispute", ["pilot"])],
    ),
    "participle that is the verb": ("The pilot boasted of the sale.", [("boasted", "assertion", ["pilot"])]),
    "attribution with a place": (
        "The guns were toys, the pilot conceded during the hearing.",
        [("conceded", "confirmation", ["pilot"])],
    ),
    "inverted with a place": (
        "The guns were toys, boasted the pilot on Monday.",
        [("boasted", "assertion", ["pilot"])],
    ),
    "letter behind a condition": ("When the guns came, the pilot wrote to the queen.", []),
    "gesture as an answer": ("Asked whether Peru had paid, the pilot laughed.", []),
    "two at the end": ("The guns were toys, a pilot and sailors said.", [("said", "assertion", ["pilot", "sailors"])]),
    "judged by": ("The story was mocked by the mayor.", [("mocked", "dispute", ["mayor"])]),
    "judged in a clause": (
        "The figure, which the mayor questioned, came from the army.",
        [("questioned", "dispute", ["mayor"])],
    ),
    "judged first": (
        "Branded absurd by the mayor, the rumour died.",
        [("Branded", "dispute", ["mayor"])],
    ),
    "agent behind the judgment": (
        "The count was called an insult by the mayor.",
        [("called", "condemnation", ["mayor"])],
    ),
    "shared agent": (
        "The loss was neither confirmed nor denied by the navy.",
        [("confirmed", "evasion", ["navy"]), ("denied", "evasion", ["navy"])],
    ),
    "two agents": ("The loss was denied by the navy and by two pilots.", [("denied", "denial", ["navy", "pilots"])]),
    "along with": ("The mayor, along with two pilots, denied it.", [("denied", "denial", ["mayor", "pilots"])]),
    "three": ("The mayor, Norpress and the pilots denied it.", [("denied", "denial", ["mayor", "Norpress", "pilots"])]),
    "not a pair": ("The pilots' union and the army denied it.", [("denied", "denial", ["union", "army"])]),
    "two clauses": (
        "The pilot blamed the crew and sailors blamed the owners.",
        [("blamed", "condemnation", ["pilot"]), ("blamed", "condemnation", ["sailors"])],
    ),
    "whom": (
        "The Wire said that the pilot, whom police arrested in May, denied the loss.",
        [("said", "assertion", ["Wire"]), ("denied", "denial", ["pilot"])],
    ),
    "who behind a place": ("The envoy to Peru, who denied it, has left.", [("denied", "denial", ["envoy to Peru"])]),
    "document seen": ("A memo seen by Norpress states that Peru paid.", [("states", "assertion", ["memo"])]),
    "place and title": (
        "In Lima Colonel Ana Lund confirmed that a shell was found.",
        [("confirmed", "confirmation", ["Ana Lund"])],
    ),
    "question first": ("Where they went the pilot will not say.", [("say", "evasion", ["pilot"])]),
    "goods rejected": ("The buyer rejected two faulty mortars.", []),
    "seat contested": ("The general contested the election.", []),
    "shots": ("The sailors fired back with mortars.", []),
    "door": ("The porter laid the rifles at the door of the depot.", []),
    "at the door of": ("The mayor laid the loss at the door of the navy.", [("laid", "condemnation", ["mayor"])]),
    "let it be known": ("The navy let it be known that it had paid.", [("let", "assertion", ["navy"])]),
    "let slip in a clause": ("The pilot, who let slip that Peru paid, has left.", [("let", "confirmation", ["pilot"])]),
    "mum": ("The navy kept mum about the sale.", [("mum", "evasion", ["navy"])]),
    "light verb taken for a participle": ("A stoker conveyed concern about it.", [("concern", "concern", ["stoker"])]),
    "denial drawn": ("The charge drew a denial from the navy.", [("denial", "denial", ["navy"])]),
    "of the opinion": ("The pilot is of the opinion that Peru paid.", [("opinion", "assertion", ["pilot"])]),
    "vent": ("The mayor gave vent to his anger at the sale.", [("anger", "condemnation", ["mayor"])]),
    "going to": ("The navy is going to deny the loss.", []),
    "subjunctive": ("The mayor demanded that the firm admit the sale.", [("demanded", "assertion", ["mayor"])]),
    "not able": ("The mayor has not been able to verify it.", [("verify", "evasion", ["mayor"])]),
    "refused alone": ("The mayor was asked and declined.", [("declined", "evasion", ["mayor"])]),
    "no evidence seen": ("The mayor has seen no evidence that Peru paid.", [("seen", "evasion", ["mayor"])]),
    "knowledge denied": ("The firm denies knowing what it was.", [("denies", "denial", ["firm"])]),
    "cases learned of": ("The bureau has learned of three cases.", [("learned", "assertion", ["bureau"])]),
    "money not accepted": ("The mayor accepts no money.", []),
    "figure not given": ("The mayor gives no number of shells.", [("gives", "evasion", ["mayor"])]),
    "headline": ("Envoy questions mortar sale", [("questions", "dispute", ["Envoy"])]),
    "headline in capitals": ("Army Disputes Mortar Sale", [("Disputes", "dispute", ["Army"])]),
    "headline without a verb": ("Mayor silent on mortar sale", [("silent", "evasion", ["Mayor"])]),
    "headline of a noun": ("Army reports of losses", []),
}


@pytest.mark.parametrize("name", MENDED)
def test_a_mended_sentence_has_its_cues(name: str) -> None:
    text, expected = MENDED[name]
    assert cues(text) == expected


@pytest.mark.parametrize(
    ("text", "relays"),
    [
        ("The Wire said that a shell was lost, citing the pilot.", {"Wire": True, "pilot": False}),
        ("“It leaked,” the pilot was quoted as saying by the Wire.", {"Wire": True, "pilot": False}),
        ("The pilots, cited by the Wire, denied it.", {"Wire": True, "pilots": False}),
    ],
)
def test_who_cites_passes_on(text: str, relays: dict[str, bool]) -> None:
    found = {span.text: span.attributes["relay"] for span in read(text).spans if span.label == "SPEAKER"}
    assert found == relays
