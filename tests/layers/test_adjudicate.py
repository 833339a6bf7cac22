"""Two layers made one: what is asked, what an answer does, and what is kept of who decided what."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from claimspans import Corpus, Document, Layer, Span, Zone
from claimspans.cli import cli
from claimspans.data.checks.levels import check
from claimspans.data.checks.structure import schema_problems
from claimspans.data.lines import Line
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import Value, claim_of, document_records, span_of, to_line
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
from claimspans.layers.adjudication.decisions import DecisionFile, read_decisions
from claimspans.layers.adjudication.origins import Origin, by_day, origins
from claimspans.layers.adjudication.outcome import Outcome, write_outcome
from claimspans.layers.adjudication.own import expected, read_own
from claimspans.layers.adjudication.taken import taken
from claimspans.layers.differences import differences
from claimspans.layers.provenance import Entry, Sidecar

from ..helpers.command import claimspans
from ..helpers.examples import examples
from ..helpers.labelstudio_articles import TEXTS, claims, spans
from ..helpers.places import ROOT
from ..helpers.two_annotators import ANN, BOB, TEXT
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


def dialogue(folder: Path, typed: str, *more: str) -> Result:
    run = CliRunner().invoke(
        cli, ["adjudicate", "pass-a", "pass-b", "--out", str(folder / "out"), "--by", "Eve", *more], input=typed
    )
    assert run.exception is None or isinstance(run.exception, SystemExit | ClaimspansError), run.output
    return run


@pytest.mark.slow
def test_a_dialogue_is_stopped_and_goes_on(tmp_path: Path) -> None:
    """The two passes differ in three places, of which annotations/adjudication.md has the decisions."""
    first = dialogue(tmp_path, "nonsense\na\nas with “believes”\nquit\n")
    assert first.exit_code == 1
    assert "⟦added⟧" in first.output
    assert "neither" not in first.output  # of what must have a value
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["000.jsonl", "001.jsonl", "004.jsonl"]
    assert "2 or more questions are open in 002, 003" in first.output
    assert len(read_decisions(tmp_path / "out.decisions.jsonl")) == 1

    # A decision is taken back also from the next article on, and a value of one's own may be thought better of.
    second = dialogue(tmp_path, "b\n\nundo\nown\n\no\nRU\n  §6: the article  as a whole\nskip\n")
    assert second.exit_code == 1
    assert "taken back: 002 claim use “confirmed”, null" in second.output
    assert "1 or more questions are open in 003" in second.output
    kept = read_decisions(tmp_path / "out.decisions.jsonl")
    assert [(each.doc, each.how, each.value, each.why, each.who) for each in kept] == [
        ("001", "layer", None, "as with “believes”", "Eve"),
        ("002", "own", "RU", "§6: the article as a whole", "Eve"),
    ]
    third = dialogue(tmp_path, "own\nTuesday\n\na\n§4: the day on which he said it\n")
    assert (third.exit_code, third.exception) == (0, None), third.output
    assert "Tuesday" in third.output
    assert "5 of 5 articles" in third.output
    assert [str(problem) for problem in check(tmp_path / "out")] == []
    assert dialogue(tmp_path, "").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", *OUT]


def test_every_answer_can_be_given_where_all_are_offered(tmp_path: Path) -> None:
    """One calls a speaker an item: b is not the beginning of both there, and a name is shown with what it means."""
    (tmp_path / "bob").mkdir()
    corpus = Corpus()
    for document in corpus.load("pass-a"):
        at = next((at for at, span in enumerate(document.spans) if span.label == "SPEAKER"), 0)
        item = msgspec.structs.replace(document.spans[at], label="ITEM", attributes={"category": "ML", "origin": None})
        changed = msgspec.structs.replace(document, spans=(*document.spans[:at], item, *document.spans[at + 1 :]))
        records = document_records(changed, corpus.sources[document.doc].sha256)
        (tmp_path / "bob" / f"{document.doc}.jsonl").write_text("".join(map(to_line, records)), encoding="utf-8")
    folder = tmp_path / "out"
    typed = "b\n\nbo\n\nn\n\no\nITEM: 0-4\n\na\n\nq\n"
    run = CliRunner().invoke(cli, ["adjudicate", "pass-a", str(tmp_path / "bob"), "--out", str(folder)], input=typed)
    assert run.exit_code == 1, run.output
    made = read_decisions(tmp_path / "out.decisions.jsonl")
    assert [(each.how, each.layer) for each in made[:4]] == [
        ("layer", "bob"), ("both", None), ("neither", None), ("own", None)
    ]  # fmt: skip


OUT = ["out.decisions.jsonl", "out.md", "out.provenance.jsonl"]


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the two passes are adjudicated as the project's own record of it says."""
    folder = tmp_path_factory.mktemp("adjudicated")
    run = dialogue(folder, "a\n§5\na\n§6\na\n§4\n")
    assert run.exit_code == 0, run.output
    return folder


