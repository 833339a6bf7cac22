"""Attributes as columns: a score with them is that of the same records, and what the schema does not allow is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from claimspans import InputError, score
from claimspans.data.attribute_columns import UNSAID, names_by_label
from claimspans.data.schema import Schema, default_schema, read_schema
from claimspans.data.span_columns import SpanColumns, read_span_columns

from ..helpers.examples import examples

ITEM = {"doc": "a1", "label": "ITEM", "start": 0, "end": 7}
QUANTITY = {"doc": "a1", "label": "QUANTITY", "start": 8, "end": 9}
STANCE = {"doc": "a1", "label": "STANCE", "start": 10, "end": 14}
SPEAKER = {"doc": "a1", "label": "SPEAKER", "start": 20, "end": 24}


def write(path: Path, lines: list[Any]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def said(columns: SpanColumns | None, schema: Schema) -> list[dict[str, Any]] | None:
    """The attributes of each span."""
    if columns is None or columns.said is None:
        return None
    names, listed = names_by_label(schema), columns.said.values.listed
    return [
        {name: listed[code] for name, code in zip(names[columns.labels[label]], row, strict=False) if code != UNSAID}
        for label, row in zip(columns.label.tolist(), columns.said.codes.tolist(), strict=True)
    ]


quantities = st.fixed_dictionaries(
    {},
    optional={
        "value": st.sampled_from([1, 1.0, 16500, None, 2.5]),
        "comparator": st.sampled_from(["eq", "gt", "between"]),
        "upper": st.sampled_from([3, None]),
        "unit": st.sampled_from(["shell", "container", None]),
    },
)
speakers = st.fixed_dictionaries(
    {}, optional={"entity": st.sampled_from(["Shin Won-sik", "shin wonsik", "US"]), "relay": st.booleans()}
)
stances = st.fixed_dictionaries(
    {},
    optional={
        "stance": st.sampled_from(["denial", "assertion"]),
        "speakers": st.lists(st.sampled_from(["s0", "s1", "s2", "s3"]), max_size=2, unique=True),
    },
)
spans: st.SearchStrategy[tuple[str, dict[str, Any]]] = st.one_of(
    st.tuples(st.just("QUANTITY"), quantities),
    st.tuples(st.just("SPEAKER"), speakers),
    st.tuples(st.just("STANCE"), stances),
    st.tuples(st.just("ITEM"), st.just({})),
)
sides = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 9), spans, st.booleans()), max_size=12)


def lines_of(side: list[tuple[str, int, tuple[str, dict[str, Any]], bool]]) -> list[dict[str, Any]]:
    placed: dict[tuple[str, int, str], dict[str, Any]] = {}
    for number, (doc, start, (label, attributes), named) in enumerate(side):
        place = {"doc": doc, "label": label, "start": start, "end": start + 1}
        placed[doc, start, label] = place | ({"id": f"s{number}"} if named else {}) | attributes
    return list(placed.values())


@examples(200, suppressed=[HealthCheck.function_scoped_fixture])
@given(gold=sides, predicted=sides)
def test_a_score_with_attributes_by_columns_is_that_by_records(gold: Any, predicted: Any, tmp_path: Path) -> None:
    schema = default_schema()
    ours = [{"type": "document", "doc": doc, "sha256": "0" * 64} for doc in "ab"] + lines_of(gold)
    theirs = lines_of(predicted)
    by_columns = score(
        write(tmp_path / "g.jsonl", ours),
        write(tmp_path / "p.jsonl", theirs or [{"doc": "a", "spans": []}]),
        schema=schema,
    )
    by_records = score(ours, theirs, schema=schema)
    assert by_columns.task.documents is None
    assert by_records.task.documents is not None
    assert by_columns.to_dict() == by_records.to_dict()
    assert by_columns.signature == by_records.signature


def test_a_value_is_kept_once_and_as_json_writes_it(tmp_path: Path) -> None:
    lines = [
        QUANTITY | {"value": 1, "unit": "shell"},
        QUANTITY | {"start": 3, "value": 1.0, "unit": "shell"},
        SPEAKER | {"relay": True, "country": None},
    ]
    schema = default_schema()
    found = read_span_columns(write(tmp_path / "x.jsonl", lines), schema)
    read = said(found, schema)
    assert read == [{"value": 1, "unit": "shell"}, {"value": 1.0, "unit": "shell"}, {"relay": True, "country": None}]
    assert [type(one.get("value", one.get("relay"))) for one in read or ()] == [int, float, bool]
    assert found is not None
    assert found.said is not None
    assert found.said.values.listed.count("shell") == 1


DECLINED: dict[str, list[Any]] = {
    "a value that is none": [ITEM | {"category": "ML99"}],
    "an attribute that is none": [ITEM | {"colour": "red"}],
    "an attribute of another label": [ITEM | {"unit": "shell"}],
    "an object": [SPEAKER | {"entity": {"name": "US"}}],
    "a number in the place of a word": [SPEAKER | {"entity": 7}],
    "an id twice in a reference": [STANCE | {"speakers": ["s1", "s1"]}],
    "a label that is none": [ITEM | {"label": "SHIP", "category": "ML3"}],
}


@pytest.mark.parametrize("lines", DECLINED.values(), ids=DECLINED)
def test_what_the_schema_does_not_allow_is_declined_and_then_said(lines: list[Any], tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", lines)
    assert read_span_columns(path, default_schema()) is None
    with pytest.raises(InputError):
        score(path, path, schema=default_schema())


def test_the_answers_of_a_run_that_are_done_are_read_as_columns(tmp_path: Path) -> None:
    gold = write(tmp_path / "g.jsonl", [ITEM | {"category": "ML3"}, SPEAKER | {"doc": "a2", "entity": "US"}])
    done = {"doc": "a1", "status": "done", "spans": [{key: ITEM[key] for key in ("label", "start", "end")}]}
    predictions = write(tmp_path / "p.jsonl", [done])
    result = score(gold, predictions, schema=default_schema())
    assert result.task.documents is None
    assert (result.fates.known, result.fates.done) == (True, 1)
    assert result.attributes["ITEM.category"].POS == 1
    failed = write(tmp_path / "p.jsonl", [done, {"doc": "a2", "status": "failed", "spans": []}])
    assert score(gold, failed, schema=default_schema()).fates.failed == ("a2",)


def test_copies_of_a_span_are_left_to_records_which_have_an_order(tmp_path: Path) -> None:
    bare = write(tmp_path / "bare.jsonl", [ITEM, ITEM])
    assert read_span_columns(bare, default_schema()) is not None
    path = write(tmp_path / "x.jsonl", [ITEM | {"category": "ML3"}, ITEM | {"category": "ML4"}])
    assert read_span_columns(path, default_schema()) is None
    result = score(path, path, schema=default_schema())
    assert result.attributes["ITEM.category"].right == 2


@pytest.mark.parametrize(
    "line",
    [
        '{"doc": "a", "label": "ITEM", "start": 0, "end": 1, "category": "ML3", "category": "ML4"}',
        '{"doc": "a", "label": "ITEM", "start": 0, "end": 1, "end": 2, "category": "ML3"}',
        '{"doc": "a", "spans": [{"label": "ITEM", "start": 0, "end": 1, "category": "ML3", "category" : "ML4"}]}',
    ],
)
def test_a_key_that_stands_twice_is_declined(line: str, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    assert read_span_columns(path, default_schema()) is None
    with pytest.raises(InputError):
        score(path, path, schema=default_schema())


def test_words_like_keys_and_blanks_before_colons_are_read(tmp_path: Path) -> None:
    line = '{"doc" : "a", "label":"SPEAKER", "start":0, "end"  :9, "text":"entity\\":\\"", "entity" : "category"}'
    path = tmp_path / "x.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    assert said(read_span_columns(path, default_schema()), default_schema()) == [{"entity": "category"}]


def schema_with(tmp_path: Path, **keywords: Any) -> Schema:
    """One label, two attributes of which the second's name is no identifier, and further keywords of the label."""
    ship = {
        "title": "SHIP",
        "description": "a ship",
        "x-color": "#112233",
        "x-hotkey": "1",
        "properties": {
            "kind": {"description": "of ship", "enum": ["ferry", "tug"]},
            "home port/a~b": {"description": "where from", "type": ["string", "null"]},
        },
    }
    root = {"x-version": "1.0.0", "$defs": {"label": {"oneOf": [{"$ref": "#/$defs/SHIP"}]}, "SHIP": ship | keywords}}
    path = tmp_path / "schema.json"
    path.write_text(json.dumps(root), encoding="utf-8")
    return read_schema(path)


