"""Any spans of any text: each is at its place in a format, or counted as one that the format does not hold."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimspans import ClaimspansError, Document, Schema, Span, Zone
from claimspans.data.layer import Layer
from claimspans.data.records import Value
from claimspans.export.formats import Part
from claimspans.export.formats.passages import passages
from claimspans.export.formats.task import in_zone
from claimspans.export.training_files import export

from ..helpers.standoff import read_configuration, read_standoff
from .test_export import content, from_bio, from_langextract, lines

Places = Counter[tuple[str, int, int]]
Read = Callable[[Document, Part], Places]

SIGNS = [
    "a",
    "B",
    "4",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\r",
    "-",
    "’",
    ".",
    "\t",
    "é",
    "e\u0301",
    "🚀",
    "👩\u200d🚀",
    "\u00a0",
]
SIGNS += ["\u2028", "\x85"]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(st.lists(st.sampled_from(SIGNS), max_size=16).map("".join))

    def places(most: int) -> Iterator[tuple[int, int]]:
        for _ in range(draw(st.integers(0, most)) if text else 0):
            start = draw(st.integers(0, len(text) - 1))
            yield start, draw(st.integers(start + 1, len(text)))

    spans = [Span(label=draw(st.sampled_from("LM")), start=start, end=end) for start, end in places(4)]
    zones = [Zone(kind="menu", start=start, end=end) for start, end in places(2)]
    return Document(doc="d", text=text, spans=tuple(spans), zones=tuple(zones))


def of_bio(_: Document, part: Part) -> Places:
    return Counter((label, start, end) for _, label, start, end in from_bio(part))


def of_langextract(_: Document, part: Part) -> Places:
    return Counter((label, start, end) for _, label, start, end in from_langextract(part))


def of_gliner(document: Document, part: Part) -> Places:
    found: Places = Counter()
    assert isinstance(part.content, bytes)
    for row in json.loads(part.content):
        places, place = [], row["start"]
        for word in row["tokenized_text"]:
            start = (document.text or "").index(word, place)
            place = start + len(word)
            places.append((start, place))
        found.update((label, places[first][0], places[last][1]) for first, last, label in row["ner"])
    return found


def of_gliner2(document: Document, part: Part) -> Places:
    """Its lines do not say where they stand: they are the passages that have a word, in order."""
    found: Places = Counter()
    stands = [passage for passage in passages(document) if passage.text.strip()]
    for row, passage in zip(lines(part), stands, strict=True):
        assert row["input"] == passage.text
        found.update(
            (label, passage.start + each["start"], passage.start + each["end"])
            for label, those in row["output"]["entities"].items()
            for each in those
        )
    return found


def of_csv(document: Document, part: Part) -> Places:
    assert isinstance(part.content, bytes)
    rows = list(csv.DictReader(io.StringIO(part.content.decode(), newline="")))
    said = [re.sub(r"^'(?='*[=+\-@\t\r])", "", row["text"]) for row in rows]  # the mark of what looks like a formula
    assert said == [(document.text or "")[int(row["start"]) : int(row["end"])] for row in rows]
    return Counter((row["label"], int(row["start"]), int(row["end"])) for row in rows)


@pytest.mark.parametrize(
    ("form", "read"),
    [("bio", of_bio), ("csv", of_csv), ("gliner", of_gliner), ("gliner2", of_gliner2), ("langextract", of_langextract)],
)
@given(document=documents())
@example(Document(doc="d", text=""))
@example(Document(doc="d", text="Hi Ann \n bye", spans=(Span(label="L", start=3, end=7),)))
@example(Document(doc="d", text="Hi \n\n bye", spans=(Span(label="L", start=3, end=5),)))
@example(Document(doc="d", text="a-b c", spans=(Span(label="L", start=2, end=5), Span(label="L", start=4, end=5))))
def test_a_span_is_at_its_place_or_counted(form: str, read: Read, document: Document) -> None:
    part = content(form, [document], None)
    found = read(document, part)
    given_places = Counter((span.label, span.start, span.end) for span in document.spans)
    assert found <= given_places
    lost = sum(count for reason, count in part.dropped.items() if "spans" in reason)
    assert found.total() + lost == len(document.spans)


@given(documents())
def test_passages_have_every_span_that_is_read_once(document: Document) -> None:
    found = list(passages(document))
    text = document.text or ""
    assert all(text.startswith(passage.text, passage.start) and passage.text for passage in found)
    assert all(one.start + len(one.text) <= other.start for one, other in itertools.pairwise(found))
    read = [span for span in document.spans if not in_zone(document, span)]
    placed = (
        (span.label, passage.start + span.start, passage.start + span.end)
        for passage in found
        for span in passage.spans
    )
    assert Counter(placed) == Counter((span.label, span.start, span.end) for span in read)
    inside = {place for zone in document.zones for place in range(zone.start, zone.end)}
    held = {place for passage in found for place in range(passage.start, passage.start + len(passage.text))}
    assert held.isdisjoint(inside)
    assert all(text[place].isspace() for place in set(range(len(text))) - inside - held)


@given(documents())
def test_brat_reads_any_span_with_either_kind_of_line_end(document: Document) -> None:
    """Its text is read as it is, or, as brat reads it, with a carriage return and its line feed as one sign."""
    part = content("brat", [document], None)
    assert isinstance(part.content, dict)
    raw = part.content["d.txt"].decode()
    assert io.StringIO(raw, newline=None).read() == raw
    text = document.text or ""
    bounds = read_standoff(raw, part.content["d.ann"].decode()).values()
    expected: Places = Counter()
    blank = 0
    for kind, start, end in (
        *((span.label, span.start, span.end) for span in document.spans),
        *((zone.kind, zone.start, zone.end) for zone in document.zones),
    ):
        words = text[start:end].strip()
        if words:
            first = text.index(words, start)
            expected[kind, first, first + len(words)] += 1
        else:
            blank += kind != "menu"
    assert Counter((each.kind, each.fragments[0][0], each.fragments[-1][1]) for each in bounds) == expected
    assert part.dropped["blank spans"] == blank


def test_brat_notes_what_its_words_and_lines_cannot_say(schema: Schema) -> None:
    attributes: dict[str, Value] = {"so called": True, "note": "one\u2028two\n\x85", "sure": True}
    spans = (Span(label="L", start=0, end=4, attributes=attributes),)
    part = content("brat", [Document(doc="d", text="Kyiv", spans=spans)], None)
    assert isinstance(part.content, dict)
    raw = part.content["d.ann"].decode()
    assert len(raw.splitlines()) == raw.count("\n") == 3
    assert read_standoff("Kyiv", raw)["T1"].attributes == attributes
    assert read_configuration(part.content["annotation.conf"].decode())["attributes"] == ["sure\tArg:L"]
    blank = Document(doc="d", text="Kyiv", spans=(Span(label="a town", start=0, end=4),))
    for form in ("brat", "conll"):
        with pytest.raises(ClaimspansError, match=f"{form} has no labels with blanks: 'a town'; rename it"):
            content(form, [blank], None)
    with pytest.raises(ClaimspansError, match="d: the schema has no label 'a town'; expected one of SPEAKER"):
        content("bio", [blank], schema)


@pytest.mark.parametrize("doc", ["../out", "/etc/x", "a/b", "..", "", "a\nb", "a\\b", "é" * 150])
@pytest.mark.parametrize(("form", "folds"), [("brat", False), ("bio", True)])
def test_an_id_that_is_no_file_name_is_written_nowhere(doc: str, form: str, folds: bool, tmp_path: Path) -> None:
    both = [Document(doc=doc, text="Kyiv"), Document(doc="e", text="Kyiv")]
    with pytest.raises(ClaimspansError, match="cannot name a file; give the article an id of letters"):
        export(both, form, tmp_path / "in" / "out", folds=folds)
    assert list(tmp_path.iterdir()) == []
    export(both, "bio", tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["all.jsonl"]


@pytest.mark.parametrize("folds", [False, True])
def test_what_is_dropped_is_that_of_all_articles(folds: bool, gold: Layer, schema: Schema, tmp_path: Path) -> None:
    written = export(gold, "bio", tmp_path / "out", schema=schema, folds=folds)
    assert written.dropped["claims"] == written.claims == sum(len(document.claims) for document in gold)
