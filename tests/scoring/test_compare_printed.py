"""The comparison in words, tables and JSON, and at the command line."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from claimspans import ClaimspansError, Comparison, Document, Layer, compare
from claimspans.cli import main
from claimspans.data.records import Failure, Rejected, nested_record, to_line
from claimspans.report.comparison import LETTERS, notes, one_sided, p_figure, pair_table, system_table
from claimspans.report.terminal import EscapedConsole
from claimspans.scoring.significance import SAMPLES

from ..helpers.command import claimspans as command
from .test_compare import articles, item

Run = Callable[..., tuple[int, str, str]]


def drawn(*shown: Any) -> str:
    out = EscapedConsole(file=io.StringIO(), width=120, highlight=False, markup=False)
    for each in shown:
        out.print(each)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def three(size: int) -> Comparison:
    """One that finds everything, one that finds half, one that finds nothing."""
    gold = articles(*[[item(0), item(10)]] * size)
    half = articles(*[[item(0)]] * size)
    return compare(gold, {"all": gold, "half [x]": half, "nothing": articles(*[[]] * size)})


def test_letters_mark_who_beats_whom() -> None:
    """With eight articles 3 · 2/2^8 = 0.023 is below 0.05."""
    found = three(8)
    assert found.ranks() == {"all": 1, "half [x]": 2, "nothing": 3}
    assert found.to_dict()["systems"]["all"]["beats"]["f1"] == ["half [x]", "nothing"]
    lines = drawn(system_table(found)).splitlines()
    cells = {line.split()[1]: line.split() for line in lines[2:]}
    assert cells["all"][2:] == [
        "16",
        "16",
        "1.000",
        "1.000–1.000",
        "1.000ᵇᶜ",
        "1.000–1.000",
        "1.000ᵇᶜ",
        "1.000–1.000",
        "1",
    ]
    assert "c  nothing" in lines[-1]
    assert cells["nothing"][2:] == ["16", "0", "–", "–", "0.000", "0.000–0.000", "0.000", "0.000–0.000", "3"]
    assert "b  half [x]" in lines[3]
    assert "0.500ᶜ" in lines[3]
    assert "can give no" not in drawn(*notes(found))


@pytest.mark.parametrize(
    ("size", "by_label", "said"),
    [
        (
            5,
            False,
            "5 articles can give no two-sided p below 0.1875 after Holm's correction for 3 pairs: no",
        ),
        (
            6,
            False,
            "6 articles can give no two-sided p below 0.0938 after Holm's correction for 3 pairs: no",
        ),
        (1, False, "1 article can give no two-sided p below 1.0000 after"),
        (7, False, None),
        (7, True, None),
        (6, True, "for 3 pairs: no difference here"),
    ],
)
def test_what_the_articles_cannot_show_is_said(size: int, by_label: bool, said: str | None) -> None:
    shown = " ".join(drawn(*notes(three(size), by_label=by_label)).split())
    assert (said in shown) if said else ("can give no" not in shown)


def test_what_the_articles_cannot_show_by_label_is_said() -> None:
    """Six articles can tell a pair apart (0.031), but not a pair on two labels (0.063)."""
    gold = articles(*[[item(0), item(10, "DATE")]] * 6)
    found = compare(gold, {"a": gold, "b": articles(*[[item(0)]] * 6)})
    assert "can give no" not in drawn(*notes(found))
    shown = " ".join(drawn(*notes(found, by_label=True)).split())
    assert "no two-sided p below 0.0625 after Holm's correction for 2 pairs and labels" in shown
    assert "no difference by label here can reach 0.05" in shown


def test_the_tables_say_what_is_missing_in_words() -> None:
    gold = articles([item(0)], [item(0)], [])
    found = compare(gold, {"a": gold, "b": articles([], [], [])})
    shown = drawn(pair_table(found), *one_sided(found), *notes(found))
    assert "a − b   P           –" in shown
    assert "2 spans that a has right and b lacks" in shown
    assert "0 spans that b has right and a lacks" in shown
    assert "not counted as won, tied or lost: 1" in shown


def test_what_failed_or_was_rejected_in_a_run_is_said_of_each_system() -> None:
    gold = articles([item(0)], [item(0)], [item(0)])
    error = Failure(kind="timeout", detail="no answer within 60 s")
    failed = [gold[0], gold[1], Document(doc="2", status="failed", error=error)]
    rejected = [gold[0], gold[1], Document(doc="2", status="partial", rejected=(Rejected(type="span", reason="nan"),))]
    found = compare(gold, {"whole": gold, "[b] slow": failed, "odd": rejected})
    shown = [note for note in map(drawn, notes(found)) if note.startswith(("whole", "[b]", "odd"))]
    said = " ".join(" ".join(shown).split())
    assert "[b] slow: The system failed on 1 of 3 articles, which are all missed; on the others: strict P 1.000" in said
    assert "odd: Rejected, and counted as spurious: 1 nan." in said
    assert "whole:" not in said
    systems = json.loads(found.to_json())["systems"]
    assert systems["[b] slow"]["run"]["failed"] == ["2"]
    assert systems["[b] slow"]["notes"]
    assert "run" not in systems["whole"]


def test_more_systems_than_letters_are_refused_by_the_table_alone() -> None:
    gold = articles([item(0)])
    found = compare(gold, {f"s{number}": gold for number in range(len(LETTERS) + 1)})
    assert len(found.to_dict()["pairs"]) == 26 * 25 / 2
    with pytest.raises(ClaimspansError, match="letters for 25 systems; got 26"):
        system_table(found)


def test_p_values_are_printed_to_four_decimals() -> None:
    assert [p_figure(p) for p in (None, 1.0, 0.0625, 2**-15)] == ["–", "1.0000", "0.0625", "<0.0001"]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*args: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["compare", *map(str, args)])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return call


@pytest.fixture
def files(tmp_path: Path, gold: Layer) -> tuple[Path, Path]:
    """A run folder with all gold spans, and a file that lacks every fourth."""
    folder, file = tmp_path / "everything", tmp_path / "fewer.v2.jsonl"
    folder.mkdir()
    everything = [Document(doc=document.doc, spans=document.spans) for document in gold]
    fewer = [
        Document(doc=document.doc, spans=tuple(span for number, span in enumerate(document.spans) if number % 4))
        for document in gold
    ]
    for path, documents in ((folder / "predictions.jsonl", everything), (file, fewer)):
        path.write_text("".join(to_line(nested_record(document)) for document in documents), encoding="utf-8")
    return folder, file


def test_the_command_prints_tables_notes_and_the_signature(run: Run, files: tuple[Path, Path]) -> None:
    code, out, _ = run(*files)
    assert code == 0
    for part in (
        "a  everything",
        "b  fewer.v2",
        "everything − fewer.v2",
        "0.0625",
        "5     0     0",
        "| compare strict |",
    ):
        assert part in out
    assert "5 articles can give no two-sided p below 0.0625" in out
    assert "has right" not in out
    assert "SPEAKER" not in out


def test_the_command_lists_spans_and_labels_where_asked(run: Run, files: tuple[Path, Path]) -> None:
    code, out, _ = run(*files, "--spans", "--by-label")
    assert code == 0
    assert "differences by label" in out
    assert "spans that everything has right and fewer.v2 lacks" in out
    assert "0 spans that fewer.v2 has right and everything lacks" in out


def test_the_json_has_everything(run: Run, files: tuple[Path, Path], gold: Layer) -> None:
    folder, file = files
    code, out, _ = run(f"x={folder}", file, f"z={file}", "--scheme", "partial", "--json")
    assert code == 0
    found = json.loads(out)
    assert (found["scheme"], found["articles"], found["smallest_p"], found["smallest_p_holm"]) == (
        "partial",
        5,
        0.0625,
        0.1875,
    )
    assert found["signature"].startswith(found["systems"]["x"]["signature"])
    assert "| compare partial | randomisation exact to 16" in found["signature"]
    assert list(found["systems"]) == ["x", "fewer.v2", "z"]
    assert found["systems"]["x"]["micro"]["interval"]["f1"] == [1, 1]
    assert set(found["systems"]["z"]["article_f1"]) == {document.doc for document in gold}
    assert [(pair["first"], pair["second"]) for pair in found["pairs"]] == [
        ("x", "fewer.v2"),
        ("x", "z"),
        ("fewer.v2", "z"),
    ]
    first, _, last = found["pairs"]
    missing = sum(-(-len(document.spans) // 4) for document in gold)
    assert len(first["only_first"]) == missing
    assert set(first["only_first"][0]) == {"doc", "id", "label", "start", "end", "text", "before", "after"}
    assert set(first["micro"]["f1"]) == {"difference", "interval", "p", "p_holm"}
    assert first["micro"]["f1"]["p_holm"] == 0.1875
    assert set(first["labels"]) == {"SPEAKER", "QUANTITY", "ITEM", "DATE", "STANCE"}
    assert (last["micro"]["f1"]["p"], last["ties"], last["differing"], last["swaps"]) == (1, 5, 0, 1)


def test_a_run_folder_is_called_after_its_folder_and_a_path_with_a_sign_is_a_path(
    run: Run, files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, file = files
    file.rename(tmp_path / "lr=0.1.jsonl")
    monkeypatch.chdir(folder)
    code, out, _ = run(".", "../lr=0.1.jsonl", "--json")
    assert code == 0
    assert list(json.loads(out)["systems"]) == ["everything", "lr=0.1"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "Missing argument"),
        (("{folder}",), "name two systems or more"),
        (("{file}", "{file}"), "two systems are called 'fewer.v2'; give one another name with NAME=PATH, such as"),
        (("a={file}", "a={folder}"), "two systems are called 'a'"),
        (("={file}", "{folder}"), "expected NAME=PATH with both a name and a path"),
        (("{file}", "nowhere.jsonl"), "nowhere.jsonl: file-missing"),
        (("{file}", "{folder}", "--scheme", "lenient"), "'lenient' is no scheme"),
        (("{file}", "{folder}", "--layer", "silver"), "silver: no such annotation layer"),
        (("{file}", "{folder}", "c={file}", "--spans"), "--spans lists what one of two systems lacks: name two"),
    ],
)
def test_a_wrong_call_says_what_to_do_and_exits_2(
    args: tuple[str, ...], said: str, run: Run, files: tuple[Path, Path]
) -> None:
    folder, file = files
    code, out, err = run(*[arg.format(folder=folder, file=file) for arg in args])
    assert (code, out) == (2, "")
    assert said in " ".join(err.split())


def test_no_sampled_test_shows_less_than_its_samples_can() -> None:
    gold = articles(*([item(0), item(10)] for _ in range(30)))
    half, none = articles(*([item(0)] for _ in range(30))), articles(*([] for _ in range(30)))
    sampled = compare(gold, {"half": half, "none": none})
    assert not sampled.pairs[0].exact
    assert sampled.to_dict()["smallest_p"] == 1 / (SAMPLES + 1) == sampled.pairs[0].micro["f1"].p
    exact = compare(gold, {"half": half, "almost": [*half[:20], *gold[20:]]})
    assert exact.pairs[0].exact
    assert exact.smallest_p() == 2.0**-9 == exact.pairs[0].micro["f1"].p
    assert sampled.can_tell


def test_a_system_that_falls_behind_fails(tmp_path: Path, gold: Layer) -> None:
    whole, part = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    whole.write_text("".join(to_line(nested_record(one)) for one in gold), encoding="utf-8")
    part.write_text(to_line({"doc": "003", "label": "QUANTITY", "start": 29, "end": 51}), encoding="utf-8")
    worse = command("compare", part, whole, "--fail-if-worse")
    assert worse.returncode == 1
    assert worse.stderr == (
        "claimspans: new is worse than old: strict F1 0.007 instead of 1.000 (p 0.0625 after Holm's correction; "
        "5 articles can give no p below 0.05, so any lower figure counts)\n"
    )
    for systems in ((whole, part), (f"new={whole}", f"old={whole}")):
        assert command("compare", *systems, "--fail-if-worse").returncode == 0
    assert command("compare", part, whole, "--fail-if-worse", "--json").returncode == 1


def test_with_enough_articles_only_what_the_test_tells_apart_is_worse() -> None:
    gold = articles(*([item(0), item(10)] for _ in range(30)))
    one_less = [msgspec.structs.replace(gold[0], spans=gold[0].spans[:1]), *gold[1:]]
    half = articles(*([item(0)] for _ in range(30)))
    assert compare(gold, {"new": one_less, "old": gold}).worse() == []
    (pair,) = compare(gold, {"new": half, "old": gold, "other": half}).worse()
    assert (pair.first, pair.second) == ("new", "old")
