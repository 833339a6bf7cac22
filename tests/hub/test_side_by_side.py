"""Two corpora as one dataset: the five articles without their texts, and the invented ones with them."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from claimspans.data.corpus import Corpus
from claimspans.data.problems import ClaimspansError
from claimspans.data.splits import read_splits
from claimspans.hub import push as pushing
from claimspans.hub.check import Finding
from claimspans.hub.folder import read_manifest
from claimspans.hub.published import Published
from claimspans.hub.side_by_side import build_parts
from claimspans.layers.agreement import agree

from ..helpers.command import claimspans
from .test_hub_build import said_in
from .test_hub_push import addressed

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hub")]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of both, with baselines that find nothing: what they find is another test's."""
    folder = tmp_path_factory.mktemp("both")
    (folder / "none.jsonl").touch()
    silent = [
        f"--predictions={part}/{name}={folder / 'none.jsonl'}" for part in ("news", "wire") for name in ("rules", "crf")
    ]
    parts = ["--part", f"news={Corpus().root}", "--part", "wire=wire"]
    run = claimspans("hub", "build", folder / "data", *parts, *silent, "--repo", "me/both")
    assert run.returncode == 0, run.stderr
    assert "news: without the articles' texts" in " ".join(run.stderr.split())
    return folder / "data"


def test_each_corpus_is_loaded_at_once_and_as_a_stream_under_its_name(both: Path) -> None:
    """Row by row as the gold has it, in the splits that the corpus names."""
    run = claimspans("hub", "check", both, "--environment", f"this={sys.executable}", "--json")
    assert run.returncode == 0, run.stdout + run.stderr
    findings = [Finding(**json.loads(line)) for line in run.stdout.splitlines()]
    splits = {"news": {"train", "test"}, "wire": {"train", "dev", "test"}}
    for way in ("batch", "streaming"):
        mine = [one for one in findings if one.way == way]
        for part, wanted in splits.items():
            for table in ("spans", "documents", "claims", "sentences", "tokens", "passes", "predictions"):
                found = [one for one in mine if one.configuration == f"{part}-{table}"]
                assert {one.split for one in found} == wanted
                assert all(one.equal == one.rows > 0 for one in found)
    rows = read_manifest(both).rows["wire-documents"]
    assert rows == {"train": 24, "dev": 6, "test": 10}
    named = {row.doc: row.split for row in read_splits(Corpus("wire")).values()}
    for split in rows:
        lines = (both / "wire" / "jsonl" / "documents" / f"{split}.jsonl").read_text(encoding="utf-8").split("\n")
        docs = [json.loads(line)["doc"] for line in filter(None, lines)]
        assert docs == [doc for doc, its in named.items() if its == split]


def test_it_is_pushed_like_any_other_where_its_card_has_addresses(
    both: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pushing, "look", lambda repo: Published(repo=repo))
    with pytest.raises(ClaimspansError, match="for an address, a placeholder"):
        pushing.plan(both, "me/both")
    planned = pushing.plan(addressed(shutil.copytree(both, tmp_path / "both")), "me/both")
    assert planned.private is None
    assert pushing.GATE not in planned.steps


def test_the_texts_of_the_one_are_there_and_those_of_the_other_are_not(both: Path) -> None:
    news, wire = Corpus(Corpus().root), Corpus("wire")
    manifest = read_manifest(both)
    assert (manifest.standoff, manifest.reserved, manifest.foreign_texts) == (False, (), "")
    longest = max(len(span.text or "") for document in news.load() for span in document.spans)
    titles = {source.title for source in news.sources.values()}
    runs = {text[at : at + longest + 1] for text in news.texts.values() for at in range(len(text) - longest)}
    said = {text: name for name, text in said_in(both)}
    for text in said.keys() - titles:
        assert not any(text[at : at + longest + 1] in runs for at in range(len(text) - longest)), said[text]
    assert set(wire.texts.values()) <= said.keys()


