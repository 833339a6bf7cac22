"""Systems that find spans, each named by a URI, and all called in one way.

`contract` says what goes in and out, `answer_reader` what is made of an answer, `registry` which adapter a URI names;
an adapter is a module with ``Options`` and ``load``. `claimspans.run` calls them in processes of their own, so that
nothing that an extractor does ends a run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ..data.label_map import LabelMap
from ..data.records import Document, Failure
from ..data.schema import Schema, default_schema
from .answer_reader import read_answer
from .contract import Answer, Article, Reading, Refused
from .registry import SCHEMES, Address, Loaded, Setting, load, parse

__all__ = [
    "SCHEMES",
    "Address",
    "Answer",
    "Article",
    "Extractor",
    "LabelMap",
    "Loaded",
    "Reading",
    "Refused",
    "Setting",
    "article_of",
    "get",
    "load",
    "parse",
    "read_answer",
]

Extractor = Callable[[Iterable[Document]], Iterator[Document]]


def article_of(document: Document) -> Article:
    """What an extractor gets of a document: nothing of its annotations."""
    return Article(doc=document.doc, text=document.text or "", published=document.published)


def get(
    uri: str,
    *,
    options: Mapping[str, Any] | None = None,
    label_map: LabelMap | None = None,
    schema: Schema | None = None,
) -> Extractor:
    """The extractor of a URI as a function from Documents to Documents, called in this process, one at a time.

    An article for which it gives no answer comes back without spans, its ``status`` failed. Raises `ClaimspansError`
    for a URI that names nothing, a missing extra, and options that the extractor does not know.
    """
    schema = schema or default_schema()
    loaded = load(parse(uri), options or {}, Setting.of(schema, label_map))

    def extract(documents: Iterable[Document]) -> Iterator[Document]:
        for document in documents:
            article = article_of(document)
            try:
                answers = [*loaded.answer([article]), {"error": "gave no answer"}]
                yield read_answer(article, answers[0], schema, label_map).document
            except Refused as refused:
                error = Failure(kind=refused.kind, detail=refused.detail)
                yield Document(doc=document.doc, text=document.text, status="failed", error=error)

    return extract
