"""Spans, claims, zones, documents, and their records as JSON objects: the only place that knows their fields."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from numbers import Integral, Real
from typing import Annotated, Any

import msgspec

from .notebook_display import NotebookDisplay
from .problems import short

LAST_OFFSET = 2**31 - 1
"""Offsets are held in 32 bits."""

_Count = Annotated[int, msgspec.Meta(ge=0, le=LAST_OFFSET)]

Value = str | int | float | bool | None | tuple[str, ...]


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """``text[start:end]`` of an article under a label; offsets in Unicode code points, half-open.

    ``attributes`` holds what was given: in an annotation every attribute of the label, in a prediction
    those that the system tells. ``alignment`` says how the offsets were found where a system quoted: exact,
    ambiguous or fuzzy (`claimspans.text.quotes`).
    """

    label: str
    start: int
    end: int
    id: str | None = None
    text: str | None = None
    score: float | None = None
    alignment: str | None = None
    attributes: Mapping[str, Value] = {}

    @property
    def order(self) -> tuple[int, int, str]:
        """Reading order: by start, the longer first, then by label."""
        return (self.start, -self.end, self.label)


class Zone(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the article that is not read (``kind``: boilerplate or duplicate)."""

    kind: str
    start: int
    end: int


class Cargo(msgspec.Struct, frozen=True, kw_only=True):
    """An ITEM and a QUANTITY span of a claim, by id, and how they belong together."""

    item: str | None = None
    quantity: str | None = None
    relation: str | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One event that somebody asserts, denies or evaluates; its fields are those of ``schema.json``."""

    event: str
    id: str | None = None
    status: str | None = None
    stance: str | None = None
    certainty: str | None = None
    cue: str | None = None
    holders: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    supplier: str | None = None
    recipient: str | None = None
    user: str | None = None
    parties: tuple[str, ...] = ()
    cargo: tuple[Cargo, ...] = ()
    when: tuple[str, ...] = ()
    target: str | None = None
    same_as: str | None = None
    score: float | None = None

    def references(self) -> Iterator[tuple[str, str, str]]:
        """Every reference to another record: the field (``cue``, ``cargo.0.item``), the id, its label or "claim"."""
        named: list[tuple[str, str | None, str]] = [
            ("cue", self.cue, "STANCE"),
            *(("holders", reference, "SPEAKER") for reference in self.holders),
            *(("via", reference, "SPEAKER") for reference in self.via),
            *((f"cargo.{number}.item", row.item, "ITEM") for number, row in enumerate(self.cargo)),
            *((f"cargo.{number}.quantity", row.quantity, "QUANTITY") for number, row in enumerate(self.cargo)),
            *(("when", reference, "DATE") for reference in self.when),
            ("target", self.target, "claim"),
            ("same_as", self.same_as, "claim"),
        ]
        yield from ((field, reference, kind) for field, reference, kind in named if reference is not None)


class Rejected(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a system said and could not be used: a span or a claim (``type``), and the kind of problem (``reason``).

    ``length`` is how many characters the span would have had, 1 where that cannot be said.
    """

    type: str
    reason: str
    detail: str = ""
    label: str | None = None
    text: str | None = None
    length: _Count = 1


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why a system gave no answer for an article, and how often it was asked."""

    kind: str
    detail: str = ""
    attempts: _Count = 1


class Document(msgspec.Struct, NotebookDisplay, frozen=True, kw_only=True):
    """An article with what one layer, or one system, says of it.

    ``status`` is what became of it in a run: done, partial (something was rejected), failed (``error`` says why);
    None where nobody kept watch.
    """

    doc: str
    text: str | None = None
    published: str | None = None
    zones: tuple[Zone, ...] = ()
    spans: tuple[Span, ...] = ()
    claims: tuple[Claim, ...] = ()
    status: str | None = None
    rejected: tuple[Rejected, ...] = ()
    error: Failure | None = None

    def __repr__(self) -> str:
        """What it is, without its words: an article fills a screen."""
        parts = [self.doc] if self.text is None else [self.doc, f"{len(self.text):,} characters"]
        held = {"zone": self.zones, "span": self.spans, "claim": self.claims, "rejected record": self.rejected}
        counts = {noun: len(records) for noun, records in held.items() if records or noun == "span"}
        parts += [f"{count} {noun}{'s' * (count != 1)}" for noun, count in counts.items()]
        return f"<Document {', '.join([*parts, *([self.status] if self.status else [])])}>"


def misfit(document: Document) -> str | None:
    """What in a Document that somebody made in Python is of no type that a record has; None where all is well."""
    for span in document.spans:
        places = (isinstance(span.label, str), isinstance(span.start, Integral), isinstance(span.end, Integral))
        known = isinstance(span.id, str | None) and isinstance(span.text, str | None)
        if not all(places) or not known or not isinstance(span.score, Real | None):
            return f"{short(repr(span), 200)}; expected label, id and text as strings, offsets as integers"
        if not isinstance(span.attributes, Mapping):
            return f"attributes that are {type(span.attributes).__name__}; expected a mapping"
        for name, value in span.attributes.items():
            parts = value if isinstance(value, tuple | list) else ()
            whole = isinstance(value, str | Real | tuple | list | None)
            if not (whole and isinstance(name, str) and all(isinstance(part, str | dict) for part in parts)):
                return f"{name} = {short(repr(value), 60)} in a {span.label}; expected text, a number or strings"
    try:
        msgspec.convert(msgspec.to_builtins(document.claims), tuple[Claim, ...])
    except (TypeError, ValueError, RecursionError) as error:
        return f"a claim that is none: {error}"
    return None


_SPAN_FIELDS = frozenset({"type", "doc", "id", "label", "start", "end", "text", "occurrence", "score", "alignment"})


def span_of(data: Mapping[str, Any]) -> Span:
    """The span of a record that the schema has passed; every further key is an attribute."""
    return Span(
        label=data["label"],
        start=data["start"],
        end=data["end"],
        id=data.get("id"),
        text=data.get("text"),
        score=data.get("score"),
        alignment=data.get("alignment"),
        attributes={
            key: tuple(value) if isinstance(value, list) else value
            for key, value in data.items()
            if key not in _SPAN_FIELDS
        },
    )


def zone_of(data: Mapping[str, Any]) -> Zone:
    """The zone of a record that the schema has passed."""
    return Zone(kind=data["zone"], start=data["start"], end=data["end"])


def claim_of(data: Mapping[str, Any]) -> Claim:
    """The claim of a record that the schema has passed."""
    return msgspec.convert({key: value for key, value in data.items() if key not in ("type", "doc")}, Claim)


def span_record(doc: str, span: Span) -> dict[str, Any]:
    """The record of a span: what is not known is left out, attributes stand last."""
    record: dict[str, Any] = {"type": "span", "doc": doc, "id": span.id, "label": span.label}
    record |= {"start": span.start, "end": span.end, "text": span.text}
    record |= {"score": span.score, "alignment": span.alignment}
    record = {key: value for key, value in record.items() if value is not None}
    return record | {key: list(value) if isinstance(value, tuple) else value for key, value in span.attributes.items()}


def claim_record(doc: str, claim: Claim) -> dict[str, Any]:
    """The record of a claim; only an unknown id and score are left out."""
    fields: dict[str, Any] = msgspec.to_builtins(claim)
    head = {"type": "claim", "doc": doc}
    if claim.id is not None:
        head["id"] = claim.id
    return head | {
        key: value for key, value in fields.items() if key != "id" and not (key == "score" and value is None)
    }


def document_records(document: Document, sha256: str | None = None) -> Iterator[dict[str, Any]]:
    """The records of an article in file order; with a hash those of an annotation, without those of a prediction."""
    if sha256 is not None:
        yield {"type": "document", "doc": document.doc, "sha256": sha256}
        for zone in sorted(document.zones, key=lambda zone: zone.start):
            yield {"type": "zone", "doc": document.doc, "zone": zone.kind, "start": zone.start, "end": zone.end}
    for span in sorted(document.spans, key=lambda span: span.order):
        yield span_record(document.doc, span)
    for claim in document.claims:
        yield claim_record(document.doc, claim)


def nested_record(document: Document) -> dict[str, Any]:
    """An article's predictions on one line, so that an article without any has its line too."""
    parts: dict[str, list[dict[str, Any]]] = {"spans": [], "claims": []}
    for record in document_records(document):
        parts["spans" if record["type"] == "span" else "claims"].append(
            {key: value for key, value in record.items() if key not in ("type", "doc")}
        )
    head: dict[str, Any] = {"doc": document.doc}
    if document.status is not None:
        head["status"] = document.status
    tail: dict[str, Any] = {}
    if document.rejected:
        tail["rejected"] = msgspec.to_builtins(document.rejected)
    if document.error is not None:
        tail["error"] = msgspec.to_builtins(document.error)
    return head | parts | tail


def to_line(record: Mapping[str, Any]) -> str:
    """One line of JSON, in the key order of the record, non-ASCII characters as they are."""
    return json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"
