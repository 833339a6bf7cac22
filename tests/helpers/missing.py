"""Says at the end of ``make test``, where two suites side by side have printed theirs, which tests did not run."""

from __future__ import annotations

import sys

from .browser import MISSING, chromium

if __name__ == "__main__":
    if chromium() is None:
        sys.stdout.write(f"make test: {MISSING}\n")
    sys.stdout.write("make test: the tests on real Ray and Spark are make test-cluster's\n")
