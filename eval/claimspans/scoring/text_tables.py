"""A score as tables of words, which any format lays out; and as plain text, which ``print`` shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from ..data.problems import short
from .counts import RATIOS, Counts

if TYPE_CHECKING:
    from .result import Result

WORST = 10
"""Articles that a table lists; of more, those with the lowest F1."""


class Row(msgspec.Struct, frozen=True):
    """The cells of a row; ``kind`` is total for sums, interval for what stands below one, else empty."""

    cells: tuple[str, ...]
    kind: str = ""


class Table(msgspec.Struct, frozen=True):
    """A table of figures: its first column holds names, all others numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def figure(value: float | None) -> str:
    """A ratio to three decimals, or – where it is undefined."""
    return "–" if value is None else f"{value:.3f}"


def score_tables(result: Result, *, brief: bool = False) -> Iterator[Table]:
    """The tables of a score: of the spans under each scheme; unless ``brief`` also by article, attributes and claims.

    Attributes that no prediction states, and claims where there are none, are left out.
    """
    for name in result.schemes:
        yield _span_table(result, name, intervals=not brief)
    if result.capabilities:
        yield capability_table(result)
    if brief:
        return
    if len(result.docs) > 1:
        yield _article_table(result)
    if result.stated:
        yield _attribute_table(result)
    if result.claims["whole"].ACT:
        rows = [Row((name, *_counts(counts))) for name, counts in result.claims.items()]
        yield Table("claims", ("", *_COUNTS), tuple(rows))


def failures(result: Result) -> Mapping[str, str]:
    """For each capability that has one, a text that is not passed, and what is wrong with it."""
    if not result.capabilities:
        return {}
    texts = {document.doc: document.text or "" for document in result.task.gold_documents()}
    examples = {score.capability: score.example for score in result.capabilities}
    return {
        capability: f"{verdict.case.doc}: {verdict.failure}. {short(' '.join(texts[verdict.case.doc].split()), 160)}"
        for capability, verdict in examples.items()
        if verdict is not None
    }


def unstated(result: Result) -> str | None:
    """In a sentence what the gold has and the system says nothing of, so that no table shows it."""
    attributes = bool(result.attributes) and not result.stated
    claims = bool(result.claims["whole"].POS) and not result.claims["whole"].ACT
    said = [what for what, silent in (("attributes", attributes), ("claims", claims)) if silent]
    return f"The system states no {' and no '.join(said)}: none are shown." if said else None


def plain(tables: Iterator[Table] | Sequence[Table]) -> str:
    """Tables as text, each under its title."""
    return "\n\n".join(_aligned(table) for table in tables)


def worst_first(result: Result, scheme: str) -> list[tuple[str, Counts]]:
    """The articles with their counts under a scheme, the lowest F1 first; those that have none stand last."""
    pairs = list(zip(result.docs, result[scheme].articles, strict=True))
    return sorted(pairs, key=lambda pair: (pair[1].f1 is None, pair[1].f1 or 0.0, pair[0]))


def capability_table(result: Result) -> Table:
    """The weakest first; of a half the texts that are passed and all."""
    halves = sorted(
        {verdict.case.half for score in result.capabilities for verdict in score.verdicts if verdict.case.half}
    )
    rows = []
    for score in result.capabilities:
        of_halves = [f"{passed}/{texts}" for passed, texts in (score.of_half(half) for half in halves)]
        low, high = score.interval
        shares = (figure(score.share), f"{low:.3f}–{high:.3f}")
        rows.append(Row((score.capability, f"{score.passed}/{score.texts}", *of_halves, *shares)))
    passed, texts = (sum(getattr(score, name) for score in result.capabilities) for name in ("passed", "texts"))
    sums = [[score.of_half(half) for score in result.capabilities] for half in halves]
    totals = ["/".join(str(sum(column)) for column in zip(*each, strict=True)) for each in sums]
    rows.append(Row(("all", f"{passed}/{texts}", *totals, figure(passed / texts), ""), "total"))
    return Table("texts passed, by capability", ("", "passed", *halves, "share", "95 %"), tuple(rows))


