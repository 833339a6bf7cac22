"""Documents, layers, corpora and scores as HTML for a notebook: fragments without scripts, every word escaped."""

from __future__ import annotations

from typing import Any

from ..data.corpus import Corpus, schema_of
from ..data.layer import Layer
from ..data.records import Document
from ..scoring.result import Result
from .page import details, pieces
from .tables import tables
from .templates import fill

SHOWN = 20
"""Articles of a layer that are shown; a notebook keeps what it shows."""


def html(shown: Any) -> str:
    """The HTML of a Document, a `Layer`, a `Corpus` or a `Result`; raises `TypeError` for anything else."""
    if isinstance(shown, Document):
        return _documents([shown], repr(shown), opened=True)
    if isinstance(shown, Layer):
        return _documents(shown[:SHOWN], repr(shown), more=len(shown) - SHOWN)
    if isinstance(shown, Corpus):
        return fill("notebook.html", head=repr(shown), articles=[], labels={}, more=0, tables=[])
    if isinstance(shown, Result):
        made = tables([shown])
        shown_tables = made["summary"] + made["labels"][:1]
        return fill(
            "notebook.html",
            head=repr(shown),
            articles=[],
            labels={},
            more=0,
            tables=shown_tables,
        )
    raise TypeError(f"{type(shown).__name__}: has no HTML of its own")


def _documents(documents: list[Document], head: str, *, opened: bool = False, more: int = 0) -> str:
    known = schema_of(documents).labels
    used = sorted({span.label for document in documents for span in document.spans})
    colours = {label: known[label].color if label in known else _OTHER for label in used}
    articles = [
        {"name": repr(document), "pieces": pieces(document, None), "spans": document.spans, "opened": opened}
        for document in documents
    ]
    return fill(
        "notebook.html", head=head, articles=articles, labels=colours, more=max(0, more), tables=[], details=details
    )


_OTHER = "#7f7f7f"
"""The colour of a label that the schema lacks."""
