"""A report as tables: for the terminal, and as Markdown between the marks of the README."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from claimspans.report.formats import markdown_table

from .measure import Measured, Report
from .workload import PER_ARTICLE

if TYPE_CHECKING:
    from rich.table import Table

README = Path(__file__).with_name("README.md")
COLUMNS = ("tool", "version", "counts", "CPU s", "÷ decode", "÷ nervaluate", "wall s", "peak MB", "rounds")
_TEXT = 3  # as many columns are not figures


def rows(report: Report) -> Iterator[list[str]]:
    """A row of `COLUMNS` for each tool."""
    for tool in report.tools:
        figures = [_figure(tool.cpu), _figure(tool.over_decode), _figure(tool.over_nervaluate), _figure(tool.wall)]
        peak = "–" if tool.peak is None else f"{tool.peak / 1e6:,.0f}"
        yield [tool.name, tool.version or "–", tool.counts, *figures, peak, str(tool.rounds or "–")]


def phase_rows(report: Report) -> Iterator[list[str]]:
    """Tool, phase, CPU seconds, and their share of the tool's time."""
    for tool in report.tools:
        whole = sum(tool.phases.values())
        for name, seconds in tool.phases.items():
            yield [tool.name, name, f"{seconds:.2f}", f"{seconds / whole:.0%}"]


def notes(report: Report) -> Iterator[str]:
    """Who agrees with the counts that are right, who does not and by how much, and who has no figure."""
    told = [tool for tool in report.tools if tool.schemes]
    agreeing = [tool for tool in told if not tool.off]
    if agreeing:
        shown = ", ".join(f"{tool.name} ({', '.join(tool.schemes)})" for tool in agreeing)
        yield f"Counts as an optimal matching has them: {shown}."
    for tool in told:
        for scheme, off in tool.off.items():
            shown = ", ".join(f"{field} {by:+,}" for field, by in off.items())
            yield f"{tool.name} differs under {scheme}: {shown}, of {_gold(report):,} gold spans."
    for tool in report.tools:
        if tool.error:
            yield f"{tool.name}: {tool.error}"


def facts(report: Report) -> str:
    """The workload and the machine in one line."""
    m = report.machine
    return (
        f"{report.articles:,} articles, {_gold(report):,} gold spans, {report.variant}. "
        f"{m['processor']}, {m['cores']} cores, {m['memory']}; {m['system']}; {m['python']}."
    )


def terminal(report: Report) -> Iterator[Table]:
    """The two tables for a rich console."""
    yield _rich(facts(report), COLUMNS, list(rows(report)), _TEXT)
    yield _rich("where the time goes", _PHASES, list(phase_rows(report)), 2)


_PHASES = ("tool", "phase", "CPU s", "share")
_SHOWN = ("tool", "CPU s", "÷ decode", "peak MB")
_OWN = "claimspans-api"


def _rich(title: str, columns: Sequence[str], cells: list[list[str]], text: int) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for position, column in enumerate(columns):
        table.add_column(column, justify="left" if position < text else "right", no_wrap=position < text)
    for row in cells:
        table.add_row(*row)
    return table


def markdown(report: Report) -> dict[str, str]:
    """What stands between the marks of the README, by the name of the mark."""
    cells = [[f"{row[0]} {row[1]}", row[3], row[4], row[7]] for row in rows(report)]
    listed = "\n".join(f"- {note}" for note in short_notes(report))
    return {
        f"results {report.variant} {report.articles}": "\n\n".join(
            (facts(report), markdown_table(_SHOWN, cells, names=1), listed)
        )
    }


def short_notes(report: Report) -> Iterator[str]:
    """As `notes`, a line for all tools together; then the phases of the function that scores."""
    told = [tool for tool in report.tools if tool.schemes]
    if agreeing := [tool.name for tool in told if not tool.off]:
        yield f"Counts of an optimal matching: {', '.join(agreeing)}."
    for tool in told:
        if tool.off:
            off = ", ".join(f"{scheme} {fields['COR']:+,}" for scheme, fields in tool.off.items() if "COR" in fields)
            yield f"{tool.name}, COR of {_gold(report):,}: {off}."
    for tool in report.tools:
        if tool.error:
            yield f"{tool.name}: {tool.error}."
        if tool.name == _OWN and (whole := sum(tool.phases.values())):
            shown = ", ".join(f"{name} {seconds / whole:.0%}" for name, seconds in tool.phases.items())
            yield f"{tool.name}: {shown}."


def update(path: Path, parts: dict[str, str]) -> None:
    """Replace what stands between ``<!-- name -->`` and ``<!-- end of name -->``.

    Raises `LookupError` for a name without its marks, before anything is written.
    """
    text = path.read_text(encoding="utf-8")
    for name, part in parts.items():
        before, start, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- end of {name} -->")
        if not start or not end:
            raise LookupError(
                f"{path.name} has no place for “{name}”: add the lines <!-- {name} --> and <!-- end of {name} -->"
            )
        text = f"{before}{start}\n{part}\n\n{end}{after}"
    path.write_text(text, encoding="utf-8")


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:,.2f}"


def _gold(report: Report) -> int:
    return report.articles * PER_ARTICLE


__all__ = [
    "README",
    "Measured",
    "facts",
    "markdown",
    "notes",
    "phase_rows",
    "rows",
    "short_notes",
    "terminal",
    "update",
]