def test_the_cards_say_what_each_is(both: Path) -> None:
    from huggingface_hub import DatasetCard

    header: dict[str, Any] = DatasetCard.load(both / "README.md").data.to_dict()
    assert [one["config_name"] for one in header["configs"] if one.get("default")] == ["news-spans"]
    assert header["license"] == "other"
    whole, card = ((both / name).read_text(encoding="utf-8") for name in ("README.md", "wire/README.md"))
    assert "**wire**: FICTION: " in whole
    assert "\nFICTION: forty articles" in card
    assert DatasetCard.load(both / "wire" / "README.md").data.license == "cc-by-4.0"
    assert "licensed under CC BY 4.0" in (both / "LICENSE-DATA.md").read_text(encoding="utf-8").partition("# wire")[2]
    for target in re.findall(r"\]\(([^)#:]+)\)", whole):
        assert (both / target).is_file(), target
    assert 'load_dataset("me/both", "wire-spans", split="train")' in card
    assert yaml.safe_load((both / "eval.yaml").read_text(encoding="utf-8"))["tasks"][0]["config"] == "news-documents"


def test_the_card_s_agreement_is_that_of_the_passes_by_label_and_by_genre(both: Path) -> None:
    card = (both / "wire" / "README.md").read_text(encoding="utf-8")
    wire = Corpus("wire")
    one, other = wire.load("pass-a"), wire.load("pass-b")
    assert agree(one, other).markdown() in card
    genres: dict[str, set[str]] = {}
    for row in read_splits(wire).values():
        genres.setdefault(row.genre or "", set()).add(row.doc)
    assert len(genres) == 8
    for genre, docs in genres.items():
        mine = ([document for document in layer if document.doc in docs] for layer in (one, other))
        spans = agree(*mine, schema=wire.schema).pairs[0].spans()
        figures = " | ".join("–" if exact.f1 is None else f"{exact.f1:.3f}" for exact, _ in spans.values())
        assert f"\n| {genre} | {len(docs)} | {figures} |\n" in card


def test_a_part_is_hydrated_and_what_is_missing_is_said(both: Path, tmp_path: Path) -> None:
    copies = Corpus().root / "seeds"
    run = claimspans("hydrate", both, "--articles", copies, "--out", tmp_path / "full")
    assert (run.returncode, "hydrate one of them: " in run.stderr, str(both / "news") in run.stderr) == (2, True, True)
    run = claimspans("hydrate", both / "news", "--articles", copies, "--out", tmp_path / "full")
    assert run.returncode == 0, run.stderr
    run = claimspans("hub", "diff", both, "--with", shutil.copytree(both, tmp_path / "same"))
    assert (run.returncode, run.stdout) == (0, "no difference\n")
    manifest = json.loads((tmp_path / "same" / "build.json").read_bytes())
    manifest["parts"]["wire"] = "elsewhere"
    (tmp_path / "same" / "build.json").write_text(json.dumps(manifest), encoding="utf-8")
    run = claimspans("hub", "check", tmp_path / "same", "--environment", f"this={sys.executable}")
    assert (run.returncode, "wire: is of the corpus elsewhere, which is not here" in run.stderr) == (2, True)


@pytest.mark.parametrize(
    ("parts", "predictions", "said"),
    [
        (("news",), {}, "a dataset of several corpora has two parts or more"),
        (("news", "Wire-2"), {}, "'Wire-2': no name of a part"),
        (("news", "wire"), {"rules": "x"}, "rules: of which part\\? name predictions PART/NAME, such as news/rules"),
    ],
)
def test_parts_that_cannot_be_are_refused(
    parts: tuple[str, ...], predictions: dict[str, str], said: str, tmp_path: Path
) -> None:
    with pytest.raises(ClaimspansError, match=said):
        build_parts(tmp_path / "out", dict.fromkeys(parts, Corpus("wire")), predictions)
    assert list(tmp_path.iterdir()) == []
