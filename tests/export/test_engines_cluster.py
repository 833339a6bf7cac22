"""The functions under the engines that people have, and what is left of an archive when workers and drivers are killed.

An engine's worker is killed by its article, with SIGKILL, while the extractor works on it (`faulty.archived`).
"""

from __future__ import annotations

import json
import os
import runpy
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import psutil
import pytest

import claimspans
from claimspans import ClaimspansError, Corpus, Document
from claimspans.data.prediction_rows import Row, record_of
from claimspans.export.engines.files import located
from claimspans.export.engines.partitions import Partitions
from claimspans.extractors.run import Limits

from ..helpers.places import ROOT
from ..helpers.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.cluster, pytest.mark.filterwarnings("ignore")]

EXAMPLES = ROOT / "docs" / "examples"
ARCHIVED = f"py:{ROOT / 'tests' / 'helpers' / 'systems' / 'faulty.py'}:archived"

_IN_RAY = """
import runpy, sys
from tests.helpers.cluster import ray_session
sys.argv = sys.argv[1:]
with ray_session():
    runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs an example in a Ray of its own."""


def example(name: str, *args: str) -> dict[str, Any]:
    """Run an example as its user does, though in this process, whose engine is there; its names."""
    path = str(EXAMPLES / f"archive_{name}.py")
    with mock.patch.object(sys, "argv", [path, *args]):
        return runpy.run_path(path, run_name="__main__")


def write_archive(address: str, documents: Sequence[Document], size: int) -> None:
    """The articles as Parquet, ``size`` to a file, in folders by year as archives have them."""
    import pyarrow as pa
    from pyarrow import parquet

    files, folder = located(address)
    for number, first in enumerate(range(0, len(documents), size)):
        part = documents[first : first + size]
        columns = {name: [getattr(one, name) for one in part] for name in ("doc", "text", "published")}
        files.create_dir(f"{folder}/year=202{number}")
        parquet.write_table(pa.table(columns), f"{folder}/year=202{number}/part-0.parquet", filesystem=files)


def rows(address: str) -> list[Row]:
    """All rows under an address, sorted by article."""
    from pyarrow import dataset

    files, folder = located(address)
    found = dataset.dataset(folder, filesystem=files, format="parquet").to_table().to_pylist()
    return sorted(found, key=lambda row: row["doc"])


