"""What a run is given: articles, folders, addresses and options; and what it says of itself."""

from __future__ import annotations

import json
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest

from claimspans.data.hashes import sha256_of
from claimspans.data.manifest import read_manifest
from claimspans.data.predictions import read_predictions
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import Document
from claimspans.extractors.run import run

from ..helpers.command import claimspans
from .test_run import FAULTY, PATIENT, articles, nested

pytestmark = pytest.mark.slow


def test_articles_that_nobody_annotated_and_odd_ids(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"doc": "good-1", "text": "shells and more"}\n')
    ran = claimspans("run", FAULTY, "--articles", "a.jsonl", "--out", "run", cwd=tmp_path)
    assert "1 span in 1 article (1 done)" in ran.stderr
    (tmp_path / "b.jsonl").write_text('{"doc": "../up", "text": "shells", "spans": []}\n')
    refused = claimspans("run", FAULTY, "--articles", "b.jsonl", "--out", "odd", cwd=tmp_path)
    assert refused.returncode == 2
    assert "'../up': not the id of an article" in refused.stderr
    assert not (tmp_path / "odd").exists()


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    from filelock import FileLock

    (tmp_path / "run").mkdir()
    with FileLock(tmp_path / "run" / ".lock"), pytest.raises(ClaimspansError, match="another run is going on in it"):
        run(FAULTY, articles("good"), tmp_path / "run", limits=PATIENT)


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("words")
    with pytest.raises(ClaimspansError, match=r"holds thesis\.tex; expected an empty folder"):
        run(FAULTY, articles("good"), tmp_path, limits=PATIENT, fresh=True)
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "predictions.jsonl").write_text("")
    with pytest.raises(ClaimspansError, match="has predictions but no manifest"):
        run(FAULTY, articles("good"), tmp_path / "old", limits=PATIENT)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["old", "predictions.jsonl", "thesis.tex"]


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("oracle", "no such extractor; expected one of"),
        ("gold.jsonl", "for a predictions file write file:gold.jsonl"),
        ("rules:x", "rules takes nothing after it"),
        ("py:", "expected py:MODULE:FUNCTION"),
        ("py:json", "expected py:MODULE:FUNCTION or"),
        ("py:no_such_module:extract", "no_such_module cannot be imported: ModuleNotFoundError"),
        ("py:json:extract", "json has no function extract; it has"),
        ("py:missing.py:extract", "missing.py: no such file"),
        ("cmd:no-such-program --fast", "no program no-such-program"),
        ("cmd:'unclosed", "No closing quotation"),
        ("file:missing.jsonl", "file-missing"),
    ],
)
def test_a_uri_that_names_nothing_is_said_before_any_work(tmp_path: Path, uri: str, said: str) -> None:
    with pytest.raises(ClaimspansError) as error:
        run(uri, articles("good"), tmp_path / "run", limits=PATIENT, workers=1)
    assert said in str(error.value)
    assert not (tmp_path / "run").exists()


def test_wrong_options_and_articles_are_said_before_any_work(tmp_path: Path) -> None:
    good = articles("good")
    cases: list[tuple[str, dict[str, Any]]] = [
        ("it has these options, with their defaults: none", {"options": {"speed": "2"}}),
        ("has no text", {"documents": [Document(doc="a")]}),
        ("stands twice", {"documents": good * 2}),
        ("nine: no such article", {"only": ["nine"]}),
    ]
    for said, change in cases:
        given: dict[str, Any] = {"system": FAULTY, "documents": good, "folder": tmp_path / "run", "limits": PATIENT}
        with pytest.raises(ClaimspansError, match=said):
            run(**(given | change))
        assert not (tmp_path / "run").exists()


def test_the_manifest_says_what_the_run_was(tmp_path: Path) -> None:
    run(FAULTY, articles("good", "range"), tmp_path / "run", limits=PATIENT, label_map={"ITEM": "ITEM"}, workers=1)
    manifest = read_manifest(tmp_path / "run")
    assert manifest is not None
    assert manifest.uri == FAULTY
    assert manifest.extractor["code"]
    assert manifest.label_map == {"ITEM": "ITEM"}
    packages = sorted({f"{one.metadata['Name']}=={one.version}".lower() for one in distributions()})
    digest = sha256_of("\n".join(packages))[:16]
    assert manifest.machine["packages"] == {"count": len(packages), "sha256": digest}
    assert manifest.result["rejected"] == {"offset-range": 1}
    assert manifest.result["reach"] == pytest.approx(5 / len("🚀 shells, and more"))
    assert manifest.settings["timeout"] == PATIENT.timeout


def test_predictions_of_another_gold_s_run_are_refused(tmp_path: Path) -> None:
    run(FAULTY, articles("good"), tmp_path / "run", limits=PATIENT, workers=1)
    with pytest.raises(ClaimspansError, match="a run over 1 articles that are not those of this gold"):
        read_predictions(tmp_path / "run", None, {"good-0": "another text"})
    scored = claimspans("score", "run", cwd=tmp_path)
    assert scored.returncode == 2
    assert "not those of this gold (5 articles)" in scored.stderr


def test_score_runs_what_is_no_file_and_keeps_the_scores(tmp_path: Path) -> None:
    path = nested(tmp_path, articles("good", "permanent"))
    scored = claimspans("score", FAULTY, "--gold", str(path), "--out", "run", "--json", "--brief", cwd=tmp_path)
    assert scored.returncode == 3, scored.stderr
    printed = json.loads(scored.stdout)
    assert printed["run"]["failed"] == ["permanent-1"]
    assert json.loads((tmp_path / "run" / "scores.json").read_text()) == printed
    tolerant = claimspans("score", FAULTY, "--gold", str(path), "--out", "run", "--max-fail", "0.5", cwd=tmp_path)
    assert tolerant.returncode == 0
    assert "1 done, 1 failed" in tolerant.stderr


def test_a_gold_without_a_schema_has_labels_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "system.py").write_text("def extract(a): return [{'label': 'THEIRS', 'start': 0, 'end': 3, 'of': 1}]\n")
    gold = {"doc": "n", "text": "Ten shells", "spans": [{"label": "WEAPON", "start": 0, "end": 3}]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold) + "\n")
    command = ("score", "py:system:extract", "--gold", "gold.jsonl", "--map", "THEIRS=WEAPON", "--out", "run")
    scored = claimspans(*command, "--json", "--brief", cwd=tmp_path)
    assert scored.returncode == 0, scored.stderr
    assert json.loads(scored.stdout)["schemes"]["strict"]["micro"]["f1"] == 1


def test_a_run_again_says_how_far_it_agrees(tmp_path: Path) -> None:
    path = nested(tmp_path, articles("good", "good", "good"))
    for only, count in (["--only", "good-1"], 1), ([], 3):
        ran = claimspans("run", FAULTY, "--articles", str(path), "--out", "run", "--repeat", "2", *only, cwd=tmp_path)
        assert "agree with this run to a strict F1 of 1.000" in ran.stderr
        manifest = read_manifest(tmp_path / "run")
        assert manifest is not None
        assert manifest.result["repeat"] == {"articles": count, "strict_f1": [1.0]}
    ran = claimspans("run", FAULTY, "--articles", str(path), "--out", "run", "--repeat", "2", "--json", cwd=tmp_path)
    assert json.loads(ran.stdout)["repeat"] == {"articles": 3, "strict_f1": [1.0]}
