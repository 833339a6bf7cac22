"""Learning curves: what is trained on and seen, figures by hand, and the two commands that train."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from claimspans import Document, Span, Zone
from claimspans.cli import main
from claimspans.extractors import Extractor
from claimspans.extractors.baselines.crf import LEVELS, load
from claimspans.report.learning import curve_csv, curve_dict, curve_picture, curve_table, label_table
from claimspans.report.terminal import console
from claimspans.scoring.counts import Counts
from claimspans.scoring.learning_curves import Run, points, run, subsets

from ..helpers.places import ROOT

GOLD = [
    Document(
        doc=doc,
        text="abcdef",
        published="2024-05",
        zones=(Zone(kind="duplicate", start=5, end=6),),
        spans=(Span(label="ITEM", start=0, end=2), Span(label="DATE", start=3, end=4)),
    )
    for doc in "pqr"
]


def test_every_choice_that_leaves_an_article_is_trained_on() -> None:
    assert subsets(["a", "b", "c"]) == [("a",), ("b",), ("c",), ("a", "b"), ("a", "c"), ("b", "c")]
    assert len(subsets("abcde")) == 2**5 - 2
    assert subsets(["a"]) == []


def test_a_run_trains_on_the_chosen_and_sees_of_the_others_only_what_any_extractor_sees() -> None:
    shown: list[Sequence[Document]] = []

    def train(documents: Sequence[Document]) -> Extractor:
        shown.append(documents)

        def extract(others: Iterable[Document]) -> Iterator[Document]:
            for document in others:
                shown.append([document])
                yield Document(doc=document.doc, spans=(Span(label="ITEM", start=0, end=3),))

        return extract

    found = run(GOLD, ["q"], train)
    plain = [[Document(doc=doc, text="abcdef", published="2024-05")] for doc in "pr"]
    assert shown == [[GOLD[1]], *plain]
    assert (found.trained_on, found.tested_on) == (("q",), ("p", "r"))
    # Each article has two spans; the one prediction has the first but for its end.
    assert found.counts["strict"]["all"].f1 == 0
    assert found.counts["partial"]["ITEM"].recall == 0.5
    assert found.counts["partial"]["all"].f1 == pytest.approx(2 * 0.5 * 0.25 / 0.75)


def trained(docs: str, cor: int, mis: int, spu: int = 0) -> Run:
    counts = {"all": Counts(COR=cor, ACT_COR=cor, MIS=mis, SPU=spu)}
    return Run(tuple(docs), ("z",), {"strict": counts, "partial": counts})


def test_a_point_is_mean_least_most_and_pooled_f1() -> None:
    """F1 = 2 COR / (POS + ACT): 2/4 and 12/12, together 14/16; where nothing is to be found there is no F1."""
    runs = [trained("a", 1, 1, 1), trained("b", 6, 0), trained("c", 0, 0), trained("ab", 0, 0)]
    one, two = points(runs, "strict")
    assert (one.articles, one.runs, one.mean, one.least, one.most, one.pooled) == (1, 3, 0.75, 0.5, 1.0, 14 / 16)
    assert (two.articles, two.mean, two.least, two.most, two.pooled) == (2, None, None, None, None)
    assert points(runs, "strict", "ITEM")[0].pooled is None


def test_the_table_shows_an_undefined_figure_as_a_dash(capsys: pytest.CaptureFixture[str]) -> None:
    console().print(curve_table({"words": [trained("a", 1, 1, 1), trained("ab", 0, 0)]}))
    rows = [line.split() for line in capsys.readouterr().out.splitlines()[2:]]
    assert rows[0] == ["words", "1", "1", *["0.500"] * 8]
    assert rows[1] == ["words", "2", "1", *["–"] * 8]
    console().print(label_table({"words": [trained("a", 1, 1, 1), trained("ab", 3, 1)]}, "strict"))
    *title, head, row = capsys.readouterr().out.splitlines()
    assert " ".join(" ".join(title).split()) == "strict F1 by label with 2 training articles, pooled"
    assert (head.split(), row.split()) == (["features", "all"], ["words", "0.857"])  # 2 · 3 / (4 + 3)


def test_json_has_points_by_scheme_and_label_and_every_model() -> None:
    found = curve_dict({"words": [trained("a", 1, 1, 1), trained("ab", 0, 0)]})["words"]
    point = {"articles": 1, "runs": 1, "mean": 0.5, "least": 0.5, "most": 0.5, "pooled": 0.5}
    assert found["points"]["partial"]["all"][0] == point
    assert [run["trained_on"] for run in found["runs"]] == [["a"], ["a", "b"]]
    assert found["runs"][1]["schemes"]["strict"]["all"]["f1"] is None
    json.dumps(found, allow_nan=False)


def test_csv_has_a_line_for_each_model_scheme_and_label() -> None:
    rows = list(csv.DictReader(io.StringIO(curve_csv({"words": [trained("ab", 1, 1, 1)]}))))
    assert [(row["scheme"], row["label"], row["trained_on"], row["f1"]) for row in rows] == [
        ("strict", "all", "a b", "0.5"),
        ("partial", "all", "a b", "0.5"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["train", "crf"], "Missing option '--out'"),
        (["train", "bert", "--out", "model"], "'bert' is not 'crf'"),
        (["train", "crf", "--out", "model", "--layer", "silver"], "silver: no such annotation layer"),
        (["train", "crf", "--out", "model", "--articles", "000,099"], "099: no such article; expected one of 000"),
        (["train", "crf", "--out", "model", "--split", "train"], "no such split of claimspans; it has no splits.jsonl"),
        (
            ["--corpus", "wire", "train", "crf", "--out", "model", "--split", "tests"],
            "tests: no such split of wire; it has train, test, dev",
        ),
        (
            ["train", "crf", "--out", "model", "--features", "sounds"],
            "'sounds' is not one of 'words', 'parse', 'rules'",
        ),
        (["train", "crf", "--out", "."], "holds something that is no model"),
        (["curve", "crf", "--plot", "curve.pdf"], "curve.pdf: a plot is written as .svg or .png"),
        (["curve", "crf", "--csv", "one"], "File 'one' is a directory"),
        (["curve", "crf", "--layer", "one"], "one: has one article; a learning curve needs two or more"),
    ],
)
def test_a_wrong_call_says_what_was_expected_and_writes_nothing(
    args: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    gold = ROOT / "annotations" / "gold" / "000.jsonl"
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "000.jsonl").write_bytes(gold.read_bytes())
    with pytest.raises(SystemExit) as ended:
        main(args)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


@pytest.mark.slow
def test_without_the_extra_the_error_names_it_before_any_work(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(SystemExit) as ended:
        main(["curve", "crf", "--plot", str(tmp_path / "curve.svg")])
    assert ended.value.code == 2
    assert "pip install 'claimspans[plot]'" in capsys.readouterr().err


@pytest.mark.slow
def test_a_model_for_no_article_of_the_layer_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = ROOT / "annotations" / "gold" / "000.jsonl"
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "000.jsonl").write_bytes(gold.read_bytes())
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["train", "crf", "--layer", "one", "--articles", "001", "--out", "model"])
    assert ended.value.code == 2
    assert "one: has no annotations of 001" in capsys.readouterr().err


@pytest.mark.slow
class TestWithTheLibraries:
    @pytest.mark.parametrize(("file_format", "first"), [("svg", b"<?xml"), ("png", b"\x89PNG")])
    def test_the_picture_has_the_same_bytes_each_time(self, file_format: str, first: bytes) -> None:
        curves = {name: [trained("a", 1, 1), trained("b", 0, 0), trained("ab", 2, 0)] for name in ("words", "rules")}
        drawn = curve_picture(curves, file_format)
        assert drawn == curve_picture(curves, file_format)
        assert drawn.startswith(first)
        assert b"http://matplotlib" not in drawn

    def test_the_curve_of_the_articles_is_the_one_in_the_document(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        files = {name: tmp_path / f"curve.{name}" for name in ("svg", "csv")}
        levels = [part for level in LEVELS for part in ("--features", level)]
        with pytest.raises(SystemExit) as ended:
            main(["curve", "crf", *levels, "--plot", str(files["svg"]), "--csv", str(files["csv"])])
        assert ended.value.code == 0
        *shown, signature = [line.rstrip() for line in capsys.readouterr().out.rstrip().splitlines()]
        assert signature.startswith("claimspans 0.")
        table = "\n".join(shown[: shown.index("")])  # by label follows
        assert len(table.splitlines()) == 2 + 3 * 4
        assert f"\n{table}\n```\n" in (ROOT / "docs" / "training.md").read_text(encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(files["csv"].read_text(encoding="utf-8"))))
        assert len(rows) == 3 * 30 * 2 * 6  # features, models, schemes, labels and all
        for row in rows:
            docs = row["trained_on"].split() + row["tested_on"].split()
            assert sorted(docs) == ["000", "001", "002", "003", "004"]
        assert "training articles" in files["svg"].read_text(encoding="utf-8")

    def test_a_trained_model_reads_new_text(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as ended:
            main(["train", "crf", "--out", str(tmp_path / "model"), "--articles", "000,001,002,004", "--json"])
        assert ended.value.code == 0
        manifest = json.loads(capsys.readouterr().out)
        assert [trained["doc"] for trained in manifest["trained_on"]] == ["000", "001", "002", "004"]
        text = "Iran denied on 3 May 2021 that it had sent about 40 cruise missiles to Sudan.\n"
        (document,) = load(tmp_path / "model").extract([Document(doc="new", text=text, published="2021-09-14")])
        found = {(span.label, text[span.start : span.end]) for span in document.spans}
        assert {("QUANTITY", "about 40"), ("ITEM", "cruise missiles")} <= found