def test_the_outcome_of_the_passes_is_what_the_project_decided(decided: Path) -> None:
    """pass-a was right three times, so that the outcome is pass-a."""
    for path in sorted((ROOT / "annotations" / "pass-a").glob("*.jsonl")):
        assert (decided / "out" / path.name).read_bytes() == path.read_bytes()
    table = (decided / "out.md").read_text(encoding="utf-8").splitlines()
    assert table[0] == "| article | place | pass-a | pass-b | decision | why |"
    assert table[2].startswith("| 001 | s53 STANCE “added”, `stance` (")
    assert table[2].endswith(" | assertion | concern | assertion | §5 |")
    records = [json.loads(line) for line in (decided / "out.provenance.jsonl").read_text("utf-8").splitlines()]
    made = [record for record in records if record.get("how") == "decided"]
    assert [(one["doc"], one["id"], one["in"]) for one in made] == [
        ("001", "s53", {"pass-a": "s53", "pass-b": "s53"}),
        ("002", "c11", {"pass-a": "c11", "pass-b": "c11"}),
        ("003", "s26", {"pass-a": "s26", "pass-b": "s26"}),
    ]
    assert made[0]["decisions"][0] | {"key": "", "when": ""} == {
        "key": "", "field": "stance", "took": "pass-a", "who": "Eve", "why": "§5", "when": ""
    }  # fmt: skip
    of = [record for record in records if record["type"] not in ("layer", "article", "table")]
    assert len(of) == sum(len(path.read_text("utf-8").splitlines()) - 1 for path in (decided / "out").iterdir())


@pytest.mark.slow
def test_decisions_are_replayed_to_the_same_bytes_whichever_layer_is_named_first(decided: Path, tmp_path: Path) -> None:
    given = ["--decisions", str(decided / "out.decisions.jsonl"), "--out", str(tmp_path / "out")]
    run = claimspans("adjudicate", "pass-a", "pass-b", *given, "--json")
    assert run.returncode == 0, run.stderr
    shown = json.loads(run.stdout)
    assert (shown["agreed"], shown["decided"], shown["left_out"], shown["open"]) == (363, 3, 0, [])
    for path in [*(decided / "out").iterdir(), decided / "out.md", decided / "out.provenance.jsonl"]:
        assert (tmp_path / path.relative_to(decided)).read_bytes() == path.read_bytes()
    assert not (tmp_path / "out.decisions.jsonl").exists()
    swapped = CliRunner().invoke(cli, ["adjudicate", "pass-b", "pass-a", *given[:2], "--out", str(tmp_path / "b")])
    assert swapped.exit_code == 0, swapped.output


@pytest.mark.parametrize("name", ["out/003.jsonl", "out.md"])
def test_files_that_somebody_edited_are_left_alone(decided: Path, tmp_path: Path, name: str) -> None:
    """They are told before they are asked."""
    for path in decided.iterdir():
        (shutil.copytree if path.is_dir() else shutil.copy)(path, tmp_path / path.name)
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b"\n")
    (tmp_path / "out.decisions.jsonl").unlink()
    before = {path: path.read_bytes() for path in tmp_path.glob("**/*.*")}
    run = dialogue(tmp_path, "")
    assert f"{name}: was edited" in str(run.exception)
    assert "quit" not in run.output
    assert {path: path.read_bytes() for path in tmp_path.glob("**/*.*")} == before


