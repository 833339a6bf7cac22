"""Gold × predictions → pairs: the only matcher. Schemes are parameters of it.

Matching is one to one within an article and optimal: most credit, then most pairs, then most shared characters,
then first in reading order. Only spans that share a character can be paired; touching is not sharing.
Schemes after SemEval-2013 task 9.1, counts after MUC-5.

All articles are matched at once, as columns. Most spans overlap one span of the other side or none and are done
with; the rest falls into groups that hang together, and groups of equal shape are solved together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
import numpy as np

from ..data.records import Span
from .assign import components
from .overlaps import Columns, Ints, Overlaps, columns_of, overlaps

SCHEMES = ("strict", "exact", "partial", "type")


class Pairs(msgspec.Struct, frozen=True):
    """The matched pairs as positions in the gold and in the predictions, and each pair's credit in halves (0, 1, 2)."""

    gold: Ints
    predicted: Ints
    credit: Ints


_IOU = re.compile(r"iou(0?\.\d+|1(?:\.0*)?)")


_FULL = np.int8(2)


def credit(found: Overlaps, scheme: str) -> Ints:
    """What each overlapping pair earns, in halves.

    ``strict`` boundaries and label · ``exact`` boundaries · ``partial`` boundaries, or half for sharing a character ·
    ``type`` label · ``iou0.5`` label and at least that intersection over union (any threshold above 0 up to 1).
    Raises `ValueError` for another scheme.
    """
    threshold = iou_threshold(scheme)
    if scheme == "strict":
        return _FULL * (found.same_bounds & found.same_label)
    if scheme == "exact":
        return _FULL * found.same_bounds
    if scheme == "partial":
        return np.int8(1) + found.same_bounds
    if scheme == "type":
        return _FULL * found.same_label
    return _FULL * (found.same_label & (found.shared >= threshold * found.union))


def iou_threshold(scheme: str) -> float:
    """The threshold of a scheme such as ``iou0.5``, 0 for the others; raises `ValueError` for what is no scheme."""
    given = _IOU.fullmatch(scheme)
    threshold = float(given[1]) if given else 0.0
    if not threshold and scheme not in SCHEMES:
        raise ValueError(f"{scheme!r} is no scheme; expected {', '.join(SCHEMES)}, or iou and a threshold (iou0.5)")
    return threshold


def align_spans(gold: Sequence[Span], predicted: Sequence[Span], schemes: Sequence[str] = SCHEMES) -> dict[str, Pairs]:
    """The optimal one-to-one matching of one article's spans under each scheme."""
    labels = {label: number for number, label in enumerate(sorted({span.label for span in (*gold, *predicted)}))}
    return align(columns_of([gold], labels), columns_of([predicted], labels), schemes)


_BLOCK = 1 << 15
"""Spans matched at a time: columns of this length stay in the processor's cache."""


class Block(msgspec.Struct, frozen=True):
    """Some of the articles, those from ``first_doc`` to before ``last_doc``, with their spans and how these are paired.

    ``pairs`` are positions in the block's own columns, which begin at ``gold_at`` and ``predicted_at`` of the whole.
    """

    first_doc: int
    last_doc: int
    gold: Columns
    predicted: Columns
    gold_at: int
    predicted_at: int
    pairs: dict[str, Pairs]


def blocks(gold: Columns, predicted: Columns, articles: int, schemes: Sequence[str] = SCHEMES) -> Iterator[Block]:
    """The optimal one-to-one matching under each scheme, some articles at a time.

    Both sides have the spans of an article together, in the order of the articles' numbers.
    """
    docs = [0, *sorted(set(gold.doc[::_BLOCK].tolist()))[1:], articles]
    bounds = (np.searchsorted(side.doc, docs).tolist() for side in (gold, predicted))
    for first_doc, last_doc, (first, last), (start, end) in zip(docs, docs[1:], *map(pairwise, bounds), strict=False):
        ours, theirs = gold.cut(first, last), predicted.cut(start, end)
        yield Block(first_doc, last_doc, ours, theirs, first, start, match(overlaps(ours, theirs), schemes))


def align(gold: Columns, predicted: Columns, schemes: Sequence[str] = SCHEMES) -> dict[str, Pairs]:
    """The optimal one-to-one matching of all articles under each scheme, in the order of the gold's articles."""
    gold, gold_order = by_article(gold)
    predicted, predicted_order = by_article(predicted)
    articles = 1 + max((int(side.doc[-1]) for side in (gold, predicted) if len(side)), default=0)
    parts = list(blocks(gold, predicted, articles, schemes))
    joined = {}
    for scheme in schemes:
        one = np.concatenate([(block.pairs[scheme].gold + block.gold_at).astype(np.int32) for block in parts])
        other = np.concatenate(
            [(block.pairs[scheme].predicted + block.predicted_at).astype(np.int32) for block in parts]
        )
        joined[scheme] = Pairs(
            one if gold_order is None else gold_order[one],
            other if predicted_order is None else predicted_order[other],
            np.concatenate([block.pairs[scheme].credit.astype(np.int8) for block in parts]),
        )
    return joined


def by_article(side: Columns) -> tuple[Columns, Ints | None]:
    """The spans with those of an article together, and their positions where that moved any."""
    if (side.doc[1:] >= side.doc[:-1]).all():
        return side, None
    order = np.argsort(side.doc, kind="stable")
    return side.take(order), order


def match(found: Overlaps, schemes: Sequence[str]) -> dict[str, Pairs]:
    """The optimal one-to-one matching of some articles under each scheme, pairs in reading order of the gold."""
    earned = [credit(found, scheme) for scheme in schemes]
    settled, groups = components(found)
    chosen = [settled.copy() for _ in schemes]
    for group in groups:
        for taken, solved in zip(chosen, group.solve(found, earned), strict=True):
            taken[group.edges] = solved
    pairs = {}
    for scheme, taken, credits_ in zip(schemes, chosen, earned, strict=True):
        edges = np.flatnonzero(taken)
        left, right = found.gold[edges], found.predicted[edges]
        pairs[scheme] = Pairs(
            left if found.gold_rank is None else found.gold_rank[left],
            right if found.predicted_rank is None else found.predicted_rank[right],
            credits_[edges],
        )
    return pairs
