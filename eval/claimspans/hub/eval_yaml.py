"""eval.yaml: what the Hub needs to list scores of models beside this dataset."""

from __future__ import annotations

from .tables import TEST

FRAMEWORK = "inspect-ai"
"""The harness that a score comes from: the Hub takes only those on its list, EVALUATION_FRAMEWORKS in huggingface.js.

Ours is not there; its task for inspect_ai calls our scorer."""

TASK = "spans_strict_f1"


def eval_yaml(task: str, prefix: str = "") -> str:
    """The one task that a model repository may report in ``.eval_results/``: what our inspect_ai task calls F1.

    ``task`` says in a sentence what is found, ``prefix`` is that of the configurations' names.
    """
    import yaml

    described = {
        "name": "claimspans",
        "description": f"{task} The score is the micro F1, from 0 to 1, of spans whose boundaries and label are right, "
        "over all articles of both splits: `inspect eval claimspans/claimspans`, or `claimspans score`. Give its "
        "signature in the notes.",
        "evaluation_framework": FRAMEWORK,
        "tasks": [{"id": TASK, "config": f"{prefix}documents", "split": TEST}],
    }
    return str(yaml.safe_dump(described, sort_keys=False, allow_unicode=True, width=1000))
