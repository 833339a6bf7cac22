"""The score of one system, or of two side by side, and every error in its sentence, as one self-contained HTML file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from ..data.records import Document, Span
from ..scoring.curves import Curve
from ..scoring.error_places import Place, places
from ..scoring.errors import KINDS, Cell, Outcome
from ..scoring.result import Result
from ..scoring.text_tables import failures, figure, unstated
from .colours import label_colours
from .errors import difference_words, quote
from .page import LETTERS, pieces
from .tables import tables
from .templates import fill


class System(msgspec.Struct, frozen=True):
    """A system by the name that its user gave it, its predictions by article, and its score."""

    name: str
    predictions: Mapping[str, Document]
    result: Result

    @property
    def gold(self) -> list[Document]:
        """The articles on which it was scored."""
        return self.result.task.gold_documents()


MOST = 2000
"""Places that a page lists; of more a sample, so that it stays small."""


class Found(msgspec.Struct, frozen=True):
    """How many outcomes of each kind each system has, and the places at which they are."""

    kinds: Mapping[str, list[int]]
    places: list[Place]


def find(gold: Sequence[Document], systems: Sequence[System]) -> Found:
    """What became of all spans, article by article."""
    kinds = {kind: [0] * len(systems) for kind in KINDS}
    found: list[Place] = []
    for document in gold:
        sides = [system.result.outcomes(document, system.predictions.get(document.doc)) for system in systems]
        for number, side in enumerate(sides):
            for outcome in side:
                kinds[outcome.kind][number] += 1
        found += places(sides)
    return Found(kinds, found)


def sampled(found: Sequence[Place], most: int) -> list[Place]:
    """At most so many places, in their order: as many of each kind, evenly spread, and all of the rare ones."""
    if len(found) <= most:
        return list(found)
    by_kind: dict[str, list[int]] = {}
    for number, place in enumerate(found):
        kinds = [outcome.kind for side in place.sides for outcome in side]
        by_kind.setdefault(next((kind for kind in kinds if kind != "correct"), "correct"), []).append(number)
    kept: list[int] = []
    for left, numbers in zip(range(len(by_kind), 0, -1), sorted(by_kind.values(), key=len), strict=True):
        share = min(len(numbers), (most - len(kept)) // left)
        kept += [numbers[at * len(numbers) // share] for at in range(share)]
    return [found[number] for number in sorted(kept)]


def render(
    gold: Sequence[Document],
    systems: Sequence[System],
    *,
    found: Found | None = None,
    beside: str = "",
    site: Any = None,
) -> str:
    """The page for one or two systems; every word of articles, predictions and names is escaped.

    ``found`` is what `find` finds, where it is known; ``beside`` is the name of the file that has what a page of so
    many places leaves out.
    """
    found = found or find(gold, systems)
    results = [system.result for system in systems]
    labels = report_labels(systems)
    colours = label_colours(labels)
    shown = sampled(found.places, MOST)
    numbers = {id(place): number for number, place in enumerate(found.places)}
    by_doc = {document.doc: document for document in gold}
    return fill(
        "report.html",
        site=site,
        here="report",
        systems=list(zip(LETTERS, systems, strict=False)),
        labels=labels,
        colours=list(colours.values()),
        tables=tables(results),
        notes=[() if (said := unstated(result)) is None else (said,) for result in results],
        failures=[failures(result).items() for result in results],
        confusions=[_confusion(result, labels) for result in results],
        curves=_curves(results, colours),
        kinds=found.kinds,
        left_out=len(found.places) - len(shown),
        beside=beside,
        about=KINDS,
        articles=len(gold),
        docs=list(dict.fromkeys(place.doc for place in shown)),
        places=[_card(place, by_doc[place.doc], systems, labels) | {"number": numbers[id(place)]} for place in shown],
    )


def report_labels(systems: Iterable[System]) -> list[str]:
    """The labels of the systems' scores in the order in which the page numbers them."""
    return list(dict.fromkeys(label for system in systems for label in system.result.labels))


def _cell_name(cell: Cell, labels: Sequence[str]) -> str:
    """A cell of the confusion as the page's filter names it: the labels' numbers, – for a margin."""
    return ":".join("–" if label is None else str(labels.index(label)) for label in cell)


