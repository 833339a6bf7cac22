"""Regions and arrows of a page → the fields of spans and claims: the one reading of what somebody drew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ..data.fields import CLAIM_PARTS, typed
from ..data.records import Cargo, Claim
from .fields import Mark, Page

Fields = dict[str, Any]
"""The fields of a region as the schema has them, references by the ids of regions, lists as lists."""


class Region(msgspec.Struct, frozen=True, kw_only=True):
    """A marked stretch of the text; ``answers`` by the name of the control."""

    id: str
    label: str
    start: int
    end: int
    answers: Mapping[str, Sequence[str]] = {}
    meta: Mapping[str, Any] = {}

    @property
    def order(self) -> tuple[int, int, str]:
        return (self.start, -self.end, self.label)


class Arrow(msgspec.Struct, frozen=True):
    """A relation between two regions, by their ids; ``names`` may be empty where nobody chose one."""

    source: str
    target: str
    names: tuple[str, ...] = ()


class Note(msgspec.Struct, frozen=True):
    """Something in a task that cannot be taken as it is: where, what, and what to do about it."""

    doc: str
    place: str
    detail: str
    remedy: str
    task: int | None = None

    def __str__(self) -> str:
        task = "" if self.task is None else f" (task {self.task})"
        place = f" {self.place}:" if self.place else ""
        return f"{self.doc}{task}:{place} {self.detail} → {self.remedy}"

    def to_dict(self) -> dict[str, Any]:
        fields: dict[str, Any] = msgspec.structs.asdict(self)
        return fields


class Complaint(msgspec.Struct, frozen=True):
    """What a `Note` says, of a region or one field of it, before the task is known."""

    region: str
    detail: str
    remedy: str
    field: str | None = None


class Graph:
    """What is drawn on one article. ``fields[id]`` are those of a region, ``complaints`` what could not be read."""

    def __init__(self, page: Page, regions: Sequence[Region], arrows: Sequence[Arrow]) -> None:
        self.page = page
        self.regions = {region.id: region for region in regions}
        self.complaints: list[Complaint] = []
        self._drawn: dict[tuple[str, str], list[str]] = {}
        self._cargo: dict[tuple[str, str], list[str]] = {}
        for arrow in arrows:
            self._take(arrow)
        self.fields: dict[str, Fields] = {}
        # A claim reads what its cue says, so spans come first.
        for region in sorted(regions, key=lambda region: region.label == page.claim):
            self.fields[region.id] = self._fields_of(region, page.marks[region.label])

    def _meanings(self, source: Region, target: Region) -> list[str]:
        """What an arrow from one region to another can be called."""
        page = self.page
        if source.label == page.claim:
            kind = "claim" if target.label == page.claim else target.label
            return [name for name, wanted in CLAIM_PARTS.items() if wanted == kind and name in page.names]
        if target.label in (page.claim, page.zone):
            return []
        if (source.label, target.label) == (CLAIM_PARTS["quantity"], CLAIM_PARTS["item"]):
            return [relation.name for relation in page.cargo_relations]
        return list(page.marks[source.label].references)

    def _take(self, arrow: Arrow) -> None:
        source, target = self.regions[arrow.source], self.regions[arrow.target]
        names = list(dict.fromkeys(arrow.names))
        for one, other in ((source, target), (target, source)):
            # An arrow drawn backwards is read forwards where only that makes sense.
            possible = self._meanings(one, other)
            if possible and set(names) <= set(possible):
                self._name(one, other, names or self._only(one, other, possible))
                return
        drawn = f"an arrow {', '.join(names) or 'without a name'} from {source.label} to {target.label}"
        possible = self._meanings(source, target) or self._meanings(target, source)
        remedy = f"name it {' or '.join(possible)}" if possible else "delete it, or draw it between other marks"
        self.complaints.append(Complaint(source.id, drawn, remedy))

    def _only(self, source: Region, target: Region, possible: Sequence[str]) -> list[str]:
        """The name of an arrow that was given none."""
        if len(possible) == 1:
            return list(possible)
        null = [relation.name for relation in self.page.cargo_relations if relation.value is None]
        if set(null) <= set(possible) and null:
            chosen = null
        elif set(possible) == {"holders", "via"}:
            # Holders come with the cue, so that an arrow to another speaker can only be drawn for the way between.
            return ["holders, via"]
        else:
            chosen = []
        detail = f"an arrow without a name from {source.label} to {target.label}"
        self.complaints.append(Complaint(source.id, detail, f"name it {' or '.join(possible)}"))
        return chosen

    def _name(self, source: Region, target: Region, names: Sequence[str]) -> None:
        if (source.label, target.label) == (CLAIM_PARTS["quantity"], CLAIM_PARTS["item"]):
            self._cargo.setdefault((source.id, target.id), []).extend(names)
            return
        for name in names:
            ends = self._drawn.setdefault((source.id, name), [])
            if target.id not in ends:
                ends.append(target.id)

    def _fields_of(self, region: Region, mark: Mark) -> Fields:
        fields: Fields = {}
        for field in mark.fields:
            if field.shown_for is not None and fields.get(field.shown_for[0]) != field.shown_for[1]:
                if not field.left_out:
                    fields[field.name] = [] if field.kind == "strings" else None
                continue
            try:
                value = typed(field, region.answers.get(field.control, ()))
            except ValueError as error:
                self.complaints.append(
                    Complaint(region.id, f"{field.name} is {error}", "mend it in the page", field.name)
                )
                value = None
            fields[field.name] = list(value) if isinstance(value, tuple) else value
        for name in mark.references:
            ends = self._in_reading_order(self._drawn.get((region.id, name), []))
            fields[name] = ends if self._is_list(region.label, name) else self._one(region, name, ends)
        if region.label == self.page.claim:
            fields |= self._parts(region, fields)
        for field in mark.fields:
            if (field.required or field.left_out) and fields.get(field.name, "") is None:
                self.complaints.append(Complaint(region.id, f"{field.name} is not given", "fill it in", field.name))
        return fields

    def _is_list(self, label: str, name: str) -> bool:
        part = self.page.schema.field(label, name)
        return part.get("type") == "array"

    def _one(self, region: Region, name: str, ends: Sequence[str]) -> str | None:
        if len(ends) > 1:
            self.complaints.append(Complaint(region.id, f"{len(ends)} arrows {name}", "leave one", name))
        return ends[0] if ends else None

    def _in_reading_order(self, ids: Sequence[str]) -> list[str]:
        return sorted(ids, key=lambda one: (self.regions[one].order, one))

    def _parts(self, region: Region, said: Fields) -> Fields:
        """The references of a claim, and what it takes from its cue."""
        drawn = {name: self._drawn.get((region.id, name), []) for name in CLAIM_PARTS}
        fields: Fields = {
            name: self._one(region, name, self._in_reading_order(drawn[name])) for name in ("cue", "target", "same_as")
        }
        cue = fields["cue"]
        of_cue = self.fields[cue] if cue is not None else {}
        speakers = self._speakers(cue)
        unnamed = self._drawn.get((region.id, "holders, via"), [])
        holders = drawn["holders"] + [one for one in unnamed if cue is None]
        # The order of the arrows counts here alone: outermost first.
        fields["via"] = drawn["via"] + [one for one in unnamed if cue is not None and one not in speakers]
        fields["holders"] = self._in_reading_order(holders) if holders else list(speakers)
        fields["when"] = self._in_reading_order(drawn["when"])
        fields["cargo"] = self._rows(drawn["item"], drawn["quantity"])
        for name in self.page.inherited:
            if said[name] is None:
                fields[name] = of_cue.get(name)
                if fields[name] is None:
                    remedy = "choose it: there is no cue to take it from" if cue is None else "choose it"
                    self.complaints.append(Complaint(region.id, f"{name} is not given", remedy, name))
        return fields

    def _speakers(self, cue: str | None) -> list[str]:
        """Whom the cue belongs to: the first of its attributes that is a list of regions."""
        if cue is None:
            return []
        for name in self.page.marks[self.regions[cue].label].references:
            found = self.fields[cue][name]
            if isinstance(found, list):
                return found
        return []

    def _rows(self, items: Sequence[str], quantities: Sequence[str]) -> list[dict[str, Any]]:
        """A row for every quantity with an arrow to an item, then for what stands alone, in reading order."""
        values = {relation.name: relation.value for relation in self.page.cargo_relations}
        names = list(values)
        pairs = [(item, quantity) for item in items for quantity in quantities if (quantity, item) in self._cargo]
        rows: list[tuple[str | None, str | None, str | None]] = []
        for item, quantity in pairs:
            drawn = sorted(self._cargo[quantity, item], key=names.index)
            rows.append((item, quantity, values[drawn[0]] if drawn else None))
        paired = {one for pair in pairs for one in pair}
        rows += [(item, None, None) for item in items if item not in paired]
        rows += [(None, quantity, None) for quantity in quantities if quantity not in paired]
        rows.sort(key=self._row_order)
        return [
            msgspec.to_builtins(Cargo(item=item, quantity=quantity, relation=name)) for item, quantity, name in rows
        ]

    def _row_order(self, row: tuple[str | None, str | None, str | None]) -> Any:
        places = [(self.regions[one].order, one) for one in row[:2] if one is not None]
        item, quantity = ((self.regions[one].order, one) if one is not None else () for one in row[:2])
        return (min(places), quantity, item)


def arrows_of(page: Page, owner: str, label: str, fields: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What is drawn for the references of a record: source, target and name of each arrow.

    Holders that are the speakers of the cue are not drawn: the caller leaves them out.
    """
    if label != page.claim:
        for name in page.marks[label].references:
            named = fields.get(name)
            for target in [named] if isinstance(named, str) else named or ():
                yield owner, target, name
        return
    names = {relation.value: relation.name for relation in page.cargo_relations}
    for row in fields["cargo"]:
        for name in ("item", "quantity"):
            if row[name] is not None:
                yield owner, row[name], name
        if row["item"] is not None and row["quantity"] is not None:
            yield row["quantity"], row["item"], names[row["relation"]]
    for name in Claim.__struct_fields__:
        if name in CLAIM_PARTS:
            named = fields[name]
            for target in [named] if isinstance(named, str) else named or ():
                yield owner, target, name
