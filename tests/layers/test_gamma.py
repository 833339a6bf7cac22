"""γ by the real library: hand-worked disorder, chance from a seed, nothing left behind, and the command."""

from __future__ import annotations

import json
import logging
import sys

import numpy as np
import pytest

from claimspans import ClaimspansError, Document, Span, load
from claimspans.cli import main
from claimspans.layers.gamma import Gamma, gamma

slow = [pytest.mark.slow, pytest.mark.xdist_group("gamma")]  # importing the library compiles it, for ten seconds


def layer(*triples: tuple[int, int, str], doc: str = "1") -> list[Document]:
    return [Document(doc=doc, spans=tuple(Span(label=label, start=start, end=end) for start, end, label in triples))]


FIRST = layer((0, 10, "ITEM"), (100, 110, "DATE"), (150, 160, "ITEM"))


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygamma_agreement", None)
    with pytest.raises(ClaimspansError, match=r"pip install 'claimspans\[gamma\]'"):
        gamma(FIRST, FIRST)


def test_articles_without_spans_have_no_gamma_and_need_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygamma_agreement", None)
    found = gamma(layer(), layer())
    assert (found.gamma, found.articles["1"].gamma) == (None, None)


class TestWithTheLibrary:
    pytestmark = slow

    @pytest.fixture(autouse=True)
    def few_samples(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Layers of three spans vary so much by chance that 2 % takes thousands of samples."""
        monkeypatch.setattr("claimspans.layers.gamma.PRECISION", 0.2)

    def test_the_observed_disorder_is_that_of_the_definition(self) -> None:
        """Spans of length 10, one moved by 1: ((1 + 1) / (10 + 10))²; one of another label: 1; a mean of three."""
        second = layer((1, 11, "ITEM"), (100, 110, "ITEM"), (150, 160, "ITEM"))
        found = gamma(FIRST, second).articles["1"]
        assert found.observed == pytest.approx((0.1**2 + 1) / 3)
        assert found.spans == 3
        assert found.gamma is not None
        assert found.gamma == pytest.approx(1 - found.observed / found.expected)
        assert 0 < found.gamma < 1

    def test_equal_layers_have_1_and_a_layer_without_spans_less_than_chance(self) -> None:
        assert gamma(FIRST, FIRST).gamma == gamma(FIRST, FIRST, FIRST).gamma == 1.0
        nothing = gamma(FIRST, layer()).gamma
        assert nothing is not None
        assert nothing < 0

    def test_one_span_that_all_have_is_undefined(self) -> None:
        """Chance cannot place it otherwise than on itself: there is no disorder to expect."""
        assert gamma(layer((0, 10, "ITEM")), layer((0, 10, "ITEM"))).gamma is None

    def test_articles_are_weighted_by_their_spans(self) -> None:
        """One article in which all agree, one in which nothing does: γ of all is the share of disorders summed."""
        one = [*FIRST, *layer((0, 10, "ITEM"), doc="2")]
        two = [*FIRST, *layer((50, 60, "DATE"), doc="2")]
        found = gamma(one, two)
        (same, other) = found.articles.values()
        assert found.gamma == pytest.approx(1 - other.observed / (3 * same.expected + other.expected))

    def test_it_repeats_whatever_the_order_of_articles_and_leaves_no_trace(
        self, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
    ) -> None:
        passes = (
            load("pass-a"),
            [Document(doc=document.doc, text=document.text, spans=document.spans[::2]) for document in load("pass-b")],
        )
        root = logging.getLogger()
        before = repr(np.random.get_state()), list(root.handlers), list(root.filters)  # noqa: NPY002 -- what is tested
        found = gamma(*passes)
        assert (repr(np.random.get_state()), root.handlers, root.filters) == before  # noqa: NPY002
        again = gamma(*(layer[::-1] for layer in passes))
        assert {doc: again.articles[doc] for doc in found.articles} == found.articles
        other = gamma(*passes, seed=1)
        assert isinstance(other, Gamma)
        assert other.articles != found.articles
        assert found.gamma == pytest.approx(other.gamma, abs=0.02)
        assert capfd.readouterr() == ("", "")
        assert not caplog.records

    def test_the_command_adds_it(self, capfd: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as ended:
            main(["agree", "pass-a", "pass-b", "--gamma", "--json"])
        assert not ended.value.code
        found = json.loads(capfd.readouterr().out)["gamma"]
        assert found["all"] == 1.0
        assert set(found["articles"]) == {"000", "001", "002", "003", "004"}
        assert found["seed"] == 0