SHIP = {"doc": "a1", "label": "SHIP", "start": 0, "end": 7, "kind": "ferry", "home port/a~b": "Skerrin"}


def test_the_attributes_of_any_schema_are_read_and_scored(tmp_path: Path) -> None:
    schema = schema_with(tmp_path)
    gold = write(tmp_path / "g.jsonl", [SHIP, SHIP | {"start": 8, "end": 9, "home port/a~b": None}])
    predictions = write(tmp_path / "p.jsonl", [SHIP | {"kind": "tug"}, SHIP | {"start": 8, "end": 9}])
    result = score(gold, predictions, schema=schema)
    assert result.task.documents is None
    counted = {name: (one.matched, one.given, one.right) for name, one in result.attributes.items()}
    assert counted == {"SHIP.kind": (2, 2, 1), "SHIP.home port/a~b": (2, 2, 1)}


def test_values_with_objects_in_them_are_left_to_records(tmp_path: Path) -> None:
    part = {"type": "object", "properties": {"name": {"type": "string"}}}
    parts = {"description": "what it is made of", "type": "array", "items": part}
    schema = schema_with(tmp_path, properties={"parts": parts})
    bare = {key: SHIP[key] for key in ("doc", "label", "start", "end")}
    lines = [bare | {"parts": [{"name": "keel"}]}, bare | {"start": 3, "parts": [{"name": "hull"}]}]
    gold = write(tmp_path / "g.jsonl", lines)
    predictions = [lines[0], lines[1] | {"parts": [{"name": "keel"}]}]
    result = score(gold, write(tmp_path / "p.jsonl", predictions), schema=schema)
    assert (result.attributes["SHIP.parts"].given, result.attributes["SHIP.parts"].right) == (2, 1)
    assert result.task.documents is not None


def test_an_attribute_that_a_prediction_must_have_is_demanded(tmp_path: Path) -> None:
    schema = schema_with(tmp_path, required=["kind"])
    path = write(tmp_path / "x.jsonl", [SHIP])
    assert read_span_columns(path, schema) is not None
    without = write(
        tmp_path / "y.jsonl", [SHIP, {key: SHIP[key] for key in ("doc", "label", "start", "end")} | {"start": 3}]
    )
    assert read_span_columns(without, schema) is None
    with pytest.raises(InputError):
        score(path, without, schema=schema)


def test_a_schema_with_rules_about_several_attributes_is_left_to_records(tmp_path: Path) -> None:
    schema = schema_with(tmp_path, dependentRequired={"kind": ["home port/a~b"]})
    path = write(tmp_path / "x.jsonl", [SHIP])
    assert read_span_columns(path, schema) is None
    assert score(path, path, schema=schema).attributes["SHIP.kind"].right == 1
