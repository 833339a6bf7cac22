"""The score: known figures, zones, undefined ratios, intervals, the shape of the JSON and the signature."""

from __future__ import annotations

import json
import random
from datetime import date
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import claimspans
from claimspans import Claim, ClaimspansError, Corpus, Document, Layer, Span, Zone, score
from claimspans.data.predictions import read_predictions
from claimspans.data.schema import Schema, default_schema
from claimspans.scoring.counts import FIELDS, Counts
from claimspans.scoring.significance import bootstrap

from ..helpers.places import ROOT


def doc(*spans: Span, name: str = "1", zones: tuple[Zone, ...] = (), claims: tuple[Claim, ...] = ()) -> Document:
    return Document(doc=name, spans=spans, zones=zones, claims=claims)


def item(start: int, end: int, label: str = "ITEM", **attributes: str | None) -> Span:
    return Span(label=label, start=start, end=end, id=f"x{start}", attributes=attributes)


def test_a_worked_example() -> None:
    """Four gold spans; one right, one a letter short, one mislabelled, one missed; one prediction out of nowhere."""
    gold = doc(item(0, 5), item(10, 20), item(30, 35), item(40, 45, "DATE"))
    predicted = doc(item(0, 5), item(10, 19), item(30, 35, "DATE"), item(90, 95))
    result = score([gold], [predicted])
    strict, partial = result["strict"].micro, result["partial"].micro
    assert (strict.COR, strict.INC, strict.PAR, strict.MIS, strict.SPU) == (1, 2, 0, 1, 1)
    assert (strict.precision, strict.recall, strict.f1) == (1 / 4, 1 / 4, 1 / 4)
    assert (partial.COR, partial.INC, partial.PAR) == (2, 0, 1)
    assert partial.precision == 2.5 / 4
    items, dates = result["strict"].labels["ITEM"], result["strict"].labels["DATE"]
    assert (items.POS, items.ACT, items.COR, items.INC, items.SPU) == (3, 3, 1, 2, 1)
    assert (dates.POS, dates.ACT, dates.COR, dates.MIS, dates.ACT_INC) == (1, 1, 0, 1, 1)
    assert result["strict"].macro.f1 == pytest.approx((1 / 3 + 0) / 2)


def test_undefined_is_none_and_never_0_or_1() -> None:
    nothing = score([doc()], [doc()])
    assert (nothing["strict"].micro.precision, nothing["strict"].micro.f1) == (None, None)
    assert nothing["strict"].macro.f1 is None
    missed = score([doc(item(0, 5))], [])["strict"].micro
    assert (missed.precision, missed.recall, missed.f1) == (None, 0.0, 0.0)
    spurious = score([doc()], [doc(item(0, 5))])["strict"].micro
    assert (spurious.precision, spurious.recall, spurious.f1) == (0.0, None, 0.0)


def test_a_prediction_wholly_inside_a_zone_is_ignored_and_counted() -> None:
    gold = doc(item(0, 5), zones=(Zone(kind="boilerplate", start=10, end=20),))
    result = score([gold], [doc(item(0, 5), item(10, 20), item(12, 15), item(18, 22))])
    assert result.ignored == 2
    assert result["strict"].micro.ACT == 2
    assert result["strict"].micro.SPU == 1


def test_an_article_that_the_gold_lacks_or_that_stands_twice_is_named() -> None:
    with pytest.raises(ClaimspansError, match="2: the predictions have an article that the gold lacks"):
        score([doc()], [doc(name="2")])
    with pytest.raises(ClaimspansError, match="1: the predictions have this article twice"):
        score([doc()], [doc(), doc()])


def test_the_order_of_copies_that_differ_in_an_attribute_changes_nothing() -> None:
    gold = [doc(item(0, 5, category="ML4", origin=None))]
    copies = [item(0, 5, category="ML4", origin=None), item(0, 5, category="ML3", origin=None)]
    assert score(gold, [doc(*copies)]).to_dict() == score(gold, [doc(*copies[::-1])]).to_dict()


