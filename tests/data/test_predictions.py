"""A predictions file: what is read, and what is said of one that cannot be used."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from claimspans import Corpus, InputError
from claimspans.data.predictions import read_predictions
from claimspans.data.records import Document
from claimspans.extractors import Article, read_answer

from ..helpers.places import Write

GOOD: dict[str, Any] = {"doc": "003", "label": "QUANTITY", "start": 29, "end": 51}


def read(path: Path, corpus: Corpus) -> list[Document]:
    return read_predictions(path, corpus.schema, corpus.texts)


def test_flat_and_nested_records_say_the_same(write: Write, corpus: Corpus) -> None:
    span = {"id": "p1", **GOOD, "value": 16500}
    claim = {
        "type": "claim",
        "doc": "003",
        "event": "transfer",
        "cargo": [{"item": None, "quantity": "p1", "relation": None}],
    }
    flat = read(write(span, claim, name="flat.jsonl"), corpus)
    without_doc = [{key: value for key, value in record.items() if key != "doc"} for record in (span, claim)]
    nested = read(
        write({"doc": "003", "spans": without_doc[:1], "claims": without_doc[1:]}, name="nested.jsonl"), corpus
    )
    assert flat == nested
    assert flat[0].spans[0].attributes == {"value": 16500}
    assert flat[0].claims[0].cargo[0].quantity == "p1"


def test_a_quote_is_resolved(write: Write, corpus: Corpus) -> None:
    text = corpus.texts["003"]
    (document,) = read(write({"doc": "003", "label": "ITEM", "text": "munitions", "occurrence": 2}), corpus)
    second = text.index("munitions", text.index("munitions") + 1)
    assert (document.spans[0].start, document.spans[0].end) == (second, second + len("munitions"))


def test_gzip_is_read(tmp_path: Path, corpus: Corpus) -> None:
    path = tmp_path / "predictions.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(GOOD).encode()))
    assert len(read(path, corpus)[0].spans) == 1


def test_an_empty_file_is_a_system_that_found_nothing(write: Write, corpus: Corpus) -> None:
    assert read(write(), corpus) == []


def test_crlf_line_ends_are_read(tmp_path: Path, corpus: Corpus) -> None:
    path = tmp_path / "predictions.jsonl"
    path.write_bytes(json.dumps(GOOD).encode() + b"\r\n\r\n" + json.dumps({**GOOD, "label": "ITEM"}).encode() + b"\r\n")
    assert len(read(path, corpus)[0].spans) == 2


BAD: dict[str, tuple[str, Any]] = {
    "an unknown article": ("doc-unknown", {**GOOD, "doc": "099"}),
    "an unknown label": ("label-unknown", {**GOOD, "label": "WEAPON"}),
    "a label that is a number": ("label-unknown", {**GOOD, "label": 4}),
    "no label": ("field-value", {key: value for key, value in GOOD.items() if key != "label"}),
    "an unknown attribute": ("field-unknown", {**GOOD, "colour": "red"}),
    "an attribute of another label": ("field-unknown", {**GOOD, "stance": "denial"}),
    "a value that the schema lacks": ("field-value", {**GOOD, "comparator": "more"}),
    "an offset outside the text": ("offset-range", {**GOOD, "end": 90_000}),
    "reversed offsets": ("offset-reversed", {**GOOD, "start": 51, "end": 29}),
    "an empty span": ("offset-reversed", {**GOOD, "start": 29, "end": 29}),
    "a negative offset": ("field-value", {**GOOD, "start": -1}),
    "an offset that is a string": ("field-value", {**GOOD, "start": "29"}),
    "an offset that is a float": ("field-value", {**GOOD, "start": 29.0}),
    "no end": ("field-missing", {key: value for key, value in GOOD.items() if key != "end"}),
    "a text that is not there": ("text-mismatch", {**GOOD, "text": "over 16,501 containers"}),
    "a score above 1": ("field-value", {**GOOD, "score": 1.5}),
    "a score that is not a number": (
        "json-broken",
        '{"doc": "003", "label": "ITEM", "start": 1, "end": 2, "score": NaN}',
    ),
    "broken JSON": ("json-broken", '{"doc": "003"'),
    "a list": ("json-not-object", "[1, 2]"),
    "a quote that is not there": ("quote-missing", {"doc": "003", "label": "ITEM", "text": "torpedoes"}),
    "a quote that is there more than once": ("quote-ambiguous", {"doc": "003", "label": "ITEM", "text": "munitions"}),
    "a claim about a span that is not there": (
        "ref-unknown",
        {"type": "claim", "doc": "003", "event": "use", "cue": "p7"},
    ),
    "a claim without an event": ("field-missing", {"type": "claim", "doc": "003", "supplier": "KP"}),
    "another article inside an article": ("doc-mixed", {"doc": "003", "spans": [{**GOOD, "doc": "004"}]}),
    "spans that are no list": ("field-value", {"doc": "003", "spans": {}}),
    "a span that is no object": ("field-value", {"doc": "003", "spans": [7]}),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_wrong_is_named_with_its_line(what: str, write: Write, corpus: Corpus) -> None:
    kind, line = BAD[what]
    with pytest.raises(InputError) as raised:
        read(write(GOOD, line), corpus)
    (problem,) = raised.value.problems
    assert (problem.id, problem.line) == (kind, 2)
    assert problem.kind.remedy in str(raised.value)


@pytest.mark.parametrize(
    "lines",
    [
        ({"id": "p1", **GOOD}, {"id": "p1", **GOOD, "label": "ITEM"}),
        ({"doc": "003", "spans": [{"id": "p1", "label": "ITEM", "start": 0, "end": 2}] * 2},),
    ],
)
def test_an_id_that_is_used_twice_is_named(lines: tuple[dict[str, Any], ...], write: Write, corpus: Corpus) -> None:
    with pytest.raises(InputError, match="id-duplicate"):
        read(write(*lines), corpus)


def test_an_article_that_stands_twice_is_named(write: Write, corpus: Corpus) -> None:
    with pytest.raises(InputError, match="document-repeated"):
        read(write({"doc": "003", "spans": []}, {"doc": "003", "spans": []}), corpus)


def test_every_problem_is_found_and_five_are_shown(write: Write, corpus: Corpus) -> None:
    with pytest.raises(InputError) as raised:
        read(write(*[{**GOOD, "doc": "099"}] * 8), corpus)
    assert len(raised.value.problems) == 8
    assert str(raised.value).endswith("… and 3 more problems")


@pytest.mark.parametrize("make", ["missing", "folder"])
def test_a_path_that_is_no_file_is_named(make: str, tmp_path: Path, corpus: Corpus) -> None:
    path = tmp_path / "predictions.jsonl"
    if make == "folder":
        path.mkdir()
    with pytest.raises(InputError, match="no such file" if make == "missing" else "is a folder"):
        read(path, corpus)


def test_a_wrong_encoding_is_named(tmp_path: Path, corpus: Corpus) -> None:
    path = tmp_path / "predictions.jsonl"
    path.write_bytes('{"doc": "003", "text": "“over”"}'.encode("cp1252"))
    with pytest.raises(InputError, match="file-encoding"):
        read(path, corpus)


def test_a_quote_in_a_file_has_the_place_that_it_has_in_an_answer(write: Write) -> None:
    text = "Over 10,000 shells, 10 trucks."
    quotes: list[dict[str, Any]] = [
        {"doc": "a", "label": "QUANTITY", "text": "10", "occurrence": 1},
        {"doc": "a", "label": "QUANTITY", "text": "over 10,000 shells"},
    ]
    (read,) = read_predictions(write(*quotes), None, {"a": text})
    answer = {"spans": [{key: value for key, value in quote.items() if key != "doc"} for quote in quotes]}
    answered = read_answer(Article(doc="a", text=text), answer, None).document
    for spans in (read.spans, answered.spans):
        assert [(span.start, span.end, span.text) for span in spans] == [(20, 22, "10"), (0, 18, "Over 10,000 shells")]
