"""The comparison: tests against enumeration and worked examples, symmetry, ranks, and what the command line says."""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import claimspans
from claimspans import ClaimspansError, Comparison, Document, Layer, Span, Zone, compare
from claimspans.cli import main
from claimspans.data.records import Failure, Rejected, nested_record, to_line
from claimspans.report.comparison import LETTERS, notes, one_sided, p_figure, pair_table, system_table
from claimspans.report.terminal import EscapedConsole
from claimspans.scoring.counts import FIELDS, RATIOS, Counts
from claimspans.scoring.matching import SCHEMES
from claimspans.scoring.significance import EXACT, SAMPLES, clusters, holm, randomisation, smallest_p

from ..helpers.command import claimspans as command
from ..helpers.examples import examples

Run = Callable[..., tuple[int, str, str]]

NO_RATIO = np.nan


def item(start: int, label: str = "ITEM", length: int = 5) -> Span:
    return Span(label=label, start=start, end=start + length)


def articles(*spans: list[Span]) -> list[Document]:
    return [Document(doc=str(number), spans=tuple(each)) for number, each in enumerate(spans)]


def row(right: int, missed: int = 0, spurious: int = 0) -> list[int]:
    counts = Counts(COR=right, ACT_COR=right, MIS=missed, SPU=spurious)
    return [getattr(counts, name) for name in FIELDS]


