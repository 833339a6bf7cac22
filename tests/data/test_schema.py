"""The schema is sound, its examples hold, and each of its rules rejects something that no other rule does."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
import pytest

from claimspans import ClaimspansError
from claimspans.data.schema import Schema

from ..helpers.places import CASES, ROOT

RAW = json.loads((ROOT / "schema.json").read_text(encoding="utf-8"))
ASSERTIONS = {
    *("type", "enum", "const", "pattern", "minimum", "maximum", "minLength", "maxItems", "uniqueItems"),
    *("required", "dependentRequired", "additionalProperties", "unevaluatedProperties", "items", "oneOf", "anyOf"),
    *("$ref", "then", "else"),
}
HOSTILE: tuple[Any, ...] = (
    None,
    True,
    1,
    -1,
    1.5,
    2,
    "",
    "x",
    "X y",
    "2023-1",
    "eq",
    [],
    ["a", "a"],
    [""],
    [1],
    ["RU"],
    {},
    {"x": 1},
)

Path = tuple[str | int, ...]


def rules(part: Any, path: Path = ()) -> Iterator[Path]:
    """Where a keyword can be taken away and something more would pass; what stands under ``if`` only selects."""
    if isinstance(part, list):
        for index, inner in enumerate(part):
            yield from rules(inner, (*path, index))
    if not isinstance(part, dict):
        return
    for key, inner in part.items():
        here = (*path, key)
        if key in ("examples", "if", "description") or key.startswith("x-"):
            continue
        holds_names = bool(path) and path[-1] in ("properties", "$defs")
        if in_choice(path):
            continue
        if key == "required" and not holds_names:
            yield from ((*here, index) for index in range(len(inner)))
        elif key == "dependentRequired" and not holds_names:
            yield from ((*here, name) for name in inner)
        elif key == "$ref" and "unevaluatedProperties" in part:
            continue  # without it every property is unevaluated: nothing more passes, and its own rules are tried there
        elif key in ASSERTIONS and not holds_names:
            yield here
        yield from rules(inner, here)


def in_choice(path: Path) -> bool:
    """Inside oneOf and anyOf a branch selects: the list as a whole is the rule."""
    return any(step in ("oneOf", "anyOf") for step in path)


def without(path: Path) -> dict[str, Any]:
    schema: dict[str, Any] = copy.deepcopy(RAW)
    part: Any = schema
    for step in path[:-1]:
        part = part[step]
    del part[path[-1]]
    return schema


def validator(schema: dict[str, Any], definition: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]})


def accepts(schema: dict[str, Any], definition: str, record: Any) -> bool:
    return validator(schema, definition).is_valid(record)


def mutants(value: Any) -> Iterator[Any]:
    """The value with one thing changed: a key gone, a key too many, something hostile in any place."""
    yield from HOSTILE
    if isinstance(value, dict):
        yield {**value, "surplus": 1}
        for key, inner in value.items():
            yield {name: other for name, other in value.items() if name != key}
            yield from ({**value, key: changed} for changed in mutants(inner))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from ([*value[:index], changed, *value[index + 1 :]] for changed in mutants(inner))
    if isinstance(value, str):
        yield value + "!"


def records() -> Iterator[tuple[str, Any]]:
    """Every definition's examples and what stands in the case file, with their mutants."""
    for definition, part in RAW["$defs"].items():
        for example in part["examples"]:
            yield from ((definition, mutant) for mutant in mutants(example))
    for line in (CASES / "schema" / "examples.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        assert accepts(RAW, case["definition"], case["record"]), line
        yield from ((case["definition"], mutant) for mutant in mutants(case["record"]))


@cache
def rejected() -> list[tuple[str, Any]]:
    validators = {definition: validator(RAW, definition) for definition in RAW["$defs"]}
    return [(definition, record) for definition, record in records() if not validators[definition].is_valid(record)]


RULES = list(rules(RAW["$defs"], ("$defs",)))


def test_it_is_json_schema_2020_12() -> None:
    assert jsonschema_rs.meta.is_valid(RAW)
    assert RAW["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize("definition", RAW["$defs"])
def test_every_definition_has_a_title_a_description_and_examples_that_hold(definition: str) -> None:
    part = RAW["$defs"][definition]
    assert part["title"]
    assert part["description"]
    assert part["examples"]
    for example in part["examples"]:
        assert accepts(RAW, definition, example)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: "/".join(map(str, rule)))
def test_every_rule_rejects_something_that_no_other_rule_does(rule: Path) -> None:
    weaker = without(rule)
    # Most rules bear on the definition in which they stand: it is tried first, the others only if it tells nothing.
    definitions = sorted(RAW["$defs"], key=lambda definition: definition != rule[1])
    assert any(
        weakened.is_valid(record)
        for definition in definitions
        for weakened in (validator(weaker, definition),)
        for other, record in rejected()
        if other == definition
    )


@pytest.mark.parametrize("standard", ["http://127.0.0.1:1/x", "#", "file:///etc/passwd"])
def test_a_schema_is_held_to_one_standard_which_is_not_fetched(standard: str) -> None:
    raw = json.loads(of_labels("A")) | {"$schema": standard}
    assert list(Schema(json.dumps(raw).encode()).labels) == ["A"]


def test_a_span_needs_every_attribute_of_its_label_save_those_of_a_value(schema: Schema) -> None:
    assert {(label.name, a.name): a.only_for for label, a in schema.attributes() if not a.required} == {
        ("QUANTITY", "upper"): ("comparator", "between")
    }


@pytest.mark.parametrize(("comparator", "held"), [("between", {"upper": 60}), ("eq", {})])
@pytest.mark.parametrize("upper", [{"upper": 60}, {"upper": None}, {}])
def test_the_upper_end_of_a_range_is_there_for_a_range_alone(
    comparator: str, upper: dict[str, Any], held: dict[str, Any]
) -> None:
    span = {"type": "span", "doc": "003", "id": "s1", "label": "QUANTITY", "start": 0, "end": 5, "text": "40-60"}
    attributes = {"value": 40, "comparator": comparator, "unit": "shell", "measure": "count"}
    assert accepts(RAW, "span", {**span, **attributes, **upper}) is (upper == held)


def test_labels_have_colours_and_hotkeys_of_their_own(schema: Schema) -> None:
    labels = schema.labels.values()
    assert len({label.color for label in labels} | {schema.root["$defs"]["zone"]["x-color"]}) == len(labels) + 1
    assert len({label.hotkey for label in labels}) == len(labels)


def of_labels(*labels: str, **definitions: Any) -> bytes:
    """A schema of labels alone; a definition of None leaves the label's out."""
    own = {
        name: {"title": name, "description": "What.", "x-color": "#000000", "x-hotkey": str(number)}
        for number, name in enumerate(labels)
    } | definitions
    listed = [{"$ref": f"#/$defs/{name}"} for name in labels]
    kept = {name: part for name, part in own.items() if part is not None}
    return json.dumps({"x-version": "1", "$defs": {"label": {"oneOf": listed}, **kept}}).encode()


def part(**changed: Any) -> dict[str, Any]:
    found = {"title": "A", "description": "What.", "x-color": "#000000", "x-hotkey": "1"} | changed
    return {key.replace("_", "-"): value for key, value in found.items() if value is not None}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "schema.json:1: not JSON: Expecting value at column 1"),
        (b'{\n"a" 1}', "schema.json:2: not JSON: Expecting ':' delimiter at column 5"),
        (b"\xff", "schema.json: not UTF-8 at byte 0; save it as UTF-8"),
        (b"[]", "holds list; expected a JSON object"),
        (b"{}", 'x-version: is not there; add a version of its own as a string, such as "x-version": "1.0.0"'),
        (b'{"x-version": "1"}', "$defs: is not there"),
        (b'{"$defs": {}, "x-version": "1"}', "$defs/label/oneOf: is not there; list the labels"),
        (of_labels("A", A=None), "$defs/label/oneOf/0: $defs has no A; add $defs/A, or mend the reference"),
        (of_labels("claim"), "$defs/label/oneOf/0: claim is the name of a record's definition; rename the label"),
        (of_labels("A", "A"), "names A twice"),
        (
            of_labels("A", A=part(allOf=[{"$ref": "http://127.0.0.1/x"}])),
            "$defs/A/allOf/0/$ref: http://127.0.0.1/x leads out of the schema; copy what it names into $defs",
        ),
        (of_labels("A", A=part(**{"$dynamicRef": "file:///etc/passwd"})), "file:///etc/passwd leads out of the schema"),
        (of_labels("A", A=part(**{"$ref": "other.json"})), "other.json leads out of the schema"),
        (of_labels("A", A=part(**{"$schema": "http://127.0.0.1/x"})), "$defs/A/$schema: makes a schema of a part"),
        (of_labels("A", A=part(**{"$id": "http://127.0.0.1/x"})), "$defs/A/$id: makes a schema of a part of one"),
        (of_labels("A", A=part(title=None)), '$defs/A/title: is not there; add it, such as "title": "WHAT IT IS"'),
        (of_labels("A", A=part(properties=[])), "$defs/A/properties: is list; make it an object"),
        (of_labels("A", A=part(properties={"label": {"const": "B"}})), "$defs/A/properties/label: names another label"),
        (of_labels("A", A=part(properties={"start": {"description": "x"}})), "start is a field of every span"),
        (
            of_labels("A", A=part(properties={"x": {"type": "string"}})),
            "$defs/A/properties/x/description: is not there",
        ),
        (
            of_labels("A", A=part(properties={"x": {"description": "x", "x-compare": "near"}})),
            "x-compare: is 'near'; use one of equal, name, number, edtf, spans",
        ),
        (
            of_labels("A", A=part(properties={"x": {"$ref": "#/$defs/gone"}})),
            "$defs/A/properties/x/$ref: #/$defs/gone is not there; add it, or mend the reference",
        ),
        (
            of_labels("A", A=part(properties={"x": {"description": "x", "type": "sting"}})),
            '$defs/A/properties/x/type: not JSON Schema: "sting" is not valid',
        ),
        (of_labels("A", cargo={}), "$defs/claim: is not there, and cargo is; add all of claim, claim_fields"),
        (
            of_labels("A", **{name: {} for name in RAW["$defs"] if "claim" in name}, cargo={}),
            "label/oneOf has no SPEAKER, QUANTITY, ITEM, DATE, STANCE; add the labels, or leave out claim",
        ),
        (
            of_labels(
                "A",
                **{name: {} for name in RAW["$defs"] if "claim" in name and name != "claim_fields"},
                cargo={},
                claim_fields={"properties": {"topic": {}}},
            ),
            "$defs/claim_fields/properties/topic: is no field of a claim; use one of event, id,",
        ),
    ],
)
def test_what_a_schema_lacks_is_said_with_its_place_and_a_remedy(raw: bytes, said: str) -> None:
    with pytest.raises(ClaimspansError, match=re.escape(said)):
        Schema(raw)


def test_a_schema_of_labels_alone_gets_the_records_of_the_project() -> None:
    size = {"description": "How large.", "type": ["integer", "null"]}
    schema = Schema(of_labels("A", "B", A=part(x_hotkey="7", properties={"size": size})))
    assert not schema.has_claims
    assert [
        (label.name, [(one.name, one.required) for one in label.attributes]) for label in schema.labels.values()
    ] == [
        ("A", [("size", True)]),
        ("B", []),
    ]
    span = {"type": "span", "doc": "d", "id": "s1", "label": "A", "start": 0, "end": 1, "text": "x"}
    validator = schema.validator("span")
    assert not validator.is_valid(span)
    assert validator.is_valid(span | {"size": None})
    assert not validator.is_valid(span | {"label": "B", "size": 1})
    answer = schema.validator("predicted_document")
    assert answer.is_valid({"doc": "d", "spans": [{"label": "B", "start": 0, "end": 1}], "claims": []})
    assert not answer.is_valid({"doc": "d", "spans": [], "claims": [{"event": "use"}]})
    assert schema.validator("record").is_valid(span | {"size": 3})
    assert not schema.validator("record").is_valid({"type": "claim", "doc": "d"})
