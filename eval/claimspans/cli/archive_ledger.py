"""claimspans ledger --engine: the claims of Parquet files, as many as there are."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from ..data.escapes import csv_text
from ..data.ledger import COLUMNS
from ..data.problems import ClaimspansError, counted
from ..data.schema import Schema, default_schema, read_schema
from .engine_options import EngineOptions
from .scoring_options import gathering

if TYPE_CHECKING:
    import pyarrow

    from ..export.engines.ledger import Ledger

_COLUMNS = (*COLUMNS, "copies", "copy_docs")
_SHOWN = 20


class ArchiveOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the ledger of an archive is made of, and written to."""

    articles: str | None
    schema: str | None
    parquet: str | None
    entities: str | None

    def require(self, predictions: str | None) -> None:
        """Raise `click.UsageError` for what makes no sense without an engine."""
        given = predictions is not None or any(getattr(self, name) is not None for name in self.__struct_fields__)
        if given:
            raise click.UsageError(
                "PREDICTIONS, --articles, --schema, --parquet and --entities are of an archive: name an --engine; "
                "without one the claims are those of the corpus"
            )


archive_options = gathering(
    "archive",
    ArchiveOptions,
    (
        click.option("--articles", metavar="FILES", help="The texts, where the predictions do not hold them."),
        click.option("--schema", type=click.Path(), help="The schema of the predictions. [default: the corpus's]"),
        click.option("--parquet", metavar="FILE", help="Write a Parquet file of the rows."),
        click.option("--entities", metavar="FILE", help="Write a CSV file of who is named, how often, in what stance."),
    ),
)
"""Gives a command the options of a ledger of an archive; it gets them as ``archive``."""


def require_stance(stance: str | None, schema: Schema) -> None:
    """Raise `click.BadParameter` for a stance that the schema lacks."""
    allowed = [choice.value for choice in schema.choices("claim_fields", "stance")]
    if stance is not None and stance not in allowed:
        raise click.BadParameter(f"{stance!r} is not one of {', '.join(map(str, allowed))}", param_hint="--stance")


def gather(
    predictions: str | None,
    stance: str | None,
    csv_file: Path | None,
    archive: ArchiveOptions,
    engine: EngineOptions,
    *,
    as_json: bool,
) -> None:
    """Gather the claims of the files that are named, and write or print them."""
    from ..export.engines.files import parquet_files, writing
    from ..export.engines.ledger import ledger_of

    if predictions is None:
        raise click.UsageError("--engine needs PREDICTIONS: the Parquet files whose claims are listed")
    schema = default_schema() if archive.schema is None else read_schema(archive.schema)
    if not schema.has_claims:
        raise ClaimspansError(f"{schema.name}: has no claims to list")
    require_stance(stance, schema)
    texts = [] if archive.articles is None else parquet_files(archive.articles)
    with engine.started() as (kept, each):
        found = ledger_of(parquet_files(predictions), texts, kept, each, schema, stance)
        rows = _write(found, csv_file, archive.parquet, as_json=as_json)
        entities = found.entities()
    if archive.entities is not None:
        with writing(archive.entities) as out:
            out.write(csv_text(list(entities[0]) if entities else ["entity", "role"], entities).encode())
    told = f"{counted(rows, 'row')} of claims; {counted(len(found.copies.left_out), 'article')} left out as copies"
    click.echo(told, err=True)
    if csv_file is None and archive.parquet is None and not as_json:
        _print(entities)


def _write(found: Ledger, csv_file: Path | None, parquet_file: str | None, *, as_json: bool) -> int:
    """Write the tables, one after the other, into every file that is named; the number of their rows."""
    from pyarrow import parquet

    from ..export.engines.files import writing

    rows, first = 0, True
    with ExitStack() as stack:
        out = None if csv_file is None else stack.enter_context(writing(str(csv_file)))
        columns = None if parquet_file is None else stack.enter_context(writing(parquet_file))
        writer: Any = None
        for table in found.tables():
            if columns is not None:
                writer = writer or stack.enter_context(parquet.ParquetWriter(columns, table.schema, compression="zstd"))
                writer.write_table(table)
            if out is not None:
                out.write(_csv(table, head=first).encode())
                first = False
            for row in table.to_pylist() if as_json else ():
                click.echo(json.dumps(row, ensure_ascii=False))
            rows += table.num_rows
    return rows


def _csv(table: pyarrow.Table, *, head: bool) -> str:
    """The rows as CSV, ids of copies joined as lists are in the ledger; with the names of the columns if ``head``."""
    rows = (row | {"copy_docs": "; ".join(row["copy_docs"])} for row in table.to_pylist())
    text = csv_text(_COLUMNS, ({name: _whole(value) for name, value in row.items()} for row in rows))
    return text if head else text.partition("\n")[2]


def _whole(value: Any) -> Any:
    """A number as it is written: the columns hold all of them as broken ones."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _print(entities: list[dict[str, Any]]) -> None:
    """The entities that are mentioned most."""
    from ..report.terminal import console, figure_table, print_table
    from ..scoring.text_tables import Row, Table

    if not entities:
        return
    columns = tuple(entities[0])
    rows = tuple(Row(tuple(map(str, row.values()))) for row in entities[:_SHOWN])
    print_table(console(), figure_table(Table(f"entities: {len(rows)} of {len(entities)}", columns, rows)))
