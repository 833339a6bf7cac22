"""Who speaks in constructions that hide it: made to speak, split from his clause, told of, answering in one line."""

from __future__ import annotations

import pytest

from ..helpers.attributions import Cues, cues, read

pytestmark = pytest.mark.slow  # it loads spaCy

KINDS: dict[str, tuple[str, Cues]] = {
    "made to say": ("They got him to say that the barge was empty.", [("say", "assertion", ["him"])]),
    "led to say": (
        "Her questions led the general to concede that the mines were old.",
        [("concede", "confirmation", ["general"])],
    ),
    "tricked into saying": (
        "A drinking companion tricked the sergeant into confessing that he sold the mortar.",
        [("confessing", "confirmation", ["sergeant"])],
    ),
    "prevailed on": (
        "Two reporters prevailed on the widow to confirm that the shells were sold.",
        [("confirm", "confirmation", ["widow"])],
    ),
    "not made to say": ("The police failed to get the captain to admit the sale.", []),
    "to be made to say": ("The union will get the minister to admit the loss.", []),
    "can disclose": ("The navy can confirm that two torpedoes sank.", [("confirm", "confirmation", ["navy"])]),
    "only one can disclose": ("Only the general can confirm that the guns were sold.", []),
    "never tires": ("The mayor never tires of denying the sale.", [("denying", "denial", ["mayor"])]),
    "does not fail": (
        "The colonel never fails to confirm that his drones are unarmed.",
        [("confirm", "confirmation", ["colonel"])],
    ),
    "misses no chance": ("The ministry never misses a chance to deny it.", [("deny", "denial", ["ministry"])]),
    "hesitates": ("The envoy hesitated to confirm the sale.", [("hesitated", "evasion", ["envoy"])]),
    "only reported of him": ("The pilot thought to have dropped the bomb was never found.", []),
    "reported by others": (
        "The ship is said by dockers to have carried tanks.",
        [("said", "assertion", ["dockers"])],
    ),
    "relative clause behind the verb": (
        "Two men came to the gate who claimed that they were police.",
        [("claimed", "assertion", ["men"])],
    ),
    "second relative clause": (
        "The captain who sold the guns, and who now admits it, is in jail.",
        [("admits", "confirmation", ["captain"])],
    ),
    "which takes up a sentence": (
        "The tanks were sold at night, which the guard regrets.",
        [("regrets", "concern", ["guard"])],
    ),
    "free relative clause": (
        "What the oarsman claims he saw was a mine.",
        [("claims", "assertion", ["oarsman"])],
    ),
    "two auxiliaries in a row": (
        "The tanks that Chile says it never had have rusted.",
        [("says", "denial", ["Chile"])],
    ),
    "place before the subject": (
        "“We sold them,” muttered behind her desk the minister.",
        [("muttered", "confirmation", ["minister"])],
    ),
    "aside before the second source": (
        "The guns were sold, admits the general and, at last, his wife.",
        [("admits", "confirmation", ["general", "wife"])],
    ),
    "as do": (
        "The bullets, reckons the baker, as do his sons, were melted down.",
        [("reckons", "assertion", ["baker", "sons"])],
    ),
    "verb behind another's words": (
        "The navy, says the Herald, regrets the loss of its torpedoes.",
        [("says", "assertion", ["Herald"]), ("regrets", "concern", ["navy"])],
    ),
    "no one but": (
        "The theft is denied by no one but the admiral.",
        [("denied", "denial", ["admiral"])],
    ),
    "not even": (
        "Not even the general will confirm that the tanks exist.",
        [("confirm", "evasion", ["general"])],
    ),
    "little": ("Little did the admiral say about the torpedoes.", [("say", "evasion", ["admiral"])]),
    "clause of two verbs": (
        "The mayor believes, and the priest swears, that the cannon is old.",
        [("believes", "assertion", ["mayor"]), ("swears", "assertion", ["priest"])],
    ),
    "asked by others": ("The mayor, pressed on the matter, blamed the army.", [("blamed", "condemnation", ["mayor"])]),
    "aside before the source": (
        "The mortars, says – of all people – the choirmaster, were his.",
        [("says", "assertion", ["choirmaster"])],
    ),
    "comparative before the verb": (
        "Louder still complained the fishermen, whose nets had caught three mines.",
        [("complained", "condemnation", ["fishermen"])],
    ),
    "name that one gives oneself": (
        "A man calling himself a general claims to have sold the tanks.",
        [("claims", "assertion", ["man"])],
    ),
    "thing that is blamed": ("The yard blames the fuze.", [("blames", "assertion", ["yard"])]),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_source_is_found_in_its_construction(name: str) -> None:
    text, expected = KINDS[name]
    assert cues(text) == expected


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Q: Were the guns sold? A: See my last answer.", ["A"]),
        ("Guns were sold in May: Chilean ministry; in June: union", ["Chilean ministry", "union"]),
    ],
)
def test_a_line_of_several_turns_names_each_source(text: str, speakers: list[str]) -> None:
    assert [span.text for span in read(text).spans if span.label == "SPEAKER"] == speakers
