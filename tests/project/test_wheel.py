"""The wheel alone, in a fresh environment and another folder, is enough to check and to score."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pyproject_hooks
import pytest
from build import ProjectBuilder
from build.env import DefaultIsolatedEnv

from claimspans import Corpus

from ..helpers.documented import play, sections
from ..helpers.places import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


QUOTED = 72
"""Characters: what the guidelines and their readers' questions quote of an article at most; a span has up to 56."""

CORPUS = sections(ROOT / "docs" / "corpus.md")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel and the sdist, of one environment with what builds them."""
    out = tmp_path_factory.mktemp("dist")
    with DefaultIsolatedEnv() as environment:
        builder = ProjectBuilder.from_isolated_env(environment, ROOT, runner=pyproject_hooks.quiet_subprocess_runner)
        environment.install(builder.build_system_requires)
        for kind in ("wheel", "sdist"):
            environment.install(builder.get_requires_for_build(kind))
        return Path(builder.build("wheel", out)), Path(builder.build("sdist", out))


@pytest.fixture(scope="module")
def wheel(built: tuple[Path, Path]) -> Path:
    return built[0]


@pytest.fixture(scope="module")
def sdist(built: tuple[Path, Path]) -> Path:
    return built[1]


def environment_with(wheel: Path, home: Path, *options: str) -> Path:
    """The programs of a new environment with the wheel, which the pip of the tests puts there."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(home), "install", "--quiet", "--no-compile"]
    subprocess.run([*pip, *options, str(wheel)], check=True)
    return home / "bin"


def test_it_carries_the_annotations_and_the_texts_that_are_free(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        for path in [
            ROOT / "schema.json",
            ROOT / "seeds" / "sources.jsonl",
            *(path for folder in ("annotations", "corpora") for path in (ROOT / folder).rglob("*")),
        ]:
            name = f"claimspans/corpus/{path.relative_to(ROOT)}"
            assert path.is_dir() or archive.read(name) == path.read_bytes()
    assert {name for name in names if "/corpus/seeds/" in name} == {"claimspans/corpus/seeds/sources.jsonl"}
    assert not any(name.startswith("eval/") for name in names)
    assert wheel.stat().st_size < 4_000_000


def test_wheel_and_sdist_share_no_more_with_an_article_than_its_quoted_titles(wheel: Path, sdist: Path) -> None:
    """No file has a longer run of an article's characters than `QUOTED`, but for the titles in sources.jsonl."""
    corpus = Corpus()
    titles = [source.title for source in corpus.sources.values() if source.title]
    said: list[str] = []
    with zipfile.ZipFile(wheel) as archive:
        said += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    with tarfile.open(sdist) as archive_of_source:
        files = [archive_of_source.extractfile(member) for member in archive_of_source if member.isfile()]
        said += [file.read().decode("utf-8", "replace") for file in files if file is not None]
    # A text is cut into parts so short that a run of more than `QUOTED` characters holds a whole one.
    half = (QUOTED + 1) // 2
    runs, halves = (
        {text[at : at + size] for text in corpus.texts.values() for at in range(len(text) - size + 1)}
        for size in (QUOTED + 1, half)
    )
    for text in dict.fromkeys(said):
        untitled = text
        for title in titles:
            untitled = untitled.replace(title, "")
        for plain in {untitled, untitled.replace("\\n", "\n").replace('\\"', '"')}:
            for part in range(0, len(plain), half):
                if plain[part : part + half] in halves:
                    near = range(max(0, part - QUOTED), part + 1)
                    assert not any(plain[at : at + QUOTED + 1] in runs for at in near), plain[:80]


def test_it_scores_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    binaries = environment_with(wheel, tmp_path / "env")
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "p.jsonl").write_text(
        '{"doc": "003", "label": "QUANTITY", "start": 29, "end": 51}\n', encoding="utf-8"
    )

    def ended(code: int, *args: str) -> subprocess.CompletedProcess[str]:
        run = subprocess.run(
            [binaries / "claimspans", *args],
            capture_output=True,
            text=True,
            cwd=elsewhere,
            env=environment,
            check=False,
        )
        assert run.returncode == code, run.stdout + run.stderr
        return run

    def claimspans(*args: str) -> str:
        return ended(0, *args).stdout

    def refused(*args: str) -> str:
        return ended(2, *args).stderr

    for needs in (["check"], ["show", "003"], ["prompt", "003"]):
        assert "claimspans hydrate --from FOLDER" in refused(*needs)
    before = claimspans("score", "p.jsonl", "--json")
    copies = elsewhere / "copies"
    copies.mkdir()
    for number, source in enumerate(Corpus().sources.values()):
        (copies / f"{number}.txt").write_bytes((ROOT / "seeds" / source.file).read_bytes())
    (copies / "4.txt").rename(elsewhere / "4.txt")
    assert "no file has the bytes of 004" in refused("hydrate", "--from", "copies")
    assert "003" in refused("show", "003")
    (elsewhere / "4.txt").rename(copies / "4.txt")
    claimspans("hydrate", "--from", "copies")
    assert claimspans("score", "p.jsonl", "--json") == before
    assert claimspans("check") == "gold: no problems\n"
    strict = json.loads(claimspans("score", "p.jsonl", "--json"))["schemes"]["strict"]["micro"]
    assert (strict["COR"], strict["ACT"], strict["precision"]) == (1, 1, 1.0)
    assert "over 16,500 containers" in claimspans("show", "003")
    missing = subprocess.run(
        [binaries / "claimspans", "run", "rules"],
        capture_output=True,
        text=True,
        cwd=elsewhere,
        env=environment,
        check=False,
    )
    assert missing.returncode == 2
    assert "pip install 'claimspans[rules]'" in missing.stderr


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment with the wheel; what the wheel needs is that of the tests."""
    home = tmp_path_factory.mktemp("installed")
    programs = environment_with(wheel, home, "--no-deps")
    (site,) = home.glob("lib/python*/site-packages")
    (site / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return programs


def test_a_corpus_is_made_as_its_page_says(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command of the page, in a folder that is not the checkout."""
    for name in ("PYTHONPATH", "CLAIMSPANS_CORPUS"):
        monkeypatch.delenv(name, raising=False)
    where = subprocess.run(
        [installed / "python", "-c", "import claimspans; print(claimspans.__file__)"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(installed.parent)
    for number, blocks in enumerate(CORPUS.values()):
        play(blocks, tmp_path / "grain" if number else tmp_path, programs=installed)
    card = (tmp_path / "grain" / "dataset" / "README.md").read_text(encoding="utf-8")
    assert "2 articles marked span by span: 7 spans." in card
    assert len(CORPUS) == 5
