"""Every command on a corpus of grain exports with three labels and no claims, and the commands that make one."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from claimspans import Corpus
from claimspans.cli import _COMMANDS

from ..helpers.command import Ran, claimspans
from ..helpers.grain import TEXTS, annotate, grain, write_articles
from ..helpers.places import ROOT

OURS = re.compile(r"\b(five|arms|Korea|claims?)\b")
"""Words that nothing may say of a corpus that is not about them."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus, and a run over it: a system that has everything but one span."""
    folder = tmp_path_factory.mktemp("made")
    corpus = grain(folder / "grain")
    annotate(corpus, "gold")
    annotate(corpus, "ann")
    annotate(corpus, "ben", left_out="GASC")
    files = sorted((corpus.root / "annotations" / "ben").iterdir())
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if '"span"' in line]
    (folder / "ben.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = ("run", f"file:{folder / 'ben.jsonl'}", "--out", folder / "run", "--corpus", corpus.root)
    assert (ran := claimspans(*told)).returncode == 0, ran.stderr
    return folder


@pytest.fixture
def corpus(made: Path, tmp_path: Path) -> Corpus:
    """One of the test's own, which it may change."""
    return Corpus(shutil.copytree(made / "grain", tmp_path / "grain"))


@pytest.fixture
def run(made: Path) -> Path:
    return made / "run"


def on(corpus: Corpus, *args: str | Path) -> Ran:
    ran = claimspans("--corpus", corpus.root, *args)
    assert ran == claimspans(*args, "--corpus", corpus.root), "before a command or behind it"
    return ran


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["check"], "gold: no problems"),
        (["check", "ann", "ben"], "ann, ben: no problems"),
        (["score", "RUN"], "ACTOR.kind"),
        (["compare", "RUN", "other=RUN", "--spans"], "difference"),
        (["agree", "ann", "ben"], "ACTOR.kind"),
        (["agree", "ann", "ben", "--differences"], "ann, ben: 1 disagreement"),
        (["show", "cairo"], "[QUANTITY 60,000 tonnes]"),
        (["diff", "ben", "ann"], "ben → ann: a major change"),
        (["leaderboard", "RUN"], "Ranks are by strict F1 over 3 articles"),
        (["prompt", "cairo"], "Published: 2024-03-06"),
        (["schema"], "## ACTOR"),
        (["labelstudio", "config"], 'value="ACTOR"'),
        (["report", "RUN", "--json"], '"system"'),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_command_works_on_it(args: list[str], said: str, corpus: Corpus, run: Path) -> None:
    ran = on(corpus, *(each.replace("RUN", str(run)) for each in args))
    assert ran.returncode == 0, ran.stderr
    assert said in ran.stdout
    assert not OURS.search(re.sub(r"claimspans", "", ran.stdout)) or args[0] == "labelstudio"


def test_what_a_command_writes_is_of_the_corpus(corpus: Corpus, run: Path, tmp_path: Path) -> None:
    assert on(corpus, "report", run, "--out", tmp_path / "report.html").returncode == 0
    assert "60,000 tonnes" in (tmp_path / "report.html").read_text(encoding="utf-8")
    for name in ("bio", "csv", "brat", "chat", "gliner2", "labelstudio"):
        made = claimspans("export", name, "--out", tmp_path / name, "--corpus", corpus.root)
        assert made.returncode == 0, made.stderr
        assert "3 articles, 14 spans" in made.stderr
    assert "2024-03-06" in "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "chat").iterdir())


def test_two_annotators_are_adjudicated_into_the_corpus(corpus: Corpus) -> None:
    (corpus.root / "annotations" / "gold").rename(corpus.root / "annotations" / "kept")
    left = claimspans("adjudicate", "ann", "ben", "--decisions", "/dev/null", "--corpus", corpus.root)
    assert left.returncode == 1
    assert str(corpus.root / "annotations" / "adjudicated") in left.stdout
    agreed = [document.doc for document in Corpus(corpus.root).load("adjudicated")]
    assert agreed == ["odesa", "manila"]


def test_a_schema_without_claims_has_none_to_list(corpus: Corpus) -> None:
    ran = on(corpus, "ledger")
    assert (ran.returncode, "its schema has no claims to list" in ran.stderr) == (2, True)


def test_what_is_not_annotated_is_not_scored_and_that_is_the_first_line(
    corpus: Corpus, run: Path, tmp_path: Path
) -> None:
    annotate(corpus, "part", ("odesa",))
    ran = on(corpus, "score", run, "--layer", "part")
    first = "Scored on 1 of 3 articles: the others are not annotated, and nothing in them counts (cairo, manila)."
    assert ran.stdout.splitlines()[0] == first
    found = json.loads(on(corpus, "score", run, "--layer", "part", "--json").stdout)
    micro = found["schemes"]["strict"]["micro"]
    assert (micro["POS"], micro["ACT"], micro["SPU"], micro["f1"]) == (3, 3, 0, 1)
    assert (found["articles"], found["unannotated"]) == (1, ["cairo", "manila"])
    compared = on(corpus, "compare", run, f"other={run}", "--layer", "part")
    assert compared.stdout.splitlines()[0] == first
    assert "part: 1 of 3 articles annotated" in on(corpus, "check", "part").stdout
    exported = claimspans("export", "csv", "--layer", "part", "--out", tmp_path / "x", "--corpus", corpus.root)
    assert "part: 1 of 3 articles annotated; the others are not exported" in exported.stderr


