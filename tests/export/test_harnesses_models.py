"""inspect_ai, lm-eval and evaluate give the figures of `claimspans score` on the same predictions, to the last bit."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from claimspans import ClaimspansError, Document
from claimspans.data.layer import Layer
from claimspans.data.schema import Schema, default_schema
from claimspans.export.harnesses import HARNESSES, answer_counts, harness_path
from claimspans.extractors import article_of
from claimspans.extractors.openai.examples import quotes_of
from claimspans.extractors.openai.prompt import as_json

from ..helpers.places import ROOT
from .test_export import content, lines
from .test_harnesses import SUBMISSIONS, submitted

# Their warnings are about themselves and one another.
pytestmark = [pytest.mark.slow, pytest.mark.models, pytest.mark.filterwarnings("ignore")]

FIGURES = ("precision", "recall", "f1")


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("INSPECT_LOG_DIR", str(tmp_path / "logs"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module", params=SUBMISSIONS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def micro(name: str) -> dict[str, Any]:
    """What the command line says of a submission under the scheme strict."""
    command = [sys.executable, "-m", "claimspans", "score", str(ROOT / "submissions" / name), "--json", "--brief"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: dict[str, Any] = json.loads(shown)["schemes"]["strict"]["micro"]
    return found


@pytest.fixture
def said(name: str, gold: Layer, schema: Schema) -> Mapping[str, str]:
    """By article, the words of a model that finds what the submission found."""
    answers = submitted(name, gold, schema).values()
    return {
        answer.doc: as_json({"quotes": quotes_of(answer.text or "", answer.spans, attributes=False), "claims": []})
        for answer in answers
    }


def ratios(found: Mapping[str, Any]) -> dict[str, Any]:
    return {figure: found[figure] for figure in FIGURES}


def article_in(gold: Layer, prompt: str) -> Document:
    """The article that a model is asked about: the last one in its prompt."""
    return max(gold, key=lambda document: prompt.rfind(document.text or ""))


def inspected(task: Any, model: Any) -> Any:
    from inspect_ai import eval as inspect_eval

    (log,) = inspect_eval(task, model=model, display="none", log_level="error")
    assert log.status == "success"
    return log


def metrics_of(log: Any) -> dict[str, float]:
    (scored,) = log.results.scores
    assert scored.name == "strict"
    return {figure: metric.value for figure, metric in scored.metrics.items()}


def a_model(gold: Layer, answers: Mapping[str, str], asked: list[list[tuple[str, str]]]) -> Any:
    """A model of inspect's that knows its answers, and counts its tokens itself: else inspect looks for a tokenizer."""
    from inspect_ai.model import ModelOutput, ModelUsage, get_model

    def answer(messages: Sequence[Any], *_: Any) -> Any:
        asked.append([(message.role, message.text) for message in messages])
        output = ModelOutput.from_content("mockllm", answers[article_in(gold, messages[-1].text).doc])
        output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
        return output

    return get_model("mockllm/model", custom_outputs=answer)


def test_inspect_replays_a_submission(name: str, micro: dict[str, Any]) -> None:
    from claimspans.export.harnesses.inspect_task import claimspans

    log = inspected(claimspans(predictions=str(ROOT / "submissions" / name)), "none/none")
    assert metrics_of(log) == ratios(micro)
    assert "scheme strict" in log.eval.metadata["signature"]
    assert sum(sample.scores["strict"].value["tp"] for sample in log.samples) == micro["COR"]


def test_inspect_asks_a_model_what_openai_does(gold: Layer, micro: dict[str, Any], said: Mapping[str, str]) -> None:
    from claimspans.export.harnesses.inspect_task import claimspans

    asked: list[list[tuple[str, str]]] = []
    log = inspected(claimspans(shots=1), a_model(gold, said, asked))
    assert metrics_of(log) == ratios(micro)
    told = [answer_counts.prompt(1).messages(article_of(document)) for document in gold]
    assert sorted(asked) == sorted([(one["role"], one["content"]) for one in messages] for messages in told)


def test_inspect_shows_why_an_article_has_no_answer(gold: Layer) -> None:
    from claimspans.export.harnesses.inspect_task import claimspans

    log = inspected(claimspans(), a_model(gold, dict.fromkeys(answer_counts.articles(), "lol"), []))
    found = metrics_of(log)
    assert math.isnan(found["precision"])
    assert (found["recall"], found["f1"]) == (0, 0)
    assert all(sample.scores["strict"].explanation == "invalid: it has no JSON object" for sample in log.samples)


def inspect(task: str, predictions: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "inspect_ai", "eval", task, "--model", "none/none", "--display", "plain"]
    return subprocess.run(
        [*command, "-T", f"predictions={predictions}"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "500"},
    )


