"""What is exported, and what a format made of it and could not hold."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ...data.problems import ClaimspansError
from ...data.records import Document, Span, Value
from ...data.schema import Attribute, Label, Schema


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """Articles with their text, the labels that they can have, and whether their gold has attributes and claims at all.

    ``schema`` is None for a gold that came without one; then ``labels`` are those that it holds. ``options`` are those
    of formats that have some.
    """

    documents: tuple[Document, ...]
    labels: Mapping[str, Label]
    schema: Schema | None = None
    attributes: bool = False
    claims: bool = False
    options: Mapping[str, Any] = {}

    @classmethod
    def whole(
        cls, documents: Sequence[Document], schema: Schema | None, options: Mapping[str, Any] | None = None
    ) -> Task:
        """All articles of a gold; raises `ClaimspansError` for a label that its schema has not."""
        labels = _labels_of(documents, schema)
        for document in documents:
            unknown = next((span.label for span in document.spans if span.label not in labels), None)
            if unknown is not None:
                raise ClaimspansError(
                    f"{document.doc}: the schema has no label {unknown!r}; expected one of {', '.join(labels)}"
                )
        return cls(
            documents=tuple(documents),
            labels=labels,
            schema=schema,
            attributes=any(attribute_count(document.spans) for document in documents),
            claims=any(document.claims for document in documents),
            options=options or {},
        )

    def of(self, docs: Iterable[str]) -> Task:
        """The same with these articles alone."""
        kept = set(docs)
        documents = tuple(document for document in self.documents if document.doc in kept)
        return msgspec.structs.replace(self, documents=documents)


class Part(msgspec.Struct, frozen=True):
    """One file of a format, or the files of one folder by name, and how much of the gold they do not hold.

    ``dropped`` counts by reason: ``attributes`` (values that are not null), ``claims``, and spans by why they are
    not in it.
    """

    content: bytes | dict[str, bytes]
    dropped: Counter[str]


ATTRIBUTES = "attributes"
BLANK = "blank spans"
CLAIMS = "claims"
ELSEWHERE = "spans that their quotes do not lead back to"
IN_ZONES = "spans in zones"
INSIDE_TOKENS = "spans that end inside a token"
OVERLAPPING = "overlapping spans"


def _labels_of(documents: Sequence[Document], schema: Schema | None) -> Mapping[str, Label]:
    """The labels of the schema, or, without one, those of the spans with the attributes that these give."""
    if schema is not None:
        return schema.labels
    names: dict[str, dict[str, None]] = {}
    for document in documents:
        for span in document.spans:
            names.setdefault(span.label, {}).update(dict.fromkeys(span.attributes))
    return {
        label: Label(
            label, label, "", "", "", tuple(Attribute(name, "", (), "equal", required=False) for name in given)
        )
        for label, given in sorted(names.items())
    }


def attribute_of(labels: Mapping[str, Label], span: Span, name: str) -> Attribute | None:
    """What the schema says of an attribute of a span; None where it does not know it."""
    known = labels.get(span.label)
    return next((each for each in known.attributes if each.name == name), None) if known is not None else None


def names_spans(attribute: Attribute | None) -> bool:
    """Whether the values of an attribute are ids of spans."""
    return attribute is not None and attribute.compare == "spans"


class Relation(msgspec.Struct, frozen=True):
    """An attribute of a span that names another one, such as STANCE → SPEAKER by ``speakers``; spans by position."""

    name: str
    source: int
    target: int


def in_order(document: Document) -> list[Span]:
    """The spans of an article in reading order."""
    return sorted(document.spans, key=lambda span: span.order)


def relations(spans: Sequence[Span], labels: Mapping[str, Label]) -> Iterator[Relation]:
    """Every span of an article that an attribute of another one names; ids that no span has name none."""
    places = {span.id: place for place, span in enumerate(spans) if span.id is not None}
    for place, span in enumerate(spans):
        for name, value in span.attributes.items():
            if names_spans(attribute_of(labels, span, name)) and isinstance(value, tuple):
                yield from (Relation(name, place, places[target]) for target in value if target in places)


def unrelated(task: Task) -> Counter[str]:
    """What a format of spans and relations alone leaves out: all other attributes, and claims."""
    counts: Counter[str] = Counter()
    for document in task.documents:
        told = {(relation.source, relation.name) for relation in relations(document.spans, task.labels)}
        counts[ATTRIBUTES] += attribute_count(document.spans) - len(told)
        counts[CLAIMS] += len(document.claims)
    return counts


def attribute_count(spans: Iterable[Span]) -> int:
    """How many attribute values the spans have that are not null."""
    return sum(value is not None and value != () for span in spans for value in span.attributes.values())


def losses(documents: Iterable[Document]) -> Counter[str]:
    """What a format of labelled places alone, and of what is read alone, leaves out."""
    found: Counter[str] = Counter()
    for document in documents:
        found[ATTRIBUTES] += attribute_count(document.spans)
        found[CLAIMS] += len(document.claims)
        found[IN_ZONES] += sum(in_zone(document, span) for span in document.spans)
    return found


def in_zone(document: Document, span: Span) -> bool:
    """Whether a span shares a character with a zone; in a gold that passes the checks none does."""
    return any(span.start < zone.end and zone.start < span.end for zone in document.zones)


def flat(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans that a flat format can hold: of those that overlap the longest, of equals the first."""
    taken: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.order)):
        if all(span.end <= other.start or other.end <= span.start for other in taken):
            taken.append(span)
    yield from sorted(taken, key=lambda span: span.order)


def refuse_blanks(names: Iterable[str], form: str) -> None:
    """Raise `ClaimspansError` for a label that is not one word, for a format whose columns are parted by blanks."""
    for name in names:
        if name.split() != [name]:
            raise ClaimspansError(f"{form} has no labels with blanks: {name!r}; rename it")


def words(value: Value) -> str:
    """A value as a cell or an option of a format that has strings alone; lists part by part, null as nothing."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " ".join(value)
    return value if isinstance(value, str) else json.dumps(value)


def json_lines(records: Iterable[Mapping[str, object]]) -> bytes:
    """Records as JSON lines, in their own key order, non-ASCII characters as they are."""
    return "".join(json_line(record) + "\n" for record in records).encode()


def json_line(record: Mapping[str, object]) -> str:
    """A record as JSON, with escapes for what is no line end in JSON but one in Unicode, and for some readers."""
    shown = json.dumps(record, ensure_ascii=False, allow_nan=False)
    return re.sub("[\x85\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", shown)
