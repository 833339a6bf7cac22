"""docs: the loop of an engineer and the checks of continuous integration are run as they stand there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ..helpers.documented import play, sections
from ..helpers.places import ROOT

EXTRACTORS = sections(ROOT / "docs" / "extractors.md")
FIRST = "Score your own extractor in five minutes"
LOOP = "Change it, score it, see why"
CHECKS = (ROOT / "docs" / "scores.md").read_text(encoding="utf-8").partition("## In continuous integration")[2]

pytestmark = pytest.mark.slow


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", CHECKS, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    play(EXTRACTORS[FIRST], tmp_path)
    return tmp_path


def test_the_loop_is_what_the_document_shows(folder: Path) -> None:
    said = play(EXTRACTORS[LOOP], folder)
    assert "Begun afresh; changed since the run before: the extractor's code" in said
    assert "py-my_extractor-extract.previous" in said


def test_the_step_of_a_workflow_passes_and_fails_by_its_thresholds(folder: Path) -> None:
    written = (folder / "runs" / "py-my_extractor-extract" / "predictions.jsonl").read_text(encoding="utf-8")
    (folder / "baseline.jsonl").write_text(written, encoding="utf-8")
    commands = [line.strip() for line in block("yaml").partition("run: |")[2].splitlines() if line.strip()]
    assert commands.pop(0) == "pip install claimspans"
    console = "".join(f"$ {command}\n" for command in commands)
    play([("console", console)], folder)
    with pytest.raises(AssertionError, match=r"strict\.f1 is 0\.\d+, expected at least 0\.9"):
        play([("console", console)], folder, {"strict.f1=.2": "strict.f1=.9"})
    (folder / "my_extractor.py").write_text("def extract(article):\n    return [{'label': 'DATE', 'quote': '2023'}]\n")
    with pytest.raises(AssertionError, match="worse is worse than baseline: strict F1"):
        play([("console", console)], folder, {"runs/new": "runs/worse", "strict.f1=.2": "strict.f1=0."})


def test_the_fixture_for_pytest_passes_and_fails(folder: Path) -> None:
    (folder / "test_my_extractor.py").write_text(block("python"), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", "."]
    passed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert passed.returncode == 0, passed.stdout
    with (folder / "my_extractor.py").open("a", encoding="utf-8") as file:
        file.write("\nPATTERNS['QUANTITY'] = r'20\\d\\d'\n")
    failed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert failed.returncode == 1
    assert "QUANTITY" in failed.stdout
