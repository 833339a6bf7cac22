"""What is lost over editions: the same test as of two systems, and a system that knows the articles by heart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimspans import Corpus, Document, Span, compare, score
from claimspans.scoring.editions import loss_table, losses

from ..helpers.command import claimspans
from ..helpers.grain import MARKS, annotate, grain


def articles(*spans: tuple[str, ...]) -> list[Document]:
    """Articles with a span of one character for each label."""
    return [
        Document(doc=str(doc), spans=tuple(Span(label=label, start=n, end=n + 1) for n, label in enumerate(each)))
        for doc, each in enumerate(spans)
    ]


GOLD = articles(("A", "B"), ("A",), ("B", "A", "A"), ("B",))


def test_with_one_edition_the_loss_is_the_difference_of_two_systems() -> None:
    one, other = articles(("A", "B"), ("A",), ("B", "A", "B"), ()), articles(("A",), ("B",), ("B", "A", "A"), ("B",))
    found = losses(score(GOLD, one), [score(GOLD, other)])
    pair = compare(GOLD, {"one": one, "other": other}).pairs[0]
    assert found[0].loss == pair.micro["f1"]
    assert {each.label: each.loss for each in found[1:]} == {name: of["f1"] for name, of in pair.labels.items()}
    assert (found[0].original, found[0].mean) == (score(GOLD, one)["strict"].micro.f1, found[0].least)
    assert found[0].deviation is None


def test_the_mean_and_the_spread_are_those_of_the_editions() -> None:
    answers = [articles(("A", "B"), ("A",), (), ()), GOLD, articles((), ("A",), ("B", "A", "A"), ("B",))]
    editions = [score(GOLD, each) for each in answers]
    first = losses(score(GOLD, GOLD), editions)[0]
    each = [one["strict"].micro.f1 or 0.0 for one in editions]
    assert (first.least, first.most) == (min(each), max(each))
    assert first.mean == pytest.approx(sum(each) / 3)
    assert first.deviation == pytest.approx((sum((f1 - sum(each) / 3) ** 2 for f1 in each) / 2) ** 0.5)
    assert first.loss.difference is not None
    assert first.loss.difference > 0
    assert "all labels" in loss_table(losses(score(GOLD, GOLD), editions), 3).rows[-1].cells


def test_a_system_that_found_nothing_lost_nothing() -> None:
    nothing = score(GOLD, articles((), (), (), ()))
    assert [(one.original, one.mean, one.loss.difference, one.loss.p) for one in losses(nothing, [nothing])] == [
        (0.0, 0.0, 0.0, 1.0)
    ] * 3


BY_HEART = """
import json, pathlib
KNOWN = json.loads(pathlib.Path(__file__).with_name("known.json").read_text())
def extract(article):
    return KNOWN.get(article["text"], [])
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = grain(tmp_path / "grain")
    annotate(made, "gold")
    known = {
        one.text: [{"label": span.label, "start": span.start, "end": span.end} for span in one.spans]
        for one in made.load()
    }
    (tmp_path / "by_heart.py").write_text(BY_HEART, encoding="utf-8")
    (tmp_path / "known.json").write_text(json.dumps(known), encoding="utf-8")
    return made


@pytest.mark.slow
def test_a_system_that_knows_the_articles_by_heart_loses_everything(corpus: Corpus, tmp_path: Path) -> None:
    args = ("score", "py:by_heart:extract", "--editions", "2", "--corpus", corpus.root, "--out", tmp_path / "run")
    ran = claimspans(*args, "--json", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    shown = json.loads(ran.stdout)
    assert shown["schemes"]["strict"]["micro"]["f1"] == 1.0
    assert shown["editions"]["count"] == 2
    first = shown["editions"]["strict"][0]
    assert (first["label"], first["original"], first["mean"], first["loss"]["difference"]) == (None, 1.0, 0.0, 1.0)
    assert first["loss"]["p"] == 0.25  # of three articles
    assert {one["label"] for one in shown["editions"]["strict"][1:]} == {
        label for each in MARKS.values() for label, *_ in each
    }
    table = claimspans(*args, "--brief", "--only", "cairo", cwd=tmp_path)
    assert table.returncode == 0, table.stderr
    assert "2 editions" in table.stdout
    assert "Run again" not in table.stderr  # nobody asked whether the system agrees with itself
    assert (tmp_path / "run-editions" / "predictions.jsonl").read_text(encoding="utf-8").count("\n") == 2


@pytest.mark.parametrize(
    "args", [("FILE",), ("rules", "--watch"), ("rules", "--format", "csv"), ("rules", "--gold", "FILE")]
)
def test_editions_of_what_cannot_be_run_over_them_are_refused(args: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "predictions.jsonl"
    path.write_text("", encoding="utf-8")
    ran = claimspans("score", *(path if arg == "FILE" else arg for arg in args), "--editions", "2")
    assert ran.returncode == 2
    assert "--editions" in ran.stderr


def test_the_commands_print_their_tallies_and_overwrite_nothing(corpus: Corpus, tmp_path: Path) -> None:
    ran = claimspans("edition", "--seed", "3", tmp_path / "e3", "--corpus", corpus.root)
    assert ran.returncode == 0, ran.stderr
    assert "3 articles with mentions exchanged" in ran.stdout
    assert ran.stdout.split() == [*ran.stdout.split()[:6], "exchanged", "left", "state", "7", "0", "figure", "5", "0"]
    assert claimspans("check", "--corpus", tmp_path / "e3").returncode == 0
    again = claimspans("edition", "--seed", "4", tmp_path / "e3", "--corpus", corpus.root)
    assert (again.returncode, "not empty" in again.stderr) == (2, True)
    more = claimspans("augment", "--copies", "2", tmp_path / "more", "--corpus", corpus.root, "--json")
    assert json.loads(more.stdout)["articles"] == 6
    assert len(Corpus(tmp_path / "more").load()) == 9
    none = claimspans("augment", "--split", "train", tmp_path / "split", "--corpus", corpus.root)
    assert (none.returncode, "splits.jsonl" in none.stderr) == (2, True)
    empty = grain(tmp_path / "empty")
    assert claimspans("edition", "--seed", "1", tmp_path / "e", "--corpus", empty.root).returncode == 2
    assert not (tmp_path / "e").exists()