def test_articles_that_are_taken_one_by_one_stay_known(tmp_path: Path, gold: Layer) -> None:
    def outcome(number: int, document: Document) -> Outcome:
        return Outcome(document=document, sha256=str(number), origins={"a": Origin(kind="human")})

    write_outcome(tmp_path / "out", [outcome(0, gold[0])])
    write_outcome(tmp_path / "out", [outcome(1, gold[1])])
    assert list(origins(tmp_path / "out")) == ["000", "001"]
    (again,) = write_outcome(tmp_path / "out", [outcome(0, gold[1])])
    assert again.name == "001.jsonl"
    (tmp_path / "out" / "000.jsonl").write_text("{}\n")
    with pytest.raises(ClaimspansError, match=r"000\.jsonl: was edited"):
        write_outcome(tmp_path / "out", [outcome(2, gold[0]), outcome(2, gold[1])])


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("pass-a", "pass-c"), "pass-c: no such annotation layer"),
        (("pass-a", "pass-b", "--decisions", "nowhere.jsonl"), "nowhere.jsonl: No such file"),
        (
            ("pass-a", "pass-b", "--decisions", str(ROOT / "annotations" / "gold" / "000.jsonl")),
            "expected a decision a line",
        ),
        (("pass-a", "pass-b", "--labelstudio", "--taken", "gold"), "give one of the two"),
        (("pass-a", "pass-b", "--decisions", "d.jsonl", "--taken", "gold"), "give one of the two"),
        (("pass-a", "pass-b", "--out", str(ROOT / "annotations" / "pass-b")), "is one of the layers"),
    ],
)
def test_wrong_calls(args: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    out = () if "--out" in args else ("--out", str(tmp_path / "out"))
    run = CliRunner().invoke(cli, ["adjudicate", *args, *out])
    assert isinstance(run.exception, ClaimspansError | SystemExit)
    assert said in f"{run.output} {run.exception}"
    assert list(tmp_path.iterdir()) == []


def test_layers_of_another_schema_are_read_with_it(tmp_path: Path) -> None:
    """One whose DATE has another name cannot read the passes."""
    text = json.dumps(SCHEMA.root).replace("2023-09", "2023-10")
    root = json.loads(text)
    root["$defs"]["DATE"]["properties"]["era"] = {"description": "Which.", "type": "string"}
    root["$defs"]["span"]["allOf"][3]["then"]["required"].append("era")
    for part in ("annotations", "seeds"):
        shutil.copytree(ROOT / part, tmp_path / part)
    (tmp_path / "schema.json").write_text(json.dumps(root), encoding="utf-8")
    run = claimspans("adjudicate", "pass-a", "pass-b", "--corpus", tmp_path, "--out", tmp_path / "out")
    assert run.returncode == 2
    assert "field-missing" in run.stderr
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_adjudicated(tmp_path: Path) -> None:
    nameless = Document(doc="7", text=TEXT, spans=(Span(label="ITEM", start=0, end=2),))
    with DecisionFile(tmp_path / "out.decisions.jsonl"), pytest.raises(ClaimspansError, match="just now"):
        DecisionFile(tmp_path / "out.decisions.jsonl")
    with pytest.raises(ClaimspansError, match="has no id"):
        put_beside(Layer([nameless], "a"), Layer([ANN], "b"))
    with pytest.raises(ClaimspansError, match="two layers are called a"):
        put_beside(Layer([ANN], "a"), Layer([BOB], "a"))


@pytest.fixture
def pulled(tmp_path: Path) -> Path:
    """Layers as a pull leaves them: ann began from suggestions in all articles but one, bob from the bare text."""
    side = Sidecar(tmp_path, "trial")
    for number, doc in enumerate(Corpus().sources):
        for who, layer, parent in (("ann@x", "pass-a", number or None), ("bob@x", "pass-b", None)):
            (tmp_path / who).mkdir(exist_ok=True)
            shutil.copy(ROOT / "annotations" / layer / f"{doc}.jsonl", tmp_path / who)
            side.entries[who, doc] = Entry(
                doc=doc,
                annotator=who,
                task=number,
                annotation=number,
                updated_at=f"2026-01-0{number + 1}T10:00:00Z",
                parent_prediction=parent,
                suggestions="rules" if parent else None,
            )
    side.save()
    return tmp_path


def test_what_began_from_suggestions_is_said_and_stays_known(pulled: Path) -> None:
    ann, bob = str(pulled / "ann@x"), str(pulled / "bob@x")
    run = CliRunner().invoke(cli, ["adjudicate", ann, bob, "--out", str(pulled / "out")], input="a\n\n" * 3)
    assert run.exit_code == 0, run.output
    assert "ann@x: model-assisted (from rules) in 4 of 5; human in 1 of 5" in run.output
    assert "bob@x: human\n" in run.output
    assert "Warning: model-assisted work beside" in run.output
    kinds = [origin.kind for origin in origins(pulled / "out").values()]
    assert kinds == ["human", *["model-assisted"] * 4]
    agreed = CliRunner().invoke(cli, ["agree", ann, str(pulled / "out")])
    assert "out: model-assisted (from rules) in 4 of 5; human in 1 of 5" in agreed.output
    listed = CliRunner().invoke(cli, ["agree", ann, bob, "--differences"])
    assert "Warning: model-assisted work beside" in listed.stderr
    shown = json.loads(CliRunner().invoke(cli, ["agree", ann, bob, "--json"]).output)["origins"]
    assert shown["ann@x"]["004"]["kind"] == "model-assisted"


def test_layers_of_which_one_is_behind_are_compared_on_what_both_have(pulled: Path) -> None:
    (pulled / "bob@x" / "004.jsonl").unlink()
    both = [str(pulled / "ann@x"), str(pulled / "bob@x")]
    run = CliRunner().invoke(cli, ["agree", *both])
    assert "004: bob@x lacks this article" in str(run.exception)
    run = CliRunner().invoke(cli, ["agree", *both, "--common", "--json"])
    assert run.stderr == "left out, for not every layer has them: 004\n"
    assert "docs 4" in json.loads(run.stdout)["signature"]
    run = CliRunner().invoke(cli, ["agree", *both, "--common"])
    assert "ann@x: model-assisted (from rules) in 3 of 4; human in 1 of 4" in run.stdout
    adjudicated = ["adjudicate", *both, "--common", "--out", str(pulled / "out")]
    run = CliRunner().invoke(cli, adjudicated, input="a\n\n" * 3)
    assert run.exit_code == 0, run.output
    assert sorted(path.name for path in (pulled / "out").iterdir()) == [f"00{doc}.jsonl" for doc in range(4)]
    shutil.rmtree(pulled / "bob@x")
    shutil.copytree(pulled / "out", pulled / "bob@x")
    for path in (pulled / "ann@x").glob("00[0-3].jsonl"):
        path.unlink()
    run = CliRunner().invoke(cli, ["agree", *both, "--common"])
    assert "no article is in all of" in str(run.exception)


def test_agreement_by_the_day_on_which_an_article_was_finished(pulled: Path) -> None:
    """A day, the articles of that day: pass-a and pass-b agree on the spans of all."""
    corpus = Corpus()
    layers = {who: origins(corpus.layer_path(str(pulled / who))) for who in ("ann@x", "bob@x")}
    assert by_day(layers) == {f"2026-01-0{number + 1}": [doc] for number, doc in enumerate(corpus.sources)}
    later = {"000": Origin(updated_at="2026-02-01T00:00:00Z")}
    assert by_day({"a": {"000": layers["ann@x"]["000"]}, "b": later}) == {"2026-02-01": ["000"]}
    with pytest.raises(ClaimspansError, match="pull"):
        by_day({"a": layers["ann@x"], "b": {}})
    run = CliRunner().invoke(cli, ["agree", str(pulled / "ann@x"), str(pulled / "bob@x"), "--by-day"])
    assert "2026-01-05         1     1.000       1.000      1.000" in run.output
    run = CliRunner().invoke(cli, ["agree", str(pulled / "ann@x"), str(pulled / "bob@x"), "--by-day", "--json"])
    days = json.loads(run.output)["days"]
    assert [(day["articles"], day["spans"]["all"]["exact_f1"]) for day in days.values()] == [(1, 1.0)] * 5
