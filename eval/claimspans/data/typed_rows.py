"""Lines that hold spans as typed rows, decoded by msgspec: a span, a zone, an article with its spans nested."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from .attribute_columns import names_by_label
from .records import LAST_OFFSET
from .schema import Schema

Offset = Annotated[int, Meta(ge=0, le=LAST_OFFSET)]


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
    """An article: a document record of an annotation file, or an article with its spans nested."""

    doc: str
    type: Literal["document"] | UnsetType = UNSET
    sha256: str | UnsetType = UNSET
    text: str | UnsetType | None = UNSET
    published: str | UnsetType | None = UNSET
    spans: list[SpanRow] | UnsetType = UNSET
    zones: list[ZoneRow] | UnsetType = UNSET
    claims: Annotated[list[msgspec.Raw], Meta(max_length=0)] | UnsetType = UNSET


class Rows(msgspec.Struct, frozen=True):
    """The types of rows, and the fields of a span's attributes by label; these are read under a schema alone."""

    span: type[SpanRow]
    document: type[DocumentRow]
    attributes: Mapping[str, list[str]]


ANY_ROWS = Rows(SpanRow, DocumentRow, {})
"""Rows of any schema: attributes are passed over."""


def rows_under(schema: Schema) -> Rows:
    """Rows that have the schema's attributes, and no other field."""
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
    return Rows(span, document, own)
