"""A score in the formats of documents and other programs: Markdown, LaTeX, CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..scoring.text_tables import Table, score_tables, unstated

if TYPE_CHECKING:
    from ..scoring.result import Result

FORMATS = ("table", "markdown", "latex", "csv", "json")


def formatted(result: Result, form: str, *, brief: bool = False) -> str:
    """The score in one of `FORMATS` other than table, which is the terminal's; ``brief`` as in `score_tables`."""
    if form == "json":
        return result.to_json(brief=brief) + "\n"
    if form == "csv":
        return csv_text(result.rows())
    tables = score_tables(result, brief=brief)
    if form == "latex":
        return "\n".join(map(_latex, tables)) + f"% {result.signature}\n"
    said = [note for note in (*result.notes, unstated(result)) if note is not None]
    parts = [f"**{cell(table.title)}**\n\n{markdown(table)}" for table in tables]
    return "\n\n".join([*parts, *map(cell, said), f"`{result.signature}`"]) + "\n"


def csv_text(rows: Sequence[dict[str, object]]) -> str:
    """Rows with the same keys as CSV with a header; what is undefined is empty."""
    into = io.StringIO()
    writer = csv.DictWriter(into, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return into.getvalue()


def markdown(table: Table) -> str:
    """A table of figures in Markdown."""
    return markdown_table(table.columns, ([cell(word) for word in row.cells] for row in table.rows), names=1)


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]], *, names: int) -> str:
    """Cells, escaped already, as a table in Markdown: the first ``names`` columns to the left, numbers to the right."""
    rule = ["---"] * names + ["---:"] * (len(head) - names)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *rows))


def cell(words: str) -> str:
    """Words as a cell of a table in Markdown."""
    return words.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _latex(table: Table) -> str:
    columns = "l" + "r" * (len(table.columns) - 1)
    lines = [f"% {_one_line(table.title)}", f"\\begin{{tabular}}{{{columns}}}", "\\hline", _latex_row(table.columns)]
    lines.append("\\hline")
    for row in table.rows:
        lines += ["\\hline"] * (row.kind == "total")
        lines.append(_latex_row(row.cells))
    return "\n".join([*lines, "\\hline", "\\end{tabular}", ""])


def _latex_row(cells: Sequence[str]) -> str:
    return " & ".join(map(_latex_words, cells)) + " \\\\"


_LATEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "–": "--"}


def _latex_words(words: str) -> str:
    """Words with the signs escaped that mean something to LaTeX."""
    return re.sub(r"[\\~^–&%$#_{}]", lambda found: _LATEX.get(found[0], f"\\{found[0]}"), _one_line(words))


def _one_line(words: str) -> str:
    return " ".join(words.split())
