"""How far chance goes: bootstrap intervals over articles, paired randomisation, and Holm's correction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from .counts import RATIOS, Floats, ratios

ALPHA = 0.05
EXACT = 16
"""Up to so many articles that differ every swap is tried."""
SAMPLES = 9_999
"""Swaps that are drawn where there are more: with the one observed the p-value is a multiple of 1/10,000."""

Ints = npt.NDArray[np.int64]

ROUNDING = 1e-12
"""Differences this close are equal: rounding must decide neither a test nor who won an article."""
_CELLS = 2**22
"""Articles × draws or swaps that are held at a time."""


def resampled(table: Ints, seed: int, resamples: int) -> Floats:
    """Sums over articles drawn with replacement (Efron, 1979): articles × … → resamples × ….

    Below two articles nothing is drawn. One seed draws the same articles whatever stands behind them: two systems
    that are summed with one seed are paired.
    """
    articles, behind = len(table), table.shape[1:]
    if articles < 2:
        return np.zeros((0, *behind))
    rng = np.random.default_rng(seed)
    # Whole numbers below 2**53 are exact as floats, and floats are multiplied many times faster.
    columns = table.reshape(articles, -1).astype(np.float64)
    chunk = max(1, _CELLS // articles)
    sums = [_drawn(rng, articles, min(chunk, resamples - done)) @ columns for done in range(0, resamples, chunk)]
    return np.concatenate(sums).reshape(resamples, *behind)


def _drawn(rng: np.random.Generator, articles: int, draws: int) -> Floats:
    """How often each article is drawn: draws × articles."""
    drawn = rng.integers(articles, size=(draws, articles), dtype=np.int32)
    drawn += (np.arange(draws, dtype=np.int32) * articles)[:, None]
    return np.bincount(drawn.ravel(), minlength=draws * articles).reshape(draws, articles).astype(np.float64)


def percentiles(values: Floats, level: float = 0.95) -> tuple[float, float] | None:
    """The interval that leaves out equal tails; undefined values are left out, and where all are there is none."""
    defined = values[~np.isnan(values)]
    if not defined.size:
        return None
    low, high = np.quantile(defined, ((1 - level) / 2, (1 + level) / 2))
    return float(low), float(high)


def intervals(drawn: Floats, level: float = 0.95) -> dict[str, tuple[float, float]]:
    """The interval of each ratio from draws × `RATIOS`; a ratio that is undefined in all of them has none."""
    found = {name: percentiles(values, level) for name, values in zip(RATIOS, drawn.T, strict=True)}
    return {name: interval for name, interval in found.items() if interval is not None}


def bootstrap(
    tables: Sequence[Ints], seed: int, resamples: int, level: float = 0.95
) -> list[dict[str, tuple[float, float]]]:
    """Percentile intervals of precision, recall and F1 over articles.

    Each table has a row of counts in the order of `FIELDS` for each article, and all tables see the same draws.
    Draws in which a ratio is undefined are left out of its interval; below two articles there is none.
    """
    drawn = ratios(resampled(np.stack(tables, axis=1), seed, resamples))
    return [intervals(drawn[:, number], level) for number in range(len(tables))]


def differing(first: Ints, second: Ints) -> npt.NDArray[np.bool_]:
    """The articles in which the counts of two systems are not the same: swapping the others changes nothing."""
    changed: npt.NDArray[np.bool_] = np.any(first != second, axis=tuple(range(1, first.ndim)))
    return changed


def randomisation(first: Ints, second: Ints, seed: int) -> Floats:
    """Two-sided p-values of the differences of `RATIOS` between two systems, NaN where one is undefined.

    Both tables are articles × rows × `FIELDS`, a row being what is tested by itself (all labels, or one); the answer
    is rows × ratios. Under the null hypothesis each article's answers could as well be the other system's, so the two
    are swapped article by article and each total figure is taken again from the swapped counts (Noreen, 1989;
    Yeh, 2000). With up to `EXACT` articles that differ p is the share of all swaps whose difference is at least as
    large as the observed one; otherwise it is (r + 1) / (N + 1) of N = `SAMPLES` swaps drawn with ``seed``. A swap
    that leaves a figure undefined counts as at least as large, so p never comes out too small.
    """
    one, other = first.sum(axis=0).astype(np.float64), second.sum(axis=0).astype(np.float64)
    kept = differing(first, second)
    moved = (second - first)[kept].astype(np.float64)
    observed = np.abs(ratios(one) - ratios(other))
    exact = len(moved) <= EXACT
    reached, swaps = np.zeros(observed.shape), 0
    for signs in _all_swaps(len(moved)) if exact else _drawn_swaps(len(moved), seed):
        change = np.tensordot(signs, moved, axes=1)
        swapped = np.abs(ratios(one + change) - ratios(other - change))
        reached += (~(swapped < observed - ROUNDING)).sum(axis=0)
        swaps += len(signs)
    p = reached / swaps if exact else (reached + 1) / (swaps + 1)
    return np.where(np.isnan(observed), np.nan, p)


def _all_swaps(articles: int) -> Iterator[Floats]:
    """Every swap of the articles but one: with that one swapped too, all differences come again with the other sign."""
    free = max(articles - 1, 0)
    patterns = np.arange(2**free)[:, None] >> np.arange(articles)
    yield (patterns & 1).astype(np.float64)


def _drawn_swaps(articles: int, seed: int) -> Iterator[Floats]:
    generator = np.random.default_rng(seed)
    chunk = max(1, _CELLS // articles)
    for done in range(0, SAMPLES, chunk):
        size = min(chunk, SAMPLES - done)
        # A swap is a bit; whole words in one byte order, so that neither chunks nor machines change what is drawn.
        words = generator.integers(0, 2**64, size=(size, -(-articles // 64)), dtype=np.uint64).astype("<u8")
        yield np.unpackbits(words.view(np.uint8), axis=1, count=articles).astype(np.float64)


def holm(p: Floats) -> Floats:
    """p-values corrected for having made all these tests (Holm, 1979); NaN is no test and stays."""
    adjusted = np.full(p.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    steps = p[order] * np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted


def smallest_p(articles: int, tests: int = 1) -> float:
    """The smallest two-sided p that so many articles can give, after Holm's correction for so many tests.

    Of the 2^n swaps of n articles the one observed and its mirror image are always as extreme as what was observed.
    """
    return min(1.0, tests * 2.0 ** (1 - articles))


def clusters(order: Sequence[str], beats: set[tuple[str, str]]) -> dict[str, int]:
    """Ranks that are shared by all who are not told apart, as in the findings of WMT (Bojar et al., 2014).

    ``order`` has the best first. A new rank begins where everybody above beats everybody from there on; it counts
    those above, so that two who share the first rank are followed by the third.
    """
    rank: dict[str, int] = {}
    begun = 0
    for place, name in enumerate(order):
        if all((above, below) in beats for above in order[:place] for below in order[place:]):
            begun = place
        rank[name] = begun + 1
    return rank
