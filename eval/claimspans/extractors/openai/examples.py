"""Annotated articles as examples for a language model: chosen so that none is its own, in the form of an answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec

from ...data.records import Document, Span, claim_record, span_record
from ...data.schema import Label
from ...text.quotes import Quote, align_quotes
from ..contract import Article

_AROUND = 3
"""Words of context that an example gives on each side of a quote that stands more than once."""

_RUN = 12
"""Words in a row that two articles have only if one has them from the other."""

_NOT_SAID = frozenset({"type", "doc", "start", "end", "text", "score", "alignment", "id", "label"})


class Example(msgspec.Struct, frozen=True):
    """An article, and the answer that would be right. ``runs`` are all runs of `_RUN` words that are read in it."""

    article: Article
    answer: dict[str, Any]
    runs: frozenset[str]


def chosen(pool: Sequence[Example], article: Article, shots: int) -> list[Example]:
    """The first ``shots`` examples that are another text than the article's, whatever their ids; fewer if there are.

    Case, punctuation and white space do not make another text, nor does being a part of it; and an article of which
    an outlet took over a passage is no example for that outlet's. Site furniture may be the same.
    """
    if not shots:
        return []
    words = _words(article.text)
    own, runs = f" {' '.join(words)} ", _runs(words)
    found = (one for one in pool if one.runs.isdisjoint(runs) and not _within(own, one.article.text))
    return list(islice(found, shots))


def _within(own: str, text: str) -> bool:
    other = f" {' '.join(_words(text))} "
    return own in other or other in own


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _runs(words: Sequence[str]) -> frozenset[str]:
    return frozenset(" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1))


def example(document: Document, labels: Mapping[str, Label | None], *, attributes: bool, claims: bool) -> Example:
    """An annotated article as an example; its text must be known. ``labels`` are None where no schema describes them.

    An attribute that belongs to a value of another is null where that has another value: the form of an answer asks
    for every field.
    """
    text = document.text or ""
    article = Article(doc=document.doc, text=text, published=document.published)
    spans = [span for span in sorted(document.spans, key=lambda span: span.order) if span.label in labels]
    answer: dict[str, Any] = {"quotes": quotes_of(text, spans, attributes=attributes)}
    for quote in answer["quotes"] if attributes else ():
        known = labels[quote["label"]]
        unset = [each.name for each in known.attributes if each.only_for is not None] if known is not None else []
        quote.update((name, None) for name in unset if name not in quote)
    if claims:
        records = (claim_record(document.doc, claim) for claim in document.claims)
        answer["claims"] = [
            {key: value for key, value in record.items() if key not in ("type", "doc", "score")} for record in records
        ]
    edges = [
        0,
        *(edge for zone in sorted(document.zones, key=lambda zone: zone.start) for edge in (zone.start, zone.end)),
    ]
    read = zip(edges[::2], [*edges[1::2], len(text)], strict=True)
    runs = frozenset(run for start, end in read for run in _runs(_words(text[start:end])))
    return Example(article, answer, runs)


def quotes_of(text: str, spans: Sequence[Span], *, attributes: bool = True) -> list[dict[str, Any]]:
    """Spans of a text as the quotes from which `claimspans.align_quotes` finds their offsets again."""
    places = _places(text, {text[span.start : span.end] for span in spans})
    found = []
    for span in spans:
        quote = text[span.start : span.end]
        known = places[quote]
        record: dict[str, Any] = {"id": span.id, "label": span.label, "quote": quote}
        record |= {"occurrence": None, "before": None, "after": None}
        if len(known) > 1 and span.start in known:
            record["occurrence"] = known.index(span.start) + 1
            record["before"] = " ".join(text[: span.start].split()[-_AROUND:]) or None
            record["after"] = " ".join(text[span.end :].split()[:_AROUND]) or None
        own = span_record("", span) if attributes else {}
        found.append(record | {key: value for key, value in own.items() if key not in _NOT_SAID})
    return found


def _places(text: str, quotes: Collection[str]) -> Mapping[str, list[int]]:
    """Where each quote begins, in the order in which `align_quotes` counts its occurrences."""
    folded = text.casefold()
    asked = [
        # Under a label of its own no quote stands in the way of another.
        (quote, Quote(label=f"{number} {occurrence}", quote=quote, occurrence=occurrence))
        for number, quote in enumerate(sorted(quotes))
        for occurrence in range(1, folded.count(quote.casefold()) + 1)
    ]
    found: dict[str, list[int]] = {quote: [] for quote in quotes}
    aligned = align_quotes(text, [quote for _, quote in asked])
    for (words, _), place in zip(asked, aligned, strict=True):
        if place.status == "exact" and place.start is not None and place.start not in found[words]:
            found[words].append(place.start)
    return found
