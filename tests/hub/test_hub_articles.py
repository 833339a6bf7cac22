"""Whose texts are published: none but those of articles with a licence, unless their publisher's leave is asserted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from claimspans.data.corpus import Corpus
from claimspans.data.layer import Layer
from claimspans.data.problems import ClaimspansError, InputError
from claimspans.hub import push as pushing
from claimspans.hub.build import BASELINES, build
from claimspans.hub.folder import Manifest, read_jsonl, read_manifest, write_json
from claimspans.hub.published import Published

from ..helpers.hub_double import Double
from ..helpers.places import ROOT
from .test_hub_build import problems, said_in
from .test_hub_folder import built
from .test_hub_push import REPO, addressed, push

slow = [pytest.mark.slow, pytest.mark.xdist_group("hub")]
ARTICLES = ("000", "001", "002", "003", "004")


def longest_shared(text: str, article: str, known: int) -> int:
    """The length of the longest run of characters that both have, if it is longer than ``known``; else that."""
    runs = {article[at : at + known + 1] for at in range(len(article) - known)}
    for at in range(len(text) - known):
        while known < len(text) - at and text[at : at + known + 1] in runs:
            known += 1
            runs = {article[start : start + known + 1] for start in range(len(article) - known)}
    return known


def test_the_longest_shared_run_is_found() -> None:
    assert longest_shared("xx abcd yy", "abc abcde", 0) == len(" abcd")
    assert longest_shared("abc", "abc", 1) == 3
    assert longest_shared("xyz", "abc", 2) == 2


@pytest.mark.slow
@pytest.mark.xdist_group("hub")
def test_what_is_built_and_pushed_without_options_quotes_no_more_than_a_span(
    hub: Double, dataset: Path, corpus: Corpus, gold: Layer, tmp_path: Path
) -> None:
    """Over every byte that the Hub received: JSON's strings, every cell of Parquet, Markdown and pictures."""
    run = push(hub, tmp_path / "home", addressed(shutil.copytree(dataset, tmp_path / "addressed")))
    assert run.returncode == 0, run.stderr
    for _, files, _ in hub.repositories[REPO].commits:
        for name, raw in files.items():
            (tmp_path / "got" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "got" / name).write_bytes(raw)
    said: dict[str, set[str]] = {}
    for name, text in said_in(tmp_path / "got"):
        said.setdefault(text, set()).add(name)
    kinds = {name.rpartition(".")[2] for names in said.values() for name in names}
    assert {"parquet", "jsonl", "json", "md", "svg"} <= kinds
    longest = max(len(span.text or "") for document in gold for span in document.spans)
    found = 0
    for text in said.keys() - {source.title for source in corpus.sources.values()}:
        for article in corpus.texts.values():
            found = longest_shared(text, article, found)
    assert 20 < found <= longest


@pytest.mark.slow
@pytest.mark.xdist_group("hub")
def test_rows_without_text_have_as_many_tags_as_tokens_none_of_which_is_a_word(dataset: Path) -> None:
    from datasets import load_dataset

    for split in ("train", "test"):
        read = read_jsonl(dataset, "tokens", split)
        loaded = load_dataset("parquet", data_files=str(dataset / "tokens" / f"{split}-*.parquet"), split="train")
        assert loaded.to_list() == read
        for row in read:
            columns = ("tokens", "tags", "ner_tags", "token_starts", "token_ends")
            assert len({len(row[name]) for name in columns}) == 1
            assert len(row["tokens"]) > 0
            assert set(row["tokens"]) == {None}


