"""The wheel alone, in a fresh environment and another folder, is enough to check and to score."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from claimspans import Corpus

from ..helpers.documented import play, sections
from ..helpers.places import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


CORPUS = sections(ROOT / "docs" / "corpus.md")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(ROOT)], check=True, capture_output=True
    )
    (found,) = out.glob("*.whl")
    return found


def test_it_carries_the_data_byte_for_byte(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in ("schema.json", *(f"seeds/{source.file}" for source in Corpus().sources.values())):
            assert archive.read(f"claimspans/corpus/{name}") == (ROOT / name).read_bytes()
        names = archive.namelist()
    for path in [*(ROOT / "annotations").rglob("*"), ROOT / "seeds" / "sources.jsonl"]:
        assert path.is_dir() or f"claimspans/corpus/{path.relative_to(ROOT)}" in names
    assert not any(name.startswith("eval/") for name in names)


def test_it_scores_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "env")], check=True)
    binaries = tmp_path / "env" / "bin"
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    subprocess.run([binaries / "pip", "install", "--quiet", str(wheel)], check=True, env=environment)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "p.jsonl").write_text(
        '{"doc": "003", "label": "QUANTITY", "start": 29, "end": 51}\n', encoding="utf-8"
    )

    def claimspans(*args: str) -> str:
        run = subprocess.run(
            [binaries / "claimspans", *args],
            capture_output=True,
            text=True,
            cwd=elsewhere,
            env=environment,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

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
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    install = [sys.executable, "-m", "pip", "--python", str(home), "install", "--quiet", "--no-deps", str(wheel)]
    subprocess.run(install, check=True)
    (site,) = home.glob("lib/python*/site-packages")
    (site / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return home / "bin"


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
