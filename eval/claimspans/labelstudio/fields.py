"""What a page of Label Studio holds for a schema: labels, the fields of each, and the names of the relations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import cycle
from typing import Any, Literal

import msgspec

from ..data.problems import ClaimspansError
from ..data.records import Cargo, Claim
from ..data.schema import Choice, Schema

Kind = Literal["choice", "boolean", "number", "integer", "string", "strings"]

LABELS, TEXT = "label", "text"
"""The names of the control that holds the labels and of the article."""


class Field(msgspec.Struct, frozen=True):
    """One question that the page asks of a region with this label.

    ``choices`` are the answers to choose from, none of them null: what is left empty is null. ``shown_for`` names
    another field of the label and the answer to it that brings up this one.
    """

    label: str
    name: str
    description: str
    kind: Kind
    choices: tuple[Choice, ...] = ()
    required: bool = False
    nullable: bool = False
    shown_for: tuple[str, str] | None = None

    @property
    def control(self) -> str:
        """The name of the control in the configuration and in the results."""
        return f"{self.label}.{self.name}"


class Mark(msgspec.Struct, frozen=True):
    """A label of the page: one of the schema's, that of the zones, or that of the claims."""

    name: str
    title: str
    description: str
    color: str
    hotkey: str
    fields: tuple[Field, ...]
    references: tuple[str, ...]
    """The attributes that name other regions, drawn as relations."""


class Name(msgspec.Struct, frozen=True):
    """A relation as the page offers it: ``value`` is what the records hold, None for null."""

    name: str
    value: str | None
    description: str


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
CLAIM_PARTS: Mapping[str, str] = {field: kind for field, _, kind in _PARTS.references()}
"""The parts of a claim that are drawn as relations, with the label that each must have; "claim" for another claim."""

_FREE_KEYS = "1234567890qwertyasdfgzxcvb"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SPARE_COLOURS = ("#6d4c41", "#8c8c8c", "#00838f", "#558b2f", "#ad1457", "#4527a0")


