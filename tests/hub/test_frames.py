"""Frames and a DatasetDict of a layer: the published tables in memory, and back."""

from __future__ import annotations

import io
from pathlib import Path

import pandas
import pytest

import claimspans
from claimspans import ClaimspansError, Document, InputError, Layer, Span
from claimspans.hub.table_schema import configurations
from claimspans.hub.tables import tables


@pytest.fixture(scope="module")
def gold() -> Layer:
    return claimspans.load()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["documents", "spans", "claims", "sentences", "tokens", "passes"])
def test_a_dataset_has_the_rows_that_a_build_publishes(name: str, gold: Layer) -> None:
    assert gold.corpus is not None
    made = tables(gold.corpus, gold, {}, names=[name])[name]
    found = gold.to_datasets(name)
    assert {split: dataset.to_list() for split, dataset in found.items()} == {
        split: [row | {"ner_tags": row["ner_tags"]} if name == "tokens" else row for row in rows]
        for split, rows in made.items()
    }
    assert list(found["test"].features) == list(configurations(gold.corpus.schema)[name].columns)


@pytest.mark.slow
def test_a_dataset_needs_a_corpus_and_a_known_configuration(gold: Layer) -> None:
    with pytest.raises(ClaimspansError, match="no such configuration; expected one of spans, documents"):
        gold.to_datasets("predictions")
    with pytest.raises(ClaimspansError, match="a layer of a corpus"):
        claimspans.to_datasets(Layer(gold, "mine"))


def test_a_frame_of_spans_has_the_types_that_it_says(gold: Layer) -> None:
    frame = gold.spans_frame()
    assert len(frame) == sum(len(document.spans) for document in gold)
    types = frame.dtypes.astype(str).to_dict()
    assert types["doc"] == types["text"] == types["speakers"] == types["entity"] == "string"
    assert types["start"] == types["end"] == types["sentence"] == "Int64"
    assert (types["value"], types["relay"], types["label"]) == ("Float64", "boolean", "category")
    assert list(frame["label"].cat.categories) == ["SPEAKER", "QUANTITY", "ITEM", "DATE", "STANCE"]
    assert list(frame["mod"].cat.categories) == ["start", "mid", "end"]
    words = {document.doc: document.text or "" for document in gold}
    for row in frame.to_dict("records"):
        assert words[row["doc"]][row["start"] : row["end"]] == row["text"]


@pytest.mark.parametrize("through", ["memory", "csv", "parquet"])
def test_frames_come_back(through: str, gold: Layer, tmp_path: Path) -> None:
    spans, claims = gold.spans_frame(), gold.claims_frame()
    if through == "csv":
        spans = pandas.read_csv(io.StringIO(spans.to_csv(index=False)), dtype={"doc": str})
    elif through == "parquet":
        for name, frame in (("spans", spans), ("claims", claims)):
            frame.to_parquet(tmp_path / f"{name}.parquet")
        spans, claims = (pandas.read_parquet(tmp_path / f"{name}.parquet") for name in ("spans", "claims"))
    back = claimspans.from_frame(spans, claims)
    assert [one.spans for one in back] == [one.spans for one in gold]
    assert [one.claims for one in back] == [one.claims for one in gold]


def test_ids_that_became_numbers_are_refused_with_what_to_do(gold: Layer) -> None:
    spans = pandas.read_csv(io.StringIO(gold.spans_frame().to_csv(index=False)))
    with pytest.raises(ClaimspansError, match=r"doc is a column of int64.*dtype=\{'doc': str\}"):
        claimspans.from_frame(spans)


def test_a_row_that_cannot_be_used_is_named() -> None:
    frame = pandas.DataFrame([{"doc": "a", "label": "ITEM", "start": 3, "end": 3}])
    with pytest.raises(InputError, match="spans frame, row:1: offset-reversed"):
        claimspans.from_frame(frame)


def test_labels_of_ones_own_have_a_frame_too() -> None:
    documents = [Document(doc="a", text="Oats rose.", spans=(Span(label="GRAIN", start=0, end=4, text="Oats"),))]
    frame = claimspans.spans_frame(documents)
    assert list(frame["label"].astype(str)) == ["GRAIN"]
    back = claimspans.from_frame(frame)
    assert [(span.label, span.start, span.end) for span in back[0].spans] == [("GRAIN", 0, 4)]


def test_no_documents_make_an_empty_frame() -> None:
    frame = claimspans.spans_frame([])
    assert len(frame) == 0
    assert claimspans.from_frame(frame) == []
