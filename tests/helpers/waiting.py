"""Waiting for what happens, however busy the machine is."""

from __future__ import annotations

import time
from collections.abc import Callable

FOREVER = 600
"""Seconds after which a test that waits for what will never happen gives up."""


def until(holds: Callable[[], object], what: str = "what was waited for") -> None:
    """Until it holds; fails only where it would never."""
    end = time.monotonic() + FOREVER
    while not holds():
        assert time.monotonic() < end, f"{what} did not happen"
        time.sleep(0.02)
