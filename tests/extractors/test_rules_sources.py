"""Sources and stances as the handbook has them, in sentences that are in no corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimspans import ClaimspansError, Document, Span
from claimspans.extractors.baselines import rules
from claimspans.extractors.baselines.rules.states import REAL, states_of

pytestmark = pytest.mark.slow  # it loads spaCy

READINGS = {
    "negated": ("Jordan has not confirmed the sale.", [("confirmed", "evasion", ["Jordan"])]),
    "no denial": ("Peru did not deny that it sold the jets.", [("deny", "evasion", ["Peru"])]),
    "yet to": ("Oslo has yet to acknowledge the loss.", [("acknowledge", "evasion", ["Oslo"])]),
    "refusal": ("Chile declined to comment on the tanks.", [("declined", "evasion", ["Chile"])]),
    "held back": ("Spain stopped short of denying the report.", [("stopped", "evasion", ["Spain"])]),
    "neither": (
        "Qatar neither confirmed nor denied the deal.",
        [("confirmed", "evasion", ["Qatar"]), ("denied", "evasion", ["Qatar"])],
    ),
    "not ruled out": ("Egypt does not rule out buying drones.", [("does not rule out", "evasion", ["Egypt"])]),
    "no comment": ("The firm made no comment.", [("no comment", "evasion", ["firm"])]),
    "condition": ("If Ghana admits the sale, the talks will end.", []),
    "question": ("Did Kenya deny the sale?", []),
    "future": ("Poland will confirm the order on Friday.", []),
    "plan": ("Greece is expected to announce the purchase.", []),
    "act": ("Turkey shipped forty howitzers to Libya.", []),
    "denial by content": ("“It is a fabrication,” said the envoy.", [("said", "denial", ["envoy"])]),
    "nothing of it": ("Cuba said that no rifle had left its depots.", [("said", "denial", ["Cuba"])]),
    "dispute": ("Iraq said the claim was baseless.", [("said", "dispute", ["Iraq"])]),
    "admission": ("Mali conceded that it had lost the guns.", [("conceded", "confirmation", ["Mali"])]),
    "blame of a thing": ("The pilot blamed the torpedo.", [("blamed", "assertion", ["pilot"])]),
    "blame of somebody's thing": ("Chad blamed Libyan shells.", [("blamed", "condemnation", ["Chad"])]),
    "blame": ("Chad accused Libya of arming the rebels.", [("accused", "condemnation", ["Chad"])]),
    "concern by noun": ("Finland voiced alarm over the rockets.", [("alarm", "concern", ["Finland"])]),
    "promise": ("Serbia pledged to return the mortars.", [("pledged", "commitment", ["Serbia"])]),
    "inverted": ("“They were rusty trucks,” recalled the farmer.", [("recalled", "assertion", ["farmer"])]),
    "according to": ("According to the union, the crates were empty.", [("According to", "assertion", ["union"])]),
    "relative": ("Ana Lund, who denied the charge, left the room.", [("denied", "denial", ["Ana Lund"])]),
    "passive": ("The figure was disputed by the auditors.", [("disputed", "dispute", ["auditors"])]),
    "credited": (
        "A memo leaked by the party says so.",
        [("leaked", "assertion", ["party"]), ("says", "assertion", ["memo"])],
    ),
    "title stays out": ("Defence Minister Ola Brandt said so.", [("said", "assertion", ["Ola Brandt"])]),
    "which one": ("A spokesman for the army said so.", [("said", "assertion", ["spokesman for the army"])]),
    "mood": ("The crew remained silent.", [("silent", "evasion", ["crew"])]),
}


def found(text: str) -> tuple[Span, ...]:
    (document,) = rules.extract([Document(doc="x", text=text)])
    return document.spans


@pytest.mark.parametrize("name", READINGS)
def test_a_cue_is_read_with_its_polarity_and_its_source(name: str) -> None:
    text, cues = READINGS[name]
    spans = found(text)
    words = {span.id: span.text for span in spans}
    read = [
        (span.text, span.attributes["stance"], [words[each] for each in span.attributes["speakers"]])  # type: ignore[union-attr]
        for span in spans
        if span.label == "STANCE"
    ]
    assert read == cues


IDENTITIES = {
    "capital": ("Vienna denied the sale.", "Vienna", ("Austria", "state", "AT")),
    "seat": ("The Kremlin said so.", "Kremlin", ("Kremlin", "body", "RU")),
    "office-holder": ("Danish ambassador Karl Holm said so.", "Karl Holm", ("Karl Holm", "person", "DK")),
    "rest": ("The rest of the crew say so.", "rest of the crew", ("crew", "group", None)),
    "will": ("The nun's will says so.", "will", ("nun's will", "document", None)),
    "capital of a state": ("The Danish capital denied it.", "Danish capital", ("Denmark", "state", "DK")),
    "harbour master": (
        "Norway's harbour master said so.",
        "harbour master",
        ("Norway's harbour master", "unnamed", "NO"),
    ),
    "paper by what it does": ("The Evening Lamp reports the sale.", "Evening Lamp", ("Evening Lamp", "media", None)),
    "name with an article": ("The Silver Hand denied it.", "Silver Hand", ("Silver Hand", "organisation", None)),
    "figure of a list": ("The list shows 40 rifles.", "list", ("list", "document", None)),
    "arm of the army": ("The Danish cavalry say so.", "Danish cavalry", ("Danish cavalry", "body", "DK")),
    "soldiers": ("Danish paratroopers say so.", "Danish paratroopers", ("Danish paratroopers", "group", "DK")),
    "official of no state": ("The guns never left Peru, insisted the envoy.", "envoy", ("envoy", "unnamed", None)),
    "noun that is a verb": (
        "A list, the Danish envoy reports, is lost.",
        "Danish envoy",
        ("Danish envoy", "unnamed", "DK"),
    ),
    "unnamed": ("A Danish diplomat said so.", "Danish diplomat", ("Danish diplomat", "unnamed", "DK")),
    "owner": ("Norway's consul said so.", "consul", ("Norway's consul", "unnamed", "NO")),
    "pronoun of a state": ("Norway lost a tank. It admitted the loss.", "It", ("Norway", "state", "NO")),
    "pronoun of a person": ("Colonel Karl Holm came. He denied the sale.", "He", ("Karl Holm", "person", None)),
    "nobody named": ("She denied the sale.", "She", ("she", "unnamed", None)),
    "many": ("Villagers said so.", "Villagers", ("villagers", "group", None)),
    "paper": ("The Harbour Herald reported that guns had gone.", "Harbour Herald", ("Harbour Herald", "media", None)),
    "part": ("Two of the drivers said so.", "Two of the drivers", ("drivers", "group", None)),
    "two states": ("Norway and Peru signed. They denied it.", "They", ("Norway and Peru", "group", None)),
    "we of a state": (
        "“We never sold any,” said Danish envoy Karl Holm. “We deny it.”",
        "We",
        ("Denmark", "state", "DK"),
    ),
}


@pytest.mark.parametrize("name", IDENTITIES)
def test_a_source_is_known_by_name_kind_and_state(name: str) -> None:
    text, mention, known = IDENTITIES[name]
    speaker = next(span.attributes for span in found(text) if span.label == "SPEAKER" and span.text == mention)
    assert (speaker["entity"], speaker["source_type"], speaker["country"]) == known


def test_who_passes_on_another_source_relays() -> None:
    spans = found("The Daily Mail says the union claims it has proof.")
    relays = {span.text: span.attributes["relay"] for span in spans if span.label == "SPEAKER"}
    assert relays["Daily Mail"] is True
    assert relays["union"] is False


def test_sentences_side_by_side_are_nobodys_content() -> None:
    spans = found("Some deny it, others admit it.")
    assert [span.attributes["relay"] for span in spans if span.label == "SPEAKER"] == [False, False]


def test_the_turns_of_a_transcript_speak_and_its_questions_do_not() -> None:
    text = "Q: Did you sell any?\nA: We sold none.\nQ: And in May?\nA: None then.\n"
    assert [span.start for span in found(text) if span.label == "SPEAKER" and span.text == "A"] == [21, 53]
    assert not [span for span in found(text) if span.text == "Q"]


def test_a_corpus_lists_states_of_its_own(tmp_path: Path) -> None:
    world = [{"code": "XT", "name": "Talvia", "adjective": "Talvian", "demonym": "Talvians", "capital": "Kest"}]
    (tmp_path / "world.json").write_text(json.dumps({"states": world}), encoding="utf-8")
    known = states_of(tmp_path)
    (document,) = rules.extract([Document(doc="x", text="Kest denied the sale.")], known)
    assert next(span.attributes["entity"] for span in document.spans if span.label == "SPEAKER") == "Talvia"
    assert known.code("Talvian") == "XT"
    assert known.code("Danish") == "DK"
    assert REAL.code("Talvian") is None


def test_a_world_that_lists_no_states_is_refused(tmp_path: Path) -> None:
    (tmp_path / "world.json").write_text('[{"name": "Talvia"}]', encoding="utf-8")
    with pytest.raises(ClaimspansError, match=r"world\.json: .*expected who is who in the corpus"):
        REAL.with_world(tmp_path)


CLAIMS = {
    "passive": ("Iran was sold forty tanks by Norway.", ("transfer", "occurred", "NO", "IR")),
    "by preposition": ("Drones were sent from Iran to Sudan.", ("transfer", "occurred", "IR", "SD")),
    "indirect object": ("Norway gave Iran nine rifles.", ("transfer", "occurred", "NO", "IR")),
    "buyer": ("Sudan bought rockets from China.", ("transfer", "occurred", "CN", "SD")),
    "plan": ("Norway will deliver tanks to Iran.", ("transfer", "planned", "NO", "IR")),
    "arrival": ("Nine tanks reached Sudan.", ("transfer", "occurred", None, "SD")),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_the_parties_of_a_transfer(name: str) -> None:
    text, expected = CLAIMS[name]
    (document,) = rules.extract([Document(doc="x", text=text)])
    (claim,) = document.claims
    assert (claim.event, claim.status, claim.supplier, claim.recipient) == expected
    assert claim.holders == ()


def test_a_denial_answers_the_claim_and_a_restatement_is_tied_to_it() -> None:
    text = (
        "Oman says that Norway sold tanks to Iran. Norway denied that it sold tanks to Iran. "
        "Oman repeated that Norway sold tanks to Iran."
    )
    (document,) = rules.extract([Document(doc="x", text=text)])
    words = {span.id: span.text for span in document.spans}
    read = [
        (claim.stance, [words[each] for each in claim.holders], claim.target, claim.same_as)
        for claim in document.claims
    ]
    assert read == [
        ("assertion", ["Oman"], None, None),
        ("denial", ["Norway"], "c1", None),
        ("assertion", ["Oman"], None, "c1"),
    ]