@pytest.mark.slow
@pytest.mark.xdist_group("hub")
def test_texts_are_pushed_only_when_it_is_said_again_and_where_few_see_them(
    hub: Double, whole: Path, tmp_path: Path
) -> None:
    whole = addressed(shutil.copytree(whole, tmp_path / "whole"))
    refused = push(hub, tmp_path, whole)
    assert refused.returncode == 2
    assert f"{whole}: holds the texts of articles {', '.join(ARTICLES)}, whose publishers keep" in refused.stderr
    assert "build it without --with-articles, or, if you may publish them, say so with" in refused.stderr
    assert hub.writes() == []
    done = push(hub, tmp_path, whole, "--with-articles")
    assert done.returncode == 0, done.stderr
    assert "hub push asks for --with-articles" not in done.stderr
    repository = hub.repositories[REPO]
    assert (repository.private, repository.gated) == (True, "manual")
    gated = next(number for number, path in enumerate(hub.writes()) if path.endswith("/settings"))
    assert hub.writes()[gated + 1].endswith("/commit/main")  # nobody reads them in between
    card = (repository.files() or {})["README.md"].decode()
    assert "\nextra_gated_prompt: " in card.partition("\n---\n")[0]
    shown = push(hub, tmp_path, whole, "--with-articles", "--public")
    assert (shown.returncode, "did: make it public" in shown.stdout) == (0, True), shown.stderr
    assert (repository.private, repository.gated) == (False, "manual")
    assert len(repository.commits) == 2
    again = push(hub, tmp_path, whole, "--with-articles")
    assert (again.returncode, "say so with --public" in again.stderr) == (2, True)


def holding(path: Path, *reserved: str, **changes: object) -> Path:
    """What looks like a build that holds texts."""
    built(path, "README.md")
    write_json(
        path / "build.json",
        json.loads((path / "build.json").read_bytes()) | {"standoff": False, "reserved": reserved} | changes,
    )
    return path


@pytest.mark.slow
def test_who_is_to_see_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def standing(public: bool | None) -> None:
        there = Published(repo=REPO)
        if public is not None:
            there = Published(repo="me/data", head="0", public=public, gated=not public)
        monkeypatch.setattr(pushing, "look", lambda _: there)

    bare, texts, free = built(tmp_path / "bare", "README.md"), holding(tmp_path / "a", "003"), holding(tmp_path / "b")
    older = holding(tmp_path / "c", reserved=None)
    standing(None)
    for folder in (texts, older):
        with pytest.raises(ClaimspansError, match="whose publishers keep the rights; build it without --with-articles"):
            pushing.plan(folder, "me/data")
        assert pushing.plan(folder, "me/data", with_articles=True).private is True
        assert pushing.plan(folder, "me/data", with_articles=True, public=True).private is False
        assert pushing.GATE in pushing.plan(folder, "me/data", with_articles=True, public=True).steps
    for folder in (bare, free):
        assert pushing.plan(folder, "me/data").private is None
        assert pushing.plan(folder, "me/data", private=True).private is True
        assert pushing.GATE not in pushing.plan(folder, "me/data").steps
    standing(public=True)
    for folder in (bare, free):
        assert pushing.plan(folder, "me/data").steps
        with pytest.raises(ClaimspansError, match="--private makes only a new repository private"):
            pushing.plan(folder, "me/data", private=True)
    with pytest.raises(ClaimspansError, match="is there and public, and the folder holds the texts of articles 003"):
        pushing.plan(texts, "me/data", with_articles=True)
    assert pushing.SHOW not in pushing.plan(texts, "me/data", with_articles=True, public=True).steps
    standing(public=False)
    assert pushing.GATE not in pushing.plan(texts, "me/data", with_articles=True).steps  # it is already
    assert pushing.SHOW not in pushing.plan(texts, "me/data", with_articles=True).steps
    assert pushing.plan(texts, "me/data", with_articles=True, public=True).steps[-1] == pushing.SHOW
    for folder in (bare, free):  # an earlier commit may have had texts
        with pytest.raises(ClaimspansError, match="is there and private, and --public would show its earlier commits"):
            pushing.plan(folder, "me/data", public=True)
        assert pushing.plan(folder, "me/data").private is None
    with pytest.raises(ClaimspansError, match="leave one of --private and --public out"):
        pushing.plan(bare, "me/data", private=True, public=True)


