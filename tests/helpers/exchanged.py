"""Articles with mentions to exchange, and what must be true of every exchange."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import msgspec
from hypothesis import strategies as st

from claimspans import Document, Span
from claimspans.data.exchange.article import Exchanged, Known, exchange, names_for
from claimspans.data.exchange.gazetteer import Gazetteer
from claimspans.data.exchange.mentions import EditedText
from claimspans.data.exchange.names import NameIndex, names_of
from claimspans.data.records import Zone
from claimspans.data.schema import Schema, default_schema
from claimspans.data.states import real_states

from .labelstudio_articles import claims, spans

PIECES = [
    "North Korea", "Korea", "DPRK", "the North", "U.S.", "the US", "an American", "Russian-made", "Kyiv's", "russia",
    "Kim Jong Un", "Kim", "May", "an ", " a ", "said ", " ", "\n", "\u00a0", "👩\u200d👩\u200d👧", "e\u0301", "שלום ",
    "\u00ad", '"', "“", "” ", "« ", "3 May 2024", "last Tuesday", "2024-05-03", "VIII.II.MMXXIV", "3.5m", "10-15",
    "over 16,500 containers", "twenty-five", "two hundred and fifty", "15 per cent", "KN-23 missiles", "152mm shells",
    " 12 ", ".", ", ",
]  # fmt: skip


@cache
def world() -> Gazetteer:
    return Gazetteer(real_states())


def known_of_spans(documents: Iterable[Document], schema: Schema | None = None) -> Known:
    """What is known of documents that are in no corpus."""
    documents = list(documents)
    ordinary = {word for one in documents for word in (one.text or "").split() if word.islower()}
    index = NameIndex({*names_of(documents)}, ordinary | world().words)
    return Known(world(), index, schema or default_schema())


def exchanged(document: Document, seed: int = 1, schema: Schema | None = None) -> Exchanged:
    known = known_of_spans([document], schema)
    return exchange(document, names_for([document], known, seed, {}), seed)


def article(text: str, *marks: tuple[str, str, dict[str, Any]], published: str | None = "2024-05-03") -> Document:
    """An article with spans on these words, each at its first place behind the one before."""
    found, behind = [], 0
    for number, (label, words, attributes) in enumerate(marks, 1):
        start = text.index(words, behind)
        behind = start + 1
        place = (start, start + len(words))
        made = Span(id=f"s{number}", label=label, start=place[0], end=place[1], text=words, attributes=attributes)
        found.append(made)
    return Document(doc="d", text=text, published=published, spans=tuple(found))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Spans anywhere, nested and overlapping, with attributes that fit what stands there or do not."""
    text = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=20).map("".join))
    marked = []
    for span in draw(spans(text)):
        given = dict(span.attributes)
        if "entity" in given:
            given["entity"] = draw(st.sampled_from(["Kim Jong Un", "North Korea", "Kim", "officials"]))
        if "edtf" in given:
            given["edtf"] = draw(st.sampled_from(["2024-05-03", "2024-05", "2024", "2023-05/2024-05"]))
        if "value" in given:
            given["value"] = draw(st.sampled_from([16500, 25, 12, 250, 0.15, None]))
        marked.append(msgspec.structs.replace(span, attributes=given))
    ends = sorted(draw(st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text)))))
    zones = (Zone(kind="boilerplate", start=ends[0], end=ends[1]),) if ends[0] < ends[1] else ()
    published = draw(st.sampled_from([None, "2024", "2024-05", "2024-05-03"]))
    return Document(
        doc="d", text=text, published=published, zones=zones, spans=tuple(marked), claims=tuple(draw(claims(marked)))
    )


def check_exchange(before: Document, made: Exchanged, schema: Schema) -> None:
    """Nothing but the mentions changed, everything is carried along, and the inverse gives the original back."""
    after, text = made.document, before.text or ""
    back = EditedText(after.text or "", made.edited.inverse)
    assert back.text == text
    assert [edit.new for edit in back.inverse] == [
        (after.text or "")[edit.start : edit.end] for edit in made.edited.inverse
    ]
    assert after.doc == before.doc
    for one, other in zip(before.spans, after.spans, strict=True):
        assert (one.id, one.label, one.score) == (other.id, other.label, other.score)
        assert other.text == (after.text or "")[other.start : other.end]
        assert (back.offset(other.start), back.offset(other.end)) == (one.start, one.end)
    for zone, moved in zip(before.zones, after.zones, strict=True):
        assert (zone.kind, zone.start, zone.end) == (moved.kind, back.offset(moved.start), back.offset(moved.end))
    for label in schema.labels.values():
        pairs = [pair for pair in zip(before.spans, after.spans, strict=True) if pair[0].label == label.name]
        for attribute in label.attributes:
            values = [
                (one.attributes.get(attribute.name), other.attributes.get(attribute.name)) for one, other in pairs
            ]
            if attribute.choices or attribute.compare == "spans":
                assert all(old == new for old, new in values)
            same_for_same(values)
    for claim, new in zip(before.claims, after.claims, strict=True):
        told = ("supplier", "recipient", "user", "parties")
        kept = [field for field in claim.__struct_fields__ if field not in told]
        assert [getattr(claim, field) for field in kept] == [getattr(new, field) for field in kept]


def same_for_same(values: Sequence[tuple[Any, Any]]) -> None:
    """Equal ones stay equal, and different ones different."""
    for place in (0, 1):
        seen: dict[str, Any] = {}
        for pair in values:
            assert seen.setdefault(repr(pair[place]), pair[1 - place]) == pair[1 - place]
