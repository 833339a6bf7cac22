"""What fuzzing found, and what it begins with, again: without the fuzzer."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..helpers.fuzz_targets import TARGETS
from ..helpers.places import CASES

FUZZED = sorted((CASES / "fuzz").glob("*/*"))


@pytest.mark.parametrize("case", FUZZED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_case_of_the_fuzzer_holds(case: Path) -> None:
    TARGETS[case.parent.name](case.read_bytes())


def test_every_target_has_cases() -> None:
    assert {case.parent.name for case in FUZZED} == TARGETS.keys()
