"""The columns of each configuration, generated from schema.json: names and types without any library's words."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ..data.column_types import Tags, Type, claim_types, field_types, span_types, tag_names
from ..data.schema import Schema


class Configuration(msgspec.Struct, frozen=True):
    """A table of the dataset: what a row is, its columns, and which of them tell two rows apart."""

    name: str
    row: str
    columns: Mapping[str, Type]
    key: tuple[str, ...]


def configurations(schema: Schema) -> dict[str, Configuration]:
    """The configurations by name, the default one first."""
    span = span_types(schema)
    predicted = span | {"score": "float64", "given": ["string"]}
    claim = claim_types(schema)
    claims: dict[str, Type] = {"claims": [claim]} if claim else {}
    predicted_claims: dict[str, Type] = {"claims": [claim | {"score": "float64"}]} if claim else {}
    place: dict[str, Type] = {"doc": "string", "fold": "int64"}
    sentence: dict[str, Type] = place | {"sentence": "int64", "start": "int64", "end": "int64", "zone": "string"}
    short_span = {name: span[name] for name in ("id", "label", "start", "end", "text")}
    source: dict[str, Type] = field_types(schema, "source", "file", "published", "sha256")
    source |= {"url": "string", "license": "string"}
    zone = field_types(schema, "zone")
    tables = [
        Configuration("spans", "a span with its attributes", place | {"sentence": "int64"} | span, ("doc", "id")),
        Configuration(
            "documents",
            "an article: its text, where it comes from, its zones, spans and claims nested"
            if claim
            else "an article: its text, where it comes from, its zones and spans nested",
            place
            | {"published": "string", "sha256": "string", "characters": "int64", "text": "string"}
            | {"source": source, "canary": "string"}
            | {"zones": [zone], "spans": [span]}
            | claims,
            ("doc",),
        ),
        Configuration(
            "claims",
            "a claim, with the words of each span that it names",
            place | claim | {"evidence": [{"field": "string"} | short_span]},
            ("doc", "id"),
        ),
        Configuration(
            "sentences",
            "a sentence; its spans' offsets count from its first character",
            sentence | {"text": "string", "spans": [short_span]},
            ("doc", "sentence"),
        ),
        Configuration(
            "tokens",
            "a sentence as tokens with BIO tags and the tokens' offsets in the article",
            sentence
            | {"tokens": ["string"], "token_starts": ["int64"], "token_ends": ["int64"]}
            | {"tags": ["string"], "ner_tags": [Tags(tag_names(schema))], "dropped": [short_span]},
            ("doc", "sentence"),
        ),
        Configuration(
            "passes",
            "an article as one annotation pass had it, before adjudication",
            {"layer": "string", **place, "sha256": "string", "zones": [zone], "spans": [span]} | claims,
            ("layer", "doc"),
        ),
        Configuration(
            "predictions",
            "an article as a baseline marked it",
            {"system": "string", **place, "spans": [predicted]} | predicted_claims,
            ("system", "doc"),
        ),
    ]
    return {table.name: table for table in tables if claim or table.name != "claims"}
