"""Lines that hold spans as typed rows, decoded by msgspec: a span, a zone, an article with its spans nested."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from .records import LAST_OFFSET

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


class PlainSpanRow(SpanRow, forbid_unknown_fields=True, gc=False):
    """A span without attributes: the only kind that is taken where a schema says which attributes are scored."""


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
    claims: Annotated[list[msgspec.Raw], Meta(max_length=0)] = []


class PlainDocumentRow(DocumentRow, gc=False):
    """An article whose spans have no attributes."""

    spans: list[PlainSpanRow] | UnsetType = UNSET  # type: ignore[assignment] # narrower than in an article of any spans
