"""Layers under a schema with attributes of every type: lists, references to spans of any label, words that are ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimspans import Corpus, agree, check
from claimspans.data.articles import Given
from claimspans.data.holdings import add
from claimspans.data.new_corpus import new_corpus
from claimspans.layers.differences import differences

TEXTS = {"a": "Egypt bought wheat.", "b": "India bought rice."}
CROPS: dict[str, Any] = {
    "bulk": {"description": "In bulk.", "type": "boolean"},
    "aliases": {"description": "Other names.", "type": "array", "items": {"type": "string"}},
    "entity": {"description": "Its trader.", "type": "string"},
    "country": {"description": "Where it is sold.", "type": "string"},
}
DEALS = {"crops": {"description": "Its crops.", "x-compare": "spans", "type": "array", "items": {"type": "string"}}}


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Two articles, each with a deal in crops, the trader the same and the country not."""
    labels = {"DEAL": DEALS, "CROP": CROPS}
    about = {"title": "A", "description": "B.", "x-color": "#000000"}
    defs = {
        name: about | {"x-hotkey": str(at), "properties": found} for at, (name, found) in enumerate(labels.items(), 1)
    }
    listed = {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in labels]}
    path = tmp_path / "crops.json"
    path.write_text(json.dumps({"x-version": "1", "$defs": {"label": listed, **defs}}), encoding="utf-8")
    new_corpus(tmp_path / "mine", str(path))
    corpus = Corpus(tmp_path / "mine")
    for doc, text in TEXTS.items():
        (tmp_path / f"{doc}.txt").write_text(text, encoding="utf-8")
    add(corpus, [tmp_path / f"{doc}.txt" for doc in TEXTS], Given())
    return corpus


def annotate(corpus: Corpus, layer: str, *, bulk: bool, aliases: list[str], named: str = "s2") -> None:
    folder = corpus.root / "annotations" / layer
    folder.mkdir()
    for doc, text in TEXTS.items():
        said: dict[str, Any] = {"bulk": bulk, "aliases": aliases, "entity": "Nile", "country": text[:2].upper()}
        lines: list[dict[str, Any]] = [{"type": "document", "doc": doc, "sha256": corpus.sources[doc].sha256}]
        marks = [("DEAL", "bought", {"crops": [named]}), ("CROP", text[13:-1], said)]
        for number, (label, words, attributes) in enumerate(marks, 1):
            start = text.index(words)
            place = {"start": start, "end": start + len(words), "text": words}
            lines.append({"type": "span", "doc": doc, "id": f"s{number}", "label": label, **place, **attributes})
        (folder / f"{doc}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def test_a_reference_may_name_a_span_of_any_label_and_entities_are_the_schemas_own(corpus: Corpus) -> None:
    annotate(corpus, "gold", bulk=True, aliases=[])
    annotate(corpus, "loose", bulk=True, aliases=[], named="s9")
    assert check("gold", corpus) == []
    assert [problem.id for problem in check("loose", corpus)] == ["ref-unknown", "ref-unknown"]


def test_lists_of_words_differ_where_the_words_do(corpus: Corpus) -> None:
    annotate(corpus, "x", bulk=True, aliases=["corn", "grain"])
    annotate(corpus, "y", bulk=False, aliases=["corn", "grain"])
    annotate(corpus, "z", bulk=False, aliases=["corn"])
    x, y, z = map(corpus.load, "xyz")
    assert [each.field for each in differences(x, y)] == ["bulk", "bulk"]
    (first, _) = differences(y, z)
    assert [reading and reading.words for reading in first.readings] == ["corn, grain", "corn"]
    assert "claims" not in agree(x, y).markdown()
