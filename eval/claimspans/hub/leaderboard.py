"""eval.yaml: what the Hub needs to list scores of models beside this dataset."""

from __future__ import annotations

from .rows import TEST

FRAMEWORK = "claimspans"


def eval_yaml() -> str:
    """The tasks that a model repository may report in ``.eval_results/``; micro F1 of spans and F1 of whole claims."""
    import yaml

    tasks = {
        "spans_strict_f1": "spans",
        "spans_partial_f1": "spans",
        "whole_claims_f1": "claims",
    }
    described = {
        "name": "claimspans",
        "description": "Who said how much of what was shipped, when, and who denied it: spans and claims in news "
        "articles. Scores from 0 to 1 by `claimspans score`; each with its signature in the notes.",
        "evaluation_framework": FRAMEWORK,
        "tasks": [{"id": task, "config": configuration, "split": TEST} for task, configuration in tasks.items()],
    }
    return str(yaml.safe_dump(described, sort_keys=False, allow_unicode=True, width=1000))
