"""Pairs → Counts, which add → Result, with its signature."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from .attributes import AttributeScore, attribute_scores
from .claims import claim_counts
from .corpus import Layer
from .counts import Counts, bootstrap
from .curves import Curve, curve
from .inputs import Task, read
from .match import SCHEMES, Ints, Pairs, align, columns_of, iou_threshold
from .problems import ClaimspansError
from .records import Document, Span, document_records
from .schema import Schema, default_schema
from .tabulate import Characters, Table, characters, confusion, counts_of, tabulate
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

    def __init__(self, scheme: str, labels: Sequence[str], table: Table) -> None:
        """``table`` is articles × labels × `FIELDS`."""
        self.scheme = scheme
        self.names = list(labels)
        self.table = table

    @cached_property
    def micro(self) -> Counts:
        return counts_of(self.table.sum(axis=(0, 1)))

    @cached_property
    def labels(self) -> Mapping[str, Counts]:
        return {name: counts_of(row) for name, row in zip(self.names, self.table.sum(axis=0), strict=True)}

    @property
    def articles(self) -> list[Counts]:
        """Over all labels, for each article in the order of the gold."""
        return [counts_of(row) for row in self.table.sum(axis=1)]

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
        return bootstrap([self.table.sum(axis=1)], SEED, RESAMPLES)[0]

    def to_dict(self, *, interval: bool = True) -> dict[str, Any]:
        ends = {"interval": {name: list(pair) for name, pair in self.interval.items()}} if interval else {}
        return {
            "micro": self.micro.to_dict() | ends,
            "macro": msgspec.structs.asdict(self.macro),
            "labels": {name: counts.to_dict() for name, counts in self.labels.items()},
        }


class Result:
    """A score: ``result["strict"].micro.f1``. What takes time and is not always asked for is worked out when it is.

    ``task`` holds both sides as columns and ``pairs`` how each scheme pairs them; ``docs`` and ``labels`` name the rows
    of the schemes' tables, ``attributes`` is by ``LABEL.attribute``, ``claims`` has "whole" and "slots", ``ignored``
    counts predictions in zones, and ``notes`` says in sentences what was decided and counted on the way.
    """

    def __init__(
        self,
        task: Task,
        pairs: Mapping[str, Pairs],
        schemes: Mapping[str, SchemeScore],
        attributes: Mapping[str, AttributeScore],
        claims: Mapping[str, Counts],
        signature: str,
    ) -> None:
        self.task = task
        self.pairs = pairs
        self.schemes = schemes
        self.attributes = attributes
        self.claims = claims
        self.signature = signature
        self.docs = task.docs
        self.labels = task.labels
        self.ignored = task.ignored
        self.notes = _notes(task)

    @cached_property
    def characters(self) -> Mapping[str, Characters]:
        """Character-level counts by label, and "all": their sum."""
        return _characters(self.task)

    @cached_property
    def confusion(self) -> Ints:
        """Labels × labels, with a last column for missed gold spans and a last row for spurious predictions."""
        return confusion(self.task.gold, self.task.predicted, self.pairs["partial"], len(self.labels))

    @cached_property
    def curves(self) -> Mapping[str, Curve]:
        """Precision–recall curves by label, and "all"; empty where the predictions carry no scores."""
        return _curves(self.task, self.pairs["strict"])

    def __getitem__(self, scheme: str) -> SchemeScore:
        return self.schemes[scheme]

    def to_dict(self, *, brief: bool = False) -> dict[str, Any]:
        """The shape that other programs rely on: keys may be added, these stay.

        If ``brief``, without what takes time on much data: intervals, characters, confusion, curves.
        """
        if not brief:
            self._draw_intervals()
        shown = {
            "signature": self.signature,
            "articles": len(self.docs),
            "ignored_in_zones": self.ignored,
            "notes": list(self.notes),
            "schemes": {name: scheme.to_dict(interval=not brief) for name, scheme in self.schemes.items()},
            "attributes": {name: attribute.to_dict() for name, attribute in self.attributes.items()},
            "claims": {name: counts.to_dict() for name, counts in self.claims.items()},
        }
        return (
            shown
            if brief
            else shown
            | {
                "characters": {name: found.to_dict() for name, found in self.characters.items()},
                "confusion": {"labels": [*self.labels, None], "table": self.confusion.tolist()},
                "curves": {name: found.to_dict() for name, found in self.curves.items()},
            }
        )

    def _draw_intervals(self) -> None:
        """The intervals of all schemes from the same draws: drawing is what takes time."""
        schemes = list(self.schemes.values())
        found = bootstrap([scheme.table.sum(axis=1) for scheme in schemes], SEED, RESAMPLES)
        for scheme, interval in zip(schemes, found, strict=True):
            scheme.__dict__["interval"] = interval

    def to_json(self, *, brief: bool = False) -> str:
        return json.dumps(self.to_dict(brief=brief), ensure_ascii=False, indent=2, allow_nan=False)

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
    gold: Iterable[Document] | Iterable[Mapping[str, Any]] | pandas.DataFrame | Path | str,
    predictions: Iterable[Document] | Iterable[Mapping[str, Any]] | pandas.DataFrame | Path | str,
    *,
    schema: Schema | None = None,
    schemes: Sequence[str] = SCHEMES,
    progress: bool = False,
) -> Result:
    """Score predictions against a gold.

    Either is Documents, records, a pandas frame of records, or a path (see `claimspans.predictions`). With a schema
    its labels and attributes are the ones that there are; without one, Documents under our labels have ours, and any
    other gold the labels that it holds. ``schemes`` may name ``iou0.5`` and other thresholds. With ``progress`` long
    reading shows a bar.

    An article of the gold without predictions is all missed. Raises `InputError` for data that cannot be used, and
    `ClaimspansError` for an unknown scheme and for an article that the gold lacks or that stands twice.
    """
    try:
        for scheme in schemes:
            iou_threshold(scheme)
    except ValueError as error:
        raise ClaimspansError(str(error)) from error
    if schema is None and _is_ours(gold):
        schema = default_schema()
    given = read(gold, predictions, schema, progress=progress)
    task = given if isinstance(given, Task) else _task(*given, schema)
    paired = align(task.gold, task.predicted, list(dict.fromkeys([*schemes, "strict", "partial", "type"])))
    sizes = (len(task.docs), len(task.labels))
    tables = {scheme: tabulate(task.gold, task.predicted, paired[scheme], *sizes) for scheme in schemes}
    attributes, claims = _from_documents(task, paired, schema)
    scored = {scheme: SchemeScore(scheme, task.labels, table) for scheme, table in tables.items()}
    return Result(task, paired, scored, attributes, claims, _signature(gold, task, schema, schemes))


def _is_ours(gold: Any) -> bool:
    """Whether the gold is Documents under our own labels."""
    if not isinstance(gold, list) or not all(isinstance(document, Document) for document in gold):
        return False
    return {span.label for document in gold for span in document.spans} <= set(default_schema().labels)


def _task(gold: list[Document], predictions: list[Document], schema: Schema | None) -> Task:
    known = {document.doc for document in gold}
    if len(known) < len(gold):
        twice = next(document.doc for document in gold if [other.doc for other in gold].count(document.doc) > 1)
        raise ClaimspansError(f"{twice}: the gold has this article twice; give each article once")
    for side, documents in (("gold", gold), ("predictions", predictions)):
        _refuse_bad_offsets(side, documents)
    theirs = _by_doc(predictions, known)
    pairs = [(document, theirs.get(document.doc, Document(doc=document.doc))) for document in gold]
    scored = [outside_zones(document, answer.spans) for document, answer in pairs]
    ours = {span.label for document in gold for span in document.spans}
    used = ours | {span.label for spans in scored for span in spans}
    own = [] if schema is None else list(schema.labels)
    labels = [*own, *sorted(used - set(own))]
    number = {label: index for index, label in enumerate(labels)}
    return Task(
        [document.doc for document in gold],
        labels,
        columns_of([document.spans for document in gold], number),
        columns_of(scored, number),
        pairs,
        tuple(label for label in labels if label in used - ours and label not in own),
        sum(len(answer.spans) for _, answer in pairs) - sum(map(len, scored)),
    )


_LAST_OFFSET = 2**31 - 1


def _refuse_bad_offsets(side: str, documents: Iterable[Document]) -> None:
    """Documents that somebody made in Python have passed no reader."""
    for document in documents:
        for span in document.spans:
            if not 0 <= span.start < span.end <= _LAST_OFFSET:
                raise ClaimspansError(
                    f"{document.doc}: the {side} has a span from {span.start} to {span.end}; "
                    "expected 0 ≤ start < end, in code points"
                )


def _by_doc(predictions: Iterable[Document], known: set[str]) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for document in predictions:
        if document.doc not in known:
            expected = ", ".join(sorted(known)[:10])
            raise ClaimspansError(
                f"{document.doc}: the predictions have an article that the gold lacks; expected one of {expected}"
            )
        if document.doc in found:
            raise ClaimspansError(f"{document.doc}: the predictions have this article twice; give each article once")
        found[document.doc] = document
    return found


def outside_zones(document: Document, spans: Iterable[Span]) -> list[Span]:
    """The spans that do not lie wholly inside one zone of the document."""
    return [
        span for span in spans if not any(zone.start <= span.start and span.end <= zone.end for zone in document.zones)
    ]


def correct_pairs(gold: Sequence[Span], predicted: Sequence[Span], pairs: Pairs) -> list[tuple[Span, Span]]:
    """The pairs with full credit, as spans."""
    full = pairs.credit == 2
    chosen = zip(pairs.gold[full].tolist(), pairs.predicted[full].tolist(), strict=True)
    return [(gold[one], predicted[other]) for one, other in chosen]


def standing_for(gold: Sequence[Span], predicted: Sequence[Span], pairs: Pairs) -> dict[str, str]:
    """Ids of predicted spans → ids of the gold spans that a pairing takes them for, with full credit."""
    named = correct_pairs(gold, predicted, pairs)
    return {other.id: one.id for one, other in named if one.id is not None and other.id is not None}


def _from_documents(
    task: Task, paired: Mapping[str, Pairs], schema: Schema | None
) -> tuple[dict[str, AttributeScore], dict[str, Counts]]:
    """Attributes and claims, article by article."""
    attributes: dict[str, AttributeScore] = {}
    whole = filled = Counts()
    if task.documents is None:
        return attributes, {"whole": whole, "slots": filled}
    first = first_predicted = 0
    strict, typed = (_by_article(paired[scheme], task) for scheme in ("strict", "type"))
    for number, (document, answer) in enumerate(task.documents):
        scored = outside_zones(document, answer.spans)
        stands_for = standing_for(document.spans, scored, _shifted(typed[number], first, first_predicted))
        if schema is not None:
            right = correct_pairs(document.spans, scored, _shifted(strict[number], first, first_predicted))
            for name, counted in attribute_scores(schema, document.spans, scored, right, stands_for).items():
                attributes[name] = attributes.get(name, AttributeScore()) + counted
        if document.claims or answer.claims:
            whole_here, filled_here = claim_counts(document.claims, answer.claims, stands_for)
            whole, filled = whole + whole_here, filled + filled_here
        first, first_predicted = first + len(document.spans), first_predicted + len(scored)
    return attributes, {"whole": whole, "slots": filled}


def _by_article(pairs: Pairs, task: Task) -> list[Pairs]:
    doc = task.gold.doc[pairs.gold]
    order = np.argsort(doc, kind="stable")
    bounds = np.searchsorted(doc[order], np.arange(len(task.docs) + 1)).tolist()
    return [
        Pairs(*(column[order[first:last]] for column in (pairs.gold, pairs.predicted, pairs.credit)))
        for first, last in pairwise(bounds)
    ]


def _shifted(pairs: Pairs, first: int, first_predicted: int) -> Pairs:
    return Pairs(pairs.gold - first, pairs.predicted - first_predicted, pairs.credit)


def _characters(task: Task) -> dict[str, Characters]:
    by_label = characters(task.gold, task.predicted, len(task.labels))
    every = Characters(
        gold=sum(found.gold for found in by_label),
        predicted=sum(found.predicted for found in by_label),
        both=sum(found.both for found in by_label),
    )
    return dict(zip(task.labels, by_label, strict=True)) | {"all": every}


def _curves(task: Task, strict: Pairs) -> dict[str, Curve]:
    if task.documents is None:
        return {}
    scores = [span.score for document, answer in task.documents for span in outside_zones(document, answer.spans)]
    if not scores or any(given is None for given in scores):
        return {}
    sure = np.array(scores, dtype=np.float64)
    right = np.zeros(len(scores), dtype=np.bool_)
    right[strict.predicted[strict.credit == 2]] = True
    found = {"all": curve(sure, right, len(task.gold))}
    for number, label in enumerate(task.labels):
        mine = task.predicted.label == number
        found[label] = curve(sure[mine], right[mine], int((task.gold.label == number).sum()))
    return found


def _notes(task: Task) -> tuple[str, ...]:
    notes = []
    for label in task.only_predicted:
        count = int((task.predicted.label == task.labels.index(label)).sum())
        notes.append(f"{count} predictions have the label {label}, which the gold has not: they are not correct.")
    silent = len(task.docs) - np.count_nonzero(np.bincount(task.predicted.doc, minlength=len(task.docs)))
    if silent:
        notes.append(f"{silent} of {len(task.docs)} articles have no predictions that count: they are all missed.")
    return tuple(notes)


def _signature(gold: Any, task: Task, schema: Schema | None, schemes: Sequence[str]) -> str:
    """What a figure depends on, in one line, so that two figures with one signature can be compared."""
    name, version = (gold.name, gold.version) if isinstance(gold, Layer) else ("data", None)
    parts = [
        f"claimspans {VERSION}",
        f"{name} {version or ''}@{_digest(task)}",
        f"schema {schema.version.partition('.')[0]}@{schema.sha256[:8]}" if schema is not None else "schema –",
        f"docs {len(task.docs)}",
        f"scheme {'+'.join(schemes)}",
        "zones ignored",
        f"seed {SEED} B {RESAMPLES}",
    ]
    return " | ".join(parts)


def _digest(task: Task) -> str:
    """Eight digits of a hash of the gold: of its records, or of its columns where it is nothing but spans."""
    if task.documents is not None:
        return digest([document for document, _ in task.documents])
    return hashlib.sha256(_sum_of_rows(task).to_bytes(8, "little")).hexdigest()[:8]


def digest(documents: Iterable[Document]) -> str:
    """Eight digits of a hash of the records of these articles."""
    found = hashlib.sha256()
    for document in documents:
        text = hashlib.sha256((document.text or "").encode()).hexdigest()
        for record in document_records(document, sha256=text):
            found.update(json.dumps(record, sort_keys=True).encode())
    return found.hexdigest()[:8]


def _sum_of_rows(task: Task) -> int:
    """A sum over the gold's spans, each mixed into 64 bits, so that the order of the lines does not matter."""
    names = [task.docs, task.labels]
    doc, label = (
        np.array([_hash(name) for name in side], dtype=np.uint64)[column]
        for side, column in zip(names, (task.gold.doc, task.gold.label), strict=True)
    )
    row = doc ^ (label * np.uint64(0x9E3779B97F4A7C15))
    for column in (task.gold.start, task.gold.end):
        row = (row ^ column.astype(np.uint64)) * np.uint64(0xBF58476D1CE4E5B9)
        row ^= row >> np.uint64(29)
    return int(row.sum())


def _hash(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")
