"""Lines that hold spans as typed rows, decoded by msgspec: a span, a zone, an article with its spans nested."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

import msgspec
import numpy as np
from msgspec import UNSET, Meta, UnsetType

from .attribute_columns import names_by_label
from .line_keys import lines_with
from .records import LAST_OFFSET
from .schema import Schema

Offset = Annotated[int, Meta(ge=0, le=LAST_OFFSET)]


class DeclinedError(Exception):
    """The file holds more than spans and claims, or a line is at fault."""


class Rows(NamedTuple):
    """What some lines hold, by kind."""

    spans: list[SpanRow]
    documents: list[DocumentRow]
    zones: list[ZoneRow]
    claims: list[ClaimRow]


ClaimRow = tuple[str, dict[str, Any]]
"""The article in which a claim stands, and its fields."""


class SpanRow(msgspec.Struct, gc=False):
    """A span of an article: all fields of a record but its attributes."""

    label: str
    start: Offset
    end: Offset
    doc: str | UnsetType = UNSET
    type: Literal["span"] | UnsetType = UNSET
    id: str | UnsetType | None = UNSET
    text: str | UnsetType | None = UNSET
    score: Annotated[float, Meta(ge=0, le=1)] | UnsetType | None = UNSET
    alignment: UnsetType = UNSET
    occurrence: UnsetType = UNSET


class ZoneRow(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A zone; inside an article without its id, and under the name ``kind`` in the published data."""

    start: Offset
    end: Offset
    zone: str | UnsetType = UNSET
    kind: str | UnsetType = UNSET
    doc: str | UnsetType = UNSET
    type: Literal["zone"] | UnsetType = UNSET


class DocumentRow(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """An article: a document record of an annotation file, or an article with its spans nested, as a run writes it."""

    doc: str
    type: Literal["document"] | UnsetType = UNSET
    sha256: str | UnsetType = UNSET
    text: str | UnsetType | None = UNSET
    published: str | UnsetType | None = UNSET
    status: Literal["done"] | UnsetType = UNSET
    spans: list[SpanRow] | UnsetType = UNSET
    zones: list[ZoneRow] | UnsetType = UNSET
    claims: list[dict[str, Any]] | UnsetType = UNSET


_MARKS = (b'"sha256"', b'"zone"', b'"spans"', b'"claim"')
"""What stands in lines that are no spans."""


class RowDecoder:
    """Decodes lines into rows: without a schema of spans with any attributes, which are passed over.

    Under a schema spans have its attributes and no other field; ``attributes`` are the fields that hold those of a
    label.
    """

    def __init__(self, schema: Schema | None) -> None:
        span, document, self.attributes = (SpanRow, DocumentRow, {}) if schema is None else _under(schema)
        self._kind = span
        self._span = msgspec.json.Decoder(span)
        self._with: dict[tuple[str, ...], msgspec.json.Decoder[SpanRow]] = {}
        """By the fields of a line the decoder of rows that require them."""
        self._document = msgspec.json.Decoder(document)
        self._zone = msgspec.json.Decoder(ZoneRow)

    def decode(self, lines: bytes) -> Rows:
        """The rows of lines; raises `msgspec.MsgspecError` for a line that is of no kind."""
        found = Rows(self._spans(lines), [], [], [])
        if found.spans:
            return found
        # Most of several kinds are spans: these are decoded together.
        own, others = lines_with(lines, *_MARKS)
        found.spans.extend(self._spans(own) if others else [])
        for line in filter(bytes.strip, others if found.spans else lines.split(b"\n")):
            self._take(line, found)
        return found

    def _take(self, line: bytes, found: Rows) -> None:
        if b'"claim"' in line:
            data = msgspec.json.decode(line, type=dict[str, Any])
            if data.get("type") == "claim":
                found.claims.append((msgspec.convert(data.get("doc"), str), data))
                return
        try:
            found.spans.append(self._span.decode(line))
        except msgspec.MsgspecError:
            if b'"spans"' not in line and b'"zone"' in line:
                found.zones.append(self._zone.decode(line))
            else:
                document = self._document.decode(line)
                found.documents.append(document)
                if document.claims is not UNSET:
                    found.claims.extend((document.doc, claim) for claim in document.claims)

    def _spans(self, lines: bytes) -> list[SpanRow]:
        """Lines that are spans all of them; none where one is not."""
        try:
            first = msgspec.json.decode(lines[: lines.find(b"\n") + 1 or None], type=dict[str, msgspec.Raw])
        except msgspec.MsgspecError:
            return []
        given = tuple(name for name in SpanRow.__struct_fields__ if name in first)
        try:
            rows = self._requiring(given).decode_lines(lines)
        except msgspec.MsgspecError:
            if self._with[given] is self._span:
                return []
            self._with[given] = self._span
            return self._spans(lines)
        raw = np.frombuffer(lines, dtype=np.uint8)
        ends = raw == ord("\n")
        between = (raw[:-2] == ord("}")) & ends[1:-1] & (raw[2:] == ord("{"))
        count = np.count_nonzero(ends) + (not lines.endswith(b"\n"))
        return rows if count == len(rows) == np.count_nonzero(between) + 1 else []

    def _requiring(self, given: tuple[str, ...]) -> msgspec.json.Decoder[SpanRow]:
        """For lines that have these fields: where all do, as in most files, no row need be asked for them."""
        if given not in self._with:
            types = {field.name: field.type for field in msgspec.structs.fields(SpanRow)}
            required = [(name, types[name]) for name in given]
            kind: Any = msgspec.defstruct(self._kind.__name__, required, bases=(self._kind,), kw_only=True, gc=False)
            self._with[given] = msgspec.json.Decoder(kind)
        return self._with[given]


def _under(schema: Schema) -> tuple[type[SpanRow], type[DocumentRow], dict[str, list[str]]]:
    """The rows of spans and articles under a schema, and the fields of a label's attributes."""
    names = list(dict.fromkeys(attribute.name for _, attribute in schema.attributes()))
    fields = {name: f"attribute_{number}" for number, name in enumerate(names)}  # a name may be no identifier
    rename = {field: name for name, field in fields.items()}
    attributes = [(field, Any, UNSET) for field in fields.values()]
    span: Any = msgspec.defstruct(
        "SpanRowUnderSchema", attributes, bases=(SpanRow,), rename=rename, forbid_unknown_fields=True, gc=False
    )
    spans = ("spans", list[span] | UnsetType, UNSET)
    document: Any = msgspec.defstruct("DocumentRowUnderSchema", [spans], bases=(DocumentRow,), gc=False)
    own = {label: [fields[name] for name in found] for label, found in names_by_label(schema).items()}
    return span, document, own
