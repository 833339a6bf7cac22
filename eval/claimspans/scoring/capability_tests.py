"""Two systems on the texts of a capability: what each passes alone, and whether that may be chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import nan

import msgspec
import numpy as np

from .capabilities import CapabilityScore
from .significance import holm


class CapabilityTest(msgspec.Struct, frozen=True, kw_only=True):
    """How many texts only the first passes, and only the second.

    ``p`` is McNemar's exact test (1947): both passing each text that they differ on equally likely; None where they
    differ on none. ``p_holm`` is corrected for all capabilities and pairs.
    """

    capability: str
    first: str
    second: str
    only_first: int
    only_second: int
    p: float | None
    p_holm: float | None


def capability_tests(systems: Mapping[str, Sequence[CapabilityScore]]) -> list[CapabilityTest]:
    """Of every pair of systems on every capability, in the order of the first system's capabilities."""
    passed = {
        name: {
            score.capability: {verdict.case.doc for verdict in score.verdicts if verdict.failure is None}
            for score in scores
        }
        for name, scores in systems.items()
    }
    rows = [
        (capability, first, second, len(mine - other), len(other - mine))
        for first, second in combinations(passed, 2)
        for capability, mine in passed[first].items()
        for other in (passed[second][capability],)
    ]
    p = np.array([_exact(only_first, only_second) for *_, only_first, only_second in rows])
    return [
        CapabilityTest(
            capability=capability,
            first=first,
            second=second,
            only_first=only_first,
            only_second=only_second,
            p=None if np.isnan(raw) else float(raw),
            p_holm=None if np.isnan(raw) else float(corrected),
        )
        for (capability, first, second, only_first, only_second), raw, corrected in zip(rows, p, holm(p), strict=True)
    ]


def _exact(only_first: int, only_second: int) -> float:
    from scipy.stats import binomtest

    differing = only_first + only_second
    return float(binomtest(only_first, differing).pvalue) if differing else nan
