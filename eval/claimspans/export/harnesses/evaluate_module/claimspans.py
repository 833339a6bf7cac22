"""The evaluate module: ``evaluate.load(PATH).compute(predictions=…, references=…)`` gives our scorer's figures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import datasets
import evaluate

# Absolute: evaluate copies this file elsewhere. It reads its imports line by line: none is broken over two.
from claimspans.export.harnesses.article_scores import article_record, figures

_DESCRIPTION = "Precision, recall and F1 of labelled spans, from counts that are added over articles."

_INPUTS = """
Args:
    predictions: articles, each a claimspans.Document or a dict with `doc` and `spans`: dicts with `label`, `start`,
        `end` (code points, the end after the last), and what else a predictions file may say.
    references: the same articles in the same order, as annotated; their `zones`, if any, are left out of the score.
    scheme: strict, exact, partial, type, or iou with a threshold such as iou0.5.
    schema: the path of the schema of the references; without one their labels are those that they hold.
Returns:
    precision, recall, f1 (None where undefined), COR, INC, PAR, MIS, SPU, POS, ACT, `labels` (the same by label), and
    the `signature` that names what the figures rest on.
"""


class Claimspans(evaluate.Metric):
    """Articles pass through evaluate's table as JSON, so that nothing that they say is lost there."""

    def _info(self) -> evaluate.MetricInfo:
        text = datasets.Value("string")
        return evaluate.MetricInfo(
            description=_DESCRIPTION,
            citation="",
            inputs_description=_INPUTS,
            features=datasets.Features({"predictions": text, "references": text}),
        )

    def add(self, *, prediction: Any = None, reference: Any = None, **settings: Any) -> None:
        """Add one article."""
        super().add(prediction=_packed(prediction), reference=_packed(reference), **settings)

    def add_batch(
        self, *, predictions: Iterable[Any] | None = None, references: Iterable[Any] | None = None, **settings: Any
    ) -> None:
        """Add articles."""
        packed = [[_packed(one) for one in side or ()] for side in (predictions, references)]
        super().add_batch(predictions=packed[0], references=packed[1], **settings)

    def _compute(
        self, predictions: list[str], references: list[str], scheme: str = "strict", schema: str | None = None
    ) -> Mapping[str, Any]:
        given = [[json.loads(one) for one in side] for side in (predictions, references)]
        return figures(given[0], given[1], scheme=scheme, schema=schema)


def _packed(article: Any) -> str:
    return json.dumps(article_record(article), ensure_ascii=False)
