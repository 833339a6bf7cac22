"""What benchmarks.growth_sums measures, and what it reckons from that."""

from __future__ import annotations

from pathlib import Path

from benchmarks.growth import RAY_1, RAY_2, START
from benchmarks.growth_sums import HERE, MISSED, Cost, section, write_archive
from claimspans import Layer
from claimspans.export.engines.files import folder, parquet_files
from claimspans.export.engines.runners import in_process
from claimspans.export.engines.scoring import score_archive


def test_the_predictions_of_the_archive_miss_some_spans_and_add_none(gold: Layer, tmp_path: Path) -> None:
    place = write_archive(tmp_path / "archive", gold, 12)
    sides = parquet_files(str(place / "gold")), parquet_files(str(place / "found"))
    result = score_archive(*sides, folder(tmp_path / "kept"), in_process, schema=gold.schema, schemes=["strict"])
    counts = result["strict"].micro
    assert len(result.docs) == 12
    assert (counts.SPU, counts.INC) == (0, 0)
    assert 0 < counts.MIS <= counts.POS / MISSED


def test_the_page_reckons_what_an_article_costs_beside_the_start() -> None:
    costs = [
        Cost(command=command, under=under, articles=size, cpu=1.0 + size / 100, wall=1.0 + size / 50, peak=1)
        for command in ("score", "ledger")
        for size in (START, 1000)
        for under in (HERE, RAY_1, RAY_2)
    ]
    page = section(costs)
    assert f"- `score`, ms CPU an article from {START} to 1,000: one process 10.00" in page
    assert "efficiency of 1 → 2 workers 50%; 10,000,000 articles × 10.00 ms = 27.8 CPU hours" in page
