"""What a page of Label Studio holds for a schema: labels, the fields of each, and the names of the relations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import cycle

import msgspec

from ..data.fields import CLAIM_PARTS, Field, SchemaFields, answers_of
from ..data.problems import ClaimspansError
from ..data.records import Cargo, Document
from ..data.schema import Schema

LABELS, TEXT = "label", "text"
"""The names of the control that holds the labels and of the article."""

LISTED, OTHER = ":listed", "…"
"""What the name of a control ends with that lists values of a text field, and the choice for what is to be typed."""

REASON = "reason:"
"""What the name of a control begins with in which somebody says why; the number of the difference follows."""

Lists = Mapping[str, Sequence[str]]
"""Values to choose from by the control of a text field."""


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


_FREE_KEYS = "1234567890qwertyasdfgzxcvb"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SPARE_COLOURS = ("#6d4c41", "#8c8c8c", "#00838f", "#558b2f", "#ad1457", "#4527a0")


class Page(SchemaFields):
    """The page of a schema; raises `ClaimspansError` for names that Label Studio would confuse."""

    def __init__(self, schema: Schema, lists: Lists | None = None, *, differences: bool = False) -> None:
        """``lists`` stand beside the text fields, the ``differences`` that a task's data hold beside its text."""
        super().__init__(schema)
        self.differences = differences
        self.marks: Mapping[str, Mark] = {mark.name: mark for mark in self._marks()}
        self.fields: Mapping[str, Field] = {field.control: field for field in self._fields()}
        typed = {name for name, field in self.fields.items() if field.kind in ("string", "strings")}
        self.lists: Lists = {name: values for name, values in (lists or {}).items() if values and name in typed}

    def come_back(self, control: str, answers: Sequence[str]) -> Sequence[str]:
        """The answers of a field in the order in which the page gives them: those of its list first."""
        listed = [one for one in self.lists.get(control, ()) if one in answers]
        return listed + [one for one in answers if one not in listed]

    def rows_of(self, control: str, answers: Sequence[str]) -> Iterator[tuple[str, str, Sequence[str]]]:
        """The answers of a field as rows: control, kind and values; what a list has is chosen from it."""
        if self.fields[control].choices:
            yield control, "choices", answers
            return
        listed = self.lists.get(control, ())
        written = [one for one in answers if one not in listed]
        if listed and answers:
            chosen = [one for one in answers if one in listed] + ([OTHER] if written else [])
            yield control + LISTED, "choices", chosen
        if written:
            yield control, "text", written

    def _marks(self) -> Iterator[Mark]:
        zone, claim = self.defs.get("zone", {}), self.defs.get("claim", {})
        wished = [(label.name, label.hotkey, label.color) for label in self.schema.labels.values()]
        wished += [(self.zone, zone.get("x-hotkey", ""), zone.get("x-color", ""))] if zone else []
        wished += [(self.claim, claim.get("x-hotkey", ""), claim.get("x-color", ""))] if self.claim else []
        keys = _keys({name: key for name, key, _ in wished})
        colours = _colours({name: colour for name, _, colour in wished})
        for label in self.schema.labels.values():
            names = [attribute.name for attribute in label.attributes if attribute.compare == "spans"]
            name = label.name
            yield Mark(name, label.title, label.description, colours[name], keys[name], self.of[name], tuple(names))
        if self.claim is not None:
            yield Mark(
                self.claim,
                claim.get("title", "Claim"),
                claim.get("description", ""),
                colours[self.claim],
                keys[self.claim],
                self.of[self.claim],
                (),
            )
        if zone:
            title, description = zone.get("title", "Zone"), zone.get("description", "")
            yield Mark(self.zone, title, description, colours[self.zone], keys[self.zone], self.of[self.zone], ())

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
        if self.claim is None or "cargo" not in self.defs:
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
                if name in self.defs.get(definition, {}).get("properties", {}):
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


_LONGEST_LIST = 12


def lists_of(page: Page, layer: Iterable[Document], asked: set[str]) -> Lists:
    """What a layer has in the text fields of its spans and claims, the most frequent first.

    Nobody is to read off the page what the layer says of an article that they are asked about (``asked``, by id): each
    value is that of an article which is not, or of two articles.
    """
    docs: dict[tuple[str, str], set[str]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for document in layer:
        marks = [(span.label, span.attributes) for span in document.spans]
        marks += [(page.claim or "", msgspec.structs.asdict(claim)) for claim in document.claims]
        for label, fields in marks:
            for field in page.of.get(label, ()):
                for one in answers_of(fields.get(field.name)) if field.kind in ("string", "strings") else ():
                    counts[field.control, one] += 1
                    docs.setdefault((field.control, one), set()).add(document.doc)
    found: dict[str, list[str]] = {}
    for (control, value), _ in counts.most_common():
        there = found.setdefault(control, [])
        elsewhere = len(docs[control, value]) > 1 or not docs[control, value] & asked
        # Label Studio reads $ as a field of the task's data, and XML takes a line's end for a blank.
        plain = value.isprintable() and value.strip() == value and "$" not in value and value not in (OTHER, "")
        if elsewhere and plain and len(there) < _LONGEST_LIST:
            there.append(value)
    return found


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
