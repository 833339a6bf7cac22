"""The card of the dataset: its header, its figures, its links and its examples."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
import yaml

from claimspans.data.corpus import Corpus
from claimspans.data.environments import environment
from claimspans.data.layer import Layer
from claimspans.data.predictions import read_predictions
from claimspans.data.records import Document
from claimspans.data.schema import Schema
from claimspans.hub.build import BASELINES
from claimspans.hub.folder import read_jsonl
from claimspans.hub.table_schema import configurations
from claimspans.layers.agreement import agree
from claimspans.report.site.picture import timeline
from claimspans.scoring.score import score

from ..helpers.places import ROOT
from .test_hub_build import CACHE, TOOLS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("hub"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of the libraries that datasets imports
]


def test_the_card_header_declares_what_the_loader_finds(whole: Path, schema: Schema, tmp_path: Path) -> None:
    from datasets import load_dataset_builder
    from huggingface_hub import DatasetCard

    from claimspans.hub.folder import features_of

    data = DatasetCard.load(whole / "README.md").data.to_dict()
    assert data["license"] == "other"
    assert (whole / data["license_link"]).is_file()
    assert data["annotations_creators"] == ["machine-generated"]
    assert data["task_ids"] == ["named-entity-recognition"]
    assert [each["config_name"] for each in data["configs"] if each.get("default")] == ["spans"]
    sizes = {each["config_name"]: each["splits"] for each in data["dataset_info"]}
    for name, table in configurations(schema).items():
        builder = load_dataset_builder(str(whole), name, cache_dir=str(tmp_path))
        assert builder.info.features == features_of(table.columns)
        builder.download_and_prepare()
        found = {split: (info.num_bytes, info.num_examples) for split, info in builder.info.splits.items()}
        assert {each["name"]: (each["num_bytes"], each["num_examples"]) for each in sizes[name]} == found


def test_the_card_says_what_the_scorer_and_the_passes_say(whole: Path, gold: Layer, corpus: Corpus) -> None:
    card = (whole / "README.md").read_text(encoding="utf-8")
    assert agree(corpus.load("pass-a"), corpus.load("pass-b")).markdown() in card
    rows = [row for split in ("train", "test") for row in read_jsonl(whole, "predictions", split)]
    keep = ("id", "label", "start", "end")
    for system in BASELINES:
        predicted = [
            {"type": "span", "doc": row["doc"]} | {name: span[name] for name in (*keep, *span["given"])}
            for row in rows
            if row["system"] == system
            for span in row["spans"]
        ]
        strict = score(gold, predicted, schema=corpus.schema)["strict"]
        low, high = strict.interval["f1"]
        assert f"| {strict.micro.f1:.3f} [{low:.3f}, {high:.3f}] |" in card


def test_the_card_s_numbers_are_those_of_the_gold(whole: Path, gold: Layer, corpus: Corpus) -> None:
    card = (whole / "README.md").read_text(encoding="utf-8")
    spans = [span for document in gold for span in document.spans]
    claims = [claim for document in gold for claim in document.claims]
    for name in corpus.schema.labels:
        assert f"\n### {name} ({sum(span.label == name for span in spans)})\n" in card
    assert f"\n### Claims ({len(claims)})\n" in card
    for home in ("claim_fields", "cargo"):
        for field in corpus.schema.root["$defs"][home]["properties"]:
            assert all(
                f"`{one.value}` {one.description}" in card for one in corpus.schema.choices(home, field) if one.value
            )
    assert not any(f"colour `{label.color}`" in card for label in corpus.schema.labels.values())
    said = yaml.safe_load((whole / "CITATION.cff").read_text(encoding="utf-8"))
    assert (
        f"\n  year = {{{said['date-released'].year}}},\n  url = {{https://huggingface.co/datasets/me/claimspans}},\n"
        in card
    )
    cues = sum(span.attributes.get("stance") == "denial" for span in spans)
    denied = sum(claim.stance == "denial" for claim in claims)
    assert f" denial: {cues} STANCE, {denied} claim" in card
    limits = card[card.index("can and cannot show") :]
    assert " denial: " in limits[: limits.index("\n## ")]
    zones = sum(len(document.zones) for document in gold)
    assert f"{len(gold)} articles, {len(spans)} spans, {len(claims)} claims, {zones} zones." in card
    stances = [span.attributes["stance"] for span in spans if span.label == "STANCE"]
    most = max(set(stances), key=stances.count)
    share = round(100 * stances.count(most) / len(stances))
    assert f"{stances.count(most)} of {len(stances)} stances are `{most}`" in card
    assert f"is right on {share} % of them." in card
    assert f"two-sided p below {2 * 0.5 ** len(gold)}," in card
    touched = [set(range(span.start, span.end)) for document in gold for span in document.spans]
    assert sum(map(len, touched)) == sum(
        len({at for span in document.spans for at in range(span.start, span.end)}) for document in gold
    )
    assert "No two spans overlap here" in card
    first = read_jsonl(whole, "spans", "train")[0]
    quoted = ", ".join(f"{name}={first[name]!r}" for name in ("doc", "label", "start", "end", "text"))
    assert f"\nspans[0]  # {quoted} …\n" in card
    changelog = (ROOT / "annotations" / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = changelog[changelog.index("\n## ") :]
    assert re.sub("^#", "##", sections, flags=re.MULTILINE).rstrip() in card
    assert all(blank == "" for blank, line in pairwise(card.splitlines()) if line.startswith("## "))


def test_the_timeline_has_every_claimed_number_and_a_denial_stands_against_it(corpus: Corpus, gold: Layer) -> None:
    claimed = {
        (document.doc, f"{span.attributes['value']:,}")
        for document in gold
        for span in document.spans
        if span.attributes.get("unit") == "container" and span.attributes["value"] is not None
        if any(row.quantity == span.id for claim in document.claims for row in claim.cargo)
    }
    assert len(claimed) == 7

    def drawn(documents: Sequence[Document]) -> dict[tuple[str, str], set[str]]:
        """The stances of the marks by article and number."""
        found: dict[tuple[str, str], set[str]] = {}
        for title in re.findall("<title>(.*?)</title>", timeline(corpus, documents) or ""):
            if number := re.search(r", (\w+), (?:[^,]*? )?([\d,]+) container, .*article (\d+)$", title):
                found.setdefault((number[3], number[2]), set()).add(number[1])
        return found

    assert drawn(gold).keys() == claimed
    denied = [
        msgspec.structs.replace(
            document, claims=tuple(msgspec.structs.replace(claim, stance="denial") for claim in document.claims)
        )
        for document in gold
        if document.doc == "003"
    ]
    assert drawn([*(document for document in gold if document.doc != "003"), *denied])["003", "16,500"] == {"denial"}
    assert timeline(corpus, gold) == timeline(corpus, gold)
    assert timeline(corpus, [msgspec.structs.replace(document, claims=()) for document in gold]) is None


def test_a_timeline_of_more_claims_than_marks_shows_how_many(corpus: Corpus, gold: Layer) -> None:
    document = gold[3]
    numbered = [claim for claim in document.claims if any(row.quantity is not None for row in claim.cargo)]
    many = [msgspec.structs.replace(claim, id=f"c{at}-{claim.id}") for at in range(300) for claim in numbered]
    drawn = timeline(corpus, [msgspec.structs.replace(document, claims=tuple(many))])
    assert drawn is not None
    assert 'data-mark="rect"' in drawn
    assert "<title>" not in drawn


def test_every_link_and_picture_of_the_cards_is_there(whole: Path, dataset: Path) -> None:
    for folder in (whole, dataset):
        card = (folder / "README.md").read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", card):
            assert (folder / target).is_file(), target
        headings = {re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in card.splitlines()}
        assert all(anchor in headings for anchor in re.findall(r"\]\(#([^)]+)\)", card))
        for picture in folder.glob("*.svg"):
            assert not re.search(r"url\(http|href=\"http|@import", picture.read_text(encoding="utf-8"))


def test_the_quick_start_runs_as_it_stands(whole: Path, tmp_path: Path) -> None:
    code, _ = examples_of(whole)
    printed = "print(len(spans), len(documents), len(held_out), len(trained_on), set(sentences['zone']))"
    said = run_example(sys.executable, code + printed, tmp_path)
    assert said.split() == ["233", "5", "1", "4", "{None}"]


def examples_of(folder: Path) -> list[str]:
    """The card's programs, with the folder in the place of the repository's name."""
    card = (folder / "README.md").read_text(encoding="utf-8")
    return [code.replace("me/claimspans", str(folder)) for code in re.findall(r"```python\n(.*?)```", card, re.DOTALL)]


def run_example(python: Path | str, program: str, home: Path) -> str:
    """What a program prints under an interpreter's own packages, and of this one's those that it has not."""
    program = f"import sys; sys.path.append({sysconfig.get_path('purelib')!r})\n{program}"
    settings = os.environ | {"HF_HOME": str(home), "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(ROOT / "eval")}
    run = subprocess.run([python, "-c", program], capture_output=True, text=True, env=settings, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.parametrize("loader", ["datasets 3.6", "newest"])
def test_the_card_ends_with_the_score_of_all_folds(
    dataset: Path, corpus: Corpus, gold: Layer, tmp_path: Path, loader: str
) -> None:
    """Of the dataset without texts, which is the one that is published."""
    assert (dataset / "README.md").read_text(encoding="utf-8").endswith("\n```\n")
    _, code = examples_of(dataset)
    said = run_example(environment(TOOLS, CACHE) if loader == "datasets 3.6" else sys.executable, code, tmp_path)
    *folds, whole = (line.split() for line in said.splitlines())
    assert [int(number) for number, _ in folds] == list(range(len(gold)))
    answers = read_predictions(Path(f"{dataset / 'predictions'}#{list(BASELINES)[-1]}"), corpus.schema, gold.texts)
    for document, (_, f1) in zip(gold, folds, strict=True):
        alone = score([document], [one for one in answers if one.doc == document.doc])
        assert float(f1) == round(alone["strict"].micro.f1 or 0, 3)
    expected = round(score(gold, list(answers))["strict"].micro.f1 or 0, 3)
    assert float(whole[1]) == expected
    assert f" # {expected:.3f}\n```" in (dataset / "README.md").read_text(encoding="utf-8")
