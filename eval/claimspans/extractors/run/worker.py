"""The inside of a worker: loads an extractor and answers arrays of articles, a line each, until its stdin ends.

The first line says which extractor; the answer to it is ``{"ready": identity, …}``, or ``{"refused": message}`` for
what its user can mend. What a library prints goes to stderr: stdout is kept for answers.
"""

from __future__ import annotations

import json
import os
import random
import sys
import traceback
from collections.abc import Sequence
from typing import IO, Any

import msgspec

from ...data.problems import ClaimspansError
from ..contract import Article, Refused
from ..registry import Address, Loaded, Setting, load
from ..tracebacks import raised


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
        _say(answers, {"refused": str(error)})
        return
    more = {"batch": loaded.batch, "workers": loaded.workers, "source": loaded.source, "files": loaded.files}
    _say(answers, {"ready": dict(loaded.identity), **more})
    for line in lines:
        _answer(answers, loaded, msgspec.json.decode(line, type=list[Article]))


def _answer(answers: IO[bytes], loaded: Loaded, articles: Sequence[Article]) -> None:
    """One answer to each article. What fails for several at once is tried for each alone."""
    left = {article.doc: article for article in articles}
    error: dict[str, Any] = {"error": "the extractor gave no answer for this article"}
    try:
        for answer in loaded.answer(articles):
            _say(answers, answer)
            left.pop(str(answer.get("doc")), None)
    except Refused as refused:
        error = {
            "error": refused.detail,
            "kind": refused.kind,
            "retryable": refused.retryable,
            "retry_after": refused.retry_after,
        }
    except Exception as found:  # noqa: BLE001 -- one article's failure is that article's
        traceback.print_exc()
        error = raised(found)
    for doc, article in left.items():
        if len(articles) > 1:
            _answer(answers, loaded, [article])
        else:
            _say(answers, {"doc": doc, **error})


def _say(answers: IO[bytes], answer: Any) -> None:
    line = json.dumps(answer, ensure_ascii=False, default=plain).encode("utf-8", "backslashreplace")
    answers.write(line + b"\n")
    answers.flush()


def plain(value: Any) -> Any:
    """Numbers and arrays of numpy, tuples of other libraries."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


if __name__ == "__main__":
    main()
