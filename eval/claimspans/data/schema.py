"""schema.json as labels, attributes and values; what every other module derives from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from .corpus_folder import SCHEMA, corpus_at_hand, shipped_corpus
from .files import read_whole
from .hashes import sha256_of
from .problems import ClaimspansError, short
from .schema_rules import completed, label_names, read_json, reference, steps

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator


OURS = "urn:claimspans:schema:2"
"""The ``$id`` of the project's own schema: its major version is that of the guidelines, which ``check`` knows."""


@contextmanager
def refusing(name: str) -> Iterator[None]:
    """What goes wrong while a schema is taken apart is the schema's: raises `ClaimspansError` for it."""
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise ClaimspansError(
            f"{name}: not a schema of claimspans ({type(error).__name__}: {short(str(error))}); expected JSON Schema "
            "with x-version and $defs.label.oneOf, as in the project's schema.json"
        ) from error


class Choice(msgspec.Struct, frozen=True):
    """One allowed value of an attribute, and what it means."""

    value: str | None
    description: str


def listed(choices: Iterable[Choice]) -> str:
    """Values and their meanings in a cell of a table."""
    return "<br>".join(f"`{'null' if one.value is None else one.value}` {one.description}" for one in choices)


class Attribute(msgspec.Struct, frozen=True):
    """An attribute of a label. ``choices`` is empty where the values are open.

    ``only_for`` names another attribute of the label and its value without which a span has no such attribute.
    """

    name: str
    description: str
    choices: tuple[Choice, ...]
    compare: str
    required: bool
    only_for: tuple[str, str] | None = None


