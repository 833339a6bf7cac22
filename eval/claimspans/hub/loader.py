"""A program for an environment of its own: load every configuration of a folder or a repository, and write its rows.

It imports nothing but ``datasets``, so that it runs under any version of it:
``python loader.py SOURCE OUT CONFIGURATION=SPLIT+SPLIT … [--revision TAG]``. For each configuration, split and way of
loading it writes ``OUT/<configuration>.<split>.<way>.jsonl``, and prints a line of JSON: what was loaded, or the error.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

WAYS = ("batch", "streaming")


def main() -> None:
    """Load and write; an error of one configuration does not keep the others from being loaded."""
    parser = argparse.ArgumentParser()
    parser.add_argument("source")
    parser.add_argument("out", type=Path)
    parser.add_argument("wanted", nargs="+")
    parser.add_argument("--revision")
    given = parser.parse_args()

    import datasets

    datasets.disable_progress_bars()
    _say({"datasets": datasets.__version__})
    for wanted in given.wanted:
        configuration, _, splits = wanted.partition("=")
        for way in WAYS:
            for split in splits.split("+"):
                said: dict[str, Any] = {"configuration": configuration, "split": split, "way": way}
                try:
                    loaded = datasets.load_dataset(
                        given.source, configuration, split=split, streaming=way == "streaming", revision=given.revision
                    )
                    path = given.out / f"{configuration}.{split}.{way}.jsonl"
                    with path.open("w", encoding="utf-8") as file:
                        # What JSON has no word for, such as a date, is written as its name and then differs.
                        file.writelines(json.dumps(row, ensure_ascii=False, default=repr) + "\n" for row in loaded)
                except Exception as error:  # noqa: BLE001 -- whatever the library raises is what is to be known
                    said["error"] = f"{type(error).__name__}: {error}"
                _say(said)


def _say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
