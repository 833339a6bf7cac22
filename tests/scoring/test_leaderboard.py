"""The leaderboard: who is not told apart shares a rank, and what is submitted holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from claimspans.data.corpus import Corpus
from claimspans.data.layer import Layer
from claimspans.data.manifest import Manifest, digest_of, read_manifest
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import Document, nested_record, to_line
from claimspans.data.schema import Schema
from claimspans.extractors.run import run
from claimspans.report.leaderboard import markdown
from claimspans.scoring.leaderboard import leaderboard

from ..helpers.command import claimspans
from ..helpers.places import ROOT, Write


def submit(folder: Path, gold: Sequence[Document], share: int, **changed: object) -> Path:
    """A run folder whose system found one gold span in ``share``."""
    folder.mkdir()
    answers = [msgspec.structs.replace(one, spans=one.spans[::share], claims=(), status="done") for one in gold]
    (folder / "predictions.jsonl").write_text("".join(to_line(nested_record(one)) for one in answers))
    data = digest_of({one.doc: one.text or "" for one in gold})
    manifest = Manifest(uri=f"py:{folder.name}", claimspans="0", schema=None, data=data, articles=5, started="")
    for field, value in ({"ended": "2026-01-02T03:04:05+00:00"} | changed).items():
        setattr(manifest, field, value)
    manifest.write(folder)
    return folder


def test_the_best_stands_first_and_five_articles_tell_nobody_apart(tmp_path: Path, gold: Layer, schema: Schema) -> None:
    folders = [submit(tmp_path / f"third|{number}", gold, 3) for number in (1,)]
    folders += [submit(tmp_path / "all", gold, 1, note="It cheats."), submit(tmp_path / "half", gold, 2)]
    board = leaderboard(gold, folders, schema)
    assert [row.name for row in board.rows] == ["all", "half", "third|1"]
    assert [(row.place, row.rank) for row in board.rows] == [(1, (1, 3)), (2, (1, 3)), (3, (1, 3))]
    assert board.smallest_p == pytest.approx(2 / 2**5 * 3)
    text = markdown(board, "claimspans leaderboard")
    assert "no two systems can be told apart here" in text.replace("\n", " ")
    assert "**third\\|1**" in text
    assert "It cheats." in text
    assert board.signature in text
    (row,) = (line for line in text.splitlines() if "**all** `" in line)
    assert "2026-01-02" in row
    assert "1.000 (1.000–1.000)" in row
    assert "5 of 5" in row
    assert row.startswith("| 1 | 1–3 | **all**")


def test_with_enough_articles_ranks_differ(tmp_path: Path, gold: Layer, schema: Schema) -> None:
    many = Layer([msgspec.structs.replace(one, doc=f"{one.doc}-{copy}") for one in gold for copy in range(8)], "many")
    board = leaderboard(many, [submit(tmp_path / "all", many, 1), submit(tmp_path / "half", many, 2)], schema)
    assert [(row.name, row.rank) for row in board.rows] == [("all", (1, 1)), ("half", (2, 2))]
    assert "no two systems" not in markdown(board, "")


def test_one_system_is_a_leaderboard_too(tmp_path: Path, gold: Layer, schema: Schema) -> None:
    board = leaderboard(gold, [submit(tmp_path / "only", gold, 1)], schema)
    assert [row.rank for row in board.rows] == [(1, 1)]
    assert json.dumps(board.to_dict())


def test_what_cannot_be_ranked_is_said(tmp_path: Path, gold: Layer, schema: Schema) -> None:
    good = submit(tmp_path / "good", gold, 1)
    (tmp_path / "other").mkdir()
    unfinished = submit(tmp_path / "unfinished", gold, 1, ended=None)
    lines = (unfinished / "predictions.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (unfinished / "predictions.jsonl").write_text("".join(lines[:-1]), encoding="utf-8")
    cases = [
        ([], "no run folder"),
        ([good, submit(tmp_path / "other" / "good", gold, 1)], "two systems have this name"),
        ([unfinished], "its run is not finished"),
        ([submit(tmp_path / "elsewhere", gold, 1, data="0" * 16)], "not those of this gold"),
        ([tmp_path / "other"], r"has no manifest\.json"),
    ]
    for folders, said in cases:
        with pytest.raises(ClaimspansError, match=said):
            leaderboard(gold, folders, schema)


def test_files_are_systems_too_and_who_gave_nothing_is_left_out(tmp_path: Path, gold: Layer, schema: Schema) -> None:
    code = {"code": {"mine": "1f", "kit": "2e"}}
    ours = submit(tmp_path / "ours", gold, 2, extractor=code)
    silent = submit(tmp_path / "silent", gold, 1)
    (silent / "predictions.jsonl").write_text("", encoding="utf-8")
    file = tmp_path / "theirs.jsonl"
    file.write_text((ours / "predictions.jsonl").read_text(encoding="utf-8"), encoding="utf-8")
    board = leaderboard(gold, [silent, file, ours], schema)
    assert [(row.place, row.name) for row in board.rows] == [(1, "ours"), (2, "theirs")]
    assert f"code {digest_of(code['code'])}" in board.rows[0].version
    text = markdown(board, "")
    assert "Left out, for they gave no span: silent." in text
    assert "**theirs** `a predictions file`" in text
    with pytest.raises(ClaimspansError, match="nothing to rank"):
        leaderboard(gold, [silent], schema)


def test_a_gold_of_ones_own_has_a_leaderboard(write: Write) -> None:
    gold = write(
        {"doc": "a", "text": "Ann met Bob.", "spans": [{"label": "PER", "start": 0, "end": 3}]}, name="g.jsonl"
    )
    good = write({"doc": "a", "label": "PER", "start": 0, "end": 3}, name="good.jsonl")
    bad = write({"doc": "a", "label": "ORG", "start": 8, "end": 11}, name="bad.jsonl")
    ran = claimspans("leaderboard", "--gold", gold, bad, good)
    assert ran.returncode == 0, ran.stderr
    rows = [line for line in ran.stdout.splitlines() if line.startswith(("| 1 ", "| 2 "))]
    assert ["**good**" in rows[0], "**bad**" in rows[1]] == [True, True]
    assert f"`claimspans leaderboard {bad} {good} --gold {gold}`" in ran.stdout


IGNORED = {"log", ".lock", "scores.json"}
"""What a run leaves beside, and .gitignore leaves out."""

OURS = ("crf", "crf-left-out", "rules", "spacy")
SUBMISSIONS = sorted(path for path in (ROOT / "submissions").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", SUBMISSIONS, ids=lambda folder: folder.name)
def test_a_submission_is_a_finished_run_over_these_articles(folder: Path, schema: Schema) -> None:
    """Whoever submits finds here, and in CI, what is wrong with a submission."""
    corpus = Corpus()
    assert {path.name for path in folder.iterdir()} - IGNORED == {"manifest.json", "predictions.jsonl"}
    (row,) = leaderboard(corpus.load(), [folder], schema).rows
    manifest = read_manifest(folder)
    assert manifest is not None
    assert manifest.note, "say with --note what a reader of the figures must know"
    assert manifest.data == digest_of(corpus.texts)
    assert row.result["strict"].micro.ACT > 0


@pytest.mark.slow
def test_the_baselines_that_are_submitted_are_those_of_this_code(tmp_path: Path) -> None:
    """Those of others cannot be run here: their systems are elsewhere."""
    for folder in (folder for folder in SUBMISSIONS if folder.name in OURS):
        manifest = read_manifest(folder)
        assert manifest is not None
        asked = {"options": manifest.options, "label_map": manifest.label_map}
        again = run(manifest.uri, Corpus().plain(), tmp_path / folder.name, **asked)
        assert again.statuses["failed"] == 0
        same = (tmp_path / folder.name / "predictions.jsonl").read_text() == (folder / "predictions.jsonl").read_text()
        assert same, f"run {manifest.uri} again into {folder}"


def test_the_leaderboard_is_that_of_the_submissions() -> None:
    checked = claimspans("leaderboard", "--out", "LEADERBOARD.md", "--check", cwd=ROOT)
    assert checked.returncode == 0, checked.stderr
