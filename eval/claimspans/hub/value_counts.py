"""How often each value of a closed list stands in a gold: what there are too few of for a figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ..data.records import Document, Span
from ..data.schema import Schema

FEW = 5
"""A value that stands less often is rare: one case more or less moves its figure by a fifth."""

Counts = Mapping[str, int]


def values_of(spans: Sequence[Span], schema: Schema, label: str) -> Iterator[tuple[str, Counts]]:
    """The attributes of a label that have a closed list, each with how many of these spans have each value."""
    for attribute in schema.labels[label].attributes:
        values = [choice.value for choice in attribute.choices if choice.value is not None]
        if values:
            found = Counter(span.attributes.get(attribute.name) for span in spans if span.label == label)
            yield attribute.name, {value: found[value] for value in values}


def values_of_claims(gold: Sequence[Document], schema: Schema) -> Iterator[tuple[str, Counts]]:
    """The fields of a claim that have a closed list, each with how many claims have each value."""
    for field in schema.root["$defs"]["claim_fields"]["properties"] if schema.has_claims else ():
        values = [choice.value for choice in schema.choices("claim_fields", field) if choice.value is not None]
        if values:
            found = Counter(getattr(claim, field) for document in gold for claim in document.claims)
            yield field, {value: found[value] for value in values}


def rare(gold: Sequence[Document], schema: Schema) -> Iterator[tuple[str, str]]:
    """The closed lists with their rare values in words, such as "denial: 2 STANCE, 1 claim"."""
    spans = [span for document in gold for span in document.spans]
    named: dict[str, dict[str, dict[str, int]]] = {}
    for label in schema.labels:
        for name, counts in values_of(spans, schema, label):
            for value, count in counts.items():
                named.setdefault(name, {}).setdefault(value, {})[label] = count
    for name, counts in values_of_claims(gold, schema):
        for value, count in counts.items():
            named.setdefault(name, {}).setdefault(value, {})["claim" if count == 1 else "claims"] = count
    for name, values in named.items():
        said = [
            f"{value}: {', '.join(f'{count} {what}' for what, count in homes.items())}"
            for value, homes in values.items()
            if min(homes.values()) < FEW
        ]
        if said:
            yield name, "; ".join(said)