def test_attributes_are_compared_as_the_schema_says() -> None:
    date, number = {"edtf": "2023-09"}, {"value": 6e6}
    speaker = Span(label="SPEAKER", start=50, end=55, id="s", attributes={"entity": "Shin Won-sik"})
    gold = [
        doc(
            Span(label="DATE", start=0, end=5, attributes=date),
            Span(label="QUANTITY", start=10, end=15, attributes=number),
            Span(label="STANCE", start=60, end=65, attributes={"speakers": ("s",)}),
            speaker,
        )
    ]
    predicted = [
        doc(
            Span(label="DATE", start=0, end=5, attributes={"edtf": "2023-09-01/2023-09-30"}),
            Span(label="QUANTITY", start=10, end=15, attributes={"value": 6_000_000}),
            Span(label="STANCE", start=60, end=65, attributes={"speakers": ("other",)}),
            Span(label="SPEAKER", start=48, end=55, id="other", attributes={"entity": "shin won sik"}),
        )
    ]
    right = {name: attribute.right for name, attribute in score(gold, predicted).attributes.items()}
    assert right["DATE.edtf"] == 1
    assert right["QUANTITY.value"] == 1
    assert right["STANCE.speakers"] == 1
    assert right["SPEAKER.entity"] == 0


def test_an_attribute_that_is_not_given_is_not_right() -> None:
    gold = [doc(item(0, 5, category="ML4", origin=None), item(10, 15, category="ML3", origin=None))]
    predicted = [doc(item(0, 5, category="ML4"), item(20, 25, category="ML3"))]
    category, origin = (score(gold, predicted).attributes[f"ITEM.{name}"] for name in ("category", "origin"))
    assert (category.matched, category.given, category.right, category.POS, category.ACT) == (1, 1, 1, 2, 2)
    assert (category.accuracy, category.precision, category.recall) == (1.0, 0.5, 0.5)
    assert (origin.matched, origin.given, origin.right, origin.accuracy) == (1, 0, 0, 0.0)


def test_claims_are_aligned_by_the_slots_that_they_share() -> None:
    holder = Span(label="SPEAKER", start=0, end=5, id="s1")
    moved = Span(label="SPEAKER", start=0, end=4, id="p9")
    sent = Claim(id="c1", event="transfer", stance="assertion", supplier="KP", recipient="RU", holders=("s1",))
    used = Claim(id="c2", event="use", stance="denial", user="RU", holders=("s1",))
    guess = Claim(id="g1", event="transfer", stance="assertion", supplier="KP", recipient="RU", holders=("p9",))
    wrong = Claim(id="g2", event="use", stance="assertion", user="UA")
    result = score([doc(holder, claims=(sent, used))], [doc(moved, claims=(wrong, guess))])
    whole, slots = result.claims["whole"], result.claims["slots"]
    assert (whole.COR, whole.INC, whole.MIS, whole.SPU) == (1, 1, 0, 0)
    assert (slots.COR, slots.POS, slots.ACT) == (6, 9, 8)


def test_an_attribute_of_one_value_counts_where_somebody_gives_it(schema: Schema) -> None:
    def article(**attributes: str | int) -> list[Document]:
        held = {"value": 40, "unit": "shell", "measure": "count", **attributes}
        return [Document(doc="x", text="40-60", spans=(Span(label="QUANTITY", start=0, end=5, attributes=held),))]

    exact, between = article(comparator="eq"), article(comparator="between", upper=60)
    assert "QUANTITY.upper" not in score(exact, exact, schema=schema).attributes
    found = [score(between, other, schema=schema).attributes["QUANTITY.upper"] for other in (between, exact)]
    found += [score(between, article(comparator="between", upper=50), schema=schema).attributes["QUANTITY.upper"]]
    assert [(each.matched, each.right, each.POS, each.ACT) for each in found] == [
        (1, 1, 1, 1),
        (1, 0, 1, 0),
        (1, 0, 1, 1),
    ]


def test_the_gold_scores_1_against_itself(gold: Layer) -> None:
    result = score(gold, gold)
    for scheme in result.schemes.values():
        assert scheme.micro.f1 == scheme.macro.f1 == 1.0
    assert {attribute.accuracy for attribute in result.attributes.values()} == {1.0}
    assert result.claims["whole"].f1 == result.claims["slots"].f1 == 1.0


def test_the_order_of_articles_and_spans_changes_no_figure(gold: Layer) -> None:
    predicted = read_predictions(ROOT / "submissions" / "rules", None, claimspans.Corpus().texts)
    shuffled = []
    for document in predicted:
        spans = list(document.spans)
        random.Random(1).shuffle(spans)
        shuffled.append(msgspec.structs.replace(document, spans=tuple(spans)))
    assert score(gold, shuffled[::-1]).to_dict() == score(gold, predicted).to_dict()