@pytest.mark.slow
def test_a_repository_that_somebody_made_public_meanwhile_gets_no_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = iter([Published(repo="me/data"), Published(repo="me/data", head="0", public=True)])
    monkeypatch.setattr(pushing, "look", lambda _: next(looks))
    monkeypatch.setattr(pushing, "may_write", lambda: None)
    monkeypatch.setattr("huggingface_hub.HfApi.create_repo", lambda *_args, **_more: None)
    monkeypatch.setattr("huggingface_hub.HfApi.create_commit", lambda *_args, **_more: pytest.fail("pushed"))
    folder = holding(tmp_path / "a", "003")
    with pytest.raises(ClaimspansError, match="is there and public"):
        pushing.push(folder, pushing.plan(folder, "me/data", with_articles=True))


def licensed(tmp_path: Path, **licenses: str | None) -> Corpus:
    """The corpus with these licences, by article: ``_003``."""
    root = tmp_path / "root"
    for name in ("seeds", "annotations"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "schema.json", root)
    path = root / "seeds" / "sources.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row | ({"license": licenses[f"_{row['doc']}"]} if f"_{row['doc']}" in licenses else {}) for row in rows]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return Corpus(root)


ALL: dict[str, str | None] = {
    "_000": "CC-BY-4.0",
    "_001": "CC0-1.0",
    "_002": "CC-BY-SA-4.0",
    "_003": "CC-BY-3.0-US",
    "_004": "PDDL-1.0",
}


def test_the_articles_that_come_with_the_project_have_no_licence(corpus: Corpus) -> None:
    assert [source.license for source in corpus.sources.values()] == [None] * 5
    assert corpus.reserved == ARTICLES


@pytest.mark.parametrize("other", ["CC-BY-NC-4.0", "CC-BY-ND-4.0", "MIT", "CC-BY-4.0x", None])
def test_one_article_without_a_licence_that_allows_it_is_enough(tmp_path: Path, other: str | None) -> None:
    assert licensed(tmp_path, **ALL).reserved == ()
    shutil.rmtree(tmp_path / "root")
    assert licensed(tmp_path, **ALL | {"_002": other}).reserved == ("002",)


def test_what_is_no_licence_s_id_is_said(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"sources\.jsonl:4: source-value: .* license is 'CC BY 4\.0'; expected an SPDX id"
    ):
        _ = licensed(tmp_path, _003="CC BY 4.0").sources


@pytest.mark.slow
@pytest.mark.xdist_group("hub")
def test_articles_with_licences_are_published_with_their_texts_by_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "none.jsonl").write_text("", encoding="utf-8")
    systems = dict.fromkeys(BASELINES, tmp_path / "none.jsonl")
    corpus = licensed(tmp_path, **ALL)
    made = build(tmp_path / "out", corpus, systems, repo="me/data")
    assert (made.standoff, made.reserved) == (False, ())
    assert read_jsonl(tmp_path / "out", "documents", "test")[0]["text"] == corpus.texts["003"]
    assert problems(tmp_path / "out", corpus) == ""
    other = problems(tmp_path / "out", loaded=False)  # under another corpus
    assert "no licence lets anybody publish are now 000, 001" in other
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "Each article stands under a licence of its own: 000 CC-BY-4.0, 001 CC0-1.0, 002 CC-BY-SA-4.0," in card
    assert "articles-licensed" in card
    monkeypatch.setattr(pushing, "look", lambda repo: Published(repo=repo))
    assert pushing.plan(tmp_path / "out", "me/data").private is None

    shutil.rmtree(tmp_path / "root")
    mixed = licensed(tmp_path, **ALL | {"_002": None})
    made = build(tmp_path / "mixed", mixed, systems)
    assert (made.standoff, made.reserved) == (True, ())
    made = build(tmp_path / "mixed", mixed, systems, with_articles=True)
    assert (made.standoff, made.reserved, made.foreign_texts) == (False, ("002",), "articles 002")
    card = (tmp_path / "mixed" / "README.md").read_text(encoding="utf-8")
    assert "Under a licence of its own stands 000 (CC-BY-4.0), 001 (CC0-1.0), 003" in card
    read: Manifest = read_manifest(tmp_path / "mixed")
    assert read == made
