"""Scores of one system, or of two line by line, as tables of words that any template can lay out."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..counts import Counts
from ..score import Result
from .terminal import figure


class Number(msgspec.Struct, frozen=True):
    """A cell of a table: what it shows, what stands small below, whether it is the better of two."""

    text: str
    note: str = ""
    best: bool = False


class Row(msgspec.Struct, frozen=True):
    """What is counted once, and a line of cells a system."""

    name: str
    lines: tuple[tuple[Number, ...], ...]
    total: bool = False


class Table(msgspec.Struct, frozen=True):
    """A table of scores."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


_RATIOS = ("precision", "recall", "f1")
_COUNT_COLUMNS = ("gold", "predicted", "COR", "INC", "PAR", "MIS", "SPU", "P", "R", "F1")


def tables(results: Sequence[Result]) -> dict[str, list[Table]]:
    """The tables by the part of the page that they stand in."""
    first = results[0]
    summary = [
        Row(
            name,
            _best(
                [
                    [
                        *((getattr(scheme.micro, ratio), scheme.interval.get(ratio)) for ratio in _RATIOS),
                        (scheme.macro.f1, None),
                    ]
                    for scheme in (result[name] for result in results)
                ]
            ),
        )
        for name in first.schemes
    ]
    by_label = []
    for name in first.schemes:
        names = list(dict.fromkeys(label for result in results for label in result[name].labels))
        rows = [
            Row(label, _count_lines([result[name].labels.get(label, Counts()) for result in results]))
            for label in names
        ]
        rows.append(Row("micro", _count_lines([result[name].micro for result in results]), total=True))
        by_label.append(Table(name, _COUNT_COLUMNS, tuple(rows)))
    attributes = [
        Row(
            name,
            _best(
                [
                    [(score.accuracy, None), (score.precision, None), (score.recall, None), (score.f1, None)]
                    for score in (result.attributes[name] for result in results)
                ],
                [
                    [score.matched, score.given, score.right]
                    for score in (result.attributes[name] for result in results)
                ],
            ),
        )
        for name in first.attributes
    ]
    claims = [Row(name, _count_lines([result.claims[name] for result in results])) for name in first.claims]
    return {
        "summary": [Table("micro, and macro F1", ("precision", "recall", "F1", "macro F1"), tuple(summary))],
        "labels": by_label,
        "attributes": [
            Table(
                "attributes of strictly matched spans",
                ("matched", "given", "right", "accuracy", "P", "R", "F1"),
                tuple(attributes),
            )
        ],
        "claims": [Table("claims", _COUNT_COLUMNS, tuple(claims))],
    }


def _count_lines(counts: Sequence[Counts]) -> tuple[tuple[Number, ...], ...]:
    return _best(
        [[(getattr(each, ratio), None) for ratio in _RATIOS] for each in counts],
        [[each.POS, each.ACT, each.COR, each.INC, each.PAR, each.MIS, each.SPU] for each in counts],
    )


def _best(
    ratios: Sequence[Sequence[tuple[float | None, tuple[float, float] | None]]],
    counts: Sequence[Sequence[int]] | None = None,
) -> tuple[tuple[Number, ...], ...]:
    """A line a system: the counts, then the ratios with their intervals, the greater of two marked."""
    lines = []
    for line, row in enumerate(ratios):
        cells = [Number(str(count)) for count in (counts[line] if counts else ())]
        for column, (value, interval) in enumerate(row):
            others = [other[column][0] for at, other in enumerate(ratios) if at != line]
            best = value is not None and any(other is None or other < value for other in others)
            note = "" if interval is None else f"{interval[0]:.3f}–{interval[1]:.3f}"
            cells.append(Number(figure(value), note, best))
        lines.append(tuple(cells))
    return tuple(lines)
