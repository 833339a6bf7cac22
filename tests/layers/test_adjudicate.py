"""Two layers made one: what is asked, what an answer does, and what is kept of who decided what."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from claimspans import Document, Layer, Zone
from claimspans.data.checks.structure import schema_problems
from claimspans.data.lines import Line
from claimspans.data.records import Value, claim_of, document_records, span_of
from claimspans.data.schema import default_schema
from claimspans.layers.adjudication import (
    Decision,
    Merged,
    Question,
    Sides,
    adjudicate,
    decision,
    merge,
    put_beside,
)
from claimspans.layers.adjudication.origins import Origin
from claimspans.layers.adjudication.outside_outcome import taken
from claimspans.layers.adjudication.typed_values import expected, read_own
from claimspans.layers.differences import differences

from ..helpers.examples import examples
from ..helpers.labelstudio_articles import TEXTS, claims, spans
from ..helpers.two_annotators import ANN, BOB
from .test_agree import checked_layers

SCHEMA = default_schema()
Answer = Callable[[Question], Decision]


def taking(name: str) -> Answer:
    return lambda question: decision(question, "layer", layer=name)


def settled(one: Document, two: Document, answer: Answer) -> tuple[Merged, list[str]]:
    """The outcome where one person answers everything, and the keys of what was asked, in order."""
    (sides,) = put_beside(Layer([one], "ann"), Layer([two], "bob"), SCHEMA)
    made: dict[str, Decision] = {}
    asked: list[str] = []

    def ask(question: Question, _so_far: Merged, _sides: Sides) -> Decision:
        asked.append(question.key)
        made[question.key] = answer(question)
        return made[question.key]

    (found,) = adjudicate([sides], lambda: made, ask)
    assert not found.open
    assert sorted(question.key for question, _ in found.closed) == sorted(asked)
    return found, asked


@st.composite
def twice(draw: st.DrawFn) -> tuple[Document, Document]:
    """An article as two people have it: somewhere alike, elsewhere not, with ids of their own."""
    text = draw(TEXTS)
    first = draw(spans(text))
    own = draw(spans(text))
    shared = [span for span in first if draw(st.integers(0, 3))]
    marked = sorted([*shared, *own], key=lambda span: span.order)
    ids = {id(span): f"s{number + 1}" for number, span in enumerate(marked)}
    # What the second says of a shared span names its own speakers.
    speakers = {span.id: ids[id(span)] for span in shared if span.label == "SPEAKER"}
    second = []
    for span in marked:
        attributes: dict[str, Value] = dict(span.attributes)
        if "speakers" in attributes:
            named = attributes["speakers"]
            assert isinstance(named, tuple)
            attributes["speakers"] = tuple(speakers[one] for one in named if one in speakers) if span in shared else ()
        second.append(msgspec.structs.replace(span, id=ids[id(span)], attributes=attributes))
    ends = draw(st.sets(st.integers(1, len(text)), max_size=2))
    zones = tuple(Zone(kind="boilerplate", start=0, end=end) for end in ends)
    held = [(first, tuple(draw(claims(first))), zones[:1]), (second, tuple(draw(claims(second))), zones)]
    one, two = (Document(doc="g", text=text, spans=tuple(a), claims=b, zones=c) for a, b, c in held)
    return one, two


@examples(10, suppressed=HealthCheck)
@given(twice())
def test_the_same_is_asked_whoever_is_named_first_and_who_is_always_right_gets_their_layer(
    both: tuple[Document, Document],
) -> None:
    one, two = both
    alike, asked = settled(one, one, taking("nobody"))
    assert (alike.document, asked) == (one, [])
    mine, asked = settled(one, two, taking("ann"))
    assert mine.document == one
    assert not any(trail.lost for trail in mine.trails)
    (sides,), (swapped,) = (
        put_beside(Layer([one], "ann"), Layer([two], "bob")),
        put_beside(Layer([two], "ann"), Layer([one], "bob")),
    )
    assert (list(sides.keys), asked) == (list(swapped.keys), settled(two, one, taking("bob"))[1])


@examples(40)
@given(checked_layers(), checked_layers())
def test_the_layer_that_is_named_second_comes_with_the_ids_and_spellings_of_the_first(one: Layer, two: Layer) -> None:
    found, _ = settled(one[0], two[0], taking("bob"))
    assert differences([found.document], two) == []
    assert not any(trail.lost for trail in found.trails)


@examples(10, suppressed=HealthCheck)
@given(twice(), st.data())
def test_whatever_is_answered_the_outcome_holds_together(both: tuple[Document, Document], data: st.DataObject) -> None:
    """No reference leads nowhere, every record is accounted for, and the schema allows each."""
    one, two = both
    made: list[Decision] = []

    def answer(question: Question) -> Decision:
        how = data.draw(st.sampled_from([how for how in question.options if how != "own"]))
        layer = data.draw(st.sampled_from(["ann", "bob"])) if how == "layer" else None
        made.append(decision(question, how, layer=layer))
        return made[-1]

    found, _ = settled(one, two, answer)
    outcome = found.document
    there = {span.id for span in outcome.spans} | {claim.id for claim in outcome.claims}
    assert len(there) == len(outcome.spans) + len(outcome.claims)
    for claim in outcome.claims:
        assert {reference for _, reference, _ in claim.references()} <= there
    for span in outcome.spans:
        named = span.attributes.get("speakers", ())
        assert isinstance(named, tuple)
        assert set(named) <= there
    kept = [trail.id for trail in found.trails if trail.type != "zone" and not trail.left_out]
    assert sorted(map(str, kept)) == sorted(map(str, there))
    for record in document_records(outcome, "0" * 64):
        assert list(schema_problems(Line("", 1, record), record, str(record["type"]), SCHEMA)) == []
    # The same decisions give the same, whoever is named first; without the last one its question is open again.
    (sides,) = put_beside(Layer([one], "ann"), Layer([two], "bob"), SCHEMA)
    assert merge(sides, {each.key: each for each in made}) == found
    (swapped,) = put_beside(Layer([two], "bob"), Layer([one], "ann"), SCHEMA)
    again = merge(swapped, {each.key: each for each in made})
    assert not again.open
    assert [span.order for span in again.document.spans] == [span.order for span in outcome.spans]
    assert len(again.document.claims) == len(outcome.claims)
    if made:
        assert made[-1].key in [each.key for each in merge(sides, {each.key: each for each in made[:-1]}).open]


ASKED: list[tuple[str, str | None, tuple[str, ...]]] = [
    ("missing", None, ("layer", "own")),
    ("boundaries", None, ("layer", "neither", "own")),
    ("label", None, ("layer", "both", "neither", "own")),
    ("zone", None, ("layer",)),
    ("attribute", "relay", ("layer", "own")),
    ("attribute", "speakers", ("layer", "both", "neither", "own")),
    ("claim", None, ("layer",)),
    ("slot", "event", ("layer", "own")),
    ("slot", "user", ("layer", "own")),
]


def told(how: Mapping[str, Any], asked: list[Any] | None = None) -> Answer:
    """Answers by field or kind: the name of a layer, both, neither, or else a value of one's own."""

    def answer(question: Question) -> Decision:
        difference = question.difference
        if asked is not None:
            asked.append((difference.kind, difference.field, question.options))
        given = how.get(difference.field or difference.kind, "ann")
        if given in ("ann", "bob"):
            return decision(question, "layer", layer=given)
        if given in ("both", "neither"):
            return decision(question, given)
        return decision(question, "own", value=given)

    return answer


