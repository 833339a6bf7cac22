from __future__ import annotations

import gc
import importlib.util
import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from claimspans.data.corpus import Corpus
from claimspans.data.layer import Layer
from claimspans.data.schema import Schema, default_schema
from claimspans.extractors.openai.cache import NO_CACHE

from .helpers.browser import MISSING, chromium
from .helpers.chat_server import ChatServer
from .helpers.chat_server import serve as serve_chat
from .helpers.cluster import NO_JAVA, java, ray_session, s3_server, spark_session
from .helpers.command import program
from .helpers.core_setup import hide_what_is_not_core
from .helpers.made_once import made_once
from .helpers.places import Write

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pyarrow.fs import S3FileSystem

    from .helpers.labelstudio_server import LabelStudio

if importlib.util.find_spec("hypothesis") is not None:  # not where models are trained
    from .helpers import examples  # noqa: F401 -- before an option chooses among its profiles

WHOLLY_SLOW = re.compile(r"^pytestmark = (?:\[[^]]*)?pytest\.mark\.slow\b", re.MULTILINE)


def pytest_configure(config: pytest.Config) -> None:
    if "not slow" in config.option.markexpr:
        hide_what_is_not_core()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A module whose tests are all slow is not even imported for the others: what it imports may not be installed."""
    if collection_path.suffix == ".py" and "not slow" in config.option.markexpr:
        return True if WHOLLY_SLOW.search(collection_path.read_text(encoding="utf-8")) else None
    return None


def pytest_collection_finish() -> None:
    """What is imported and collected stays: looking for cycles among it again and again took a tenth of the time."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Modules that start or train something first: last, a worker would do them alone."""

    def module(item: pytest.Item) -> str:
        return item.nodeid.partition("::")[0]

    slow = {module(item) for item in items if item.get_closest_marker("slow") or item.get_closest_marker("browser")}
    items.sort(key=lambda item: module(item) not in slow)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") is not None and chromium() is None:
        pytest.skip(MISSING)
    if "spark" in getattr(item, "fixturenames", ()) and java() is None:
        pytest.skip(NO_JAVA)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped: list[pytest.TestReport] = terminalreporter.stats.get("skipped", [])
    for missing in (MISSING, NO_JAVA):
        unseen = sum(missing in str(report.longrepr) for report in skipped)
        if unseen:
            terminalreporter.write_line(f"{unseen} tests did not run: {missing}", yellow=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a module: Playwright's loop must be gone where another module starts its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-background-networking"]
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return Corpus()


@pytest.fixture(scope="session")
def gold(corpus: Corpus) -> Layer:
    return corpus.load()


@pytest.fixture(scope="session")
def wire() -> Layer:
    """The gold of the corpus wire."""
    return Corpus("wire").load()


@pytest.fixture(scope="session")
def challenge() -> Layer:
    """The gold of the corpus challenge."""
    return Corpus("challenge").load()


@pytest.fixture(scope="session")
def schema() -> Schema:
    return default_schema()


@pytest.fixture(scope="session")
def label_studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabelStudio]:
    """A fresh Label Studio, one for each process that runs tests; a test that asks for it is slow."""
    from .helpers.labelstudio_server import served

    with served(tmp_path_factory.mktemp("labelstudio")) as server:
        yield server


@pytest.fixture(scope="session")
def s3() -> Iterator[S3FileSystem]:
    """A file system of an S3 server on loopback with the bucket ``archive``, which what is started later reaches."""
    with s3_server() as files:
        yield files


@pytest.fixture(scope="session")
def ray_cluster(s3: S3FileSystem) -> Iterator[str]:  # noqa: ARG001 -- its workers reach it
    """A Ray of two CPUs, one for all tests; its address for further drivers."""
    with ray_session() as address:
        yield address


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A Spark session of two threads, one for all tests."""
    with spark_session() as session:
        yield session


@pytest.fixture
def chat(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ChatServer]:
    """A server whose model finds nothing, until a test says otherwise; nothing of the user's key and cache."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv(NO_CACHE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user-cache"))
    with serve_chat(lambda _: '{"quotes": [], "claims": []}') as server:
        yield server


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write records, or raw lines, to a file of the test's folder."""

    def write_file(*lines: dict[str, Any] | str, name: str = "predictions.jsonl") -> Path:
        path = tmp_path / name
        shown = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        path.write_text("".join(line + "\n" for line in shown), encoding="utf-8")
        return path

    return write_file


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset folder as claimspans hub build makes it, with the articles' texts, for the name me/claimspans."""
    return made_once(tmp_path_factory, "whole", partial(_build, "--with-articles"))


@pytest.fixture(scope="session")
def predicted(whole: Path) -> dict[str, str]:
    """By baseline the option that names its predictions: with them a build is the same, and need not run them."""
    from claimspans.hub.build import BASELINES

    return {name: f"--predictions={name}={whole / 'predictions'}#{name}" for name in BASELINES}


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory, predicted: dict[str, str]) -> Path:
    """The dataset folder without the articles' texts."""
    return made_once(tmp_path_factory, "dataset", partial(_build, *predicted.values()))


def _build(*given: str | Path) -> None:
    *options, folder = given
    run = program("hub", "build", folder, "--repo", "me/claimspans", *options)
    assert run.returncode == 0, run.stderr
