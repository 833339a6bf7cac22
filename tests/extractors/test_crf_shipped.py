"""The CRF that ships: made again byte for byte, and of no use on what it was trained on; what is left out elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from claimspans import ClaimspansError, Document, score
from claimspans.cli import main
from claimspans.data.corpus import Corpus
from claimspans.data.layer import Layer
from claimspans.data.schema import default_schema, read_schema
from claimspans.data.splits import read_splits
from claimspans.extractors import get
from claimspans.extractors.baselines import crf
from claimspans.extractors.baselines.crf.manifest import read_manifest
from claimspans.extractors.baselines.crf.unseen import _gold, _left_out

from ..helpers.places import ROOT

pytestmark = pytest.mark.slow


class TestLeftOut:
    def test_an_article_is_left_out_by_its_text_and_no_other_with_it(self, corpus: Corpus) -> None:
        for doc, text in corpus.texts.items():
            assert _left_out(text, _gold(None)) == {doc}

    def test_parts_of_an_article_and_other_line_ends_are_left_out_too(self, corpus: Corpus) -> None:
        for doc, text in corpus.texts.items():
            paragraph = max(text.splitlines(), key=len)
            assert doc in _left_out(paragraph, _gold(None))
            assert doc in _left_out(paragraph[:60].upper(), _gold(None))
            assert doc in _left_out(text.replace("\n", "\r\n") + "\n", _gold(None))

    def test_a_new_text_leaves_nothing_out(self) -> None:
        assert (
            _left_out("Zorba said it made tents here.\nRussia\n\nNorth Korea", _gold(None))
            == _left_out("", _gold(None))
            == frozenset()
        )

    def test_a_text_with_lines_of_all_articles_has_no_model(self, corpus: Corpus) -> None:
        with pytest.raises(ClaimspansError, match="no model is left that has not seen it"):
            list(crf.extract([Document(doc="all", text="\n".join(corpus.texts.values()))]))


@pytest.fixture(scope="module")
def wire() -> Corpus:
    return Corpus(ROOT / "corpora" / "wire")


class TestTheModelThatShips:
    def test_it_is_made_again_byte_for_byte_from_the_articles_for_training_alone(
        self, wire: Corpus, tmp_path: Path
    ) -> None:
        """By the command that docs/training.md names; its hashes are those of the package's manifest."""
        with pytest.raises(SystemExit) as ended:
            main(
                [
                    "--corpus",
                    "wire",
                    "train",
                    "crf",
                    *["--split", "train", "--features", "parse", "--out"],
                    str(tmp_path),
                ]
            )
        assert ended.value.code == 0
        made, ships = read_manifest(tmp_path), crf.shipped().manifest
        assert made.weights == ships.weights
        assert made.trained_on == ships.trained_on
        train = [doc for doc, row in read_splits(wire).items() if row.split == "train"]
        assert [(one.doc, one.sha256) for one in ships.trained_on] == [(doc, wire.sources[doc].sha256) for doc in train]

    def test_it_is_whole_small_and_sees_no_rule(self) -> None:
        ships = crf.shipped().manifest
        assert ships.features == "parse"
        assert set(ships.labels) == set(default_schema().labels)
        assert sum(path.stat().st_size for path in crf.SHIPPED.iterdir()) < 1_500_000

    def test_without_training_it_reads_the_news_and_the_articles_for_testing(
        self, wire: Corpus, gold: Layer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The figures are benchmarks/TRAINING.md's, with room for other versions of the libraries."""
        monkeypatch.setattr("claimspans.extractors.baselines.crf.unseen.train", None)
        test = [document for document in wire.load() if read_splits(wire)[document.doc].split == "test"]
        extract = get("crf")
        for articles, least in ((list(gold), 0.6), (test, 0.68)):
            plain = [Document(doc=one.doc, text=one.text, published=one.published) for one in articles]
            assert (score(articles, list(extract(plain)))["strict"].micro.f1 or 0) > least

    def test_what_it_was_trained_on_it_refuses_to_predict(self, wire: Corpus) -> None:
        first = wire.plain()[0]
        line = max((first.text or "").splitlines(), key=len)
        for text in (first.text, line, line.upper()):
            with pytest.raises(ClaimspansError, match=r"was trained on this text \(w01 of the corpus wire\)"):
                list(get("crf")([Document(doc="x", text=text)]))
        splits = read_splits(wire)
        for doc, text in wire.texts.items():
            assert crf.trained_on(text) == ({doc} if splits[doc].split == "train" else set())

    def test_a_corpus_with_other_labels_is_trained_on_as_before(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The model that ships knows nothing of its labels."""
        with pytest.raises(SystemExit) as ended:
            main(["new", str(tmp_path / "grain"), "--schema", "spans"])
        assert ended.value.code == 0
        asked: list[tuple[str, Path | None]] = []

        def noted(features: str, corpus: Path) -> Callable[[list[Document]], list[Document]]:
            asked.append((features, corpus))
            return lambda documents: documents

        monkeypatch.setattr("claimspans.extractors.adapters.crf.crf.left_out", noted)
        monkeypatch.setattr("claimspans.extractors.adapters.crf.load_corpus", lambda **_: Layer([], "gold"))
        get("crf", schema=read_schema(tmp_path / "grain" / "schema.json"))
        assert asked == [("rules", tmp_path / "grain")]
