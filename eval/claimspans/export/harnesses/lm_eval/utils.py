"""What claimspans.yaml names: the articles, what an answer counts, and the figures over all articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from datasets import Dataset

from claimspans.data.schema import default_schema
from claimspans.export.harnesses import answer_counts

# Absolute: lm-eval loads this file by its path, where it is of no package.
from claimspans.extractors import article_of
from claimspans.extractors.openai.examples import example
from claimspans.extractors.openai.prompt import as_json, asked

precision, recall, f1 = answer_counts.precision, answer_counts.recall, answer_counts.f_score


def dataset(**_metadata: Any) -> dict[str, Dataset]:
    """The articles of the gold, each with what a model is told, and the answer that would be right."""
    prompt, labels = answer_counts.prompt(), default_schema().labels
    rows = [
        {
            "doc": document.doc,
            # Without a chat template lm-eval puts nothing between this and what follows, which then is what
            # `claimspans export prompt-completion` trains on.
            "system": f"{prompt.system}\n\n",
            "asked": f"{asked(article_of(document))}\n",
            "answer": as_json(example(document, labels, attributes=True, claims=prompt.claims).answer),
        }
        for document in answer_counts.gold()
    ]
    return {"test": Dataset.from_list(rows)}


def process_results(doc: Mapping[str, Any], results: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    """(tp, fp, fn) of an article for each figure: they add, and what they add up to is made into figures."""
    document = answer_counts.articles()[doc["doc"]]
    counts = msgspec.structs.astuple(answer_counts.tally(document, answer_counts.answered(document, results[0])))
    return dict.fromkeys(("strict_precision", "strict_recall", "strict_f1"), counts)
