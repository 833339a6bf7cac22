"""Documents as pandas frames and as a ``DatasetDict``: the rows and columns of the published tables, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..data.column_types import Type, fit
from ..data.corpus import schema_of
from ..data.layer import Layer
from ..data.lines import rows_of
from ..data.predictions import read_gold
from ..data.problems import ClaimspansError
from ..data.records import Document
from ..data.schema import Schema, default_schema
from .table_schema import configurations
from .tables import claim_rows, span_rows, tables

if TYPE_CHECKING:
    import pandas
    from datasets import DatasetDict

_SEPARATOR = "; "
"""Between the ids or names of a list: a cell of text comes back from any file."""

_DTYPES = {"string": "string", "int64": "Int64", "float64": "Float64", "bool": "boolean"}


def to_datasets(layer: Layer, configuration: str = "documents") -> DatasetDict:
    """A layer as the splits of one configuration of the published dataset, with the articles' texts.

    ``configuration`` is documents, spans, claims, sentences, tokens or passes. Raises `ClaimspansError` for another
    one, for documents that are of no corpus, and without the extra ``hub``.
    """
    from .folder import features_of, needs_hub

    needs_hub()
    from datasets import Dataset, DatasetDict

    if layer.corpus is None:
        raise ClaimspansError("to_datasets needs the articles' sources: a layer of a corpus, as load() gives it")
    known = {name: table for name, table in configurations(layer.corpus.schema).items() if name != "predictions"}
    if configuration not in known:
        raise ClaimspansError(f"{configuration}: no such configuration; expected one of {', '.join(known)}")
    features = features_of(known[configuration].columns)
    splits = tables(layer.corpus, layer, {}, names=[configuration]).get(configuration, {})
    return DatasetDict({split: Dataset.from_list(rows, features=features) for split, rows in splits.items()})


def spans_frame(documents: Iterable[Document], schema: Schema | None = None) -> pandas.DataFrame:
    """A span a row, in reading order: the columns of the published ``spans`` but ``fold``.

    ``doc``, ``id`` and ``text`` are strings, ``start``, ``end`` and ``sentence`` whole numbers (Int64), attributes
    strings, Float64 or boolean, and lists of ids strings such as "s4; s5"; ``label`` and every attribute with
    a closed list of values are categories in the order of the schema, that of the documents' corpus unless given.
    """
    documents = list(documents) if not isinstance(documents, Layer) else documents
    schema = schema or schema_of(documents)
    rows = (row for document in documents for row in span_rows(document))
    columns = dict(configurations(schema)["spans"].columns)
    categories = {"label": list(schema.labels)} | _closed(
        (attribute.name, [choice.value for choice in attribute.choices]) for _, attribute in schema.attributes()
    )
    return _frame(rows, columns, categories)


def claims_frame(documents: Iterable[Document], schema: Schema | None = None) -> pandas.DataFrame:
    """A claim a row, in the order of the articles: the columns of the published ``claims`` but ``fold``.

    References are ids of spans and claims of the same ``doc``, lists of them strings such as "s4; s5"; ``cargo`` and
    ``evidence`` are tuples of dicts, which Parquet keeps and CSV does not. Raises
    `ClaimspansError` for a schema without claims.
    """
    documents = list(documents) if not isinstance(documents, Layer) else documents
    schema = schema or schema_of(documents)
    if "claims" not in configurations(schema):
        raise ClaimspansError(f"{schema.name}: has no claims, and so no frame of them")
    columns = dict(configurations(schema)["claims"].columns)
    fields = schema.root["$defs"]["claim_fields"]["properties"]
    closed = ((name, [choice.value for choice in schema.choices("claim_fields", name)]) for name in fields)
    rows = (row for document in documents for row in claim_rows(document))
    return _frame(rows, columns, _closed(closed))


def from_frame(
    spans: pandas.DataFrame, claims: pandas.DataFrame | None = None, schema: Schema | None = None
) -> list[Document]:
    """The Documents of frames such as `spans_frame` and `claims_frame` give, or as ``read_csv`` gives them back.

    Without a schema the frame is under that of the corpus at hand, if that has all its labels. Raises `InputError` with
    the rows that cannot be used, `ClaimspansError` where ``doc`` has become a number: pandas reads "000" as 0 unless
    it is told otherwise.
    """
    for frame in (spans, claims):
        if frame is not None and len(frame) and "doc" in frame and not isinstance(frame["doc"].iloc[0], str):
            raise ClaimspansError(
                f"doc is a column of {frame['doc'].dtype}, and ids of articles are strings; read it as such: "
                "pandas.read_csv(…, dtype={'doc': str})"
            )
    if schema is None and "label" in spans and set(spans["label"]) <= set(default_schema().labels):
        schema = default_schema()
    columns = {name: table.columns for name, table in configurations(schema or default_schema()).items()}
    lines = list(rows_of(_records(spans, columns["spans"]), "spans frame, row"))
    if claims is not None:
        rows = _records(claims.drop(columns=["evidence"], errors="ignore"), columns.get("claims", {}))
        lines += rows_of(({"type": "claim", **row} for row in rows), "claims frame, row")
    return list(read_gold(lines, schema))


def _records(frame: pandas.DataFrame, columns: Mapping[str, Type]) -> list[dict[str, Any]]:
    """The rows as Python's own values, None where a cell is empty; a string where a list belongs is split."""
    plain = frame.astype(object)
    rows = plain.where(frame.notna(), None).to_dict("records")
    return [{str(name): _cell(value, columns.get(str(name))) for name, value in row.items()} for row in rows]


def _cell(value: Any, kind: Type | None) -> Any:
    if kind != ["string"] or not isinstance(value, str):
        return value
    return value.split(_SEPARATOR) if value else []


def _closed(values: Iterable[tuple[str, Sequence[str | None]]]) -> dict[str, list[str]]:
    """The fields with a closed list of values."""
    listed = {name: [value for value in found if value is not None] for name, found in values}
    return {name: found for name, found in listed.items() if found}


def _frame(
    rows: Iterable[Mapping[str, Any]], columns: dict[str, Type], categories: Mapping[str, Sequence[str]]
) -> pandas.DataFrame:
    try:
        import pandas
    except ImportError as error:
        raise ClaimspansError("frames need pandas: pip install 'claimspans[pandas]'") from error
    columns.pop("fold")
    whole = [fit(row, columns) for row in rows]
    made = {}
    for name, kind in columns.items():
        values = [row[name] for row in whole]
        if name in categories:
            known = list(dict.fromkeys([*categories[name], *(value for value in values if value is not None)]))
            made[name] = pandas.Series(pandas.Categorical(values, categories=known))
        elif isinstance(kind, str):
            made[name] = pandas.Series(values, dtype=_DTYPES[kind])
        elif kind == ["string"]:
            made[name] = pandas.Series(
                [_SEPARATOR.join(value) if value is not None else None for value in values], dtype="string"
            )
        else:
            held = [None if value is None else tuple(value) for value in values]
            made[name] = pandas.Series(held, dtype=object)
    return pandas.DataFrame(made)
