"""Runs: whatever an extractor does, every article is accounted for, and a run in parts is the same as a whole one."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from claimspans.data.manifest import read_manifest
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import Document, Span
from claimspans.data.schema import Schema
from claimspans.extractors import Answer, Article, Setting, parse
from claimspans.extractors.run import Limits, process, run
from claimspans.extractors.run.workers import Hire, Worker
from claimspans.scoring.score import score

from ..helpers.command import claimspans
from ..helpers.places import ROOT
from ..helpers.waiting import until

SYSTEMS = ROOT / "tests" / "helpers" / "systems"
FAULTY = f"py:{SYSTEMS / 'faulty.py'}:extract"
SLOW = f"py:{SYSTEMS / 'faulty.py'}:slow"
TALKER = f"cmd:{sys.executable} {SYSTEMS / 'talker.py'}"
PATIENT = Limits(timeout=90, load_timeout=300, memory=1 << 30)
"""What a system that does its work may take, on a machine that does other things, too."""

pytestmark = pytest.mark.slow


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[process.Ask]:
    """What processes are asked; an article on which one hangs has half a second, whatever the others have."""
    seen: list[process.Ask] = []
    ask = process.LineProcess.ask

    def soon(self: process.LineProcess, asked: process.Ask) -> dict[str, Answer]:
        seen.append(asked)
        kinds = {doc.partition("-")[0] for doc in asked.docs}
        if not kinds & {"hang", "babble"}:
            return ask(self, asked)
        if "babble" in kinds:
            monkeypatch.setattr(self, "receive", partial(_babbled, self))
        return ask(self, msgspec.structs.replace(asked, timeout=0.5))

    monkeypatch.setattr(process.LineProcess, "ask", soon)
    return seen


def _babbled(self: process.LineProcess, timeout: float, memory: int | None, began: float) -> dict[str, Any]:
    """Read it when its time is over and more has been said than is read ahead."""
    until(lambda: self._lines.full() and time.monotonic() > began + timeout)
    return process.LineProcess.receive(self, timeout, memory, began)


def articles(*kinds: str) -> list[Document]:
    return [Document(doc=f"{kind}-{number}", text="🚀 shells, and more") for number, kind in enumerate(kinds)]


def lines(folder: Path) -> dict[str, dict[str, Any]]:
    found = [json.loads(line) for line in (folder / "predictions.jsonl").read_text().splitlines()]
    assert len({line["doc"] for line in found}) == len(found)
    return {line["doc"].partition("-")[0]: line for line in found}


def nested(folder: Path, documents: list[Document]) -> Path:
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps({"doc": one.doc, "text": one.text, "spans": []}) + "\n" for one in documents))
    return path


FAULTS = {
    "exit": ("crash", "ended with exit code 3", 2),
    "segfault": ("crash", "killed by SIGSEGV", 2),
    "hang": ("timeout", "no answer within", 1),
    "memory": ("memory", "more than 1024 MiB", 1),
    "raise": ("error", "ValueError: what it cannot read", 1),
    "permanent": ("error", "no such language", 1),
    "wrong": ("protocol", "article 'another', which it was not asked for", 2),
    "none": ("error", "the function gave NoneType", 1),
    "text": ("invalid", "spans is str, not an array", 1),
    "busy": ("unavailable", "come back", 5),
}
REJECTED = {
    "nan": "json-broken",
    "infinite": "json-broken",
    "range": "offset-range",
    "reversed": "offset-reversed",
    "mismatch": "text-mismatch",
    "label": "label-unknown",
    "string": "field-value",
    "float": "field-value",
    "negative": "field-value",
    "nothing": "field-missing",
    "quote": "quote-missing",
    "half": "quote-missing",
}


@pytest.mark.parametrize("batch", [1, 4])
def test_every_fault_costs_its_own_article_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schema: Schema, batch: int, asked: list[process.Ask]
) -> None:
    monkeypatch.setenv("FAULTY_FOLDER", str(tmp_path))
    kinds = [*FAULTS, *REJECTED, "good", "noise", "twice", "once", "end"]
    documents = articles(*kinds)
    tally = run(FAULTY, documents, tmp_path / "run", limits=PATIENT, batch=batch, workers=2)
    found = lines(tmp_path / "run")
    assert any(docs == ("hang-2",) for docs in (one.docs for one in asked))
    assert list(found) == kinds  # in the order of the articles, whatever the order in which they were done

    for kind, (reason, detail, attempts) in FAULTS.items():
        assert found[kind]["status"] == "failed"
        assert found[kind]["spans"] == []
        assert found[kind]["error"]["kind"] == reason, kind
        assert detail in found[kind]["error"]["detail"], kind
        assert found[kind]["error"]["attempts"] >= attempts, kind
        if batch == 1:
            assert found[kind]["error"]["attempts"] == attempts, kind
    for kind, reason in REJECTED.items():
        assert found[kind]["status"] == "partial", kind
        assert len(found[kind]["spans"]) == 1, kind
        assert [one["reason"] for one in found[kind]["rejected"]] == [reason], kind
    for kind in ("good", "noise", "twice", "once", "end"):
        assert (found[kind]["status"], len(found[kind]["spans"])) == ("done", 1), kind

    assert tally.statuses == Counter(failed=len(FAULTS), partial=len(REJECTED), done=5)
    assert tally.left == 0
    assert (tmp_path / "run" / "log" / "worker-0.txt").exists()
    noted = [json.loads(line) for line in (tmp_path / "run" / "errors.jsonl").read_text().splitlines()]
    assert {one["doc"].partition("-")[0] for one in noted} >= {*FAULTS, "twice", "once"}

    gold = [Document(doc=one.doc, text=one.text, spans=(Span(label="ITEM", start=0, end=5),)) for one in documents]
    result = score(gold, tmp_path / "run", schema=schema)
    micro = result["strict"].micro
    assert (len(REJECTED) + 5, len(FAULTS)) == (micro.COR, micro.MIS)
    assert len(REJECTED) == micro.SPU
    assert result["strict"].labels["WEAPON"].SPU == 1
    assert result["strict"].labels["(none)"].SPU == 1
    assert result.completed["strict"].recall == 1.0
    assert any(f"failed on {len(FAULTS)} of {len(kinds)} articles" in note for note in result.notes)
    assert any("1 text-mismatch" in note for note in result.notes)


@pytest.mark.usefixtures("asked")
def test_a_program_that_speaks_the_protocol_badly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "LONGEST_ANSWER", 100_000)
    expected = {
        "good": None,
        "broken": "an answer that is not JSON",
        "wrong": "which it was not asked for",
        "exit": "ended with exit code 4",
        "hang": "no answer within 0.5 s",
        "long": "an answer of more than",
        "noise": None,
        "babble": "no answer within 0.5 s, only other lines",
        "list": "which it was not asked for",
        "deep": "an answer that cannot be read: RecursionError",
        "large": None,
        "later": "busy",
        "end": None,
    }
    # Its first article may take as long as loading: a worker that has just been started is given a good one.
    documents = articles(*(kind for each in expected for kind in (each, f"fill{each}")))
    run(TALKER, documents, tmp_path / "run", limits=PATIENT, workers=1)
    found = lines(tmp_path / "run")
    for kind, detail in expected.items():
        if detail is None:
            assert found[kind]["status"] == "done"
        else:
            assert detail in found[kind]["error"]["detail"]
    assert all(found[f"fill{kind}"]["status"] == "done" for kind in expected)
    assert "1 article read" in (tmp_path / "run" / "log" / "worker-0.txt").read_text()


def test_a_program_may_count_as_javascript_does_and_write_nan(tmp_path: Path) -> None:
    run(TALKER, articles("utf16", "nan"), tmp_path / "run", limits=PATIENT, workers=1)
    found = lines(tmp_path / "run")
    assert [(one["start"], one["text"]) for one in found["utf16"]["spans"]] == [(2, "shells")]
    assert [one["reason"] for one in found["nan"]["rejected"]] == ["json-broken"]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_was_stopped_goes_on_and_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    """kill -9 of the harness between two articles, or Ctrl-C; then its last line is torn off in the middle as well."""
    documents = articles(*["good"] * 12)
    path = nested(tmp_path, documents)
    options = ["--articles", str(path), "--workers", "2"]
    monkeypatch.setenv("FAULTY_FOLDER", str(tmp_path))  # the half of them waits for a file in it
    killed = subprocess.Popen(
        [sys.executable, "-m", "claimspans", "run", SLOW, "--out", "killed", *options],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    )
    predictions = tmp_path / "killed" / "predictions.jsonl"
    until(lambda: predictions.exists() and predictions.read_bytes().count(b"\n") >= 3)
    workers = _children(killed.pid)
    killed.send_signal(how)
    said = killed.communicate()[1]
    (tmp_path / "go").touch()
    assert ("the same command goes on from there" in said) == (how == signal.SIGINT)
    assert "Traceback" not in said
    before = predictions.read_bytes()
    assert 3 <= before.count(b"\n") < 12
    predictions.write_bytes(before + b'{"doc": "good-11", "spa')
    until(lambda: not any(_alive(pid) for pid in workers))

    resumed = claimspans("run", SLOW, "--out", "killed", *options, cwd=tmp_path)
    whole = claimspans("run", SLOW, "--out", "whole", *options, cwd=tmp_path)
    assert (resumed.returncode, whole.returncode) == (0, 0), resumed.stderr + whole.stderr
    assert predictions.read_bytes() == (tmp_path / "whole" / "predictions.jsonl").read_bytes()
    manifest = read_manifest(tmp_path / "killed")
    assert manifest is not None
    assert len(manifest.resumed) == 1
    assert manifest.ended is not None


def _children(pid: int) -> list[int]:
    import psutil

    return [child.pid for child in psutil.Process(pid).children(recursive=True)]


def _alive(pid: int) -> bool:
    import psutil

    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """A quota of 4 KiB a file, which the twelve articles' lines pass; without it the same command goes on."""
    documents = articles(*["good"] * 60)
    command = ["run", FAULTY, "--out", "run", "--articles", str(nested(tmp_path, documents)), "--workers", "1"]
    quota = f"ulimit -f 4; exec {sys.executable} -m claimspans {' '.join(command)}"
    full = subprocess.run(["bash", "-c", quota], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert full.returncode == 2
    assert "File too large; what was done is kept" in full.stderr
    assert "Traceback" not in full.stderr
    kept = (tmp_path / "run" / "predictions.jsonl").read_bytes()
    assert kept.endswith(b"\n")
    assert 0 < kept.count(b"\n") < 60
    assert claimspans(*command, cwd=tmp_path).returncode == 0
    assert len((tmp_path / "run" / "predictions.jsonl").read_text().splitlines()) == 60


def test_a_run_goes_on_only_with_what_it_began_with(tmp_path: Path) -> None:
    documents = articles("good", "good")
    run(FAULTY, documents, tmp_path / "run", limits=PATIENT, only=["good-0"], workers=1)
    assert list(lines(tmp_path / "run")) == ["good"]
    more = [*documents, Document(doc="third", text="arms")]
    cases: list[tuple[str, dict[str, Any]]] = [
        ("the articles", {"documents": more}),
        ("the label map", {"label_map": {"ITEM": "DATE"}}),
        ("the extractor (", {"system": SLOW}),
    ]
    for said, change in cases:
        given: dict[str, Any] = {
            "system": FAULTY,
            "documents": documents,
            "folder": tmp_path / "run",
            "limits": PATIENT,
        }
        with pytest.raises(ClaimspansError, match="holds another run: changed since") as error:
            run(**(given | change))
        assert said in str(error.value)
    again = run(FAULTY, documents, tmp_path / "run", limits=PATIENT, workers=1)
    assert (again.settled, again.left) == (2, 0)
    fresh = run(SLOW, more, tmp_path / "run", limits=PATIENT, fresh=True, workers=1)
    assert fresh.settled == 3


def helped(folder: Path, start: int) -> str:
    """A system of which another module says where its span begins; it dies once, of article b, and is mended."""
    (folder / "kit").mkdir(exist_ok=True)
    (folder / "kit" / "places.py").write_text(f"START = {start}\n")
    (folder / "helped.py").write_text(
        "import json, os, pathlib\n"
        "import rich\n"
        "from kit import places\n"
        "HERE = pathlib.Path(__file__).parent\n"
        "def extract(a):\n"
        "    if a['doc'] == 'b-1' and not (HERE / 'died').exists():\n"
        "        (HERE / 'died').touch()\n"
        "        (HERE / 'kit' / 'places.py').write_text('START = 2  # mended')\n"
        "        os._exit(1)\n"
        "    return [{'label': 'ITEM', 'start': places.START, 'end': 8}]\n"
    )
    return f"py:{folder / 'helped.py'}:extract"


def test_one_run_has_one_version_of_all_modules_of_an_extractor(tmp_path: Path) -> None:
    uri, folder, documents = helped(tmp_path, 3), tmp_path / "run", articles("a", "b", "c")
    with pytest.raises(ClaimspansError, match=r'changed while it was run \(then .*"kit.places".*What was done is kept'):
        run(uri, documents, folder, limits=PATIENT, workers=1)
    manifest = read_manifest(folder)
    assert manifest is not None
    assert set(manifest.extractor["code"]) == {"helped", "kit.places"}  # nothing installed, nothing of Python's own
    with pytest.raises(ClaimspansError, match=r'changed since are .* \(then {"code": {"kit.places": "\w+"}}, now'):
        run(uri, documents, folder, limits=PATIENT, workers=1)
    helped(tmp_path, 3)
    assert run(uri, documents, folder, limits=PATIENT, workers=1).statuses == Counter(done=3)
    assert {line["spans"][0]["start"] for line in lines(folder).values()} == {3}


def test_a_run_in_parts_counts_what_was_left_out_in_all_of_them(tmp_path: Path) -> None:
    module = tmp_path / "system.py"
    module.write_text(
        "def extract(a):\n"
        "    span = {'label': 'ITEM', 'start': 3, 'end': 8}\n"
        "    return [{**span, 'label': 'GPE'}, {**span, 'label': 'ITEM', 'colour': 'grey'}]\n"
    )
    documents = articles("a", "b", "c")
    given: dict[str, Any] = {"limits": PATIENT, "label_map": {"GPE": None}, "workers": 1}
    for only in (["a-0"], ["b-1"], []):
        run(f"py:{module}:extract", documents, tmp_path / "parts", only=only, **given)
        with (tmp_path / "parts" / "left-out.jsonl").open("a") as noted:
            # Noted, and killed before the article was written: it is run, and noted, again.
            noted.write('{"doc": "c-2", "labels": {"GPE": 1}, "attributes": 1}\n')
    run(f"py:{module}:extract", documents, tmp_path / "whole", **given)
    parts, whole = (read_manifest(tmp_path / name) for name in ("parts", "whole"))
    assert parts is not None
    assert whole is not None
    assert parts.result == whole.result
    assert (parts.result["dropped"], parts.result["attributes_left_out"]) == ({"GPE": 3}, 3)


def test_what_failed_is_run_again_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAULTY_FOLDER", str(tmp_path))
    documents = articles("permanent", "good")
    first = run(FAULTY, documents, tmp_path / "run", limits=PATIENT, workers=1)
    same = run(FAULTY, documents, tmp_path / "run", limits=PATIENT, workers=1)
    assert first.failures == same.failures == Counter(error=1)
    noted = (tmp_path / "run" / "errors.jsonl").read_text().count("\n")
    run(FAULTY, documents, tmp_path / "run", limits=PATIENT, retry_failed=True, workers=1)
    assert (tmp_path / "run" / "errors.jsonl").read_text().count("\n") == noted + 1
    assert list(lines(tmp_path / "run")) == ["permanent", "good"]


def test_what_is_not_run_again_is_kept(tmp_path: Path) -> None:
    documents = articles("permanent", "raise")
    run(FAULTY, documents, tmp_path / "run", limits=PATIENT, workers=1)
    again = run(FAULTY, documents, tmp_path / "run", limits=PATIENT, retry_failed=True, only=["raise-1"], workers=1)
    assert (again.statuses, again.left) == (Counter(failed=2), 0)
    assert again.example == ("permanent-0", "no such language")


def test_an_earlier_run_is_kept_until_a_fresh_one_can_begin(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    run(FAULTY, articles("good"), folder, limits=PATIENT, workers=1)
    before = (folder / "predictions.jsonl").read_bytes(), (folder / "manifest.json").read_bytes()
    with pytest.raises(ClaimspansError, match="cannot be imported"):
        run("py:no_such_module:extract", articles("good"), folder, limits=PATIENT, fresh=True)
    assert ((folder / "predictions.jsonl").read_bytes(), (folder / "manifest.json").read_bytes()) == before


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing", "has no function nothing; it has System, extract, later"),
        ("number", "number cannot be called, it is int"),
        ("System", "System cannot be called, it is System"),
        ("later", "later is async"),
    ],
)
def test_a_function_that_cannot_be_one_is_said_before_any_work(tmp_path: Path, name: str, said: str) -> None:
    module = tmp_path / "system.py"
    module.write_text("number = 3\ndef extract(a): return []\nclass System:\n    pass\nasync def later(a): return []\n")
    with pytest.raises(ClaimspansError, match=said):
        run(f"py:{module}:{name}", articles("good"), tmp_path / "run", limits=PATIENT)


