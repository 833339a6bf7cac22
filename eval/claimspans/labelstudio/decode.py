"""A task of Label Studio → the article with what somebody marked in it, and a note for what cannot be taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ..data.checks.structure import schema_problems
from ..data.fields import CLAIM_PARTS
from ..data.lines import Line
from ..data.records import Claim, Document, Span, Value, Zone, claim_record, span_record
from .fields import LABELS, LISTED, OTHER, REASON, Page
from .mark_words import in_code_points, says_what_is_there
from .relations import Arrow, Fields, Graph, Note, Region
from .tasks import Told, doc_of, foreign, meta_of


def from_annotation(
    task: Mapping[str, Any], annotation: Mapping[str, Any], page: Page
) -> tuple[Document | None, list[Note]]:
    """The article of a task with one of its annotations.

    Ids that we sent come back; marks that a person made are numbered on from them in reading order, claims stand
    where they stood, new ones by their place in the text. Offsets are code points of the text, as we sent it.
    """
    told = list(foreign(task))
    if told:
        return None, [_note(task, *one) for one in told]
    reading = _Reading(str(task["data"]["text"]), page)
    reading.take(annotation.get("result") or [])
    document = reading.document(str(task["data"]["doc_id"]), task["data"].get("published") or None)
    return document, [_note(task, *one) for one in reading.told]


def _note(task: Mapping[str, Any], place: str, detail: str, remedy: str) -> Note:
    number = task.get("id")
    return Note(doc_of(task), place, detail, remedy, number if isinstance(number, int) else None)


class _Reading:
    """The rows of one annotation, read."""

    def __init__(self, text: str, page: Page) -> None:
        self.told: list[Told] = []
        self._text = text
        self._page = page

    def take(self, rows: Iterable[Any]) -> None:
        regions: dict[str, Region] = {}
        answers: dict[str, dict[str, list[str]]] = {}
        arrows: list[Mapping[str, Any]] = []
        for row in in_code_points(list(rows), self._text):
            if not isinstance(row, Mapping):
                self._tell("", f"{row!r} is no result", "export the project again as JSON")
            elif row.get("type") == "relation":
                arrows.append(row)
            elif row.get("from_name") == LABELS:
                self._take_region(row, regions)
            elif str(row.get("from_name")).removesuffix(LISTED) in self._page.fields:
                self._take_answer(row, answers)
            elif not str(row.get("from_name")).startswith(REASON):
                control = row.get("from_name")
                self._tell("", f"the field “{control}” is not of this configuration", "push again to restore it")
        whole = [
            msgspec.structs.replace(region, answers=self._own(region, answers.get(name, {})))
            for name, region in regions.items()
        ]
        self._regions = regions
        self._graph = Graph(self._page, whole, list(self._arrows(arrows)))
        self._fields = {name: self._exact(region) for name, region in regions.items()}
        complaints = [
            complaint
            for complaint in self._graph.complaints
            if complaint.field is None or complaint.field not in self._kept(regions[complaint.region])
        ]
        self._bad = {complaint.region for complaint in complaints}
        for complaint in complaints:
            self._tell(self._place(regions[complaint.region]), complaint.detail, complaint.remedy)

    def _tell(self, place: str, detail: str, remedy: str) -> None:
        self.told.append((place, detail, remedy))

    def _place(self, region: Region) -> str:
        return f"{region.label} {region.start}–{region.end} “{self._text[region.start : region.end]}”"

    def _take_region(self, row: Mapping[str, Any], regions: dict[str, Region]) -> None:
        value = row.get("value")
        value = value if isinstance(value, Mapping) else {}
        labels, start, end, name = value.get("labels") or [], value.get("start"), value.get("end"), row.get("id")
        place = f"a mark {start}–{end}"
        if not isinstance(name, str) or not isinstance(labels, list) or not labels:
            self._tell(place, "has no label", "delete it in the page, or give it one")
        elif labels[0] not in self._page.marks:
            known = ", ".join(self._page.marks)
            self._tell(place, f"the label “{labels[0]}” is not in the schema", f"give it one of {known}")
        elif isinstance(start, bool) or isinstance(end, bool) or not isinstance(start, int) or not isinstance(end, int):
            self._tell(place, "its offsets are no whole numbers", "delete the mark and make it again")
        elif not 0 <= start < end <= len(self._text):
            detail = f"lies outside the article, which has {len(self._text)} characters, or is empty"
            self._tell(place, detail, "delete the mark and make it again")
        elif not says_what_is_there(row, self._text):
            detail = f"says “{value['text']}”, and there stands “{self._text[start:end]}”: its offsets are wrong"
            self._tell(place, detail, "delete the mark and make it again")
        elif name in regions:
            self._tell(place, f"its id “{name}” is that of another mark", "delete the mark and make it again")
        else:
            regions[name] = Region(id=name, label=str(labels[0]), start=start, end=end, meta=meta_of(row))

    def _take_answer(self, row: Mapping[str, Any], answers: dict[str, dict[str, list[str]]]) -> None:
        value = row.get("value")
        value = value if isinstance(value, Mapping) else {}
        given = value.get("choices", value.get("text"))
        given = given if isinstance(given, list) else [given] if given is not None else []
        answers.setdefault(str(row.get("id")), {})[str(row["from_name"])] = [str(one) for one in given]

    def _own(self, region: Region, answers: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """The answers to the fields of the region's label: a mark that got another label may still carry others.

        What was typed beside a list counts where the list says that something is to be typed, or was not asked.
        """
        own: dict[str, list[str]] = {}
        for control in (field.control for field in self._page.marks[region.label].fields):
            chosen, written = answers.get(control + LISTED, []), answers.get(control, [])
            given = [one for one in chosen if one != OTHER] + (written if OTHER in chosen or not chosen else [])
            if given:
                own[control] = given
        return own

    def _arrows(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[Arrow]:
        for row in rows:
            source, target = row.get("from_id"), row.get("to_id")
            lost = [str(one) for one in (source, target) if one not in self._regions]
            if lost or source == target:
                detail = f"an arrow from or to “{lost[0]}”, which is not there" if lost else "an arrow to itself"
                self._tell("", detail, "delete the arrow, or draw it again")
                continue
            if row.get("direction") == "left":
                source, target = target, source
            yield Arrow(str(source), str(target), tuple(str(one) for one in row.get("labels") or ()))

    def document(self, doc: str, published: str | None) -> Document:
        page, names = self._page, self._names()
        spans, claims, zones = [], [], []
        for region in sorted(self._regions.values(), key=lambda region: region.order):
            fields = self._fields[region.id]
            if region.label == page.zone:
                if fields["zone"] is not None:
                    zones.append(Zone(kind=fields["zone"], start=region.start, end=region.end))
            elif region.label == page.claim:
                if fields["event"] is not None:
                    claims.append((region, fields))
            else:
                spans.append(self._span(region, fields, names))
        kept = {region.id for region, _ in claims}
        read = [self._claim(region, fields, names, kept) for region, fields in _in_order(claims)]
        ordered = [claim for claim in read if claim is not None]
        self._check(doc, [*spans, *ordered], names)
        return Document(
            doc=doc,
            text=self._text,
            published=published,
            zones=tuple(zones),
            spans=tuple(spans),
            claims=tuple(ordered),
        )

    def _names(self) -> dict[str, str]:
        """The ids of the records by those of the regions."""
        page = self._page
        regions = [region for region in self._regions.values() if region.label != page.zone]
        names = {region.id: region.id for region in regions if region.meta.get("id") == region.id}
        for letter, is_claim in (("s", False), ("c", True)):
            numbers = [int(found[1]) for name in names if (found := re.fullmatch(rf"{letter}(\d{{1,9}})", name))]
            number = max(numbers, default=0)
            new = [one for one in regions if one.id not in names and (one.label == page.claim) == is_claim]
            for region in sorted(new, key=lambda region: (region.order, region.id)):
                number += 1
                names[region.id] = f"{letter}{number}"
        return names

    def _kept(self, region: Region) -> Fields:
        """The fields that we sent with more than the page can say (see tasks), where nobody changed what it says."""
        exact = region.meta.get("exact")
        drawn = self._graph.fields[region.id]
        return {
            name: pair[0]
            for name, pair in (exact if isinstance(exact, Mapping) else {}).items()
            if name in drawn and isinstance(pair, list) and len(pair) == 2 and drawn[name] == pair[1]
        }

    def _exact(self, region: Region) -> Fields:
        return self._graph.fields[region.id] | self._kept(region)

    def _span(self, region: Region, fields: Fields, names: Mapping[str, str]) -> Span:
        references = self._page.marks[region.label].references
        attributes: dict[str, Value] = {}
        for attribute in self._page.schema.labels[region.label].attributes:
            if attribute.only_for is not None and attribute.name not in fields:
                continue
            value = fields[attribute.name]
            if attribute.name in references:
                value = _renamed(value, names)
            attributes[attribute.name] = tuple(value) if isinstance(value, list) else value
        return Span(
            label=region.label,
            start=region.start,
            end=region.end,
            id=names[region.id],
            text=self._text[region.start : region.end],
            attributes=attributes,
        )

    def _claim(self, region: Region, fields: Fields, names: Mapping[str, str], kept: set[str]) -> Claim | None:
        known = {name: record for name, record in names.items() if name in kept or not self._is_claim(name)}
        said = {name: value for name, value in fields.items() if name in Claim.__struct_fields__}
        for name in CLAIM_PARTS:
            if name in said:
                said[name] = _renamed(said[name], known)
        said["cargo"] = [
            row | {name: _renamed(row[name], known) for name in ("item", "quantity")} for row in said["cargo"]
        ]
        try:
            return msgspec.convert(said | {"id": names[region.id]}, Claim)
        except msgspec.ValidationError as error:
            self._tell(self._place(region), f"is no claim: {error}", "delete it and make it again")
            return None

    def _is_claim(self, name: str) -> bool:
        return self._regions[name].label == self._page.claim

    def _check(self, doc: str, records: Sequence[Span | Claim], names: Mapping[str, str]) -> None:
        """Hold what was read against the schema; what was told of a region already is not told again."""
        regions = {record: region for region, record in names.items()}
        for record in records:
            region = self._regions[regions[record.id or ""]]
            if region.id in self._bad:
                continue
            is_span = isinstance(record, Span)
            data = span_record(doc, record) if isinstance(record, Span) else claim_record(doc, record)
            for problem in schema_problems(Line("", 1, data), data, "span" if is_span else "claim", self._page.schema):
                self._tell(self._place(region), problem.detail, problem.kind.remedy)


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value)
    if isinstance(value, list):
        return [names[one] for one in value if one in names]
    return value


def _in_order(claims: Sequence[tuple[Region, Fields]]) -> list[tuple[Region, Fields]]:
    """Claims that we sent in the order in which they came, each new one before the first that stands behind it."""
    number = {region.id: region.meta.get("n") for region, _ in claims}
    known = [one for one in claims if isinstance(number[one[0].id], int) and one[0].meta.get("id") == one[0].id]
    known.sort(key=lambda one: number[one[0].id] or 0)
    ordered = list(known)
    for one in claims:
        if one not in known:
            place = next((at for at, other in enumerate(ordered) if other[0].start > one[0].start), len(ordered))
            ordered.insert(place, one)
    return ordered
