"""A release: checked, its changes written down, the gold kept as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claimspans import ClaimspansError, Corpus, InputError
from claimspans.layers.release import release

from ..helpers.grain import annotate, grain


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = grain(tmp_path / "grain")
    annotate(made, "gold", ("cairo", "odesa"))
    return made


def test_the_first_release_is_kept_and_every_later_one_says_what_changed(corpus: Corpus) -> None:
    made = release(corpus, "1.0.0")
    assert (made.tag, made.previous, made.articles, made.unannotated) == ("v1.0.0", None, 2, ("manila",))
    assert corpus.version == Corpus(corpus.root).version == Corpus(made.frozen).version == "1.0.0"
    assert corpus.load().version == "1.0.0"
    assert list(Corpus(made.frozen).load()) == list(corpus.load())
    with pytest.raises(ClaimspansError, match=r"1\.0\.0 is released, and a release stays as it is"):
        release(corpus, "1.0.0")
    with pytest.raises(ClaimspansError, match=r"1\.0\.1: nothing has changed since 1\.0\.0"):
        release(corpus, "1.0.1")
    path = corpus.root / "annotations" / "gold" / "cairo.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"value": 265', '"value": 266'), encoding="utf-8")
    with pytest.raises(ClaimspansError, match=r"a minor change since 1\.0\.0 demands 1\.1\.0 or later"):
        release(corpus, "1.0.1")
    assert release(corpus, "1.1.0").step == "minor"
    log = corpus.changelog
    assert re.findall(r"^## (\S+)", log, re.MULTILINE) == ["1.1.0", "1.0.0"]
    assert "- QUANTITY s6 “265 dollars”: attribute value: 265 → 266" in log
    annotate(corpus, "gold")
    with pytest.raises(ClaimspansError, match=r"a major change since 1\.1\.0 demands 2\.0\.0 or later"):
        release(corpus, "1.2.0")


def test_a_corpus_in_which_something_is_amiss_is_not_released(corpus: Corpus) -> None:
    path = corpus.root / "annotations" / "gold" / "odesa.jsonl"
    raw = path.read_text(encoding="utf-8")
    path.write_text(raw.replace('"text": "January"', '"text": "February"'), encoding="utf-8")
    with pytest.raises(InputError, match="text-mismatch"):
        release(corpus, "1.0.0")
    path.write_text(raw, encoding="utf-8")
    (corpus.root / "seeds" / "manila.txt").write_text("Edited.", encoding="utf-8")
    with pytest.raises(InputError, match="article-edited"):
        release(Corpus(corpus.root), "1.0.0")
    assert not (corpus.root / "releases").exists()
    assert corpus.changelog == ""


def test_what_is_no_version_is_said(corpus: Corpus) -> None:
    with pytest.raises(ClaimspansError, match="v1: not a version of three numbers"):
        release(corpus, "v1")
