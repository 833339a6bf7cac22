"""A text that nearly is an article: which of its tokens are the article's, and where the article's spans stand in it.

The published tables hold no words but those of spans. So the tokens are matched by their lengths, and each span is then
looked for, by its words, where its tokens are: with other white space, other quotation marks and a page's furniture
around it an article is still found, and no span is placed where other words stand.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

import msgspec

from ..data.records import Document, Span, Zone, claim_of, zone_of
from ..data.schema import Schema
from ..extractors.claim_references import resolved
from ..text.quotes import Quote, align_quotes
from ..text.shingles import shingles
from ..text.tokens import Place, tokens

LEAST = 0.6
"""The share of an article's tokens that a near copy has in their order; another article has next to none."""

_RUN = 3
"""Tokens in a row that must have the same lengths, each with its neighbours, to be taken for the same."""
_CONTEXT = 400
"""Characters around the expected place of a span that the aligner is told."""

Row = Mapping[str, Any]


class NearCopy:
    """A text in which an article's tokens, at ``places``, are found again as far as they are there."""

    def __init__(self, places: Sequence[Place], text: str) -> None:
        self.text = text
        self._places = places
        self._here = tokens(text, 0, len(text))
        self._starts = [start for start, _ in places]
        self._at: dict[int, int] = {}
        ours, theirs = _shapes(places), _shapes(self._here)
        if (Counter(ours) & Counter(theirs)).total() >= LEAST * len(ours) / 2:  # what is far from it costs no time
            matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
            for first, other, size in matcher.get_matching_blocks():
                # The neighbours of a run have the same lengths too.
                self._at |= {first + k: other + k for k in range(-1, size + 1)} if size >= _RUN else {}
        self._at = {ours: here for ours, here in self._at.items() if ours in range(len(places))}
        self._known = sorted(self._at)
        self.share = len(self._at) / len(places) if places else 0.0

    def place(self, start: int, end: int) -> Place | None:
        """Where the tokens of a part of the article stand, the same number of them; None where they do not."""
        first, last = self._inside(start, end)
        if first not in self._at or last not in self._at or self._at[last] - self._at[first] != last - first:
            return None
        return self._here[self._at[first]][0], self._here[self._at[last]][1]

    def zone(self, start: int, end: int) -> Place | None:
        """From the first to the last token of a part of the article that is there; None without any."""
        first, last = self._inside(start, end)
        known = self._known[bisect_left(self._known, first) : bisect_right(self._known, last)]
        return (self._here[self._at[known[0]]][0], self._here[self._at[known[-1]]][1]) if known else None

    def between(self, start: int, end: int) -> Place:
        """The part of the text between the known tokens before and behind a part of the article."""
        first, last = self._inside(start, end)
        before, behind = bisect_left(self._known, first), bisect_right(self._known, last)
        low = self._here[self._at[self._known[before - 1]]][1] if before else 0
        high = self._here[self._at[self._known[behind]]][0] if behind < len(self._known) else len(self.text)
        return low, high

    def _inside(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last token that lie between two offsets of the article."""
        return bisect_left(self._starts, start), bisect_left(self._starts, end) - 1

    def spans(self, spans: Sequence[Span]) -> list[Span | None]:
        """The spans with their places in the text and its words there, None where it does not have them.

        A span whose words are not known stands where its tokens do; the others are placed by `align_quotes`.
        """
        worded = [span for span in spans if span.text is not None]
        found = dict(zip(map(id, worded), align_quotes(self.text, [self._quote(one) for one in worded]), strict=True))
        placed: list[Span | None] = []
        for span in spans:
            if id(span) in found:
                aligned = found[id(span)]
                low, high = self.between(span.start, span.end)
                here = (
                    aligned.start is not None and aligned.end is not None and low <= aligned.start < aligned.end <= high
                )
                place = (aligned.start, aligned.end) if here else None
            else:
                place = self.place(span.start, span.end)
            placed.append(None if place is None else _moved(span, place, self.text))
        return placed

    def _quote(self, span: Span) -> Quote:
        """The span's words, and what stands around the place where they are expected."""
        low, high = self.place(span.start, span.end) or self.between(span.start, span.end)
        return Quote(
            label=span.label,
            quote=span.text or "",
            before=self.text[max(0, low - _CONTEXT) : low],
            after=self.text[high : high + _CONTEXT],
        )


def _moved(span: Span, place: tuple[Any, Any], text: str) -> Span:
    start, end = place
    return msgspec.structs.replace(span, start=start, end=end, text=text[start:end])


def _shapes(places: Sequence[Place]) -> list[tuple[int, ...]]:
    """The length of each token with those of its neighbours."""
    return shingles([0, *(end - start for start, end in places), 0], 3) if places else []


def nearest(places: Sequence[Place], texts: Iterable[str]) -> NearCopy | None:
    """The text that has most of an article's tokens; None where none has enough."""
    copies = (NearCopy(places, text) for text in texts)
    best = max(copies, key=lambda copy: copy.share, default=None)
    return best if best is not None and best.share >= LEAST else None


def reanchored(row: Row, copy: NearCopy, schema: Schema) -> tuple[Document, list[str]]:
    """An article of a table as a Document with the copy's text, and in words what has no place in it.

    ``row`` has the article's spans, and its zones and claims if the table has them.
    """
    told = [_span(one, schema) for one in row["spans"]]
    spans = copy.spans(told)
    zones = [(zone_of(one), copy.zone(one["start"], one["end"])) for one in row.get("zones", ())]
    kept = tuple(span for span in spans if span is not None)
    claims, lost = resolved([claim_of(one) for one in row.get("claims", ())], kept, any_label=True)
    missing = [
        f"{old.label} {old.id} “{old.text}”" if old.text is not None else f"{old.label} at {old.start}–{old.end}"
        for old, new in zip(told, spans, strict=True)
        if new is None
    ]
    missing += [f"zone {zone.kind} at {zone.start}–{zone.end}" for zone, place in zones if place is None]
    missing += [f"a claim: its {detail}" for _, detail in lost]
    document = Document(
        doc=row["doc"],
        text=copy.text,
        zones=tuple(Zone(kind=zone.kind, start=place[0], end=place[1]) for zone, place in zones if place is not None),
        spans=kept,
        claims=claims,
    )
    return document, missing


def _span(row: Row, schema: Schema) -> Span:
    """The span of a nested row, with the attributes of its label, of a prediction those that its system told."""
    names = [each.name for each in schema.labels[row["label"]].attributes]
    told = names if row.get("given") is None else row["given"]
    values = {name: row[name] for name in names if name in told}
    return Span(
        label=row["label"],
        start=row["start"],
        end=row["end"],
        id=row["id"],
        text=row["text"],
        score=row.get("score"),
        attributes={name: tuple(value) if isinstance(value, list) else value for name, value in values.items()},
    )
