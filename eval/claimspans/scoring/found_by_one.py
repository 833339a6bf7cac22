"""Gold spans that one system has right and another lacks, within their context."""

from __future__ import annotations

import msgspec

from .result import Result

CONTEXT = 40
"""Characters of the article that are given on either side of a span."""


class OneSided(msgspec.Struct, frozen=True, kw_only=True):
    """A gold span that one system has right and the other lacks; ``before`` and ``after`` are the text around it."""

    doc: str
    id: str | None
    label: str
    start: int
    end: int
    text: str | None
    before: str | None
    after: str | None


def right_spans(result: Result, scheme: str) -> set[int]:
    """The gold spans that are COR, as positions among all gold spans; none of a sum, which has no spans."""
    if not result.has_spans:
        return set()
    pairs = result.pairs[scheme]
    return set(pairs.gold[pairs.credit == 2].tolist())


def one_sided(result: Result, places: set[int]) -> tuple[OneSided, ...]:
    """The gold spans at these positions, in reading order."""
    if not places:
        return ()
    task, gold = result.task, result.task.gold
    order = sorted(places, key=lambda at: (gold.doc[at], gold.start[at], -gold.end[at], gold.label[at]))
    documents = task.gold_documents()
    spans = [span for document in documents for span in document.spans]
    shown = []
    for at in order:
        doc, start, end = (int(column[at]) for column in (gold.doc, gold.start, gold.end))
        span = spans[at] if spans else None
        text = documents[doc].text if documents else None
        quoted = span.text if span is not None else None
        shown.append(
            OneSided(
                doc=task.docs[doc],
                id=span.id if span is not None else None,
                label=task.labels[int(gold.label[at])],
                start=start,
                end=end,
                text=quoted if text is None else text[start:end],
                before=None if text is None else text[max(0, start - CONTEXT) : start],
                after=None if text is None else text[end : end + CONTEXT],
            )
        )
    return tuple(shown)
