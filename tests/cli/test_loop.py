"""An engineer's loop: a system is changed, run and scored again, and every step says what happened and why."""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from claimspans.data.layer import Layer
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import Document, Span
from claimspans.scoring.score import score

from ..helpers.command import claimspans
from ..helpers.places import ROOT, Write
from ..helpers.waiting import until

RULES = ROOT / "submissions" / "rules"

YEARS = """
import re

def place(found):
    return {place}

def extract(article):
    return [
        {{"label": {label!r}, "start": found.start(), "end": place(found)}}
        for found in re.finditer(r"20\\d\\d", article["text"])
    ]
"""


def system(folder: Path, *, place: str = "found.end()", label: str = "DATE") -> None:
    (folder / "mine.py").write_text(YEARS.format(place=place, label=label), encoding="utf-8")


@pytest.mark.slow
def test_a_changed_system_is_run_afresh_and_the_run_before_is_kept(tmp_path: Path) -> None:
    system(tmp_path)
    run = ("score", "py:mine:extract", "--workers", "1", "--scheme", "strict")
    first = claimspans(*run, cwd=tmp_path)
    assert (first.returncode, "Begun afresh" in first.stderr) == (0, False)
    before = (tmp_path / "runs" / "py-mine-extract" / "predictions.jsonl").read_text(encoding="utf-8")
    for place in ("found.start()", "{'x': 1}['k']"):  # what found nothing takes the place of no run that did
        system(tmp_path, place=place)
        changed = claimspans(*run, cwd=tmp_path)
        assert "Begun afresh; changed since the run before: the extractor's code" in changed.stderr
        kept = tmp_path / "runs" / "py-mine-extract.previous"
        assert (kept / "predictions.jsonl").read_text(encoding="utf-8") == before
    system(tmp_path, place="found.end() + 1")
    claimspans(*run, cwd=tmp_path)
    compared = claimspans("compare", "runs/py-mine-extract", "runs/py-mine-extract.previous", cwd=tmp_path)
    assert compared.returncode == 0, compared.stderr


@pytest.mark.slow
def test_a_part_of_a_run_is_kept_only_where_there_is_no_whole_one(tmp_path: Path) -> None:
    system(tmp_path)
    alone = ("score", "py:mine:extract", "--workers", "1", "--brief", "--only", "000")
    kept = tmp_path / "runs" / "py-mine-extract.previous" / "predictions.jsonl"
    lines = []
    for place, run in (("found.end()", alone), ("found.end() + 1", alone[:-2]), ("found.end() + 2", alone)):
        system(tmp_path, place=place)
        assert claimspans(*run, cwd=tmp_path).returncode == 0
        lines.append(len(kept.read_text(encoding="utf-8").splitlines()) if kept.exists() else 0)
    system(tmp_path, place="found.end() + 3")
    assert claimspans(*alone, cwd=tmp_path).returncode == 0
    lines.append(len(kept.read_text(encoding="utf-8").splitlines()))
    assert lines == [0, 1, 5, 5]


@pytest.mark.slow
def test_a_folder_that_was_named_keeps_its_run(tmp_path: Path) -> None:
    system(tmp_path)
    run = ("score", "py:mine:extract", "--workers", "1", "--out", "kept")
    assert claimspans(*run, cwd=tmp_path).returncode == 0
    system(tmp_path, place="found.end() + 1")
    refused = claimspans(*run, cwd=tmp_path)
    assert refused.returncode == 2
    assert "holds another run: changed since are the extractor's code" in refused.stderr
    assert "--fresh" in refused.stderr
    assert claimspans(*run, "--fresh", cwd=tmp_path).returncode == 0


