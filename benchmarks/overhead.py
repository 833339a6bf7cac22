"""What a run costs beside calling the extractor: CPU and wall time an article. ``python -m benchmarks.overhead``"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from claimspans.data.corpus import Corpus
from claimspans.data.records import Document
from claimspans.extractors import get
from claimspans.extractors.run import run


def find_numbers(article: dict[str, str]) -> list[dict[str, object]]:
    """A system that costs nearly nothing: every run of digits is a QUANTITY."""
    found, start = [], None
    for place, sign in enumerate(article["text"] + " "):
        if sign.isdigit():
            start = place if start is None else start
        elif start is not None:
            found.append({"label": "QUANTITY", "start": start, "end": place})
            start = None
    return found


def measured(work: Callable[[], object], count: int) -> tuple[float, float]:
    """CPU (this process and those that it started) and wall time an article, in microseconds."""

    def cpu() -> float:
        sides = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(side.ru_utime + side.ru_stime for side in sides)

    before, began = cpu(), time.perf_counter()
    work()
    wall = time.perf_counter() - began
    return (cpu() - before) / count * 1e6, wall / count * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    given = parser.parse_args()
    texts = [document.text or "" for document in Corpus().plain()]
    documents = [Document(doc=f"a{number}", text=texts[number % len(texts)]) for number in range(given.articles)]
    uri = f"py:{Path(__file__)}:find_numbers"
    sys.path.insert(0, str(Path(__file__).parent))
    here = get(uri)

    with tempfile.TemporaryDirectory() as folder:
        rows: list[tuple[str, Callable[[], object]]] = [
            ("the function itself", lambda: [find_numbers({"text": one.text or ""}) for one in documents]),
            ("get(URI), in this process", lambda: list(here(documents))),
            ("run, 1 worker", lambda: run(uri, documents, Path(folder) / "one", workers=1)),
            ("run, 1 worker, batches of 16", lambda: run(uri, documents, Path(folder) / "b", workers=1, batch=16)),
            ("run, 2 workers", lambda: run(uri, documents, Path(folder) / "two", workers=2)),
        ]
        table = Table("", "CPU µs an article", "wall µs an article")
        for name, work in rows:
            cpu, wall = measured(work, len(documents))
            table.add_row(name, f"{cpu:,.0f}", f"{wall:,.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
