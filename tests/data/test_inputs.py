"""Any data, not only ours: files, frames, records, iterables, other labels."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from claimspans import ClaimspansError, Corpus, Document, InputError, Layer, Span, read_schema, score
from claimspans.data.records import nested_record, to_line
from claimspans.data.schema import default_schema

from ..helpers.places import ROOT, Write

GOLD = [
    {"doc": "a", "label": "PER", "start": 0, "end": 4},
    {"doc": "a", "label": "LOC", "start": 10, "end": 15},
    {"doc": "b", "label": "PER", "start": 3, "end": 9},
]
PREDICTED = [
    {"doc": "a", "label": "PER", "start": 0, "end": 4},
    {"doc": "a", "label": "LOC", "start": 11, "end": 15},
    {"doc": "b", "label": "ORG", "start": 3, "end": 9},
]


def figures(result: Any) -> dict[str, Any]:
    return {key: value for key, value in result.to_dict().items() if key not in ("signature", "curves")}


def nested(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    docs = dict.fromkeys(record["doc"] for record in records)
    return [{"doc": doc, "spans": [record for record in records if record["doc"] == doc]} for doc in docs]


def test_every_form_gives_the_same_figures(write: Write, tmp_path: Path) -> None:
    import pandas

    flat = write(*GOLD, name="gold.jsonl"), write(*PREDICTED, name="predicted.jsonl")
    expected = figures(score(*flat))
    assert expected["schemes"]["strict"]["micro"]["COR"] == 1
    assert expected["schemes"]["partial"]["micro"]["PAR"] == 1
    spaced = write(*(json.dumps(line, indent=None) + " " for line in GOLD), name="spaced.jsonl")
    packed = tmp_path / "gold.jsonl.gz"
    packed.write_bytes(gzip.compress(flat[0].read_bytes()))
    articles = write(*nested(GOLD), name="nested.jsonl")
    table = tmp_path / "gold.parquet"
    pandas.DataFrame(GOLD).to_parquet(table)
    deep = tmp_path / "nested.parquet"
    pandas.DataFrame(nested(GOLD)).to_parquet(deep)
    documents = [
        Document(doc=doc["doc"], spans=tuple(Span(**{k: v for k, v in s.items() if k != "doc"}) for s in doc["spans"]))
        for doc in nested(GOLD)
    ]
    golds: list[Any] = [
        str(flat[0]),
        spaced,
        packed,
        articles,
        table,
        deep,
        pandas.DataFrame(GOLD),
        GOLD,
        iter(GOLD),
        documents,
    ]
    for gold in golds:
        assert figures(score(gold, flat[1])) == expected, type(gold)
    for predicted in (PREDICTED, pandas.DataFrame(PREDICTED), write(*nested(PREDICTED), name="n.jsonl")):
        assert figures(score(flat[0], predicted)) == expected


def test_the_signature_does_not_depend_on_the_order_of_the_lines(write: Write) -> None:
    one = score(write(*GOLD, name="g.jsonl"), write(*PREDICTED)).signature
    other = score(write(*GOLD[::-1], name="g.jsonl"), write(*PREDICTED)).signature
    assert one == other
    assert score(write(*GOLD[1:], name="g.jsonl"), write(name="none.jsonl")).signature != one


def test_a_label_that_only_the_predictions_have_is_counted_and_said(write: Write) -> None:
    for gold in (write(*GOLD, name="gold.jsonl"), GOLD):
        result = score(gold, PREDICTED)
        assert result.notes == (
            "1 prediction has the label ORG, which the gold lacks: not correct where labels count.",
        )
        assert result["strict"].labels["ORG"].ACT == 1


def test_with_a_schema_its_labels_are_the_ones_that_there_are(write: Write) -> None:
    schema = read_schema(ROOT / "schema.json")
    with pytest.raises(InputError, match="label-unknown"):
        score(write(*GOLD, name="gold.jsonl"), write(*PREDICTED), schema=schema)


def test_our_own_gold_in_any_form_scores_as_the_layer_does(gold: Layer, write: Write, tmp_path: Path) -> None:
    schema = read_schema(ROOT / "schema.json")
    records = [
        nested_record(document)
        | {"text": document.text, "zones": [{"kind": z.kind, "start": z.start, "end": z.end} for z in document.zones]}
        for document in gold
    ]
    path = tmp_path / "ours.jsonl"
    path.write_text("".join(to_line(record) for record in records), encoding="utf-8")
    layers = tmp_path / "lines.jsonl"
    files = sorted((ROOT / "annotations" / "gold").glob("*.jsonl"))
    layers.write_text("".join(file.read_text(encoding="utf-8") for file in files), encoding="utf-8")
    predictions = write(
        {"doc": "003", "label": "QUANTITY", "start": 29, "end": 51},
        {"doc": "003", "label": "ITEM", "start": 0, "end": 7},
    )
    expected = figures(score(gold, predictions))
    assert expected["ignored_in_zones"] == 1
    assert figures(score(path, predictions, schema=schema)) == expected
    assert figures(score(layers, predictions, schema=schema)) == expected


def test_an_annotation_layer_can_be_scored_as_predictions(gold: Layer) -> None:
    result = score(gold, ROOT / "annotations" / "pass-a" / "003.jsonl")
    assert len(gold[3].spans) == result["strict"].micro.COR


def test_in_a_table_an_empty_attribute_of_the_label_is_null(gold: Layer) -> None:
    import pandas

    frame = pandas.DataFrame(
        [
            {"doc": "003", "label": "ITEM", "start": 55, "end": 64, "category": "ML3-4", "origin": None, "edtf": None},
            {"doc": "003", "label": "DATE", "start": 103, "end": 112, "edtf": "2023-09", "category": None},
        ]
    )
    result = score(gold, frame)
    assert result.attributes["ITEM.origin"].right == 1
    assert result.attributes["DATE.edtf"].right == 1


@pytest.mark.parametrize(
    ("predicted", "said"),
    [
        ([{"doc": "a", "label": "PER", "start": 4, "end": 4}], "offset-reversed"),
        ([{"doc": "a", "label": "PER", "start": -4, "end": 4}], "field-value"),
        ([{"doc": "a", "label": "PER", "start": 0.5, "end": 4}], "field-value"),
        ([{"doc": "a", "label": "PER", "start": "0", "end": 4}], "field-value"),
        ([{"doc": "a", "label": "PER", "start": 0, "end": 4, "score": 2}], "field-value"),
        ([{"doc": "a", "label": "PER", "start": 0, "end": 4, "score": 0.5}, GOLD[1]], "score-missing"),
        ([{"doc": "z", "label": "PER", "start": 0, "end": 4}], "doc-unknown"),
        ([{"doc": "a", "label": "PER"}], "field-missing"),
        ([{"label": "PER", "start": 0, "end": 4}], "field-missing"),
        ([{"doc": "a", "spans": [], "extra": 1}], "field-value"),
    ],
)
def test_what_cannot_be_used_is_named(predicted: list[dict[str, Any]], said: str, write: Write) -> None:
    for form in (predicted, write(*predicted)):
        with pytest.raises(InputError, match=said):
            score(GOLD, form)
    with pytest.raises(InputError, match=said):
        score(write(*GOLD, name="gold.jsonl"), write(*predicted))


@pytest.mark.parametrize(
    ("gold", "said"),
    [
        (7, "gold: expected a path, a pandas frame, Documents or records, found int"),
        ({"doc": "a"}, "found dict"),
        ([7], "gold: expected Documents or records, found int"),
        ([Document(doc="a"), Document(doc="a")], "a: the gold has this article twice"),
        ([Document(doc="a", spans=(Span(label="X", start=3, end=2),))], "a: the gold has a span from 3 to 2"),
        ([Document(doc="a", spans=(Span(label="X", start=0, end=10**30),))], "a: the gold has a span from 0 to"),
    ],
)
def test_what_is_no_gold_is_said(gold: Any, said: str) -> None:
    with pytest.raises(ClaimspansError, match=said):
        score(gold, [])


def test_flat_and_nested_lines_may_stand_in_one_file(write: Write) -> None:
    mixed = write({"doc": "a", "spans": PREDICTED[:1]}, *PREDICTED[1:])
    assert figures(score(GOLD, mixed)) == figures(score(GOLD, PREDICTED))


def test_a_large_file_is_read_behind_a_bar(
    write: Write, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("claimspans.scoring.inputs._LARGE", 0)
    monkeypatch.setenv("FORCE_COLOR", "1")
    path = write(*({**span, "id": f"x{number}"} for number, span in enumerate(PREDICTED)))
    found = figures(score(GOLD, path, progress=True))
    assert found == figures(score(GOLD, path))
    assert "reading" in capfd.readouterr().err


def test_a_gold_file_that_is_empty_or_missing_is_said(write: Write, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="file-empty"):
        score(write(name="empty.jsonl"), [])
    with pytest.raises(InputError, match="file-missing"):
        score(tmp_path / "nowhere.jsonl", [])


def test_a_parquet_file_that_is_none_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(b"PAR1 but not really")
    with pytest.raises(InputError, match="file-unreadable"):
        score(path, [])


def test_whole_floats_are_offsets_as_pandas_makes_them_of_a_column_with_an_empty_cell() -> None:
    import pandas

    gold = [{"doc": "a", "label": "PER", "start": 0, "end": 4}]
    table = pandas.DataFrame({"doc": ["a", "a"], "label": "PER", "start": [0.0, 5.0], "end": [4.0, 9.0]})
    assert score(gold, table)["strict"].micro.COR == 1
    with pytest.raises(InputError, match="field-value"):
        score(gold, table.assign(end=[4.5, 9.0]))


def test_white_space_at_the_edge_of_a_gold_span_is_said(write: Write) -> None:
    nested = [{"doc": "a", "text": "Anna said so", "spans": [{"label": "PER", "start": 0, "end": 5}]}]
    flat = [{"doc": "a", "label": "PER", "start": 0, "end": 5, "text": "Anna "}]
    found = [{"doc": "a", "label": "PER", "start": 0, "end": 4}]
    for gold in (nested, flat):
        for result in (score(gold, found), score(write(*gold, name="g.jsonl"), write(*found, name="p.jsonl"))):
            said = "1 gold span has white space at an edge, the first “Anna ” in a"
            assert any(said in note for note in result.notes)


def test_notes_say_nothing_untrue() -> None:
    gold: list[dict[str, Any]] = [{"doc": "a", "label": "A", "start": 0, "end": 4}, {"doc": "b", "spans": []}]
    found = [{"doc": "a", "label": "B", "start": 0, "end": 4}]
    assert score(gold, found, schemes=["exact", "partial"]).notes == ()
    assert any("not correct where labels count" in note for note in score(gold, found).notes)


def test_published_rows_are_scored_as_they_are(write: Write, corpus: Corpus) -> None:
    """Every column of the table of spans, null where it is empty, and those that only say where a row is from."""
    schema = default_schema()
    names = list(dict.fromkeys(attribute.name for _, attribute in schema.attributes()))
    rows = [
        {"doc": one.doc, "fold": 0, "sentence": 3, "id": span.id, "label": span.label}
        | {"start": span.start, "end": span.end, "text": span.text}
        | {name: span.attributes.get(name) for name in names}
        for one in corpus.load()
        for span in one.spans
    ]
    path = write(*rows)
    assert score(path, path, schema=schema)["strict"].micro.COR == 294
    assert score(corpus.load(), path).attributes["QUANTITY.value"].right == 26
