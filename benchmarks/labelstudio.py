"""How long push and pull take, and in how much memory: the gold's articles many times over, on a real Label Studio.

``python -m benchmarks.labelstudio`` makes a server of its own; ``--venv`` names an environment that is there already.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import time
from pathlib import Path
from subprocess import DEVNULL, run

import msgspec
from rich.console import Console
from rich.table import Table

from claimspans import load
from claimspans.data.files import write_text
from claimspans.data.hashes import sha256_of
from claimspans.data.records import document_records, to_line
from claimspans.labelstudio import server
from claimspans.labelstudio.home import Home
from claimspans.labelstudio.status import look

from .measure import run_process

TIMEOUT = 3600.0
"""Seconds for a command."""


def make_corpus(folder: Path, count: int) -> int:
    """Make a corpus of the gold's articles, each many times under ids of its own; how many spans and claims it has."""
    gold = load()
    named = [
        msgspec.structs.replace(document, doc=f"{document.doc}-{number:05}", text=f"{document.text}\n{number}")
        for number, document in zip(range(count), itertools.cycle(gold), strict=False)
    ]
    rows = folder.with_name("articles.jsonl")
    write_text(rows, "".join(to_line({"doc": one.doc, "text": one.text}) for one in named))
    for command in (["new", str(folder)], ["add", str(rows), "--corpus", str(folder)]):
        run([sys.executable, "-m", "claimspans", *command], check=True, stdout=DEVNULL)  # noqa: S603
    for one in named:
        lines = document_records(one, sha256_of(one.text or ""))
        write_text(folder / "annotations" / "gold" / f"{one.doc}.jsonl", "".join(map(to_line, lines)))
    return sum(len(one.spans) + len(one.claims) for one in named)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--venv", type=Path, help="Label Studio's environment; without it, one is made")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="claimspans-benchmark-") as name:
        folder = Path(name)
        marks = make_corpus(folder / "corpus", given.articles)
        table = Table(
            "", "seconds", "MB of the command", title=f"{given.articles:,} articles, {marks:,} spans and claims"
        )
        home = Home(folder / "home")
        try:
            server.up(home, venv=given.venv)
            common = ["--home", str(home.root), "--project", "benchmark", "--json", "--corpus", str(folder / "corpus")]
            push = ["push", "--as", "annotations", *common]
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
                ran = run_process([sys.executable, "-m", "claimspans", "labelstudio", *command], TIMEOUT)
                if ran.error is not None:
                    sys.exit(f"{what}: {ran.error}")
                table.add_row(what, f"{ran.wall:.0f}", f"{ran.peak / 1e6:.0f}")
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