def test_what_is_asked_rests_on_what_was_answered() -> None:
    asked: list[Any] = []
    settled(ANN, BOB, told({}, asked))
    assert asked == ASKED
    asked.clear()
    # Moscow is an item, so that nobody denies in ann's version and Kyiv does in bob's; in a transfer there is no user,
    # and a supplier only where there is a transfer.
    settled(ANN, BOB, told({"label": "bob", "event": "bob"}, asked))
    assert ("slot", "supplier") in [each[:2] for each in asked]
    assert ("slot", "user") not in [each[:2] for each in asked]
    asked.clear()
    outcome, _ = settled(ANN, BOB, told({"boundaries": "neither"}, asked))
    assert ("slot", "cargo") not in [each[:2] for each in asked]
    assert outcome.document.claims[0].cargo == ()
    assert [trail.lost for trail in outcome.trails if trail.id == "c1"] == [("item s3",)]


@pytest.mark.parametrize(
    ("how", "marked"),
    [
        ({}, "SPEAKER Kyiv s1|STANCE said s2|ITEM missiles s3|SPEAKER Moscow s4|STANCE denied s5"),
        (
            {"missing": "bob", "boundaries": "bob", "label": "both"},
            "DATE Sept. 4 s6|SPEAKER Kyiv s1|STANCE said s2|ITEM saw missiles s3|ITEM Moscow s7|SPEAKER Moscow s4|STANCE denied s5",  # noqa: E501
        ),
        ({"label": "neither", "boundaries": "neither"}, "SPEAKER Kyiv s1|STANCE said s2|STANCE denied s5"),
        (
            {"missing": {"label": "DATE", "start": 0, "end": 10}, "label": {"label": "ITEM", "start": 38, "end": 40}},
            "DATE On Sept. 4 s6|SPEAKER Kyiv s1|STANCE said s2|ITEM missiles s3|ITEM Mo s7|STANCE denied s5",
        ),
    ],
)
def test_answers_about_spans(how: Mapping[str, Any], marked: str) -> None:
    outcome, _ = settled(ANN, BOB, told(how))
    assert "|".join(f"{span.label} {span.text} {span.id}" for span in outcome.document.spans) == marked


