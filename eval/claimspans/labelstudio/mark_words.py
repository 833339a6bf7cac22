"""Marks that say which words they cover: whether these stand where the offsets point, and offsets in UTF-16."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..text.offset_units import code_points
from .fields import LABELS

_BLANK = re.compile(r"\\n|\s+")
"""Blanks, and what the page writes for a line's end: in them alone what a mark says may differ from the article."""


def says_what_is_there(row: Any, text: str) -> bool:
    """Whether the words of a mark, if it says any, are those at its offsets, code points of the article."""
    place = _place(row)
    if place is None:
        return True
    start, end, words = place
    return _BLANK.sub("", words) == _BLANK.sub("", text[start:end])


def in_code_points(rows: Sequence[Any], text: str) -> Sequence[Any]:
    """The rows, their offsets taken for UTF-16 where some marks do not fit as they are and then all of them do.

    Label Studio's page counts code points; other programs that write annotations count as JavaScript does.
    """
    if all(says_what_is_there(row, text) for row in rows):
        return rows
    offsets = code_points(text, "utf16")
    read = [_read(row, offsets) for row in rows]
    return read if all(says_what_is_there(row, text) for row in read) else rows


def _place(row: Any) -> tuple[int, int, str] | None:
    """Start, end and words of a mark that says them."""
    if not isinstance(row, dict) or row.get("from_name") != LABELS or not isinstance(row.get("value"), dict):
        return None
    start, end, words = (row["value"].get(name) for name in ("start", "end", "text"))
    return (start, end, words) if isinstance(start, int) and isinstance(end, int) and isinstance(words, str) else None


def _read(row: Any, offsets: Any) -> Any:
    """A row with its offsets in code points; one inside a character stays, and then does not fit."""
    value = row.get("value") if isinstance(row, dict) else None
    if not isinstance(value, dict):
        return row
    places = {name: offsets.get(value[name], value[name]) for name in ("start", "end") if type(value.get(name)) is int}
    return {**row, "value": value | places}
