"""Rows of the published dataset as records, whichever of its tables they are from, in any order and mixed.

Rows of ``documents`` and ``spans`` are records already. Rows of ``sentences`` and ``tokens`` give an article's spans
and zones piece by piece, rows of ``claims`` the claim with the spans that it names, rows of ``passes`` and
``predictions`` an article as one layer or system has it; so have the rows that `claimspans.batch` gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from ..lines import Line
from ..prediction_rows import is_prediction_row, record_of, told
from ..problems import Problem
from .token_tags import spans_of

SELECTOR = "#"
"""Between a file of several layers or systems and the name of the one that is meant."""

_MARKS = frozenset({"fold", "evidence", "layer", "system", "sentence", "token_starts"})
_PIECE = frozenset({"doc", "sentence", "start", "end", "zone"})
_SPAN = ("id", "label", "start", "end", "text", "score")


def is_row(data: Mapping[str, Any]) -> bool:
    """Whether an object is a row of ``sentences`` or ``tokens``, which other tools have in like forms."""
    return data.keys() >= _PIECE and ("spans" in data or _has_tags(data))


def _has_tags(data: Mapping[str, Any]) -> bool:
    return all(isinstance(data.get(name), list) for name in ("tags", "token_starts", "token_ends"))


def records(lines: Iterable[Line | Problem], selected: str | None = None) -> Iterator[Line | Problem]:
    """The lines with published rows as records; all others as they are.

    ``selected`` is the layer or system whose articles are meant. Without it rows of several are a problem.
    """
    rows = _Rows(selected)
    for line in lines:
        if isinstance(line, Problem):
            yield line
        elif is_prediction_row(line.data):
            yield _line(line, record_of(line.data))
        elif not _MARKS & line.data.keys():
            yield line
        else:
            yield from rows.take(line)
    yield from rows.rest()
    if selected is not None and not rows.found:
        held = ", ".join(rows.names) or "no rows of a layer or a system"
        yield Problem("form-unclear", selected, None, f"no layer or system {selected}; the file holds {held}")


class _Rows:
    """Published rows while they are read."""

    def __init__(self, selected: str | None) -> None:
        self._selected = selected
        self.names: dict[str, None] = {}
        self.found = False
        self._docs: set[str] = set()
        self._ids: set[tuple[str, str]] = set()
        self._evidence: dict[tuple[str, str], Line] = {}
        self._zone: Line | None = None

    def take(self, line: Line) -> Iterator[Line | Problem]:
        data = line.data
        if is_row(data):
            yield from self._take_piece(line)
        elif "evidence" in data and "event" in data:
            yield from self._take_claim(line)
        elif "spans" in data and ("layer" in data or "system" in data):
            yield from self._take_article(line)
        else:
            self._ids.add((str(data.get("doc")), str(data.get("id"))))
            yield line

    def rest(self) -> Iterator[Line]:
        """What is complete only when everything was read: the last zone, and spans that only claims have told."""
        yield from [self._zone] if self._zone is not None else []
        yield from (line for key, line in self._evidence.items() if key not in self._ids)

    def _take_piece(self, line: Line) -> Iterator[Line]:
        """A sentence's spans; neighbours in one zone are one zone of the article."""
        data = line.data
        doc = data["doc"]
        if doc not in self._docs:
            self._docs.add(doc)
            yield _line(line, {"type": "document", "doc": doc})
        zone = self._zone.data if self._zone is not None else {}
        if (zone.get("doc"), zone.get("zone")) == (doc, data["zone"]):
            zone["end"] = data["end"]
        else:
            yield from [self._zone] if self._zone is not None else []
            here = {"type": "zone", "doc": doc, "zone": data["zone"], "start": data["start"], "end": data["end"]}
            self._zone = _line(line, here) if data["zone"] is not None else None
        if _has_tags(data):
            places = list(zip(data["token_starts"], data["token_ends"], strict=False))
            spans = [*spans_of(data["tags"], places), *data.get("dropped", ())]
        else:
            first = data["start"]
            spans = [one | {"start": one["start"] + first, "end": one["end"] + first} for one in data["spans"]]
        yield from (_line(line, {"doc": doc, **span}) for span in spans)

    def _take_claim(self, line: Line) -> Iterator[Line]:
        data = line.data
        for span in data["evidence"]:
            words = {name: span[name] for name in _SPAN if name in span}
            self._evidence[data["doc"], span["id"]] = _line(line, {"doc": data["doc"], **words})
        left = {name: value for name, value in data.items() if name not in ("evidence", "fold")}
        yield _line(line, {"type": "claim", **left})

    def _take_article(self, line: Line) -> Iterator[Line | Problem]:
        """An article of the layer or system that is meant, of a system with the attributes that it told alone."""
        data = line.data
        name = str(data.get("layer", data.get("system")))
        self.names[name] = None
        if self._selected is None and len(self.names) > 1:
            one, other = list(self.names)[:2]
            detail = f"rows of {one} and of {other}: name one behind the path, as in PATH{SELECTOR}{one}"
            yield Problem("form-unclear", line.path, line.number, detail)
        elif self._selected in (None, name):
            self.found = True
            spans = [told(span) if "given" in span else span for span in data["spans"]]
            yield _line(line, data | {"spans": spans})


def _line(line: Line, data: dict[str, Any]) -> Line:
    return msgspec.structs.replace(line, data=data)
