"""What a figure depends on, in one line: two figures with one signature can be compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import numpy as np

from ..data.corpus import Corpus
from ..data.hashes import sha256_of
from ..data.layer import Layer
from ..data.records import Document, document_records
from ..data.schema import Schema
from ..version import VERSION
from .inputs import Task

SEED = 0
RESAMPLES = 2000


def signature(gold: Any, task: Task, schema: Schema | None, schemes: Sequence[str]) -> str:
    """The signature of a score; ``gold`` is what the caller gave."""
    name, version = (gold.name, gold.version) if isinstance(gold, Layer) else ("data", None)
    parts = [
        f"claimspans {VERSION}",
        f"{name} {version or ''}@{_digest(task, gold, described=schema is not None)}",
        f"schema {schema.version.partition('.')[0]}@{schema.sha256[:8]}" if schema is not None else "schema –",
        f"docs {len(task.docs)}",
        f"scheme {'+'.join(schemes)}",
        "zones ignored",
        f"seed {SEED} B {RESAMPLES}",
    ]
    return " | ".join(parts)


def _digest(task: Task, gold: Any, *, described: bool) -> str:
    """Eight digits of a hash of the gold: of its records, or of its columns where it is nothing but spans.

    The order of records is that of reading, then of their ids, not that of a file.
    """
    documents = [document for document, _ in task.documents or ()]
    if any(one.claims or (described and any(span.attributes for span in one.spans)) for one in documents):
        return digest(map(_in_order, documents), gold.corpus if isinstance(gold, Layer) else None)
    return hashlib.sha256(_sum_of_rows(task).to_bytes(8, "little")).hexdigest()[:8]


def _in_order(document: Document) -> Document:
    spans = sorted(
        document.spans, key=lambda span: (span.order, _natural(span.id), repr(sorted(span.attributes.items())))
    )
    claims = sorted(document.claims, key=lambda claim: (_natural(claim.id), repr(claim)))
    return msgspec.structs.replace(document, spans=tuple(spans), claims=tuple(claims))


def _natural(name: str | None) -> tuple[int, str]:
    """The order of ids in which c2 stands before c10."""
    return (len(name or ""), name or "")


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


_ROWS = 1 << 18
"""Rows that are mixed at a time."""


def _sum_of_rows(task: Task) -> int:
    """A sum over the gold's spans, each mixed into 64 bits, so that the order of the lines does not matter."""
    docs, labels = (np.array([_hash(name) for name in names], dtype=np.uint64) for names in (task.docs, task.labels))
    total = 0
    for first in range(0, len(task.gold), _ROWS):
        part = task.gold.cut(first, first + _ROWS)
        row = docs[part.doc] ^ (labels[part.label] * np.uint64(0x9E3779B97F4A7C15))
        for column in (part.start, part.end):
            row = (row ^ column.astype(np.uint64)) * np.uint64(0xBF58476D1CE4E5B9)
            row ^= row >> np.uint64(29)
        total += int(row.sum())
    return total % 2**64


def _hash(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")