def test_a_program_in_python_need_not_flush(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    module = tmp_path / "system.py"
    module.write_text(
        "import json, sys\nfor line in sys.stdin:\n    print(json.dumps({**json.loads(line), 'spans': []}))\n"
    )
    assert run(f"cmd:{sys.executable} {module}", articles("good"), tmp_path / "a", limits=PATIENT).statuses["done"] == 1
    silent = run("cmd:cat - /dev/null", articles("good"), tmp_path / "b", limits=PATIENT)
    assert silent.statuses["failed"] == 1  # what comes back is the article, which is no answer
    slow = Limits(timeout=0.3, load_timeout=0.3)
    hung = run("cmd:sleep 3600", articles("good"), tmp_path / "c", limits=slow)
    assert "write each answer out at once" in str(hung.example)


def test_a_system_that_always_fails_is_not_asked_all_night(tmp_path: Path) -> None:
    tally = run(FAULTY, articles(*["permanent"] * 400), tmp_path / "run", limits=PATIENT, workers=1)
    assert tally.stopped
    assert 20 <= tally.settled < 200  # up to 64 more had been answered and waited to be written
    assert tally.left == 400 - tally.settled


def test_a_program_that_never_says_a_word_is_not_waited_for_all_night(tmp_path: Path) -> None:
    limits = Limits(timeout=0.3, load_timeout=0.5)
    tally = run("cmd:sleep 3600", articles(*["good"] * 9), tmp_path / "run", limits=limits, workers=1)
    assert tally.stopped
    assert 3 <= tally.failures["timeout"] < 9


def test_a_program_ends_with_the_harness_even_if_it_reads_nothing(tmp_path: Path) -> None:
    (tmp_path / "hang.sh").write_text("sleep 3601 & sleep 3602")
    path = nested(tmp_path, articles("good"))
    harness = subprocess.Popen(
        [sys.executable, "-m", "claimspans", "run", "cmd:sh hang.sh", "--articles", str(path), "--workers", "1"],
        cwd=tmp_path,
        stderr=subprocess.DEVNULL,
    )
    until(lambda: len(_children(harness.pid)) == 4)  # the guard, the shell, and what it started
    family = _children(harness.pid)
    harness.kill()
    harness.wait()
    until(lambda: not any(_alive(pid) for pid in family))


def test_a_restarted_worker_waits_as_long_as_the_first_article_took(tmp_path: Path, asked: list[process.Ask]) -> None:
    """Not as long as loading may take: that has been seen."""
    limits = Limits(timeout=90, load_timeout=9000)
    tally = run(TALKER, articles("good", "exit", "hang", "good"), tmp_path / "run", limits=limits, workers=1)
    assert tally.statuses == Counter(done=2, failed=2)
    first, *others = (one.timeout or 0 for one in asked)
    assert first == 9000
    assert len(others) >= 3
    assert all(90 <= each < 3000 for each in others)


def test_a_batch_has_no_more_time_than_its_articles_have(tmp_path: Path) -> None:
    """A program that answers in time each time, and never comes to an end."""
    steps = "".join(f'sleep 0.6; echo \'{{"doc": "{doc}"}}\'; ' for doc in "abc")
    asked = process.Ask.of([Article(doc=doc, text="") for doc in "abc"], together=False, timeout=1)
    with pytest.raises(process.Fault, match="no answer within 1 s") as fault:
        process.LineProcess(["sh", "-c", steps]).ask(asked)
    assert "c" not in fault.value.answered
    worker = Worker(
        Hire(
            address=parse("cmd:sleep 3600"), options={}, setting=Setting(), limits=Limits(timeout=0.2, load_timeout=0.3)
        ),
        tmp_path / "log.txt",
    )
    with pytest.raises(process.Fault, match=r"no answer within 0\.7 s"):  # the first has as long as loading
        worker.ask([Article(doc=doc, text="") for doc in "abc"])
