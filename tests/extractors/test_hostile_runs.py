"""Extractors and run folders that mean ill: floods, children that hide, echoed secrets, lines that nobody wrote."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from claimspans.data.problems import ClaimspansError
from claimspans.data.records import Document
from claimspans.extractors.run import Limits, run
from claimspans.extractors.run.log import LARGEST
from claimspans.extractors.secrets import KEY, TOKEN, blanked_json

from ..helpers.command import claimspans
from ..helpers.places import ROOT
from ..helpers.waiting import until

pytestmark = pytest.mark.slow

ARTICLES = [Document(doc=doc, text="ten shells") for doc in "abc"]
GOOD = '{"doc": json.loads(line)["doc"], "spans": []}'


def program(folder: Path, body: str) -> str:
    """A URI of a program that does something before each of its answers."""
    path = folder / "program.py"
    indented = "\n    ".join(body.splitlines())
    path.write_text(
        "import json, os, signal, subprocess, sys, time\n"
        f"for line in sys.stdin:\n    {indented}\n    print(json.dumps({GOOD}), flush=True)\n"
    )
    return f"cmd:{sys.executable} {path}"


def test_a_program_that_floods_stderr_fills_no_disk(tmp_path: Path) -> None:
    uri = program(tmp_path, 'sys.stderr.write("begun " + "x" * 20_000_000 + " ended"); sys.stderr.flush()')
    tally = run(uri, ARTICLES, tmp_path / "run", workers=1)
    log = tmp_path / "run" / "log" / "worker-0.txt"
    assert tally.statuses["done"] == 3
    assert log.stat().st_size <= LARGEST
    said = log.read_text()
    assert said.startswith("begun xxx")
    assert said.endswith("xxx ended")
    assert "bytes left out" in said


def processes(marked: str) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if marked in path.read_bytes().decode(errors="replace"):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


HIDING = """
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execvp("sleep", ["sleep", "{seconds}"])
    os._exit(0)
subprocess.Popen(["sleep", "{seconds}"], start_new_session=True)
{then}
"""


@pytest.mark.skipif(sys.platform != "linux", reason="nothing else has subreapers")
@pytest.mark.parametrize("then", ["pass", "time.sleep(3600)", "os._exit(3)", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_children_that_leave_the_group_end_with_their_program(then: str, tmp_path: Path) -> None:
    seconds = f"3600.{tmp_path.stat().st_ino}"  # no other process has this
    uri = program(tmp_path, HIDING.format(seconds=seconds, then=then).strip())
    run(uri, ARTICLES[:1], tmp_path / "run", workers=1, limits=Limits(timeout=2, load_timeout=5))
    until(lambda: not processes(seconds))


def test_a_secret_that_an_extractor_echoes_stands_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "tok-9f8e7d6c5b4a")
    monkeypatch.setenv(KEY, "sk-0123456789abcdef")
    (tmp_path / "echo.py").write_text(
        "import os, sys\n"
        "def extract(article):\n"
        f"    said = os.environ['{TOKEN}'] + ' ' + os.environ['{KEY}']\n"
        "    print(said); sys.stderr.write(said[:9]); sys.stderr.flush(); sys.stderr.write(said[9:])\n"
        "    if article['doc'] == 'c': raise ValueError(said)\n"
        "    return {'spans': [{'label': said, 'start': 0, 'end': 3}], 'usage': {said: 1}}\n"
    )
    uri = f"py:{tmp_path / 'echo.py'}:extract"
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps({"doc": one.doc, "text": one.text, "spans": []}) + "\n" for one in ARTICLES))
    ran = claimspans("run", uri, "--articles", path, "--out", tmp_path / "run", "--workers", "1")
    said = r'{"doc": "a", "error": "\\u0074ok%s"}'
    foreign = program(tmp_path, f"print('{said}' % os.environ['{TOKEN}'][3:])")
    other = claimspans("run", foreign, "--articles", path, "--out", tmp_path / "other", "--only", "a")
    shown = ran.stdout + ran.stderr + other.stdout + other.stderr
    files = [file for folder in ("run", "other") for file in (tmp_path / folder).rglob("*") if file.is_file()]
    written = "".join(file.read_text() for file in files)
    assert "9f8e7d6c5b4a" not in shown + written
    assert "0123456789abcdef" not in shown + written
    assert "[key] [key]" in written
    assert (ran.returncode, other.returncode) == (3, 3)
    assert blanked_json({"a": ["x tok-9f8e7d6c5b4a"]}) == {"a": ["x [key]"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run over three articles, that is done."""
    assert run(program(tmp_path, "pass"), ARTICLES, tmp_path / "run", workers=1).left == 0
    return tmp_path / "run"


