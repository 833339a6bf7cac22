"""What the card says of each field: in the words of schema.json where they are there, else in these."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ..data.column_types import Tags, Type
from ..data.schema import Schema
from .table_schema import Configuration, configurations
from .tables import Row

_OURS = {
    "fold": "Number of the article, and of the fold that leaves it out.",
    "characters": "Length of the text in code points.",
    "text": "The words of the span.",
    "documents.text": "The article, byte for byte.",
    "sentences.text": "The sentence.",
    "source": "Where the article comes from, as far as its text says.",
    "canary": "For finding this dataset in a training corpus.",
    "source.url": "Its address, where the text itself says it.",
    "source.license": "SPDX id of the article's own licence; null where its publisher keeps all rights.",
    "zones": "Parts that are not read, such as the site's furniture: nothing is marked there.",
    "spans": "Its spans in reading order.",
    "claims": "Its claims in reading order.",
    "sentence": "Number of the sentence in its article, from 0.",
    "start": "Offset of the first character.",
    "end": "Offset behind the last character.",
    "zone": "Kind of the zone that the whole sentence lies in; null outside.",
    "label": "One of the labels below.",
    "evidence": "The spans that the claim names.",
    "evidence.field": "The field of the claim that names it, such as `cue` or `cargo.0.item`.",
    "evidence.id": "Its id in `spans`.",
    "tokens": "The tokens' words; each is null where the article's text is left out.",
    "token_starts": "The tokens' offsets in the article.",
    "token_ends": "The tokens' ends in the article.",
    "tags": "The tokens' BIO tags.",
    "ner_tags": "The same as numbers; the features name them.",
    "dropped": "Spans that flat tags cannot hold.",
    "layer": "Which pass.",
    "system": "Which baseline.",
    "score": "How sure the system was; null where it did not say.",
    "given": "The attributes that the system told.",
    "doc": "Id of the article.",
}

_LONGEST = 36
"""Characters of an example; what is longer is cut."""


class Field(msgspec.Struct, frozen=True):
    """A row of the card's table of fields, ready for Markdown."""

    name: str
    type: str
    about: str
    example: str


def fields(schema: Schema, table: Configuration, rows: Sequence[Row]) -> Iterator[Field]:
    """The columns of a configuration and their parts, each with an example from the first row that has one.

    Spans and claims inside another table have the fields of their own one: only what is more is listed, or which.
    """
    known = descriptions(schema)
    tables = configurations(schema)
    for name, kind in table.columns.items():
        about = said_of(known, table.name, name)
        values = [row[name] for row in rows if row[name] is not None]
        inner = kind[0] if isinstance(kind, list) else kind
        if not isinstance(inner, dict):
            yield Field(name, _type_name(kind), _cell(about), _example(values))
            continue
        parts = list(inner)
        if name in tables:
            of_its_own = [part for part in tables[name].columns if part not in _PLACE]
            parts = [part for part in inner if part not in of_its_own]
            left_out = [part for part in of_its_own if part not in inner]
            about += f" Fields: {_listed(inner)}." if len(left_out) > len(inner) else f" Fields as in `{name}`"
            if len(left_out) <= len(inner):
                about += f", without {_listed(left_out)}." if left_out else "."
        yield Field(name, _type_name(kind), _cell(about), "")
        each = [one for value in values for one in (value if isinstance(value, list) else [value])]
        for part in parts:
            said = _cell(said_of(known, name, part))
            yield Field(f"{name}.{part}", _type_name(inner[part]), said, _example([one[part] for one in each]))


_PLACE = ("doc", "fold", "sentence")
"""Columns that say where a row belongs, which a span or claim inside another row does not need."""


def said_of(known: Mapping[str, str], home: str, name: str) -> str:
    """What is said of a column of a table, or of a part of a column."""
    return known.get(f"{home}.{name}", known.get(name, ""))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def descriptions(schema: Schema) -> Mapping[str, str]:
    """What each column, and each part of one, holds; ``column.part`` where a part's name means something else too."""
    definitions = schema.root["$defs"]
    found: dict[str, str] = {}
    for home in ("document", "zone", "source", "span", *schema.labels, "claim_fields", "cargo"):
        for name, part in definitions.get(home, {}).get("properties", {}).items():
            found.setdefault(name, schema.resolve(part).get("description", ""))
    return found | _OURS | {"zones.zone": found["zone"]}


def _type_name(kind: Type) -> str:
    if isinstance(kind, Tags):
        return "class label"
    if isinstance(kind, list):
        return f"list of {_type_name(kind[0])}"
    return f"struct of {len(kind)}" if isinstance(kind, dict) else kind


def _example(values: Iterable[Any]) -> str:
    """The first value that there is."""
    value = next((value for value in values if value not in (None, [], "")), None)
    if value is None:
        return "–"
    shown = json.dumps(value, ensure_ascii=False)
    shown = shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
    return f"`{shown.replace('`', '’').replace('|', '¦')}`"
