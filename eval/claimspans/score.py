"""Pairs → Counts, which add → Result, with its signature."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from .attributes import AttributeScore, attribute_scores
from .claims import claim_counts
from .corpus import Layer
from .counts import FIELDS, Counts, bootstrap
from .match import SCHEMES, Pairs, match, overlaps
from .predictions import read_predictions
from .problems import ClaimspansError
from .records import Document, Span, document_records
from .schema import Schema, default_schema
from .version import VERSION

if TYPE_CHECKING:
    import pandas

SEED = 0
RESAMPLES = 2000


class Macro(msgspec.Struct, frozen=True):
    """Means over the labels that have gold spans or predictions, each over those where it is defined."""

    precision: float | None
    recall: float | None
    f1: float | None


class SchemeScore:
    """The score under one scheme: a table of counts by article and label, and what derives from it by addition."""

    def __init__(self, scheme: str, labels: Sequence[str], table: np.ndarray[Any, np.dtype[np.int64]]) -> None:
        """``table`` is articles × labels × `FIELDS`."""
        self.scheme = scheme
        self._names = list(labels)
        self.table = table

    @property
    def micro(self) -> Counts:
        return _counts(self.table.sum(axis=(0, 1)))

    @property
    def labels(self) -> Mapping[str, Counts]:
        return {name: _counts(row) for name, row in zip(self._names, self.table.sum(axis=0), strict=True)}

    @property
    def articles(self) -> list[Counts]:
        """Over all labels, for each article in the order of the gold."""
        return [_counts(row) for row in self.table.sum(axis=1)]

    @property
    def macro(self) -> Macro:
        shown = [counts for counts in self.labels.values() if counts.POS or counts.ACT]
        columns = ([c.precision for c in shown], [c.recall for c in shown], [c.f1 for c in shown])
        means = []
        for column in columns:
            defined = [value for value in column if value is not None]
            means.append(sum(defined) / len(defined) if defined else None)
        return Macro(*means)

    @cached_property
    def interval(self) -> dict[str, tuple[float, float]]:
        """95 % percentile bootstrap over articles of micro precision, recall and F1; empty below two articles."""
        return bootstrap(self.table.sum(axis=1), SEED, RESAMPLES)

    def to_dict(self) -> dict[str, Any]:
        interval = {name: list(ends) for name, ends in self.interval.items()}
        return {
            "micro": self.micro.to_dict() | {"interval": interval},
            "macro": msgspec.structs.asdict(self.macro),
            "labels": {name: counts.to_dict() for name, counts in self.labels.items()},
        }


class Result:
    """A score: ``result["strict"].micro.f1``."""

    def __init__(
        self,
        signature: str,
        docs: Sequence[str],
        schemes: Mapping[str, SchemeScore],
        attributes: Mapping[str, AttributeScore],
        claims: Mapping[str, Counts],
        ignored: int,
    ) -> None:
        self.signature = signature
        self.docs = list(docs)
        self.schemes = schemes
        self.attributes = attributes
        self.claims = claims
        self.ignored = ignored

    def __getitem__(self, scheme: str) -> SchemeScore:
        return self.schemes[scheme]

    def to_dict(self) -> dict[str, Any]:
        """The shape that other programs rely on: keys may be added, these stay."""
        return {
            "signature": self.signature,
            "articles": len(self.docs),
            "ignored_in_zones": self.ignored,
            "schemes": {name: scheme.to_dict() for name, scheme in self.schemes.items()},
            "attributes": {name: attribute.to_dict() for name, attribute in self.attributes.items()},
            "claims": {name: counts.to_dict() for name, counts in self.claims.items()},
        }

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2, allow_nan=False)

    def to_frame(self) -> pandas.DataFrame:
        """One row for each scheme and label, and one for all labels (``label`` is "all"); needs pandas."""
        try:
            import pandas
        except ImportError as error:
            raise ClaimspansError("to_frame needs pandas: pip install 'claimspans[pandas]'") from error
        rows = [
            {"scheme": name, "label": label} | counts.to_dict()
            for name, scheme in self.schemes.items()
            for label, counts in [*scheme.labels.items(), ("all", scheme.micro)]
        ]
        return pandas.DataFrame(rows)


def score(
    gold: Iterable[Document],
    predictions: Iterable[Document] | Path | str,
    *,
    schema: Schema | None = None,
) -> Result:
    """Score predictions against the gold.

    ``predictions`` is a path (see `claimspans.predictions`) or Documents. An article of the gold without predictions
    is all missed. Raises `InputError` for a file that cannot be used, and `ClaimspansError` for an article that the
    gold lacks or that stands twice.
    """
    schema = schema or default_schema()
    gold = gold if isinstance(gold, list) else list(gold)
    if isinstance(predictions, Path | str):
        predictions = read_predictions(predictions, schema, {document.doc: document.text for document in gold})
    theirs = _by_doc(predictions, {document.doc for document in gold})
    labels = _labels(schema, gold, theirs.values())
    tables = {scheme: np.zeros((len(gold), len(labels), len(FIELDS)), dtype=np.int64) for scheme in SCHEMES}
    attributes: dict[str, AttributeScore] = {}
    whole = filled = Counts()
    ignored = 0
    for row, document in enumerate(gold):
        answer = theirs.get(document.doc, Document(doc=document.doc))
        scored = outside_zones(document, answer.spans)
        ignored += len(answer.spans) - len(scored)
        found = overlaps(document.spans, scored)
        pairs = {scheme: match(found, scheme) for scheme in SCHEMES}
        for scheme in SCHEMES:
            tables[scheme][row] = _tabulate(document.spans, scored, pairs[scheme], labels)
        stands_for = standing_for(document.spans, scored, pairs["type"])
        strict = _correct(document.spans, scored, pairs["strict"])
        for name, counted in attribute_scores(schema, document.spans, scored, strict, stands_for).items():
            attributes[name] = attributes.get(name, AttributeScore()) + counted
        whole_here, filled_here = claim_counts(document.claims, answer.claims, stands_for)
        whole, filled = whole + whole_here, filled + filled_here
    return Result(
        signature(gold, schema),
        [document.doc for document in gold],
        {scheme: SchemeScore(scheme, labels, table) for scheme, table in tables.items()},
        attributes,
        {"whole": whole, "slots": filled},
        ignored,
    )


def outside_zones(document: Document, spans: Iterable[Span]) -> list[Span]:
    """The spans that do not lie wholly inside one zone of the document."""
    return [
        span for span in spans if not any(zone.start <= span.start and span.end <= zone.end for zone in document.zones)
    ]


def standing_for(gold: Sequence[Span], predicted: Sequence[Span], pairs: Pairs) -> dict[str, str]:
    """Ids of predicted spans → ids of the gold spans that an alignment pairs them with, where it credits them."""
    return {
        other.id: one.id
        for one, other in _correct(gold, predicted, pairs)
        if one.id is not None and other.id is not None
    }


def _correct(gold: Sequence[Span], predicted: Sequence[Span], pairs: Pairs) -> list[tuple[Span, Span]]:
    return [
        (gold[one], predicted[other])
        for one, other, credit in zip(pairs.gold.tolist(), pairs.predicted.tolist(), pairs.credit.tolist(), strict=True)
        if credit == 2
    ]


def _tabulate(
    gold: Sequence[Span], predicted: Sequence[Span], pairs: Pairs, labels: Sequence[str]
) -> np.ndarray[Any, np.dtype[np.int64]]:
    column = {name: index for index, name in enumerate(FIELDS)}
    row_of = {label: index for index, label in enumerate(labels)}
    table = np.zeros((len(labels), len(FIELDS)), dtype=np.int64)
    for span in gold:
        table[row_of[span.label], column["MIS"]] += 1
    for span in predicted:
        table[row_of[span.label], column["SPU"]] += 1
    kinds = ("INC", "PAR", "COR")
    for one, other, credit in zip(pairs.gold.tolist(), pairs.predicted.tolist(), pairs.credit.tolist(), strict=True):
        ours, theirs = row_of[gold[one].label], row_of[predicted[other].label]
        table[ours, column["MIS"]] -= 1
        table[ours, column[kinds[credit]]] += 1
        table[theirs, column["SPU"]] -= 1
        table[theirs, column["ACT_" + kinds[credit]]] += 1
    if (
        int(table[:, [column[name] for name in ("COR", "INC", "PAR", "MIS")]].sum()) != len(gold)
        or table.min(initial=0) < 0
    ):
        raise ArithmeticError("POS is not the number of gold spans")
    return table


def _by_doc(predictions: Iterable[Document], known: set[str]) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for document in predictions:
        if document.doc not in known:
            expected = ", ".join(sorted(known))
            raise ClaimspansError(
                f"{document.doc}: the predictions have an article that the gold lacks; expected one of {expected}"
            )
        if document.doc in found:
            raise ClaimspansError(f"{document.doc}: the predictions have this article twice; give each article once")
        found[document.doc] = document
    return found


def _labels(schema: Schema, gold: Iterable[Document], predictions: Iterable[Document]) -> list[str]:
    """The labels of the schema, then those that only the data has, in alphabetical order."""
    used = {span.label for documents in (gold, predictions) for document in documents for span in document.spans}
    return [*schema.labels, *sorted(used - set(schema.labels))]


def _counts(row: np.ndarray[Any, np.dtype[np.int64]]) -> Counts:
    return Counts(**dict(zip(FIELDS, (int(value) for value in row), strict=True)))


def signature(gold: Sequence[Document], schema: Schema) -> str:
    """What a figure depends on, in one line, so that two figures with one signature can be compared."""
    digest = hashlib.sha256()
    for document in gold:
        for record in document_records(document, sha256=hashlib.sha256((document.text or "").encode()).hexdigest()):
            digest.update(json.dumps(record, sort_keys=True).encode())
    name = gold.name if isinstance(gold, Layer) else "data"
    version = f" {gold.version}" if isinstance(gold, Layer) and gold.version else " "
    return " | ".join(
        (
            f"claimspans {VERSION}",
            f"{name}{version}@{digest.hexdigest()[:8]}",
            f"schema {schema.version.partition('.')[0]}@{schema.sha256[:8]}",
            f"docs {len(gold)}",
            f"scheme {'+'.join(SCHEMES)}",
            "zones ignored",
            f"seed {SEED} B {RESAMPLES}",
        )
    )
