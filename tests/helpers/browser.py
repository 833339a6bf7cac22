"""The browser that the tests of the pages drive."""

from __future__ import annotations

import importlib.util
import shutil
from functools import cache
from pathlib import Path

MISSING = "no Chromium: install the package chromium to run the browser tests"
PATIENCE = 60_000
"""Milliseconds that anything may take on a machine that does other things, too."""


@cache
def chromium() -> str | None:
    """The system's Chromium, or Playwright's own; none where Playwright is not installed either."""
    if importlib.util.find_spec("playwright") is None:
        return None
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None