def test_answers_about_what_is_said_of_them() -> None:
    outcome, _ = settled(ANN, BOB, told({"relay": True, "speakers": "both", "zone": "bob", "claim": "bob"}))
    by_id = {span.id: span for span in outcome.document.spans}
    assert by_id["s1"].attributes["relay"] is True
    assert by_id["s5"].attributes["speakers"] == ("s4", "s1")
    assert outcome.document.zones == BOB.zones
    assert [claim.id for claim in outcome.document.claims] == ["c1"]
    outcome, _ = settled(ANN, BOB, told({"speakers": ["SPEAKER 11 15"], "event": "cooperation", "user": None}))
    assert outcome.document.spans[-1].attributes["speakers"] == ("s1",)
    assert (outcome.document.claims[0].event, outcome.document.claims[0].user) == ("cooperation", None)


def test_where_each_record_comes_from() -> None:
    outcome, _ = settled(ANN, BOB, told({"missing": "bob", "boundaries": "bob"}))
    shown = [(trail.type, trail.id, trail.ids, len(trail.decisions), trail.left_out) for trail in outcome.trails]
    assert shown == [
        ("zone", None, {"bob": None}, 1, True),
        ("span", None, {"bob": "s5"}, 1, True),
        ("span", "s6", {"bob": "s1"}, 1, False),
        ("span", "s1", {"ann": "s1", "bob": "s2"}, 1, False),
        ("span", "s2", {"ann": "s2", "bob": "s3"}, 0, False),
        ("span", "s3", {"bob": "s4"}, 1, False),
        ("span", "s4", {"ann": "s4"}, 1, False),
        ("span", "s5", {"ann": "s5", "bob": "s6"}, 1, False),
        ("claim", "c1", {"ann": "c1", "bob": "c1"}, 2, False),
        ("claim", "c2", {"ann": "c2"}, 1, False),
    ]


