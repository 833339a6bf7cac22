"""Annotations of an article in a text that nearly is it, with nothing known of the article but what is published."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from claimspans.data.corpus import Corpus
from claimspans.data.layer import Layer
from claimspans.data.records import Document
from claimspans.data.schema import Schema
from claimspans.hub.near_copy import NearCopy, nearest, reanchored
from claimspans.hub.tables import Row, tables
from claimspans.text.tokens import tokens

PAGE = "Home | World | Sign up for our 3 letters a week\n\n{}\n\nShare this. More of Russia and North Korea. © 2024"
CHANGES: dict[str, Callable[[str], str]] = {
    "other white space": lambda text: re.sub(r"\s+", " ", text),
    "other line ends": lambda text: text.replace("\n", "\r\n"),
    "other quotation marks": lambda text: text.replace("“", '"').replace("”", '"').replace("’", "'"),
    "furniture around it": PAGE.format,
    "all of it": lambda text: PAGE.format(re.sub(r"\s+", "  ", text).replace("“", "«").replace("”", "»")),
}


@pytest.fixture(scope="module")
def rows(corpus: Corpus, gold: Layer) -> dict[str, Row]:
    """The articles as they are published without their texts."""
    made = tables(corpus, gold, {}, standoff=True, names=["documents"])["documents"]
    return {row["doc"]: row for split in made.values() for row in split}


def copy_of(document: Document, text: str) -> NearCopy:
    return NearCopy(tokens(document.text or "", 0, len(document.text or "")), text)


@pytest.mark.parametrize("change", CHANGES)
def test_every_span_zone_and_claim_is_placed_in_a_near_copy(
    change: str, rows: dict[str, Row], gold: Layer, schema: Schema
) -> None:
    def bare(text: str | None) -> str:
        return re.sub(r"\W", "", text or "")

    for document in gold:
        text = document.text or ""
        copy = copy_of(document, CHANGES[change](text))
        assert copy.share > 0.9
        found, missing = reanchored(rows[document.doc], copy, schema)
        assert missing == []
        assert found.claims == document.claims
        shifts = set()
        old, new = (sorted(one.spans, key=lambda span: span.id or "") for one in (document, found))
        for before, after in zip(old, new, strict=True):
            assert (before.id, before.label) == (after.id, after.label)
            assert before.attributes.items() <= after.attributes.items()
            assert bare(after.text) == bare(before.text)
            assert (found.text or "")[after.start : after.end] == after.text
            shifts.add(len(bare(copy.text[: after.start])) - len(bare(text[: before.start])))
        assert len(shifts) == 1  # among equal words each is the one that has as much of the article before it
        for zone, same in zip(document.zones, found.zones, strict=True):
            assert bare(copy.text[same.start : same.end]) == bare(text[zone.start : zone.end])


def test_of_other_articles_none_is_a_near_copy(gold: Layer) -> None:
    for document in gold:
        text = document.text or ""
        others = [other.text or "" for other in gold if other.doc != document.doc]
        assert nearest(tokens(text, 0, len(text)), others) is None
        best = nearest(tokens(text, 0, len(text)), [*others, PAGE.format(text)])
        assert best is not None
        assert best.text == PAGE.format(text)
    assert nearest([], ["text"]) is None


def test_what_a_copy_words_otherwise_is_left_out_and_told_with_the_claims_that_name_it(
    rows: dict[str, Row], gold: Layer, schema: Schema
) -> None:
    document = next(one for one in gold if one.doc == "003")
    text = document.text or ""
    span = next(one for one in document.spans if one.label == "QUANTITY")
    said = text[: span.start] + "a great many" + text[span.end :]
    found, missing = reanchored(rows["003"], copy_of(document, said), schema)
    assert missing[0] == f"QUANTITY {span.id} “{span.text}”"
    assert len(found.spans) == len(document.spans) - 1
    naming = [claim for claim in document.claims if any(row.quantity == span.id for row in claim.cargo)]
    assert naming
    assert len(found.claims) == len(document.claims) - len(naming)
    assert [what for what in missing[1:] if f"names “{span.id}”" in what] == missing[1:]
    assert len(missing) == 1 + len(naming)
    cut = text[document.zones[0].end :]
    gone = reanchored(rows["003"], copy_of(document, cut), schema)[1]
    zone = document.zones[0]
    assert f"zone {zone.kind} at {zone.start}–{zone.end}" in gone


def test_a_span_of_which_no_words_are_known_stands_where_its_tokens_do(
    rows: dict[str, Row], gold: Layer, schema: Schema
) -> None:
    document = next(one for one in gold if one.doc == "001")
    text = PAGE.format(re.sub(r"\s+", "\n", document.text or ""))
    wordless = rows["001"] | {"spans": [one | {"text": None} for one in rows["001"]["spans"]]}
    found, missing = reanchored(wordless, copy_of(document, text), schema)
    assert missing == []
    worded, _ = reanchored(rows["001"], copy_of(document, text), schema)
    assert found.spans == worded.spans
