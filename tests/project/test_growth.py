"""benchmarks.growth: the archive that is measured, what is measured of a program, and the arithmetic of the page."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import click
import pytest
from pyarrow import dataset

from benchmarks import growth
from benchmarks.growth import ALL, PAGE, RAY_1, RAY_2, RUN, START, Cost


def test_an_archive_has_its_articles_once_and_begins_its_texts_again(tmp_path: Path) -> None:
    archive = growth.write_archive(tmp_path / "archive", ["one", "two", "three"], 20)
    rows = dataset.dataset(archive.folder, format="parquet").to_table().to_pylist()
    assert [row["doc"] for row in rows] == [f"a{number:07}" for number in range(20)]
    assert [row["text"] for row in rows[:4]] == ["one", "two", "three", "one"]
    assert len(archive.lines.read_text(encoding="utf-8").splitlines()) == 20
    assert archive.stored == sum(path.stat().st_size for path in archive.folder.iterdir())


@pytest.mark.slow
def test_a_program_is_measured_with_what_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "TICK", 0.01)
    works = "import time\nwhile time.process_time() < .5: held = bytearray(1 << 25)"
    cpu, wall, peak = growth.measured(
        [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {works!r}])"]
    )
    assert cpu > 0.4
    assert wall > 0.4
    assert peak > 1 << 25
    with pytest.raises(click.ClickException, match="no such thing"):
        growth.measured([sys.executable, "-c", "raise SystemExit('no such thing')"])


def test_ten_million_articles_cost_what_the_largest_archive_says() -> None:
    """An article takes 10 ms under run and 12 under Ray, where a second worker makes it all 1.6 times as fast."""
    ways = {RUN: (0.010, 1.0, 1), RAY_1: (0.012, 1.0, 3), RAY_2: (0.012, 1.6, 4)}
    costs = [
        Cost(
            extractor=extractor,
            under=under,
            articles=size,
            cpu=5 + each * size,
            wall=20 + 0.016 * size / faster,
            peak=memory * 10**8,
            load=0.1,
            read=900 * size,
            written=200 * size,
        )
        for extractor, size in itertools.product(growth.EXTRACTORS, (START, 1024))
        for under, (each, faster, memory) in ways.items()
    ]
    page = growth.section(costs, 2000)
    for words in (
        "| rules | Ray, 2 workers | 1,024 | 0.1 | 17.3 | 30.2 | 59.2 | 400 |",
        "(15.2 − 5.2) s CPU ÷ 1,000 = 10.00 ms an article, beside 5.2 s once",
        "12.00 − 10.00 = +2.00 ms an article",
        "16.0 s ÷ (2 × 10.0 s) = 80%",
        "memory of a second worker: 100 MB",
        "× 12.00 ms = 33.3 CPU hours; ÷ 64 cores = 0.52 hours",
        "× 900 bytes = 9.0 GB read, × 200 bytes = 2.0 GB written",
    ):
        assert words in page


def test_a_cost_that_drowns_in_that_of_the_start_is_no_base_for_ten_million() -> None:
    costs = [
        Cost(
            extractor=extractor,
            under=under,
            articles=size,
            cpu=30 - size / 1000,
            wall=60,
            peak=10**9,
            load=0,
            read=size,
            written=size,
        )
        for extractor, size, under in itertools.product(growth.EXTRACTORS, (START, 1024), ALL)
    ]
    page = growth.section(costs, 2000)
    assert "**rules**: 1,024 articles cost too little beside the start to reckon with; name more." in page
    assert "10,000,000" not in page


def test_the_page_says_how_it_was_made_and_has_every_extractor() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert "python -m benchmarks.growth --" in page
    assert "Load is that of the minute before" in page
    for extractor in growth.EXTRACTORS:
        assert page.count(f"\n**{extractor}**") == 1
        assert page.count(f"\n| {extractor} | ") >= 6
