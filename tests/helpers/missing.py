"""Says at the end of ``make test``, where two suites side by side have printed theirs, which tests could not run."""

from __future__ import annotations

import sys

from .browser import MISSING, chromium
from .cluster import NO_JAVA, java

if __name__ == "__main__":
    for there, told in ((chromium(), MISSING), (java(), NO_JAVA)):
        if there is None:
            sys.stdout.write(f"make test: {told}\n")
