"""The baseline on sentences that are in none of the articles."""

from __future__ import annotations

import msgspec
import pytest

from claimspans import Document, Span
from claimspans.data.records import Value
from claimspans.extractors import get
from claimspans.extractors.baselines.rules.describe import describe

pytestmark = pytest.mark.slow
TEXT = (
    "Iran denied on 3 May 2021 that it had sent about 40 cruise missiles to Sudan.\n\n"
    "The report said roughly 2.5 million rounds of ammunition were shipped since late June.\n\n"
    "According to Ursula Lindqvist, dozens of North Korean howitzers arrived last year. "
    "Traffic has doubled, and 155mm artillery shells were aboard.\n"
)


@pytest.fixture(scope="module")
def found() -> list[Span]:
    (document,) = get("rules")([Document(doc="x", text=TEXT, published="2021-09-14")])
    assert [TEXT[span.start : span.end] for span in document.spans] == [span.text for span in document.spans]
    assert [span.id for span in document.spans] == [f"p{number}" for number in range(1, len(document.spans) + 1)]
    return list(document.spans)


def texts(found: list[Span], label: str) -> list[str | None]:
    return [span.text for span in found if span.label == label]


def attributes(found: list[Span], text: str) -> dict[str, Value]:
    return next(dict(span.attributes) for span in found if span.text == text)


def test_quantities(found: list[Span]) -> None:
    assert texts(found, "QUANTITY") == ["about 40", "roughly 2.5 million rounds", "dozens", "doubled"]
    assert attributes(found, "about 40") == {"value": 40, "comparator": "approx", "unit": "missile", "measure": "count"}
    assert attributes(found, "roughly 2.5 million rounds")["value"] == 2_500_000
    assert attributes(found, "dozens")["value"] is None
    assert attributes(found, "doubled") == {"value": 2, "comparator": "eq", "unit": None, "measure": "ratio"}


def test_items(found: list[Span]) -> None:
    assert texts(found, "ITEM") == ["cruise missiles", "ammunition", "howitzers", "155mm artillery shells"]
    assert attributes(found, "howitzers") == {"category": "ML2", "origin": "KP"}


def test_dates(found: list[Span]) -> None:
    assert texts(found, "DATE") == ["3 May 2021", "late June", "last year"]
    assert attributes(found, "3 May 2021")["edtf"] == "2021-05-03"
    assert attributes(found, "late June") == {"edtf": "2021-06", "mod": "end", "signal": "since", "date_role": "event"}
    assert attributes(found, "last year")["edtf"] == "2020"


def test_cues_and_speakers(found: list[Span]) -> None:
    assert texts(found, "STANCE") == ["denied", "said", "According to"]
    assert texts(found, "SPEAKER") == ["Iran", "report", "Ursula Lindqvist"]
    ids = {span.text: span.id for span in found if span.label == "SPEAKER"}
    assert attributes(found, "denied") == {"stance": "denial", "certainty": "certain", "speakers": (ids["Iran"],)}
    assert attributes(found, "Iran") == {"entity": "Iran", "source_type": "state", "country": "IR", "relay": False}


def test_no_text_gives_no_spans() -> None:
    assert [document.spans for document in get("rules")([Document(doc="x", text="")])] == [()]


def test_without_a_publication_date_only_whole_dates_are_resolved() -> None:
    (document,) = get("rules")([Document(doc="x", text="Sent on 3 May 2021, seen last year.")])
    assert ["edtf" in span.attributes for span in document.spans if span.label == "DATE"] == [True, False]


def bare(spans: list[Span]) -> list[Span]:
    return [msgspec.structs.replace(span, attributes={}) for span in spans]


def test_spans_of_another_system_get_the_attributes_that_the_rules_give_their_own(found: list[Span]) -> None:
    assert list(describe(TEXT, "2021-09-14", bare(found))) == found


def test_other_boundaries_are_described_by_what_they_hold() -> None:
    text = "Two officials of Iran, Hassan and Reza, think that it was the heavy tanks in March or a year later."
    said = {"SPEAKER": "Hassan", "STANCE": "think", "ITEM": "the heavy tanks", "DATE": "in March", "QUANTITY": "it"}
    said["PLACE"] = "Iran"
    spans = [
        Span(label=label, start=text.index(words), end=text.index(words) + len(words), id=f"p{number}", text=words)
        for number, (label, words) in enumerate(said.items())
    ]
    described = {span.label: dict(span.attributes) for span in describe(text, "2021-09-14", spans)}
    assert described["STANCE"] == {"stance": "assertion", "certainty": "probable", "speakers": ("p0",)}
    assert described["ITEM"] == {"category": "ML6", "origin": None}
    assert described["DATE"]["edtf"] == "2021-03"
    assert described["QUANTITY"] == described["PLACE"] == {}
