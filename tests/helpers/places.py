"""Where the tests find what they read, and how they write what they give."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"

Write = Callable[..., Path]
"""The fixture ``write``."""
