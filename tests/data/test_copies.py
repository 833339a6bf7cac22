"""A corpus that came without its texts: what works, what says how to get them, and putting them in place."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import claimspans
from claimspans import ClaimspansError, Corpus
from claimspans.cli import main
from claimspans.data.corpus_folder import VARIABLE
from claimspans.data.files import write_bytes
from claimspans.data.hashes import sha256_of
from claimspans.data.hydration import put_in_place, read_copies

from ..helpers.places import ROOT


@pytest.fixture
def standoff(tmp_path: Path) -> Corpus:
    """The project's corpus as its wheel has it."""
    home = tmp_path / "standoff"
    (home / "seeds").mkdir(parents=True)
    shutil.copy(ROOT / "schema.json", home)
    shutil.copytree(ROOT / "annotations" / "gold", home / "annotations" / "gold")
    shutil.copy(ROOT / "seeds" / "sources.jsonl", home / "seeds")
    return Corpus(home)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Copies of the articles under other names, in a folder in the folder."""
    folder = tmp_path / "mine" / "inner"
    folder.mkdir(parents=True)
    for number, source in enumerate(Corpus().sources.values()):
        shutil.copy(ROOT / "seeds" / source.file, folder / f"copy {number}")
    return folder.parent


def test_without_texts_a_layer_is_whole_and_scores_the_same(standoff: Corpus) -> None:
    bare, full = standoff.load(), claimspans.load()
    assert standoff.withheld == tuple(full.corpus.sources if full.corpus else ())
    assert {document.text for document in bare} == {None}
    assert [document.spans for document in bare] == [document.spans for document in full]
    told = ROOT / "submissions" / "rules"
    one, two = (claimspans.score(gold, told, schemes=["strict"]) for gold in (bare, full))
    assert one["strict"].micro == two["strict"].micro
    assert one.signature.split("@")[1:] == two.signature.split("@")[1:]


def test_what_needs_a_text_says_how_to_get_it(standoff: Corpus) -> None:
    for needs in (lambda: standoff.texts, standoff.plain, lambda: standoff.article("003")):
        with pytest.raises(ClaimspansError, match=r"000, 001, 002, 003, 004 .* claimspans hydrate --from FOLDER"):
            needs()


def test_a_file_that_alone_is_missing_is_a_missing_file(standoff: Corpus) -> None:
    first = next(iter(standoff.sources.values()))
    shutil.copy(ROOT / "seeds" / first.file, standoff.root / "seeds")
    assert standoff.withheld == ()
    with pytest.raises(claimspans.InputError, match="file-missing"):
        _ = standoff.texts


def test_a_corpus_whose_texts_are_free_withholds_none() -> None:
    assert Corpus(ROOT / "corpora" / "wire").withheld == ()


def test_copies_are_known_by_their_bytes_and_put_in_place(standoff: Corpus, mine: Path) -> None:
    assert put_in_place(standoff, mine) == ("000", "001", "002", "003", "004")
    again = Corpus(standoff.root)
    assert again.texts == Corpus(ROOT).texts
    with pytest.raises(ClaimspansError, match="withholds no text"):
        put_in_place(again, mine)


def test_all_are_put_in_place_or_none(standoff: Corpus, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(path: Path, raw: bytes) -> None:
        if sha256_of(raw) == standoff.sources["002"].sha256:
            raise ClaimspansError("no space left")
        write_bytes(path, raw)

    monkeypatch.setattr("claimspans.data.hydration.write_bytes", full_disk)
    with pytest.raises(ClaimspansError, match="no space left"):
        put_in_place(standoff, mine)
    monkeypatch.undo()
    (mine / "inner" / "copy 4").write_bytes(b"another text")
    with pytest.raises(ClaimspansError, match=r"no file has the bytes of 004 \(SHA-256"):
        put_in_place(standoff, mine)
    assert [path.name for path in (standoff.root / "seeds").iterdir()] == ["sources.jsonl"]
    with pytest.raises(ClaimspansError, match="no such folder"):
        read_copies(mine / "nowhere")


def test_the_command_puts_them_into_the_corpus_at_hand(
    standoff: Corpus, mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--corpus", str(standoff.root), "hydrate", "--from", str(mine)])
    assert (ended.value.code, "5 articles put in place" in capsys.readouterr().err) == (0, True)
    assert Corpus(standoff.root).withheld == ()
    with pytest.raises(SystemExit) as ended:
        main(["hydrate", "--from", str(mine), "--out", "full"])
    assert (ended.value.code, "FOLDER and --out go together" in capsys.readouterr().err) == (2, True)
    assert VARIABLE not in os.environ  # the corpus of a command is not that of the next