def _confusion(result: Result, labels: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of the heat map; ``shade`` grows with the share of the gold label, of the predicted one where spurious.

    It is the root of the share, since errors are few beside what is right.
    """
    number: dict[str | None, int] = {label: index for index, label in enumerate(result.labels)}
    number[None] = len(result.labels)
    table = result.confusion

    def cell(row: str | None, column: str | None) -> dict[str, Any]:
        known = row in number and column in number
        count = int(table[number[row], number[column]]) if known else 0
        whole = 0 if not known else int(table[:, number[column]].sum() if row is None else table[number[row]].sum())
        return {
            "name": _cell_name((row, column), labels),
            "gold": row,
            "predicted": column,
            "count": count,
            "shade": round((count / whole) ** 0.5, 3) if whole else 0,
        }

    columns = (*labels, None)
    return [
        {"label": row, "cells": [cell(row, column) for column in columns if not row is column is None]}
        for row in columns
    ]


def _curves(results: Sequence[Result], colours: Mapping[str, str]) -> list[dict[str, Any]]:
    """For each system whose predictions have scores its lines: of each label, then of all. Others are left out."""
    drawn = []
    for letter, result in zip(LETTERS, results, strict=False):
        names = [name for name in [*result.labels, "all"] if name in result.curves and result.curves[name].thresholds]
        lines = [
            {
                "label": name,
                "colour": colours.get(name, "currentColor"),
                "path": _path(result.curves[name]),
                "average": figure(result.curves[name].average_precision),
                "threshold": result.curves[name].threshold,
                "f1": figure(result.curves[name].f1),
            }
            for name in names
        ]
        if lines:
            drawn.append({"letter": letter, "lines": lines})
    return drawn


def _path(curve: Curve) -> str:
    """The points of an SVG polyline in a square of 300; one a pixel or two is enough."""
    points = list(zip(curve.recall, curve.precision, strict=True))
    kept = [*points[:: max(1, len(points) // 250)], points[-1]]
    return " ".join(f"{300 * recall:.1f},{300 * (1 - precision):.1f}" for recall, precision in kept)


def _card(place: Place, document: Document, systems: Sequence[System], labels: Sequence[str]) -> dict[str, Any]:
    """A place as the page lists it: its text cut where spans begin and end, and what the filters ask for."""
    text = document.text or ""
    sides = list(zip(LETTERS, systems, place.sides, strict=False))
    every = [outcome for side in place.sides for outcome in side]
    gold = [document.spans[index] for index in dict.fromkeys(at for outcome in every for at in outcome.positions)]
    told = [(letter, span) for letter, _, side in sides for span in _predicted(side)]
    spans = [*gold, *(span for _, span in told)]
    return {
        "doc": place.doc,
        "start": min(span.start for span in spans),
        "end": max(span.end for span in spans),
        "kinds": list(dict.fromkeys(outcome.kind for outcome in every)),
        "labels": sorted({labels.index(span.label) for span in spans}),
        "who": "".join(letter for letter, errs in zip(LETTERS, place.wrong, strict=False) if errs),
        "cells": [
            letter + _cell_name(cell, labels) for letter, _, side in sides for outcome in side for cell in outcome.cells
        ],
        "before": bool(text[text.rfind("\n", 0, place.start) + 1 : place.start].strip()),
        "after": bool(text[place.end :].partition("\n")[0].strip()),
        "pieces": _overlaid(text[place.start : place.end], place.start, gold, told, labels),
        "gold": [(span, quote(span, text)) for span in gold],
        "sides": [
            {
                "letter": letter,
                "kinds": _badges(side),
                "predicted": [(span, quote(span, text)) for span in _predicted(side)],
                "differences": [
                    difference_words(difference, document, system.predictions.get(place.doc))
                    for outcome in side
                    for difference in outcome.differences
                ],
            }
            for letter, system, side in sides
        ],
    }


def _predicted(side: Iterable[Outcome]) -> list[Span]:
    return [span for outcome in side if outcome.kind != "attribute" for span in outcome.predicted]


def _badges(side: Sequence[Outcome]) -> list[str]:
    """The kinds of a system at a place; that a span is correct goes without saying where only an attribute is not."""
    refined = [outcome.positions for outcome in side if outcome.kind == "attribute"]
    return [outcome.kind for outcome in side if outcome.kind != "correct" or outcome.positions not in refined]


def _overlaid(
    text: str, start: int, gold: Sequence[Span], told: Sequence[tuple[str, Span]], labels: Sequence[str]
) -> list[tuple[str, list[str]]]:
    """The pieces of a text that begins at ``start``, each with the classes of the spans over it."""
    ours, theirs = (
        tuple(msgspec.structs.replace(span, start=span.start - start, end=span.end - start) for span in side)
        for side in (gold, [span for _, span in told])
    )
    if not text:
        return []
    return [
        (
            piece.text,
            [f"g{labels.index(gold[at].label)}" for at in piece.gold]
            + [f"p{told[at][0]}{labels.index(told[at][1].label)}" for at in piece.predicted],
        )
        for piece in pieces(Document(doc="", text=text, spans=ours), Document(doc="", spans=theirs))
    ]
