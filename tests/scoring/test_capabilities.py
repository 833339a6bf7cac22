"""By capability: a text passes where all that it is about is right, and nothing is marked where nothing is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from markupsafe import escape

import claimspans
from claimspans import Claim, Corpus, Document, InputError, Layer, Span, compare, score
from claimspans.data.capabilities import CAPABILITIES, Absent, Case, read_cases
from claimspans.data.schema import default_schema
from claimspans.report.comparison import capability_table
from claimspans.report.leaderboard import markdown
from claimspans.scoring.capabilities import CapabilityScore, Verdict, capability_scores
from claimspans.scoring.leaderboard import leaderboard
from claimspans.scoring.result import Result
from claimspans.scoring.text_tables import failures

from ..helpers.command import claimspans as program


def stance(stance: str, start: int = 7, end: int = 13) -> Span:
    return Span(label="STANCE", start=start, end=end, id="s1", text="denied", attributes={"stance": stance})


GOLD = Document(
    doc="a",
    text="Vale x denied KV-30 sales.",
    spans=(stance("denial"),),
    claims=(Claim(id="c1", event="transfer", supplier="XT"),),
)


def failure(case: Case, *spans: Span, claims: tuple[Claim, ...] = ()) -> str | None:
    answer = Document(doc="a", text=GOLD.text, spans=spans, claims=claims)
    (found,) = capability_scores([case], [(GOLD, answer)], {"a": {}}, default_schema())
    return found.verdicts[0].failure


CUE = Case(doc="a", capability="x", spans=("s1",))


def test_a_span_must_be_there_with_the_attributes_that_the_system_states() -> None:
    assert failure(CUE) == "STANCE “denied” is not marked"
    assert failure(CUE, stance("denial", 7, 14)) == "STANCE “denied” is not marked"
    assert failure(CUE, stance("denial")) is None
    assert failure(CUE, stance("confirmation")) == "stance of STANCE “denied” is confirmation, not denial"
    assert failure(CUE, msgspec.structs.replace(stance("denial"), attributes={})) is None


def test_where_nothing_is_to_be_marked_nothing_may_touch_the_place() -> None:
    case = Case(doc="a", capability="x", absent=(Absent(17, 19, "QUANTITY"),))
    assert failure(case) is None
    assert failure(case, Span(label="QUANTITY", start=14, end=19)) == "“KV-30” is marked as QUANTITY"
    assert failure(case, Span(label="ITEM", start=14, end=19)) is None


def test_a_claim_must_be_the_same_as_a_whole() -> None:
    case = Case(doc="a", capability="x", spans=("c1",))
    assert failure(case, claims=(Claim(event="transfer", supplier="XT"),)) is None
    assert failure(case, claims=(Claim(event="transfer", supplier="XO"),)) == "claim c1 is not among its claims"


def test_no_claim_may_stand_where_there_is_none() -> None:
    case = Case(doc="a", capability="x", absent=(Absent(7, 13, "CLAIM"),))
    cue = stance("denial")
    assert failure(case, cue, claims=(Claim(event="use", cue="s1"),)) == "a claim at “denied”, where there is none"
    assert failure(case, cue, claims=(Claim(event="use"),)) is None


def test_the_weakest_stands_first_with_its_interval() -> None:
    gold = [msgspec.structs.replace(GOLD, doc=str(number)) for number in range(4)]
    cases = [
        Case(doc="0", capability="a", spans=("s1",), half="test"),
        Case(doc="1", capability="a", spans=("s1",), half="dev"),
        Case(doc="2", capability="b", spans=("s1",), half="test"),
        Case(doc="3", capability="b", spans=("s1",), half="dev"),
    ]
    pairs = [(one, Document(doc="0") if one.doc == "0" else one) for one in gold]
    first, second = capability_scores(cases, pairs, {}, None)
    assert (first.capability, first.passed, first.texts, first.of_half("dev")) == ("a", 1, 2, (1, 1))
    assert (second.capability, second.share) == ("b", 1.0)
    low, high = first.interval
    assert 0 < low < 0.5 < high < 1
    assert first.to_dict()["failed"] == {"0": "STANCE “denied” is not marked"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"doc": "a", "capability": "x"}, "nothing of it can be right or wrong"),
        ({"doc": "a", "capability": "x", "spans": ["s9"]}, "a has no span or claim s9"),
        ({"doc": "a", "spans": ["s1"]}, "missing required field `capability`"),
        ({"doc": "a", "capability": "x", "spans": ["s1"], "more": 1}, "more"),
    ],
)
def test_a_line_that_is_no_case_is_named(row: dict[str, Any], said: str, tmp_path: Path) -> None:
    (tmp_path / CAPABILITIES).write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=f"{CAPABILITIES}:1: .*{said}"):
        read_cases(tmp_path, {"a": GOLD})


@pytest.fixture(scope="module")
def silent(challenge: Layer) -> Result:
    """What a system reaches on the challenge that marks nothing."""
    return score(challenge, [], schemes=["strict"])


def test_the_challenge_is_passed_by_its_own_gold_and_failed_by_silence(challenge: Layer, silent: Result) -> None:
    right = score(challenge, list(challenge), schemes=["strict"])
    assert all(each.failures == [] for each in right.capabilities)
    without = {case.doc for each in silent.capabilities for case in [v.case for v in each.verdicts] if not case.spans}
    passed = {v.case.doc for each in silent.capabilities for v in each.verdicts if v.failure is None}
    assert passed == without


def test_the_challenge_has_thirty_capabilities_of_ten_texts_in_two_halves(challenge: Layer, silent: Result) -> None:
    found = silent.capabilities
    assert len(found) >= 30
    assert sum(each.texts for each in found) == len(challenge) >= 400
    for each in found:
        assert each.texts >= 10
        assert each.of_half("dev")[1] == each.of_half("test")[1] == each.texts / 2


def test_the_rules_name_no_string_of_the_test_half(challenge: Layer) -> None:
    """Five words in a row would be an answer learnt by heart."""
    root = Path(claimspans.__file__).parent / "extractors" / "baselines"
    code = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in root.rglob("*.py"))
    texts = {document.doc: (document.text or "").split() for document in challenge}
    for case in read_cases(Corpus("challenge").root, {document.doc: document for document in challenge}):
        words = texts[case.doc] if case.half == "test" else []
        runs = [" ".join(words[at : at + 5]) for at in range(len(words) - 4)]
        assert not [run for run in runs if run in code]


def test_other_golds_have_no_capabilities() -> None:
    assert score(Layer([GOLD], "mine"), [GOLD]).capabilities == ()
    assert "capabilities" not in score([GOLD], [GOLD]).to_dict(brief=True)


@pytest.fixture(scope="module")
def part(challenge: Layer) -> Layer:
    """Some texts of the challenge, of several capabilities."""
    layer = Layer(challenge[:30], "gold", schema=challenge.schema)
    layer.corpus = challenge.corpus
    return layer


def half_right(part: Layer) -> list[Document]:
    return [one if number % 2 else Document(doc=one.doc) for number, one in enumerate(part)]


def test_two_systems_are_compared_by_capability(part: Layer) -> None:
    from scipy.stats import binomtest

    comparison = compare(part, {"half": half_right(part), "all": list(part)})
    half, every = (result.capabilities for result in comparison.results.values())
    assert [test.capability for test in comparison.capabilities] == [score.capability for score in half]
    failed = {score.capability: len(score.failures) for score in half}
    for test in comparison.capabilities:
        assert (test.only_first, test.only_second) == (0, failed[test.capability])
        assert test.p == (binomtest(0, test.only_second).pvalue if test.only_second else None)
        assert (test.p_holm is None) == (test.p is None)
        assert (test.p_holm or 1) >= (test.p or 0)
    assert [one["capability"] for one in comparison.to_dict()["capabilities"]] == [s.capability for s in half]
    table = capability_table(comparison)
    assert table.row_count == len(half)
    assert [column.header for column in table.columns[1:6]] == ["texts", "half", "all", "only half", "only all"]
    assert all(score.share == 1 for score in every)
    assert "capabilities" not in compare([GOLD], {"a": [GOLD], "b": [GOLD]}).to_dict()


def test_the_leaderboard_says_what_a_system_cannot_read_yet(part: Layer, tmp_path: Path) -> None:
    path = tmp_path / "half.jsonl"
    rows = [
        {"doc": one.doc, "spans": [{"label": s.label, "start": s.start, "end": s.end} for s in one.spans]}
        for one in half_right(part)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    board = leaderboard(part, [path], part.schema)
    _, _, page = markdown(board, "claimspans leaderboard").partition("## What a system cannot read yet")
    lines = [line.split(" | ") for line in page.splitlines() if line.startswith("| ")][2:]
    (row,) = board.rows
    assert [line[0].lstrip("| ") for line in lines[:-1]] == [score.capability for score in row.result.capabilities]
    for line, one in zip(lines, row.result.capabilities, strict=False):
        assert line[1] == f"{one.passed}/{one.texts}"
        assert line[-1].startswith(f"{one.example.case.doc}: " if one.example is not None else " |")
    assert "cannot read yet" not in markdown(leaderboard([GOLD], [write_gold(tmp_path)], None), "x")


def test_the_page_names_the_command_that_makes_it_with_its_corpus(tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text('{"doc": "w33", "label": "ITEM", "start": 0, "end": 3}\n', encoding="utf-8")
    options = ("--out", "page.md")
    written = program("--corpus", "wire", "leaderboard", "one.jsonl", *options, cwd=tmp_path)
    assert written.returncode == 0, written.stderr
    made = "`claimspans leaderboard one.jsonl --corpus wire --out page.md`"
    assert made in (tmp_path / "page.md").read_text(encoding="utf-8")
    check = program("leaderboard", "one.jsonl", "--corpus", "wire", *options, "--check", cwd=tmp_path)
    assert (check.returncode, check.stderr) == (0, "")


def write_gold(folder: Path) -> Path:
    path = folder / "gold.jsonl"
    path.write_text(json.dumps({"doc": "a", "label": "STANCE", "start": 7, "end": 13}) + "\n", encoding="utf-8")
    return path


def test_no_example_is_of_the_test_half() -> None:
    def score_of(*halves: str) -> CapabilityScore:
        verdicts = (Verdict(Case(doc=half, capability="x", spans=("s1",), half=half), "wrong") for half in halves)
        return CapabilityScore("x", tuple(verdicts))

    shown = [score_of(*halves).example for halves in (("test", "dev"), ("test",), ())]
    assert [each.case.doc if each is not None else None for each in shown] == ["dev", None, None]


def test_the_report_has_a_table_of_capabilities_and_a_text_of_each_that_is_not_passed(
    part: Layer, tmp_path: Path
) -> None:
    (page,) = claimspans.write_report(tmp_path / "x.html", part, {"half": half_right(part), "all": list(part)})
    text = page.read_text(encoding="utf-8")
    assert text.count('<section aria-labelledby="capabilities">') == 1
    result = score(part, half_right(part))
    for capability, failure in failures(result).items():
        assert f"<dt>{escape(capability)}</dt><dd>{escape(failure)}</dd>" in text
    (page,) = claimspans.write_report(tmp_path / "y.html", [GOLD], [GOLD])
    assert 'id="capabilities"' not in page.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_command_prints_the_weakest_first_with_an_example() -> None:
    done = program("--corpus", "challenge", "score", "rules", "--brief", "--scheme", "strict")
    assert done.returncode == 0, done.stderr
    table = done.stdout.partition("texts passed, by capability")[2]
    shares = [float(line.split()[-2]) for line in table.splitlines()[2:45] if "–" in line]
    assert shares == sorted(shares)
    assert len(shares) >= 30
    assert re.search(r"^\w.*, t\d{3}: .+\. \S", table, re.MULTILINE)
