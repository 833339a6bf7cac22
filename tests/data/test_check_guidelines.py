"""The rules of the guidelines read what the handbook allows, and still find what it forbids."""

from __future__ import annotations

import json
from typing import Any

import pytest

from claimspans import Corpus
from claimspans.data.checks import guidelines
from claimspans.data.checks.references import across
from claimspans.data.checks.sheet import Sheet
from claimspans.data.lines import Line

from ..helpers.places import CASES


def complaints(text: str, words: str, attributes: dict[str, Any]) -> list[str]:
    """The ids of what the check says of these words of a text as a span."""
    start = text.index(words)
    record = {"type": "span", "doc": "x", "id": "s1", **attributes, "start": start, "end": start + len(words)}
    lines = [Line("x", 1, {"type": "document", "doc": "x"}), Line("x", 2, record | {"text": words})]
    return [problem.id for problem in guidelines.problems(Sheet.of(lines, {"x": text}))]


def much(value: float | None, comparator: str, **more: Any) -> dict[str, Any]:
    return {"label": "QUANTITY", "value": value, "comparator": comparator, "unit": "x", "measure": "count", **more}


SHARE = {"unit": None, "measure": "ratio"}


@pytest.mark.parametrize(
    ("words", "attributes", "wrong"),
    [
        ("between 40 and 60", much(40, "between", upper=60), []),
        ("10–15", much(10, "between", upper=15), []),
        ("40 to 60 million", much(40_000_000, "between", upper=60_000_000), []),
        ("10–15", much(10, "between", upper=16), ["quantity-value"]),
        ("10–15", much(15, "between", upper=10), ["quantity-value"]),
        ("as many as 40", much(40, "le"), []),
        ("as many as 40", much(40, "eq"), ["quantity-comparator"]),
        ("40 or more", much(40, "ge"), []),
        ("barely 40", much(40, "eq"), []),
        ("3.5m crowns", much(3_500_000, "eq"), []),
        ("3 000", much(3000, "eq"), []),
        ("third", much(0.3333, "eq", **SHARE), []),
        ("third", much(3, "eq"), ["quantity-ordinal", "quantity-value"]),
        ("quarter", much(0.25, "eq", **SHARE), []),
        ("40 per cent", much(0.4, "eq", **SHARE), []),
        ("not less than 3\u00a0500", much(3500, "ge"), []),
        ("not less than 3\u00a0500", much(3500, "gt"), ["quantity-comparator"]),
        ("3,5\u202fmillion", much(3_500_000, "eq"), []),
        ("3,5\u202fmillion", much(35_000_000, "eq"), ["quantity-value"]),
        ("1.250", much(1250, "eq"), []),
        ("1.250", much(1.25, "eq"), []),
        ("7tn dinars", much(7 * 10**12, "eq", measure="amount"), []),
        ("¾ ton", much(0.75, "eq", measure="amount"), []),
        ("Two and a half tons", much(2.5, "eq", measure="amount"), []),
        ("two to three dozen", much(24, "between", upper=36), []),
        ("XII", much(12, "eq"), []),
        ("1.2.3", much(123, "eq"), []),
        ("several hundred", much(None, "vague"), []),
        ("few thousand", much(None, "vague"), []),
        ("maybe a couple hundred", much(None, "vague"), []),
        ("low thirties", much(None, "vague", **SHARE), []),
        ("dozen", much(None, "vague"), ["quantity-value"]),
        ("Forty-odd boxes", much(40, "approx"), []),
        ("Forty-odd boxes", much(40, "eq"), ["quantity-comparator"]),
        ("40-plus", much(40, "ge"), []),
        ("possibly as many as 110", much(110, "le"), []),
        ("just over 60 per cent", much(0.6, "gt", **SHARE), []),
        ("a little over 900 pieces", much(900, "gt"), []),
        ("a little over 900 pieces", much(900, "eq"), ["quantity-comparator"]),
        ("a shade short of 900", much(900, "below"), []),
        ("getting on for a quarter", much(0.25, "below", **SHARE), []),
        ("nearly seven in every ten", much(0.7, "below", **SHARE), []),
        ("nearly seven in every ten", much(0.7, "eq", **SHARE), ["quantity-comparator"]),
        ("0.75 million", much(750_000, "eq", unit=None, measure="amount"), []),
        ("$0.75 million", much(750_000, "eq", unit=None, measure="amount"), ["quantity-unit"]),
        ("40 tons", much(40, "eq", unit=None, measure="amount"), ["quantity-unit"]),
    ],
)
def test_numbers_are_held_to_the_guidelines(words: str, attributes: dict[str, Any], wrong: list[str]) -> None:
    assert complaints(f"It sold {words} of them.", words, attributes) == wrong


def test_a_number_word_behind_by_the_counts_nothing() -> None:
    assert complaints("It sold them by the dozen.", "dozen", much(None, "vague")) == []