class Page:
    """The page of a schema; raises `ClaimspansError` for names that Label Studio would confuse."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._defs: Mapping[str, Any] = schema.root["$defs"]
        self.zone = self._own_name("ZONE")
        self.claim = self._own_name("CLAIM") if "claim_fields" in self._defs else None
        self.marks: Mapping[str, Mark] = {mark.name: mark for mark in self._marks()}
        self.fields: Mapping[str, Field] = {field.control: field for field in self._fields()}

    def _own_name(self, wanted: str) -> str:
        """A label of ours beside those of the schema."""
        while wanted in self.schema.labels:
            wanted += "_"
        return wanted

    def _marks(self) -> Iterator[Mark]:
        zone, claim = self._defs.get("zone", {}), self._defs.get("claim", {})
        wished = [(label.name, label.hotkey, label.color) for label in self.schema.labels.values()]
        wished += [(self.zone, zone.get("x-hotkey", ""), zone.get("x-color", ""))] if zone else []
        wished += [(self.claim, claim.get("x-hotkey", ""), claim.get("x-color", ""))] if self.claim else []
        keys = _keys({name: key for name, key, _ in wished})
        colours = _colours({name: colour for name, _, colour in wished})
        for label in self.schema.labels.values():
            names = [attribute.name for attribute in label.attributes if attribute.compare == "spans"]
            fields = [
                self._field(label.name, label.name, attribute.name, required=attribute.required)
                for attribute in label.attributes
                if attribute.name not in names
            ]
            name = label.name
            yield Mark(name, label.title, label.description, colours[name], keys[name], tuple(fields), tuple(names))
        if self.claim is not None:
            yield Mark(
                self.claim,
                claim.get("title", "Claim"),
                claim.get("description", ""),
                colours[self.claim],
                keys[self.claim],
                tuple(self._claim_fields(self.claim)),
                (),
            )
        if zone:
            fields = [self._field(self.zone, "zone", "zone", required=True)]
            title, description = zone.get("title", "Zone"), zone.get("description", "")
            yield Mark(self.zone, title, description, colours[self.zone], keys[self.zone], tuple(fields), ())

    def _claim_fields(self, label: str) -> Iterator[Field]:
        """The fields of a claim that are no references: the struct says which there are, the schema what they are.

        What a claim takes from its cue where nothing is said is not required.
        """
        shown_for = dict(self._conditions())
        required = set(self._defs.get("claim", {}).get("required", ()))
        for name in Claim.__struct_fields__:
            if name in CLAIM_PARTS or name not in self._defs["claim_fields"]["properties"] or name in ("id", "cargo"):
                continue
            inherited = name in self.inherited
            yield self._field(
                label, "claim_fields", name, required=name in required and not inherited, shown_for=shown_for.get(name)
            )

    def _conditions(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """The fields that the schema allows for one value of another alone."""
        for rule in self._defs["claim_fields"].get("allOf", ()):
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
        self, label: str, definition: str, name: str, *, required: bool, shown_for: tuple[str, str] | None = None
    ) -> Field:
        part = self.schema.field(definition, name)
        choices = _choices(part)
        given = tuple(choice for choice in choices if choice.value is not None)
        nullable = _allows_null(part)
        kind = _kind(part, choices)
        if kind == "boolean":
            given = (Choice("true", ""), Choice("false", ""))
        needed = required and not nullable and kind != "strings"
        return Field(label, name, part.get("description", ""), kind, given, needed, nullable, shown_for)

    def _fields(self) -> Iterator[Field]:
        seen: set[str] = {LABELS, TEXT}
        for mark in self.marks.values():
            for field in mark.fields:
                # A condition of the page takes a comma for the end of a name.
                for word in (field.label, *(field.shown_for or ())):
                    if "," in word:
                        raise ClaimspansError(
                            f"{self.schema.name}: Label Studio takes “{word}” for two; leave the comma out of it"
                        )
                if field.control in seen:
                    raise ClaimspansError(
                        f"{self.schema.name}: two fields would be called {field.control} in Label Studio; "
                        "rename a label or an attribute"
                    )
                seen.add(field.control)
                yield field

    @cached_property
    def cargo_relations(self) -> tuple[Name, ...]:
        """What a quantity may say of an item; null has a name of its own here, for an arrow needs one."""
        if self.claim is None or "cargo" not in self._defs:
            return ()
        choices = self.schema.choices("cargo", "relation")
        taken = {choice.value for choice in choices}
        null = next(name for name in ("none", "null", "no relation") if name not in taken)
        return tuple(Name(choice.value or null, choice.value, choice.description) for choice in choices)

    @cached_property
    def relations(self) -> tuple[Name, ...]:
        """Every relation that the page offers, each name once."""
        found: dict[str, Name] = {}
        for mark in self.marks.values():
            for name in mark.references:
                found.setdefault(name, Name(name, name, self.schema.field(mark.name, name).get("description", "")))
        if self.claim is not None:
            for name in CLAIM_PARTS:
                definition = "cargo" if name in Cargo.__struct_fields__ else "claim_fields"
                if name in self._defs.get(definition, {}).get("properties", {}):
                    part = self.schema.field(definition, name)
                    found.setdefault(name, Name(name, name, part.get("description", "")))
        for relation in self.cargo_relations:
            found.setdefault(relation.name, relation)
        return tuple(found.values())

    @property
    def names(self) -> frozenset[str]:
        """The names of the relations."""
        return frozenset(relation.name for relation in self.relations)

    def relation(self, name: str) -> Name:
        """The relation of a name; raises `KeyError` where the page offers none."""
        return {relation.name: relation for relation in self.relations}[name]


def _keys(wished: Mapping[str, str]) -> dict[str, str]:
    """The key of each label: its wish where it is the first to have it, else one that is free; "" where none is."""
    dealt: dict[str, str] = {}
    for name, key in wished.items():
        if key and key not in dealt.values():
            dealt[name] = key
    free = (key for key in _FREE_KEYS if key not in dealt.values())
    return {name: dealt.get(name) or next(free, "") for name in wished}


def _colours(wished: Mapping[str, str]) -> dict[str, str]:
    """The colour of each label: its wish where that is one, else a spare one, again and again where they run out."""
    spare = cycle([colour for colour in _SPARE_COLOURS if colour not in wished.values()] or _SPARE_COLOURS)
    return {name: colour if _COLOUR.fullmatch(colour) else next(spare) for name, colour in wished.items()}


def _choices(part: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The values of an enumeration, in the schema's two ways of writing one."""
    if "enum" in part:
        return tuple(Choice(value, "") for value in part["enum"])
    options = part.get("oneOf", ())
    return tuple(Choice(option["const"], option.get("description", "")) for option in options if "const" in option)


def _types(part: Mapping[str, Any]) -> set[str]:
    types = part.get("type", [])
    found = {types} if isinstance(types, str) else set(types)
    for option in (*part.get("anyOf", ()), *part.get("oneOf", ())):
        found |= _types(option)
    return found


def _allows_null(part: Mapping[str, Any]) -> bool:
    return "null" in _types(part) or any(choice.value is None for choice in _choices(part))


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
