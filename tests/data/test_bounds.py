"""Numbers of files and extractors that are too large, and lines that are no lines: said where they are read."""

from __future__ import annotations

import datetime
import decimal
import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimspans import Corpus, score
from claimspans.data import lines
from claimspans.data.predictions import read_gold, read_predictions
from claimspans.data.problems import ClaimspansError, InputError, Problem
from claimspans.data.records import Document, Rejected, Span
from claimspans.data.span_columns import read_span_columns
from claimspans.extractors import Article, Refused, read_answer
from claimspans.extractors.adapters.http import retry_after
from claimspans.extractors.answer_reader import MOST
from claimspans.extractors.run.notes import MOST_KINDS, MOST_USED, Notes, usage_of

from ..helpers.command import claimspans
from ..helpers.places import Write

SPAN = {"doc": "003", "label": "ITEM", "start": 55, "end": 64}


def problems_of(source: Any, *, ours: bool = True) -> list[str]:
    corpus = Corpus()
    with pytest.raises(InputError) as raised:
        read_predictions(source, corpus.schema if ours else None, corpus.texts)
    return [f"{problem.id} {problem.line}" for problem in raised.value.problems]


@pytest.mark.parametrize("length", [2**62, 2**31, 100_000, -1, 1.5, "9"])
def test_the_length_of_a_rejected_span_is_that_of_a_part_of_the_article(length: Any, write: Write) -> None:
    rejected = [{"type": "span", "reason": "x", "length": length}]
    path = write(SPAN, {"doc": "000", "spans": [], "rejected": rejected})
    assert problems_of(path) == ["field-value 2"]
    ran = claimspans("check", "--predictions", path)
    assert (ran.returncode, "field-value" in ran.stdout) == (1, True)


def test_rejected_spans_count_as_spurious_however_long_they_are() -> None:
    gold = Document(doc="1", spans=())
    told = tuple(Rejected(type="span", reason="x", length=2**31 - 1) for _ in range(3))
    with pytest.raises(Exception, match="rejected spans have more than 2147483647 characters together"):
        score([gold], [Document(doc="1", rejected=told)])
    few = tuple(Rejected(type="span", reason="x", length=10**6) for _ in range(3))
    assert score([gold], [Document(doc="1", rejected=few)])["strict"].micro.SPU == 3


@pytest.mark.parametrize("ours", [True, False])
@pytest.mark.parametrize(
    "wrong",
    [
        {"occurrence": [1], "text": "munitions"},
        {"occurrence": 1.5, "text": "munitions"},
        {"occurrence": 2**40, "text": "munitions"},
        {"occurrence": 1},
    ],
)
def test_an_occurrence_is_a_count_of_a_text(wrong: dict[str, Any], ours: bool, write: Write) -> None:
    path = write(SPAN, {"doc": "003", "label": "ITEM"} | wrong)
    (found,) = problems_of(path, ours=ours)
    assert found.endswith(" 2")
    assert found.split()[0] in ("field-value", "field-missing", "quote-missing")


@pytest.mark.parametrize("number", ["1e400", "-1e999", "9" * 400, "1" + "0" * 19 + "0", "NaN"])
def test_a_number_that_no_json_reader_holds_is_a_problem_of_its_line(number: str, write: Write) -> None:
    quantity = {"doc": "003", "label": "QUANTITY", "start": 29, "end": 51}
    line = json.dumps(quantity)[:-1] + f', "value": {number}}}'
    for ours in (True, False):
        assert problems_of(write(SPAN, line), ours=ours) == ["json-broken 2"]


def test_offsets_past_any_article_are_a_problem_of_their_line(write: Write) -> None:
    path = write({"doc": "x", "label": "A", "start": 0, "end": 2**31})
    with pytest.raises(InputError, match=r":1: offset-range"):
        read_gold(path, None)


@given(
    st.dictionaries(st.text(), st.integers() | st.floats() | st.text() | st.just(10**400)) | st.integers() | st.text()
)
def test_usage_adds_up_whatever_is_told(told: Any) -> None:
    found = usage_of(told)
    assert all(0 <= value <= MOST_USED for value in found.values())
    assert len(found) <= MOST_KINDS
    assert json.loads(json.dumps(found)) == found


def test_the_usage_of_a_run_is_read_again_whatever_stands_in_its_notes(tmp_path: Path) -> None:
    (tmp_path / "usage.jsonl").write_text(
        '{"doc": "1", "tokens": ' + "9" * 400 + '}\n{"doc": "2", "tokens": 5}\n{"x": ['
    )
    assert Notes(tmp_path).usage() == {"tokens": 5}


@pytest.mark.parametrize(("given", "seconds"), [("9" * 400, None), ("9" * 5000, None), ("120", 120.0), ("1e400", None)])
def test_nobody_waits_for_a_number_that_is_none(given: str, seconds: float | None) -> None:
    assert retry_after(given) == seconds


@pytest.mark.parametrize("value", [10**400, float("inf"), [1e400], {"a": 2**65}])
def test_what_an_extractor_says_in_numbers_that_are_none_is_rejected(value: Any) -> None:
    answer = {"spans": [{"label": "QUANTITY", "start": 0, "end": 3, "value": value}]}
    reading = read_answer(Article(doc="1", text="ten"), answer, Corpus().schema)
    assert [one.reason for one in reading.document.rejected] == ["json-broken"]
    long = {"spans": [{"label": "ITEM", "start": 0, "end": 1, "text": "x" * 10_000}]}
    assert read_answer(Article(doc="1", text="ten"), long, None).document.rejected[0].length == 3


