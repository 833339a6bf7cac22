"""The command line as its user calls it."""

from __future__ import annotations

import contextlib
import csv
import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from claimspans.cli import cli, main
from claimspans.data.problems import KINDS

from ..helpers.command import claimspans
from ..helpers.places import CASES, ROOT, Write

RULES = ROOT / "submissions" / "rules"
"""What `run rules` gives, as another test says."""


@pytest.mark.slow
def test_run_writes_an_article_a_line(tmp_path: Path) -> None:
    run = claimspans("run", "rules", "--out", tmp_path / "rules")
    assert run.returncode == 0, run.stderr
    predictions = tmp_path / "rules" / "predictions.jsonl"
    lines = predictions.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["doc"] for line in lines] == ["000", "001", "002", "003", "004"]
    assert claimspans("check", "--predictions", predictions).returncode == 0


def test_check_says_which_articles_failed_in_a_run(write: Write) -> None:
    error = {"kind": "timeout", "detail": "no answer within 60 s", "attempts": 1}
    failed = {"doc": "001", "status": "failed", "spans": [], "claims": [], "error": error}
    path = write({"doc": "000", "status": "done", "spans": [], "claims": []}, failed)
    said = "1 of 2 articles failed in the run, and count as all missed: 001 timeout"
    checked, as_json = (
        CliRunner().invoke(cli, ["check", "--predictions", str(path), *more]) for more in ([], ["--json"])
    )
    assert (checked.exit_code, as_json.exit_code) == (0, 0)  # the file is as it must be
    assert f"{path}: no problems\n{path}: {said}" in checked.stdout
    assert json.loads(as_json.stdout) == []
    assert said in as_json.stderr


def test_score_prints_tables_and_the_signature() -> None:
    run = claimspans("score", RULES)
    assert run.returncode == 0
    for word in (
        "strict",
        "partial",
        "SPEAKER",
        "STANCE",
        "micro",
        "macro",
        "QUANTITY.value",
        "claimspans 0.",
    ):
        assert word in run.stdout
    assert "lie in zones" in run.stdout


@pytest.mark.slow
def test_score_as_json_says_the_same_for_the_file_and_the_folder() -> None:
    folder, file = (claimspans("score", path, "--json").stdout for path in (RULES, RULES / "predictions.jsonl"))
    assert folder == file
    assert json.loads(folder)["schemes"]["strict"]["micro"]["POS"] > 250


def test_check_lists_problems_with_place_and_remedy_and_exits_1() -> None:
    case = CASES / "check" / "text-mismatch.jsonl"
    run = claimspans("check", case)
    assert run.returncode == 1
    assert "text-mismatch.jsonl:2 text-mismatch" in run.stdout
    assert KINDS["text-mismatch"].remedy in run.stdout
    (problem,) = json.loads(claimspans("check", case, "--json").stdout)
    assert (problem["id"], problem["line"], problem["level"]) == ("text-mismatch", 2, 3)


def test_check_of_the_gold_is_clean() -> None:
    run = claimspans("check")
    assert (run.returncode, run.stdout) == (0, "gold: no problems\n")


def test_show_marks_spans_without_colours_too() -> None:
    run = claimspans("show", "003")
    assert run.returncode == 0
    assert "[QUANTITY over 16,500 containers]" in run.stdout
    assert "transfer: KP → RU" in run.stdout


def test_show_says_what_predicted_claims_cover_where_the_spans_do_not_quote_it(write: Write) -> None:
    cargo = [{"item": None, "quantity": "p1", "relation": None}]
    claim = {"id": "k1", "event": "transfer", "supplier": "KP", "recipient": "RU", "cargo": cargo}
    span = {"id": "p1", "label": "QUANTITY", "start": 29, "end": 51}
    run = claimspans("show", "003", "--predictions", write({"doc": "003", "spans": [span], "claims": [claim]}))
    assert "over 16,500 containers" in run.stdout.partition("predicted claims")[2]


def test_ledger_by_stance_and_as_csv(tmp_path: Path) -> None:
    assert "Russia, North Korea: denial" in claimspans("ledger", "--stance", "denial").stdout
    assert claimspans("ledger", "--csv", tmp_path / "claims.csv").returncode == 0
    with (tmp_path / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["doc"] for row in rows} == {"000", "001", "002", "003", "004"}
    assert any(row["value"] == "16500" and row["item"] == "munitions" and row["supplier"] == "KP" for row in rows)


