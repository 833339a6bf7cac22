"""Scores of one system, or of two line by line, as tables of words that any template can lay out."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..scoring.counts import Counts
from ..scoring.result import Result
from ..scoring.text_tables import figure, worst_first


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
    """The tables by the part of the page that they stand in; a part without anything to say has none."""
    schemes = list(results[0].schemes)
    return {
        "summary": [_summary(results, schemes)],
        "labels": [_by_label(results, scheme) for scheme in schemes],
        "articles": [_by_article(results)] if len(results[0].docs) > 1 else [],
        "attributes": [_attributes(results)] if any(result.stated for result in results) else [],
        "capabilities": [_capabilities(results)] if all(result.capabilities for result in results) else [],
        "claims": [_claims(results)] if any(_has_claims(result) for result in results) else [],
    }


def _summary(results: Sequence[Result], schemes: Sequence[str]) -> Table:
    rows = []
    for name in schemes:
        lines = []
        for scheme in (result[name] for result in results):
            micro = [(getattr(scheme.micro, ratio), scheme.interval.get(ratio)) for ratio in _RATIOS]
            lines.append([*micro, (scheme.macro.f1, None)])
        rows.append(Row(name, _best(lines)))
    return Table("micro, and macro F1", ("precision", "recall", "F1", "macro F1"), tuple(rows))


def _by_label(results: Sequence[Result], scheme: str) -> Table:
    names = dict.fromkeys(label for result in results for label in result.labels)
    rows = [
        Row(label, _count_lines([result[scheme].labels.get(label, Counts()) for result in results])) for label in names
    ]
    rows.append(Row("micro", _count_lines([result[scheme].micro for result in results]), total=True))
    return Table(scheme, _COUNT_COLUMNS, tuple(rows))


WORST = 100
"""Articles that the page lists; of more, those with the lowest F1 of the first system."""


def _by_article(results: Sequence[Result]) -> Table:
    scheme = next(iter(results[0].schemes))
    counts = [dict(zip(result.docs, result[scheme].articles, strict=True)) for result in results]
    listed = worst_first(results[0], scheme)[:WORST]
    more = "" if len(listed) == len(results[0].docs) else f": {WORST} of {len(results[0].docs)}"
    rows = [Row(doc, _count_lines([each[doc] for each in counts])) for doc, _ in listed]
    return Table(f"scheme {scheme}, worst first{more}", _COUNT_COLUMNS, tuple(rows))


def _attributes(results: Sequence[Result]) -> Table:
    """Those that a system states."""
    rows = []
    for name in dict.fromkeys(name for result in results for name in result.stated):
        scores = [result.attributes[name] for result in results]
        ratios = [[(each.accuracy, None), *((getattr(each, ratio), None) for ratio in _RATIOS)] for each in scores]
        rows.append(Row(name, _best(ratios, [[each.matched, each.given, each.right] for each in scores])))
    columns = ("matched", "given", "right", "accuracy", "P", "R", "F1")
    return Table("attributes of strictly matched spans", columns, tuple(rows))


def _claims(results: Sequence[Result]) -> Table:
    rows = [Row(name, _count_lines([result.claims[name] for result in results])) for name in results[0].claims]
    return Table("whole claims, and the slots that they share", _COUNT_COLUMNS, tuple(rows))


def _capabilities(results: Sequence[Result]) -> Table:
    """The share of texts passed, the weakest of the first system first."""
    scores = [{score.capability: score for score in result.capabilities} for result in results]
    rows = []
    for name in scores[0]:
        own = [each[name] for each in scores]
        lines = _best([[(each.share, each.interval)] for each in own], [[each.texts, each.passed] for each in own])
        rows.append(Row(name, lines))
    return Table("texts passed, by capability, the weakest first", ("texts", "passed", "share"), tuple(rows))


def _has_claims(result: Result) -> bool:
    return bool(result.claims["whole"].ACT)


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
