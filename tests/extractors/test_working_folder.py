"""What lies in the working folder is not run, neither by a worker nor by another program in Python that is started."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from claimspans.data import environments
from claimspans.data.manifest import read_manifest
from claimspans.data.problems import ClaimspansError
from claimspans.extractors import Setting
from claimspans.extractors.adapters import python
from claimspans.extractors.run import Limits
from claimspans.extractors.run.live import Live
from claimspans.extractors.run.workers import environment
from claimspans.hub import check, loader
from claimspans.hub.table_schema import Configuration
from claimspans.labelstudio import environment as labelstudio

NAMES = ("json", "spacy", "msgspec", "random", "numpy", "httpx", "edtf", "claimspans", "sitecustomize", "datasets")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a file of each name, which leaves a trace when it is run."""
    (tmp_path / "here").mkdir()
    for name in NAMES:
        trace = tmp_path / f"ran-{name}"
        (tmp_path / "here" / f"{name}.py").write_text(f"open({str(trace)!r}, 'w').close()\n")
    (tmp_path / "here" / "preds.jsonl").write_text('{"doc": "003", "label": "QUANTITY", "start": 29, "end": 51}\n')
    (tmp_path / "here" / "mine.py").write_text(
        "import json, random, spacy, numpy, httpx, edtf, claimspans, helper\ndef extract(a): return helper.FOUND\n"
    )
    (tmp_path / "here" / "helper.py").write_text("FOUND = [{'label': 'ITEM', 'start': 0, 'end': 3}]\n")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def traces(folder: Path) -> list[str]:
    return [path.name for path in folder.parent.glob("ran-*")]


def claimspans(*args: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """The command as its script starts it, without the working folder on the path."""
    env = os.environ | ({} if path is None else {"PYTHONPATH": os.pathsep.join([environment()["PYTHONPATH"], path])})
    command = [sys.executable, "-P", "-m", "claimspans", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


@pytest.mark.slow
@pytest.mark.parametrize(
    "uri",
    [
        "file:preds.jsonl",
        "py:mine:extract",
        "py:mine.py:extract",
        "rules",
        "crf",
    ],
)
def test_no_file_of_the_working_folder_is_run_but_the_one_that_is_named(folder: Path, uri: str) -> None:
    ran = claimspans("run", uri, "--out", "run", "--workers", "1")
    assert ran.returncode == 0, ran.stderr
    assert traces(folder) == []
    assert (f"The code that ran is {folder / 'mine.py'}." in ran.stderr.replace("\n", "")) == uri.startswith("py:")
    if uri.startswith("py:"):
        manifest = read_manifest(folder / "run")
        assert manifest is not None
        assert set(manifest.extractor["code"]) == {"mine", "helper"}


@pytest.mark.slow
def test_a_service_s_worker_runs_none_either(folder: Path) -> None:
    ran = claimspans("run", "http://127.0.0.1:9/extract", "--out", "run", "--workers", "1", "--only", "003")
    assert "does not answer ([Errno 111] Connection refused)" in ran.stderr
    assert traces(folder) == []


@pytest.mark.slow
def test_which_file_was_taken_is_said_in_json_and_by_what_serves(folder: Path) -> None:
    ran = claimspans("run", "py:mine:extract", "--out", "run", "--workers", "1", "--json")
    assert json.loads(ran.stdout)["source"] == str(folder / "mine.py")
    with Live("py:mine:extract", limits=Limits(load_timeout=60)) as live:
        assert live.source == str(folder / "mine.py")
    assert traces(folder) == []


@pytest.mark.slow
def test_an_installed_module_wins_over_one_of_the_working_folder_and_it_is_seen(folder: Path) -> None:
    (folder / "json.py").write_text("def mine(a): return []\ndef loads(a): raise SystemExit\n")
    ran = claimspans("run", "py:json:loads", "--out", "run", "--workers", "1", "--only", "003")
    assert f"The code that ran is {json.__file__}." in ran.stderr.replace("\n", "")
    refused = claimspans("run", "py:json:mine", "--out", "refused", "--workers", "1")
    assert refused.returncode == 2
    assert f"it is {json.__file__}: a file of yours is named by its path, py:FILE.py:mine" in refused.stderr
    by_path = claimspans("run", "py:json.py:mine", "--out", "path", "--workers", "1")
    assert by_path.returncode == 0, by_path.stderr
    assert f"The code that ran is {folder / 'json.py'}." in by_path.stderr.replace("\n", "")


def test_the_user_s_own_path_counts_and_comes_behind(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "theirs.py").write_text("def extract(a): return []\n")
    # An empty entry, which Python takes for the working folder, is what is left of an unset variable.
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", str(tmp_path / "lib"), ""]))
    package, *rest = environment()["PYTHONPATH"].split(os.pathsep)
    assert (Path(package) / "claimspans" / "extractors").is_dir()
    assert rest == [str(tmp_path / "lib")]
    with Live("py:theirs:extract", limits=Limits(load_timeout=60)) as live:
        assert live.source == str(tmp_path / "lib" / "theirs.py")
    assert traces(folder) == []


def test_a_file_that_is_named_like_an_installed_module_leaves_that_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    (tmp_path / "json.py").write_text("import json\ndef extract(a): return json.loads('[]')\n")
    loaded = python.load(f"{tmp_path / 'json.py'}:extract", python.Options(), Setting())
    monkeypatch.delitem(sys.modules, "py:json")
    assert sys.modules["json"] is json
    assert loaded.source == str(tmp_path / "json.py")
    assert "py:json" in loaded.identity["code"]
    assert "json" not in loaded.identity["code"]
    with pytest.raises(ClaimspansError, match="no such file"):
        python.load(f"{tmp_path / 'none.py'}:extract", python.Options(), Setting())


def test_the_loader_s_folder_has_nothing_but_the_loader(tmp_path: Path) -> None:
    """Its folder leads the path of the other interpreter, in which our modules have names of others."""
    interpreter = tmp_path / "python"
    interpreter.write_text(
        f'#!/bin/sh\nls "$(dirname "$1")" > {tmp_path}/there\necho \'{{"datasets": "0"}}\'\n', encoding="utf-8"
    )
    interpreter.chmod(0o755)
    table = Configuration("spans", "a span", {"doc": "string"}, ("doc",))
    expected = {"spans": {"train": [{"doc": "003"}]}}
    found = list(check.loaded("mine", interpreter, "me/data", expected, {"spans": table}))
    assert [one.problem for one in found] == ["the loader ended before it came to this"] * len(loader.WAYS)
    assert (tmp_path / "there").read_text(encoding="utf-8") == "loader.py\n"


@pytest.mark.slow
def test_what_installs_other_environments_runs_none(folder: Path, tmp_path: Path) -> None:
    """Of pip only its help is asked."""
    python = environments.environment(("--help",), tmp_path / "cache")
    assert python.is_file()
    assert labelstudio._installed(python.parents[1]) is None
    assert traces(folder) == []