@pytest.mark.parametrize(
    ("text", "words", "signal", "edtf", "wrong"),
    [
        ("It came yesterday.", "yesterday", None, "2031-05-06", []),
        ("It came from March on.", "March", "since", "2031-03", []),
        ("It came from 3 to 5 March.", "3 to 5 March", None, "2031-03-03/2031-03-05", []),
        ("It came as of March.", "March", "by", "2031-03", []),
        ("It came in March.", "March", "by", "2031-03", ["date-signal"]),
        ("It came then.", "then", None, "2031", ["date-calendar"]),
        ("It came a fortnight ago.", "a fortnight ago", None, "2031-04-23", []),
        ("It came in Q2.", "Q2", None, "2031-04/2031-06", []),
        ("It came at Christmas.", "Christmas", None, "2030-12-25", []),
        ("It came in the twenty-twenties.", "the twenty-twenties", None, "202X", []),
        ("It came in the nineteen-eighties.", "the nineteen-eighties", None, "198X", []),
        ("It bears the date VIII.II.MMXXXI.", "VIII.II.MMXXXI", None, "2031-02-08", []),
        ("It opens at 06.00 on 18 May.", "06.00 on 18 May", None, "2031-05-18", []),
        ("It opens at 06.00 on 18 May.", "06.00 on 18 May", None, "2031-05-17", ["edtf-contradiction"]),
        ("It came between the summer of 2029 and May.", "the summer of 2029 and May", None, "2029-06/2030-05", []),
        ("It came before the year was out.", "the year", None, "2030", []),
        ("It came before the year.", "the year", None, "2030", ["date-signal"]),
    ],
)
def test_dates_are_held_to_the_guidelines(
    text: str, words: str, signal: str | None, edtf: str, wrong: list[str]
) -> None:
    date = {"label": "DATE", "edtf": edtf, "mod": None, "signal": signal, "date_role": "event"}
    assert complaints(text, words, date) == wrong


def test_a_turn_s_label_needs_no_cue_and_a_user_s_country_is_one() -> None:
    vale = {"label": "SPEAKER", "entity": "Mira Vale", "source_type": "person", "country": "XT", "relay": False}
    assert complaints("MS VALE: We sold none.", "VALE", vale) == []
    assert complaints("MS VALE met them.", "VALE", vale) == ["speaker-without-stance"]
    assert complaints("VALE: We sold none.", "VALE", vale | {"country": "ZY"}) == ["country-code"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Gen. Vale of the ministry: “No.”", []),
        ("Mr Vale (Liberals): No.", []),
        ("The Vale, in a post since edited: no more.", []),
        ("Vale on the drones: “slow”", []),
        ("Rifles sold twice: two Vale", []),
        ("Howitzers late again – Vale", []),
        ("ANSWER of the minister, Vale\n\n(a) No.", []),
        ("Vale met them: “No.”", ["speaker-without-stance"]),
        ("Vale told reporters: “No.”", ["speaker-without-stance"]),
        ("Vale, who met them, said: “No.”", ["speaker-without-stance"]),
        ("Vale met them. The answer: no.", ["speaker-without-stance"]),
        ("They met Vale", ["speaker-without-stance"]),
    ],
)
def test_a_colon_or_dash_stands_for_the_cue(text: str, wrong: list[str]) -> None:
    vale = {"label": "SPEAKER", "entity": "Mira Vale", "source_type": "person", "country": "XT", "relay": False}
    assert complaints(text, "Vale", vale) == wrong


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (".50-calibre machine gun", []),
        ("newest part of the mine", []),
        ("parts of a gun", []),
        ("barrel of a gun", ["item-postmodifier"]),
        (".machine gun", ["edge-punctuation"]),
    ],
)
def test_items_are_held_to_the_guidelines(words: str, wrong: list[str]) -> None:
    assert complaints(f"It sold {words} too.", words, {"label": "ITEM", "category": "ML4", "origin": None}) == wrong


def test_the_article_s_own_negation_is_a_denial() -> None:
    record: dict[str, Any] = json.loads((CASES / "check" / "claim-article.jsonl").read_text().splitlines()[1])
    lines = [Line("x", 1, {"type": "document", "doc": "003"}), Line("x", 2, record | {"stance": "denial"})]
    assert list(guidelines.problems(Sheet.of(lines, Corpus().texts))) == []


def entities(*mentions: tuple[str, str, str, str | None]) -> list[str]:
    """The ids of what the check says of SPEAKERs that are given by article, entity, source type and country."""
    speaker: dict[str, Any] = {
        "type": "span",
        "id": "s1",
        "label": "SPEAKER",
        "start": 0,
        "end": 1,
        "text": "x",
        "relay": False,
    }
    sheets = []
    for doc in sorted({mention[0] for mention in mentions}):
        spans = [
            speaker | {"doc": doc, "entity": entity, "source_type": kind, "country": country}
            for other, entity, kind, country in mentions
            if other == doc
        ]
        lines = [Line(doc, number, data) for number, data in enumerate([{"type": "document", "doc": doc}, *spans], 1)]
        sheets.append(Sheet.of(lines, {doc: "x"}))
    return [problem.id for problem in across(sheets)]


def test_an_entity_is_compared_with_what_may_be_the_same() -> None:
    wrong = ["entity-inconsistent"]
    assert entities(("a", "Defence Ministry", "body", "XA"), ("b", "Defence Ministry", "body", "XB")) == []
    assert entities(("a", "Defence Ministry", "body", "XA"), ("b", "Defence Ministry", "organisation", "XA")) == wrong
    assert entities(("a", "Mira Vale", "person", "XA"), ("b", "Mira Vale", "person", "XB")) == wrong
    assert entities(("a", "coast guard", "body", "XA"), ("b", "coast guard", "body", None)) == []
    assert entities(("a", "coast guard", "body", "XA"), ("a", "coast guard", "body", None)) == wrong
    assert entities(("a", "divers", "group", None), ("a", "divers", "unnamed", None)) == []
    assert entities(("a", "divers", "group", None), ("a", "divers", "organisation", None)) == wrong


@pytest.mark.parametrize(
    "words",
    [
        *("has not ruled out", "cannot rule out", "do not rule it out", "no comment", "confirm"),
        *("con\u00adfirm", "according\nto", "can’t rule out"),
    ],
)
def test_a_cue_is_a_word_or_a_phrase_that_is_listed(words: str) -> None:
    cue = {"label": "STANCE", "stance": "evasion", "certainty": "possible", "speakers": ["s2"]}
    assert complaints(f"Kest {words} it.", words, cue) == []
