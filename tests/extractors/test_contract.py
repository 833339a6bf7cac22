"""What an extractor may answer, and what of it is used."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimspans.data.label_map import read_label_map
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import Document
from claimspans.data.schema import Schema
from claimspans.extractors import Article, Refused, read_answer
from claimspans.text.offset_units import code_points

TEXT = "🚀 Kyiv said “6,700 containers” of shells, shells and more went there."
ARTICLE = Article(doc="a", text=TEXT)
CONTAINERS = TEXT.index("6,700"), TEXT.index("”")


def read(schema: Schema | None, **answer: Any) -> Document:
    return read_answer(ARTICLE, {"doc": "a", **answer}, schema).document


def span(label: str = "ITEM", words: str = "shells", **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"label": label, "start": start, "end": start + len(words), **more}


def test_spans_and_attributes_come_through(schema: Schema) -> None:
    quantity = span("QUANTITY", "6,700 containers", id="q", value=6700, unit="container", score=0.5)
    found = read(schema, spans=[quantity, span(id="i")])
    assert found.status == "done"
    assert [(one.label, one.text) for one in found.spans] == [("QUANTITY", "6,700 containers"), ("ITEM", "shells")]
    assert found.spans[0].attributes == {"value": 6700, "unit": "container"}
    assert (found.spans[0].id, found.spans[0].score) == ("q", 0.5)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (span(text="arms"), "text-mismatch"),
        ({"label": "ITEM", "start": 3, "end": 3}, "offset-reversed"),
        ({"label": "ITEM", "start": 3, "end": 1000}, "offset-range"),
        ({"label": "ITEM", "start": "3", "end": "9"}, "field-value"),
        ({"label": "ITEM", "start": 3.0, "end": 9.0}, "field-value"),
        ({"label": "ITEM", "start": True, "end": 9}, "field-value"),
        ({"label": "ITEM", "start": 3}, "field-missing"),
        ({"label": "WEAPON", "start": 3, "end": 9}, "label-unknown"),
        ({"label": None, "start": 3, "end": 9}, "label-unknown"),
        ({"start": 3, "end": 9}, "field-missing"),
        (span(score=2), "field-value"),
        (span(score=float("nan")), "json-broken"),
        (span(score=float("-inf")), "json-broken"),
        (span(id="s"), "id-duplicate"),
        ("shells", "json-not-object"),
        (None, "json-not-object"),
        ({"label": "ITEM", "text": "tanks"}, "quote-missing"),
        ({"label": "ITEM", "text": "shells", "occurrence": 0}, "field-value"),
    ],
    ids=str,
)
def test_a_span_that_cannot_be_used_costs_itself_alone(schema: Schema, wrong: Any, reason: str) -> None:
    found = read(schema, spans=[span("ITEM", "shells", id="s"), wrong])
    assert [one.text for one in found.spans] == ["shells"]
    assert [one.reason for one in found.rejected] == [reason]
    assert found.status == "partial"


def test_without_a_schema_any_label_is_one(schema: Schema) -> None:
    assert [one.label for one in read(None, spans=[span("WEAPON")]).spans] == ["WEAPON"]
    rejected = read(None, spans=[{"label": "WEAPON", "start": "1", "end": 2}, {"label": "WEAPON", "start": 1}]).rejected
    assert [one.reason for one in rejected] == ["field-value", "field-missing"]
    assert read(schema, spans=[span("WEAPON")]).rejected[0].label == "WEAPON"


def test_an_attribute_that_does_not_fit_is_left_out_and_its_span_stays(schema: Schema) -> None:
    reading = read_answer(
        ARTICLE, {"spans": [span("QUANTITY", "6,700 containers", value="many", unit="container", colour="red")]}, schema
    )
    (found,) = reading.document.spans
    assert found.attributes == {"unit": "container"}
    assert reading.document.status == "partial"
    assert reading.document.rejected == ()
    assert len(reading.details) == 2


def test_a_rejected_span_is_as_long_as_it_was_to_be(schema: Schema) -> None:
    far = {"label": "ITEM", "start": len(TEXT) - 2, "end": len(TEXT) + 5}
    found = read(schema, spans=[far, span(text="arms"), {"label": "ITEM", "start": "x", "end": 9}])
    assert [one.length for one in found.rejected] == [7, 4, 1]


def test_quotes_find_their_places(schema: Schema) -> None:
    quotes = [
        {"label": "QUANTITY", "quote": '"6,700 containers"', "value": 6700},
        {"label": "ITEM", "quote": "shells", "occurrence": 2, "id": "i2"},
        {"label": "SPEAKER", "quote": "Kiev"},
    ]
    found = read(schema, quotes=quotes)
    second = TEXT.rindex("shells")
    assert [(one.start, one.end, one.alignment) for one in found.spans] == [
        (CONTAINERS[0] - 1, CONTAINERS[1] + 1, "exact"),
        (second, second + 6, "exact"),
    ]
    assert found.spans[0].attributes == {"value": 6700}
    assert [(one.reason, one.text) for one in found.rejected] == [("quote-missing", "Kiev")]


@pytest.mark.parametrize(("where", "field"), [("quotes", "quote"), ("spans", "quote"), ("spans", "text")])
def test_a_quote_at_the_first_free_place_says_so(schema: Schema, where: str, field: str) -> None:
    found = read(schema, **{where: [{"label": "ITEM", field: "shells"}]})
    assert [one.alignment for one in found.spans] == ["ambiguous"]


@pytest.mark.parametrize("unit", ["utf16", "utf8"])
def test_offsets_in_other_units_are_turned(schema: Schema, unit: str) -> None:
    def at(place: int) -> int:
        before = TEXT[:place]
        return len(before.encode("utf-16-le")) // 2 if unit == "utf16" else len(before.encode())

    inside = {"label": "ITEM", "start": 1, "end": at(2)}
    one = span(text="shells")
    turned = one | {"start": at(one["start"]), "end": at(one["end"])}
    found = read(schema, spans=[turned, inside], offset_unit=unit)
    assert [each.text for each in found.spans] == ["shells"]
    assert [each.reason for each in found.rejected] == ["offset-range"]


@given(st.text(st.characters(codec="utf-8")))
def test_every_place_of_a_text_has_an_offset_in_every_unit(text: str) -> None:
    for unit, encoding, size in (("utf16", "utf-16-le", 2), ("utf8", "utf-8", 1)):
        expected = {len(text[:place].encode(encoding)) // size: place for place in range(len(text) + 1)}
        assert code_points(text, unit) == expected


def test_claims_come_through_and_what_they_refer_to_must_be_there(schema: Schema) -> None:
    claims = [
        {
            "id": "c1",
            "event": "transfer",
            "supplier": "KP",
            "cargo": [{"item": "i", "quantity": "q", "relation": None}],
        },
        {"id": "c2", "event": "transfer", "same_as": "c3"},
        {"id": "c3", "event": "transfer", "holders": ["nobody"]},
        {"id": "c4", "event": "feast"},
        {"id": "c5", "event": "transfer", "holders": ["i"]},
        "a claim",
    ]
    lost = {"label": "QUANTITY", "start": 1, "end": 9999, "id": "q"}
    found = read(schema, spans=[span(id="i"), lost], claims=claims)
    assert [claim.id for claim in found.claims] == ["c1", "c2"]
    assert [(row.item, row.quantity) for row in found.claims[0].cargo] == [("i", None)]
    assert found.claims[1].same_as is None
    reasons = [(one.type, one.reason) for one in found.rejected]
    assert reasons == [
        ("span", "offset-range"),
        ("claim", "field-value"),
        ("claim", "json-not-object"),
        ("claim", "ref-unknown"),
        ("claim", "ref-kind"),
    ]


def test_a_label_map_names_leaves_out_and_counts(schema: Schema) -> None:
    spans = [span("PERSON", "Kyiv"), span("GPE", "Kyiv"), span("NORP", "there"), span("ITEM")]
    reading = read_answer(ARTICLE, {"spans": spans}, schema, {"PERSON": "SPEAKER", "GPE": None})
    assert [one.label for one in reading.document.spans] == ["SPEAKER", "ITEM"]
    assert reading.dropped == {"GPE": 1, "NORP": 1}
    assert reading.document.status == "done"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("PERSON=SPEAKER, GPE=", {"PERSON": "SPEAKER", "GPE": None}),
        ("# theirs and ours\nPERSON = SPEAKER  # people\n\nGPE=\n", {"PERSON": "SPEAKER", "GPE": None}),
        ('{"PERSON": "SPEAKER", "GPE": null}', {"PERSON": "SPEAKER", "GPE": None}),
        ("PERSON=SPEAKER,PERSON=ITEM", "PERSON is mapped twice"),
        ('{"PERSON": "SPEAKER", "PERSON": "ITEM"}', "PERSON is mapped twice"),
        ("PERSON=WEAPON", "PERSON=WEAPON: expected one of SPEAKER, "),
        ("PERSON=SPEAKER\nGPE\n", "“GPE”: expected THEIRS=OURS"),
        ('{"PERSON": ["SPEAKER"]}', "expected an object of THEIRS: OURS"),
        ('{"PERSON"', "not JSON"),
        ("\n", "names no label"),
        ("{}", "names no label"),
    ],
    ids=repr,
)
def test_a_label_map_is_words_lines_or_json(schema: Schema, tmp_path: Path, given: str, found: Any) -> None:
    path = tmp_path / "map.txt"
    path.write_text(given, encoding="utf-8")
    source = given if re.fullmatch("[A-Z=, ]+", given) else str(path)
    if isinstance(found, dict):
        assert read_label_map(source, schema.labels) == found
    else:
        with pytest.raises(ClaimspansError, match=re.escape(found)):
            read_label_map(source, schema.labels)


@pytest.mark.parametrize(
    ("answer", "kind", "detail"),
    [
        ({}, "invalid", "expected spans, quotes or error"),
        ({"doc": "a", "entities": []}, "invalid", "found doc, entities"),
        ({"spans": {"label": "ITEM"}}, "invalid", "spans is dict"),
        ({"spans": "none"}, "invalid", "spans is str"),
        ({"spans": [], "claims": 1}, "invalid", "claims is int"),
        ({"spans": [], "offset_unit": "bytes"}, "invalid", "expected one of codepoint, utf16, utf8"),
        ({"error": "no"}, "error", "no"),
        ({"error": {"code": 7}}, "error", '{"code":7}'),
    ],
    ids=str,
)
def test_what_is_no_answer_is_refused_whole(schema: Schema, answer: dict[str, Any], kind: str, detail: str) -> None:
    with pytest.raises(Refused) as refused:
        read_answer(ARTICLE, answer, schema)
    assert refused.value.kind == kind
    assert detail in refused.value.detail
    assert not refused.value.retryable


@pytest.mark.parametrize(
    ("more", "retryable", "after"),
    [
        ({"retryable": True}, True, None),
        ({"retry_after": 3}, True, 3.0),
        ({"retry_after": -1}, False, None),
        ({"retry_after": float("nan")}, False, None),
        ({"retry_after": "soon"}, False, None),
    ],
    ids=str,
)
def test_an_error_says_whether_it_is_worth_another_try(more: dict[str, Any], retryable: bool, after: float) -> None:
    with pytest.raises(Refused) as refused:
        read_answer(ARTICLE, {"error": "busy", **more}, None)
    assert (refused.value.retryable, refused.value.retry_after) == (retryable, after)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_FIELDS = ("label", "start", "end", "text", "quote", "before", "occurrence", "id", "score", "value", "event", "cargo")
_THING = st.dictionaries(st.sampled_from(_FIELDS), _JSON | st.sampled_from(["ITEM", "shells", 3, 9, "transfer"]))


@given(st.dictionaries(st.sampled_from(["spans", "quotes", "claims", "offset_unit"]), _JSON | st.lists(_THING | _JSON)))
def test_no_answer_breaks_the_reader(schema: Schema, answer: dict[str, Any]) -> None:
    """Whatever JSON says, each span that is kept lies in the article, and none is counted twice."""
    try:
        found = read_answer(ARTICLE, answer, schema).document
    except Refused:
        return
    given_spans = [*(answer.get("spans") or ()), *(answer.get("quotes") or ())]
    assert len(found.spans) + sum(one.type == "span" for one in found.rejected) == len(given_spans)
    for one in found.spans:
        assert 0 <= one.start < one.end <= len(TEXT)
        assert one.text == TEXT[one.start : one.end]
