"""The benchmark: its files have the proportions that they promise, and its harness measures what it says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections import Counter
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from benchmarks import disagree, measure, tables, workload
from benchmarks.workload import LABELS, NESTED, PER_ARTICLE, expected, totals, write
from claimspans import Document, Span, score

from ..helpers.places import ROOT

ARTICLES = 40
Rows = dict[str, list[tuple[int, int, str]]]


def read(path: Path) -> Rows:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert all(list(record) == ["doc", "label", "start", "end"] for record in records)
    return {
        doc: [(record["start"], record["end"], record["label"]) for record in group]
        for doc, group in groupby(records, key=lambda record: record["doc"])
    }


@pytest.fixture(scope="module", params=[False, True], ids=["flat", "nested"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[bool, Rows, Rows]:
    gold, predictions = write(tmp_path_factory.mktemp("workload"), ARTICLES, nested=request.param)
    return request.param, read(gold), read(predictions)


def test_every_article_has_45_gold_spans_of_five_labels(made: tuple[bool, Rows, Rows]) -> None:
    _, gold, _ = made
    assert list(gold) == [f"a{number:05d}" for number in range(1, ARTICLES + 1)]
    assert {len(rows) for rows in gold.values()} == {PER_ARTICLE}
    assert {label for rows in gold.values() for _, _, label in rows} == set(LABELS)
    assert all(0 <= start < end for rows in gold.values() for start, end, _ in rows)


def test_flat_is_flat_on_both_sides_and_30_percent_of_nested_is_nested(made: tuple[bool, Rows, Rows]) -> None:
    nested, gold, predictions = made
    if not nested:
        for rows in (*gold.values(), *predictions.values()):
            assert all(one[1] <= other[0] for one, other in pairwise(rows))
        return
    inside = sum(
        any(one != other and other[0] <= one[0] and one[1] <= other[1] for other in rows)
        for rows in gold.values()
        for one in rows
    )
    assert inside == round(NESTED * ARTICLES * PER_ARTICLE)


def test_predictions_are_missed_shifted_relabelled_and_spurious_as_often_as_promised(
    made: tuple[bool, Rows, Rows],
) -> None:
    _, gold, predictions = made
    seen: Counter[str] = Counter()
    for doc, rows in gold.items():
        labels = {(start, end): label for start, end, label in rows}
        for start, end, label in predictions[doc]:
            if (start, end) in labels:
                seen["found" if labels[start, end] == label else "relabelled"] += 1
                continue
            near = [
                other
                for other in rows
                if other[2] == label
                and max(start, other[0]) < min(end, other[1])
                and 1 <= max(abs(start - other[0]), abs(end - other[1])) <= 3
            ]
            overlapping = any(max(start, other[0]) < min(end, other[1]) for other in rows)
            assert near or not overlapping
            seen["shifted" if near else "spurious"] += 1
    wanted = totals(ARTICLES)
    assert seen == {fate: wanted[fate] for fate in ("found", "relabelled", "shifted", "spurious")}
    assert wanted["gold"] - sum(seen.values()) + seen["spurious"] == wanted["missed"]
    assert [wanted[fate] / wanted["gold"] for fate in ("missed", "shifted", "relabelled", "spurious")] == [
        0.15,
        0.15,
        0.05,
        0.15,
    ]


def test_the_counts_that_follow_from_how_the_files_are_made_are_the_scorers(made: tuple[bool, Rows, Rows]) -> None:
    nested, gold, predictions = made
    sides = [
        [
            Document(doc=doc, spans=tuple(Span(label=label, start=start, end=end) for start, end, label in rows))
            for doc, rows in side.items()
        ]
        for side in (gold, predictions)
    ]
    result = score(*sides)
    wanted = expected(ARTICLES, nested=nested)
    assert set(wanted) == {"strict", "exact", "partial"} | (set() if nested else {"type"})
    for scheme, counts in wanted.items():
        micro = result[scheme].micro.to_dict()
        assert {field: micro[field] for field in counts} == counts, scheme


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    contents = []
    for name, seed in (("one", 7), ("again", 7), ("other", 8)):
        (tmp_path / name).mkdir()
        contents.append([path.read_bytes() for path in write(tmp_path / name, 3, nested=True, seed=seed)])
    assert contents[0] == contents[1]
    assert contents[0][1] != contents[2][1]


@pytest.mark.slow
def test_a_process_is_measured_and_one_that_does_not_end_is_ended() -> None:
    busy = "import time\nheld = bytearray(80_000_000)\nwhile time.process_time() < 0.3: pass\nprint('done')"
    run = measure.run_process([sys.executable, "-c", busy], timeout=600)
    assert (run.error, run.output) == (None, b"done\n")
    assert 0.3 <= run.cpu < 30
    assert 80e6 < run.peak < 800e6  # of that process alone, however much this one holds
    started = time.perf_counter()
    late = measure.run_process([sys.executable, "-c", "import time; time.sleep(3600)"], timeout=0.5)
    assert late.error == "not done after 0.5 s"
    assert time.perf_counter() - started < 600
    failed = measure.run_process([sys.executable, "-c", "raise SystemExit('no such thing')"], timeout=600)
    assert failed.error == "exit code 1: no such thing"


def test_counts_that_are_off_are_told_by_how_much_and_ratios_rest_on_the_decode(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = expected(1)

    def ran(tool: measure.Tool) -> measure.Run:
        schemes = {} if tool.name == measure.DECODE else {name: dict(counts) for name, counts in right.items()}
        if tool.name == measure.PEER:
            schemes["strict"]["COR"] -= 4
            schemes["strict"]["INC"] += 4
        cpu = {measure.DECODE: 0.5, measure.PEER: 4.0}.get(tool.name, 1.0)
        output = json.dumps({"schemes": schemes, "phases": {"read": 0.25, "score": 0.75}}).encode()
        return measure.Run(cpu=cpu, wall=2 * cpu, peak=50_000_000, output=output)

    monkeypatch.setattr(measure, "run_process", lambda command, *_args, **_more: ran(_tool_of(command)))
    names = ["claimspans-api", "nervaluate", "msgspec-decode"]
    *_, report = measure.measure(names, 1, nested=False, rounds=2, timeout=1)
    assert isinstance(report, measure.Report)
    found = {tool.name: tool for tool in report.tools}
    assert (found["claimspans-api"].over_decode, found["claimspans-api"].over_nervaluate) == (2.0, 0.25)
    assert found["nervaluate"].off == {"strict": {"COR": -4, "INC": 4}}
    assert report.disagreeing == ["nervaluate"]
    assert list(found["nervaluate"].schemes) == ["strict", "exact", "partial", "type"]
    assert "nervaluate differs under strict: COR -4, INC +4, of 45 gold spans." in list(tables.notes(report))
    assert [row[3:6] + row[8:] for row in tables.rows(report)] == [
        ["1.00", "2.00", "0.25", "2"],
        ["4.00", "8.00", "1.00", "2"],
        ["0.50", "1.00", "0.12", "2"],
    ]
    parts = tables.markdown(report)
    (part,) = parts.values()
    assert [line for line in part.splitlines() if line.startswith("- ")] == [
        "- Counts of an optimal matching: claimspans-api.",
        "- nervaluate, COR of 45: strict -4.",
        "- claimspans-api: read 25%, score 75%.",
    ]
    assert re.search(r"^\| nervaluate \S+ \| 4\.00 \| 8\.00 \| 50 \|$", part, re.MULTILINE)


def _tool_of(command: list[str]) -> measure.Tool:
    named = [tool for tool in measure.TOOLS if tool.name in command]
    return named[0] if named else measure.TOOLS[0]


def test_the_readme_has_a_place_for_every_table_and_keeps_what_stands_around_it(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("before\n<!-- results flat 1 -->\nold\n<!-- end of results flat 1 -->\nafter\n", encoding="utf-8")
    tables.update(path, {"results flat 1": "new"})
    tables.update(path, {"results flat 1": "newer"})
    assert path.read_text(encoding="utf-8") == (
        "before\n<!-- results flat 1 -->\n\nnewer\n\n<!-- end of results flat 1 -->\nafter\n"
    )
    with pytest.raises(LookupError, match=r"README\.md has no place for “results flat 2”"):
        tables.update(path, {"results flat 1": "lost", "results flat 2": "new"})
    assert "lost" not in path.read_text(encoding="utf-8")
    readme = tables.README.read_text(encoding="utf-8")
    for variant in ("flat", "nested"):
        assert f"<!-- results {variant} 10000 -->" in readme
        assert f"<!-- end of results {variant} 10000 -->" in readme


@pytest.mark.slow
@pytest.mark.parametrize("variant", ["flat", "nested"])
def test_the_harness_runs_every_tool_or_says_why_not(variant: str) -> None:
    nested = ["--nested"] if variant == "nested" else []
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.run", "--articles", "20", "--rounds", "1", "--json", *nested],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert run.returncode == 0, run.stderr
    report = json.loads(run.stdout)
    assert set(report["machine"]) == {"processor", "cores", "memory", "system", "python"}
    tools = {tool["name"]: tool for tool in report["tools"]}
    assert list(tools) == [tool.name for tool in measure.TOOLS]
    for name in ("claimspans-api", "msgspec-decode", "bootstrap"):
        assert tools[name]["error"] is None
        assert tools[name]["cpu"] > 0
        assert tools[name]["phases"]
    assert tools["claimspans-api"]["off"] == {}
    assert tools["claimspans-api"]["schemes"]["strict"]["COR"] == workload.totals(20)["found"]
    assert tools["claimspans-api"]["over_decode"] > 1
    assert tools["seqeval"]["error"] if nested else True
    for tool in tools.values():
        assert tool["error"] or tool["rounds"] == 1


def test_a_tool_that_is_not_there_is_named() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.run", "--tools", "nervaluate,stopwatch"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert run.returncode == 2
    assert "stopwatch; expected some of claimspans, claimspans-api, nervaluate" in run.stderr


def test_the_example_in_the_document_is_what_we_print() -> None:
    found = list(disagree.orders(disagree.claimspans))
    assert len(found) == 1
    assert found[0] == pytest.approx((2 / 4, 2 / 3, 4 / 7))
    text = (ROOT / "docs" / "scores.md").read_text(encoding="utf-8")
    assert "| claimspans | 0.500 | 0.667 | 0.571 |" in text
    for label, quote in (*disagree.GOLD, *disagree.PREDICTED):
        assert f'{label} "{quote}"' in text
