"""Gold and predictions → pairs → counts → Result."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from ..data.capabilities import read_cases
from ..data.label_map import LabelMap
from ..data.layer import Layer
from ..data.problems import ClaimspansError
from ..data.reader import Articles
from ..data.records import LAST_OFFSET, Document, Span, misfit
from ..data.schema import Schema, default_schema, given_schema
from .attributes import AttributeScore, attribute_scores
from .capabilities import CapabilityScore, capability_scores
from .claims import claim_counts
from .counts import Counts, Floats
from .inputs import Task, read
from .matching import SCHEMES, Pairs, iou_threshold
from .overlaps import columns_of
from .result import Result, SchemeScore
from .signature import signature
from .tables import tabulate

if TYPE_CHECKING:
    import pandas

    Data = (
        Iterable[Document]
        | Iterable[Mapping[str, Any]]
        | Iterable[Path]
        | Mapping[str, Iterable[Mapping[str, Any]]]
        | pandas.DataFrame
        | PathLike[str]
        | str
    )


def score(
    gold: Data,
    predictions: Data,
    *,
    schema: Schema | PathLike[str] | str | None = None,
    schemes: Sequence[str] | str = SCHEMES,
    progress: bool = False,
    label_map: LabelMap | None = None,
    read_as: Collection[str] = (),
) -> Result:
    """Score predictions against a gold.

    Either is Documents, records, a pandas frame of records, a path or several, or a ``Dataset`` or ``DatasetDict`` of
    the published data (`claimspans.data.other_forms.published`); predictions also what `run` returned. With a schema
    its labels and attributes are the ones that there are; without one a `Layer` has those of its corpus, Documents
    under the labels of the corpus at hand have its, and any other gold the labels that it holds. A schema may be
    a path; ``schemes`` are one or several, and may name ``iou0.5`` and other thresholds. With ``progress`` long reading
    shows a bar. Predictions that are read may have other labels, which ``label_map`` gives ours (None leaves a span
    out), and offsets and ids that are meant under the `READINGS` of ``read_as``.

    An article of the gold without predictions is all missed; of a `Layer` the articles that are not annotated are left
    out, with what is predicted in them. Raises `InputError` for data that cannot be used, and
    `ClaimspansError` for an unknown scheme and for an article that the gold lacks or that stands twice.
    """
    schema = given_schema(schema)
    schemes = [schemes] if isinstance(schemes, str) else schemes
    try:
        for scheme in schemes:
            iou_threshold(scheme)
    except ValueError as error:
        raise ClaimspansError(str(error)) from error
    if schema is None:
        own = gold.schema if isinstance(gold, Layer) else None
        schema = own or (default_schema() if _is_ours(gold) else None)
    given = read(gold, predictions, schema, progress=progress, label_map=label_map, read_as=read_as)
    task = given if isinstance(given, Task) else _task(*given, schema)
    if isinstance(gold, Layer):
        task = msgspec.structs.replace(task, unannotated=tuple(document.doc for document in gold.unannotated))
    needed = () if task.documents is None else ("strict", "type")
    tables, pairs = tabulate(task.gold, task.predicted, len(task.docs), len(task.labels), schemes, needed)
    attributes, claims, stands_for = _from_documents(task, schema, pairs)
    capabilities = _capabilities(gold, task, schema, stands_for)
    scored = {scheme: SchemeScore(scheme, task.labels, table) for scheme, table in tables.items()}
    return Result(task, scored, pairs, attributes, claims, signature(gold, task, schema, schemes), schema, capabilities)


def _is_ours(gold: Any) -> bool:
    """Whether the gold is Documents under the labels of the corpus at hand."""
    if not isinstance(gold, list) or not all(isinstance(document, Document) for document in gold):
        return False
    return {span.label for document in gold for span in document.spans} <= set(default_schema().labels)


def _task(gold: list[Document], predictions: list[Document], schema: Schema | None) -> Task:
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
        sum(len(answer.spans) - len(outside_zones(document, answer.spans)) for document, answer in pairs),
        _scores([span.score for spans in scored for span in spans]),
        [(document.doc, words) for document in gold for words in _words(document) if words != words.strip()],
        {
            name: side.form
            for name, side in (("gold", gold), ("predictions", predictions))
            if isinstance(side, Articles) and side.form is not None
        },
        dropped=predictions.dropped if isinstance(predictions, Articles) else {},
    )


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


def outside_zones(document: Document, spans: Iterable[Span]) -> list[Span]:
    """The spans that do not lie wholly inside one zone of the document."""
    return [
        span for span in spans if not any(zone.start <= span.start and span.end <= zone.end for zone in document.zones)
    ]


NO_LABEL = "(none)"
"""What a rejected span without a label is counted under."""


def scored_spans(document: Document, answer: Document) -> list[Span]:
    """The spans of an answer that count: those outside zones, then the rejected ones, which have no place.

    What has no place, and what was only nearly quoted (``alignment`` fuzzy), is put behind the end of the article,
    where no gold span is: it is spurious in every scheme.
    """
    found = outside_zones(document, answer.spans)
    unplaced = [span for span in found if span.alignment == "fuzzy"]
    lost = [one for one in answer.rejected if one.type == "span"]
    if not unplaced and not lost:
        return found
    behind = max([len(document.text or ""), *(span.end for span in (*document.spans, *found))]) + 1
    placed = []
    for span in found:
        if span.alignment == "fuzzy":
            behind, start = behind + span.end - span.start + 1, behind
            span = msgspec.structs.replace(span, start=start, end=behind - 1)  # noqa: PLW2901
        placed.append(span)
    for one in lost:
        behind, start = behind + one.length + 1, behind
        placed.append(Span(label=one.label or NO_LABEL, start=start, end=behind - 1, text=one.text or one.reason))
    return placed


def correct_pairs(gold: Sequence[Span], predicted: Sequence[Span], pairs: Pairs) -> list[tuple[Span, Span]]:
    """The pairs with full credit, as spans."""
    full = pairs.credit == 2
    chosen = zip(pairs.gold[full].tolist(), pairs.predicted[full].tolist(), strict=True)
    return [(gold[one], predicted[other]) for one, other in chosen]


def standing_for(gold: Sequence[Span], predicted: Sequence[Span], pairs: Pairs) -> dict[str, str]:
    """Ids of predicted spans → ids of the gold spans that a pairing takes them for, with full credit."""
    named = correct_pairs(gold, predicted, pairs)
    return {other.id: one.id for one, other in named if one.id is not None and other.id is not None}


def _capabilities(
    gold: Any, task: Task, schema: Schema | None, stands_for: Mapping[str, Mapping[str, str]]
) -> Sequence[CapabilityScore]:
    """By capability, where the gold is that of a corpus that says what each of its texts tests."""
    if not isinstance(gold, Layer) or gold.corpus is None or task.documents is None:
        return ()
    cases = read_cases(gold.corpus.root, {document.doc: document for document, _ in task.documents})
    return capability_scores(cases, task.documents, stands_for, schema) if cases else ()


def _from_documents(
    task: Task, schema: Schema | None, pairs: Mapping[str, Pairs]
) -> tuple[dict[str, AttributeScore], dict[str, Counts], dict[str, dict[str, str]]]:
    """Attributes and claims, article by article, and by article which gold spans the predicted ones stand for."""
    attributes: dict[str, AttributeScore] = {}
    whole = filled = Counts()
    by_doc: dict[str, dict[str, str]] = {}
    if task.documents is None:
        return attributes, {"whole": whole, "slots": filled}, by_doc
    first = first_predicted = 0
    strict, typed = (_by_article(pairs[scheme], task) for scheme in ("strict", "type"))
    for number, (document, answer) in enumerate(task.documents):
        scored = scored_spans(document, answer)
        stands_for = standing_for(document.spans, scored, _shifted(typed[number], first, first_predicted))
        by_doc[document.doc] = stands_for
        if schema is not None:
            right = correct_pairs(document.spans, scored, _shifted(strict[number], first, first_predicted))
            for name, counted in attribute_scores(schema, document.spans, scored, right, stands_for).items():
                attributes[name] = attributes.get(name, AttributeScore()) + counted
        if document.claims or answer.claims:
            whole_here, filled_here = claim_counts(document.claims, answer.claims, stands_for)
            whole, filled = whole + whole_here, filled + filled_here
        whole += Counts(SPU=sum(one.type == "claim" for one in answer.rejected))
        first, first_predicted = first + len(document.spans), first_predicted + len(scored)
    return attributes, {"whole": whole, "slots": filled}, by_doc


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
