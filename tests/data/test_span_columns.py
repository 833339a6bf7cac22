"""Files of spans as columns: what is taken is what is read record by record; everything else is declined."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from claimspans import InputError, score
from claimspans.data import span_columns
from claimspans.data.predictions import read_gold
from claimspans.data.span_columns import read_span_columns

from ..helpers.examples import examples

GOOD = {"doc": "a1", "label": "ITEM", "start": 0, "end": 7}

names = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=20)
spans = st.fixed_dictionaries(
    {"doc": st.sampled_from(["a", "b", 'ü "'])},
    optional={
        "type": st.just("span"),
        "label": st.sampled_from(["SPEAKER", "ITEM", "a label \u2028 ü"]),
        "start": st.integers(0, 40),
        "end": st.integers(1, 60),
        "id": st.none() | names,
        "text": st.none() | names,
        "score": st.floats(0, 1),
        "value": st.integers() | names,
        "speakers": st.lists(names, max_size=2),
    },
)


def rows(path: Path) -> list[tuple[str, str, int, int, float | None]] | None:
    found = read_span_columns(path)
    if found is None:
        return None
    scores = [None] * len(found.doc) if found.scores is None else found.scores.tolist()
    columns = (found.doc.tolist(), found.label.tolist(), found.start.tolist(), found.end.tolist(), scores)
    return [(found.docs[d], found.labels[n], s, e, score) for d, n, s, e, score in zip(*columns, strict=True)]


def records(path: Path) -> list[tuple[str, str, int, int, float | None]] | None:
    """The same, read record by record; None where something is wrong."""
    try:
        read = read_gold(path, None)
    except InputError:
        return None
    return [(one.doc, span.label, span.start, span.end, span.score) for one in read for span in one.spans]


def write(path: Path, lines: list[Any], *, ascii_only: bool = True) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=ascii_only) + "\n" for line in lines), encoding="utf-8")
    return path


@examples(300, suppressed=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(spans, max_size=8), nested=st.booleans(), ascii_only=st.booleans())
def test_columns_are_what_the_records_say(
    lines: list[dict[str, Any]], nested: bool, ascii_only: bool, tmp_path: Path
) -> None:
    if nested:
        by_doc: dict[str, list[dict[str, Any]]] = {}
        for line in lines:
            by_doc.setdefault(line["doc"], []).append({key: value for key, value in line.items() if key != "doc"})
        path = write(tmp_path / "x.jsonl", [{"doc": d, "spans": s} for d, s in by_doc.items()], ascii_only=ascii_only)
    else:
        path = write(tmp_path / "x.jsonl", lines, ascii_only=ascii_only)
    found = rows(path)
    if found is not None:
        assert found == records(path)


FORMS: dict[str, list[Any]] = {
    "bare": [GOOD, GOOD | {"start": 8, "end": 9}],
    "ids and scores": [GOOD | {"type": "span", "id": "s1", "score": 0.5}, GOOD | {"id": "s2", "score": 1}],
    "an id in the first line alone": [GOOD | {"id": "s1", "text": "seven s"}, GOOD | {"start": 8, "end": 9}],
    "an id in the last line alone": [GOOD, GOOD | {"id": "s1", "start": 8, "end": 9}],
    "words that are a mark of zones": [GOOD | {"id": "s1"}, GOOD | {"text": '"zone" '}, {"doc": "a2", "spans": []}],
    "attributes": [GOOD | {"text": "seven s", "category": "ML3", "origin": None, "speakers": ["s1"]}],
    "an annotation file": [
        {"type": "document", "doc": "a1", "sha256": "0"},
        {"type": "zone", "doc": "a1", "zone": "duplicate", "start": 0, "end": 4},
        GOOD | {"type": "span", "id": "s1"},
    ],
    "nested": [{"doc": "a1", "text": "seven s and more", "spans": [{"label": "ITEM", "start": 0, "end": 7}]}],
}


@pytest.mark.parametrize("number", ["-9223372036854775809", "18446744073709551616", "1e400", "-2.5E+310"])
def test_a_number_that_is_none_of_json_is_refused_in_what_columns_leave_out(number: str, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(f'{{"doc": "a", "label": "ITEM", "start": 0, "end": 1, "value": {number}}}\n', encoding="utf-8")
    assert rows(path) is None
    assert records(path) is None


@pytest.mark.parametrize("lines", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_every_form_of_line_is_read_as_columns(lines: list[Any], pack: Any, tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", lines)
    path.write_bytes(pack(path.read_bytes()))
    assert rows(path) == records(path) != None  # noqa: E711 -- neither is None


DECLINED: dict[str, str] = {
    "a key twice": '{"doc": "a1", "label": "ITEM", "start": 0, "end": 7, "end": 8}',
    "a key twice in a line, and not in the next": '{"doc":"a","label":"A","start":0,"end":1,"id":"s","id":"s"}\n'
    '{"doc":"a","label":"A","start":2,"end":3}',
    "a key twice beside one that is not known": '{"doc":"a","label":"A","start":0,"end":1,"x\\":1,"label":"B"}',
    "scores of some lines": '{"doc":"a","label":"A","start":0,"end":1}\n'
    '{"doc":"a","label":"A","start":2,"end":3,"score":0.5}',
    "a float": '{"doc": "a1", "label": "ITEM", "start": 0.0, "end": 7}',
    "a negative offset": '{"doc": "a1", "label": "ITEM", "start": -1, "end": 7}',
    "an offset beyond 32 bits": '{"doc": "a1", "label": "ITEM", "start": 0, "end": 99999999999}',
    "an empty span": '{"doc": "a1", "label": "ITEM", "start": 7, "end": 7}',
    "a span without an article": '{"label": "ITEM", "start": 0, "end": 7}',
    "a quote": '{"doc": "a1", "label": "ITEM", "text": "tanks"}',
    "a numbered quote": '{"doc": "a1", "label": "ITEM", "start": 0, "end": 5, "text": "tanks", "occurrence": 1}',
    "a fuzzy quote": '{"doc": "a1", "label": "ITEM", "start": 0, "end": 5, "alignment": "fuzzy"}',
    "a claim": '{"type": "claim", "doc": "a1", "event": "use"}',
    "claims nested": '{"doc": "a1", "spans": [], "claims": [{"event": "use"}]}',
    "a failed article": '{"doc": "a1", "spans": [], "status": "failed"}',
    "an id twice": '{"doc":"a","spans":[{"id":"s","label":"A","start":0,"end":1},'
    '{"id":"s","label":"A","start":0,"end":1}]}',
    "words that the article does not have there": '{"doc":"a","text":"tanks",'
    '"spans":[{"label":"A","start":0,"end":1,"text":"x"}]}',
    "a span behind the end of its article": '{"doc":"a","text":"tanks","spans":[{"label":"A","start":0,"end":6}]}',
    "some scores": '{"doc":"a1","spans":[{"label":"A","start":0,"end":1,"score":1},{"label":"A","start":0,"end":1}]}',
    "a comma behind the last value": '{"doc": "a1", "label": "ITEM", "start": 0, "end": 46 ,',
    "no record": "",
}


@pytest.mark.parametrize("line", DECLINED.values(), ids=DECLINED)
def test_what_is_not_spans_alone_is_declined(line: str, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(line, encoding="utf-8")
    assert read_span_columns(path) is None


def test_articles_of_several_parts_of_a_file_are_put_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(span_columns, "PART", 100)
    lines = [GOOD | {"doc": f"a{n % 3}", "start": n, "end": n * 2 + 1, "label": "AB"[n % 2]} for n in range(200)]
    path = write(tmp_path / "x.jsonl", lines)
    assert rows(path) == records(path)


def test_a_prediction_inside_a_zone_of_columns_is_ignored(tmp_path: Path) -> None:
    zone = {"type": "zone", "doc": "a1", "zone": "duplicate", "start": 20, "end": 30}
    gold = write(tmp_path / "gold.jsonl", [zone, GOOD])
    inside = GOOD | {"start": 21, "end": 30}
    predictions = write(tmp_path / "predictions.jsonl", [inside, GOOD, GOOD | {"start": 25, "end": 31}])
    result = score(gold, predictions)
    assert result.task.documents is None
    assert (result.ignored, result["strict"].micro.COR, result["strict"].micro.SPU) == (1, 1, 1)


def test_predictions_are_held_against_the_texts_of_the_gold(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", FORMS["nested"])
    for wrong in ({"text": "seven"}, {"end": 99}):
        predictions = write(tmp_path / "predictions.jsonl", [GOOD | wrong])
        with pytest.raises(InputError):
            score(gold, predictions)


def test_a_score_by_columns_is_that_by_records(tmp_path: Path) -> None:
    places = [(f"a{n % 5}", "AB"[n % 2], n, n + 1 + n % 7) for n in range(300)]
    lines = [dict(zip(GOOD, place, strict=True)) for place in places]
    found = [dict(zip(GOOD, (doc, label, start, end + start % 2), strict=True)) for doc, label, start, end in places]
    by_records = score(lines, found)
    by_columns = score(write(tmp_path / "gold.jsonl", lines), write(tmp_path / "predictions.jsonl", found))
    assert by_columns.task.documents is None
    assert by_records.task.documents is not None
    for scheme in by_columns.schemes:
        assert by_columns[scheme].to_dict() == by_records[scheme].to_dict()
