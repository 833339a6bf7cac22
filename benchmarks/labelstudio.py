"""How long push and pull take, and in how much memory: the gold's articles many times over, on a real Label Studio.

``python -m benchmarks.labelstudio`` makes a server of its own; ``--venv`` names an environment that is there already.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from claimspans import load
from claimspans.data.files import write_text
from claimspans.data.records import nested_record, to_line
from claimspans.labelstudio import server
from claimspans.labelstudio.home import Home
from claimspans.labelstudio.status import look

from .measure import run_process

TIMEOUT = 3600.0
"""Seconds for a command."""


def write_articles(path: Path, count: int) -> int:
    """Write as many articles, under ids of their own; how many spans and claims they hold together."""
    gold = load()
    lines, marks = [], 0
    for number in range(count):
        document = gold[number % len(gold)]
        marks += len(document.spans) + len(document.claims)
        more = {"doc": f"{document.doc}-{number:05}", "text": document.text, "published": document.published}
        lines.append(to_line(nested_record(document) | more))
    write_text(path, "".join(lines))
    return marks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--venv", type=Path, help="Label Studio's environment; without it, one is made")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="claimspans-benchmark-") as name:
        folder = Path(name)
        marks = write_articles(folder / "articles.jsonl", given.articles)
        table = Table(
            "", "seconds", "MB of the command", title=f"{given.articles:,} articles, {marks:,} spans and claims"
        )
        home = Home(folder / "home")
        try:
            server.up(home, venv=given.venv)
            common = ["--home", str(home.root), "--project", "benchmark", "--json"]
            push = ["push", "--articles", str(folder / "articles.jsonl"), "--as", "annotations", *common]
            pull = ["pull", "--out", str(folder / "out"), *common]
            steps = (
                ("push, all new", push, 0),
                ("push again, nothing to do", push, 0),
                # What changed within the last minute is looked at once more by the next pull.
                ("pull, all new, a minute later", pull, 61),
                ("pull again, nothing to do", pull, 0),
            )
            for what, command, wait in steps:
                time.sleep(wait)
                run = run_process([sys.executable, "-m", "claimspans", "labelstudio", *command], TIMEOUT)
                if run.error is not None:
                    sys.exit(f"{what}: {run.error}")
                table.add_row(what, f"{run.wall:.0f}", f"{run.peak / 1e6:.0f}")
            memory = look(home).memory or 0
            written = sum(1 for _ in (folder / "out").glob("*/*.jsonl"))
        finally:
            server.down(home)
    if written != given.articles:
        sys.exit(f"{written} articles came back of {given.articles}")
    Console().print(table)
    Console().print(
        f"server: {memory / 1e6:.0f} MB; load of the machine in the last quarter of an hour: {os.getloadavg()[2]:.1f}"
    )


if __name__ == "__main__":
    main()
