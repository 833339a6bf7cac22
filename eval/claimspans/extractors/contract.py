"""The contract of an extractor: what it gets of an article, and what it may answer.

In: ``{"doc", "text", "lang"?, "published"?}``. Out, one answer an article, in any order::

    {"doc", "spans": [{"label", "start", "end", "text"?, "score"?, …attributes}], "claims"?: […],
     "offset_unit"?: "codepoint" | "utf16" | "utf8"}
    {"doc", "quotes": [{"label", "quote", "before"?, "after"?, "occurrence"?, …attributes}]}
    {"doc", "error": "…", "retryable"?: true, "retry_after"?: seconds}

An answer may have spans and quotes both; a span without offsets but with ``quote`` or ``text`` is a quote. One with
``"alignment": "unaligned"`` has been looked for in the part of the article from which it was taken, and is not there.
What cannot be used of an answer is rejected piece by piece, never the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from ..data.records import Document

Answer = Mapping[str, Any]
"""What an extractor said of one article: a JSON object."""


class Article(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an extractor gets: never an annotation, a zone, or another article."""

    doc: str
    text: str
    lang: str | None = None
    published: str | None = None


class Refused(Exception):  # noqa: N818 -- an extractor may say it; nothing has gone wrong in the program
    """The extractor gave no answer for an article.

    ``retry_after`` is in seconds; ``traceback`` is where in its user's code an exception was raised.
    """

    def __init__(
        self,
        kind: str,
        detail: str,
        *,
        retryable: bool = False,
        retry_after: float | None = None,
        traceback: str | None = None,
    ) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail
        self.retryable = retryable
        self.retry_after = retry_after
        self.traceback = traceback


class Reading(msgspec.Struct, frozen=True):
    """An answer as a Document, and how many spans the label map left out, by their label."""

    document: Document
    dropped: dict[str, int]
    details: tuple[str, ...] = ()
    """What was wrong with what is no span or claim of its own, such as an attribute that was left out."""