class Label(msgspec.Struct, frozen=True):
    """A label with what a tool needs to show it."""

    name: str
    title: str
    description: str
    color: str
    hotkey: str
    attributes: tuple[Attribute, ...]

    def without_empty_conditions(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """A span without null for attributes that belong to a value which it has not: a form asks for all fields."""
        conditions = {each.name: each.only_for for each in self.attributes if each.only_for is not None}
        return {
            key: value
            for key, value in data.items()
            if value is not None or key not in conditions or data.get(conditions[key][0]) == conditions[key][1]
        }


class Schema:
    """A schema of records. Users with other labels bring another file of the same form."""

    def __init__(self, raw: bytes, name: str = SCHEMA, path: Path | None = None) -> None:
        """Read the schema; raises `ClaimspansError`, with the place and a remedy, when it is not one of ours.

        ``path`` is where it lies: what reads it again, such as the process of an extractor, finds it there.
        """
        self.name = name
        self.path = path
        self.raw = raw
        self.sha256 = sha256_of(raw)
        with refusing(name):
            self._root = completed(read_json(raw, name), name)
            self._defs: dict[str, Any] = self._root["$defs"]
            self.version: str = self._root["x-version"]
            self.labels: Mapping[str, Label] = {label: self._label(label) for label in label_names(self._defs)}

    @property
    def has_our_guidelines(self) -> bool:
        """Whether it is a form of the project's own schema, whose guidelines ``check`` knows."""
        return self._root.get("$id") == OURS

    @property
    def has_claims(self) -> bool:
        """Whether annotations under it have claims beside spans."""
        return "claim" in self._defs

    def resolve(self, part: Mapping[str, Any]) -> Mapping[str, Any]:
        """The part with what it refers to; its own words win."""
        if "$ref" not in part:
            return part
        found: Any = self._root
        for step in steps(part["$ref"]):
            found = found[step]
        return {**self.resolve(found), **part}

    def _label(self, name: str) -> Label:
        part = self._defs[name]
        required: set[str] = set()
        only_for: dict[str, tuple[str, str]] = {}
        for rule in self._defs["span"].get("allOf", ()):
            tested = rule.get("if", {}).get("properties", {})
            condition = {field: part["const"] for field, part in tested.items() if "const" in part}
            if condition.pop("label", None) == name:
                asked = rule.get("then", {}).get("required", ())
                required |= set() if condition else set(asked)
                only_for |= {each: given for given in condition.items() for each in asked}
        attributes = tuple(
            Attribute(
                attribute,
                self.resolve(body).get("description", ""),
                choices_of(self.resolve(body)),
                body.get("x-compare", "equal"),
                attribute in required,
                only_for.get(attribute),
            )
            for attribute, body in part["properties"].items()
            if attribute != "label"
        )
        return Label(name, part["title"], part["description"], part["x-color"], part["x-hotkey"], attributes)

    def choices(self, definition: str, field: str) -> tuple[Choice, ...]:
        """The allowed values of a field of a definition, such as ``("claim_fields", "event")``."""
        return choices_of(self.field(definition, field))

    def field(self, definition: str, name: str) -> Mapping[str, Any]:
        """A field of a definition as JSON Schema, with what it refers to; raises `KeyError` where there is none."""
        return self.resolve(self._defs[definition]["properties"][name])

    def attributes(self) -> Iterator[tuple[Label, Attribute]]:
        """Every attribute with its label, in the order of the schema."""
        for label in self.labels.values():
            for attribute in label.attributes:
                yield label, attribute

    @cache  # noqa: B019 -- schemas live as long as the process
    def validator(self, definition: str) -> Draft202012Validator:
        """A validator of one definition, such as ``span`` or ``SPEAKER``."""
        return self._validator(definition)

    @cache  # noqa: B019 -- as above
    def attribute_validator(self, label: str, attribute: str) -> Draft202012Validator:
        """A validator of the values of an attribute."""
        return self._validator(label, "properties", attribute)

    def _validator(self, *place: str) -> Draft202012Validator:
        import jsonschema_rs

        return jsonschema_rs.Draft202012Validator({"$ref": reference("$defs", *place), "$defs": self._defs})

    def definition(self, name: str) -> Mapping[str, Any]:
        """A definition as it stands in the schema; raises `KeyError` where there is none."""
        found: Mapping[str, Any] = self._defs[name]
        return found

    @property
    def root(self) -> dict[str, Any]:
        """The JSON itself."""
        return self._root

    def markdown(self, label: str, *, keys: bool = True) -> str:
        """The table of a label's attributes for a document; with ``keys`` also how an annotator's tool shows it."""
        shown = self.labels[label]
        lines = [
            f"*{shown.title}.* {shown.description}" + f" Key `{shown.hotkey}`, colour `{shown.color}`." * keys,
            "",
            "| attribute | meaning | values |",
            "| --- | --- | --- |",
        ]
        lines += [f"| `{one.name}` | {one.description} | {listed(one.choices) or '–'} |" for one in shown.attributes]
        return "\n".join(lines) + "\n"


def choices_of(part: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The values of a closed list, in either of JSON Schema's ways of writing one; empty where it is none."""
    if "enum" in part:
        return tuple(Choice(value, "") for value in part["enum"])
    options = part.get("oneOf", ())
    return tuple(Choice(option["const"], option.get("description", "")) for option in options if "const" in option)


def read_schema(path: Path | str) -> Schema:
    """The schema of a file; raises `ClaimspansError` when it is not there or is none."""
    return Schema(read_whole(path, "a JSON Schema file"), str(path), Path(path).resolve())


def default_schema() -> Schema:
    """The schema of the corpus at hand."""
    path = corpus_at_hand() / SCHEMA
    return _read_once(path, path.stat().st_mtime_ns)


def shipped_schema() -> Schema:
    """The schema of the project's own corpus."""
    path = shipped_corpus() / SCHEMA
    return _read_once(path, path.stat().st_mtime_ns)


def given_schema(given: Schema | PathLike[str] | str | None) -> Schema | None:
    """A schema, or that of a path, as a caller gives it."""
    return given if given is None or isinstance(given, Schema) else read_schema(Path(given))


@cache
def _read_once(path: Path, _changed: int) -> Schema:
    return read_schema(path)


@cache
def no_schema() -> Schema:
    """One that describes no label, no attribute and no claim."""
    return Schema(b'{"x-version": "0", "$defs": {"label": {"oneOf": []}}}', "no schema")
