"""Each kind of problem has a bad case named for it, which has that problem and no other."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimspans import ClaimspansError, Corpus, InputError, check
from claimspans.data.checks import guidelines
from claimspans.data.checks.levels import check_articles, check_file, check_layer
from claimspans.data.checks.references import across
from claimspans.data.checks.sheet import Sheet
from claimspans.data.corpus_folder import is_corpus
from claimspans.data.lines import Line
from claimspans.data.problems import KINDS, LEVELS

from ..helpers.examples import examples
from ..helpers.places import CASES, ROOT, Write

BAD = CASES / "check"


def case(kind: str) -> Path:
    for name in (f"{kind}.jsonl", f"{kind}.jsonl.gz", kind):
        if (BAD / name).exists():
            return BAD / name
    return BAD / f"{kind}.jsonl"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_bad_case_with_that_problem_alone(kind: str, corpus: Corpus) -> None:
    path = case(kind)
    assert path.exists() != (kind == "file-missing")
    if kind.startswith(("quote-", "score-", "form-", "article-unnamed")):
        problems = check(path, corpus, predictions=True)
    elif is_corpus(path):
        problems = check_articles(Corpus(path))
    elif path.is_dir() and path.suffix != ".jsonl":
        problems = list(check_layer(path, corpus))
    else:
        problems = list(check_file(path, corpus))
    assert [problem.id for problem in problems] == [kind]
    problem = problems[0]
    assert kind in str(problem)
    assert problem.kind.remedy in str(problem)
    assert problem.path.startswith("tests/cases/check/") or not Path.cwd().samefile(ROOT)


def test_no_case_is_left_over() -> None:
    assert {path.name.partition(".")[0] for path in BAD.iterdir()} == set(KINDS) - {"file-missing"}


def test_levels_are_all_used_and_in_order() -> None:
    levels = [kind.level for kind in KINDS.values()]
    assert levels == sorted(levels)
    assert set(levels) == set(LEVELS)


def test_a_problem_names_file_and_line(corpus: Corpus) -> None:
    (problem,) = check_file(case("text-mismatch"), corpus)
    assert problem.place.endswith("text-mismatch.jsonl:2")
    assert problem.text == "over 16,500 containers"


def test_a_higher_level_waits_for_the_lower(corpus: Corpus) -> None:
    assert list(check_file(case("claim-article"), corpus, levels=4)) == []
    assert list(check_file(case("ref-unknown"), corpus, levels=3)) == []
    assert list(check_file(case("hash-mismatch"), corpus, levels=2)) == []
    assert list(check_file(case("field-value"), corpus, levels=1)) == []


@pytest.mark.parametrize(("layer", "levels"), [("gold", 5), ("pass-a", 4), ("pass-b", 4)])
def test_every_published_layer_passes(layer: str, levels: int, corpus: Corpus) -> None:
    """The raw passes stay as they were made: the guidelines' rules are for the gold."""
    assert check(layer, corpus, levels=levels) == []


def test_an_unknown_layer_is_named() -> None:
    with pytest.raises(ClaimspansError, match="silver: no such annotation layer; expected one of gold, pass-a, pass-b"):
        check("silver")


def test_a_changed_article_is_found(tmp_path: Path) -> None:
    for name in ("seeds", "annotations"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "schema.json", tmp_path)
    article = next((tmp_path / "seeds").glob("003_*.txt"))
    article.write_bytes(article.read_bytes().replace(b"General", b"general"))
    (problem,) = check("gold", Corpus(tmp_path))
    assert problem.id == "article-edited"
    assert "claimspans add --update" in str(problem)
    with pytest.raises(InputError, match="article 003 is no longer the text of its hash"):
        Corpus(tmp_path).load()


TEXT = Corpus().texts["003"]


@examples(300)
@given(st.data())
def test_no_span_that_the_schema_allows_stops_the_check(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, min(len(TEXT), start + 12)))
    attributes = data.draw(st.sampled_from(ATTRIBUTES))
    record = {
        "type": "span",
        "doc": "003",
        "id": "s1",
        **attributes,
        "start": start,
        "end": end,
        "text": TEXT[start:end],
    }
    lines = [Line("x", 1, {"type": "document", "doc": "003"}), Line("x", 2, record)]
    for problem in guidelines.problems(Sheet.of(lines, {"003": TEXT})):
        assert problem.kind.level == 5


ATTRIBUTES: list[dict[str, Any]] = [
    {"label": "SPEAKER", "entity": ".", "source_type": "person", "country": "XX", "relay": False},
    {"label": "QUANTITY", "value": 10**400, "comparator": "gt", "unit": "x", "measure": "count"},
    {"label": "ITEM", "category": "ML", "origin": None},
    {"label": "DATE", "edtf": "2023-02-31", "mod": None, "signal": None, "date_role": "event"},
    {"label": "DATE", "edtf": "2023", "mod": None, "signal": None, "date_role": "event"},
    {"label": "STANCE", "stance": "evasion", "certainty": "certain", "speakers": []},
]


def test_problems_of_predictions_are_those_of_the_levels_that_are_asked_for(write: Write) -> None:
    path = write({"doc": "003", "label": "ITEM", "start": 9, "end": 4})
    assert [problem.id for problem in check(path, predictions=True)] == ["offset-reversed"]
    assert check(path, predictions=True, levels=2) == []


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
    record: dict[str, Any] = json.loads(case("claim-article").read_text().splitlines()[1])
    lines = [Line("x", 1, {"type": "document", "doc": "003"}), Line("x", 2, record | {"stance": "denial"})]
    assert list(guidelines.problems(Sheet.of(lines, {"003": TEXT}))) == []


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
