"""Sums on Ray: tables of an S3 server joined and counted, and what becomes of them when something is ended."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from claimspans import ClaimspansError, Layer, Result, score
from claimspans.data.records import nested_record
from claimspans.data.schema import default_schema
from claimspans.export.engines import join
from claimspans.export.engines.files import folder, parquet_files
from claimspans.export.engines.ledger import Ledger, gather_bucket, ledger_of
from claimspans.export.engines.runners import in_process, on_ray
from claimspans.export.engines.scoring import COUNTS, count_bucket, score_archive

from ..helpers import archive
from ..helpers.command import claimspans
from ..helpers.places import ROOT

# Their warnings are those of Ray, moto and their parts.
pytestmark = [pytest.mark.slow, pytest.mark.cluster, pytest.mark.filterwarnings("ignore")]

GOLD, FOUND = archive.articles(40)
SMALL = 3000
"""Bytes a bucket: the archive has several."""


@pytest.fixture(scope="module", autouse=True)
def engine(s3: Any, ray_cluster: str) -> Any:  # noqa: ARG001 -- it runs
    return s3


@pytest.fixture(autouse=True)
def small_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(join, "BUCKET", SMALL)


@pytest.fixture
def archive_folder(tmp_path: Path) -> Path:
    """Three files of gold and two of predictions, no two of which have the same articles."""
    for side, rows, parts in (("gold", GOLD, 3), ("found", FOUND, 2)):
        (tmp_path / side).mkdir()
        for part in range(parts):
            archive.write(rows[part::parts], str(tmp_path / side / f"{part}.parquet"))
    return tmp_path


def scored(place: Path, kept: Path, each: Any, gold: str = "gold") -> Result:
    sides = parquet_files(str(place / gold)), parquet_files(str(place / "found"))
    return score_archive(*sides, folder(kept), each, schemes=["strict", "partial"])


def kept_in(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((place / COUNTS).iterdir())}


@pytest.fixture
def undisturbed(archive_folder: Path, tmp_path: Path) -> tuple[str, dict[str, bytes]]:
    """The score and the counts of one process without an engine."""
    result = scored(archive_folder, tmp_path / "undisturbed", in_process)
    counts = kept_in(tmp_path / "undisturbed")
    assert len(counts) > 3
    assert result.to_json() == score(GOLD, FOUND, schemes=["strict", "partial"]).to_json()
    return result.to_json(), counts


def test_files_of_an_object_store_are_joined_and_scored(engine: Any, tmp_path: Path) -> None:
    for part in range(3):
        archive.write(GOLD[part::3], f"archive/news/gold/{part}.parquet", engine)
        archive.write(FOUND[part * 20 : part * 20 + 20], f"archive/news/found/day={part}/x.parquet", engine)
    archive.write(GOLD, str(tmp_path / "gold.parquet"))
    archive.write(FOUND, str(tmp_path / "found.parquet"))
    plain = claimspans("score", "--gold", tmp_path / "gold.parquet", tmp_path / "found.parquet")
    options = ("--engine", "ray", "--keep", "s3://archive/counts")
    ran = claimspans("score", "--gold", "s3://archive/news/gold/*.parquet", "s3://archive/news/found", *options)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == plain.stdout
    kept = parquet_files("s3://archive/counts/counts")
    assert kept[0].name == "s3://archive/counts/counts/000000.parquet"
    # What is there is not done again, and other files are not taken for the same.
    again = claimspans("score", "--gold", "s3://archive/news/gold/*.parquet", "s3://archive/news/found", *options)
    assert again.stdout == plain.stdout
    assert [file.changed for file in parquet_files("s3://archive/counts/counts")] == [file.changed for file in kept]
    other = claimspans("score", "--gold", "s3://archive/news/gold/0.parquet", "s3://archive/news/found", *options)
    assert other.returncode == 2
    assert "s3://archive/counts: holds the work of another call" in other.stderr


def test_what_is_wrong_in_a_worker_is_said_as_it_would_be_here(archive_folder: Path) -> None:
    wrong = FOUND[0] | {"spans": [{"label": "A", "start": 5, "end": 3}]}
    archive.write([*FOUND[1:], wrong], str(archive_folder / "wrong.parquet"))
    call = ("score", "--gold", archive_folder / "gold", archive_folder / "wrong.parquet", "--engine")
    here, there = (claimspans(*call, engine) for engine in ("local", "ray"))
    assert "wrong.parquet:39" in here.stderr
    assert there == here


def once(marker: Path, harm: Callable[[], None], function: Callable[[Any], None], item: Any) -> None:
    """Do harm in the first worker that comes here with the third bucket, then what was to be done."""
    if getattr(item, "number", None) == 2 and not marker.exists() and function in (count_bucket, gather_bucket):
        marker.touch()
        harm()
    function(item)


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def exceed_memory() -> None:
    """Ask for more than the worker may have."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (1 << 20, before[1]))
    try:
        bytearray(1 << 30)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.mark.parametrize("harm", [kill, exceed_memory])