@pytest.mark.parametrize("task", ["claimspans/claimspans", f"{HARNESSES['inspect'].path}@claimspans"])
@pytest.mark.parametrize("name", SUBMISSIONS[:1], scope="module")
def test_inspects_command_finds_the_task(task: str, micro: dict[str, Any], name: str) -> None:
    """One submission is enough to show that it does: the figures of all are held against each other above."""
    done = inspect(task, ROOT / "submissions" / name)
    assert f"precision  {micro['precision']:.3f}" in done.stdout, done.stdout + done.stderr


def test_inspects_command_says_what_is_wrong(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"doc": "999", "label": "ITEM", "start": 0, "end": 1}\n', encoding="utf-8")
    for given, expected in ((tmp_path / "none.jsonl", "no such file"), (broken, "the gold has 000")):
        wrong = inspect("claimspans/claimspans", given)
        assert expected in wrong.stdout + wrong.stderr
        assert "Traceback" not in wrong.stdout + wrong.stderr
        assert wrong.returncode


def evaluated(gold: Layer, answers: Mapping[str, str], **settings: Any) -> tuple[dict[str, Any], list[Any]]:
    """What lm-eval makes of a model that knows its answers, and what that model was asked."""
    from lm_eval import simple_evaluate
    from lm_eval.api.model import LM
    from lm_eval.tasks import TaskManager

    asked: list[Any] = []

    class Model(LM):  # type: ignore[misc]
        tokenizer_name = "none"

        def apply_chat_template(self, chat_history: list[dict[str, str]], **_: Any) -> str:
            return as_json(chat_history)

        def generate_until(self, requests: list[Any], **_: Any) -> list[str]:
            asked.extend(request.args[0] for request in requests)
            told = [json.loads(one)[-1]["content"] if one.startswith("[{") else one for one in asked]
            return [answers[article_in(gold, one).doc] for one in told]

        def loglikelihood(self, requests: Any, **_: Any) -> Any:
            raise NotImplementedError

        loglikelihood_rolling = loglikelihood

    manager = TaskManager(include_path=str(harness_path("lm-eval")), include_defaults=False)
    found = simple_evaluate(Model(), tasks=["claimspans"], task_manager=manager, bootstrap_iters=0, **settings)
    results = found["results"]["claimspans"]
    return {figure: results[f"strict_{figure},none"] for figure in FIGURES}, asked


def test_lm_eval_counts_what_a_model_says(gold: Layer, micro: dict[str, Any], said: Mapping[str, str]) -> None:
    found, asked = evaluated(gold, said)
    assert found == ratios(micro)
    told = [answer_counts.prompt().messages(article_of(document)) for document in gold]
    assert sorted(asked) == sorted("\n\n".join(one["content"] for one in messages) + "\n" for messages in told)
    exported = lines(content("prompt-completion", gold, default_schema()))
    assert sorted(asked) == sorted(row["prompt"] for row in exported)


def test_lm_eval_tells_a_chat_model_the_same(gold: Layer, micro: dict[str, Any], said: Mapping[str, str]) -> None:
    found, asked = evaluated(gold, said, apply_chat_template=True)
    assert found == ratios(micro)
    for messages, document in zip(map(json.loads, asked), gold, strict=True):
        told = answer_counts.prompt().messages(article_of(document))
        assert [(one["role"], one["content"].strip()) for one in messages] == [
            (one["role"], one["content"].strip()) for one in told
        ]


def test_lm_evals_undefined_figure_is_not_a_number(gold: Layer) -> None:
    found, _ = evaluated(gold, dict.fromkeys(answer_counts.articles(), "lol"))
    assert math.isnan(found["precision"])
    assert (found["recall"], found["f1"]) == (0, 0)


@pytest.fixture
def module(tmp_path: Path) -> Any:
    import evaluate

    return evaluate.load(str(harness_path("evaluate")), cache_dir=str(tmp_path / "cache"))


def test_evaluate_computes_the_same(module: Any, name: str, micro: dict[str, Any], gold: Layer, schema: Schema) -> None:
    lines = (ROOT / "submissions" / name / "predictions.jsonl").read_text(encoding="utf-8").splitlines()
    found = module.compute(predictions=[json.loads(line) for line in lines], references=list(gold))
    assert {key: found[key] for key in micro} == micro
    for document, answer in zip(gold, submitted(name, gold, schema).values(), strict=True):
        module.add(prediction=answer, reference=document)
    assert module.compute() == found


def test_evaluate_says_what_an_article_is(module: Any, gold: Layer) -> None:
    with pytest.raises(ClaimspansError, match="expected articles"):
        module.compute(predictions=[[(0, 5, "ITEM")]], references=[gold[0]])
    with pytest.raises(ClaimspansError, match="999"):
        module.compute(predictions=[{"doc": "999", "spans": []}], references=[gold[0]])
