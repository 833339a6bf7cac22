"""What a notebook and a terminal show of documents, layers, corpora and scores: brief, and inert."""

from __future__ import annotations

import pytest

import claimspans
from claimspans import Corpus, Document, Layer, Span, Zone, score
from claimspans.report.notebook import html

HOSTILE = "<script>alert(1)</script> & {{ 7 * 7 }}"


def test_a_document_shows_its_spans_in_colour_and_its_words_escaped() -> None:
    document = Document(
        doc="a",
        text=HOSTILE,
        zones=(Zone(kind="boilerplate", start=0, end=3),),
        spans=(Span(label="ITEM", start=8, end=13, attributes={"category": "<b>"}),),
    )
    shown = document._repr_html_()
    assert "<script" not in shown
    assert "{{ 7 * 7 }}" in shown
    assert "category: &lt;b&gt;" in shown
    assert ">alert</span>" in shown
    assert "opacity: .5" in shown
    assert repr(document) == f"<Document a, {len(HOSTILE)} characters, 1 zone, 1 span>"


def test_a_layer_says_how_much_it_is_and_shows_its_first_articles() -> None:
    gold = claimspans.load()
    spans, claims = sum(len(one.spans) for one in gold), sum(len(one.claims) for one in gold)
    assert repr(gold) == f"<Layer gold {gold.version}: {len(gold)} articles, {spans} spans, {claims} claims>"
    assert gold._repr_html_().count("<details") == len(gold)
    many = Layer([Document(doc=str(number)) for number in range(25)], "mine")
    assert "and 5 more articles" in many._repr_html_()
    assert repr(many) == "<Layer mine: 25 articles, 0 spans, 0 claims>"


def test_a_corpus_names_its_layers() -> None:
    corpus = Corpus()
    assert repr(corpus) == f"<Corpus claimspans: {len(corpus.sources)} articles; layers: {', '.join(corpus.layers)}>"
    assert "layers: gold" in corpus._repr_html_()


def test_a_score_is_its_tables() -> None:
    gold = [Document(doc="a", spans=(Span(label="ITEM", start=0, end=4),))]
    result = score(gold, gold)
    assert repr(result) == "<Result 1 article: strict F1 1.000, exact F1 1.000, partial F1 1.000, type F1 1.000>"
    assert "<caption>strict</caption>" in result._repr_html_()
    assert repr(score(gold, [], schemes=["strict"])) == "<Result 1 article: strict F1 0.000>"


def test_nothing_else_has_html() -> None:
    with pytest.raises(TypeError, match="int: has no HTML"):
        html(1)
