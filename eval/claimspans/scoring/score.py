"""Gold and predictions → pairs → counts → Result."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ..data.capabilities import read_cases
from ..data.label_map import LabelMap
from ..data.layer import Layer
from ..data.records import Document
from ..data.schema import Schema, default_schema, given_schema
from .article_rows import ArticleRows, article_rows
from .capabilities import CapabilityScore, capability_scores
from .inputs import Task, read
from .matching import SCHEMES, require_schemes
from .result import Result
from .signature import signature
from .tasks import task_of

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
    require_schemes(schemes)
    if schema is None:
        own = gold.schema if isinstance(gold, Layer) else None
        schema = own or (default_schema() if _is_ours(gold) else None)
    given = read(gold, predictions, schema, progress=progress, label_map=label_map, read_as=read_as)
    task = given if isinstance(given, Task) else task_of(*given, schema)
    if isinstance(gold, Layer):
        task = msgspec.structs.replace(task, unannotated=tuple(document.doc for document in gold.unannotated))
    rows = article_rows(task, schema, schemes)
    sums = rows.sums()
    return Result(sums, signature(sums, schema, gold), schema, rows, _capabilities(gold, rows, schema))


def _is_ours(gold: Any) -> bool:
    """Whether the gold is Documents under the labels of the corpus at hand."""
    if not isinstance(gold, list) or not all(isinstance(document, Document) for document in gold):
        return False
    return {span.label for document in gold for span in document.spans} <= set(default_schema().labels)


def _capabilities(gold: Any, rows: ArticleRows, schema: Schema | None) -> Sequence[CapabilityScore]:
    """By capability, where the gold is that of a corpus that says what each of its texts tests."""
    pairs = rows.task.documents
    if not isinstance(gold, Layer) or gold.corpus is None or pairs is None:
        return ()
    cases = read_cases(gold.corpus.root, {document.doc: document for document, _ in pairs})
    stands_for = {document.doc: named for (document, _), named in zip(pairs, rows.stands_for, strict=True)}
    return capability_scores(cases, pairs, stands_for, schema) if cases else ()
