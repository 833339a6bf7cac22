"""An annotation file as its records with their line numbers: what levels 4 and 5 read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from ..lines import Line
from ..problems import Problem
from ..records import Claim, Span, Zone, claim_of, span_of, zone_of


class Sheet:
    """The records of one file that held at levels 1 to 3."""

    def __init__(self, path: str, doc: str, text: str, numbered: list[tuple[int, Span | Zone | Claim]]) -> None:
        self.path = path
        self.doc = doc
        self.text = text
        self._numbered = numbered

    @classmethod
    def of(cls, lines: list[Line], texts: Mapping[str, str]) -> Sheet:
        makers: dict[str, Callable[[Mapping[str, Any]], Span | Zone | Claim]]
        makers = {"span": span_of, "zone": zone_of, "claim": claim_of}
        doc = lines[0].data["doc"]
        numbered = [
            (line.number, makers[line.data["type"]](line.data)) for line in lines if line.data["type"] in makers
        ]
        return cls(lines[0].path, doc, texts[doc], numbered)

    @cached_property
    def spans(self) -> list[Span]:
        return [record for _, record in self._numbered if isinstance(record, Span)]

    @cached_property
    def zones(self) -> list[Zone]:
        return [record for _, record in self._numbered if isinstance(record, Zone)]

    @cached_property
    def claims(self) -> list[Claim]:
        return [record for _, record in self._numbered if isinstance(record, Claim)]

    @cached_property
    def by_id(self) -> Mapping[str, Span | Claim]:
        return {
            record.id: record for _, record in self._numbered if not isinstance(record, Zone) and record.id is not None
        }

    def quote(self, record: Span | Zone | Claim) -> str:
        return record.id or "" if isinstance(record, Claim) else self.text[record.start : record.end]

    def problem(self, kind: str, record: Span | Zone | Claim, detail: str) -> Problem:
        """A problem at the line of a record, with its text."""
        number = next(number for number, other in self._numbered if other is record)
        return Problem(kind, self.path, number, detail, self.quote(record))