@given(data=st.data())
def test_the_order_of_claims_and_of_equal_spans_changes_no_figure(data: st.DataObject) -> None:
    people = [Span(label="SPEAKER", start=0, end=5, id=f"s{number}") for number in range(3)]
    claims = st.builds(
        Claim,
        event=st.sampled_from(["transfer", "use"]),
        stance=st.sampled_from([None, "denial"]),
        supplier=st.sampled_from([None, "KP", "RU"]),
        holders=st.lists(st.sampled_from(["s0", "s1", "s2"]), max_size=2, unique=True).map(tuple),
    )
    ours, theirs = (data.draw(st.lists(claims, max_size=4)) for _ in range(2))
    mixed, again = data.draw(st.permutations(ours)), data.draw(st.permutations(theirs))
    before = score([doc(*people, claims=tuple(ours))], [doc(*people, claims=tuple(theirs))])
    turned = data.draw(st.permutations(people))
    after = score([doc(*people, claims=tuple(mixed))], [doc(*turned, claims=tuple(again))])
    assert before.claims == after.claims


def test_intervals_hold_the_figure_and_repeat() -> None:
    table = np.array([[5, 1, 0, 2, 1, 5, 1, 0], [1, 0, 0, 6, 0, 1, 0, 0], [9, 0, 0, 1, 3, 9, 0, 0]])
    (found,) = bootstrap([table], seed=0, resamples=500)
    total = Counts(**dict(zip(FIELDS, table.sum(axis=0).tolist(), strict=True)))
    assert total.f1 is not None
    assert total.precision is not None
    assert found["f1"][0] < total.f1 < found["f1"][1]
    assert found["precision"][0] < total.precision < found["precision"][1]
    assert [found, found] == bootstrap([table, table], seed=0, resamples=500)
    assert bootstrap([table[:1]], seed=0, resamples=500) == [{}]


def test_the_bootstrap_agrees_with_drawing_article_by_article() -> None:
    table = np.array([[5, 1, 0, 2, 1, 5, 1, 0], [1, 0, 0, 6, 0, 1, 0, 0], [9, 0, 0, 1, 3, 9, 0, 0]])
    rng = random.Random(0)
    drawn = []
    for _ in range(4000):
        total = sum((table[rng.randrange(3)] for _ in range(3)), np.zeros(8, dtype=int))
        drawn.append(Counts(**dict(zip(FIELDS, total.tolist(), strict=True))).f1)
    low, high = np.quantile(np.array(drawn), (0.025, 0.975))
    assert bootstrap([table], seed=1, resamples=4000)[0]["f1"] == pytest.approx((low, high), abs=0.02)


def test_the_json_has_the_promised_shape(gold: Layer) -> None:
    shown = json.loads(score(gold, gold).to_json())
    assert set(shown) >= {"signature", "articles", "ignored_in_zones", "schemes", "attributes", "claims"}
    assert set(shown["schemes"]) >= {"strict", "exact", "partial", "type"}
    counts = {"COR", "INC", "PAR", "MIS", "SPU", "POS", "ACT", "precision", "recall", "f1"}
    for scheme in shown["schemes"].values():
        assert set(scheme["micro"]) >= counts | {"interval"}
        assert set(scheme["macro"]) >= {"precision", "recall", "f1"}
        assert all(set(label) >= counts for label in scheme["labels"].values())
        assert len(scheme["micro"]["interval"]["f1"]) == 2
    assert set(shown["attributes"]["QUANTITY.value"]) >= {"matched", "right", "accuracy", "precision", "recall", "f1"}
    assert shown["claims"]["whole"]["precision"] == shown["claims"]["slots"]["precision"] == 1.0


def test_the_signature_names_what_a_figure_depends_on(gold: Layer, schema: Schema) -> None:
    signature = score(gold, []).signature
    assert signature.startswith(f"claimspans {claimspans.__version__} | gold {claimspans.DATASET_VERSION}@")
    assert f"schema 2@{schema.sha256[:8]} | docs 5" in signature
    fewer = Document(doc=gold[0].doc, text=gold[0].text, spans=gold[0].spans[1:], zones=gold[0].zones)
    assert score([fewer, *gold[1:]], []).signature.split(" | ")[1] != signature.split(" | ")[1]


def test_a_frame_has_a_row_for_each_scheme_and_label(gold: Layer) -> None:
    frame = score(gold, gold).to_frame()
    assert len(frame) == 4 * 6
    assert set(frame["f1"]) == {1.0}
    assert frame[(frame.scheme == "strict") & (frame.label == "all")].POS.item() == sum(len(d.spans) for d in gold)


