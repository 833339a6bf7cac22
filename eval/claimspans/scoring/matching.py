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
from .assignment import MOST_PAIRS, groups
from .overlaps import Columns, Ints, Overlaps, Side, alike, columns_of, overlap_count, overlaps, sides

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


def match(gold: Columns, predicted: Columns, schemes: Sequence[str]) -> dict[str, Pairs]:
    """The optimal one-to-one matching of some articles under each scheme, pairs in reading order of the gold."""
    ordered = sides(gold, predicted)
    settled = alike(*ordered)
    # What is not in a stretch that both sides hold alike.
    rest = []
    for side, ranks in zip(ordered, settled, strict=True):
        left_over = np.ones(len(side), dtype=np.bool_)
        left_over[ranks] = False
        rest.append(side.take(np.flatnonzero(left_over)))
    found, left, right = _overlapping(rest[0], rest[1])
    alone, components = groups(left, right)
    credits_ = [credit(found, scheme) for scheme in schemes]
    chosen = [alone.copy() for _ in schemes]
    for group in components:
        for taken, solved in zip(chosen, group.solve(found.shared, credits_), strict=True):
            taken[group.edges] = solved
    pairs = {}
    for scheme, taken, earned in zip(schemes, chosen, credits_, strict=True):
        one = np.append(settled[0], rest[0].positions(left[taken]))
        other = np.append(settled[1], rest[1].positions(right[taken]))
        full = np.append(np.full(len(settled[0]), _FULL), earned[taken])
        order = np.argsort(one, kind="stable")
        one, other = ordered[0].positions(one[order]), ordered[1].positions(other[order])
        pairs[scheme] = Pairs(one, other, full[order])
    return pairs


class TooManyOverlapsError(ClaimspansError):
    """Articles with more overlapping pairs than can be matched at a time."""


def _refuse_more_than_can_be_matched(pairs: int) -> None:
    if pairs > MOST_PAIRS:
        raise TooManyOverlapsError(
            f"an article has {pairs:,} pairs of overlapping spans; at most {MOST_PAIRS:,} can be matched: remove "
            "predictions that repeat one another, or cut the article up on both sides"
        )


def _overlapping(gold: Side, predicted: Side) -> tuple[Overlaps, Ints, Ints]:
    """The overlaps, and the ranks of their two spans in the sides.

    Copies overlap the same spans. Of the copies of a span no more can be paired than there are spans that overlap it,
    and of two kinds of copies that overlap nothing else, the first are paired with the first.
    """
    heads = [side.heads() for side in (gold, predicted)]
    if all(head.all() for head in heads):
        _refuse_more_than_can_be_matched(overlap_count(gold, predicted))
        found = overlaps(gold, predicted)
        return found, found.gold, found.predicted
    firsts = [np.flatnonzero(head) for head in heads]
    sizes = [np.diff(first, append=len(head)) for first, head in zip(firsts, heads, strict=True)]
    kinds = [side.take(first) for side, first in zip((gold, predicted), firsts, strict=True)]
    _refuse_more_than_can_be_matched(overlap_count(*kinds))
    found = overlaps(kinds[0], kinds[1])
    one, other = found.gold, found.predicted
    held = np.bincount(one, sizes[1][other], len(kinds[0])), np.bincount(other, sizes[0][one], len(kinds[1]))
    most = [np.minimum(size, other_size).astype(np.int64) for size, other_size in zip(sizes, held, strict=True)]
    single = (np.bincount(one, minlength=len(kinds[0]))[one] == 1) & (
        np.bincount(other, minlength=len(kinds[1]))[other] == 1
    )
    across = np.where(single, 1, most[1][other])
    count = np.where(single, np.minimum(most[0][one], most[1][other]), most[0][one] * across)
    _refuse_more_than_can_be_matched(int(count.sum()))
    edge = np.repeat(np.arange(len(one)), count)
    within = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    left = firsts[0][one[edge]] + within // across[edge]
    right = firsts[1][other[edge]] + np.where(single[edge], within, within % across[edge])
    order = np.lexsort((right, left))
    edge, left, right = edge[order], left[order], right[order]
    lengths = gold.end - gold.start, predicted.end - predicted.start
    return (
        Overlaps(left, right, found.shared[edge], found.same_bounds[edge], found.same_label[edge], lengths),
        left,
        right,
    )
