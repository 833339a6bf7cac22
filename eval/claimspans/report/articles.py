"""Articles with their spans and claims for the terminal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from ..data.records import Claim, Document, Span
from .terminal import new_table

if TYPE_CHECKING:
    from ..data.schema import Schema
    from ..data.sources import Source


GAP = re.compile(r"\n(?:[ \t\u00a0]*\n){2,}")
"""Two blank lines or more."""


def article(
    document: Document, source: Source, schema: Schema, predicted: Document | None = None, *, colour: bool = True
) -> RenderableType:
    """An article with its spans, its legend and its claims.

    Spans are coloured and predictions underlined; without colour, spans stand in square brackets behind their label
    and predictions in braces.
    """
    head = Text(f"{document.doc}  {source.title or '(no headline)'}", style="bold")
    about = Text(origin(source), style="dim")
    parts: list[RenderableType] = [head, about]
    if colour:
        parts += [legend(schema, predicted=predicted is not None), "", coloured(document, schema, predicted), ""]
    else:
        parts += ["", bracketed(document, predicted), ""]
    if document.claims:
        parts.append(claim_table(document))
    if predicted is not None and predicted.claims:
        parts += ["", claim_table(msgspec.structs.replace(predicted, text=document.text), title="predicted claims")]
    return Padding(Group(*parts), (0, 1))


def origin(source: Source) -> str:
    """Who published an article when, as far as it is known, on a line."""
    inferred = " (inferred)" if source.published_stated is False else ""
    return f"{source.publisher or 'publisher not named'} · {source.published or 'date not known'}{inferred}"


def head(document: Document, lines: int) -> Document:
    """The first lines of an article that hold anything, with the spans, zones and claims that lie wholly in them."""
    text = document.text or ""
    end, left = 0, lines
    for line in text.splitlines(keepends=True):
        left -= bool(line.strip())
        if left < 0:
            break
        end += len(line)
    spans = tuple(span for span in document.spans if span.end <= end)
    kept = {span.id for span in spans} | {None}
    claims = tuple(
        claim
        for claim in document.claims
        if (claim.cue or claim.holders or claim.cargo or claim.when)
        and all(reference in kept for _, reference, kind in claim.references() if kind != "claim")
    )
    zones = tuple(zone for zone in document.zones if zone.end <= end)
    return msgspec.structs.replace(document, text=text[:end].rstrip(), spans=spans, claims=claims, zones=zones)


def legend(schema: Schema, *, predicted: bool = False) -> Text:
    """The labels in their colours."""
    text = Text()
    for label in schema.labels.values():
        text.append(f" {label.name} ", style=_style(label.color))
        text.append(f" {label.title.lower()}  ", style="dim")
    text.append(" zone ", style="dim strike")
    text.append(" not read  ", style="dim")
    if predicted:
        text.append(" predicted ", style="underline2")
    return text


def coloured(document: Document, schema: Schema, predicted: Document | None = None) -> Text:
    """The article's text with a background for each span (the shorter over the longer), zones struck through."""
    shown = Text(document.text or "", no_wrap=False)
    for zone in document.zones:
        shown.stylize("dim strike", zone.start, zone.end)
    for span in sorted(document.spans, key=lambda span: span.start - span.end):
        shown.stylize(_style(schema.labels[span.label].color), span.start, span.end)
    for span in predicted.spans if predicted is not None else ():
        shown.stylize(Style(underline=True, bold=True), span.start, span.end)
    return _without_gaps(shown)


def _without_gaps(shown: Text) -> Text:
    """The text with no more than one blank line between two others."""
    kept, last = Text(), 0
    for match in GAP.finditer(shown.plain):
        kept.append_text(shown[last : match.start()])
        kept.append("\n\n")
        last = match.end()
    kept.append_text(shown[last:])
    return kept


def bracketed(document: Document, predicted: Document | None = None) -> Text:
    """The article's text with its marks in letters: [LABEL gold span], {LABEL prediction}, [zone not read]."""
    text = document.text or ""
    opening: list[tuple[int, int, str]] = [(zone.start, -zone.end, "[zone ") for zone in document.zones]
    opening += [(span.start, -span.end, f"[{span.label} ") for span in document.spans]
    # What was opened last is closed first.
    closing = [(-end, 0, -start, "]") for start, end, _ in opening]
    for span in predicted.spans if predicted is not None else ():
        opening.append((span.start, -span.end, f"{{{span.label} "))
        closing.append((span.end, 0, -span.start, "}"))
    marks = [(start, 1, end, mark) for start, end, mark in opening] + closing
    shown, last = [], 0
    for place, _, _, mark in sorted(marks, key=lambda mark: (*mark[:3], mark[3] != "}", mark[3])):
        shown += [text[last:place], mark]
        last = place
    return _without_gaps(Text("".join([*shown, text[last:]])))


def _style(color: str) -> Style:
    return Style(color="#ffffff", bgcolor=color)


def claim_table(document: Document, title: str = "claims") -> Table:
    """The claims in words."""
    table = new_table(title, ("id", "event", "who holds it", "what", "when", "same as"), numbers=False)
    text = document.text or ""
    # A prediction need not quote what it covers.
    spans = {
        span.id: msgspec.structs.replace(span, text=span.text or text[span.start : span.end])
        for span in document.spans
        if span.id is not None
    }
    for claim in document.claims:
        table.add_row(*claim_words(claim, spans), style=None if claim.stance == "assertion" else "yellow")
    return table


def claim_words(claim: Claim, spans: Mapping[str, Span]) -> tuple[str, ...]:
    """A claim as cells for a reader: id, event, holders with stance, cargo, dates, restated claim."""

    def name(reference: str | None) -> str:
        return "?" if reference is None or reference not in spans else " ".join((spans[reference].text or "").split())

    def entity(reference: str) -> str:
        known = spans[reference].attributes.get("entity") if reference in spans else None
        return str(known) if known else name(reference)

    if claim.event == "transfer":
        event = f"{claim.supplier or '?'} → {claim.recipient or '?'}"
    elif claim.event == "use":
        event = f"{claim.user or '?'} uses"
    else:
        event = " + ".join(claim.parties) or "?"
    status = "" if claim.status in (None, "occurred") else f", {claim.status}"
    holders = ", ".join(dict.fromkeys(entity(holder) for holder in claim.holders)) or "the article"
    via = f" (via {', '.join(dict.fromkeys(entity(outer) for outer in claim.via))})" if claim.via else ""
    certainty = "" if claim.certainty in (None, "certain") else f", {claim.certainty}"
    cargo = []
    for row in claim.cargo:
        item, quantity = row.item and name(row.item), row.quantity and name(row.quantity)
        unit = str(spans[row.quantity].attributes.get("unit")) if row.quantity and row.quantity in spans else ""
        # "about 50 missiles" counts missiles; "3 million units of ammunition" counts units.
        counted = " " if unit in (item or "") else " of "
        joint = {"contains": " of ", "could_hold": " (could hold) ", "times": " times "}.get(
            row.relation or "", counted
        )
        cargo.append(joint.join(part for part in (quantity, item) if part))
    dates = [
        f"{spans[date].attributes.get('signal') or ''} {name(date)}".strip() for date in claim.when if date in spans
    ]
    return (
        claim.id or "",
        f"{claim.event}: {event}{status}",
        f"{holders}{via}: {claim.stance}{certainty}",
        "; ".join(cargo) or "–",
        "; ".join(dates) or "–",
        claim.same_as or "",
    )