GOOD = json.dumps(SPAN)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (GOOD.replace('"end": 64', '"end": 64 \n'), ["json-broken 1", "json-broken 2"]),
        (GOOD.replace(', "start"', ' ,\n"start"') + "\n", ["json-broken 1", "json-broken 2"]),
        (f"{GOOD}{GOOD}\n", ["json-broken 1"]),
        (f"{GOOD}{GOOD}\n{GOOD[:30]}\n{GOOD[30:]}\n", ["json-broken 1", "json-broken 2", "json-broken 3"]),
        (f"{GOOD}\n\ufeff{GOOD}\n", ["file-bom 2"]),
    ],
)
def test_a_record_is_a_line_and_a_line_is_a_record(text: str, wrong: list[str], tmp_path: Path) -> None:
    path = tmp_path / "predictions.jsonl"
    path.write_text(text, encoding="utf-8")
    assert problems_of(path) == wrong
    assert read_span_columns(path) is None
    gold = tmp_path / "gold.jsonl"
    gold.write_text(GOOD + "\n", encoding="utf-8")
    ran = claimspans("score", path, "--gold", gold)
    assert ran.returncode == 2
    assert f"predictions.jsonl:{wrong[0].split()[1]}: {wrong[0].split()[0]}" in ran.stderr


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", ""])
def test_lines_end_as_lines_do(end: str, tmp_path: Path) -> None:
    path = tmp_path / "predictions.jsonl"
    path.write_bytes(f"{GOOD}\n{GOOD}{end}".encode())
    columns = read_span_columns(path)
    assert columns is not None
    assert len(columns.doc) == 2


@pytest.mark.parametrize(
    "values",
    [
        pa.array([datetime.datetime(2024, 9, 4, tzinfo=datetime.UTC)]),
        pa.array([datetime.date(2024, 9, 4)]),
        pa.array([decimal.Decimal("1.5")]),
        pa.array([datetime.timedelta(days=1)]),
        pa.array([b"raw"]),
        pa.array([[datetime.time(1)]]),
        pa.array([float("inf")]),
    ],
)
def test_a_column_that_holds_what_no_record_does_is_a_problem_of_each_row(values: pa.Array, tmp_path: Path) -> None:
    path = tmp_path / "predictions.parquet"
    columns = {name: pa.array([value]) for name, value in SPAN.items()}
    pq.write_table(pa.table(columns | {"value": values}), path)
    assert problems_of(path) == ["json-broken 1"]
    for call in (["score"], ["check", "--predictions"], ["report"]):
        assert claimspans(*call, path, cwd=tmp_path).returncode in (1, 2)


def test_a_column_that_stands_twice_is_said(tmp_path: Path) -> None:
    path = tmp_path / "predictions.parquet"
    names = [*SPAN, "end"]
    pq.write_table(pa.table([*(pa.array([value]) for value in SPAN.values()), pa.array([60])], names=names), path)
    assert problems_of(path) == ["json-duplicate-key None"]
    inner = pa.struct([("label", pa.string()), ("label", pa.string())])
    table = pa.table({"doc": pa.array(["003"]), "spans": pa.array([None], pa.list_(inner))})
    pq.write_table(table, path)
    assert problems_of(path) == ["json-duplicate-key None"]


@pytest.mark.parametrize("field", ["spans", "quotes", "claims"])
def test_an_answer_has_a_limit_that_is_said(field: str) -> None:
    article = Article(doc="1", text="ten shells")
    most = MOST[field]
    one = {"spans": {"label": "ITEM", "start": 4, "end": 10}, "quotes": {"label": "ITEM", "quote": "shells"}}
    many = [one.get(field, {"event": "use"})] * (most + 1)
    with pytest.raises(Refused, match=f"{most + 1:,} {field} for one article; at most {most:,} are read"):
        read_answer(article, {"spans": [], field: many}, None)
    assert read_answer(article, {"spans": [], field: many[:10]}, None).document.status in ("done", "partial")


def test_spans_that_all_overlap_and_copies_end_soon_or_in_words() -> None:
    """No wall clock: what would take minutes has no end here, and too many pairs are an error."""
    item = Span(label="ITEM", start=0, end=4000)
    copies = score([Document(doc="1", spans=(item,))], [Document(doc="1", spans=(item,) * 8000)])
    assert (copies["strict"].micro.COR, copies["strict"].micro.SPU) == (1, 7999)
    tangle = [tuple(Span(label="A", start=at, end=at + size) for at in range(4000)) for size in (4000, 4001)]
    with pytest.raises(ClaimspansError, match="16,000,000 pairs of overlapping spans; at most 5,000,000"):
        score([Document(doc="1", spans=tangle[0])], [Document(doc="1", spans=tangle[1])])


def test_a_file_of_line_ends_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "predictions.jsonl.gz"
    monkeypatch.setattr(lines, "MOST_BLANK", 1000)
    path.write_bytes(gzip.compress(GOOD.encode() + b"\n" * 10_000))
    assert problems_of(path) == ["file-large 1002"]
    monkeypatch.setattr(lines, "LARGEST_FILE", 100)
    path.write_bytes(gzip.compress(f"{GOOD}\n".encode() * 10))
    *_, last = lines.scan(path)
    assert isinstance(last, Problem)
    assert (last.id, last.line) == ("file-large", 2)