def test_where_each_record_comes_from_that_somebody_submitted() -> None:
    """They took ann's version, but for Moscow, whom neither has as a date, and a zone; what both had is gone once."""
    (sides,) = put_beside(Layer([ANN], "ann"), Layer([BOB], "bob"))
    moscow = msgspec.structs.replace(ANN.spans[3], label="DATE", attributes={"edtf": "2024"})
    kept = msgspec.structs.replace(ANN, spans=(ANN.spans[0], ANN.spans[2], moscow), claims=())
    (moscow_key,) = [key for key, each in sides.keys.items() if each.kind == "label"]
    own = {"7": Origin(annotator="eve", reasons={moscow_key: "it is said when"})}
    (outcome,) = taken(Layer([kept], "eve"), [sides], SCHEMA, {"7": "0"}, {}, own)
    shown = [
        (trail.type, trail.id, trail.place, trail.ids, [each.layer or each.how for each in trail.decisions])
        for trail in outcome.trails
    ]
    assert shown == [
        ("span", "s1", "SPEAKER 11 15", {"ann": "s1"}, ["ann"]),
        ("span", "s3", "ITEM 28 36", {"ann": "s3"}, ["ann"]),
        ("span", "s4", "DATE 38 44", {}, ["own"]),
        ("span", None, "STANCE 16 20", {"ann": "s2", "bob": "s3"}, ["neither"]),
        ("claim", None, "claim use “said”", {"ann": "c1"}, ["bob"]),
        ("span", None, "STANCE 45 51", {"ann": "s5", "bob": "s6"}, ["neither"]),
        ("claim", None, "claim use “denied”", {"ann": "c2"}, ["bob"]),
        ("span", None, "SPEAKER 38 44", {"ann": "s4"}, ["bob"]),
        ("span", None, "DATE 3 10", {"bob": "s1"}, ["ann"]),
        ("claim", None, "claim transfer “said”", {"bob": "c1"}, ["ann"]),
        ("zone", None, "boilerplate 56 76", {"bob": None}, ["ann"]),
        ("span", None, "ITEM 38 44", {"bob": "s5"}, ["ann"]),
    ]
    assert [trail.left_out for trail in outcome.trails] == [False] * 3 + [True] * 9
    closed = [(question.what, decided.how, decided.layer, decided.taken) for question, decided in outcome.closed]
    assert closed == [
        ("missing", "layer", "ann", "–"),
        ("attribute relay", "layer", "ann", "false"),
        *((f"slot {field}", "neither", None, "neither") for field in ("event", "supplier", "user")),
        ("boundaries", "layer", "ann", "ITEM “missiles”"),
        ("label", "own", None, "DATE “Moscow”"),
        ("attribute speakers", "neither", None, "neither"),
        ("claim", "layer", "bob", "–"),
        ("zone", "layer", "ann", "–"),
    ]
    assert [decided.why for _, decided in outcome.closed if decided.why] == ["it is said when"]
    assert [trail.place for trail in outcome.trails for each in trail.decisions if each.why] == [
        *("DATE 38 44", "SPEAKER 38 44", "ITEM 38 44")
    ]


def test_a_decision_counts_as_long_as_both_layers_say_what_they_said() -> None:
    made: dict[str, Decision] = {}

    def keep(question: Question) -> Decision:
        made[question.key] = taking("bob")(question)
        return made[question.key]

    settled(ANN, BOB, keep)
    (moved,) = put_beside(Layer([ANN], "ann"), Layer([renumbered(BOB)], "bob"))
    assert not merge(moved, made).open
    said = msgspec.structs.replace(BOB.spans[1], attributes={"relay": None})
    other = msgspec.structs.replace(BOB, spans=(BOB.spans[0], said, *BOB.spans[2:]))
    (changed,) = put_beside(Layer([ANN], "ann"), Layer([other], "bob"))
    assert [question.difference.field for question in merge(changed, made).open] == ["relay"]
    (called_otherwise,) = put_beside(Layer([ANN], "ann"), Layer([BOB], "eve"))
    assert merge(called_otherwise, made).open


