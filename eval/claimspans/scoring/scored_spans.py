"""Which spans of an answer are scored, where those without a place stand, and which gold spans they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from ..data.records import Document, Span
from .matching import Pairs


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
