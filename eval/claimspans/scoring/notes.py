"""What a score says in sentences: what was rejected, labels that the gold lacks, articles without a prediction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from ..data.problems import counted, short
from .article_rows import Sums
from .counts import FIELDS
from .reach import FEW, cut_off
from .slips import slip

if TYPE_CHECKING:
    from .result import Result


def notes(sums: Sums, result: Result) -> tuple[str, ...]:
    """The sentences of a score, in the order in which they are printed."""
    said = [] if result.coverage is None else [result.coverage]
    said += result.fates.notes(result)
    if dropped := Counter({str(label): count for (label,), (count,) in sorted(sums.of("dropped").items())}):
        shown = ", ".join(f"{count} {label}" for label, count in dropped.most_common())
        said.append(f"Left out by the label map: {shown}.")
    if result.schemes:
        said += _labels_and_articles(result)
    strict = result.schemes.get("strict")
    if strict is not None and strict.micro.ACT_COR * 4 < strict.micro.ACT:
        said += slip(strict.micro, sums.of("slips"))
    if result.schemes:
        said += _cut_off(sums, result)
    said += _blank_edges(sums)
    return tuple(said)


def _labels_and_articles(result: Result) -> Iterator[str]:
    """Which labels only the predictions have, and how many articles nothing is predicted in."""
    scheme = next(iter(result.schemes.values()))
    known = () if result.schema is None else result.schema.labels
    for label, counts in scheme.labels.items() if result.schemes.keys() - {"exact", "partial"} else ():
        if label not in known and not counts.POS:
            have = counted(counts.ACT, "prediction has", "predictions have")
            yield f"{have} the label {label}, which the gold lacks: not correct where labels count."
    by_article = scheme.table.sum(axis=1)
    of_gold = np.array([name in ("COR", "INC", "PAR", "MIS") for name in FIELDS])
    silent = np.count_nonzero(by_article[:, of_gold].any(axis=1) & ~by_article[:, ~of_gold].any(axis=1))
    if silent:
        yield (
            f"{silent} of {counted(len(result.docs), 'article')} with gold spans and without a prediction that counts: "
            "all missed."
        )


def _cut_off(sums: Sums, result: Result) -> Iterator[str]:
    """Whether a text was cut; few predictions say nothing of that."""
    predicted = {label: counts.ACT for label, counts in next(iter(result.schemes.values())).labels.items()}
    if sum(predicted.values()) >= FEW:
        yield from cut_off(sums.of("starts"), sums.of("ends"), predicted)


def _blank_edges(sums: Sums) -> Iterator[str]:
    """How many gold spans begin or end with white space, as a double click leaves it: their words do not match."""
    if sums.edge is not None:
        doc, text = sums.edge
        have = counted(sums.numbers["blank_edges"], "gold span has", "gold spans have")
        yield (
            f"{have} white space at an edge, the first “{short(text)}” in {doc}: the words without it are another "
            "span; mend the gold."
        )