@pytest.mark.slow
def test_a_failure_shows_the_user_s_frames_and_its_article_can_be_run_alone(tmp_path: Path) -> None:
    system(tmp_path, place="{'x': 1}['k']")
    failed = claimspans("score", "py:mine:extract", "--workers", "1", cwd=tmp_path)
    assert failed.returncode == 3
    noted = json.loads((tmp_path / "runs" / "py-mine-extract" / "errors.jsonl").read_text().splitlines()[0])
    for said in (failed.stderr, noted["traceback"]):
        assert f'File "{tmp_path / "mine.py"}", line 5, in place' in said
        assert "KeyError: 'k'" in said
        assert "claimspans/extractors" not in said
    assert "give the same command with --only 000" in failed.stderr
    again = claimspans("score", "py:mine:extract", "--workers", "1", "--only", "000", cwd=tmp_path)
    assert "run py:mine" not in again.stderr
    assert "(5 failed)" in again.stderr  # the same code: it is run again, the others are as they were
    assert len((tmp_path / "runs" / "py-mine-extract" / "errors.jsonl").read_text().splitlines()) == 6
    system(tmp_path)
    mended = claimspans(
        "score", "py:mine:extract", "--workers", "1", "--only", "000", "--scheme", "strict", cwd=tmp_path
    )
    assert mended.returncode == 0
    assert "in 1 article (1 done)" in mended.stderr
    assert "docs 1 " in mended.stdout
    assert re.search(r"^micro +74 ", mended.stdout, re.MULTILINE)  # the gold of that article alone


@pytest.mark.slow
def test_what_the_interpreter_refuses_is_shown_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("def extract(:\n", encoding="utf-8")
    refused = claimspans("run", "py:mine:extract", cwd=tmp_path)
    assert refused.returncode == 2
    assert "mine cannot be imported: SyntaxError" in refused.stderr
    assert f'File "{tmp_path / "mine.py"}", line 1' in refused.stderr
    assert "importlib" not in refused.stderr


