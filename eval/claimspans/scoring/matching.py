"""Gold × predictions → pairs: the only matcher. Schemes are parameters of it.

Matching is one to one within an article and optimal: most credit, then most pairs, then most shared characters,
then first in reading order. Only spans that share a character can be paired; touching is not sharing.
Schemes after SemEval-2013 task 9.1, counts after MUC-5.

Articles are matched many at a time, as columns. What both sides hold alike is paired first; copies of a span are taken
together while it is found out what overlaps. Most of the rest overlaps one span of the other side or none; what
remains falls into components, and components of equal shape are solved together.

Of several best matchings the first in reading order is taken in components of up to 64 gold spans; in larger ones it is
one of the best, and always the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
import numpy as np

from ..data.problems import ClaimspansError
from ..data.records import Span
from .assignment import groups
from .overlaps import Columns, Ints, Overlaps, Side, TooManyOverlapsError, alike, columns_of, overlaps, sides

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


def require_schemes(schemes: Sequence[str]) -> None:
    """Raise `ClaimspansError` for what is no scheme."""
    try:
        for scheme in schemes:
            iou_threshold(scheme)
    except ValueError as error:
        raise ClaimspansError(str(error)) from error


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

    def placed(self) -> dict[str, Pairs]:
        """The pairs as positions in the whole columns, held in few bytes."""
        return {
            scheme: Pairs(
                (found.gold + self.gold_at).astype(np.int32),
                (found.predicted + self.predicted_at).astype(np.int32),
                found.credit.astype(np.int8),
            )
            for scheme, found in self.pairs.items()
        }


def blocks(gold: Columns, predicted: Columns, articles: int, schemes: Sequence[str] = SCHEMES) -> Iterator[Block]:
    """The optimal one-to-one matching under each scheme, some articles at a time.

    Both sides have the spans of an article together, in the order of the articles' numbers.
    """
    yield from _blocks(gold, predicted, [0, *sorted(set(gold.doc[::_BLOCK].tolist()))[1:], articles], schemes)


def _blocks(gold: Columns, predicted: Columns, docs: Sequence[int], schemes: Sequence[str]) -> Iterator[Block]:
    bounds = (np.searchsorted(side.doc, docs).tolist() for side in (gold, predicted))
    for first_doc, last_doc, (first, last), (start, end) in zip(docs, docs[1:], *map(pairwise, bounds), strict=False):
        here, answers = gold.cut(first, last), predicted.cut(start, end)
        try:
            pairs = match(here, answers, schemes)
        except TooManyOverlapsError:
            if last_doc - first_doc < 2:
                raise
            yield from _blocks(gold, predicted, [first_doc, (first_doc + last_doc) // 2, last_doc], schemes)
        else:
            yield Block(first_doc, last_doc, here, answers, first, start, pairs)


def align(gold: Columns, predicted: Columns, schemes: Sequence[str] = SCHEMES) -> dict[str, Pairs]:
    """The optimal one-to-one matching of all articles under each scheme, in the order of the gold's articles."""
    gold, gold_order = by_article(gold)
    predicted, predicted_order = by_article(predicted)
    articles = 1 + max((int(side.doc[-1]) for side in (gold, predicted) if len(side)), default=0)
    parts = [block.placed() for block in blocks(gold, predicted, articles, schemes)]
    return joined(parts, schemes, gold_order, predicted_order)


def joined(
    parts: Sequence[dict[str, Pairs]], schemes: Sequence[str], gold_order: Ints | None, predicted_order: Ints | None
) -> dict[str, Pairs]:
    """The pairs of all blocks, as positions in the columns before `by_article` moved their spans."""
    pairs = {}
    for scheme in schemes:
        one = np.concatenate([part[scheme].gold for part in parts])
        other = np.concatenate([part[scheme].predicted for part in parts])
        pairs[scheme] = Pairs(
            one if gold_order is None else gold_order[one],
            other if predicted_order is None else predicted_order[other],
            np.concatenate([part[scheme].credit for part in parts]),
        )
    return pairs


