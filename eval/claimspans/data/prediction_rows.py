"""Predictions as rows of a table with the same columns whatever is in it: a row is a line of a run's predictions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_type_hints

import msgspec

from .column_types import Type, claim_types, fit, span_types
from .problems import ClaimspansError
from .records import Document, Failure, Rejected, nested_record
from .schema import Schema

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]

_ALWAYS = frozenset({"doc", "status", "spans", "rejected", "error"})
"""Columns that stand together in a row alone: of a line of JSON something has been rejected, or it has failed."""
_UNSAID = {field.name: field.default for field in msgspec.structs.fields(Rejected)}
_PLACE = ("id", "label", "start", "end", "text", "score", "alignment")


def prediction_columns(schema: Schema) -> dict[str, Type]:
    """The columns, made from the schema: doc, status, spans, claims where it has them, rejected, error.

    A span has every attribute of every label; ``given`` are the names of those that the system told. Raises
    `ClaimspansError` for a schema that no table can hold.
    """
    of_system: dict[str, Type] = {"score": "float64", "alignment": "string", "given": ["string"]}
    claim = claim_types(schema)
    claims: dict[str, Type] = {"claims": [claim | {"score": "float64"}]} if claim else {}
    return {
        "doc": "string",
        "status": "string",
        "spans": [span_types(schema) | of_system],
        **claims,
        "rejected": [_types_of(Rejected)],
        "error": _types_of(Failure),
    }


def _types_of(kind: type[msgspec.Struct]) -> dict[str, Type]:
    """Records of a run have fields of text, but for counts."""
    return {name: "int64" if held is int else "string" for name, held in get_type_hints(kind).items()}


def row_of(document: Document, columns: Mapping[str, Type]) -> Row:
    """An article's predictions as a row."""
    record = nested_record(document)
    rejected = [msgspec.structs.asdict(one) for one in document.rejected]
    spans = sorted(document.spans, key=lambda span: span.order)
    record["spans"] = [
        one | {"given": sorted(span.attributes)} for one, span in zip(record["spans"], spans, strict=True)
    ]
    found: Row = fit(record | {"rejected": rejected}, dict(columns))
    return found


def is_prediction_row(data: Mapping[str, Any]) -> bool:
    """Whether an object is a row as `row_of` makes it, and no line of JSON."""
    spans = data.get("spans")
    return (
        data.keys() >= _ALWAYS
        and isinstance(spans, list)
        and all(isinstance(span, Mapping) and isinstance(span.get("given"), list) for span in spans)
    )


def record_of(row: Mapping[str, Any]) -> Row:
    """The line of a run's predictions that a row holds: what the system did not tell is left out again."""
    record = {key: value for key, value in row.items() if value is not None}
    record["spans"] = list(map(told, row["spans"]))
    record["claims"] = [_without(claim, {"id": None, "score": None}) for claim in row.get("claims") or ()]
    rejected = [_without(one, _UNSAID) for one in record.pop("rejected", None) or ()]
    return record | ({"rejected": rejected} if rejected else {})


def _without(record: Any, unsaid: Mapping[str, Any]) -> Any:
    """A record without the fields that say nothing; what is none is left for its reader to refuse."""
    if not isinstance(record, Mapping):
        return record
    return {key: value for key, value in record.items() if key not in unsaid or value != unsaid[key]}


def told(span: Mapping[str, Any]) -> Row:
    """What a system told of a span: the attributes that are ``given``, and of the others what is no null."""
    kept = {key: span[key] for key in _PLACE if span.get(key) is not None}
    return kept | {key: span[key] for key in span["given"] or () if isinstance(key, str) and key in span}


def arrow_schema(columns: Mapping[str, Type]) -> pa.Schema:
    """The columns as Arrow has them; raises `ClaimspansError` where pyarrow is missing."""
    try:
        import pyarrow as pa
    except ImportError as error:
        raise ClaimspansError("tables need pyarrow: pip install 'claimspans[parquet]'") from error
    plain = {"string": pa.string(), "int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_()}

    def arrow(kind: Type) -> pa.DataType:
        if isinstance(kind, dict):
            return pa.struct([(name, arrow(inner)) for name, inner in kind.items()])
        return pa.list_(arrow(kind[0])) if isinstance(kind, list) else plain[str(kind)]

    return pa.schema([(name, arrow(kind)) for name, kind in columns.items()])