def table(*rows: list[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Counts of articles as the tests take them: with one row each."""
    return np.array(rows, dtype=np.int64)[:, None, :]


def random_table(rng: np.random.Generator, size: int, gold: int = 8) -> np.ndarray[Any, np.dtype[np.int64]]:
    right = rng.integers(0, gold + 1, size)
    return table(*[row(int(each), gold - int(each), int(rng.integers(0, 4))) for each in right])


def by_enumeration(first: np.ndarray[Any, Any], second: np.ndarray[Any, Any]) -> list[float | None]:
    """The share of all 2^n swaps whose difference is at least as large as the observed one, by the definition."""

    def gaps(swaps: tuple[bool, ...]) -> list[float | None]:
        sides = []
        for pick, other in ((first, second), (second, first)):
            rows = [(other if swap else pick)[article, 0] for article, swap in enumerate(swaps)]
            sides.append(Counts(**dict(zip(FIELDS, np.sum(rows, axis=0).tolist(), strict=True))))
        values = [(getattr(sides[0], ratio), getattr(sides[1], ratio)) for ratio in RATIOS]
        return [None if one is None or other is None else abs(one - other) for one, other in values]

    observed = gaps((False,) * len(first))
    every = [gaps(swaps) for swaps in itertools.product((False, True), repeat=len(first))]
    found: list[float | None] = []
    for column, seen in enumerate(observed):
        if seen is None:
            found.append(None)
            continue
        values = [gap[column] for gap in every]
        found.append(sum(value is None or value >= seen - 1e-12 for value in values) / len(every))
    return found


@pytest.mark.parametrize("size", range(1, 8))
def test_the_exact_test_is_the_share_of_all_swaps(size: int) -> None:
    rng = np.random.default_rng(size)
    first, second = random_table(rng, size), random_table(rng, size)
    second[size // 2] = first[size // 2]  # an article in which the two are equal
    assert randomisation(first, second, 0)[0].tolist() == pytest.approx(by_enumeration(first, second))


def test_a_swap_that_leaves_a_figure_undefined_counts_against_the_difference() -> None:
    """Each predicts in one article only: swapping one of the two leaves a side without predictions."""
    first, second = table(row(3, 1), row(0, 4)), table(row(0, 4), row(1, 3, 1))
    expected = by_enumeration(first, second)
    assert expected[0] == 1.0
    assert randomisation(first, second, 0)[0].tolist() == pytest.approx(expected)


def test_rounding_does_not_decide_whether_a_swap_is_as_large() -> None:
    """P is 2/6 against 3/4, with the first article swapped 1/4 against 4/6: 5/12 both times, though not as floats."""
    first, second = table(row(1, 2, 2), row(1, 2, 2)), table(row(0, 3, 1), row(3))
    assert 3 / 4 - 2 / 6 != 4 / 6 - 1 / 4
    assert randomisation(first, second, 0)[0, 0] == 1


def test_five_articles_each_better_give_a_sixteenth() -> None:
    """A finds both spans of each article, B the first.

    R is 10/10 against 5/10 and P 1 for both, so F1 is 1 against 2 · 0.5 / 1.5 = 2/3. Of the 32 swaps only the one
    observed and its mirror image reach 1/3: p = 2/32. P never differs: p = 1.
    """
    gold = articles(*[[item(0), item(10)]] * 5)
    found = compare(gold, {"a": gold, "b": articles(*[[item(0)]] * 5)})
    (pair,) = found.pairs
    assert pair.micro["f1"].difference == pytest.approx(1 / 3)
    assert pair.micro["recall"].difference == 0.5
    assert pair.micro["f1"].p == pair.micro["recall"].p == pair.micro["f1"].p_holm == 0.0625 == found.smallest_p()
    assert (pair.micro["precision"].difference, pair.micro["precision"].p) == (0, 1)
    # In every draw of articles the difference is the same.
    assert pair.micro["f1"].interval == pytest.approx((1 / 3, 1 / 3))
    assert (pair.wins, pair.ties, pair.losses, pair.undefined) == (5, 0, 0, 0)
    assert (pair.exact, pair.swaps, pair.differing) == (True, 32, 5)
    assert not found.beats("f1")
    assert found.ranks() == {"a": 1, "b": 1}


def test_identical_systems_are_not_told_apart() -> None:
    gold = articles([item(0), item(10)], [item(0)], [item(0), item(20)])
    same = articles([item(0)], [item(7)], [item(0), item(20)])
    found = compare(gold, {"a": same, "b": same})
    (pair,) = found.pairs
    for tested in (*pair.micro.values(), *pair.labels["ITEM"].values()):
        assert (tested.difference, tested.interval, tested.p, tested.p_holm) == (0, (0, 0), 1, 1)
    assert (pair.wins, pair.ties, pair.losses) == (0, 3, 0)
    assert pair.only_first == pair.only_second == ()
    assert found.beats() == set()
    # Their own figure is far from certain: the interval of the difference is that of pairs.
    low, high = found.intervals["a"]["f1"]
    assert high - low > 0.5


spans = st.lists(
    st.tuples(st.sampled_from(["ITEM", "DATE"]), st.integers(0, 3)).map(lambda each: item(each[1] * 4, each[0])),
    max_size=4,
)
sides = st.lists(st.tuples(spans, spans, spans), min_size=1, max_size=5)


@examples(60)
@given(sides, st.sampled_from(SCHEMES))
def test_the_other_way_round_only_the_sign_changes(sides: list[tuple[list[Span], ...]], scheme: str) -> None:
    gold, one, two = (articles(*side) for side in zip(*sides, strict=True))
    (there,) = compare(gold, {"a": one, "b": two}, scheme=scheme).pairs
    (back,) = compare(gold, {"b": two, "a": one}, scheme=scheme).pairs
    assert set(there.labels) == set(back.labels)
    for label, tested in [("", there.micro), *there.labels.items()]:
        for ratio, ours in tested.items():
            theirs = back.labels[label][ratio] if label else back.micro[ratio]
            assert (ours.p, ours.p_holm) == (theirs.p, theirs.p_holm)
            assert (ours.difference is None) == (theirs.difference is None) == (ours.p is None)
            if ours.difference is not None:
                assert ours.difference == -(theirs.difference or 0)
            if ours.interval and theirs.interval:
                assert ours.interval == pytest.approx((-theirs.interval[1], -theirs.interval[0]))
    assert (there.wins, there.ties, there.losses) == (back.losses, back.ties, back.wins)
    assert there.wins + there.ties + there.losses + there.undefined == len(gold)
    assert (there.only_first, there.only_second) == (back.only_second, back.only_first)


def test_sampled_swaps_agree_with_all_swaps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The standard error of a share of 9,999 swaps is at most 0.005."""
    rng = np.random.default_rng(3)
    first, second = random_table(rng, EXACT), random_table(rng, EXACT)
    exact = randomisation(first, second, 0)
    monkeypatch.setattr("claimspans.scoring.significance.EXACT", 0)
    sampled = randomisation(first, second, 0)
    assert sampled == pytest.approx(exact, abs=0.02)
    assert (sampled != exact).any()
    assert (sampled == randomisation(first, second, 0)).all()
    assert sampled == pytest.approx(randomisation(second, first, 0))


def test_a_sampled_p_is_never_0_and_does_not_hang_on_the_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = table(*[row(9, 1)] * 40), table(*[row(1, 9, 8)] * 40)
    assert randomisation(first, second, 0)[0].tolist() == [1 / (SAMPLES + 1)] * 3
    rng = np.random.default_rng(5)
    first, second = random_table(rng, 40), random_table(rng, 40)
    whole = randomisation(first, second, 0)
    monkeypatch.setattr("claimspans.scoring.significance._CELLS", 40 * 1000)
    assert (randomisation(first, second, 0) == whole).all()


def test_holm_on_a_worked_example() -> None:
    """0.01 · 4, 0.02 · 3, then 0.03 · 2 = 0.06, and 0.04 · 1 may not fall below it."""
    assert holm(np.array([0.04, 0.01, NO_RATIO, 0.03, 0.02])) == pytest.approx(
        [0.06, 0.04, NO_RATIO, 0.06, 0.06], nan_ok=True
    )
    assert holm(np.array([0.5, 0.6])).tolist() == [1.0, 1.0]
    assert holm(np.array([])).tolist() == []


def test_holm_counts_pairs_for_all_labels_together_and_pairs_times_labels_by_label() -> None:
    gold = articles(*[[item(0), item(10, "DATE")]] * 5)
    found = compare(gold, {"a": gold, "b": articles(*[[item(0)]] * 5), "c": articles(*[[]] * 5)})
    recall = {(pair.first, pair.second): pair.micro["recall"] for pair in found.pairs}
    assert {tested.p for tested in recall.values()} == {0.0625}
    assert {tested.p_holm for tested in recall.values()} == {0.1875}
    # Three pairs, of which "b" and "c" are equal on DATE and "a" and "b" on ITEM: six tests, four with p = 1/16.
    labels = [pair.labels[label]["recall"] for pair in found.pairs for label in ("ITEM", "DATE")]
    assert sorted(tested.p or 0 for tested in labels) == [0.0625] * 4 + [1, 1]
    assert min(tested.p_holm or 0 for tested in labels) == 6 * 0.0625
    assert found.label_tests == 6


@pytest.mark.parametrize(
    ("order", "beats", "ranks"),
    [
        ("xyz", set(), [1, 1, 1]),
        ("xyz", {"xz"}, [1, 1, 1]),  # y is told apart from neither, so all share
        ("xyz", {"xz", "yz"}, [1, 1, 3]),
        ("xyz", {"xy", "xz"}, [1, 2, 2]),
        ("xyz", {"xy", "xz", "yz"}, [1, 2, 3]),
        ("", set(), []),
    ],
)
def test_who_is_not_told_apart_shares_a_rank(order: str, beats: set[str], ranks: list[int]) -> None:
    found = clusters(list(order), {(pair[0], pair[1]) for pair in beats})
    assert [found[name] for name in order] == ranks


def test_the_smallest_p_that_articles_can_give() -> None:
    assert [smallest_p(articles) for articles in (0, 1, 2, 5, 6)] == [1, 1, 0.5, 0.0625, 0.03125]
    assert smallest_p(6, tests=3) == 0.09375
    assert smallest_p(1, tests=3) == 1


def test_an_undefined_ratio_is_not_compared() -> None:
    gold = articles([item(0)], [item(0)], [])
    found = compare(gold, {"a": gold, "b": articles([], [], [])})
    (pair,) = found.pairs
    precision = pair.micro["precision"]
    assert (precision.difference, precision.interval, precision.p, precision.p_holm) == (None,) * 4
    assert pair.labels["DATE"]["f1"].p is None
    assert pair.micro["recall"].difference == 1
    assert (pair.wins, pair.ties, pair.losses, pair.undefined) == (2, 0, 0, 1)
    assert "precision" not in found.intervals["b"]
    assert found.ranks("precision") == {"a": 1}
    assert found.to_dict()["systems"]["b"]["rank"]["precision"] is None
    assert json.loads(found.to_json())["pairs"][0]["micro"]["precision"]["p"] is None


def test_one_article_has_no_interval_and_p_1() -> None:
    gold = articles([item(0), item(10)])
    (pair,) = compare(gold, {"a": gold, "b": articles([item(0)])}).pairs
    assert (pair.micro["f1"].interval, pair.micro["f1"].p) == (None, 1)


def test_the_intervals_are_those_of_score_and_of_differences_drawn_in_pairs() -> None:
    rng = np.random.default_rng(1)
    gold = articles(*[[item(10 * place) for place in range(6)] for _ in range(6)])
    sides = {}
    for name in "ab":
        kept = [[span for span in document.spans if rng.random() < 0.6] for document in gold]
        sides[name] = articles(*[[*each, item(90)] for each in kept])
    found = compare(gold, sides)
    for name, predicted in sides.items():
        assert found.intervals[name] == claimspans.score(gold, predicted)["strict"].interval
    tables = [found.results[name]["strict"].table.sum(axis=1) for name in "ab"]
    drawn = []
    for articles_drawn in np.random.default_rng(0).integers(6, size=(2000, 6), dtype=np.int32):
        draw = np.bincount(articles_drawn, minlength=6)
        one, two = (Counts(**dict(zip(FIELDS, (draw @ each).tolist(), strict=True))).f1 for each in tables)
        drawn.append((one or 0) - (two or 0))
    assert found.pairs[0].micro["f1"].interval == pytest.approx(np.quantile(drawn, (0.025, 0.975)))


def test_a_label_that_only_one_system_knows_is_compared() -> None:
    gold = articles([item(0)], [item(0)])
    odd = articles([item(0), item(30, "ODD")], [item(0)])
    (pair,) = compare(gold, {"a": gold, "b": odd}).pairs
    assert pair.labels["ITEM"]["f1"].difference == 0
    assert pair.labels["ODD"]["precision"].difference is None
    assert (pair.micro["precision"].difference or 0) == pytest.approx(1 - 2 / 3)


def test_the_spans_that_one_has_and_the_other_lacks() -> None:
    text = "Pyongyang sent 50 missiles on Monday and denied it."
    gold = [
        Document(
            doc="1",
            text=text,
            spans=(
                item(30, "DATE", 6),
                item(0, "SPEAKER", 9),
                item(15, "QUANTITY", 2),
                item(18, "ITEM", 8),
                item(45, "DATE"),  # in the zone, where no prediction is scored
            ),
            zones=(Zone(kind="boilerplate", start=45, end=51),),
        )
    ]
    one = [Document(doc="1", spans=(item(30, "DATE", 6), item(0, "SPEAKER", 9), item(18, "ITEM", 8), item(45, "DATE")))]
    two = [Document(doc="1", spans=(item(0, "SPEAKER", 9), item(15, "QUANTITY", 2), item(18, "DATE", 8)))]
    (pair,) = compare(gold, {"a": one, "b": two}).pairs
    assert [(each.label, each.text) for each in pair.only_first] == [("ITEM", "missiles"), ("DATE", "Monday")]
    (lacked,) = pair.only_second
    assert (lacked.doc, lacked.label, lacked.start, lacked.end) == ("1", "QUANTITY", 15, 17)
    assert (lacked.before, lacked.text, lacked.after) == (text[:15], "50", text[17:51])
    # Under exact the label does not matter.
    (pair,) = compare(gold, {"a": one, "b": two}, scheme="exact").pairs
    assert [each.text for each in pair.only_first] == ["Monday"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_spans_listed_are_those_that_the_counts_count(scheme: str, gold: Layer) -> None:
    shifted = [
        Document(
            doc=document.doc,
            spans=tuple(
                Span(label=span.label, start=span.start, end=span.end - (number % 3 == 0 and span.end - span.start > 1))
                for number, span in enumerate(document.spans)
                if number % 5
            ),
        )
        for document in gold
    ]
    found = compare(gold, {"gold": gold, "shifted": shifted}, scheme=scheme)
    (pair,) = found.pairs
    right = {name: result[scheme].micro.COR for name, result in found.results.items()}
    assert len(pair.only_first) - len(pair.only_second) == right["gold"] - right["shifted"] > 0
    places = [(each.doc, each.start) for each in pair.only_first]
    assert places == sorted(places)


def test_fewer_than_two_systems_and_an_unknown_scheme_are_refused() -> None:
    gold = articles([item(0)])
    with pytest.raises(ClaimspansError, match="two systems or more; got 1"):
        compare(gold, {"a": gold})
    with pytest.raises(ClaimspansError, match="'lenient' is no scheme; expected strict"):
        compare(gold, {"a": gold, "b": gold}, scheme="lenient")


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
