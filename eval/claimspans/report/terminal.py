"""Scores and problems for the terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from ..data.escapes import terminal
from ..data.problems import short

if TYPE_CHECKING:
    from ..data.problems import Problem
    from ..scoring.counts import Counts
    from ..scoring.result import Result

PIPE_WIDTH = 120


def console(*, stderr: bool = False) -> Console:
    """A console as wide as the terminal; in a pipe wide enough that no table loses a column."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else PIPE_WIDTH
    return EscapedConsole(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)


class EscapedConsole(Console):
    """A console on which no text that is printed is obeyed."""

    def render_str(self, text: str, **settings: Any) -> Text:
        """A text, before it is measured."""
        return super().render_str(terminal(text), **settings)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Whatever else has words in it; rich's own controls are segments apart."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(terminal(segment.text), segment.style)

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


def new_table(title: str, columns: Sequence[str], *, numbers: bool = True) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", header_style="dim", box=None, pad_edge=False)
    for index, column in enumerate(columns):
        right = numbers and index > 0
        table.add_column(column, justify="right" if right else "left", no_wrap=right, overflow="fold")
    return table


def _counts(counts: Counts) -> list[str]:
    whole = (counts.POS, counts.ACT, counts.COR, counts.INC, counts.PAR, counts.MIS, counts.SPU)
    return [*map(str, whole), *map(figure, (counts.precision, counts.recall, counts.f1))]
