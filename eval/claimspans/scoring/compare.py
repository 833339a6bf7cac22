"""Two or more systems scored against one gold → differences with intervals and tests, ranks, and who has what right."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any, Unpack

import msgspec
import numpy as np

from ..data.problems import ClaimspansError
from ..data.schema import Schema
from .capability_tests import CapabilityTest, capability_tests
from .counts import RATIOS, Floats, ratios
from .found_by_one import OneSided, one_sided, right_spans
from .inputs import Reading
from .result import Result
from .score import score
from .signature import RESAMPLES, SEED
from .significance import (
    ALPHA,
    EXACT,
    ROUNDING,
    SAMPLES,
    Ints,
    clusters,
    differing,
    holm,
    intervals,
    percentiles,
    randomisation,
    resampled,
    smallest_p,
)


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """How much more the first system has of a ratio than the second; None where the ratio of either is undefined.

    ``interval`` is the 95 % percentile bootstrap over articles, the same articles drawn for both; ``p`` that of the
    paired randomisation, ``p_holm`` corrected for all tests of the ratio (`claimspans.scoring.significance`).
    """

    difference: float | None
    interval: tuple[float, float] | None
    p: float | None
    p_holm: float | None

    @property
    def told_apart(self) -> bool:
        return self.p_holm is not None and self.p_holm < ALPHA


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two systems.

    ``micro`` and each of ``labels`` have a `Difference` for each of precision, recall and f1. ``wins``, ``ties`` and
    ``losses`` are the articles in which the first has the better, the same, the lesser F1; ``undefined`` those in
    which one of the two has none. ``swaps`` is the number of swaps tried, all that there are of the ``differing``
    articles if ``exact``.
    """

    first: str
    second: str
    micro: Mapping[str, Difference]
    labels: Mapping[str, Mapping[str, Difference]]
    wins: int
    ties: int
    losses: int
    undefined: int
    differing: int
    exact: bool
    swaps: int
    only_first: tuple[OneSided, ...]
    only_second: tuple[OneSided, ...]


