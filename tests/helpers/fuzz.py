"""Fuzzing by coverage: ``python -m tests.helpers.fuzz TARGET FOUND CASES -max_total_time=200``, options of libFuzzer.

What is new in coverage is kept in the folder FOUND; what fails is written as ``crash-…`` and belongs into CASES.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["claimspans"]):
    from .fuzz_targets import TARGETS

if __name__ == "__main__":
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()
