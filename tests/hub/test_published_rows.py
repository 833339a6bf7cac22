"""Rows of the published tables as gold and as predictions, without a library that loads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from claimspans.data.corpus import Corpus
from claimspans.data.layer import Layer
from claimspans.data.problems import InputError
from claimspans.data.records import Document
from claimspans.hub.tables import Row, tables
from claimspans.scoring.result import Result
from claimspans.scoring.score import score

from ..helpers.command import claimspans


@pytest.fixture(scope="module")
def gold(wire: Layer) -> Layer:
    """Six articles, spans inside others among them."""
    return Layer(wire[:6], "gold", schema=wire.schema)


@pytest.fixture(scope="module")
def corpus(wire: Layer) -> Corpus:
    assert wire.corpus is not None
    return wire.corpus


@pytest.fixture(scope="module")
def pass_a(corpus: Corpus) -> Layer:
    return Layer(corpus.load("pass-a")[:6], "pass-a", schema=corpus.schema)


@pytest.fixture(scope="module")
def rows(corpus: Corpus, gold: Layer, pass_a: Layer) -> dict[str, list[Row]]:
    """The articles as they are published without their texts."""
    made = tables(corpus, gold, {"mine": pass_a}, standoff=True)
    return {name: [row for split in splits.values() for row in split] for name, splits in made.items()}


def figures(result: Result) -> dict[str, Any]:
    strict = result["strict"]
    return {"all": strict.micro.f1, "ignored": result.ignored} | {name: one.f1 for name, one in strict.labels.items()}


@pytest.mark.parametrize("table", ["documents", "sentences", "tokens"])
def test_a_table_is_a_gold_and_predictions_with_the_same_figures(
    table: str, rows: dict[str, list[Row]], gold: Layer, pass_a: Layer
) -> None:
    found = list(pass_a)
    # A prediction that lies in a zone is ignored only where the zones are known.
    one = next(document for document in gold if document.zones)
    zone = one.zones[0]
    at = next(number for number, document in enumerate(found) if document.doc == one.doc)
    inside = msgspec.structs.replace(found[at].spans[0], id="s999", start=zone.start, end=zone.end, text=None)
    found[at] = msgspec.structs.replace(found[at], spans=(*found[at].spans, inside))
    wanted = figures(score(gold, found))
    assert wanted["ignored"] == 1
    assert wanted["all"] < 1
    assert figures(score(rows[table], found)) == wanted
    assert score(gold, rows[table])["strict"].micro.f1 == 1
    if table == "tokens":
        assert sum(len(row["dropped"]) for row in rows[table]) > 0


def test_claims_come_with_the_spans_that_they_name_and_with_all_where_these_are_given(
    rows: dict[str, list[Row]], gold: Layer
) -> None:
    for given in (rows["claims"], [*rows["claims"], *rows["spans"]], [*rows["spans"], *rows["claims"]]):
        found = score(gold, given)
        assert found.claims["whole"].f1 == score(given, gold).claims["whole"].f1 == 1
        assert found["strict"].micro.precision == 1
        assert (found["strict"].micro.recall == 1) == (given is not rows["claims"])


def test_of_several_layers_none_is_guessed(rows: dict[str, list[Row]], gold: Layer, pass_a: Layer) -> None:
    with pytest.raises(InputError, match="rows of pass-a and of pass-b: name one behind the path, as in PATH#pass-a"):
        score(gold, rows["passes"])
    alone = [row for row in rows["passes"] if row["layer"] == "pass-a"]
    assert figures(score(gold, alone)) == figures(score(gold, pass_a))
    assert figures(score(gold, rows["predictions"])) == figures(score(gold, alone))


def test_a_system_is_held_to_the_attributes_that_it_told_alone(corpus: Corpus, gold: Layer) -> None:
    bare = [
        Document(doc=one.doc, spans=tuple(msgspec.structs.replace(span, attributes={}) for span in one.spans))
        for one in gold
    ]
    made = tables(corpus, gold, {"mine": bare}, names=["predictions"])["predictions"]
    told = score(gold, [row for split in made.values() for row in split]).attributes["STANCE.stance"]
    assert (told.given, told.matched) == (0, sum(span.label == "STANCE" for one in gold for span in one.spans))


def test_the_command_takes_one_layer_of_a_file_as_the_gold(tmp_path: Path, rows: dict[str, list[Row]]) -> None:
    path = tmp_path / "layers.jsonl"
    layers = [row for row in rows["passes"] if row["layer"] in ("pass-a", "pass-b")]
    path.write_text("".join(json.dumps(row) + "\n" for row in layers), encoding="utf-8")
    ran = claimspans("score", "--gold", f"{path}#pass-a", f"{path}#pass-b", "--json", "--brief")
    other = score(f"{path}#pass-a", f"{path}#pass-b")["strict"].micro.f1
    assert json.loads(ran.stdout)["schemes"]["strict"]["micro"]["f1"] == other
    assert 0.9 < (other or 0) < 1
    refused = claimspans("score", "--gold", f"{tmp_path / 'none.jsonl'}#pass-a", path)
    assert (refused.returncode, "no such file" in refused.stderr) == (2, True)