class Comparison:
    """What sets systems apart under one scheme: ``comparison.pairs[0].micro["f1"].p``."""

    def __init__(
        self,
        scheme: str,
        results: Mapping[str, Result],
        intervals: Mapping[str, Mapping[str, tuple[float, float]]],
        pairs: Sequence[Pair],
    ) -> None:
        """``results`` and the ``intervals`` of the micro ratios have the systems in the order of the caller."""
        self.scheme = scheme
        self.results = results
        self.intervals = intervals
        self.pairs = list(pairs)

    @property
    def systems(self) -> list[str]:
        return list(self.results)

    @property
    def docs(self) -> Sequence[str]:
        return next(iter(self.results.values())).docs

    @property
    def signature(self) -> str:
        """That of the scores, and what the tests depend on."""
        tests = f"compare {self.scheme} | randomisation exact to {EXACT}, else N {SAMPLES} | Holm"
        return f"{next(iter(self.results.values())).signature} | {tests}"

    @cached_property
    def capabilities(self) -> list[CapabilityTest]:
        """The systems by capability, where the corpus says what its texts are about."""
        scores = {name: result.capabilities for name, result in self.results.items()}
        return capability_tests(scores) if all(scores.values()) else []

    def worse(self, ratio: str = "f1") -> list[Pair]:
        """The pairs in which the first of all systems has the lower micro figure, and the test tells the two apart.

        Where no test of so many articles can, any lower figure counts.
        """
        return [
            pair
            for pair in self.pairs
            if pair.first == self.systems[0]
            and (pair.micro[ratio].difference or 0) < 0
            and (pair.micro[ratio].told_apart or not self.can_tell)
        ]

    @property
    def can_tell(self) -> bool:
        """Whether a test of so many articles can tell two systems apart at all."""
        return smallest_p(len(self.docs), len(self.pairs)) < ALPHA

    @property
    def label_tests(self) -> int:
        """How many differences of labels Holm's correction counts at most: each pair on each label that occurs."""
        labels = [label for pair in self.pairs for label in pair.labels.values()]
        return max(sum(label[ratio].p is not None for label in labels) for ratio in RATIOS)

    def smallest_p(self, tests: int = 1) -> float:
        """The smallest two-sided p that can come out, after Holm's correction for so many tests.

        It is that of so many articles where all swaps of them can be tried, else that of each pair's swaps.
        """
        if len(self.docs) <= EXACT:
            return smallest_p(len(self.docs), tests)
        least = min(smallest_p(pair.differing) if pair.exact else 1 / (SAMPLES + 1) for pair in self.pairs)
        return min(1.0, tests * least)

    def beats(self, ratio: str = "f1") -> set[tuple[str, str]]:
        """Who beats whom: the better stands first, and the corrected p of the micro figures is below 0.05."""
        found = set()
        for pair in self.pairs:
            tested = pair.micro[ratio]
            if tested.told_apart and tested.difference is not None:
                found.add((pair.first, pair.second) if tested.difference > 0 else (pair.second, pair.first))
        return found

    def ranks(self, ratio: str = "f1") -> dict[str, int]:
        """The systems for which the ratio is defined, the best first; who is not told apart shares a rank."""
        figures = {name: getattr(result[self.scheme].micro, ratio) for name, result in self.results.items()}
        defined = [name for name, figure in figures.items() if figure is not None]
        return clusters(sorted(defined, key=lambda name: -figures[name]), self.beats(ratio))

    def to_dict(self) -> dict[str, Any]:
        pairs: list[dict[str, Any]] = [msgspec.to_builtins(pair) for pair in self.pairs]
        return {
            "signature": self.signature,
            "scheme": self.scheme,
            "articles": len(self.docs),
            "smallest_p": self.smallest_p(),
            "smallest_p_holm": self.smallest_p(len(self.pairs)),
            "systems": {name: self._system(name) for name in self.results},
            "pairs": pairs,
        } | ({"capabilities": [msgspec.to_builtins(one) for one in self.capabilities]} if self.capabilities else {})

    def _system(self, name: str) -> dict[str, Any]:
        scored = self.results[name][self.scheme]
        interval = self.intervals[name]
        beaten = {ratio: self.beats(ratio) for ratio in RATIOS}
        return {
            "signature": self.results[name].signature,
            "micro": scored.micro.to_dict() | {"interval": {ratio: list(ends) for ratio, ends in interval.items()}},
            "labels": {label: counts.to_dict() for label, counts in scored.labels.items()},
            "article_f1": {doc: counts.f1 for doc, counts in zip(self.docs, scored.articles, strict=True)},
            "rank": {ratio: self.ranks(ratio).get(name) for ratio in RATIOS},
            "beats": {ratio: [other for other in self.results if (name, other) in beaten[ratio]] for ratio in RATIOS},
            "notes": list(self.results[name].notes),
        } | ({"run": self.results[name].fates.to_dict()} if self.results[name].fates.known else {})

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2, allow_nan=False)


def compare(
    gold: Any,
    systems: Mapping[str, Any],
    *,
    scheme: str = "strict",
    schema: Schema | PathLike[str] | str | None = None,
    **reading: Unpack[Reading],
) -> Comparison:
    """Compare systems, each a name with its predictions, on one gold; all are whatever `score` takes.

    A system may be its `Result`, such as a sum of counts, of which no single spans are shown. Raises `ClaimspansError`
    for fewer than two systems, an unknown scheme or results on different golds, and what `score` raises.
    """
    if len(systems) < 2:
        raise ClaimspansError(f"a comparison needs two systems or more; got {len(systems)}: give each under its name")
    gold = gold if isinstance(gold, list | Path | str | None) or hasattr(gold, "columns") else list(gold)
    results = {
        name: one if isinstance(one, Result) else score(gold, one, schema=schema, schemes=[scheme], **reading)
        for name, one in systems.items()
    }
    _refuse_others(results, scheme)
    labels, tables = _tables(list(results.values()), scheme)
    drawn = ratios(resampled(np.moveaxis(tables, 1, 0), SEED, RESAMPLES))
    found = {name: intervals(drawn[:, index, 0]) for index, name in enumerate(results)}
    return Comparison(scheme, results, found, _pairs(results, scheme, labels, tables, drawn))