def renumbered(document: Document) -> Document:
    """The same with other ids."""
    raw = json.dumps(list(document_records(document)))
    for number in range(1, 8):
        raw = raw.replace(f'"s{number}"', f'"x{number}"')
    again = json.loads(raw)
    return msgspec.structs.replace(
        document,
        spans=tuple(span_of(record) for record in again if record["type"] == "span"),
        claims=tuple(claim_of(record) for record in again if record["type"] == "claim"),
    )


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("missing", "words of the article, or offsets such as 29-51"),
        ("label", "words of the article, or offsets such as 29-51; before a colon, the other label"),
        ("relay", "one of true, false"),
        ("speakers", "ids, as s4, s6, of s1 “Kyiv”, s4 “Moscow”; - for none"),
        ("event", "one of transfer, use, cooperation"),
        ("user", "the value; - for none"),
    ],
)
def test_what_a_value_of_ones_own_can_be_is_said(field: str, said: str) -> None:
    (sides,) = put_beside(Layer([ANN], "ann"), Layer([BOB], "bob"))
    found: dict[str, str] = {}
    made: dict[str, Decision] = {}
    while (so_far := merge(sides, made)).open:
        for question in so_far.open:
            name = question.difference.field or question.difference.kind
            if "own" in question.options:
                found[name] = expected(question, so_far.document, SCHEMA)
            made[question.key] = taking("ann")(question)
    assert found[field] == said


@pytest.mark.parametrize(
    ("field", "answer", "value"),
    [
        ("missing", "Sept. 4", {"label": "DATE", "start": 3, "end": 10}),
        ("boundaries", "27-36", {"label": "ITEM", "start": 27, "end": 36}),
        ("label", "ITEM: Moscow", {"label": "ITEM", "start": 38, "end": 44}),
        ("label", "QUANTITY: Moscow", "the article does not say “QUANTITY: Moscow”"),
        ("boundaries", "30-900", "which has 76 characters"),
        ("relay", "true", True),
        ("relay", "perhaps", "expected one of true, false"),
        ("speakers", "s1, s4", ["SPEAKER 11 15", "SPEAKER 38 44"]),
        ("speakers", "-", []),
        ("speakers", "s99", "no span s99"),
        ("user", "the front", "the front"),
        ("user", "-", None),
        ("event", "war", "expected one of transfer, use, cooperation"),
        ("cargo", "s3", [{"item": "ITEM 28 36", "quantity": None, "relation": None}]),
        ("cargo", "s4", "s4 is a SPEAKER, expected a ITEM"),
        ("cargo", "- -", "names neither"),
        ("cargo", "s3 - times often", None),
    ],
)
def test_values_of_ones_own(field: str, answer: str, value: Any) -> None:
    """A mistake says what was expected; spans are kept by label and place."""
    wanted = msgspec.structs.replace(ANN.claims[0], cargo=())
    ann = msgspec.structs.replace(ANN, claims=(wanted, *ANN.claims[1:]))
    (sides,) = put_beside(Layer([ann], "ann"), Layer([BOB], "bob"))
    made: dict[str, Decision] = {}
    found: dict[str, Question] = {}
    while (so_far := merge(sides, made)).open:
        for question in so_far.open:
            found[question.difference.field or question.difference.kind] = question
            made[question.key] = taking("ann")(question)
    if value is None and field == "cargo":
        with pytest.raises(ValueError, match="times"):
            read_own(found[field], answer, so_far.document, SCHEMA)
    elif isinstance(value, str) and value != answer:
        with pytest.raises(ValueError, match=value.replace("“", ".").replace("”", ".")):
            read_own(found[field], answer, so_far.document, SCHEMA)
    else:
        assert read_own(found[field], answer, so_far.document, SCHEMA) == value
