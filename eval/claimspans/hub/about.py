"""What the card says of each field: in the words of schema.json where they are there, else in these."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ..schema import Schema
from .columns import Configuration, Tags, Type
from .rows import Row

_OURS = {
    "fold": "Number of the article, and of the fold that leaves it out.",
    "characters": "Length of the text in code points.",
    "text": "The words: the article's text, or that of the sentence or span.",
    "source": "Where the article comes from, as far as its text says.",
    "canary": "For finding this dataset in a training corpus.",
    "zones": "Parts that are not read.",
    "spans": "The spans in reading order.",
    "claims": "The claims in reading order.",
    "sentence": "Number of the sentence in its article, from 0.",
    "start": "Offset of the first character.",
    "end": "Offset behind the last character.",
    "zone": "Kind of the zone that the whole sentence lies in; null outside.",
    "label": "One of the labels below.",
    "evidence": "The spans that the claim names, each with the field that names it.",
    "tokens": "The tokens' words.",
    "token_starts": "The tokens' offsets in the article.",
    "token_ends": "The tokens' ends in the article.",
    "ner_tags": "BIO tags as numbers; their names are in the features.",
    "dropped": "Ids of spans that flat tags cannot hold.",
    "layer": "Which pass.",
    "system": "Which baseline.",
    "doc": "Id of the article.",
}

_LONGEST = 48
"""Characters of an example; what is longer is cut."""


class Field(msgspec.Struct, frozen=True):
    """A row of the card's table of fields, ready for Markdown."""

    name: str
    type: str
    about: str
    example: str


def fields(schema: Schema, table: Configuration, rows: Sequence[Row]) -> Iterator[Field]:
    """The columns of a configuration, each with an example from the first row that has one."""
    known = descriptions(schema)
    for name, kind in table.columns.items():
        about = known.get(name, "")
        example = next((row[name] for row in rows if row[name] not in (None, [], "")), None)
        yield Field(name, _type_name(kind), about.replace("|", "\\|"), _example(example))


def descriptions(schema: Schema) -> Mapping[str, str]:
    """What each column, and each part of one, holds."""
    definitions = schema.root["$defs"]
    found: dict[str, str] = {}
    for home in ("document", "zone", "source", "span", *schema.labels, "claim_fields"):
        for name, part in definitions[home]["properties"].items():
            found.setdefault(name, schema.resolve(part).get("description", ""))
    return found | _OURS


def _type_name(kind: Type) -> str:
    if isinstance(kind, Tags):
        return "class label"
    if isinstance(kind, list):
        return f"list of {_type_name(kind[0])}"
    return f"struct of {len(kind)}" if isinstance(kind, dict) else kind


def _example(value: Any) -> str:
    if value is None:
        return "–"
    shown = json.dumps(value, ensure_ascii=False)
    shown = shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
    return f"`{shown.replace('`', '’').replace('|', '¦')}`"
