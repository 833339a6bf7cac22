"""WebAnno TSV 3, the export of WebAnno and INCEpTION: https://webanno.github.io/webanno/releases/3.6.6/docs/user-guide.html"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...text.offset_units import code_points
from ..lines import Line, text_lines
from ..problems import Problem, show_path
from .articles import Articles

FORM = "WebAnno TSV 3"

_HEAD = "#FORMAT=WebAnno TSV 3"
_LABELS = ("label", "value", "type", "identifier")
_VALUE = re.compile(r"(.*?)(?:\[(\d+)\])?")


def is_one(path: Path) -> bool:
    """Whether a file says that it is WebAnno's; a table with tabs has the same ending."""
    first = next(text_lines(path), None)
    return isinstance(first, Problem) or (first is not None and first[1].startswith("#"))


def lines(path: Path, articles: Articles) -> Iterator[Line | Problem]:
    """The spans of the one span layer that has a feature label, value, type or identifier, or the one in use.

    The article is the one whose id is the file's name. Offsets count UTF-16 units, as Java does.
    """
    name = show_path(path)
    features: list[tuple[str, str]] = []
    rows: list[tuple[int, list[str]]] = []
    shown: list[str] = []
    for line in text_lines(path):
        if isinstance(line, Problem):
            yield line
            return
        number, words = line[0], line[1].rstrip("\r\n")
        if number == 1 and not words.startswith(_HEAD):
            yield Problem("form-broken", name, 1, f"“{words[:80]}”; expected {_HEAD}.2 or .3")
            return
        if words.startswith(("#T_SP=", "#T_CH=", "#T_RL=")):
            layer, *of_layer = words[6:].split("|")
            span = words.startswith("#T_SP=")
            features += [(layer if span else "", feature) for feature in of_layer]
        elif words.startswith("#Text="):
            shown.append(words[6:].replace("\\n", "\n"))
        elif re.match(r"\d+-\d+\t", words):
            rows.append((number, words.split("\t")))
    column = _column(features, rows)
    if isinstance(column, str):
        yield Problem("form-unclear", name, None, column)
        return
    text = "\n".join(shown) if articles.texts is None else articles.texts.get(path.stem)
    yield from _records(Line(name, 1, {"doc": path.stem}), rows, column, text, articles)


def _column(features: list[tuple[str, str]], rows: list[tuple[int, list[str]]]) -> int | str:
    """The column of the labels, or why it cannot be told."""
    used = [
        number
        for number, (layer, _) in enumerate(features, 3)
        if layer and any(len(row) > number and row[number] not in ("_", "*") for _, row in rows)
    ]
    named = [number for number in used if features[number - 3][1] in _LABELS] or used
    if len(named) == 1:
        return named[0]
    if not used:
        return 3
    listed = ", ".join(f"{features[number - 3][0]}|{features[number - 3][1]}" for number in named)
    return f"labels may stand in {listed}; export the one layer that is to be read"


def _records(
    head: Line, rows: list[tuple[int, list[str]]], column: int, text: str | None, articles: Articles
) -> Iterator[Line | Problem]:
    units = code_points(text or "", "utf16")
    spans: dict[tuple[str, str], dict[str, Any]] = {}
    for number, row in rows:
        start, end = (units.get(int(offset)) for offset in row[1].split("-"))
        if text is not None and (start is None or end is None or _plain(text[start:end]) != _plain(row[2])):
            found = "nothing" if start is None or end is None else f"“{text[start:end]}”"
            detail = f"“{row[2]}” at {row[1]}, where article {head.data['doc']} has {found}"
            yield Problem("article-unnamed", head.path, number, detail)
            return
        cell = row[column] if len(row) > column else "_"
        for each in cell.split("|") if cell not in ("_", "") else ():
            value = _VALUE.fullmatch(each)
            label, index = (value[1], value[2] or row[0]) if value else (each, row[0])
            span = spans.setdefault((label, index), {"label": label.replace("\\", ""), "start": start, "end": end})
            span["end"] = end
    yield from articles.records(head, list(spans.values()), text if articles.texts is None else None)


def _plain(words: str) -> str:
    return "".join(words.replace("\\", "").split())
