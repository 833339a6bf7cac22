"""A split of a corpus, scored and ranked by itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimspans import Corpus, Layer
from claimspans.data.splits import docs_of

from ..helpers.command import claimspans


@pytest.mark.slow
def test_a_split_is_run_scored_and_ranked_by_itself(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("def extract(article): return [{'label': 'DATE', 'start': 0, 'end': 4}]\n")
    of_dev = ("--corpus", "wire", "--split", "dev")
    ran = claimspans("score", "py:mine.py:extract", *of_dev, "--out", "run", "--json", cwd=tmp_path)
    shown = json.loads(ran.stdout)
    assert (ran.returncode, shown["articles"]) == (0, 6), ran.stderr
    assert list(shown["schemes"]["strict"]["articles"]) == docs_of(Corpus("wire"), "dev")
    assert (tmp_path / "run" / "predictions.jsonl").read_text(encoding="utf-8").count("\n") == 6
    board = claimspans("leaderboard", "run", *of_dev, "--json", cwd=tmp_path)
    assert json.loads(board.stdout)["articles"] == 6
    whole = claimspans("leaderboard", "run", "--corpus", "wire", cwd=tmp_path)
    assert (whole.returncode, "its run is not finished" in whole.stderr) == (2, True)


def test_what_is_predicted_outside_a_split_is_left_out(predictions: Path) -> None:
    found = claimspans("score", "--corpus", "wire", "--layer", "gold", predictions, "--brief", "--json")
    of_test = claimspans("score", "--corpus", "wire", "--split", "test", predictions, "--brief", "--json")
    counts = [json.loads(ran.stdout)["schemes"]["strict"]["micro"] for ran in (found, of_test)]
    assert [count["precision"] for count in counts] == [1, 1]
    assert counts[0]["ACT"] > counts[1]["ACT"] == counts[1]["POS"] > 0


@pytest.fixture
def predictions(wire: Layer, tmp_path: Path) -> Path:
    path = tmp_path / "predictions.jsonl"
    spans = [{"doc": one.doc, "label": s.label, "start": s.start, "end": s.end} for one in wire for s in one.spans]
    path.write_text("".join(json.dumps(span) + "\n" for span in spans), encoding="utf-8")
    return path


def test_a_split_that_is_not_there_is_said(tmp_path: Path) -> None:
    path = tmp_path / "predictions.jsonl"
    path.write_text("", encoding="utf-8")
    unknown = claimspans("score", "--corpus", "wire", "--split", "tset", str(path))
    assert (unknown.returncode, "no such split of wire; it has train, test, dev" in unknown.stderr) == (2, True)
    without = claimspans("score", "--split", "test", str(path))
    assert (without.returncode, "it has no splits.jsonl" in without.stderr) == (2, True)
    both = claimspans("score", "--split", "test", "--gold", str(path), str(path))
    assert (both.returncode, "leave --gold out" in both.stderr) == (2, True)
