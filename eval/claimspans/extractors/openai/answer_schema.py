"""The form in which a language model is to answer, as a JSON Schema made from schema.json.

It keeps to what structured output of the chat protocol takes in its strict mode: every property required, no further
ones, a value that may be missing is null, and none of the keywords (pattern, uniqueItems, if …) that only a validator
knows. What those would have refused is refused when the answer is read.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from ...data.schema import Schema

PLACE = {
    "id": {"type": "string"},
    "quote": {"type": "string"},
    "occurrence": {"type": ["integer", "null"]},
    "before": {"type": ["string", "null"]},
    "after": {"type": ["string", "null"]},
}
"""What a quote says beside its label and attributes, as `claimspans.text.quotes.Quote` has it."""

_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


def has_claims(schema: Schema) -> bool:
    """Whether the records of a schema have claims at all."""
    return "claim_fields" in schema.root["$defs"]


def answer_schema(schema: Schema, labels: Collection[str], *, attributes: bool, claims: bool) -> dict[str, Any]:
    """An object of ``quotes``, one of ``labels`` each, and, where they are asked for, ``claims``."""
    form = _Form(schema)
    properties = {"quotes": {"type": "array", "items": {"anyOf": [form.quote(name, attributes) for name in labels]}}}
    if claims:
        properties["claims"] = {"type": "array", "items": form.strict({"$ref": "#/$defs/claim_fields"})}
    return _object(properties)


def sketch(form: Mapping[str, Any]) -> str:
    """A form in the notation of TypeScript, which says the same in half of the words."""
    if "properties" in form:
        return "{" + ", ".join(f'"{name}": {sketch(body)}' for name, body in form["properties"].items()) + "}"
    if "anyOf" in form:
        return "(\n  " + "\n| ".join(map(sketch, form["anyOf"])) + "\n)"
    if "enum" in form:
        return " | ".join(json.dumps(value, ensure_ascii=False) for value in form["enum"])
    if form["type"] == "array":
        items = sketch(form["items"])
        return f"({items})[]" if " | " in items and items[0] not in "({" else f"{items}[]"
    return " | ".join(_listed(form["type"]))


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


class _Form:
    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def quote(self, label: str, attributes: bool) -> dict[str, Any]:
        # A label that only a label map knows has no attributes.
        part = self._schema.root["$defs"].get(label, {}) if attributes else {}
        own = {name: self.strict(body) for name, body in part.get("properties", {}).items() if name != "label"}
        place = dict(PLACE)
        return _object({"id": place.pop("id"), "label": {"type": "string", "enum": [label]}, **place, **own})

    def strict(self, part: Mapping[str, Any]) -> dict[str, Any]:
        """A part of the schema without what the strict mode does not take."""
        part = self._schema.resolve(part)
        if "properties" in part:
            return _object({name: self.strict(body) for name, body in part["properties"].items()})
        options = part.get("oneOf") or part.get("anyOf") or ()
        values = [option["const"] for option in options if "const" in option] or part.get("enum") or ()
        if not values and "const" in part:
            values = [part["const"]]
        if values:
            return {"type": _named({_TYPES[type(value)] for value in values}), "enum": list(values)}
        if options:
            return self._one_of([self.strict(option) for option in options])
        if part.get("type") == "array":
            return {"type": "array", "items": self.strict(part.get("items", {}))}
        return {"type": _named(part["type"]) if "type" in part else ["string", "number", "boolean", "null"]}

    def _one_of(self, options: list[dict[str, Any]]) -> dict[str, Any]:
        """Plain types in one list, such as a string or null; anything else as alternatives."""
        if all(set(option) == {"type"} for option in options):
            return {"type": _named({name for option in options for name in _listed(option["type"])})}
        return {"anyOf": options}


def _listed(types: str | Collection[str]) -> list[str]:
    return [types] if isinstance(types, str) else list(types)


def _named(types: str | Collection[str]) -> str | list[str]:
    """One type by its name, several as a list, null last."""
    found = sorted(set(_listed(types)), key=lambda name: (name == "null", name))
    return found[0] if len(found) == 1 else found
