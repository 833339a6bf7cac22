"""Systems that find spans: an extractor takes Documents with a text and gives Documents with spans and claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..problems import ClaimspansError
from ..records import Document

Extractor = Callable[[Iterable[Document]], Iterator[Document]]


def get(name: str) -> Extractor:
    """The extractor of a name; raises `ClaimspansError` for an unknown name or a missing extra."""
    if name == "rules":
        try:
            from .rules import extract
        except ImportError as error:
            raise ClaimspansError(
                f"rules needs {error.name}, which is not installed: pip install 'claimspans[rules]'"
            ) from error
        return extract
    if name == "crf":
        from . import crf

        crf.require()
        return crf.extract
    raise ClaimspansError(f"{name}: no such extractor; expected rules or crf")
