"""A function that somebody holds in Python, asked in this process: nothing ends it, and nothing watches its memory."""

from __future__ import annotations

import inspect
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..adapters.python import answers
from ..answering import answer_lines
from ..contract import Answer, Article
from ..registry import Address

Function = Callable[[dict[str, Any]], Any]
"""An article as a dict → its spans, or a whole answer (`claimspans.extractors.python_answers`)."""


def address_of(function: Function) -> Address:
    """The address under which a run knows it: the module and the name that it has there."""
    named = function if hasattr(function, "__qualname__") else type(function)
    name = f"{getattr(named, '__module__', '?')}:{getattr(named, '__qualname__', '?')}"
    return Address(f"py:{name}", "py", name)


class LocalWorker:
    """Answers as a `Worker` does. What a function closes over cannot be seen, so no two calls of run are one run."""

    def __init__(self, function: Function) -> None:
        self._answers = answers(function)
        self.identity: Mapping[str, Any] = {"function": address_of(function).target, "call": uuid.uuid4().hex}
        self.batch = 1
        self.workers: int | None = 1
        self.files: Sequence[str] = ()
        try:
            self.source = inspect.getsourcefile(inspect.unwrap(function))
        except TypeError:
            self.source = None

    def ask(self, articles: Sequence[Article]) -> dict[str, Answer]:
        """The answers by article, as they would come from a process of its own."""
        found: dict[str, Answer] = {}
        for article in articles:
            line, *_ = answer_lines(self._answers, [article])
            found[article.doc] = json.loads(line)
            said = found[article.doc].get("doc", article.doc)
            if said != article.doc:
                found[article.doc] = {"error": f"answered for article {said!r}, which it was not asked for"}
        return found

    def close(self) -> None:
        """Nothing is to be ended."""

    def kill(self) -> None:
        """Nothing is to be ended."""
