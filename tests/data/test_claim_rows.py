"""Claims beside spans in columns: a score with them is that of the same records, and what is at fault is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from claimspans import InputError, score
from claimspans.data.schema import default_schema
from claimspans.data.span_columns import read_span_columns

from ..helpers.examples import examples

SPANS = [
    {"type": "span", "id": f"s{number}", "doc": doc, "label": label, "start": number * 10, "end": number * 10 + 5}
    for doc in "ba"
    for number, label in enumerate(["SPEAKER", "STANCE", "ITEM", "QUANTITY", "DATE", "SPEAKER"])
]
CLAIM = {"type": "claim", "doc": "a", "id": "c1", "event": "transfer", "holders": ["s0"], "cue": "s1"}

fields = st.fixed_dictionaries(
    {"event": st.just("transfer")},
    optional={
        "holders": st.lists(st.sampled_from(["s0", "s5"]), unique=True, max_size=2),
        "cue": st.sampled_from(["s1", None]),
        "supplier": st.sampled_from(["KP", "RU", None]),
        "recipient": st.sampled_from(["KP", "a faction", None]),
        "stance": st.sampled_from(["denial", "assertion"]),
        "when": st.just(["s4"]),
        "cargo": st.sampled_from(
            [
                [{"item": "s2", "quantity": "s3", "relation": "counts"}],
                [{"item": "s2", "quantity": None, "relation": None}],
            ]
        ),
        "same_as": st.just("c0"),
    },
)
claims = st.lists(st.tuples(st.sampled_from("ab"), fields), max_size=5)


def lines_of(side: list[tuple[str, dict[str, Any]]], names: list[str]) -> list[dict[str, Any]]:
    """The spans of these ids and the claims, an article after the other; c0 is a claim of each."""
    found = []
    for doc in "ba":
        found += [span for span in SPANS if span["doc"] == doc and span["id"] in names]
        own = [{"event": "use"}, *(claim for one, claim in side if one == doc)]
        found += [{"type": "claim", "doc": doc, "id": f"c{number}", **claim} for number, claim in enumerate(own)]
    return found


def nested(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for line in lines:
        article = found.setdefault(line["doc"], {"doc": line["doc"], "status": "done", "spans": [], "claims": []})
        article[f"{line['type']}s"].append({key: line[key] for key in line if key not in ("doc", "type")})
    return list(found.values())


def write(path: Path, lines: list[Any]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@examples(200, suppressed=[HealthCheck.function_scoped_fixture])
@given(gold=claims, predicted=claims, as_run=st.booleans(), moved=st.booleans())
def test_a_score_with_claims_by_columns_is_that_by_records(
    gold: Any, predicted: Any, as_run: bool, moved: bool, tmp_path: Path
) -> None:
    schema = default_schema()
    every = [str(span["id"]) for span in SPANS]
    ours, theirs = lines_of(gold, every), lines_of(predicted, every)
    if moved:
        theirs = [line | {"start": line["start"] + 1} if line.get("label") == "ITEM" else line for line in theirs]
    if as_run:
        theirs = nested(theirs)
    by_columns = score(write(tmp_path / "g.jsonl", ours), write(tmp_path / "p.jsonl", theirs), schema=schema)
    by_records = score(ours, theirs, schema=schema)
    assert by_columns.task.documents is None
    assert by_records.task.documents is not None
    assert by_columns.to_dict() == by_records.to_dict()
    assert by_columns.signature == by_records.signature


FAULTS: dict[str, list[Any]] = {
    "a reference to nothing": [CLAIM | {"holders": ["s9"]}],
    "a reference to another article's span": [CLAIM | {"doc": "c"}],
    "a reference to a span of another label": [CLAIM | {"cue": "s0"}],
    "a claim in the place of a span": [CLAIM | {"cue": "c1"}],
    "a span in the place of a claim": [CLAIM | {"target": "s0"}],
    "an id twice": [CLAIM, CLAIM],
    "the id of a span": [CLAIM | {"id": "s1"}],
    "a field that is none": [CLAIM | {"colour": "red"}],
    "an event that is none": [CLAIM | {"event": "theft"}],
    "no article": [{"type": "claim", "event": "use"}],
    "an article that is no name": [CLAIM | {"doc": ["a"]}],
    "a claim of another article": [{"doc": "c", "spans": [], "claims": [{"event": "use", "doc": "d"}]}],
}


@pytest.mark.parametrize("lines", FAULTS.values(), ids=FAULTS)
def test_a_claim_at_fault_is_declined_and_then_said(lines: list[Any], tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", [*SPANS, *lines])
    assert read_span_columns(path, default_schema()) is None
    with pytest.raises(InputError):
        score(path, path, schema=default_schema())


def test_a_key_that_stands_twice_in_a_claim_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"type":"claim","doc":"a","event":"use","event":"transfer"}\n', encoding="utf-8")
    assert read_span_columns(path, default_schema()) is None
    with pytest.raises(InputError, match="twice"):
        score(path, path, schema=default_schema())


def test_claims_without_a_schema_are_read_record_by_record(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", [*SPANS, CLAIM])
    assert read_span_columns(path) is None
    assert score(path, path).claims["whole"].COR == 1


def test_words_that_are_the_mark_of_claims_are_no_claim(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", [*SPANS, SPANS[0] | {"id": "s8", "start": 80, "end": 85, "text": "claim"}])
    found = read_span_columns(path, default_schema())
    assert found is not None
    assert (len(found.doc), found.claims) == (len(SPANS) + 1, {})
