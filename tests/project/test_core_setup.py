"""Fast tests find no package that ``make test-fast`` does not install."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
from importlib.util import find_spec
from tests.helpers.core_setup import hide_what_is_not_core
before = find_spec("spacy")
hide_what_is_not_core()
print(before is not None, find_spec("spacy") is None, find_spec("pandas") is not None)
import spacy
"""


@pytest.mark.slow
def test_a_package_of_a_larger_setup_is_hidden() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False
    )
    assert ran.stdout == "True True True\n"
    assert ran.stderr.endswith("ModuleNotFoundError: No module named 'spacy'\n")