@pytest.mark.slow
def test_what_a_program_said_last_is_said_with_its_failure(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text("import sys\nsys.exit('no model here')\n", encoding="utf-8")
    failed = claimspans("run", f"cmd:{sys.executable} program.py", "--workers", "1", "--only", "000", cwd=tmp_path)
    assert failed.returncode == 3
    assert "ended with exit code 1; its last words: no model here" in failed.stderr.replace("\n", "")


@pytest.mark.slow
def test_where_nothing_could_be_used_the_first_of_each_kind_is_shown_and_the_exit_code_is_1(tmp_path: Path) -> None:
    system(tmp_path, label="date")
    refused = claimspans("score", "py:mine:extract", "--workers", "1", cwd=tmp_path)
    assert refused.returncode == 1
    assert "label-unknown, first in 000: 'date'; expected one of SPEAKER" in refused.stderr
    assert "Nothing that the system gave could be used" in refused.stderr


def test_no_option_of_a_run_is_ignored_for_a_file(write: Write) -> None:
    path = write({"doc": "003", "label": "QUANTITY", "start": 29, "end": 51})
    for option in (("--workers", "3"), ("--fresh",), ("--timeout", "60"), ("--out", "x"), ("-o", "a=b")):
        refused = claimspans("score", path, *option)
        assert refused.returncode == 2, option
        assert f"is an option of a run, and {path} holds predictions" in refused.stderr
    assert claimspans("score", path, "--format", "csv", "--errors").returncode == 2


MAP = ("--map", "AMOUNT=QUANTITY,WHEN=DATE")


def test_a_label_map_and_a_reading_hold_for_files_wherever_they_are_scored(write: Write, tmp_path: Path) -> None:
    spans = [{"label": "GPE", "start": 0, "end": 3}, {"label": "AMOUNT", "start": 29, "end": 50}]
    path = write({"doc": "texts/003.txt", "spans": spans}, {"doc": "001", "label": "WHEN", "start": 5, "end": 8})
    read = (*MAP, "--read-as", "inclusive", "--read-as", "ids")
    run = claimspans("score", path, *read, "--json", "--brief")
    assert run.returncode == 0, run.stderr
    scored = json.loads(run.stdout)
    labels = scored["schemes"]["strict"]["labels"]
    assert (labels["QUANTITY"]["COR"], labels["DATE"]["ACT"]) == (1, 1)
    assert "Left out by the label map: 1 GPE." in scored["notes"]
    compared = json.loads(claimspans("compare", path, f"b={path}", *read, "--json").stdout)
    board = json.loads(claimspans("leaderboard", path, *read, "--json").stdout)
    told = claimspans("report", path, *read, "--json", cwd=tmp_path)
    wanted = scored["schemes"]["strict"]["micro"]
    assert compared["systems"]["b"]["micro"]["COR"] == wanted["COR"] == 1
    assert board["systems"][0]["score"]["schemes"]["strict"]["micro"] == wanted | {
        "interval": board["systems"][0]["score"]["schemes"]["strict"]["micro"]["interval"]
    }
    outcomes = [json.loads(line) for line in told.stdout.splitlines()]
    assert [one["doc"] for one in outcomes if one["kind"] == "correct"] == ["003"]
    shown = claimspans("leaderboard", path, *MAP, "--read-as", "inclusive", "--read-as", "ids", cwd=tmp_path).stdout
    assert f"`claimspans leaderboard {path} --map AMOUNT=QUANTITY,WHEN=DATE --read-as inclusive --read-as ids`" in shown
    assert claimspans("report", path, *read, "--out", "page.html", cwd=tmp_path).returncode == 0
    assert "Left out by the label map: 1 GPE." in (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [("score",), ("report",), ("leaderboard",), ("compare", "b=submissions/rules")])
def test_a_map_to_no_label_is_refused_wherever_files_are_scored(command: tuple[str, ...], write: Write) -> None:
    path = write({"doc": "003", "label": "AMOUNT", "start": 29, "end": 51})
    refused = claimspans(*command, path, "--map", "AMOUNT=COUNT", cwd=ROOT)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "AMOUNT=COUNT: expected one of SPEAKER" in refused.stderr


def test_what_is_read_already_is_not_read_otherwise(gold: Layer) -> None:
    with pytest.raises(ClaimspansError, match="Documents are read already"):
        score(gold, list(gold), read_as=["utf16"])
    result = score(gold, [{"doc": "003", "label": "AMOUNT", "start": 29, "end": 51}], label_map={"AMOUNT": "QUANTITY"})
    assert result["strict"].micro.COR == 1


def test_spans_alone_are_answered_with_spans_alone(write: Write) -> None:
    path = write({"doc": "003", "label": "QUANTITY", "start": 29, "end": 51})
    whole = claimspans("score", path).stdout
    assert "attributes of strictly" not in whole
    assert "whole " not in whole
    assert "The system states no attributes and no claims: none are shown." in whole
    brief = claimspans("score", RULES, "--brief", "--scheme", "strict").stdout
    assert [line for line in brief.splitlines() if line.startswith("label ")] == [
        next(line for line in brief.splitlines() if line.startswith("label "))
    ]
    assert "attribute" not in brief
    result = score([Document(doc="1", spans=(Span(label="A", start=0, end=2),))], [])
    assert result.stated == {}


def test_articles_stand_worst_first(write: Write) -> None:
    path = write({"doc": "003", "label": "QUANTITY", "start": 29, "end": 51})
    shown = claimspans("score", path, "--scheme", "strict").stdout.partition("strict by article, worst first")[2]
    assert [line.split()[0] for line in shown.splitlines()[2:7]] == ["000", "001", "002", "004", "003"]
    found = json.loads(claimspans("score", path, "--json").stdout)["schemes"]["strict"]["articles"]
    assert (found["003"]["COR"], found["000"]["COR"]) == (1, 0)


def test_errors_are_listed_in_their_sentences(write: Write, gold: Layer) -> None:
    path = write({"doc": "003", "label": "QUANTITY", "start": 34, "end": 51, "value": 16000})
    shown = claimspans("score", path, "--only", "003", "--errors").stdout
    assert "003 boundary QUANTITY 29–51\n" in shown
    assert "[QUANTITY over {QUANTITY 16,500 containers}]" in shown
    listed = json.loads(claimspans("score", path, "--only", "003", "--errors", "--json").stdout)["errors"]
    assert [one["kind"] for one in listed].count("boundary") == 1
    result = score(list(gold), path)
    kinds = [error.kind for error in result.errors()]
    assert kinds.count("boundary") == 1
    assert len(kinds) == sum(len(document.spans) for document in gold)


def test_the_errors_of_files_of_spans_are_read_again(write: Write) -> None:
    gold = write({"doc": "a", "label": "X", "start": 0, "end": 3}, name="gold.jsonl")
    path = write({"doc": "a", "label": "X", "start": 1, "end": 3})
    assert [error.kind for error in score(gold, path).errors()] == ["boundary"]


def test_signs_of_markup_and_of_other_formats_are_shown_as_they_are(write: Write) -> None:
    gold = write({"doc": "a|b_c", "text": "Ann met Bob.", "spans": [{"label": "[red]P|Q", "start": 0, "end": 3}]})
    told = write({"doc": "a|b_c", "label": "[red]P|Q", "start": 0, "end": 3}, name="told.jsonl")
    shown = {
        form: claimspans("score", told, "--gold", gold, "--format", form) for form in ("table", "markdown", "latex")
    }
    assert "\n[red]P|Q " in shown["table"].stdout
    assert "| [red]P\\|Q | 1 |" in shown["markdown"].stdout
    assert "[red]P|Q & 1 &" in shown["latex"].stdout


def test_a_score_is_printed_in_every_format() -> None:
    shown = {form: claimspans("score", RULES, "--format", form).stdout for form in ("markdown", "latex", "csv", "json")}
    assert "| micro | 294 |" in shown["markdown"]
    assert "micro & 294 &" in shown["latex"]
    assert shown["latex"].count(r"\begin{tabular}") == shown["latex"].count(r"\end{tabular}") > 2
    rows = list(csv.DictReader(io.StringIO(shown["csv"])))
    found = json.loads(shown["json"])["schemes"]
    for row in rows:
        counts = found[row["scheme"]]["micro" if row["label"] == "all" else "labels"]
        counts = counts if row["label"] == "all" else counts[row["label"]]
        assert (int(row["COR"]), row["f1"]) == (counts["COR"], str(counts["f1"]))
    assert len(rows) == 4 * 6


def test_print_shows_the_tables(gold: Layer) -> None:
    result = score(gold, gold)
    lines = str(result).splitlines()
    assert lines[0] == "strict"
    assert any(line.startswith("micro ") and line.endswith("1.000  1.000  1.000") for line in lines)
    assert lines[-1] == result.signature
    assert list(result.to_frame("article")["article"][:5]) == ["000", "001", "002", "003", "004"]


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (("strict.f1=.9",), 0, ""),
        (("strict.f1=.99",), 1, "expected at least 0.99"),
        (("strict.STANCE.recall=.99", "type.macro.f1=.1"), 1, "strict.STANCE.recall is 0."),
        (("iou0.5.DATE.f1=1",), 0, ""),
        (("claims.whole.f1=.9",), 1, "claims.whole.f1 is"),
        (("QUANTITY.value.accuracy=.1",), 0, ""),
        (("strict.f1",), 2, "no threshold; expected FIGURE=NUMBER"),
        (("strict.f1=80",), 2, "no threshold"),
        (("strict.COLOUR.f1=.8",), 2, "no figure of this score"),
        (("lenient.f1=.8",), 2, "no figure of this score"),
    ],
)
def test_a_figure_under_its_threshold_ends_with_1(given: tuple[str, ...], code: int, said: str) -> None:
    options = [word for each in given for word in ("--fail-under", each)]
    run = claimspans("score", RULES, "--brief", *options)
    assert run.returncode == code, run.stderr
    assert said in run.stderr
    assert len(run.stderr.splitlines()) == (1 if code else 0) or code == 2


def _watched(out: Path, rounds: int) -> bool:
    return out.read_text().count("Watching mine.py") == rounds


@pytest.mark.slow
def test_watch_scores_again_on_save_and_outlives_a_broken_file(tmp_path: Path) -> None:
    system(tmp_path)
    out = tmp_path / "out"
    command = [sys.executable, "-P", "-m", "claimspans", "score", "py:mine:extract", "--workers", "1", "--watch"]
    with out.open("w") as into, subprocess.Popen(command, cwd=tmp_path, stdout=into, stderr=into) as watching:
        try:
            for rounds, place in enumerate((None, "1 +", "found.end() + 1"), 1):
                if place is not None:
                    system(tmp_path, place=place)
                until(partial(_watched, out, rounds))
            watching.send_signal(signal.SIGINT)
            assert watching.wait(60) == 0
        finally:
            watching.kill()
    said = out.read_text()
    assert said.count("\nmicro ") == 4  # two schemes, two rounds
    assert "SyntaxError" in said
