"""The page of a schema: what it asks, with which keys and colours."""

from __future__ import annotations

import copy
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import quote

import pytest

from claimspans import Document, Span
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import Value, Zone
from claimspans.data.schema import Schema
from claimspans.labelstudio.config import configuration, instruction
from claimspans.labelstudio.encode import to_task
from claimspans.labelstudio.fields import Page

from ..helpers.command import claimspans
from ..helpers.labelstudio_articles import from_task

TEXT = "Kim said that he sent 65 shells in May. Pak denied it."


def test_the_configuration_says_what_the_schema_says(schema: Schema) -> None:
    root = ET.fromstring(configuration(schema))  # noqa: S314 -- our own
    labels = {label.get("value"): label for label in root.iter("Label")}
    assert set(labels) == {*schema.labels, "CLAIM", "ZONE"}
    keys = [label.get("hotkey") for label in labels.values()]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"#[0-9a-f]{6}", str(label.get("background"))) for label in labels.values())
    controls = {control.get("name"): control for tag in ("Choices", "TextArea") for control in root.iter(tag)}
    for label, attribute in schema.attributes():
        if attribute.compare == "spans":
            assert f"{label.name}.{attribute.name}" not in controls
            assert any(relation.get("value") == attribute.name for relation in root.iter("Relation"))
            continue
        control = controls[f"{label.name}.{attribute.name}"]
        assert (control.get("whenTagName"), control.get("whenLabelValue")) == ("label", label.name)
        values = [choice.get("value") for choice in control.iter("Choice")]
        assert values == [choice.value for choice in attribute.choices if choice.value] or values == ["true", "false"]
        given_keys = [choice.get("hotkey") for choice in control.iter("Choice")]
        assert len(set(given_keys)) == len(given_keys)
        assert not set(given_keys) & set(keys)
        nullable = not schema.validator(label.name).is_valid({"label": label.name, attribute.name: None})
        assert (control.get("required") == "true") == (attribute.required and nullable)
    assert all(str(label) in instruction(schema) for label in labels)


def test_another_schema_has_a_page_of_its_own(schema: Schema) -> None:
    """Labels that are called as ours, a field with numbers, no claims, markup in the words."""
    root = copy.deepcopy(schema.root)
    defs = root["$defs"]
    for name in ("claim", "claim_fields", "predicted_claim", "predicted_claim_fields", "cargo"):
        defs.pop(name)
    defs["ZONE"] = {
        "title": "<b>", "description": 'say "a" & $text', "x-color": "red", "x-hotkey": "0",
        "properties": {"label": {"const": "ZONE"}, "level": {"description": "1 to 3", "enum": ["1", "2", None]},
                       "weight": {"description": "tons", "type": ["integer", "null"]},
                       "names": {"description": "all", "type": "array", "items": {"type": "string"}}},
    }  # fmt: skip
    defs["label"]["oneOf"] = [{"$ref": "#/$defs/ZONE"}]
    defs["span"].pop("allOf")
    defs["predicted_document"]["properties"].pop("claims")
    defs["record"]["oneOf"] = defs["record"]["oneOf"][:3]
    defs["prediction"]["oneOf"] = defs["prediction"]["oneOf"][:2]
    other = Schema(json.dumps(root).encode())
    page = Page(other)
    found = ET.fromstring(configuration(other))  # noqa: S314
    assert [label.get("value") for label in found.iter("Label")] == ["ZONE", "ZONE_"]
    assert len({label.get("hotkey") for label in found.iter("Label")}) == 2
    assert not list(found.iter("Relations"))
    attributes: dict[str, Value] = {"level": "2", "weight": 3, "names": ("a, b", "c")}
    spans = (Span(id="s1", label="ZONE", start=0, end=3, text="Kim", attributes=attributes),)
    document = Document(doc="d", text=TEXT, spans=spans, zones=(Zone(kind="duplicate", start=4, end=8),))
    assert from_task(json.loads(json.dumps(to_task(document, page))), page) == (document, [])


def test_keys_and_colours_are_given_out_once_and_never_run_dry(schema: Schema) -> None:
    """Forty more labels, all wishing for one key, half of them without a colour, and a yes or no in other words."""
    root = copy.deepcopy(schema.root)
    defs = root["$defs"]
    names = [f"L & <{number}>" for number in range(40)]
    for number, name in enumerate(names):
        defs[name] = {
            "title": name, "description": name, "x-color": "#ffffff" if number % 2 else "", "x-hotkey": "1",
            "properties": {"label": {"const": name}, "sure": {"description": "?", "enum": [True, False, None]}},
        }  # fmt: skip
        defs["label"]["oneOf"].append({"$ref": f"#/$defs/{name}"})
        defs["predicted_span"].get("oneOf", []).append({"$ref": f"#/$defs/{name}"})
    page = Page(Schema(json.dumps(root).encode()))
    keys = [mark.hotkey for mark in page.marks.values() if mark.hotkey]
    assert len(keys) == len(set(keys))
    assert [page.marks[label].hotkey for label in schema.labels] == [one.hotkey for one in schema.labels.values()]
    assert all(re.fullmatch("#[0-9a-f]{6}", mark.color) for mark in page.marks.values())
    assert [page.marks[name].color for name in names[1::2]] == ["#ffffff"] * 20
    assert page.fields["L & <0>.sure"].kind == "boolean"
    found = ET.fromstring(configuration(page.schema))  # noqa: S314 -- our own
    shown = [label.get("value") for label in found.iter("Label")]
    assert shown == [*schema.labels, *names, "CLAIM", "ZONE"]


@pytest.mark.parametrize(
    ("label", "attributes", "said"),
    [("ARMS, big", ["a"], "“ARMS, big” for two; leave the comma out"), ("A", ["b.c"], None), ("A.b", ["c"], "A.b.c")],
)
def test_names_that_label_studio_would_confuse_are_refused(
    schema: Schema, label: str, attributes: list[str], said: str | None
) -> None:
    """Beside a label A with an attribute b.c."""
    root = copy.deepcopy(schema.root)
    for name, fields in {"A": ["b.c"], label: attributes}.items():
        properties = {"label": {"const": name}} | {field: {"description": "", "type": "string"} for field in fields}
        root["$defs"][name] = {
            "title": "", "description": "", "x-color": "", "x-hotkey": "", "properties": properties,
        }  # fmt: skip
        root["$defs"]["label"]["oneOf"].append({"$ref": f"#/$defs/{quote(name)}"})
    other = Schema(json.dumps(root).encode())
    if said is None:
        assert Page(other).fields["A.b.c"].label == "A"
    else:
        with pytest.raises(ClaimspansError, match=said):
            Page(other)


def test_the_command_prints_the_configuration(schema: Schema, tmp_path: Path) -> None:
    run = claimspans("labelstudio", "config", "--json")
    assert json.loads(run.stdout) == {"label_config": configuration(schema), "expert_instruction": instruction(schema)}
    assert claimspans("labelstudio", "config", "--out", tmp_path / "config.xml").returncode == 0
    assert (tmp_path / "config.xml").read_text(encoding="utf-8") == configuration(schema)