def test_a_run_from_before_articles_were_added_is_scored_on_those_that_are_annotated(
    corpus: Corpus, run: Path, tmp_path: Path
) -> None:
    (tmp_path / "new.txt").write_text("Sorghum.", encoding="utf-8")
    assert claimspans("add", tmp_path / "new.txt", "--corpus", corpus.root).returncode == 0
    assert "Scored on 3 of 4 articles" in on(corpus, "score", run).stdout


def test_layers_of_two_corpora_are_not_compared(corpus: Corpus) -> None:
    ran = on(corpus, "agree", "ann", ROOT / "annotations" / "gold")
    assert ran.returncode == 2
    assert "annotations of other articles (000, 001, 002…)" in ran.stderr


def test_a_corpus_is_made_and_filled_by_commands(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    made = claimspans("new", folder, "--schema", "spans")
    assert (made.returncode, "labels ACTOR, QUANTITY, DATE" in made.stdout) == (0, True)
    assert claimspans("check", cwd=folder).stdout == "mine: no problems\n0 articles, none annotated\n"
    articles = write_articles(tmp_path / "grain.jsonl")
    added = claimspans("add", articles, "--json", cwd=folder / "seeds")
    assert json.loads(added.stdout)["added"] == list(TEXTS)
    again = claimspans("add", articles, cwd=folder)
    assert again.stdout == "0 articles added, 3 there already; mine has 3\n"
    twice = claimspans("add", folder / "seeds" / "cairo.txt", "--id", "x", cwd=folder)
    assert (twice.returncode, "it is there as cairo" in twice.stderr) == (2, True)
    bare = claimspans("show", "cairo", cwd=folder)
    assert "mine: 3 articles, none annotated" in bare.stderr
    assert "Egypt bought 60,000 tonnes" in bare.stdout
    early = claimspans("score", articles, cwd=folder)
    assert "mine has none yet; annotate its articles" in early.stderr
    gone = claimspans("remove", "odesa", cwd=folder)
    assert gone.stdout == "removed seeds/odesa.txt\n1 article removed; mine has 2\n"
    lies = claimspans("new", folder / "inner", cwd=folder)
    assert "it lies in the corpus" in lies.stdout
    assert "no corpus: it has no schema.json" in claimspans("check", "--corpus", tmp_path).stderr


def test_the_corpus_that_ships_is_changed_by_nobody_who_did_not_name_it(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Wheat.", encoding="utf-8")
    for args in (["add", "x.txt"], ["remove", "003"], ["release", "--version", "9.0.0"]):
        ran = claimspans(*args, cwd=tmp_path, env={"CLAIMSPANS_CORPUS": ""})
        assert (ran.returncode, "there is no corpus here: name one with --corpus" in ran.stderr) == (2, True)


def test_a_claim_has_no_place_where_the_schema_has_none(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"type": "claim", "doc": "cairo", "event": "use"}\n', encoding="utf-8")
    ran = on(corpus, "check", "--predictions", path)
    assert (ran.returncode, "record-type" in ran.stdout) == (1, True)
    ran = on(corpus, "score", path)
    assert (ran.returncode, "unknown record type" in ran.stderr) == (2, True)


def test_an_update_that_leaves_annotations_without_a_place_says_so(corpus: Corpus) -> None:
    path = corpus.root / "seeds" / "odesa.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("4.5 million tons", "5 million tons"), encoding="utf-8")
    found = claimspans("check", "--corpus", corpus.root)
    assert (found.returncode, "the text was edited after it was added" in found.stdout) == (1, True)
    ran = claimspans("add", "--update", path, "--corpus", corpus.root)
    assert ran.returncode == 1
    assert "QUANTITY s2 “4.5 million tons”: not placed" in ran.stdout
    assert claimspans("check", "--corpus", corpus.root).returncode == 0


def test_a_release_by_command(corpus: Corpus) -> None:
    ran = claimspans("release", "--version", "1.0.0", "--json", "--corpus", corpus.root)
    made = json.loads(ran.stdout)
    assert (made["tag"], made["articles"]) == ("v1.0.0", 3)
    assert "no changes" in claimspans("diff", made["frozen"], "--check", "--corpus", corpus.root).stdout
    path = corpus.root / "annotations" / "ann" / "odesa.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"start": ', '"start": 9'), encoding="utf-8")
    refused = claimspans("release", "--version", "2.0.0", "--corpus", corpus.root)
    assert (refused.returncode, "nothing was released" in refused.stderr) == (1, True)


def test_every_command_has_the_option() -> None:
    for name in _COMMANDS:
        assert "--corpus" in claimspans(name, "--help").stdout
