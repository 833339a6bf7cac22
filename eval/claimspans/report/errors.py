"""Errors in their sentences for the terminal, and what differs in an attribute in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from rich.text import Text

from ..data.records import Document, Span, Value
from ..scoring.errors import Difference, Outcome
from .articles import bracketed


def error_lines(outcomes: Iterable[tuple[Outcome, Document, Document]]) -> Iterator[Text]:
    """For each outcome, given with gold and predictions of its article, two lines and one for each attribute.

    The first line has article, kind, labels and offsets; the second the sentence, gold spans in square brackets and
    predictions in braces.
    """
    for outcome, gold, predicted in outcomes:
        spans = (*outcome.gold, *outcome.predicted)
        place = f"{min(span.start for span in spans)}–{max(span.end for span in spans)}"
        place = "no place" if outcome.kind == "rejected" else place
        kind = (outcome.kind, "red")
        yield Text.assemble((outcome.doc, "bold"), " ", kind, f" {' '.join(outcome.labels)} ", (place, "dim"))
        yield Text.assemble("    ", _sentence(outcome, gold.text))
        for difference in outcome.differences:
            name, ours, theirs = difference_words(difference, gold, predicted)
            yield Text(f"    {name}: {theirs} instead of {ours}")


def _sentence(outcome: Outcome, text: str | None) -> str:
    """The text around, on one line; without it what the records say of their spans."""
    if text is None or outcome.kind == "rejected":
        gold = [f"[{span.label} {span.text or ''}]" for span in outcome.gold]
        return " ".join([*gold, *(f"{{{span.label} {span.text or ''}}}" for span in outcome.predicted)])
    ours, theirs = (
        tuple(
            msgspec.structs.replace(span, start=span.start - outcome.start, end=span.end - outcome.start)
            for span in side
        )
        for side in (outcome.gold, outcome.predicted)
    )
    part = Document(doc=outcome.doc, text=text[outcome.start : outcome.end], spans=ours)
    return " ".join(bracketed(part, Document(doc=outcome.doc, spans=theirs)).plain.split())


def quote(span: Span, text: str) -> str:
    """What the span covers; without the article's text what its record says."""
    return text[span.start : span.end] or span.text or ""


def difference_words(difference: Difference, gold: Document, predicted: Document | None) -> tuple[str, str, str]:
    """Attribute, gold value, predicted value in words; references are followed by what they refer to."""
    told = "not given" if not difference.given else _words(difference.predicted, predicted, gold.text or "")
    return difference.attribute, _words(difference.gold, gold, gold.text or ""), told


def _words(value: Value, document: Document | None, text: str) -> str:
    if value is None or value == ():
        return "–"
    if isinstance(value, tuple):
        spans = {span.id: quote(span, text) for span in (document.spans if document else ())}
        return ", ".join(f"{spans[each]} ({each})" if each in spans else each for each in value)
    return str(value).lower() if isinstance(value, bool) else str(value)
