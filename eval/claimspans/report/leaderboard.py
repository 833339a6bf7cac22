"""A leaderboard as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..data.escapes import markdown as escaped
from ..data.escapes import markdown_code
from ..data.problems import counted
from ..scoring.counts import Counts
from ..scoring.text_tables import capability_table, failures, figure
from .formats import markdown_table

if TYPE_CHECKING:
    from ..scoring.leaderboard import Leaderboard, Row
    from ..scoring.scheme_score import SchemeScore


def markdown(board: Leaderboard, command: str) -> str:
    """The whole file; ``command`` is the one that makes it."""
    parts = [
        "# Leaderboard",
        f"Made by {markdown_code(command)} from the systems' run folders.",
        _what_it_shows(board),
        _main(board),
        "Strict F1 by label:",
        _by_label(board),
        *_by_capability(board.rows),
        *_notes(board.rows),
        markdown_code(board.signature),
    ]
    return "\n\n".join(parts) + "\n"


def _what_it_shows(board: Leaderboard) -> str:
    articles = counted(board.articles, "article")
    said = (
        f"Ranks are by strict F1 over {articles}. Systems that an exact paired randomisation over "
        "articles (Holm-corrected, p < 0.05) does not tell apart share their ranks: 1–3 is any of the first three."
    )
    if board.smallest_p is not None and board.smallest_p >= 0.05:
        said += (
            f" With {articles} the smallest p that can come out is {board.smallest_p:.4g}: no two "
            "systems can be told apart here, however far their figures lie from each other."
        )
    if board.silent:
        said += f" Left out, for they gave no span: {', '.join(map(escaped, board.silent))}."
    return said


def _main(board: Leaderboard) -> str:
    ratios = ("P", "R", "F1 (95 %)")
    figures = [f"{scheme} {ratio}" for scheme in ("strict", "partial") for ratio in ratios]
    claims = any(row.result.claims["whole"].POS or row.result.claims["whole"].ACT for row in board.rows)
    head = ("place", "rank", "system", "date", *figures, *(["claims F1"] if claims else []), "articles answered")
    rows = [
        (
            str(row.place),
            "–" if row.rank is None else "–".join(map(str, dict.fromkeys(row.rank))),
            f"**{escaped(row.name)}** {markdown_code(row.uri, cell=True)}",
            escaped(row.date),
            *_figures(row.result["strict"]),
            *_figures(row.result["partial"]),
            *([figure(row.result.claims["whole"].f1)] if claims else []),
            f"{row.answered} of {board.articles}",
        )
        for row in board.rows
    ]
    return markdown_table(head, rows, names=3)


def _figures(scored: SchemeScore) -> tuple[str, str, str]:
    ends = scored.interval.get("f1")
    interval = "" if ends is None else f" ({ends[0]:.3f}–{ends[1]:.3f})"
    micro = scored.micro
    return figure(micro.precision), figure(micro.recall), figure(micro.f1) + interval


def _by_label(board: Leaderboard) -> str:
    rows = [
        (escaped(row.name), *(figure(row.result["strict"].labels.get(label, Counts()).f1) for label in board.labels))
        for row in board.rows
    ]
    return markdown_table(("system", *map(escaped, board.labels)), rows, names=1)


def _by_capability(rows: Sequence[Row]) -> Iterator[str]:
    """What each system cannot read yet, where the corpus says what its texts are about."""
    scored = [row for row in rows if row.result.capabilities]
    if not scored:
        return
    yield "## What a system cannot read yet"
    yield (
        "Each text is about a capability, and is passed or not as a whole. The weakest capability stands first, with a "
        "text that is not passed; those of the half `test` are not shown, so that nobody mends a system by them."
    )
    for row in scored:
        table, examples = capability_table(row.result), failures(row.result)
        names = [line.cells[0] for line in table.rows]
        lines = [
            (escaped(name), *line.cells[1:], escaped(examples.get(name, "")))
            for name, line in zip(names, table.rows, strict=True)
        ]
        yield f"### {escaped(row.name)}"
        yield markdown_table(("capability", *table.columns[1:], "for example"), lines, names=1)


def _notes(rows: Sequence[Row]) -> list[str]:
    listed = [
        f"- **{escaped(row.name)}**: {escaped(row.version)}." + (f" {escaped(row.note)}" if row.note else "")
        for row in rows
    ]
    return ["What ran:", "\n".join(listed)]
