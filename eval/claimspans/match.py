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

from .assign import components
from .columns import Bools, Columns, Ints, Overlaps, columns_of, overlaps
from .records import Span

SCHEMES = ("strict", "exact", "partial", "type")


class Pairs(msgspec.Struct, frozen=True):
    """The matched pairs as positions in the gold and in the predictions, and each pair's credit in halves (0, 1, 2)."""

    gold: Ints
    predicted: Ints
    credit: Ints


_IOU = re.compile(r"iou(0?\.\d+|1(?:\.0*)?)")


def credit(found: Overlaps, scheme: str) -> Ints:
    """What each overlapping pair earns, in halves.

    ``strict`` boundaries and label · ``exact`` boundaries · ``partial`` boundaries, or half for sharing a character ·
    ``type`` label · ``iou0.5`` label and at least that intersection over union (any threshold above 0 up to 1).
    Raises `ValueError` for another scheme.
    """
    threshold = iou_threshold(scheme)
    if scheme == "strict":
        return 2 * (found.same_bounds & found.same_label)
    if scheme == "exact":
        return 2 * found.same_bounds
    if scheme == "partial":
        return 1 + found.same_bounds
    if scheme == "type":
        return 2 * found.same_label
    return 2 * (found.same_label & (found.shared >= threshold * found.union))


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


_BLOCK = 1 << 18
"""Spans matched at a time: columns of this length stay in the processor's cache."""


def align(gold: Columns, predicted: Columns, schemes: Sequence[str] = SCHEMES) -> dict[str, Pairs]:
    """The optimal one-to-one matching of all articles under each scheme, in the order of the gold's articles."""
    gold, gold_order = _by_article(gold)
    predicted, predicted_order = _by_article(predicted)
    parts: list[dict[str, Pairs]] = []
    for (first, last), (first_predicted, last_predicted) in _blocks(gold.doc, predicted.doc):
        part = match(overlaps(gold.cut(first, last), predicted.cut(first_predicted, last_predicted)), schemes)
        parts.append(
            {
                scheme: Pairs(
                    (pairs.gold + first).astype(np.int32),
                    (pairs.predicted + first_predicted).astype(np.int32),
                    pairs.credit.astype(np.int8),
                )
                for scheme, pairs in part.items()
            }
        )
    joined = {}
    for scheme in schemes:
        one, other, credits_ = (
            np.concatenate([getattr(part[scheme], side) for part in parts] or [np.zeros(0, dtype=np.int64)])
            for side in ("gold", "predicted", "credit")
        )
        joined[scheme] = Pairs(
            one if gold_order is None else gold_order[one],
            other if predicted_order is None else predicted_order[other],
            credits_,
        )
    return joined


def _by_article(side: Columns) -> tuple[Columns, Ints | None]:
    """The spans with those of an article together, and their positions where that moved any."""
    if (side.doc[1:] >= side.doc[:-1]).all():
        return side, None
    order = np.argsort(side.doc, kind="stable")
    return side.take(order), order


def _blocks(gold: Ints, predicted: Ints) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Stretches of both sides that hold the same articles, each of about `_BLOCK` gold spans."""
    cuts = np.unique(gold[::_BLOCK])[1:]
    ends = ((np.searchsorted(side, cuts), [len(side)]) for side in (gold, predicted))
    bounds = [[0, *np.concatenate(end).tolist()] for end in ends]
    yield from zip(*(pairwise(side) for side in bounds), strict=True)


def match(found: Overlaps, schemes: Sequence[str]) -> dict[str, Pairs]:
    """The optimal one-to-one matching of some articles under each scheme, pairs in reading order of the gold."""
    earned = [credit(found, scheme) for scheme in schemes]
    alone = _alone(found.gold) & _alone(found.predicted, count=len(found.predicted_rank))
    settled, groups = components(found, np.flatnonzero(~alone))
    chosen = [[np.flatnonzero(alone), settled] for _ in schemes]
    for group in groups:
        for parts, edges in zip(chosen, group.solve(found, earned), strict=True):
            parts.append(edges)
    pairs = {}
    for scheme, parts, credits_ in zip(schemes, chosen, earned, strict=True):
        taken = np.zeros(len(found.gold), dtype=np.bool_)
        for part in parts:
            taken[part] = True
        edges = np.flatnonzero(taken)
        left, right = found.gold_rank[found.gold[edges]], found.predicted_rank[found.predicted[edges]]
        pairs[scheme] = Pairs(left, right, credits_[edges])
    return pairs


def _alone(ranks: Ints, count: int = 0) -> Bools:
    """Whether an edge is the only one of its span. Without ``count`` the ranks are sorted."""
    if count:
        once: Bools = np.bincount(ranks, minlength=count) == 1
        return once[ranks]
    alone = np.ones(len(ranks), dtype=np.bool_)
    same = ranks[1:] == ranks[:-1]
    alone[1:] &= ~same
    alone[:-1] &= ~same
    return alone
