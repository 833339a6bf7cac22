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
from ..scoring.text_tables import Table as Figures
from ..scoring.text_tables import figure

if TYPE_CHECKING:
    from ..data.problems import Problem

__all__ = ["console", "figure", "figure_table", "new_table", "print_table", "problem_lines"]

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


def figure_table(table: Figures) -> Table:
    """A table of figures for the terminal."""
    shown = new_table(table.title, table.columns)
    for row in table.rows:
        if row.kind == "total":
            shown.add_section()
        shown.add_row(*map(Text, row.cells), style={"total": "bold", "interval": "dim"}.get(row.kind))
    return shown


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