def test_a_worker_that_is_ended_while_it_counts_changes_nothing(
    harm: Callable[[], None], archive_folder: Path, tmp_path: Path, undisturbed: tuple[str, dict[str, bytes]]
) -> None:
    marker = tmp_path / "harmed"

    def each(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        return on_ray(partial(once, marker, harm, function), items)

    result = scored(archive_folder, tmp_path / "kept", each)
    assert marker.exists()
    assert (result.to_json(), kept_in(tmp_path / "kept")) == undisturbed


def test_a_partition_that_stands_twice_counts_once(
    archive_folder: Path, tmp_path: Path, undisturbed: tuple[str, dict[str, bytes]]
) -> None:
    archive.write(FOUND[1::2], str(archive_folder / "found" / "written-again.parquet"))
    archive.write(GOLD[2::3], str(archive_folder / "gold" / "written-again.parquet"))
    assert scored(archive_folder, tmp_path / "kept", on_ray).to_json() == undisturbed[0]
    other = [FOUND[1] | {"spans": FOUND[1]["spans"][1:]}]
    archive.write(other, str(archive_folder / "found" / "otherwise.parquet"))
    with pytest.raises(ClaimspansError) as raised:
        scored(archive_folder, tmp_path / "other", on_ray)
    assert "d001: the predictions have this article in" in str(raised.value)
    for name in ("1.parquet, row 1", "otherwise.parquet, row 1"):
        assert name in str(raised.value)


DRIVER = """
    import os, signal, sys
    from claimspans.export.engines import join, runners
    from claimspans.cli import main

    join.BUCKET = int(sys.argv[1])
    on_ray = runners.on_ray

    def killed(function, items):
        for number, done in enumerate(on_ray(function, items)):
            if getattr(function, "__name__", "") == "count_bucket" and number == 2:
                os.kill(os.getpid(), signal.SIGKILL)
            yield done

    runners.on_ray = killed
    main(sys.argv[2:])
"""


def test_a_driver_that_is_killed_goes_on_where_it_was(
    archive_folder: Path, tmp_path: Path, undisturbed: tuple[str, dict[str, bytes]]
) -> None:
    import ray

    kept = tmp_path / "kept"
    options = ["--engine", "ray", "--keep", str(kept), "--scheme", "strict", "--scheme", "partial", "--json"]
    call = ["score", "--gold", str(archive_folder / "gold"), str(archive_folder / "found"), *options]
    address = {"RAY_ADDRESS": ray.get_runtime_context().gcs_address, "PYTHONPATH": str(ROOT / "eval")}
    begun = [sys.executable, "-c", textwrap.dedent(DRIVER), str(SMALL), *call]
    ended = subprocess.run(begun, env={**os.environ, **address}, check=False, capture_output=True, text=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert 0 < len(kept_in(kept)) < len(undisturbed[1]) + 1
    ran = claimspans(*call)
    assert json.loads(ran.stdout) == json.loads(undisturbed[0])
    assert kept_in(kept) == undisturbed[1]


def test_a_ledger_is_the_same_whatever_is_ended(
    gold: Layer, tmp_path: Path, engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker is killed while it gathers, and every second file stands twice, under another name."""
    monkeypatch.setattr(join, "BUCKET", 50_000)
    rows = [nested_record(one) | {"text": one.text, "published": one.published} for one in gold]
    for number, row in enumerate(rows):
        archive.write([row], str(tmp_path / f"{number}.parquet"))
        archive.write([row], f"archive/ledger/{number}.parquet", engine)
        if number % 2:
            archive.write([row], f"archive/ledger/{number}-again.parquet", engine)
    marker, schema = tmp_path / "killed", default_schema()

    def each(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        return on_ray(partial(once, marker, kill, function), items)

    plain = ledger_of(parquet_files(str(tmp_path)), [], folder(tmp_path / "plain"), in_process, schema)
    files = parquet_files("s3://archive/ledger/*.parquet")
    found = ledger_of(files, [], folder("s3://archive/kept-ledger"), each, schema)
    assert marker.exists()
    assert found.buckets > plain.buckets

    def sorted_rows(ledger: Ledger) -> list[dict[str, Any]]:
        every = (row for table in ledger.tables() for row in table.to_pylist())
        return sorted(every, key=lambda row: (row["doc"], row["claim"], row["item"]))

    assert len(sorted_rows(found)) == 96
    assert sorted_rows(found) == sorted_rows(plain)
    assert found.entities() == plain.entities()
    assert found.copies == plain.copies
