"""What a card says of where the tool is and whom to write to, and how often values stand."""

from __future__ import annotations

import json
from email.message import Message
from pathlib import Path

import pytest

from claimspans.data.corpus import Corpus
from claimspans.data.records import Claim, Document, Span
from claimspans.data.schema import Schema
from claimspans.hub import about
from claimspans.hub.about import addresses_of
from claimspans.hub.value_counts import rare, values_of

from ..helpers.grain import grain


def test_the_project_s_corpora_have_its_addresses_which_are_yet_to_be_given(corpus: Corpus) -> None:
    for each in (corpus, Corpus("wire")):
        found = addresses_of(each)
        assert (found.tool, found.contact) == ("https://claimspans.invalid/", "maintainers@claimspans.invalid")
        assert found.placeholders == (found.tool, found.contact)


def test_a_corpus_of_somebody_s_own_has_no_placeholders_of_others(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    assert addresses_of(corpus) == about.Addresses("", "")
    said = {"name": "grain", "pretty_name": "Grain", "description": "Grain.", "contact": "grain@example.org"}
    (corpus.root / "annotations").mkdir(exist_ok=True)
    (corpus.root / "annotations" / "card.json").write_text(json.dumps(said), encoding="utf-8")
    assert addresses_of(corpus) == about.Addresses("", "grain@example.org")
    assert addresses_of(corpus).placeholders == ()


def test_an_installed_package_says_its_addresses_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = Message()
    installed["Project-URL"] = "Issues, https://example.org/issues"
    installed["Project-URL"] = "Repository, https://example.org/claimspans"
    installed["Author-email"] = "The maintainers <us@example.org>"
    monkeypatch.setattr(about, "shipped_corpus", lambda: tmp_path)
    monkeypatch.setattr("importlib.metadata.metadata", lambda _: installed)
    inside = grain(tmp_path / "grain")
    assert addresses_of(inside) == about.Addresses("https://example.org/claimspans", "us@example.org")
    assert addresses_of(inside).placeholders == ()


def test_values_that_stand_seldom_are_counted_by_where_they_stand(schema: Schema) -> None:
    stances = ["denial"] * 2 + ["assertion"] * 6
    spans = tuple(
        Span(label="STANCE", start=at, end=at + 1, attributes={"stance": each}) for at, each in enumerate(stances)
    )
    claims = (
        Claim(event="transfer", stance="denial"),
        *(Claim(event="transfer", stance="assertion") for _ in range(5)),
    )
    gold = [Document(doc="1", spans=spans, claims=claims)]
    assert dict(values_of(spans, schema, "STANCE"))["stance"]["denial"] == 2
    said = dict(rare(gold, schema))["stance"].split("; ")
    assert "denial: 2 STANCE, 1 claim" in said
    assert "dispute: 0 STANCE, 0 claims" in said
    assert not any(each.startswith("assertion") for each in said)
