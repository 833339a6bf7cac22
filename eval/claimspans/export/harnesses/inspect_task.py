"""The inspect_ai task `claimspans`: a live model, or the replay of a predictions file, under our scorer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
from inspect_ai import Task, task
from inspect_ai._util.error import PrerequisiteError  # it has no public name
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ChatMessage, ChatMessageAssistant, ChatMessageSystem, ChatMessageUser, ModelOutput
from inspect_ai.scorer import Metric, SampleScore, Score, Scorer, Target, metric, scorer
from inspect_ai.solver import Generate, Solver, TaskState, generate, solver
from rich.markup import escape

from claimspans.data.predictions import read_predictions
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import Document, nested_record, to_line
from claimspans.data.schema import default_schema
from claimspans.export.harnesses import answer_counts

# Absolute: inspect also loads this file by its path, where it is of no package.
from claimspans.extractors import article_of
from claimspans.scoring.score import score
from claimspans.version import DATASET_VERSION

_SAYS = {"system": ChatMessageSystem, "user": ChatMessageUser, "assistant": ChatMessageAssistant}


@task
def claimspans(predictions: str | None = None, shots: int = 0) -> Task:
    """The articles of the gold, each a sample.

    ``predictions`` is a predictions file or a run folder that is replayed, with ``--model none/none``; without it the
    model is asked, with ``shots`` annotated articles as examples, never its own. Raises `PrerequisiteError`, which
    inspect prints as a message, for predictions that are not there or cannot be used, and for more examples than
    there are.
    """
    try:
        return _task(predictions, shots)
    except ClaimspansError as error:
        raise PrerequisiteError(escape(f"claimspans: {error}")) from error


def _task(predictions: str | None, shots: int) -> Task:
    if predictions is not None:
        path = Path(predictions).resolve()
        if not path.exists():
            raise ClaimspansError(
                f"{path}: no such file; expected a predictions file or a run folder, by its whole path where the task "
                "is named by its file: inspect then looks from the task's folder"
            )
        predictions = str(path)
    prompt = answer_counts.prompt(shots)
    samples = [
        Sample(
            id=document.doc,
            input=_messages(document, shots),
            target=to_line(nested_record(document)),
        )
        for document in answer_counts.gold()
    ]
    return Task(
        dataset=MemoryDataset(samples, name="claimspans"),
        solver=generate() if predictions is None else replay(predictions),
        scorer=strict(predictions),
        version=DATASET_VERSION,
        metadata={
            "signature": score(answer_counts.gold(), [], schemes=("strict",)).signature,
            "prompt": prompt.sha256 if predictions is None else None,
        },
    )


def _messages(document: Document, shots: int) -> list[ChatMessage]:
    said = answer_counts.prompt(shots).messages(article_of(document))
    return [_SAYS[message["role"]](content=message["content"]) for message in said]


@solver
def replay(predictions: str) -> Solver:
    """Says of each article what a predictions file says, and asks no model."""
    given = _read(predictions)

    async def solve(state: TaskState, generate: Generate) -> TaskState:  # noqa: ARG001 -- inspect's signature
        line = to_line(nested_record(_predicted(given, str(state.sample_id))))
        state.output = ModelOutput.from_content("replay", line)
        state.messages.append(state.output.message)
        return state

    return solve


@metric
def precision() -> Metric:
    """Right over predicted, over all articles."""

    def figure(scores: list[SampleScore]) -> float:
        return answer_counts.precision(map(_counts, scores))

    return figure


@metric
def recall() -> Metric:
    """Right over gold, over all articles."""

    def figure(scores: list[SampleScore]) -> float:
        return answer_counts.recall(map(_counts, scores))

    return figure


@metric
def f1() -> Metric:
    """The harmonic mean of the two."""

    def figure(scores: list[SampleScore]) -> float:
        return answer_counts.f_score(map(_counts, scores))

    return figure


@scorer(metrics=[precision(), recall(), f1()])
def strict(predictions: str | None = None) -> Scorer:
    """An article's tp, fp and fn under the scheme strict; of a predictions file, or else of what the model said."""
    given = None if predictions is None else _read(predictions)

    async def count(state: TaskState, target: Target) -> Score:  # noqa: ARG001 -- the gold says more than its target
        document = answer_counts.articles()[str(state.sample_id)]
        said = state.output.completion
        answer = answer_counts.answered(document, said) if given is None else _predicted(given, document.doc)
        return Score(
            value=msgspec.to_builtins(answer_counts.tally(document, answer)),
            answer=said,
            explanation=_explained(answer),
            metadata={"status": answer.status},
        )

    return count


def _explained(answer: Document) -> str | None:
    """Why the article has no answer, or less of one than the model said."""
    if answer.error is not None:
        return f"{answer.error.kind}: {answer.error.detail}"
    return "; ".join(f"{one.reason}: {one.detail}" for one in answer.rejected) or None


def _counts(sample: SampleScore) -> tuple[float, float, float]:
    value = sample.score.as_dict()
    tp, fp, fn = (float(value[name] or 0) for name in answer_counts.Tally.__struct_fields__)
    return tp, fp, fn


def _predicted(given: Mapping[str, Document], doc: str) -> Document:
    return given.get(doc, Document(doc=doc))


def _read(predictions: str) -> Mapping[str, Document]:
    texts = {document.doc: document.text for document in answer_counts.gold()}
    return {document.doc: document for document in read_predictions(predictions, default_schema(), texts)}
