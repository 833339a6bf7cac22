"""The fields of a schema's labels, claims and zones: of which kind each is, and what may be typed into it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import msgspec

from .records import Cargo, Claim
from .schema import Choice, Schema, choices_of, refusing

Kind = Literal["choice", "boolean", "number", "integer", "string", "strings"]


class Field(msgspec.Struct, frozen=True):
    """A field that a span with this label, a claim or a zone has beside its place and its references.

    ``choices`` are the answers to choose from, none of them null: what is left empty is null. ``shown_for`` names
    another field of the label and the value of it without which the schema allows none here; ``left_out`` is true
    where a record then lacks the field, instead of holding null.
    """

    label: str
    name: str
    description: str
    kind: Kind
    choices: tuple[Choice, ...] = ()
    required: bool = False
    nullable: bool = False
    shown_for: tuple[str, str] | None = None
    left_out: bool = False

    @property
    def control(self) -> str:
        """Label and name in one, which Label Studio calls its control."""
        return f"{self.label}.{self.name}"


_PARTS = Claim(
    event="",
    cue="x",
    holders=("x",),
    via=("x",),
    cargo=(Cargo(item="x", quantity="x"),),
    when=("x",),
    target="x",
    same_as="x",
)
CLAIM_PARTS: Mapping[str, str] = {field.rpartition(".")[2]: kind for field, _, kind in _PARTS.references()}
"""The parts of a claim that are drawn as relations, with the label that each must have; "claim" for another claim."""


class SchemaFields:
    """The fields of a schema by label; ``claim`` and ``zone`` are labels for those that no span has."""

    def __init__(self, schema: Schema) -> None:
        """Read them; raises `ClaimspansError` for a schema that describes them otherwise than the project's."""
        self.schema = schema
        self.defs: Mapping[str, Any] = schema.root["$defs"]
        self.zone = self._own_name("ZONE")
        self.claim = self._own_name("CLAIM") if "claim_fields" in self.defs else None
        with refusing(schema.name):
            self.of: Mapping[str, tuple[Field, ...]] = dict(self._each())

    def _own_name(self, wanted: str) -> str:
        """A label beside those of the schema."""
        while wanted in self.schema.labels:
            wanted += "_"
        return wanted

    def _each(self) -> Iterator[tuple[str, tuple[Field, ...]]]:
        for label in self.schema.labels.values():
            yield (
                label.name,
                tuple(
                    self._field(
                        label.name,
                        label.name,
                        attribute.name,
                        required=attribute.required,
                        shown_for=attribute.only_for,
                        left_out=attribute.only_for is not None,
                    )
                    for attribute in label.attributes
                    if attribute.compare != "spans"
                ),
            )
        if self.claim is not None:
            yield self.claim, tuple(self._claim_fields(self.claim))
        if self.defs.get("zone"):
            yield self.zone, (self._field(self.zone, "zone", "zone", required=True),)

    def find(self, label: str | None, name: str | None) -> Field | None:
        """The field of that name, None where the label has none."""
        return next((field for field in self.of.get(label or "", ()) if field.name == name), None)

    def _claim_fields(self, label: str) -> Iterator[Field]:
        """The fields of a claim that are no references: the struct says which there are, the schema what they are.

        What a claim takes from its cue where nothing is said is not required.
        """
        shown_for = dict(self._conditions())
        required = set(self.defs.get("claim", {}).get("required", ()))
        for name in Claim.__struct_fields__:
            if name in CLAIM_PARTS or name not in self.defs["claim_fields"]["properties"] or name in ("id", "cargo"):
                continue
            inherited = name in self.inherited
            yield self._field(
                label, "claim_fields", name, required=name in required and not inherited, shown_for=shown_for.get(name)
            )

    def _conditions(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """The fields that the schema allows for one value of another alone."""
        for rule in self.defs["claim_fields"].get("allOf", ()):
            for field, part in rule.get("if", {}).get("properties", {}).items():
                if "const" in part:
                    for name in rule.get("else", {}).get("properties", {}):
                        yield name, (field, part["const"])

    @cached_property
    def inherited(self) -> frozenset[str]:
        """The fields of a claim that are those of its cue unless the claim says otherwise."""
        cue = self.schema.labels.get(CLAIM_PARTS["cue"])
        if cue is None or self.claim is None:
            return frozenset()
        own = {attribute.name for attribute in cue.attributes if attribute.compare != "spans"}
        return frozenset(own & set(Claim.__struct_fields__))

    def _field(
        self,
        label: str,
        definition: str,
        name: str,
        *,
        required: bool,
        shown_for: tuple[str, str] | None = None,
        left_out: bool = False,
    ) -> Field:
        part = self.schema.field(definition, name)
        choices = choices_of(part)
        given = tuple(choice for choice in choices if choice.value is not None)
        nullable = _allows_null(part)
        kind = _kind(part, choices)
        if kind == "boolean":
            given = (Choice("true", ""), Choice("false", ""))
        needed = required and not nullable and kind != "strings"
        return Field(label, name, part.get("description", ""), kind, given, needed, nullable, shown_for, left_out)


def _types(part: Mapping[str, Any]) -> set[str]:
    types = part.get("type", [])
    found = {types} if isinstance(types, str) else set(types)
    for option in (*part.get("anyOf", ()), *part.get("oneOf", ())):
        found |= _types(option)
    return found


def _allows_null(part: Mapping[str, Any]) -> bool:
    return "null" in _types(part) or any(choice.value is None for choice in choices_of(part))


def _kind(part: Mapping[str, Any], choices: Sequence[Choice]) -> Kind:
    types = _types(part)
    if choices and all(isinstance(choice.value, bool | None) for choice in choices):
        return "boolean"
    if choices:
        return "choice"
    for kind in ("boolean", "number", "integer"):
        if kind in types and "string" not in types:
            return kind
    return "strings" if "array" in types else "string"


_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")


def typed(field: Field, answers: Sequence[str]) -> Any:
    """What the answers to a field mean as a value of the schema; None where there is none.

    Raises `ValueError`, saying what was expected, for an answer that is none.
    """
    given = [answer.strip() for answer in answers if answer.strip()]
    if field.kind == "strings":
        return tuple(given)
    if not given:
        return None
    if len(given) > 1:
        raise ValueError(f"{len(given)} answers, expected one")
    answer = given[0]
    if field.kind in ("choice", "boolean"):
        known = [choice.value for choice in field.choices]
        if answer not in [str(value) for value in known]:
            raise ValueError(f"“{answer}”, expected one of {', '.join(map(str, known))}")
        if field.kind == "boolean":
            return answer == "true"
        return next(value for value in known if str(value) == answer)
    if field.kind in ("number", "integer"):
        return _number(answer, whole=field.kind == "integer")
    return answer


def _number(answer: str, *, whole: bool) -> int | float:
    plain = answer.replace(",", "") if _THOUSANDS.fullmatch(answer) else answer
    try:
        value = json.loads(plain, parse_constant=_no_number)
    except ValueError:
        value = None
    if isinstance(value, bool) or not isinstance(value, int | float) or (whole and not isinstance(value, int)):
        raise ValueError(f"“{answer}”, expected {'a whole number' if whole else 'a number'} in digits, such as 16500")
    return value


def _no_number(name: str) -> Any:
    raise ValueError(name)


def answers_of(value: Any) -> list[str]:
    """A value of the schema as what would be typed for it; nothing for null."""
    if value is None:
        return []
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    if isinstance(value, str):
        return [value]
    return [json.dumps(value)]
