"""Reading lines and writing them: nothing is lost, nothing half-written."""

from __future__ import annotations

import copy
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimspans import Cargo, Claim, Corpus, Document, InputError, Layer, Span
from claimspans.data.files import write_text
from claimspans.data.lines import Line, scan
from claimspans.data.predictions import read_predictions
from claimspans.data.problems import Problem
from claimspans.data.records import (
    claim_of,
    claim_record,
    document_records,
    nested_record,
    span_of,
    span_record,
    to_line,
)
from claimspans.scoring.overlaps import TooManyOverlapsError

names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
values = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), names)
spans = st.builds(
    Span,
    label=names,
    start=st.integers(0, 99),
    end=st.integers(100, 200),
    id=st.none() | names,
    text=st.none() | names,
    score=st.none() | st.floats(0, 1),
    attributes=st.dictionaries(
        names.filter(
            lambda name: name not in {"type", "doc", "id", "label", "start", "end", "text", "score", "occurrence"}
        ),
        values | st.lists(names).map(tuple),
        max_size=3,
    ),
)
ids = st.lists(names, max_size=3).map(tuple)
claims = st.builds(
    Claim,
    event=names,
    id=st.none() | names,
    holders=ids,
    via=ids,
    cargo=st.lists(st.builds(Cargo, item=st.none() | names, quantity=st.none() | names), max_size=2).map(tuple),
    when=ids,
    score=st.none() | st.floats(0, 1),
)


@given(spans)
def test_a_span_comes_back_as_it_was(span: Span) -> None:
    assert span_of(json.loads(to_line(span_record("1", span)))) == span


@given(claims)
def test_a_claim_comes_back_as_it_was(claim: Claim) -> None:
    assert claim_of(json.loads(to_line(claim_record("1", claim)))) == claim


@pytest.mark.parametrize("layer", ["gold", "pass-a", "pass-b"])
def test_a_published_file_is_written_as_it_was_read(layer: str, corpus: Corpus) -> None:
    for document in corpus.load(layer):
        lines = [to_line(r) for r in document_records(document, corpus.sources[document.doc].sha256)]
        path = corpus.layer_path(layer) / f"{document.doc}.jsonl"
        assert "".join(lines) == path.read_text(encoding="utf-8")


def test_nested_predictions_hold_what_the_flat_records_do(gold: Layer) -> None:
    nested = nested_record(gold[0])
    assert len(nested["spans"]) == len(gold[0].spans)
    assert len(nested["claims"]) == len(gold[0].claims)
    assert nested_record(Document(doc="1")) == {"doc": "1", "spans": [], "claims": []}


def test_reading_goes_on_behind_a_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"a": 1}\nnot json\n\n{"a": 2}\n')
    found = list(scan(path))
    assert [line.data for line in found if isinstance(line, Line)] == [{"a": 1}, {"a": 2}]
    assert [(line.id, line.line) for line in found if not isinstance(line, Line)] == [("json-broken", 2)]


def test_deep_nesting_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("[" * 100_000, encoding="utf-8")
    assert [getattr(line, "id", None) for line in scan(path)] == ["json-broken"]


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    write_text(path, to_line({"a": 1}))
    with pytest.raises(UnicodeEncodeError):
        write_text(path, "new \ud800")
    with pytest.raises(ValueError, match="JSON"):
        to_line({"a": float("nan")})
    assert path.read_text(encoding="utf-8") == '{"a": 1}\n'
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"text": "\\ud800"}', "lone surrogate"),
        (b'{"a": ' + b"[" * 400 + b"]" * 400 + b"}", "json-broken"),
        (b"\x1f\x8b" + b"no gzip", "file-unreadable"),
    ],
)
def test_hostile_files_are_problems_and_no_crash(raw: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(raw + b"\n")
    corpus = Corpus()
    with pytest.raises(InputError, match=said):
        read_predictions(path, corpus.schema, corpus.texts)


def test_a_link_to_itself_is_a_problem(tmp_path: Path) -> None:
    loop = tmp_path / "loop.jsonl"
    loop.symlink_to(loop)
    assert [getattr(line, "id", None) for line in scan(loop)] == ["file-missing"]


def test_gzip_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(gzip.compress(b'{"a": 1}\n'))
    assert [line.data for line in scan(path) if isinstance(line, Line)] == [{"a": 1}]


def test_errors_come_whole_out_of_another_process() -> None:
    told = InputError([Problem("doc-unknown", "file", number, "x") for number in range(7)], ["a hint"])
    for error in (told, TooManyOverlapsError(7, 5)):
        again = copy.copy(error)  # made by what a pickle is made by
        assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
