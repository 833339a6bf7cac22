"""The score of an archive: gold and predictions joined by ``doc``, counted bucket by bucket, and summed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from ...data.label_map import LabelMap
from ...data.schema import Schema
from ...scoring.count_tables import count_lines
from ...scoring.result import Result
from .files import File, Folder
from .join import SPLIT, Piece, bucket_lines, join
from .runners import Each

COUNTS = "counts"


class Counting(msgspec.Struct, frozen=True):
    """How articles are counted, and where."""

    folder: Folder
    schema: Any
    schemes: tuple[str, ...]
    label_map: LabelMap | None
    read_as: tuple[str, ...]


class Bucket(msgspec.Struct, frozen=True):
    """A bucket to be counted out of these pieces."""

    how: Counting
    pieces: Sequence[Piece]
    number: int


def score_archive(
    gold: Sequence[File],
    predictions: Sequence[File],
    folder: Folder,
    each: Each,
    *,
    schema: Schema | None = None,
    schemes: Sequence[str],
    label_map: LabelMap | None = None,
    read_as: Collection[str] = (),
) -> Result:
    """Score tables of predictions against tables of a gold, in whatever files their articles stand.

    ``folder`` keeps the counts, a file a bucket; the same call goes on where another was broken off. Raises what
    `claimspans.score` raises, and `ClaimspansError` for a folder with other work.
    """
    how = Counting(folder, schema, tuple(schemes), label_map, tuple(read_as))
    options = {
        "schema": None if schema is None else schema.sha256,
        "schemes": how.schemes,
        "label_map": None if label_map is None else dict(label_map),
        "read_as": how.read_as,
    }
    joined = join(folder, {"gold": gold, "predictions": predictions}, options)
    names = [_name(number) for number in range(joined.buckets)]
    todo = [number for number, name in enumerate(names) if not folder.holds(name)]
    if todo:
        pieces = joined.split(each)
        for _ in each(count_bucket, (Bucket(how, pieces, number) for number in todo)):
            pass
    folder.remove(SPLIT)
    folder.tidy(COUNTS)
    return Result.of_counts((folder.read_table(name) for name in names), schema)


def _name(number: int) -> str:
    return f"{COUNTS}/{number:06}.parquet"


def count_bucket(bucket: Bucket) -> None:
    """Count the articles of a bucket, and write the counts."""
    how = bucket.how
    lines = bucket_lines(how.folder, bucket.pieces, bucket.number)
    table = count_lines(
        lines.get("gold", []),
        lines.get("predictions", []),
        schema=how.schema,
        schemes=how.schemes,
        label_map=how.label_map,
        read_as=how.read_as,
    )
    how.folder.write_table(_name(bucket.number), table)
