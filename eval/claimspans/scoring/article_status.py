"""What became of articles in the run that predictions are of, as far as the predictions say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from ..data.problems import counted
from .article_rows import Sums
from .counts import Counts

if TYPE_CHECKING:
    from .result import Result


class Fates(msgspec.Struct, frozen=True):
    """What became of the articles in the run that the predictions are of; ``known`` is whether they say so.

    ``failed`` holds articles; ``rejected`` counts spans and claims by reason, ``fuzzy`` quotes that are only nearly in
    their article.
    """

    known: bool = False
    done: int = 0
    partial: int = 0
    failed: tuple[str, ...] = ()
    rejected: Mapping[str, int] = {}
    fuzzy: int = 0

    @classmethod
    def of(cls, sums: Sums) -> Fates:
        statuses = Counter(sums.statuses)
        return cls(
            any(status is not None for status in statuses),
            statuses["done"],
            statuses["partial"],
            tuple(doc for doc, status in zip(sums.docs, sums.statuses, strict=False) if status == "failed"),
            {str(reason): count for (reason,), (count,) in sorted(sums.of("rejected").items())},
            sums.numbers["fuzzy"],
        )

    def to_dict(self) -> dict[str, Any]:
        fields: dict[str, Any] = msgspec.to_builtins(self)
        del fields["known"]
        return fields

    def notes(self, result: Result) -> Iterator[str]:
        """In sentences: what was rejected, and the score without the articles that failed."""
        if self.rejected:
            reasons = ", ".join(f"{count} {reason}" for reason, count in self.rejected.items())
            yield f"Rejected, and counted as spurious: {reasons}."
        if self.fuzzy:
            yield f"{self.fuzzy} quotes are only nearly in their articles: they count as spurious."
        if self.failed:
            first = next(iter(result.schemes), None)
            counts = Counts() if first is None else result.completed[first]
            ratios = ", ".join(
                f"{name} {'–' if value is None else f'{value:.3f}'}"
                for name, value in (("P", counts.precision), ("R", counts.recall), ("F1", counts.f1))
            )
            yield (
                f"The system failed on {len(self.failed)} of {counted(len(result.docs), 'article')}, which are all "
                f"missed; on the others: {first} {ratios}."
            )
