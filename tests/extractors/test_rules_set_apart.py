"""Sources that an aside parts from their verb, and the names of those who are cited, in sentences of no corpus."""

from __future__ import annotations

import pytest

from ..helpers.attributions import Cues, cues, read

pytestmark = pytest.mark.slow  # it loads spaCy

LUND = "Ana Lund"
ASIDES = {
    "age": (f"The vats, {LUND}, 54, added, were old.", "added", LUND),
    "office": (f"The vats, {LUND}, a notary for the crew, said, were old.", "said", LUND),
    "office before the name": (
        f"In a post on Telegram, the mayor of Bergen, {LUND}, said the vats were old.",
        "said",
        LUND,
    ),
    "relative clause": ("The vats, Velmo, which makes the lids, added, were old.", "added", "Velmo"),
    "which one": ("The vats, a man who lives near the mill said, were old.", "said", "man"),
    "which one before a clause": (
        "On Friday, a man who lives here told parliament it was old.",
        "told",
        "man",
    ),
    "clause in a clause": (
        "A senior clerk who asked not to be named because the talks are secret insisted the vats were old.",
        "insisted",
        "senior clerk",
    ),
    "participle": (
        "The vats held oil, a Western diplomat, speaking on condition of anonymity, said.",
        "said",
        "Western diplomat",
    ),
    "as": ("The vats held oil, as a porter who had opened them told the court.", "told", "porter"),
    "name behind its office and a place": (
        f"The vats held oil, the head of the local police, Sergeant {LUND}, said.",
        "said",
        LUND,
    ),
    "name behind the one cited": (f"According to the local governor, {LUND}, the vats held oil.", "According to", LUND),
    "name at the end": (f"The vats held oil, according to a spokesman for the ministry, {LUND}.", "according to", LUND),
    "firm before a role": (f"According to Velmo chief executive {LUND}, the vats held oil.", "According to", LUND),
}


@pytest.mark.parametrize("name", ASIDES)
def test_a_source_and_its_aside_are_read_together(name: str) -> None:
    text, cue, source = ASIDES[name]
    assert cues(text) == [(cue, "assertion", [source])]


QUOTED: dict[str, Cues] = {
    f"Reuters quoted Velmo chief executive {LUND} as saying the vats held oil.": [
        ("quoted", "assertion", ["Reuters"]),
        ("saying", "assertion", [LUND]),
    ],
    "The vats held oil, Reuters reported on Friday, citing the shipping company Velmo.": [
        ("reported", "assertion", ["Reuters"]),
        ("citing", "assertion", ["Velmo"]),
    ],
    f"{LUND} said the vats were old and added that the lids were missing.": [
        ("said", "assertion", [LUND]),
        ("added", "assertion", [LUND]),
    ],
    "The ministry said the vats had been burnt and denied that any had been sold.": [
        ("said", "assertion", ["ministry"]),
        ("denied", "denial", ["ministry"]),
    ],
    "The company said it had sold no vats and declined to comment further.": [
        ("said", "denial", ["company"]),
        ("declined", "evasion", ["company"]),
    ],
    "A notary told Velpost, the state broadcaster, that the vats were old.": [("told", "assertion", ["notary"])],
}


@pytest.mark.parametrize("text", QUOTED)
def test_a_sentence_that_goes_on_or_cites_has_its_sources(text: str) -> None:
    assert cues(text) == QUOTED[text]


@pytest.mark.parametrize(
    ("text", "source", "kind"),
    [
        ("The German arms maker Velmo rejected the report.", "Velmo", "organisation"),
        ("The daily Bergener Blatt reported that the vats were old.", "Bergener Blatt", "media"),
        ("Norway's Joint Chiefs of Staff said the vats were old.", "Joint Chiefs of Staff", "body"),
        ("NATO said the vats were old.", "NATO", "body"),
        ("It was quoted by Al-Velmar TV as saying the vats were old.", "Al-Velmar TV", "media"),
    ],
)
def test_what_stands_before_a_name_says_its_kind(text: str, source: str, kind: str) -> None:
    found = {span.text: span.attributes["source_type"] for span in read(text).spans if span.label == "SPEAKER"}
    assert found.get(source) == kind
