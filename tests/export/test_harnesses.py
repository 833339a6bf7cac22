"""What the other harnesses share: a model's words counted article by article give the figures of the scorer."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from claimspans import ClaimspansError, Document, Span, score
from claimspans.cli import cli
from claimspans.data.layer import Layer
from claimspans.data.predictions import read_predictions
from claimspans.data.schema import Schema
from claimspans.export.harnesses import HARNESSES, answer_counts, harness_path
from claimspans.export.harnesses.article_scores import article_record, figures
from claimspans.extractors.openai.examples import example
from claimspans.extractors.openai.prompt import as_json

from ..helpers.places import ROOT

SUBMISSIONS = ("rules", "crf")


def submitted(name: str, gold: Layer, schema: Schema) -> dict[str, Document]:
    texts = {document.doc: document.text for document in gold}
    return {one.doc: one for one in read_predictions(ROOT / "submissions" / name, schema, texts)}


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_tallies_of_articles_add_up_to_the_score_of_all(name: str, gold: Layer, schema: Schema) -> None:
    answers = submitted(name, gold, schema)
    tallies = [(one.tp, one.fp, one.fn) for one in (answer_counts.tally(each, answers[each.doc]) for each in gold)]
    micro = score(gold, list(answers.values()))["strict"].micro
    found = (answer_counts.precision(tallies), answer_counts.recall(tallies), answer_counts.f_score(tallies))
    assert found == (micro.precision, micro.recall, micro.f1)
    mean_of_ratios = sum(tp / (tp + fp) for tp, fp, _ in tallies) / len(tallies)
    assert found[0] != mean_of_ratios


def test_the_right_answer_of_a_model_is_all_right(gold: Layer, schema: Schema) -> None:
    for document in gold:
        right = as_json(example(document, schema.labels, attributes=True, claims=True).answer)
        answer = answer_counts.answered(document, f"Here it is:\n```json\n{right}\n```")
        assert answer_counts.tally(document, answer) == answer_counts.Tally(tp=len(document.spans), fp=0, fn=0)


def test_what_is_no_answer_misses_all_and_what_is_not_in_the_article_is_spurious(gold: Layer) -> None:
    document = gold[0]
    lost = answer_counts.answered(document, "I cannot do that.")
    assert lost.status == "failed"
    assert lost.error is not None
    assert "no JSON object" in lost.error.detail
    assert answer_counts.tally(document, lost) == answer_counts.Tally(tp=0, fp=0, fn=len(document.spans))
    made_up = answer_counts.answered(
        document, '{"quotes": [{"label": "ITEM", "quote": "seven unicorns"}], "claims": []}'
    )
    assert answer_counts.tally(document, made_up) == answer_counts.Tally(tp=0, fp=1, fn=len(document.spans))


NAN = math.nan


@pytest.mark.parametrize(
    ("tallies", "expected"),
    [
        ([], (NAN, NAN, NAN)),
        ([(0, 0, 3)], (NAN, 0.0, 0.0)),
        ([(0, 2, 0)], (0.0, NAN, 0.0)),
        ([(1, 0, 0), (0, 3, 1)], (1 / 4, 1 / 2, 1 / 3)),
    ],
)
def test_an_undefined_figure_is_not_a_number(
    tallies: list[tuple[float, float, float]], expected: tuple[float, ...]
) -> None:
    found = (answer_counts.precision(tallies), answer_counts.recall(tallies), answer_counts.f_score(tallies))
    assert found == pytest.approx(expected, nan_ok=True)


def test_figures_over_what_is_given_in_python_are_those_of_the_scorer(gold: Layer, schema: Schema) -> None:
    answers = [article_record(one) for one in submitted("crf", gold, schema).values()]
    references = [article_record(document) for document in gold]
    expected = score(gold, answers)
    for scheme in ("strict", "partial"):
        found = figures(answers, references, scheme=scheme)
        assert {key: found[key] for key in expected[scheme].micro.to_dict()} == expected[scheme].micro.to_dict()
        assert found["labels"] == {label: counts.to_dict() for label, counts in expected[scheme].labels.items()}
    assert (
        f"schema {schema.version.partition('.')[0]}@" in figures(answers, references, schema=schema.name)["signature"]
    )


def test_what_lies_in_a_zone_of_a_reference_is_left_out(gold: Layer) -> None:
    document = next(document for document in gold if document.zones)
    zone = document.zones[0]
    inside = Document(doc=document.doc, spans=(Span(label="ITEM", start=zone.start, end=zone.start + 1),))
    assert figures([article_record(inside)], [article_record(document)])["ACT"] == 0


@pytest.mark.parametrize("given", ["003", {"doc": "003"}, [{"label": "ITEM", "start": 0, "end": 1}]])
def test_what_is_no_article_is_refused(given: Any) -> None:
    with pytest.raises(ClaimspansError, match=r"expected articles, each a Document or a dict with doc and spans"):
        article_record(given)


def test_numbers_of_numpy_are_numbers() -> None:
    given = {"doc": "d", "spans": [{"label": "L", "start": np.int64(1), "end": np.int64(2), "score": np.float32(0.5)}]}
    spans = [{"label": "L", "start": 1, "end": 2, "score": 0.5}]
    assert json.loads(json.dumps(article_record(given))) == {"doc": "d", "spans": spans}


@pytest.mark.parametrize("shots", [-1, "two", 99])
def test_examples_that_cannot_be_are_refused(shots: Any) -> None:
    with pytest.raises(ClaimspansError, match=r"openai: .*shots"):
        answer_counts.prompt(shots)


@pytest.mark.parametrize("name", HARNESSES)
def test_a_harness_is_there_or_its_extra_is_named(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    harness = HARNESSES[name]
    (tmp_path / harness.library).mkdir()
    (tmp_path / harness.library / "__init__.py").touch()
    with monkeypatch.context() as there:
        there.setattr(sys, "path", [str(tmp_path), *sys.path])
        there.delitem(sys.modules, harness.library, raising=False)
        path = harness_path(name)
        assert path.exists()
        shown = CliRunner().invoke(cli, ["harness", name])
        assert shown.output == f"{path}\n"
    monkeypatch.setattr("claimspans.export.harnesses.find_spec", lambda _: None)
    with pytest.raises(ClaimspansError, match=rf"pip install 'claimspans\[{harness.extra}\]'"):
        harness_path(name)


def test_an_unknown_harness_is_refused() -> None:
    with pytest.raises(ClaimspansError, match="expected one of inspect, lm-eval, evaluate"):
        harness_path("helm")
