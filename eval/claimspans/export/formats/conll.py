"""Tokens with BIO tags in the columns of CoNLL-2003: a token a line, a blank line behind each passage."""

from __future__ import annotations

from itertools import groupby

from .bio import tagged
from .task import Part, Task, refuse_blanks

HEAD = "-DOCSTART- -X- O O"


def export(task: Task) -> Part:
    """Columns: token, part of speech and chunk, which nobody annotated, and tag (Tjong Kim Sang & De Meulder 2003).

    Raises `ClaimspansError` for a label with a blank.
    """
    refuse_blanks(task.labels, "conll")
    rows, dropped = tagged(task)
    lines: list[str] = []
    for _, of_article in groupby(rows, key=lambda row: row.doc):
        lines += [HEAD, ""]
        for row in of_article:
            lines += [f"{token} -X- O {tag}" for token, tag in zip(row.tokens, row.tags, strict=True)]
            lines.append("")
    return Part("".join(line + "\n" for line in lines).encode(), dropped)
