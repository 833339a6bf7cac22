"""Articles that somebody gives in Python, and the figures of one scheme over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from ...data.lines import rows_of
from ...data.problems import ClaimspansError, InputError, Problem
from ...data.records import Document, nested_record
from ...data.schema import read_schema
from ...scoring.score import score


def article_record(article: Document | Mapping[str, Any]) -> dict[str, Any]:
    """An article as a record with ``doc`` and ``spans``, its text and zones among them where they are known.

    Numbers of numpy are Python's. Raises `ClaimspansError` for what is neither a Document nor such a record.
    """
    if isinstance(article, Document):
        zones = msgspec.to_builtins(article.zones)
        known = {"text": article.text, "zones": zones if article.zones else None}
        return nested_record(article) | {key: value for key, value in known.items() if value is not None}
    if not isinstance(article, Mapping) or "doc" not in article or "spans" not in article:
        raise ClaimspansError(
            f"expected articles, each a Document or a dict with doc and spans, found {_shown(article)}"
        )
    row = next(rows_of([article], "article"))
    if isinstance(row, Problem):
        raise InputError([row])
    return row.data


def figures(
    predictions: Sequence[Mapping[str, Any]],
    references: Sequence[Mapping[str, Any]],
    *,
    scheme: str = "strict",
    schema: str | None = None,
) -> dict[str, Any]:
    """The figures of one scheme over all articles, by label, and the signature.

    Raises as `claimspans.score` does.
    """
    own = read_schema(schema) if schema is not None else None
    result = score(references, predictions, schema=own, schemes=(scheme,))
    counted = result[scheme]
    labels = {label: counts.to_dict() for label, counts in counted.labels.items()}
    return counted.micro.to_dict() | {"labels": labels, "signature": result.signature}


def _shown(article: Any) -> str:
    return f"a dict with {', '.join(map(str, article))}" if isinstance(article, Mapping) else type(article).__name__
