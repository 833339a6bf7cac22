"""Text that others wrote on its way out: escaped once at each exit, for a terminal, for Markdown, for CSV.

A terminal obeys control characters (ECMA-48: ``ESC [``, and U+009B alike; OSC; BEL), and shows text in another order
than it stands in behind a bidirectional control (CVE-2021-42574). A spreadsheet reckons with a cell that begins like a
formula. HTML is escaped by its templates.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""All but tab and line feed."""


def terminal(text: str) -> str:
    """The text without anything that a terminal obeys: a control is written ``\\u001b``, which JSON reads as before."""
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def one_line(text: str) -> str:
    """The text on one line: a line feed that somebody put into a name is written ``\\n``."""
    return terminal(text.replace("\n", "\\n"))


class EscapedStream:
    """A stream to a terminal, or to whatever stands in its place, that escapes all that is written into it.

    rich styles what it prints with controls of its own: it writes past this, and `claimspans.report.terminal` escapes
    the words before it styles them.
    """

    def __init__(self, stream: TextIO) -> None:
        self.rich_proxied_file = stream  # the name that rich looks for

    def write(self, text: str) -> int:
        self.rich_proxied_file.write(terminal(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":
            raise AttributeError(name)  # bytes would go past the escape
        return getattr(self.rich_proxied_file, name)


_MARKS = re.compile(
    r"[\\`*\[\]<>|~]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # inside a word it is no emphasis
    r"|&(?=#?\w+;)"
    r"|^[#+=-]|(?<=^\d)[.)]"  # a heading, a list, a rule, where a line begins with it
)


def markdown(text: str) -> str:
    """The text as words on one line of Markdown, in a cell, a heading or a list (GitHub Flavored Markdown 0.29)."""
    return _MARKS.sub(lambda found: f"\\{found[0]}", terminal(" ".join(text.split())))


def markdown_code(text: str, *, cell: bool = False) -> str:
    """The text as code in a line of Markdown, or in a ``cell`` of a table, where a bar ends one even in code."""
    shown = terminal(" ".join(text.split()))
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    shown = shown.replace("|", "\\|") if cell else shown
    return f"{fence} {shown} {fence}" if len(fence) > 1 else f"`{shown or ' '}`"


_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], quoting: int = csv.QUOTE_MINIMAL) -> str:
    """A table as CSV (RFC 4180, but line feeds alone); what a row has not is empty.

    A cell of words that a spreadsheet would reckon with begins with an apostrophe (OWASP, "CSV Injection"), and so does
    one that looks as if it had one already, so that it can be taken off again; numbers stay as they are.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n", restval="", quoting=quoting)  # type: ignore[arg-type]
    writer.writerow({name: _cell(name) for name in columns})
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