def _refuse_others(results: Mapping[str, Result], scheme: str) -> None:
    """Raise `ClaimspansError` for results on another gold than the first, or without the scheme."""
    first = next(iter(results.values()))
    for name, other in results.items():
        if (other.sums.gold, other.docs) != (first.sums.gold, first.docs) or scheme not in other.schemes:
            raise ClaimspansError(f"{name}: is scored on another gold than the first, or not under {scheme}")


def _tables(results: Sequence[Result], scheme: str) -> tuple[list[str], Ints]:
    """The labels of all systems, and systems × articles × (all labels, then each) × `FIELDS`."""
    scored = [result[scheme] for result in results]
    labels = list(dict.fromkeys(label for each in scored for label in each.labels))
    articles, _, fields = scored[0].table.shape
    tables = np.zeros((len(scored), articles, 1 + len(labels), fields), dtype=np.int64)
    for table, each in zip(tables, scored, strict=True):
        table[:, 0] = each.table.sum(axis=1)
        # A label that only one system predicts is missing from the tables of the others.
        table[:, [1 + labels.index(label) for label in each.labels]] = each.table
    return labels, tables


def _pairs(
    results: Mapping[str, Result], scheme: str, labels: Sequence[str], tables: Ints, drawn: Floats
) -> list[Pair]:
    names = list(results)
    right = {name: right_spans(result, scheme) for name, result in results.items()}
    chosen = list(itertools.combinations(range(len(names)), 2))
    observed = ratios(tables.sum(axis=1))
    by_article = ratios(tables[:, :, 0])[:, :, RATIOS.index("f1")]
    p = np.stack([randomisation(tables[one], tables[other], SEED) for one, other in chosen])
    # All labels together are one question asked of each pair; each label by itself is a question more.
    adjusted = np.full(p.shape, np.nan)
    for column in range(len(RATIOS)):
        adjusted[:, 0, column] = holm(p[:, 0, column])
        adjusted[:, 1:, column] = holm(p[:, 1:, column].ravel()).reshape(len(chosen), len(labels))
    pairs = []
    for number, (one, other) in enumerate(chosen):
        between = [
            {
                ratio: Difference(
                    difference=_defined(observed[one, row, column] - observed[other, row, column]),
                    interval=None
                    if np.isnan(p[number, row, column])
                    else percentiles(drawn[:, one, row, column] - drawn[:, other, row, column]),
                    p=_defined(p[number, row, column]),
                    p_holm=_defined(adjusted[number, row, column]),
                )
                for column, ratio in enumerate(RATIOS)
            }
            for row in range(1 + len(labels))
        ]
        gap = by_article[one] - by_article[other]
        differ = int(differing(tables[one], tables[other]).sum())
        ours, theirs = right[names[one]], right[names[other]]
        pairs.append(
            Pair(
                first=names[one],
                second=names[other],
                micro=between[0],
                labels=dict(zip(labels, between[1:], strict=True)),
                wins=int((gap > ROUNDING).sum()),
                ties=int((np.abs(gap) <= ROUNDING).sum()),
                losses=int((gap < -ROUNDING).sum()),
                undefined=int(np.isnan(gap).sum()),
                differing=differ,
                exact=differ <= EXACT,
                swaps=2**differ if differ <= EXACT else SAMPLES,
                only_first=one_sided(results[names[one]], ours - theirs),
                only_second=one_sided(results[names[one]], theirs - ours),
            )
        )
    return pairs


def _defined(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)
