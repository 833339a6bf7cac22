"""The corpora of the project's own writing: invented, whole, varied, and rich in what news articles seldom have."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from claimspans import Corpus, Layer, check, score
from claimspans.text.sentences import sentences

OF_USERS = re.compile(r"X[A-Z]|Q[M-Z]")
"""The codes that ISO 3166 leaves to users."""


@pytest.fixture(params=["wire", "challenge"])
def layer(request: pytest.FixtureRequest) -> Layer:
    found: Layer = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def corpus(layer: Layer) -> Corpus:
    assert layer.corpus is not None
    return layer.corpus


def test_every_text_is_fiction_and_may_be_published(corpus: Corpus) -> None:
    assert corpus.reserved == ()
    assert all((source.rights or "").startswith("FICTION") for source in corpus.sources.values())
    assert corpus.schema.sha256 == Corpus().schema.sha256


def test_every_state_is_an_invented_one(layer: Layer) -> None:
    for document in layer:
        countries = {span.attributes.get(key) for span in document.spans for key in ("country", "origin")} - {None}
        assert all(OF_USERS.fullmatch(str(country)) for country in countries)
        named = {party for claim in document.claims for party in (claim.supplier, claim.recipient, claim.user)} - {None}
        assert not [
            party for party in named if re.fullmatch("[A-Z]{2}", str(party)) and not OF_USERS.fullmatch(str(party))
        ]


def test_gold_and_passes_have_every_article(layer: Layer, corpus: Corpus) -> None:
    assert {"gold", "pass-a", "pass-b"} <= set(corpus.layers)
    for each in (layer, corpus.load("pass-a"), corpus.load("pass-b")):
        assert each.progress is None


@pytest.mark.slow
def test_the_gold_passes_the_check_at_every_level(corpus: Corpus) -> None:
    assert check("gold", corpus) == []


def test_no_two_texts_share_a_sentence(corpus: Corpus) -> None:
    seen: dict[str, str] = {}
    for doc, text in corpus.texts.items():
        for start, end in sentences(text):
            words = re.findall(r"\w+", text[start:end].casefold())
            if len(words) >= 5:
                assert seen.setdefault(" ".join(words), doc) == doc


def test_the_articles_are_as_long_as_news_and_parted_by_genre(wire: Layer) -> None:
    assert len(wire) == 40
    assert all(220 <= len((document.text or "").split()) <= 450 for document in wire)
    lines = (Corpus("wire").root / "splits.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["doc"] for row in rows] == [document.doc for document in wire]
    assert Counter(row["split"] for row in rows) == {"train": 24, "test": 10, "dev": 6}
    assert set(Counter((row["genre"], row["split"]) for row in rows if row["split"] == "train").values()) == {3}
    assert len({row["genre"] for row in rows}) == 8


def test_a_third_reader_who_saw_neither_pass_agrees_with_the_gold(wire: Layer) -> None:
    third = Corpus("wire").load("pass-c")
    docs = [document.doc for document in third]
    assert len(docs) == 10
    found = score([document for document in wire if document.doc in docs], list(third), schemes=["strict"])
    assert (found["strict"].micro.f1 or 0) >= 0.95


def test_the_articles_are_rich_in_what_the_five_lack(wire: Layer) -> None:
    cues = Counter(span.attributes["stance"] for one in wire for span in one.spans if span.label == "STANCE")
    claims = Counter(claim.stance for one in wire for claim in one.claims)
    comparators = Counter(
        span.attributes["comparator"] for one in wire for span in one.spans if span.label == "QUANTITY"
    )
    assert cues["denial"] >= 60
    assert claims["denial"] >= 40
    assert min(cues["dispute"], cues["confirmation"], cues["evasion"]) >= 40
    assert sum(count for name, count in comparators.items() if name not in ("eq", "vague")) >= 150
