"""Scores, problems and articles for the terminal."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from ..data.problems import short
from ..data.records import Claim, Document, Span

if TYPE_CHECKING:
    from ..data.corpus import Source
    from ..data.problems import Problem
    from ..data.schema import Schema
    from ..scoring.counts import Counts
    from ..scoring.result import Result

PIPE_WIDTH = 120


def console(*, stderr: bool = False) -> Console:
    """A console as wide as the terminal; in a pipe wide enough that no table loses a column."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else PIPE_WIDTH
    return _Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Whoever reads the output has what it wanted, such as ``head``: that is no failure."""
        with contextlib.suppress(SystemExit):
            super().on_broken_pipe()
        raise SystemExit(0)


def print_table(out: Console, table: Table) -> None:
    """A table of figures as wide as it is: a narrow terminal breaks its lines, but no figure is cut."""
    screen = out.width
    out.width = max(screen, out.measure(table, options=out.options.update(max_width=1000)).maximum)
    out.print(table, "")
    out.width = screen


def figure(value: float | None) -> str:
    """A ratio to three decimals, or – where it is undefined."""
    return "–" if value is None else f"{value:.3f}"


def span_tables(result: Result, schemes: Sequence[str], *, intervals: bool = True) -> Iterator[Table]:
    """For each scheme a row a label, then micro and macro."""
    for name in schemes:
        scheme = result[name]
        table = new_table(f"{name}", ("label", "gold", "pred", "COR", "INC", "PAR", "MIS", "SPU", "P", "R", "F1"))
        for label, counts in scheme.labels.items():
            table.add_row(label, *_counts(counts))
        table.add_section()
        table.add_row("micro", *_counts(scheme.micro), style="bold")
        if intervals and scheme.interval:
            ends = [scheme.interval.get(ratio) for ratio in ("precision", "recall", "f1")]
            for title, side in (("  95 % from", 0), ("  95 % to", 1)):
                shown = [figure(None if end is None else end[side]) for end in ends]
                table.add_row(title, *[""] * 7, *shown, style="dim")
        macro = scheme.macro
        table.add_row("macro", *[""] * 7, figure(macro.precision), figure(macro.recall), figure(macro.f1))
        yield table


def attribute_table(result: Result) -> Table:
    """A row an attribute; accuracy on strictly matched spans, and joint precision and recall."""
    table = new_table(
        "attributes of strictly matched spans", ("attribute", "matched", "given", "right", "accuracy", "P", "R", "F1")
    )
    for name, score in result.attributes.items():
        ratios = (score.accuracy, score.precision, score.recall, score.f1)
        table.add_row(name, str(score.matched), str(score.given), str(score.right), *map(figure, ratios))
    return table


def claim_score_table(result: Result) -> Table:
    """Whole claims and slots."""
    table = new_table("claims", ("", "gold", "pred", "COR", "INC", "PAR", "MIS", "SPU", "P", "R", "F1"))
    for name, counts in result.claims.items():
        table.add_row(name, *_counts(counts))
    return table


def detail_tables(result: Result) -> Iterator[Table]:
    """Which labels are taken for which, characters, MUC's error measures, and curves where there are scores."""
    table = new_table("confusion (gold down, predictions across, boundaries partial)", ("", *result.labels, "missed"))
    for name, row in zip([*result.labels, "spurious"], result.confusion.tolist(), strict=True):
        table.add_row(name, *("" if name == "spurious" and at == len(row) - 1 else str(n) for at, n in enumerate(row)))
    yield table
    table = new_table("characters", ("label", "gold", "pred", "both", "P", "R", "F1"))
    for name, found in result.characters.items():
        shown = found.to_dict()
        numbers = [str(shown[key]) for key in ("gold", "predicted", "both")]
        table.add_row(name, *numbers, *(figure(shown[key]) for key in ("precision", "recall", "f1")))
    yield table
    table = new_table("error measures of MUC", ("scheme", "ERR", "UND", "OVG", "SUB"))
    for name, scheme in result.schemes.items():
        micro = scheme.micro
        ratios = (micro.error, micro.undergeneration, micro.overgeneration, micro.substitution)
        table.add_row(name, *map(figure, ratios))
    yield table
    if result.curves:
        table = new_table("strict, by score", ("label", "average precision", "best threshold", "F1 there"))
        for name, curve in result.curves.items():
            table.add_row(name, figure(curve.average_precision), figure(curve.threshold), figure(curve.f1))
        yield table


def problem_lines(problems: Iterable[Problem]) -> Iterator[Text]:
    """A line for what is wrong and where, one for what to do."""
    for problem in problems:
        said = f" {problem.kind.title}: {short(problem.detail, 400)}"
        line = Text.assemble((problem.place, "bold"), " ", (problem.id, "red"), said)
        if problem.text is not None:
            line.append(f" “{short(problem.text)}”", style="cyan")
        line.append(f"\n    → {problem.kind.remedy}", style="dim")
        yield line


def article(
    document: Document, source: Source, schema: Schema, predicted: Document | None = None, *, colour: bool = True
) -> RenderableType:
    """An article with its spans, its legend and its claims.

    Spans are coloured and predictions underlined; without colour, spans stand in square brackets behind their label
    and predictions in braces.
    """
    head = Text(f"{document.doc}  {source.title or '(no headline)'}", style="bold")
    place = f"{source.publisher or 'publisher not named'} · {source.published}"
    about = Text(place + ("" if source.published_stated else " (inferred)"), style="dim")
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
    for match in re.finditer(r"\n(?:[ \t\u00a0]*\n){2,}", shown.plain):
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
    closing = [(-end, "]") for _, end, _ in opening]
    for span in predicted.spans if predicted is not None else ():
        opening.append((span.start, -span.end, f"{{{span.label} "))
        closing.append((span.end, "}"))
    marks = [(start, 1, end, mark) for start, end, mark in opening] + [(end, 0, 0, mark) for end, mark in closing]
    shown, last = [], 0
    for place, _, _, mark in sorted(marks):
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


def new_table(title: str, columns: Sequence[str], *, numbers: bool = True) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", header_style="dim", box=None, pad_edge=False)
    for index, column in enumerate(columns):
        right = numbers and index > 0
        table.add_column(column, justify="right" if right else "left", no_wrap=right, overflow="fold")
    return table


def _counts(counts: Counts) -> list[str]:
    whole = (counts.POS, counts.ACT, counts.COR, counts.INC, counts.PAR, counts.MIS, counts.SPU)
    return [*map(str, whole), *map(figure, (counts.precision, counts.recall, counts.f1))]