_COUNTS = ("gold", "pred", "COR", "INC", "PAR", "MIS", "SPU", "P", "R", "F1")


def _counts(counts: Counts) -> tuple[str, ...]:
    whole = (counts.POS, counts.ACT, counts.COR, counts.INC, counts.PAR, counts.MIS, counts.SPU)
    return (*map(str, whole), *(figure(getattr(counts, ratio)) for ratio in RATIOS))


def _span_table(result: Result, name: str, *, intervals: bool) -> Table:
    """A row a label, then micro and macro."""
    scheme = result[name]
    rows = [Row((label, *_counts(counts))) for label, counts in scheme.labels.items()]
    rows.append(Row(("micro", *_counts(scheme.micro)), "total"))
    if intervals and scheme.interval:
        ends = [scheme.interval.get(ratio) for ratio in RATIOS]
        for title, side in (("  95 % from", 0), ("  95 % to", 1)):
            shown = (figure(None if end is None else end[side]) for end in ends)
            rows.append(Row((title, *[""] * 7, *shown), "interval"))
    macro = (figure(getattr(scheme.macro, ratio)) for ratio in RATIOS)
    rows.append(Row(("macro", *[""] * 7, *macro)))
    return Table(name, ("label", *_COUNTS), tuple(rows))


def _article_table(result: Result) -> Table:
    name = next(iter(result.schemes))
    listed = worst_first(result, name)
    title = f"{name} by article, worst first"
    if len(listed) > WORST:
        title += f": {WORST} of {len(listed)}"
    return Table(title, ("article", *_COUNTS), tuple(Row((doc, *_counts(counts))) for doc, counts in listed[:WORST]))


def _attribute_table(result: Result) -> Table:
    """A row an attribute; accuracy on strictly matched spans, and joint precision and recall."""
    rows = []
    for name, score in result.stated.items():
        ratios = (score.accuracy, score.precision, score.recall, score.f1)
        rows.append(Row((name, str(score.matched), str(score.given), str(score.right), *map(figure, ratios))))
    columns = ("attribute", "matched", "given", "right", "accuracy", "P", "R", "F1")
    return Table("attributes of strictly matched spans", columns, tuple(rows))


def detail_tables(result: Result) -> Iterator[Table]:
    """Which labels are taken for which, characters, MUC's error measures, and curves where there are scores."""
    rows = [
        Row((name, *("" if name == "spurious" and at == len(row) - 1 else str(n) for at, n in enumerate(row))))
        for name, row in zip([*result.labels, "spurious"], result.confusion.tolist(), strict=True)
    ]
    title = "confusion (gold down, predictions across, boundaries partial)"
    yield Table(title, ("", *result.labels, "missed"), tuple(rows))
    rows = []
    for name, found in result.characters.items():
        shown = found.to_dict()
        numbers = (str(shown[key]) for key in ("gold", "predicted", "both"))
        rows.append(Row((name, *numbers, *(figure(shown[ratio]) for ratio in RATIOS))))
    yield Table("characters", ("label", "gold", "pred", "both", "P", "R", "F1"), tuple(rows))
    rows = []
    for name, scheme in result.schemes.items():
        micro = scheme.micro
        ratios = (micro.error, micro.undergeneration, micro.overgeneration, micro.substitution)
        rows.append(Row((name, *map(figure, ratios))))
    yield Table("error measures of MUC", ("scheme", "ERR", "UND", "OVG", "SUB"), tuple(rows))
    if result.curves:
        rows = [
            Row((name, figure(curve.average_precision), figure(curve.threshold), figure(curve.f1)))
            for name, curve in result.curves.items()
        ]
        yield Table("strict, by score", ("label", "average precision", "best threshold", "F1 there"), tuple(rows))


def _aligned(table: Table) -> str:
    lines = [table.columns, *(row.cells for row in table.rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    shown = [
        "  ".join(cell.rjust(width) if at else cell.ljust(width) for at, (cell, width) in enumerate(pairs)).rstrip()
        for pairs in (list(zip(line, widths, strict=True)) for line in lines)
    ]
    return "\n".join([table.title, *shown])
