"""Tables of spans as CSV with a header (RFC 4180): a span a row, an attribute a column, a list "s4 s5" or "s4; s5"."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..column_types import Type, attribute_types
from ..lines import Line, text_lines
from ..problems import Problem, show_path
from ..schema import Schema

FORM = "a table of spans (CSV)"

_NEEDED = ("doc", "label", "start", "end")
_NUMBERS: dict[str, Type] = {"start": "int64", "end": "int64", "occurrence": "int64", "score": "float64"}


def lines(path: Path, schema: Schema | None) -> Iterator[Line | Problem]:
    """The rows as records; a cell is of the type that its column has in the schema, and an empty one is null."""
    name = show_path(path)
    rows = []
    for line in text_lines(path):
        if isinstance(line, Problem):
            yield line
            return
        rows.append(line[1])
    reader = csv.DictReader(io.StringIO("".join(rows)), dialect=_dialect(rows[0]) if rows else csv.excel)
    header = reader.fieldnames or []
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        detail = f"columns {', '.join(header) or '(none)'}; missing: {', '.join(missing)}"
        yield Problem("form-broken", name, 1, detail)
        return
    types = _NUMBERS | (attribute_types(schema) if schema is not None else {})
    try:
        for row in reader:
            # A row number of pandas has no name.
            cells = {column: value for column, value in row.items() if column}
            if None in row or None in cells.values():
                yield Problem("form-broken", name, reader.line_num, f"not {len(header)} cells, as the header has")
                continue
            yield Line(name, reader.line_num, _typed(cells, types, _attributes(schema, cells["label"])), table=True)
    except csv.Error as error:
        yield Problem("form-broken", name, reader.line_num, str(error))


def _dialect(header: str) -> type[csv.Dialect]:
    return csv.excel if "," in header or "\t" not in header else csv.excel_tab


def _attributes(schema: Schema | None, label: str) -> set[str]:
    known = schema.labels.get(label) if schema is not None else None
    return {attribute.name for attribute in known.attributes} if known is not None else set()


def _typed(cells: Mapping[str, str], types: Mapping[str, Type], own: set[str]) -> dict[str, Any]:
    """The values of a row; an empty cell is an empty list where the label (``own``) has one in this column."""
    return {
        column: _value(cell, types.get(column, "string")) if cell or column in own else None
        for column, cell in cells.items()
    }


def _value(cell: str, kind: Type) -> Any:
    """The value of a cell; one that is not of its column's type stays as it is, and the reader says what is wrong."""
    if isinstance(kind, list):
        return [part for part in re.split(r"[;\s]+", cell) if part]
    if cell == "":
        return None
    if kind == "bool":
        return {"true": True, "false": False}.get(cell.lower(), cell)
    if kind in ("int64", "float64"):
        try:
            number = float(cell)
        except ValueError:
            return cell
        return int(number) if number.is_integer() and abs(number) < 2**53 else number
    return cell