def test_agree_prints_the_figures_of_the_passes() -> None:
    found = json.loads(claimspans("agree", "pass-a", "pass-b", "--json").stdout)
    assert set(found["spans"]) == {"SPEAKER", "QUANTITY", "ITEM", "DATE", "STANCE", "all"}
    assert 0 < found["attributes"]["STANCE.stance"]["kappa"] < 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("score", "nowhere.jsonl"), "nowhere.jsonl: file-missing"),
        (("score", "."), "is a folder"),
        (("report", "nowhere.jsonl"), "nowhere.jsonl: file-missing"),
        (("score", "x.jsonl", "--layer", "silver"), "silver: no such annotation layer; expected one of gold"),
        (("run", "oracle"), "oracle: no such extractor; expected one of"),
        (("show", "099"), "099: no such article; expected one of 000, 001, 002, 003, 004"),
        (("show", "--predictions", "nowhere"), "nowhere: file-missing"),
        (("ledger", "--stance", "doubt"), "'doubt' is not one of evasion, denial"),
        (("check", "silver"), "silver: no such annotation layer"),
        (("check", "--predictions"), "name the predictions files"),
        (("agree",), "Missing argument 'LAYER LAYER...'"),
        (("agree", "pass-a"), "pass-a is one layer; name two or more"),
        (("agree", "pass-a", "pass-z"), "pass-z: no such annotation layer"),
        (("guess",), "No such command 'guess'"),
        (("score", "--scheme", "lenient", "x"), "'lenient' is no scheme; expected strict, exact"),
    ],
)
def test_a_wrong_call_says_what_was_expected_and_exits_2(args: tuple[str, ...], said: str, tmp_path: Path) -> None:
    run = claimspans(*args, cwd=tmp_path)
    assert run.returncode == 2
    assert said in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_predictions_that_cannot_be_used_end_score_with_2(write: Write) -> None:
    path = write(
        {"doc": "003", "label": "ITEM", "start": 1, "end": 4}, {"doc": "003", "label": "ARMS", "start": 1, "end": 4}
    )
    run = claimspans("score", path)
    assert run.returncode == 2
    assert f"{path}:2: label-unknown" in run.stderr
    assert run.stdout == ""


def test_run_into_a_file_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "taken"
    path.write_text("mine", encoding="utf-8")
    run = claimspans("run", "rules", "--out", path)
    assert run.returncode == 2
    assert "is a file; expected a folder" in run.stderr
    assert path.read_text(encoding="utf-8") == "mine"


def test_writing_where_one_cannot_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    run = claimspans("show", "--html", tmp_path / "file" / "x.html")
    assert run.returncode == 2
    assert "Not a directory" in run.stderr or "File exists" in run.stderr


@pytest.mark.slow
def test_tables_keep_their_figures_in_a_narrow_terminal() -> None:
    import pty

    parent, child = pty.openpty()
    environment = os.environ | {"COLUMNS": "40", "TERM": "dumb"}
    with subprocess.Popen(
        [sys.executable, "-m", "claimspans", "score", str(RULES)], stdout=child, env=environment
    ) as run:
        os.close(child)
        shown = b""
        with contextlib.suppress(OSError):
            while block := os.read(parent, 4096):
                shown += block
    assert run.returncode == 0
    wide = claimspans("score", RULES).stdout.splitlines()
    for cell in next(line for line in wide if line.startswith("SPEAKER")).split():
        assert f"{cell} ".encode() in shown.replace(b"\r\n", b" ")


@pytest.mark.skipif(os.name != "posix", reason="streams and signals of POSIX")
@pytest.mark.slow
def test_closed_and_broken_streams_are_no_traceback() -> None:
    program = f"{sys.executable} -m claimspans"
    for command, code in (
        (f"{program} show | head -1", 0),
        (f"{program} check >&-", 0),
        (f"{program} show > /dev/full", 2),
    ):
        run = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
        assert run.returncode == code, command
        assert "Traceback" not in run.stderr
        assert ("the output: No space left on device; make room there" in run.stderr) == (code == 2)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError("what a library says"), "the output: what a library says"),
        (OSError(), "the output: OSError"),
        (OSError(errno.EACCES, "Denied", "a.txt"), "a.txt: Denied; check its permissions, or name another place"),
        (OSError(errno.ENOENT, "No such file", "a.txt"), "a.txt: No such file; check the path"),
    ],
)
def test_what_the_system_refuses_is_said_of_its_file_with_a_remedy(
    error: OSError, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(cli, "invoke", refuse)
    with pytest.raises(SystemExit) as ended:
        main(["schema"])
    assert (ended.value.code, capsys.readouterr().err) == (2, f"claimspans: {said}\n")


def test_markup_in_names_is_shown_as_it_is(tmp_path: Path) -> None:
    run = claimspans("check", tmp_path / "x[bold][/b].jsonl")
    assert run.returncode == 1
    assert "x[bold][/b].jsonl" in run.stdout


def test_an_output_that_is_a_pipe_or_a_link_is_written_to(tmp_path: Path) -> None:
    target, link = tmp_path / "claims.csv", tmp_path / "link.csv"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    assert claimspans("ledger", "--csv", link).returncode == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("doc,claim,event")
    assert claimspans("ledger", "--csv", os.devnull).returncode == 0
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("name", ["show", "run", "schema"])  # the others are called with it above
def test_every_command_speaks_json(name: str, tmp_path: Path) -> None:
    predictions = f"file:{ROOT / 'submissions' / 'rules' / 'predictions.jsonl'}"
    args = {"run": [predictions, "--out", str(tmp_path)], "show": ["003"]}.get(name, [])
    shown = claimspans(name, *args, "--json").stdout
    assert isinstance(json.loads(shown), dict)


@pytest.mark.parametrize("command", sorted(cli.list_commands(None)))  # type: ignore[arg-type]
def test_every_command_has_help_with_an_example(command: str) -> None:
    run = claimspans(command, "--help")
    assert run.returncode == 0
    assert f"claimspans {command}" in run.stdout.partition("Example:")[2]
