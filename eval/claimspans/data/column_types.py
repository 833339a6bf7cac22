"""The types of what a schema describes, as columns of a table: names and types without any library's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from .problems import ClaimspansError
from .schema import Schema


class Tags(msgspec.Struct, frozen=True):
    """Whole numbers that stand for these names."""

    names: tuple[str, ...]


Type = str | Tags | list[Any] | dict[str, Any]
"""string, int64, float64 or bool, which may all be null · `Tags` · a list of one type · a struct of named types."""

_SCALARS = {"string": "string", "integer": "int64", "number": "float64", "boolean": "bool"}


def type_of(schema: Schema, part: Mapping[str, Any]) -> Type:
    """The type of a part of the schema; raises `ClaimspansError` for one that a table cannot hold."""
    part = schema.resolve(part)
    options = [schema.resolve(option) for option in (*part.get("anyOf", ()), *part.get("oneOf", ()))]
    if options and "type" not in part and "properties" not in part:
        kinds = [type_of(schema, option) for option in options if not _is_null(option)]
        return _one(kinds, part)
    if "properties" in part:
        return {name: type_of(schema, inner) for name, inner in part["properties"].items()}
    if "const" in part or "enum" in part:
        values = [part["const"]] if "const" in part else part["enum"]
        return _one([_scalar_of(value) for value in values if value is not None], part)
    kinds = part.get("type", ())
    named = [kind for kind in ([kinds] if isinstance(kinds, str) else kinds) if kind != "null"]
    if named == ["array"]:
        return [type_of(schema, part["items"])]
    return _one([_SCALARS.get(kind, kind) for kind in named], part)


def _is_null(part: Mapping[str, Any]) -> bool:
    return part.get("type") == "null" or ("const" in part and part["const"] is None)


def _scalar_of(value: Any) -> Type:
    return {str: "string", bool: "bool", int: "int64", float: "float64"}[type(value)]


def _one(kinds: list[Any], part: Mapping[str, Any]) -> Type:
    """The one type of a value that may also be null; whole and broken numbers together are broken ones."""
    kinds = [kind for number, kind in enumerate(kinds) if kind not in kinds[:number]]
    if sorted(map(str, kinds)) == ["float64", "int64"]:
        kinds = ["float64"]
    if len(kinds) != 1 or (isinstance(kinds[0], str) and kinds[0] not in _SCALARS.values()):
        about = part.get("description", part)
        raise ClaimspansError(
            f"schema.json: “{about}” has no single type that a table can hold; give its values one of "
            f"{', '.join(_SCALARS)}, each also null, or an array or object of these"
        )
    kind: Type = kinds[0]
    return kind


_COLUMNS = frozenset({"doc", "fold", "sentence", "id", "start", "end", "text", "score", "given"})
"""Columns of a span that are no attributes."""


def attribute_types(schema: Schema) -> dict[str, Type]:
    """Every attribute of every label.

    Raises `ClaimspansError` where two labels give one name two types, and for the name of a column that is there
    already.
    """
    found: dict[str, Type] = {}
    for label in schema.labels:
        for name, part in schema.root["$defs"][label]["properties"].items():
            if name == "label":
                continue
            if name in _COLUMNS:
                raise ClaimspansError(
                    f"schema.json: {label} has an attribute {name}, as the dataset's tables have a column; rename it"
                )
            kind = type_of(schema, part)
            if found.setdefault(name, kind) != kind:
                raise ClaimspansError(
                    f"schema.json: the attribute {name} of {label} is {kind}, elsewhere {found[name]}; one table "
                    "has one type for a column: rename one of the two"
                )
    return found


def span_types(schema: Schema) -> dict[str, Type]:
    """The fields of a span, with every attribute of every label; raises as `attribute_types` does."""
    places: dict[str, Type] = {"id": "string", "label": "string", "start": "int64", "end": "int64", "text": "string"}
    return places | attribute_types(schema)


def claim_types(schema: Schema) -> dict[str, Type]:
    """The fields of a claim, its id first; none where the schema has no claims."""
    if not schema.has_claims:
        return {}
    claim = field_types(schema, "claim") | field_types(schema, "claim_fields")
    return {"id": claim.pop("id"), **claim}


def field_types(schema: Schema, definition: str, *left_out: str) -> dict[str, Type]:
    """The fields of a definition, but for the kind of record and its article."""
    parts = schema.root["$defs"][definition]["properties"]
    return {name: type_of(schema, part) for name, part in parts.items() if name not in ("type", "doc", *left_out)}


def tag_names(schema: Schema) -> tuple[str, ...]:
    """The BIO tags in the order of the schema: O, B-LABEL, I-LABEL …"""
    return ("O", *(f"{letter}-{label}" for label in schema.labels for letter in "BI"))


def fit(value: Any, kind: Type) -> Any:
    """The value as a column of this type holds it: every key of a struct there, whole numbers as floats where meant."""
    if isinstance(kind, dict):
        return None if value is None else {name: fit(value.get(name), inner) for name, inner in kind.items()}
    if isinstance(kind, list):
        return None if value is None else [fit(each, kind[0]) for each in value]
    if isinstance(kind, Tags):
        return kind.names.index(value)
    return float(value) if kind == "float64" and value is not None else value
