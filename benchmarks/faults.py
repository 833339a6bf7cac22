"""A long run with many faults: every article is accounted for. ``python -m benchmarks.faults --help``"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from claimspans.data.records import Document
from claimspans.extractors.run import Limits, Tally, run

SYSTEM = f"py:{Path(__file__).parents[1] / 'tests' / 'helpers' / 'systems' / 'faulty.py'}:extract"
FAILING = ("exit", "segfault", "hang", "raise", "permanent", "none", "text", "wrong")
PARTIAL = ("nan", "range", "mismatch", "label", "string", "nothing", "quote")
SHARE = 5
"""One article in so many has a fault; they come in turns, hanging ones (which take the time that they may) least."""


def articles(count: int) -> list[Document]:
    faults = [kind for kind in (*FAILING, *PARTIAL) for _ in range(1 if kind == "hang" else 4)]
    kinds = (faults[number // SHARE % len(faults)] if number % SHARE == 0 else "good" for number in range(count))
    return [Document(doc=f"{kind}-{number}", text="🚀 shells, and more") for number, kind in enumerate(kinds)]


def expected(documents: list[Document]) -> Counter[str]:
    kinds = (document.doc.partition("-")[0] for document in documents)
    return Counter("failed" if kind in FAILING else "partial" if kind in PARTIAL else "done" for kind in kinds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--timeout", type=float, default=2.0, help="seconds for an article")
    given = parser.parse_args()
    documents = articles(given.articles)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        limits = Limits(timeout=given.timeout, load_timeout=given.timeout)
        tally: Tally = run(SYSTEM, documents, Path(folder) / "run", limits=limits)
        lines = (Path(folder) / "run" / "predictions.jsonl").read_text().count("\n")
    table = Table("articles", "expected", "found")
    wanted = expected(documents)
    for status in ("done", "partial", "failed"):
        table.add_row(status, str(wanted[status]), str(tally.statuses[status]))
    table.add_row("all", str(len(documents)), str(lines))
    out = Console()
    out.print(table)
    shown = ", ".join(f"{count} {kind}" for kind, count in sorted(tally.failures.items()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    out.print(f"failures: {shown}")
    out.print(f"{time.monotonic() - began:.0f} s, {peak} MB in the harness, {tally.workers} workers")
    if tally.statuses != wanted or lines != len(documents):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
