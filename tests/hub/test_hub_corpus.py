"""The dataset folder of a corpus of grain exports: nothing in it is of another corpus."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from claimspans.hub.table_schema import configurations

from ..helpers.command import claimspans
from ..helpers.grain import annotate, grain

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hub")]


def test_a_corpus_of_three_labels_is_built_and_every_loader_reads_it(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    for layer in ("gold", "ann", "ben"):
        annotate(corpus, layer, ("cairo", "odesa"))
    out = tmp_path / "dataset"
    none = tmp_path / "none.jsonl"
    none.touch()
    given = [f"--predictions={name}={none}" for name in ("rules", "crf")]
    built = claimspans("hub", "build", out, *given, "--json", "--corpus", corpus.root)
    assert built.returncode == 0, built.stderr
    manifest = json.loads(built.stdout)
    assert sum(manifest["rows"]["documents"].values()) == 2  # manila is not annotated
    assert "claims" not in manifest["rows"]
    assert (manifest["repo"], manifest["dataset"]) == ("OWNER/grain", "0.0.0")
    checked = claimspans("hub", "check", out, "--environment", f"here={sys.executable}", "--corpus", corpus.root)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    written = "".join(path.read_text(encoding="utf-8") for path in out.rglob("*.*") if path.suffix != ".parquet")
    for word in ("Korea", "arms ship", "who denied", "claimspans maintainers", "for claims", "| claims"):
        assert word not in written
    card = (out / "README.md").read_text(encoding="utf-8")
    assert "# grain\n\n2 articles marked span by span: 9 spans." in card
    assert "## Agreement of two layers" in card
    assert "Nobody has said under which licence" in (out / "LICENSE-DATA.md").read_text(encoding="utf-8")
    assert "claims" not in configurations(corpus.schema)
    copies = corpus.root / "seeds"
    full = claimspans("hydrate", out, "--articles", copies, "--out", tmp_path / "full", "--corpus", corpus.root)
    assert full.returncode == 0, full.stderr
    assert "Egypt bought 60,000 tonnes" in "".join(
        path.read_text(encoding="utf-8") for path in (tmp_path / "full" / "jsonl" / "documents").iterdir()
    )


def test_a_corpus_says_of_itself_what_its_card_says(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    annotate(corpus, "gold")
    home = corpus.root / "annotations"
    (home / "CARD.md").write_text("# {{ name }} of {{ docs | length }}\n", encoding="utf-8")
    about = {"name": "crops", "pretty_name": "Crops", "description": "Crops."}
    (home / "card.json").write_text(json.dumps(about), encoding="utf-8")
    none = tmp_path / "none.jsonl"
    none.touch()
    given = [f"--predictions={name}={none}" for name in ("rules", "crf")]
    built = claimspans("hub", "build", tmp_path / "out", *given, "--corpus", corpus.root)
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "out" / "README.md").read_text(encoding="utf-8").endswith("# crops of 3")
    (home / "card.json").write_text('{"name": "crops", "titel": 1}', encoding="utf-8")
    refused = claimspans("hub", "build", tmp_path / "other", *given, "--corpus", corpus.root)
    assert (refused.returncode, "card.json" in refused.stderr, "pretty_name" in refused.stderr) == (2, True, True)
