"""Documents of two sides → a task: what is scored of each article, as columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from ..data.attribute_columns import Values, attribute_columns_of
from ..data.problems import ClaimspansError
from ..data.reader import Articles
from ..data.records import LAST_OFFSET, Document, misfit
from ..data.schema import Schema
from .counts import Floats
from .inputs import Task, labels_of
from .overlaps import Ints, columns_of
from .scored_spans import outside_zones, scored_spans


def task_of(gold: list[Document], predictions: list[Document], schema: Schema | None) -> Task:
    """Documents side by side; raises `ClaimspansError` for an article that the gold lacks or that stands twice."""
    known = {document.doc for document in gold}
    if len(known) < len(gold):
        twice = next(document.doc for document in gold if [other.doc for other in gold].count(document.doc) > 1)
        raise ClaimspansError(f"{twice}: the gold has this article twice; give each article once")
    for side, documents in (("gold", gold), ("predictions", predictions)):
        _refuse_misfits(side, documents)
    theirs = _by_doc(predictions, known)
    gold = sorted(gold, key=lambda document: document.doc)
    pairs = [(document, theirs.get(document.doc, Document(doc=document.doc))) for document in gold]
    scored = [scored_spans(document, answer) for document, answer in pairs]
    for (document, _), spans in zip(pairs, scored, strict=True):
        if spans and spans[-1].end > LAST_OFFSET:
            raise ClaimspansError(
                f"{document.doc}: its rejected spans have more than {LAST_OFFSET} characters together; "
                "mend the length of those in the predictions, or run the extractor again"
            )
    ours = {span.label for document in gold for span in document.spans}
    used = ours | {span.label for spans in scored for span in spans}
    labels = labels_of(schema, used)
    number = {label: index for index, label in enumerate(labels)}
    spans_of_gold, values = [document.spans for document in gold], Values()
    said = [attribute_columns_of(side, schema, values) for side in (spans_of_gold, scored)]
    return Task(
        [document.doc for document in gold],
        labels,
        columns_of(spans_of_gold, number),
        columns_of(scored, number),
        pairs,
        _ignored(pairs),
        _scores([span.score for spans in scored for span in spans]),
        [(document.doc, words) for document in gold for words in _words(document) if words != words.strip()],
        {
            name: side.form
            for name, side in (("gold", gold), ("predictions", predictions))
            if isinstance(side, Articles) and side.form is not None
        },
        dropped=predictions.dropped if isinstance(predictions, Articles) else {},
        said=(said[0], said[1]),
        statuses=[answer.status for _, answer in pairs],
        claims={
            number: (document.claims, answer.claims)
            for number, (document, answer) in enumerate(pairs)
            if document.claims or answer.claims
        },
        zones=[(number, zone.start, zone.end) for number, document in enumerate(gold) for zone in document.zones],
    )


def _ignored(pairs: Iterable[tuple[Document, Document]]) -> Ints:
    """How many predictions of each article lie in its zones."""
    found = [len(answer.spans) - len(outside_zones(document, answer.spans)) for document, answer in pairs]
    return np.array(found, dtype=np.int64)


def _words(document: Document) -> Iterator[str]:
    """What the article has at each of its spans, or what the span says of that; nothing where neither is known."""
    for span in document.spans:
        words = span.text if document.text is None else document.text[span.start : span.end]
        if words is not None:
            yield words


def _scores(given: Sequence[float | None]) -> Floats | None:
    """How sure the system is of each span; None where it does not say so of all of them."""
    scores = [score for score in given if score is not None]
    return np.array(scores, dtype=np.float64) if scores and len(scores) == len(given) else None


def _refuse_misfits(side: str, documents: Iterable[Document]) -> None:
    """Documents that somebody made in Python have passed no reader."""
    for document in documents:
        if wrong := misfit(document):
            raise ClaimspansError(f"{document.doc}: in the {side}: {wrong}")
        for span in document.spans:
            if not 0 <= span.start < span.end <= LAST_OFFSET:
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