def whole_files(folder: Path) -> dict[str, bytes]:
    """The files of a folder, but for what a killed worker had begun, which has another ending."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.parquet")}


def befallen(folder: Path, *kinds: str) -> list[Document]:
    """Two articles each; the signs of what befell them are in the folder."""
    return [Document(doc=f"{kind}-{number}", text=f"shells went {folder}") for kind in kinds for number in range(2)]


@pytest.fixture
def archive(tmp_path: Path, corpus: Corpus) -> str:
    write_archive(str(tmp_path / "articles"), corpus.plain(), 2)
    return str(tmp_path / "articles")


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> list[Any]:
    """What `claimspans run rules` says of the articles."""
    folder = tmp_path_factory.mktemp("run")
    claimspans.run("rules", corpus.plain(), folder)
    return list(map(json.loads, (folder / "predictions.jsonl").read_text(encoding="utf-8").splitlines()))


@pytest.mark.usefixtures("spark")
def test_spark_gives_the_rows_of_a_run(archive: str, tmp_path: Path, lines: list[Any]) -> None:
    example("spark", archive, str(tmp_path / "out"), "rules")
    assert list(map(record_of, rows(str(tmp_path / "out")))) == lines


def test_datasets_gives_the_rows_of_a_run(archive: str, tmp_path: Path, lines: list[Any]) -> None:
    example("datasets", archive, str(tmp_path / "out.parquet"), "rules")
    assert list(map(record_of, rows(str(tmp_path / "out.parquet")))) == lines


@pytest.mark.usefixtures("ray_cluster")
def test_ray_gives_the_rows_of_a_run_from_s3_to_s3(
    corpus: Corpus, lines: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    write_archive("s3://archive/articles", corpus.plain(), 2)
    for said in ("3 of 3 files: 5 articles", "0 of 3 files: 0 articles"):
        example("ray", "s3://archive/articles", "s3://archive/predictions", "rules")
        assert said in capsys.readouterr().out
    assert list(map(record_of, rows("s3://archive/predictions"))) == lines


@pytest.mark.usefixtures("ray_cluster")
def test_ray_loses_and_doubles_nothing_when_a_worker_is_killed(tmp_path: Path) -> None:
    """One is killed at its second article, one article takes more memory than it may, and each file is read twice."""
    import ray

    documents = befallen(tmp_path, "good", "killed", "memory", "raise")
    write_archive(str(tmp_path / "articles"), documents, 3)
    function = claimspans.batch(ARCHIVED, limits=Limits(timeout=90, memory=1 << 30), size=1)
    extract = runpy.run_path(str(EXAMPLES / "archive_ray.py"), run_name="__main__.example")["Extract"]
    found = {}
    for name in ("disturbed", "undisturbed"):
        assert (tmp_path / "killed").exists() == (name == "undisturbed")
        work = Partitions(str(tmp_path / "articles"), str(tmp_path / name), function)
        files = ray.data.from_items([{"name": one} for one in work.names * 2], override_num_blocks=6)
        pool = ray.data.ActorPoolStrategy(size=2)
        counted = files.map_batches(extract, fn_constructor_args=(work,), batch_size=1, compute=pool, num_cpus=0.5)
        assert sum(row["articles"] for row in counted.take_all()) == 2 * len(documents)
        found[name] = rows(str(tmp_path / name))
    assert found["disturbed"] == found["undisturbed"]
    assert [row["doc"] for row in found["disturbed"]] == sorted(one.doc for one in documents)
    assert {row["error"]["kind"] for row in found["disturbed"] if row["error"]} == {"memory", "error"}


@pytest.mark.usefixtures("ray_cluster")
def test_ray_loses_and_doubles_nothing_when_it_ends_a_worker_for_want_of_memory(tmp_path: Path) -> None:
    """A Ray of its own, which thinks the node full 2 GB from now: an article that takes 6 is ended with its worker."""
    memory = psutil.virtual_memory()
    full = 1 - (memory.available - (2 << 30)) / memory.total
    write_archive(str(tmp_path / "articles"), befallen(tmp_path, "good", "fills"), 2)
    argv = [str(EXAMPLES / "archive_ray.py"), str(tmp_path / "articles"), str(tmp_path / "out"), ARCHIVED]
    with tempfile.TemporaryDirectory(prefix="ray-") as logs:  # sockets are in it, whose paths are short
        own = {"RAY_TMPDIR": logs, "RAY_memory_usage_threshold": f"{full:.4f}", "RAY_memory_monitor_refresh_ms": "100"}
        subprocess.run([sys.executable, "-c", _IN_RAY, *argv], env=os.environ | own, cwd=ROOT, check=True)
        said = "".join(path.read_text(encoding="utf-8") for path in Path(logs).rglob("session_2*/logs/raylet.out"))
    assert "Extract" in said[said.index("OOM kill reason") :]
    assert (tmp_path / "fills").exists()
    example("ray", str(tmp_path / "articles"), str(tmp_path / "undisturbed"), ARCHIVED)
    assert whole_files(tmp_path / "out") == whole_files(tmp_path / "undisturbed")
    assert [row["status"] for row in rows(str(tmp_path / "out"))] == ["done"] * 4


def test_a_driver_that_was_killed_goes_on_where_it_was(ray_cluster: str, tmp_path: Path) -> None:
    write_archive(str(tmp_path / "articles"), befallen(tmp_path, "good", "waits"), 2)
    argv = [sys.executable, *map(str, (EXAMPLES / "archive_ray.py", tmp_path / "articles", tmp_path / "out")), ARCHIVED]
    driver = subprocess.Popen(argv, env=os.environ | {"RAY_ADDRESS": ray_cluster}, stderr=subprocess.DEVNULL)
    until(lambda: (tmp_path / "waits").exists() and any((tmp_path / "out").rglob("*.parquet")))
    driver.send_signal(signal.SIGKILL)
    driver.wait()
    done = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.parquet")}
    (tmp_path / "go").touch()
    example("ray", *argv[2:])
    assert all(path.stat().st_mtime_ns == was for path, was in done.items())
    example("ray", str(tmp_path / "articles"), str(tmp_path / "undisturbed"), ARCHIVED)
    assert whole_files(tmp_path / "out") == whole_files(tmp_path / "undisturbed")
    assert len(rows(str(tmp_path / "out"))) == 4


@pytest.mark.usefixtures("spark")
def test_spark_tries_again_what_a_killed_worker_had(tmp_path: Path) -> None:
    write_archive(str(tmp_path / "articles"), befallen(tmp_path, "killed", "good"), 2)
    for name in ("disturbed", "undisturbed"):
        assert (tmp_path / "killed").exists() == (name == "undisturbed")
        example("spark", str(tmp_path / "articles"), str(tmp_path / name), ARCHIVED)
    assert rows(str(tmp_path / "disturbed")) == rows(str(tmp_path / "undisturbed"))
    assert [row["status"] for row in rows(str(tmp_path / "disturbed"))] == ["done"] * 4


def test_datasets_loses_the_job_of_a_killed_worker(tmp_path: Path) -> None:
    """As the example says: where this fails, it can say something better."""
    write_archive(str(tmp_path / "articles"), befallen(tmp_path, "killed", "good"), 2)
    with pytest.raises(RuntimeError, match="abruptly died"):
        example("datasets", str(tmp_path / "articles"), str(tmp_path / "out.parquet"), ARCHIVED)
    assert not (tmp_path / "out.parquet").exists()


def test_predictions_of_another_extractor_are_not_gone_on_with(archive: str, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    system = tmp_path / "system.py"
    system.write_text("def extract(article):\n    return []", encoding="utf-8")
    first, *others = (work := Partitions(archive, out, claimspans.batch(f"py:{system}:extract"))).left()
    work(first)
    assert work.left() == others
    with pytest.raises(ClaimspansError, match="made otherwise"):
        Partitions(archive, out, claimspans.batch(ARCHIVED))
    system.write_text("def extract(article):\n    return [] or []", encoding="utf-8")
    changed = Partitions(archive, out, claimspans.batch(f"py:{system}:extract", size=2))
    with pytest.raises(ClaimspansError, match="made otherwise"):
        changed(others[0])
    with pytest.raises(ClaimspansError, match="has not; name another folder"):
        Partitions(out, archive, claimspans.batch(ARCHIVED))
    with pytest.raises(ClaimspansError, match="is no folder"):
        Partitions(f"{archive}/year=2020/part-0.parquet", out, claimspans.batch(ARCHIVED))
    with pytest.raises(ClaimspansError, match="no such Parquet files"):
        Partitions(str(tmp_path / "nothing"), out, claimspans.batch(ARCHIVED))
