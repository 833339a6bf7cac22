"""What a figure depends on, in one line: two figures with one signature can be compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from ..data.corpus import Corpus
from ..data.hashes import sha256_of
from ..data.layer import Layer
from ..data.records import Document, document_records
from ..data.schema import Schema
from ..version import VERSION
from .article_rows import Sums, in_order, more_than_spans

SEED = 0
RESAMPLES = 2000


def signature(sums: Sums, schema: Schema | None, gold: Any = None) -> str:
    """The signature of a score; ``gold`` is what the caller gave, whose name and version are known of a `Layer`."""
    name, version = (gold.name, gold.version) if isinstance(gold, Layer) else ("data", None)
    parts = [
        f"claimspans {VERSION}",
        f"{name} {version or ''}@{_digest(sums, schema, gold)}",
        f"schema {schema.version.partition('.')[0]}@{schema.sha256[:8]}" if schema is not None else "schema –",
        f"docs {len(sums.docs)}",
        f"scheme {'+'.join(sums.tables)}",
        "zones ignored",
        f"seed {SEED} B {RESAMPLES}",
    ]
    return " | ".join(parts)


def _digest(sums: Sums, schema: Schema | None, gold: Any) -> str:
    """Eight digits of a hash of the gold: that of a release where it is a `Layer`, else of the sum of its articles'."""
    if isinstance(gold, Layer) and any(more_than_spans(one, schema) for one in gold):
        return digest(map(in_order, sorted(gold, key=lambda document: document.doc)), gold.corpus)
    return hashlib.sha256((sums.gold % 2**64).to_bytes(8, "little")).hexdigest()[:8]


def digest(documents: Iterable[Document], corpus: Corpus | None = None) -> str:
    """Eight digits of a hash of the records of these articles; the hash of a text that is not here is the corpus's."""
    found = hashlib.sha256()
    for document in documents:
        if document.text is None and corpus is not None and document.doc in corpus.sources:
            text = corpus.sources[document.doc].sha256
        else:
            text = sha256_of(document.text or "")
        for record in document_records(document, sha256=text):
            found.update(json.dumps(record, sort_keys=True).encode())
    return found.hexdigest()[:8]
