"""Articles as passages: paragraphs without what lies in zones, for models that read so much at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from ...data.records import Document, Span
from ...text.tokens import Place
from .task import INSIDE_TOKENS, in_zone


class Passage(msgspec.Struct, frozen=True):
    """``text`` begins at ``start`` of article ``doc``; the offsets of ``spans`` are those in ``text``."""

    doc: str
    start: int
    text: str
    spans: tuple[Span, ...]


def passages(document: Document) -> Iterator[Passage]:
    """The paragraphs of an article, cut at line ends and at the edges of zones, zones and blank ones left out.

    A line end inside a span cuts nothing; a span in a zone is in no passage, every other in one. Together the passages
    hold everything that is read.
    """
    text = document.text or ""
    spans = sorted((span for span in document.spans if not in_zone(document, span)), key=lambda span: span.order)
    for start, end in _read(document, text):
        for first, last in _paragraphs(text, start, end, spans):
            inside = [span for span in spans if first <= span.start and span.end <= last]
            edges = [(span.start, span.end) for span in inside]
            stretch = text[first:last]
            if stretch.strip():
                # Without the white space around it, unless that belongs to a span.
                edges.append((last - len(stretch.lstrip()), first + len(stretch.rstrip())))
            if edges:
                begin, stop = min(start for start, _ in edges), max(end for _, end in edges)
                moved = (
                    msgspec.structs.replace(span, start=span.start - begin, end=span.end - begin, text=None)
                    for span in inside
                )
                yield Passage(document.doc, begin, text[begin:stop], tuple(moved))


def _read(document: Document, text: str) -> Iterator[Place]:
    """What lies between the zones."""
    start = 0
    for zone in sorted(document.zones, key=lambda zone: zone.start):
        if start < zone.start:
            yield start, zone.start
        start = max(start, zone.end)
    if start < len(text):
        yield start, len(text)


def _paragraphs(text: str, start: int, end: int, spans: list[Span]) -> Iterator[Place]:
    """The stretches between line ends."""
    ends = (found.start() for found in re.finditer(r"[\r\n]", text[start:end]))
    cuts = [start + place for place in ends if not any(span.start <= start + place < span.end for span in spans)]
    yield from zip([start, *cuts], [*cuts, end], strict=True)


def token_ranges(
    places: Sequence[Place], spans: Iterable[Span], dropped: Counter[str]
) -> Iterator[tuple[int, int, Span]]:
    """Each span with its first and last token, both inclusive; one with an edge inside a token is dropped."""
    starts = {start: number for number, (start, _) in enumerate(places)}
    ends = {end: number for number, (_, end) in enumerate(places)}
    for span in spans:
        if span.start in starts and span.end in ends:
            yield starts[span.start], ends[span.end], span
        else:
            dropped[INSIDE_TOKENS] += 1