def by_article(side: Columns) -> tuple[Columns, Ints | None]:
    """The spans with those of an article together, and their positions where that moved any."""
    if (side.doc[1:] >= side.doc[:-1]).all():
        return side, None
    order = np.argsort(side.doc, kind="stable")
    return side.take(order), order


def match(gold: Columns, predicted: Columns, schemes: Sequence[str]) -> dict[str, Pairs]:
    """The optimal one-to-one matching of some articles under each scheme, pairs in reading order of the gold."""
    ordered = sides(gold, predicted)
    try:
        found = overlaps(*ordered, _DENSE * (len(gold) + len(predicted)))
        alike_ranks: tuple[Ints, Ints] = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    except TooManyOverlapsError:
        alike_ranks = alike(*ordered)
        found = _overlaps_of_kinds(*(side.without(ranks) for side, ranks in zip(ordered, alike_ranks, strict=True)))
    settled, components = groups(found)
    credits_ = [credit(found, scheme) for scheme in schemes]
    chosen = [settled.copy() for _ in schemes]
    for group in components:
        for taken, solved in zip(chosen, group.solve(found.shared, credits_), strict=True):
            taken[group.edges] = solved
    pairs = {}
    for scheme, taken, earned in zip(schemes, chosen, credits_, strict=True):
        edges = np.flatnonzero(taken)
        one, other, full = found.gold[edges], found.predicted[edges], earned[edges]
        if len(alike_ranks[0]):
            order = np.argsort(np.append(one, alike_ranks[0]), kind="stable")
            one, other = np.append(one, alike_ranks[0])[order], np.append(other, alike_ranks[1])[order]
            full = np.append(full, np.full(len(alike_ranks[0]), _FULL))[order]
        pairs[scheme] = Pairs(ordered[0].positions(one), ordered[1].positions(other), full)
    return pairs


_DENSE = 4
"""Where more pairs overlap for each span, what both sides hold alike and copies are looked for first."""

MOST_PAIRS = 5_000_000
"""Overlapping pairs that are matched at a time; copies count once, and what both sides hold alike not at all."""


def _overlaps_of_kinds(gold: Side, predicted: Side) -> Overlaps:
    """The overlaps of the ranks that the sides hold, found between kinds of spans: all copies of a span are a kind.

    Of a kind no more can be paired than there are spans that overlap it; the first of its copies are. Where two kinds
    overlap each other and nothing else, their copies are paired in order.
    """
    sides_ = gold, predicted
    heads = [np.flatnonzero(side.heads()) for side in sides_]
    sizes = [np.diff(head, append=len(side)) for head, side in zip(heads, sides_, strict=True)]
    found = overlaps(gold.take(heads[0]), predicted.take(heads[1]), MOST_PAIRS)
    one, other = found.gold, found.predicted
    reached = np.bincount(one, sizes[1][other], len(heads[0])), np.bincount(other, sizes[0][one], len(heads[1]))
    rows, columns = (np.minimum(size, n).astype(np.int64) for size, n in zip(sizes, reached, strict=True))
    partners = np.bincount(one, minlength=len(rows))[one], np.bincount(other, minlength=len(columns))[other]
    single = (partners[0] == 1) & (partners[1] == 1)
    count = np.where(single, rows[one], rows[one] * columns[other])
    if (total := int(count.sum())) > MOST_PAIRS:
        raise TooManyOverlapsError(total, MOST_PAIRS)
    edge = np.repeat(np.arange(len(one), dtype=np.int32), count)
    within = (np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)).astype(np.int32)
    row, column = np.divmod(within, columns[other].astype(np.int32)[edge])
    left = heads[0][one[edge]] + np.where(single[edge], within, row)
    right = heads[1][other[edge]] + np.where(single[edge], within, column)
    if len(edge) > len(one):
        order = np.lexsort((right, left))
        edge, left, right = edge[order], left[order], right[order]
    return Overlaps(
        gold.positions(left),
        predicted.positions(right),
        found.shared[edge],
        found.same_bounds[edge],
        found.same_label[edge],
        found.union[edge],
    )