@pytest.mark.parametrize(
    "wrong",
    [
        {"label": ["ITEM"]},
        {"label": None},
        {"start": "0"},
        {"end": 1.5},
        {"id": 5},
        {"score": "high"},
        {"attributes": [1]},
        *({"attributes": {"speakers": value}} for value in ((("s1",),), [["s1"]], ("s1", None), {"s1": 1}, {"s1"})),
        *({"attributes": {"edtf": value}} for value in (b"2024", date(2024, 1, 1), object())),
    ],
)
def test_documents_of_python_with_what_no_record_has_are_refused_in_words(wrong: dict[str, Any]) -> None:
    sound = Span(label="STANCE", start=0, end=1, id="s1")
    gold = Document(doc="1", text="said", spans=(sound,))
    other = Document(doc="1", text="said", spans=(msgspec.structs.replace(sound, **wrong),))
    for pair in ((gold, other), (other, gold)):
        with pytest.raises(ClaimspansError, match="1: in the "):
            score([pair[0]], [pair[1]], schema=default_schema())


@pytest.mark.parametrize("wrong", [{"event": [1]}, {"holders": (("s1",),)}, {"cargo": ("x",)}, {"parties": 5}])
def test_claims_of_python_that_are_none_are_refused_in_words(wrong: dict[str, Any]) -> None:
    claim = msgspec.structs.replace(Claim(event="use"), **wrong)
    with pytest.raises(ClaimspansError, match="1: in the gold: a claim that is none"):
        score([Document(doc="1", claims=(claim,))], [], schema=default_schema())


@pytest.mark.parametrize(
    "edtf", ["../x", "[..2024]", "2024/../x", "2024-99", "..", "(" * 5000, "x" * 10_000, "2024-01/2023"]
)
def test_a_date_that_is_none_is_wrong_and_silent(edtf: str, capsys: pytest.CaptureFixture[str]) -> None:
    def dated(value: str) -> list[Document]:
        return [Document(doc="1", spans=(Span(label="DATE", start=0, end=4, attributes={"edtf": value}),))]

    assert score(dated("2024"), dated(edtf), schema=default_schema()).attributes["DATE.edtf"].right == 0
    assert score(dated(edtf), dated(edtf), schema=default_schema()).attributes["DATE.edtf"].right == 1
    assert capsys.readouterr() == ("", "")


def test_a_label_without_gold_spans_earns_no_precision_where_labels_do_not_count() -> None:
    gold = [Document(doc="1", spans=(Span(label="PER", start=0, end=3), Span(label="PER", start=5, end=8)))]
    found = [Document(doc="1", spans=(Span(label="ORG", start=0, end=3), Span(label="PER", start=5, end=8)))]
    result = score(gold, found)
    for scheme in ("exact", "partial"):
        org = result[scheme].labels["ORG"]
        assert (org.ACT, org.precision, org.f1) == (1, None, None)
        assert (result[scheme].macro.precision, result[scheme].micro.precision) == (1.0, 1.0)
    assert result["strict"].labels["ORG"].precision == 0.0


def test_a_text_that_was_cut_shows() -> None:
    gold = [
        Document(doc=str(doc), spans=tuple(Span(label="A", start=at, end=at + 5) for at in range(0, 1000, 10)))
        for doc in range(3)
    ]
    cut = [msgspec.structs.replace(one, spans=one.spans[:50]) for one in gold]
    assert any(
        "No prediction stands behind character 495 of any article, where 150 of 300" in n
        for n in score(gold, cut).notes
    )
    few = [msgspec.structs.replace(one, spans=one.spans[::9]) for one in gold]
    other = [msgspec.structs.replace(one, spans=one.spans[:50] if one.doc == "1" else one.spans) for one in gold]
    for found in (few, other, gold):
        assert not any("No prediction stands behind" in note for note in score(gold, found).notes)


def test_schema_and_schemes_are_taken_as_paths_and_words(gold: Layer, corpus: Corpus) -> None:
    path = corpus.root / "schema.json"
    for named in (path, str(path)):
        result = score(gold, gold, schema=named, schemes="strict")
        assert list(result.schemes) == ["strict"]
        assert result.attributes
    with pytest.raises(ClaimspansError, match="expected a JSON Schema file"):
        score(gold, gold, schema="nowhere.json")
