"""A text as a parser reads it: without signs that nobody sees or that only dress it, odd blanks and hyphens plain."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

import msgspec

from ....data.records import Span
from .foreign_names import stand_ins
from .states import REAL, States
from .typography import rewrites

_WRITTEN = dict.fromkeys("\t\u00a0\u202f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " ")
_WRITTEN |= {"\u2010": "-", "\u2011": "-", "\u2012": "-"}
_WRITTEN |= {"\u02bc": "’", "´": "’", "＇": "’", "「": "“", "『": "“", "」": "”", "』": "”"}
_WRITTEN |= {
    chr(sign): unicodedata.normalize("NFKC", chr(sign)) for sign in (*range(0xFB00, 0xFB07), *range(0xFF21, 0xFF5B))
}


class CleanText:
    """A text as it is read, and where each of its characters stands in the source."""

    def __init__(self, source: str, known: States = REAL) -> None:
        self.source = source
        signs: list[str] = []
        self._places: list[int] = []
        rewritten = rewrites(source, known)
        self._stand_ins: dict[str, str] = {}
        for start, end, name in stand_ins(source):
            rewritten |= dict.fromkeys(range(start, end), "") | {start: name[:-1], end - 1: name[-1]}
            self._stand_ins[name] = "".join(sign for sign in source[start:end] if unicodedata.category(sign) != "Cf")
        for place, sign in enumerate(source):
            plain = "" if unicodedata.category(sign) == "Cf" else _WRITTEN.get(sign, sign)
            written = rewritten.get(place, plain)
            signs.append(written)
            self._places += [place] * len(written)
        self.text = "".join(signs)

    def in_source(self, spans: Iterable[Span]) -> Iterator[Span]:
        """Spans of the clean text at their places in the source."""
        for span in spans:
            start, end = self._places[span.start], self._places[span.end - 1] + 1
            attributes = dict(span.attributes)
            if self._stand_ins and isinstance(entity := attributes.get("entity"), str):
                attributes["entity"] = " ".join(self._stand_ins.get(word, word) for word in entity.split(" "))
            yield msgspec.structs.replace(
                span, start=start, end=end, text=self.source[start:end], attributes=attributes
            )
