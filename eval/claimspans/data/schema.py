"""schema.json as labels, attributes and values; what every other module derives from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import msgspec

from .files import read_whole
from .hashes import sha256_of
from .problems import ClaimspansError, short

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator


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
    """An attribute of a label. ``choices`` is empty where the values are open."""

    name: str
    description: str
    choices: tuple[Choice, ...]
    compare: str
    required: bool


class Label(msgspec.Struct, frozen=True):
    """A label with what a tool needs to show it."""

    name: str
    title: str
    description: str
    color: str
    hotkey: str
    attributes: tuple[Attribute, ...]


class Schema:
    """A schema of records. Users with other labels bring another file of the same form."""

    def __init__(self, raw: bytes, name: str = "schema.json") -> None:
        """Read the schema; raises `ClaimspansError` when it is not one of ours."""
        self.name = name
        self.raw = raw
        self.sha256 = sha256_of(raw)
        with refusing(name):
            self._root: dict[str, Any] = json.loads(raw)
            self._defs: dict[str, Any] = self._root["$defs"]
            self.version: str = self._root["x-version"]
            names = [_steps(option["$ref"])[-1] for option in self._defs["label"]["oneOf"]]
            self.labels: Mapping[str, Label] = {label: self._label(label) for label in names}

    def resolve(self, part: Mapping[str, Any]) -> Mapping[str, Any]:
        """The part with what it refers to; its own words win."""
        if "$ref" not in part:
            return part
        found: Any = self._root
        for step in _steps(part["$ref"]):
            found = found[step]
        return {**self.resolve(found), **part}

    def _label(self, name: str) -> Label:
        part = self._defs[name]
        required = {
            attribute
            for rule in self._defs["span"].get("allOf", ())
            if rule["if"]["properties"]["label"]["const"] == name
            for attribute in rule["then"]["required"]
        }
        attributes = tuple(
            Attribute(
                attribute,
                self.resolve(body)["description"],
                choices_of(self.resolve(body)),
                body.get("x-compare", "equal"),
                attribute in required,
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
        import jsonschema_rs

        return jsonschema_rs.Draft202012Validator({"$ref": f"#/$defs/{quote(definition)}", "$defs": self._defs})

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


def _steps(reference: str) -> list[str]:
    """The names that a reference inside the schema goes through: ``#/$defs/ARMED%20GROUP`` (RFC 6901, section 6)."""
    steps = unquote(reference).removeprefix("#/").split("/")
    return [step.replace("~1", "/").replace("~0", "~") for step in steps]


def read_schema(path: Path | str) -> Schema:
    """The schema of a file; raises `ClaimspansError` when it is not there or is none."""
    return Schema(read_whole(path, "a JSON Schema file"), str(path))


@cache
def default_schema() -> Schema:
    """The schema that the project, or its wheel, carries."""
    return read_schema(data_root() / "schema.json")


@cache
def no_schema() -> Schema:
    """One that describes no label, no attribute and no claim."""
    return Schema(b'{"x-version": "0", "$defs": {"label": {"oneOf": []}}}', "no schema")


@cache
def data_root() -> Path:
    """The folder with schema.json, seeds/ and annotations/: in a checkout its top, else inside the package."""
    package = Path(__file__).parents[1]
    checkout = package.parents[1]
    return checkout if (checkout / "schema.json").is_file() else package / "corpus"
