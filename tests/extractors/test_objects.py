"""What a Python function may give, and functions that are run as they stand in Python."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from claimspans import Claim, Document, Quote, Span, run, score
from claimspans.data.layer import Layer
from claimspans.data.problems import ClaimspansError
from claimspans.data.schema import Schema
from claimspans.extractors import Article, article_of, read_answer
from claimspans.extractors.python_answers import answer_of

from ..helpers.places import ROOT

TEXT = "Over 16,500 containers went to Russia."
ARTICLE = Article(doc="003", text=TEXT)
FOUND = {"label": "QUANTITY", "start": 0, "end": 22, "comparator": "gt"}


@dataclasses.dataclass
class Found:
    label: str
    start: int
    end: int
    comparator: str | None = None
    category: str | None = None


class FoundTuple(NamedTuple):
    label: str
    start: int
    end: int
    comparator: str


class FoundStruct(msgspec.Struct):
    label: str
    start: int
    end: int
    comparator: str


def frame() -> Any:
    import pandas

    return pandas.DataFrame([FOUND, {"label": "ITEM", "start": 12, "end": 22, "category": "ML3"}])[:1]


SPAN = Span(label="QUANTITY", start=0, end=22, attributes={"comparator": "gt"})
SHAPES: dict[str, Callable[[], Any]] = {
    "dicts": lambda: [FOUND],
    "a generator": lambda: (one for one in [FOUND]),
    "a whole answer": lambda: {"spans": [FOUND]},
    "spans": lambda: [SPAN],
    "spans in an answer": lambda: {"spans": (SPAN,)},
    "a document": lambda: Document(doc="003", text=TEXT, spans=(SPAN,)),
    "quotes": lambda: {"quotes": [{"quote": "over 16,500 containers", "label": "QUANTITY", "comparator": "gt"}]},
    "dataclasses": lambda: [Found("QUANTITY", 0, 22, "gt")],
    "named tuples": lambda: [FoundTuple("QUANTITY", 0, 22, "gt")],
    "structs": lambda: [FoundStruct("QUANTITY", 0, 22, "gt")],
    "a frame": frame,
    "a frame in an answer": lambda: {"spans": frame()},
    "nested attributes": lambda: [{"label": "QUANTITY", "start": 0, "end": 22, "attributes": {"comparator": "gt"}}],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_function_may_give_it(shape: str, schema: Schema) -> None:
    answer = answer_of(SHAPES[shape]())
    assert answer is not None
    document = read_answer(ARTICLE, json.loads(json.dumps(answer)), schema).document
    assert document.rejected == ()
    (span,) = document.spans
    assert (span.label, span.start, span.end, span.attributes) == ("QUANTITY", 0, 22, {"comparator": "gt"})


def test_quotes_and_claims_of_ours_are_records(schema: Schema) -> None:
    cue = Span(label="STANCE", start=23, end=27, id="s1")
    answer = answer_of({"spans": [cue], "claims": [Claim(event="transfer", cue="s1")]})
    assert answer is not None
    assert read_answer(ARTICLE, answer, schema).document.claims[0].cue == "s1"
    quoted = answer_of([Quote(label="QUANTITY", quote="16,500")])
    assert quoted is not None
    assert read_answer(ARTICLE, quoted, schema).document.spans[0].start == 5


@pytest.mark.slow
def test_a_doc_of_spacy_is_its_entities(schema: Schema) -> None:
    spacy = pytest.importorskip("spacy")
    doc = spacy.blank("en")(TEXT)
    doc.ents = [doc.char_span(0, 22, label="QUANTITY")]
    for given in (doc, list(doc.ents), {"spans": doc.ents}):
        answer = answer_of(given)
        assert answer is not None
        assert [(one.start, one.end) for one in read_answer(ARTICLE, answer, schema).document.spans] == [(0, 22)]


@pytest.mark.parametrize("given", [None, 3, "ITEM", b"ITEM", object()])
def test_what_is_no_answer_is_none(given: object) -> None:
    assert answer_of(given) is None


def test_what_is_no_span_in_a_list_is_rejected_by_itself(schema: Schema) -> None:
    answer = answer_of([FOUND, 7])
    assert answer is not None
    document = read_answer(ARTICLE, answer, schema).document
    assert (len(document.spans), [one.reason for one in document.rejected]) == (1, ["json-not-object"])


def test_a_function_is_run_as_it_stands_and_its_run_is_scored(
    gold: Layer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answers = {document.doc: document.spans[:10] for document in gold}
    tally = run(lambda article: answers[article["doc"]])
    assert (tally.statuses["done"], tally.spans) == (5, 50)
    assert score(gold, tally)["strict"].micro.COR == 50
    assert tally.folder is not None
    again = run(lambda article: answers[article["doc"]][:5])
    assert again.folder == tally.folder
    assert again.restarted
    assert again.previous is not None
    assert score(gold, again.previous)["strict"].micro.COR == 50
    with pytest.raises(ClaimspansError, match="holds another run"):
        run(lambda _: [], folder=tally.folder)


def test_an_exception_of_a_function_is_its_article_s(tmp_path: Path, gold: Layer) -> None:
    def extract(article: dict[str, Any]) -> list[Any]:
        return [{"label": "ITEM", "start": 0, "end": 3}] if article["doc"] != "001" else [article["k"]]

    tally = run(extract, gold, tmp_path / "run", batch=2)
    assert (tally.statuses["done"], tally.statuses["failed"]) == (4, 1)
    assert tally.example == ("001", "KeyError: 'k'")
    assert "in extract" in (tally.traceback or "")
    assert run(lambda _: object(), gold, tmp_path / "none").statuses["failed"] == 5
    other = run(lambda _: {"doc": "another", "spans": []}, gold[:1], tmp_path / "other")
    assert "answered for article 'another'" in str(other.example)


def test_several_systems_have_a_folder_each(tmp_path: Path, gold: Layer) -> None:
    first, second = run([lambda _: [], lambda _: []], gold, tmp_path / "both")
    assert first.folder != second.folder
    path = ROOT / "schema.json"
    assert run(lambda _: [], gold, tmp_path / "schema", schema=path, fresh=True).statuses["done"] == 5
    for wrong in (3, [3], {"a": 1}):
        with pytest.raises(ClaimspansError, match="expected the URI of an extractor, a function, or a list"):
            run(wrong, gold, tmp_path / "wrong")  # type: ignore[arg-type]


def test_a_document_of_another_article_is_no_answer_for_this_one(gold: Layer, schema: Schema) -> None:
    answer = answer_of(gold[0])
    assert answer is not None
    assert read_answer(article_of(gold[0]), answer, schema).document.spans == gold[0].spans
