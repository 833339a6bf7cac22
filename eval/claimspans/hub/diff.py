"""What a push would change against a published folder, configuration by configuration and column by column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from ..data.problems import short
from ..data.schema import Schema
from .folder import hashes
from .table_schema import Configuration, configurations
from .tables import Row

Keyed = dict[tuple[Any, ...], Row]


class Change(msgspec.Struct, frozen=True):
    """``count`` rows (or 1, for a column or a file) of which ``what`` is true, with the first of them."""

    configuration: str
    column: str
    what: str
    count: int
    example: str = ""

    def to_dict(self) -> dict[str, Any]:
        return msgspec.structs.asdict(self)


def diff(folder: Path, published: Path | None, schema: Schema) -> Iterator[Change]:
    """What is other in ``folder`` than in ``published``, a build of ours of any version; None where there is none."""
    known = configurations(schema)
    ours = tables_of(folder)
    theirs = {} if published is None else tables_of(published)
    for name in dict.fromkeys([*known, *ours, *theirs]):
        if name in ours or name in theirs:
            yield from _table(
                name, known.get(name.rpartition("-")[2]), ours.get(name, ({}, [])), theirs.get(name, ({}, []))
            )
    yield from _files(folder, published)


Table = tuple[Mapping[str, str], list[Row]]
"""Types by column, and rows; the split is a column."""


def tables_of(folder: Path) -> dict[str, Table]:
    """The tables of a folder by configuration, read from its Parquet files."""
    from pyarrow import ArrowException, parquet

    found: dict[str, Table] = {}
    for path in sorted(folder.rglob("*/*.parquet")):
        name = "-".join(path.parent.relative_to(folder).parts)  # of several corpora PART/TABLE
        types, rows = found.setdefault(name, ({}, []))
        try:
            read = parquet.read_table(path)
        except (ArrowException, OSError):
            continue  # what cannot be read holds no rows: all of ours are new
        found[name] = ({**types, **{field.name: str(field.type) for field in read.schema}}, rows)
        rows += [{"split": path.name.partition("-")[0], **row} for row in read.to_pylist()]
    return found


def _table(name: str, configuration: Configuration | None, ours: Table, theirs: Table) -> Iterator[Change]:
    (types, rows), (old_types, old_rows) = ours, theirs
    for column in dict.fromkeys([*types, *old_types]):
        if column not in old_types:
            if old_types:
                yield Change(name, column, "new column", 1, types[column])
        elif column not in types:
            if types:
                yield Change(name, column, "column goes", 1, old_types[column])
        elif types[column] != old_types[column]:
            yield Change(name, column, "type", 1, f"{short(old_types[column])} → {short(types[column])}")
    key = [column for column in (configuration.key if configuration else ()) if column in types or not types]
    new, old = _keyed(rows, key), _keyed(old_rows, key)
    for what, left, other in (("new row", new, old), ("row goes", old, new)):
        only = [identity for identity in left if identity not in other]
        if only:
            yield Change(name, "", what, len(only), _named(only[0]))
    both = [identity for identity in new if identity in old]
    for column in ("split", *(column for column in types if column in old_types)):
        changed = [identity for identity in both if new[identity].get(column) != old[identity].get(column)]
        if changed:
            first = changed[0]
            where, before, after = _inside(column, old[first].get(column), new[first].get(column))
            values = f"{short(repr(before), 60)} → {short(repr(after), 60)}"
            yield Change(name, column, "changed", len(changed), f"{_named(first)}: {where} {values}")


def _inside(where: str, old: Any, new: Any) -> tuple[str, Any, Any]:
    """The innermost place at which two values first differ, and what they have there."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in new:
            if old.get(name) != new[name]:
                return _inside(f"{where}.{name}", old.get(name), new[name])
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (one, two) in enumerate(zip(old, new, strict=True)):
            if one != two:
                return _inside(f"{where}[{number}]", one, two)
    return where, old, new


def _keyed(rows: list[Row], key: list[str]) -> Keyed:
    """The rows by their key; without one by their position."""
    if not key or any(column not in row for row in rows for column in key):
        return {(number,): row for number, row in enumerate(rows)}
    return {tuple(row[column] for column in key): row for row in rows}


def _named(identity: tuple[Any, ...]) -> str:
    return " ".join(map(str, identity))


def _files(folder: Path, published: Path | None) -> Iterator[Change]:
    """Files beside the tables, whose rows are compared above."""
    ours, theirs = ({} if side is None else hashes(side) for side in (folder, published))
    for name in sorted({*ours, *theirs}):
        if name.endswith(".parquet") or "jsonl/" in name:
            continue
        if name not in theirs:
            yield Change("", name, "new file", 1)
        elif name not in ours:
            yield Change("", name, "file goes", 1)
        elif ours[name] != theirs[name]:
            yield Change("", name, "file changed", 1)
