"""Asking an extractor that is loaded in this process: an answer to each article, as a line of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from .contract import Article, Refused
from .registry import AnswerAll
from .tracebacks import raised


def answer_lines(ask: AnswerAll, articles: Sequence[Article]) -> Iterator[bytes]:
    """One answer to each article. What fails for several at once is tried for each alone."""
    left = {article.doc: article for article in articles}
    error: dict[str, Any] = {"error": "the extractor gave no answer for this article"}
    try:
        for answer in ask(articles):
            yield line_of(answer)
            left.pop(str(answer.get("doc")), None)
    except Refused as refused:
        error = {
            "error": refused.detail,
            "kind": refused.kind,
            "retryable": refused.retryable,
            "retry_after": refused.retry_after,
        }
    except Exception as found:  # noqa: BLE001 -- one article's failure is that article's
        error = raised(found)
    for doc, article in left.items():
        if len(articles) > 1:
            yield from answer_lines(ask, [article])
        else:
            yield line_of({"doc": doc, **error})


def line_of(answer: Any) -> bytes:
    """A line of JSON; raises `TypeError` for what is none."""
    return json.dumps(answer, ensure_ascii=False, default=_plain).encode("utf-8", "backslashreplace") + b"\n"


def _plain(value: Any) -> Any:
    """Numbers and arrays of numpy, tuples of other libraries."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
