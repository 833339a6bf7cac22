"""The score of one system, or of two side by side, and every error in its sentence, as one self-contained HTML file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from ..errors import KINDS, Cell, Difference, Outcome, Place, confusion, outcomes, places
from ..records import Document, Span, Value
from ..schema import Schema
from ..score import Result
from .page import pieces
from .tables import tables

LETTERS = "AB"
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}")
_OTHER_COLOUR = "#777777"


class System(msgspec.Struct, frozen=True):
    """A system by the name that its user gave it, its predictions by article, and its score."""

    name: str
    predictions: Mapping[str, Document]
    result: Result


class Point(msgspec.Struct, frozen=True):
    """Precision and recall of the predictions whose score is at least ``threshold``."""

    threshold: float
    precision: float
    recall: float


def curve(scored: Iterable[tuple[float, bool]], positives: int) -> list[Point]:
    """Precision and recall at every threshold, from the highest score down.

    ``scored`` has the score of each prediction and whether it is strictly right, ``positives`` is the number of gold
    spans; without any there is no recall and no curve. The pairs are those of all predictions together: no threshold
    is matched anew.
    """
    ranked = sorted(scored, key=lambda one: -one[0])
    points: list[Point] = []
    right = 0
    for seen, (threshold, correct) in enumerate(ranked, 1):
        right += correct
        last_of_its_score = seen == len(ranked) or ranked[seen][0] < threshold
        if last_of_its_score and positives:
            points.append(Point(threshold, right / seen, right / positives))
    return points


def render(gold: Sequence[Document], systems: Sequence[System], schema: Schema) -> str:
    """The page for one or two systems; every word of articles, predictions and names is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("claimspans", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    listed = [
        [outcomes(document, system.predictions.get(document.doc), schema) for document in gold] for system in systems
    ]
    labels = list(systems[0].result["strict"].labels)
    for system in systems:
        labels += [label for label in system.result["strict"].labels if label not in labels]
    found = [place for sides in zip(*listed, strict=True) for place in places(sides)]
    by_doc = {document.doc: document for document in gold}
    kinds = {
        kind: [sum(outcome.kind == kind for each in side for outcome in each) for side in listed] for kind in KINDS
    }
    return environment.get_template("report.html").render(
        systems=list(zip(LETTERS, systems, strict=False)),
        labels=labels,
        colours=[_colour(schema, label) for label in labels],
        tables=tables([system.result for system in systems]),
        confusions=[_confusion([outcome for each in side for outcome in each], labels) for side in listed],
        curves=_curves(listed, gold, schema),
        kinds=kinds,
        about=KINDS,
        docs=[document.doc for document in gold],
        places=[_card(place, by_doc[place.doc], systems, labels) for place in found],
    )


def _colour(schema: Schema, label: str) -> str:
    given = schema.labels[label].color if label in schema.labels else ""
    return given if _COLOUR.fullmatch(given) else _OTHER_COLOUR


def _cell_name(cell: Cell, labels: Sequence[str]) -> str:
    """A cell of the confusion as the page's filter names it: the labels' numbers, – for a margin."""
    return ":".join("–" if label is None else str(labels.index(label)) for label in cell)


def _confusion(found: Iterable[Outcome], labels: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of the heat map; ``shade`` grows with the share of the gold label, of the predicted one where spurious.

    It is the root of the share, since errors are few beside what is right.
    """
    table = confusion(found)

    def cell(row: str | None, column: str | None) -> dict[str, Any]:
        count = table.get((row, column), 0)
        side, label = (1, column) if row is None else (0, row)
        whole = sum(each for place, each in table.items() if place[side] == label)
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


def _curves(
    listed: Sequence[Sequence[Sequence[Outcome]]], gold: Sequence[Document], schema: Schema
) -> list[dict[str, Any]]:
    """For each system whose predictions have scores its lines: of each label, then of all. Others are left out.

    A prediction without a score, beside some that have one, is taken for certain.
    """
    positives = Counter(span.label for document in gold for span in document.spans)
    drawn = []
    for letter, articles in zip(LETTERS, listed, strict=False):
        scored = [
            (span.label, span.score, outcome.kind == "correct")
            for each in articles
            for outcome in each
            if outcome.kind != "attribute"
            for span in outcome.predicted
        ]
        if all(score is None for _, score, _ in scored):
            continue
        lines = [
            (label, _colour(schema, label), curve([_certain(s, r) for name, s, r in scored if name == label], count))
            for label, count in positives.items()
        ]
        whole = curve([_certain(score, right) for _, score, right in scored], positives.total())
        lines.append(("all labels", "currentColor", whole))
        shown = [
            {"label": name, "colour": colour, "points": points, "path": _path(points), "whole": name == "all labels"}
            for name, colour, points in lines
            if points
        ]
        drawn.append({"letter": letter, "lines": shown})
    return drawn


def _certain(score: float | None, right: bool) -> tuple[float, bool]:
    return (1.0 if score is None else score, right)


def _path(points: Sequence[Point]) -> str:
    """The points of an SVG polyline in a unit square of 300; one every pixel or two is enough."""
    kept = points[:: max(1, len(points) // 250)]
    kept = kept if kept[-1] == points[-1] else [*kept, points[-1]]
    return " ".join(f"{300 * point.recall:.1f},{300 * (1 - point.precision):.1f}" for point in kept)


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
                    _difference(difference, document, system.predictions.get(place.doc))
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


def quote(span: Span, text: str) -> str:
    """What the span covers; without the article's text what its record says."""
    return text[span.start : span.end] or span.text or ""


def _difference(difference: Difference, gold: Document, predicted: Document | None) -> tuple[str, str, str]:
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
