"""The dataset folder without a library that loads it: replaced whole, hydrated, and what is refused before any work."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import click
import msgspec
import pytest

from claimspans.cli.hub import check as command
from claimspans.data.corpus import Corpus
from claimspans.data.corpus_folder import shipped_corpus
from claimspans.data.environments import environment
from claimspans.data.problems import ClaimspansError, InputError
from claimspans.data.schema import Schema
from claimspans.hub import build, folder, hydrate, push
from claimspans.hub.check import LOADERS
from claimspans.hub.published import Published
from claimspans.text.tokens import tokens

from .test_hub import changed


def built(path: Path, *files: str, hydrated: bool = False) -> Path:
    """What looks like an earlier build with these files."""
    for name in files:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(name, encoding="utf-8")
    manifest = folder.Manifest(
        made_by="claimspans", dataset="1.0.0", schema="1.0.0", signature="", standoff=not hydrated, hydrated=hydrated,
        repo="me/data", canary="", rows={"documents": {"train": 1}}, files=folder.hashes(path),
    )  # fmt: skip
    folder.write_json(path / folder.MANIFEST, msgspec.to_builtins(manifest))
    return path


def test_an_earlier_build_is_replaced_whole(tmp_path: Path) -> None:
    target = built(tmp_path / "data", "README.md", "spans/train.parquet")
    with folder.taking_the_place_of(target) as made:
        (made / "new").write_text("new", encoding="utf-8")
    assert [path.name for path in target.iterdir()] == ["new"]
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_build_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    target = built(tmp_path / "data", "README.md")

    def fail() -> None:
        with folder.taking_the_place_of(target) as made:
            (made / "half").write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert sorted(path.name for path in target.iterdir()) == ["README.md", folder.MANIFEST]
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_folder_with_anything_else_in_it_is_refused_and_stays(tmp_path: Path) -> None:
    foreign = tmp_path / "mine"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("mine", encoding="utf-8")
    extended = built(tmp_path / "data", "README.md")
    (extended / "notes.txt").write_text("mine", encoding="utf-8")
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    for target, said in ((foreign, "not empty and no earlier"), (extended, r"holds notes\.txt"), (file, "is a file")):
        with pytest.raises(ClaimspansError, match=said):
            folder.refuse_foreign(target)
    assert (foreign / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_copies_are_recognised_by_their_bytes_whatever_their_names(tmp_path: Path, corpus: Corpus) -> None:
    wanted = {source.doc: source.sha256 for source in corpus.sources.values()}
    (tmp_path / "deep").mkdir()
    for number, source in enumerate(corpus.sources.values()):
        raw = (shipped_corpus() / "seeds" / source.file).read_bytes()
        (tmp_path / "deep" / f"copy {number}").write_bytes(raw)
    places = {doc: tokens(text, 0, len(text)) for doc, text in corpus.texts.items()}
    assert hydrate.find_texts(tmp_path, wanted, places) == (dict(corpus.texts), {})
    (tmp_path / "deep" / "copy 3").write_bytes(corpus.texts["003"].encode() + b"\n")
    exact, near = hydrate.find_texts(tmp_path, wanted, places)
    assert exact.keys() == wanted.keys() - {"003"}
    assert {doc: copy.text for doc, copy in near.items()} == {"003": corpus.texts["003"] + "\n"}
    (tmp_path / "deep" / "copy 3").write_bytes(b"\xff\xfe of no article")
    with pytest.raises(
        ClaimspansError, match=r"the bytes of 003 \(SHA-256 e33b169013a5…\), nor is one nearly it, with 60%"
    ):
        hydrate.find_texts(tmp_path, wanted, places)
    with pytest.raises(ClaimspansError, match="no such folder"):
        hydrate.find_texts(tmp_path / "nowhere", wanted, places)


def test_what_cannot_be_hydrated_says_why(tmp_path: Path, schema: Schema) -> None:
    with pytest.raises(ClaimspansError, match=r"no build\.json; make it with: claimspans hub build .*/none$"):
        hydrate.hydrate(tmp_path / "none", tmp_path, tmp_path / "out", schema)
    (tmp_path / "mine.txt").touch()
    with pytest.raises(ClaimspansError, match=r"it has no build\.json; name a folder that hub build wrote$"):
        hydrate.hydrate(tmp_path, tmp_path, tmp_path / "out", schema)
    target = built(tmp_path / "data", "README.md")
    other = changed(schema, "ITEM", "origin", {"description": "", "type": "string"})
    other.version = "2.0.0"
    with pytest.raises(ClaimspansError, match=r"under schema 1\.0\.0, this claimspans has 2\.0\.0"):
        hydrate.hydrate(target, tmp_path, tmp_path / "out", other)
    unknown = json.loads((target / folder.MANIFEST).read_text(encoding="utf-8"))
    folder.write_json(target / folder.MANIFEST, unknown | {"rows": {"verses": {"train": 1}}, "schema": schema.version})
    with pytest.raises(ClaimspansError, match="install the one that made it"):
        hydrate.hydrate(target, tmp_path, tmp_path / "out", schema)
    folder.write_json(target / folder.MANIFEST, unknown | {"schema": schema.version})
    with pytest.raises(ClaimspansError, match="is the folder without the texts, which stays as it is"):
        hydrate.hydrate(target, tmp_path, target, schema)
    folder.write_json(target / folder.MANIFEST, unknown | {"files": {"../README.md": ""}, "schema": schema.version})
    with pytest.raises(ClaimspansError, match="is not as it was published; download it again"):
        hydrate.hydrate(target, tmp_path, tmp_path / "out", schema)
    outside = {"documents": {"../../../mine": 1}}
    folder.write_json(target / folder.MANIFEST, unknown | {"rows": outside, "schema": schema.version})
    (tmp_path / "mine.jsonl").write_text('{"doc": "003", "sha256": ""}\n', encoding="utf-8")
    with pytest.raises(ClaimspansError, match="is not as it was published; download it again"):
        hydrate.hydrate(target, tmp_path, tmp_path / "out", schema)
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_name_that_the_hub_does_not_take_is_said_before_anything_is_built(tmp_path: Path) -> None:
    for name in ("not a name!", "claimspans", "../me/data"):
        with pytest.raises(ClaimspansError, match="no name of a dataset on the Hub; expected OWNER/NAME"):
            build.build(tmp_path / "data", repo=name)
        with pytest.raises(ClaimspansError, match="no name of a dataset on the Hub; expected OWNER/NAME"):
            push.plan(tmp_path / "data", name)
    assert not (tmp_path / "data").exists()


@pytest.mark.slow
def test_predictions_that_are_not_there_are_said_before_a_baseline_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(_: str) -> None:
        raise AssertionError("a baseline was run")

    monkeypatch.setattr(build, "get", run)
    with pytest.raises(InputError, match=r"nope\.jsonl: file-missing"):
        build.build(tmp_path / "data", predictions={"mine": tmp_path / "nope.jsonl"})
    assert not (tmp_path / "data").exists()


def test_a_disk_that_is_full_is_said_of_the_folder_that_was_to_be_written(tmp_path: Path) -> None:
    def fill(error: OSError) -> None:
        with folder.taking_the_place_of(tmp_path / "data"):
            raise error

    full = errno.ENOSPC
    for error in (OSError(full, "No space"), OSError(full, "No space", "copied/from"), OSError("no words of errno")):
        with pytest.raises(ClaimspansError, match=r"/data: cannot be written: .*; nothing was changed: free space"):
            fill(error)
    with pytest.raises(FileNotFoundError):  # not of what was written
        fill(FileNotFoundError(errno.ENOENT, "gone", str(tmp_path / "seeds")))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_hydrated_folder_is_not_pushed_by_chance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = built(tmp_path / "data", "README.md", hydrated=True)
    monkeypatch.setattr(push, "look", lambda repo: Published(repo=repo))
    with pytest.raises(
        ClaimspansError, match=r"is hydrated.* push the folder that it was hydrated from.*--with-articles"
    ):
        push.plan(target, "me/data")
    assert push.plan(target, "me/data", with_articles=True).private is True
    assert push.plan(built(tmp_path / "full", "README.md"), "me/data").steps


def test_check_loads_with_an_environment_for_each_version_unless_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[tuple[str, ...], Path]] = []

    def python_of(wanted: tuple[str, ...], cache: Path) -> Path:
        made.append((wanted, cache))
        return cache / "python"

    monkeypatch.setattr(command, "environment", python_of)
    own = command.loaders((), tmp_path)
    assert made == []  # only when they are needed
    assert [python() for python in own.values()] == [tmp_path / "python"] * 2
    assert made == [(wanted, tmp_path) for wanted in LOADERS.values()]
    assert command.loaders((f"mine={__file__}",), None)["mine"]() == Path(__file__)
    with pytest.raises(click.BadParameter, match="is not NAME=PYTHON"):
        command.loaders(("mine=nowhere",), None)


@pytest.mark.slow
def test_an_environment_that_cannot_be_built_is_gone_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    monkeypatch.setenv("PIP_RETRIES", "0")
    with pytest.raises(
        ClaimspansError, match=r"(?s)nothing: cannot be installed: .*--environment NAME=PYTHON.* No match"
    ):
        environment(("nothing",), tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]  # a lock may stay
