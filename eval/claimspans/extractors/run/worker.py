"""The inside of a worker: loads an extractor and answers arrays of articles, a line each, until its stdin ends.

The first line says which extractor; the answer to it is ``{"ready": identity, …}``, or ``{"refused": message}`` for
what its user can mend. What a library prints goes to stderr: stdout is kept for answers.
"""

from __future__ import annotations

import os
import random
import sys
from typing import IO, Any

import msgspec

from ...data.problems import ClaimspansError
from ..answering import answer_lines, line_of
from ..contract import Article
from ..registry import Address, Setting, load


class Start(msgspec.Struct, frozen=True):
    """What a worker is to be."""

    address: Address
    options: dict[str, Any]
    setting: Setting


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    random.seed(0)
    lines = iter(sys.stdin.buffer)
    start = msgspec.json.decode(next(lines), type=Start)
    try:
        loaded = load(start.address, start.options, start.setting)
    except ClaimspansError as error:
        _say(answers, line_of({"refused": str(error)}))
        return
    more = {"batch": loaded.batch, "workers": loaded.workers, "source": loaded.source, "files": loaded.files}
    _say(answers, line_of({"ready": dict(loaded.identity), **more}))
    for line in lines:
        for answer in answer_lines(loaded.answer, msgspec.json.decode(line, type=list[Article])):
            _say(answers, answer)


def _say(answers: IO[bytes], line: bytes) -> None:
    answers.write(line)
    answers.flush()


if __name__ == "__main__":
    main()