def again(folder: Path) -> int:
    return run(program(folder.parent, "pass"), ARTICLES, folder, workers=1).statuses["done"]


def test_a_line_that_stands_twice_is_there_once_after_a_resume(folder: Path) -> None:
    path = folder / "predictions.jsonl"
    before = path.read_bytes()
    first = before.splitlines(keepends=True)[0]
    path.write_bytes(before + first)
    assert again(folder) == 3
    assert path.read_bytes() == before
    path.write_bytes(before + first.replace(b"[]", b'[{"label":"ITEM","start":0,"end":3}]', 1))
    with pytest.raises(ClaimspansError, match=r"predictions\.jsonl:4: article a stands in an earlier line"):
        again(folder)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"doc": "x", "status": "done", "spans": []}', "has article x, which this run is not over"),
        ('{"doc": "a", "spans": [{"end": "9"}]}', "not a line of a run"),
        ('{"doc": "a", "spans": [{}]}', "not a line of a run"),
        ("[" * 100_000, "not a line of a run"),
    ],
)
def test_a_line_that_the_run_did_not_write_is_said(line: str, said: str, folder: Path) -> None:
    with (folder / "predictions.jsonl").open("a") as file:
        file.write(line + "\n")
    with pytest.raises(ClaimspansError, match=said):
        again(folder)


def test_what_a_killed_run_left_beside_its_files_goes(folder: Path) -> None:
    left = [folder / name for name in (".manifest.json.abcd_123", ".predictions.jsonl.x1y2z3w4")]
    for path in left:
        path.touch()
    (folder / ".mine").touch()
    assert again(folder) == 3
    assert not any(path.exists() for path in left)
    assert (folder / ".mine").exists()


CALLS: dict[str, Callable[[Path, Path], list[str | Path]]] = {
    "predictions": lambda run, _: ["report", run, "--out", run / "predictions.jsonl"],
    "file": lambda run, _: ["report", run / "predictions.jsonl", "--out", run / "predictions.jsonl"],
    "manifest": lambda run, _: ["leaderboard", run, "--out", run / "manifest.json"],
    "gold": lambda run, layer: ["leaderboard", run, "--gold", layer / "003.jsonl", "--out", layer / "003.jsonl"],
    "layer": lambda run, layer: ["report", run, "--layer", layer, "--out", layer / "003.jsonl"],
    "map": lambda run, layer: ["report", run, "--map", layer / "003.jsonl", "--out", layer / "003.jsonl"],
    "shown": lambda run, _: ["show", "--predictions", run, "--html", run / "predictions.jsonl"],
    "csv": lambda _, layer: ["ledger", "--layer", layer, "--csv", layer / "003.jsonl"],
    "agree": lambda _, layer: ["agree", layer, "pass-a", "--markdown", layer / "003.jsonl"],
    "diff": lambda _, layer: ["diff", "pass-a", layer, "--markdown", layer / "003.jsonl"],
}


@pytest.mark.parametrize("call", CALLS)
def test_no_command_writes_over_what_it_reads(call: str, folder: Path, gold_layer: Path) -> None:
    before = {path: path.read_bytes() for of in (folder, gold_layer) for path in of.rglob("*.json*")}
    ran = claimspans(*CALLS[call](folder, gold_layer))
    assert ran.returncode == 2
    assert "is read by this command, and would be overwritten" in ran.stderr
    assert before == {path: path.read_bytes() for path in before}


@pytest.fixture
def gold_layer(tmp_path: Path) -> Path:
    layer = tmp_path / "layer"
    layer.mkdir()
    for path in (ROOT / "annotations" / "gold").glob("*.jsonl"):
        (layer / path.name).write_bytes(path.read_bytes())
    return layer
