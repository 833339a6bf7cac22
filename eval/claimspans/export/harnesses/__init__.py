"""Other evaluation harnesses, each of which calls our scorer: inspect_ai, lm-eval, and evaluate.

`answer_counts` says what is asked of a model and what its answer counts; the rest is each harness's own way to call it.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import msgspec

from ...data.problems import ClaimspansError

_HERE = Path(__file__).parent


class Harness(msgspec.Struct, frozen=True):
    """A harness: the library and the extra that it needs, and what of ours it is to be given."""

    library: str
    extra: str
    path: Path


HARNESSES: Mapping[str, Harness] = {
    "inspect": Harness("inspect_ai", "inspect", _HERE / "inspect_task.py"),
    "lm-eval": Harness("lm_eval", "lm-eval", _HERE / "lm_eval"),
    "evaluate": Harness("evaluate", "evaluate", _HERE / "evaluate_module" / "claimspans.py"),
}


def harness_path(name: str) -> Path:
    """The file or folder that a harness is to be given.

    Raises `ClaimspansError` for an unknown harness, and for one whose library is not installed.
    """
    if name not in HARNESSES:
        raise ClaimspansError(f"{name}: no such harness; expected one of {', '.join(HARNESSES)}")
    harness = HARNESSES[name]
    if find_spec(harness.library) is None:
        raise ClaimspansError(f"{harness.library} is not installed: pip install 'claimspans[{harness.extra}]'")
    return harness.path
