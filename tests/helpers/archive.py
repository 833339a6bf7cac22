"""A small archive: articles whose predictions are nearly right, as Parquet files that are not aligned."""

from __future__ import annotations

import random
from typing import Any

import pyarrow
from pyarrow import parquet

TEXT = "Seoul said on Monday that 152mm shells were shipped, 6,000 of them, to Vladivostok. "
LABELS = ("A", "B", "C")


def articles(count: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The gold and the predictions, a row an article; the last article has no prediction."""
    rng = random.Random(count)
    gold, found = [], []
    for number in range(count):
        doc, spans = f"d{number:03}", []
        for at in range(0, 70, 10):
            label, end = rng.choice(LABELS), at + rng.randrange(2, 9)
            spans.append({"id": f"s{at}", "label": label, "start": at, "end": end, "text": TEXT[at:end]})
        zones = [{"kind": "boilerplate", "start": 60, "end": 84}]
        gold.append({"doc": doc, "text": TEXT, "zones": zones, "spans": spans})
        told = [one | {"label": rng.choice(LABELS)} if rng.random() < 0.3 else one for one in spans]
        found.append({"doc": doc, "status": "done", "spans": told[: rng.randrange(3, 8)]})
    return gold, found[:-1]


def write(rows: list[dict[str, Any]], path: str, files: Any = None) -> None:
    parquet.write_table(pyarrow.Table.from_pylist(rows), path, filesystem=files)
