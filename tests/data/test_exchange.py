"""Editions: what is exchanged and what stays, in articles made for it, in generated ones, in the project's corpora."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimspans import ClaimspansError, Corpus, Document, Layer, check, load, score
from claimspans.data.exchange.article import KINDS
from claimspans.data.exchange.corpus import edition, known_of, write_augmented, write_edition
from claimspans.data.exchange.words import takes_an
from claimspans.data.schema import default_schema
from claimspans.data.states import real_states
from claimspans.text.numbers import values

from ..helpers.examples import examples
from ..helpers.exchanged import article, check_exchange, documents, exchanged
from ..helpers.grain import annotate, grain

REGIONS = {state.code: state.region for state in real_states()}
PERSON = {"entity": "Kim Jong Un", "source_type": "person", "country": "KP", "relay": False}
COUNT = {"comparator": "eq", "unit": "shell", "measure": "count"}
DATE = {"mod": None, "signal": None, "date_role": "event"}


def text_of(document: Document, seed: int = 1) -> str:
    found = exchanged(document, seed)
    check_exchange(document, found, default_schema())
    return found.document.text or ""


@examples(300)
@given(documents(), st.integers(0, 50))
def test_nothing_but_mentions_changes_and_the_inverse_gives_the_original_back(document: Document, seed: int) -> None:
    made = exchanged(document, seed)
    check_exchange(document, made, default_schema())
    assert made.document == exchanged(document, seed).document


LARGE = [pytest.param(name, marks=pytest.mark.slow) for name in ("wire", "challenge")]


@pytest.fixture(scope="module", params=["news", *LARGE])
def original(request: pytest.FixtureRequest) -> Corpus:
    return Corpus() if request.param == "news" else Corpus(request.param)


def test_an_edition_of_each_corpus_passes_the_check_and_says_what_it_is(original: Corpus, tmp_path: Path) -> None:
    layer = original.load()
    tally = write_edition(layer, 1, tmp_path / "edition")
    made = Corpus(tmp_path / "edition")
    assert check("gold", made) == []
    assert set(tally.exchanged) <= set(KINDS)
    assert tally.exchanged["state"] > 100
    assert tally.left["state"] == tally.left["person"] == 0
    assert tally.exchanged["date"] > 5 * tally.left["date"]
    for doc, one in edition(layer, 1).items():
        before = next(each for each in layer if each.doc == doc)
        check_exchange(before, one, original.schema)
        assert made.texts[doc] == one.document.text
    assert sum(made.texts[doc] != original.texts[doc] for doc in made.texts) > 0.7 * len(made.texts)
    for doc, source in made.sources.items():
        assert source.synthetic == "edition 1"
        assert (source.rights or "").startswith(f"SYNTHETIC: edition 1 of {doc}")
        assert (source.license, source.publisher) == (original.sources[doc].license, None)
        assert source.title is None or source.title in made.texts[doc]
    own = made.load()
    assert {score.share for score in score(own, list(own)).capabilities} <= {1.0}
    assert len(score(own, list(own)).capabilities) == len(score(layer, list(layer)).capabilities)


def test_states_become_states_of_other_regions_in_every_form() -> None:
    layer = load(corpus=Corpus().root)
    known = known_of(layer)
    for seed in (1, 2):
        for before, after in zip(layer, edition(layer, seed, known).values(), strict=True):
            text = after.document.text or ""
            assert not re.search(r"(?i:russia|ukrain|kremlin|pyongyang|white house|moscow)|DPRK|\bU\.S\.|\bUS\b", text)
            for span, new in zip(before.spans, after.document.spans, strict=True):
                if (code := span.attributes.get("country")) is not None:
                    assert REGIONS[str(new.attributes["country"])] != REGIONS[str(code)]


def test_possessives_hyphens_capitals_and_prefixes_are_kept() -> None:
    text = (
        "Russian-made arms, Kyiv's claim, MOSCOW, russia, the Russo-Ukrainian war; an Israeli, a Ukrainian. Russianness"
    )
    new = text_of(article(text))
    assert re.fullmatch(
        r"(\w[\w ]*)-made arms, [\w ]+'s claim, [A-ZÉÍÃÁÓ ]+, [a-z ]+, the \1-([\w ]+) war; "
        r"an? [\w ]+, an? \2\. Russianness",
        new,
    )
    for word, following in re.findall(r"\b(an?) (\w+)", new):
        assert (word == "an") == takes_an(following)


def test_a_name_in_another_word_stays_and_one_in_another_name_goes_with_it() -> None:
    text = "Kim Jong Un spoke. Kimchi, Kimberly and kimonos: Kim said. Jong Un's and KIM too."
    new = text_of(article(text, ("SPEAKER", "Kim Jong Un", PERSON), ("SPEAKER", "Kim", PERSON)))
    found = re.fullmatch(
        r"(\w+) (\w+) (\w+) spoke\. Kimchi, Kimberly and kimonos: \1 said\. \2 \3's and (\w+) too\.", new
    )
    assert found is not None
    assert found[4] == found[1].upper()
    assert not {"Kim", "Jong", "Un"} & set(found.group(1, 2, 3))


def test_what_a_span_cuts_stays_wherever_it_stands() -> None:
    text = "North Korea and South Korea. North Korean arms. Russia."
    half = article(text, ("ITEM", "Korea and", {"category": "ML", "origin": "KP"}))
    made = exchanged(half)
    check_exchange(half, made, default_schema())
    assert re.fullmatch(r"North Korea and [\w ]+\. North Korean arms\. [\w ]+\.", made.document.text or "")
    assert "South Korea" not in (made.document.text or "")
    assert made.document.spans[0].attributes["origin"] == "KP"
    assert made.left["state"] == 2


@pytest.mark.parametrize(
    ("words", "edtf", "pattern"),
    [
        ("Friday, 3 May 2024", "2024-05-03", "Friday, %-d May %Y"),
        ("May 3, 2024 - 06:04", "2024-05-03", "May %-d, %Y - 06:04"),
        ("2024-05-03", "2024-05-03", "%Y-%m-%d"),
        ("03.05.2024", "2024-05-03", "%d.%m.%Y"),
        ("5/3/2024", "2024-05-03", "5/%-d/%Y"),
        ("late May 2024", "2024-05", "late May %Y"),
        ("Sept. 2023", "2023-09", "Sept. %Y"),
        ("the third quarter of 2023", "2023-07/2023-09", "the third quarter of %Y"),
        ("2024", "2024", "%Y"),
        ("last Friday", "2024-05-03", "last Friday"),
        ("the end of last year", "2023", "the end of last year"),
    ],
)
def test_a_date_is_moved_in_its_own_notation_and_stays_on_its_weekday(words: str, edtf: str, pattern: str) -> None:
    given_ = article(f"It was on {words}, they said.", ("DATE", words, {"edtf": edtf, **DATE}))
    for seed in range(1, 9):
        made = exchanged(given_, seed)
        check_exchange(given_, made, default_schema())
        published = datetime.date.fromisoformat(str(made.document.published))
        assert published.weekday() == 4
        assert (published.month, made.days % 7) == (5, 0)
        first = str(made.document.spans[0].attributes["edtf"]).split("/", maxsplit=1)[0]
        assert int(first[:4]) - int(edtf[:4]) == published.year - 2024 != 0
        assert first[4:7] == edtf[4:7]
        day = datetime.date.fromisoformat((first + "-01-01")[:10])
        assert made.document.spans[0].text == day.strftime(pattern)
        if len(edtf) == 10:
            assert day == published


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("VIII.II.MMXXIV", "2024-02-08"),
        ("20 Dec. '33", "2033-12-20"),
        ("this decade", "2020/2029"),
        ("Easter", "2024-03-31"),
    ],
)
def test_one_date_that_cannot_be_moved_keeps_them_all(words: str, edtf: str) -> None:
    text = f"On 3 May 2024 they spoke of {words}."
    given_ = article(
        text, ("DATE", "3 May 2024", {"edtf": "2024-05-03", **DATE}), ("DATE", words, {"edtf": edtf, **DATE})
    )
    made = exchanged(given_)
    assert (made.document.text, made.document.published, made.left["date"]) == (text, "2024-05-03", 2)
    assert [span.attributes["edtf"] for span in made.document.spans] == ["2024-05-03", edtf]


def test_what_holds_a_week_by_its_number_moves_by_a_whole_cycle_of_the_calendar() -> None:
    marks = [
        ("DATE", "Week 18, 2024", {"edtf": "2024-04-29/2024-05-05", **DATE}),
        ("DATE", "May 3", {"edtf": "2024-05-03", **DATE}),
    ]
    made = exchanged(article("Week 18, 2024: on May 3 it rained.", *marks))
    assert re.fullmatch(r"Week 18, (1996|2052): on May 3 it rained\.", made.document.text or "")
    assert abs(made.days) == 28 * 365 + 7


def test_equal_figures_become_equal_ones_their_order_stays_and_small_ones_too() -> None:
    text = "Two of 16,500, 40 and twenty-five; again 16,500. About 3.5 million, 15 per cent, two hundred and fifty; "
    text += "a dozen; 12."
    numbers = {"Two": 2, "16,500": 16500, "40": 40, "twenty-five": 25, "3.5 million": 3_500_000, "15 per cent": 0.15}
    numbers |= {"two hundred and fifty": 250, "dozen": 12, "12": 12}
    given_ = article(text, *[("QUANTITY", words, {"value": value, **COUNT}) for words, value in numbers.items()])
    for seed in range(1, 9):
        made = exchanged(given_, seed)
        check_exchange(given_, made, default_schema())
        new: dict[str, Any] = {
            old: span.attributes["value"] for old, span in zip(numbers, made.document.spans, strict=True)
        }
        for span in made.document.spans:
            if not (span.text or "").endswith("per cent"):
                assert values(span.text or "") == [span.attributes["value"]]
        assert [new[word] for word in ("Two", "two hundred and fifty", "dozen", "12")] == [2, 250, 12, 12]
        assert 12 < new["twenty-five"] < new["40"] < 250 < new["16,500"] < new["3.5 million"]
        assert new["16,500"] != 16500
        assert (made.document.text or "").count(f"{new['16,500']:,}") == 2
        assert 0 < new["15 per cent"] < 1


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ('He said "no" and “yes”.', r"He said «no» and «yes»\."),
        ('5" and 6" of “snow”', r'5" and 6" of “snow”'),
        ("«Oui» 🚀 ‘no’", r'["“]Oui["”] 🚀 ‘no’'),
        ("", ""),
        ("👩‍👩‍👧 nothing to exchange", "👩‍👩‍👧 nothing to exchange"),
    ],
)
def test_quotation_marks_change_in_pairs_or_not_at_all(text: str, patterns: str) -> None:
    assert re.fullmatch(patterns, text_of(article(text)))


def test_designations_keep_their_shape_and_a_calibre_its_kind() -> None:
    text = "KN-23 missiles, an Mi-8 and an 8 of 152mm shells; KN-23 again. Resolution 1718, G-7, Q3-24, 7.62mm."
    item = {"category": "ML4", "origin": None}
    given_ = article(text, ("ITEM", "KN-23 missiles", item), ("ITEM", "Mi-8", item), ("ITEM", "152mm shells", item))
    new = text_of(given_)
    assert re.fullmatch(
        r"([A-Z]{2}-\d\d) missiles, an? [A-Z][a-z]+-\d and an 8 of (105|122|130|155)mm shells; \1 again\. "
        r"Resolution 1718, G-7, Q3-24, 7\.62mm\.",
        new,
    )
    assert "KN-23" not in new


def test_the_second_copy_of_a_headline_is_one_still() -> None:
    corpus = Corpus()
    for one in edition(corpus.load(), 2).values():
        text = one.document.text or ""
        for zone in one.document.zones:
            if zone.kind == "duplicate":
                assert text.count(text[zone.start : zone.end]) > 1


def test_a_corpus_of_spans_alone_has_editions(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    annotate(corpus, "gold", ("cairo", "manila"))
    tally = write_edition(corpus.load(), 1, tmp_path / "edition")
    made = Corpus(tmp_path / "edition")
    assert list(made.sources) == ["cairo", "manila"]
    assert check("gold", made) == []
    assert (tally.articles, tally.exchanged["state"], tally.exchanged["figure"]) == (2, 5, 4)
    assert "5 March 2024" in made.texts["cairo"]
    assert not {"Egypt", "Romania"} & set(re.findall(r"\w+", made.texts["cairo"]))


def test_a_training_set_has_the_articles_of_a_split_and_their_editions(wire: Layer, tmp_path: Path) -> None:
    write_augmented(wire, (3, 4), tmp_path / "set", "dev")
    made = Corpus(tmp_path / "set")
    assert list(made.sources)[:3] == ["w33", "w33.e3", "w33.e4"]
    assert [source.synthetic for source in made.sources.values()][:3] == [None, "edition 3", "edition 4"]
    assert len(made.load()) == 18
    assert made.texts["w33"] == wire.texts["w33"]
    assert len(set(made.texts.values())) == 18
    with pytest.raises(ClaimspansError, match="tran: no such split of wire; it has train"):
        write_augmented(wire, (1,), tmp_path / "none", "tran")
    with pytest.raises(ClaimspansError, match="not empty"):
        write_augmented(wire, (1,), tmp_path / "set", "dev")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("word", ["Emirati", "Irish", "hour", "HVU", "SRV", "8", "11,000", "18", "800", "Omani", "RSA"])
def test_an_stands_before_a_vowel_that_is_heard(word: str) -> None:
    assert takes_an(word)


@pytest.mark.parametrize(
    "word", ["Ukrainian", "UK", "U.S.", "European", "Ugandan", "Kenyan", "110", "180", "1,100", "DRC", "UAE"]
)
def test_a_stands_before_a_consonant_that_is_heard(word: str) -> None:
    assert not takes_an(word)
