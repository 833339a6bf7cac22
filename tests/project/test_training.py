"""benchmarks.training: what is trained and tested on, the page by hand, and a training that is kept."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from benchmarks import sentence_model
from benchmarks import training as benchmark
from benchmarks.sentence_model import MPNET
from benchmarks.training import CHALLENGE, NEWS, REST, TEST, Data, Training, plan, read_data
from benchmarks.training_tables import page
from claimspans import Document
from claimspans.data.hashes import sha256_of
from claimspans.scoring.counts import Counts
from claimspans.scoring.learning_curves import Run


@pytest.fixture(scope="module")
def data() -> Data:
    return read_data()


def test_nothing_is_tested_on_that_was_trained_on(data: Data) -> None:
    more = {None: 0, CHALLENGE: 262, REST: 16}
    for each in plan(["crf"], (1, 4, 24), 3, (), (0, 24), (CHALLENGE, REST), data.news):
        ours, tests = data.of(each)
        seen = [document.doc for document in ours]
        assert len(seen) == len(set(seen)) == each.articles + 4 * (each.left_out is not None) + more[each.beside]
        assert tests.keys() == ({NEWS} if each.left_out or each.beside == REST else {TEST, NEWS})
        assert not set(seen) & {document.doc for others in tests.values() for document in others}
        assert data.of(each)[0] == ours


def test_all_articles_are_drawn_once_and_fewer_several_times(data: Data) -> None:
    found = list(plan(["crf"], (1, 24), 2, (3,), (8,), (REST,), [Document(doc="000"), Document(doc="001")]))
    assert [(one.articles, one.seed, one.editions, one.left_out, one.beside) for one in found] == [
        (24, 0, 0, None, None),
        (1, 0, 0, None, None),
        (1, 1, 0, None, None),
        (24, 0, 3, None, None),
        (24, 1, 3, None, None),
        (8, 0, 0, "000", None),
        (8, 0, 0, "001", None),
        (24, 0, 0, None, REST),
        (24, 0, 0, "000", REST),
        (24, 0, 0, "001", REST),
    ]
    assert (len(data.train), len(data.test), len(data.news)) == (24, 10, 5)


def test_what_begins_at_random_is_trained_several_times_with_all_articles() -> None:
    assert [one.seed for one in plan(["network"], (24,), 2, (), (), (), [])] == [0, 1]


def test_editions_are_of_the_articles_that_are_drawn_and_differ_by_seed(data: Data) -> None:
    trainings = [Training(system="crf", articles=2, seed=seed, editions=1) for seed in (0, 0, 1)]
    first, again, other = (data.editions(each) for each in trainings)
    assert [one.doc for one in first] == sorted(one.doc for one in data.of(trainings[0])[0])
    assert first == again
    texts = [one.text for one in [*first, *other, *data.train]]
    assert len(set(texts)) == len(texts)
    assert data.editions(Training(system="crf", articles=2)) == []


def run(cor: int, mis: int, articles: int = 24) -> Run:
    counts = {label: Counts(COR=cor, ACT_COR=cor, MIS=mis) for label in ("DATE", "all")}
    return Run(("w01",) * articles, ("w02",), {"strict": counts, "partial": counts})


def test_the_page_has_the_figures_of_what_was_trained() -> None:
    """F1 = 2 COR / (POS + ACT): 1/1 → 1, 1 of 2 → 2/3; pooled over folds 2 · 3 / (4 + 3)."""
    found = [
        (Training(system="crf", articles=24), {TEST: run(1, 0), NEWS: run(1, 1)}),
        (Training(system="crf", articles=1), {TEST: run(1, 1, 1), NEWS: run(0, 1, 1)}),
        (Training(system="crf", articles=1, seed=1), {TEST: run(1, 0, 1), NEWS: run(1, 0, 1)}),
        (Training(system="crf", articles=24, editions=1), {TEST: run(1, 0), NEWS: run(1, 0)}),
        (Training(system="crf", articles=24, left_out="000"), {NEWS: run(1, 1)}),
        (Training(system="crf", articles=24, left_out="001"), {NEWS: run(2, 0)}),
        (Training(system="crf", articles=0, left_out="000"), {NEWS: run(2, 0)}),
        (Training(system="crf", articles=24, beside=REST), {NEWS: run(2, 1)}),
        (Training(system="crf", articles=24, beside=REST, left_out="000"), {NEWS: run(1, 1)}),
        (Training(system="crf", articles=24, beside=REST, left_out="001"), {NEWS: run(1, 1)}),
    ]
    made = page(found)
    assert "| `crf` | 24 | wire test | 1.000 | 1.000 | 1.000 |" in made
    assert "| `crf` | wire test | 0.833 (0.667–1.000) | 1.000 |" in made
    assert "| `crf` | news | 0.500 (0.000–1.000) | 0.667 |" in made
    assert "| system | scored on | 0 | 1 |" in made
    assert "| `crf` | news | 0.667 | 1.000 |" in made
    assert "| system | beside train | 0 | 24 |" in made
    assert "| `crf` | – | – | 0.857 |" in made
    assert "| `crf` | wire dev and test | – | 0.667 |" in made
    assert "| `crf` | wire dev and test | news | 0.800 | 0.800 | 0.800 |" in made


def test_a_model_in_parts_is_put_together_and_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = BytesIO()
    with ZipFile(archive, "w") as files:
        for name in [*sentence_model._FILES, "left.out"]:
            files.writestr(f"{MPNET}/{name}", f"of {name}")
    content, size = archive.getvalue(), len(archive.getvalue()) // 5 + 1
    monkeypatch.setattr(sentence_model, "_part", lambda package: content[(int(package[-1]) - 1) * size :][:size])
    with pytest.raises(ValueError, match="others than those that were measured"), sentence_model._folder(MPNET):
        pass
    monkeypatch.setattr(sentence_model, "_WEIGHTS", sha256_of("of model.safetensors"))
    with sentence_model._folder(MPNET) as folder:
        assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == {
            name: f"of {name}" for name in sentence_model._FILES
        }


@pytest.mark.slow
def test_what_was_trained_is_kept_and_not_trained_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmark, "PAGE", tmp_path / "page.md")
    args = [
        "--system=crf-words",
        "--sizes=1",
        "--seeds=1",
        "--editions=",
        "--left-out=",
        f"--kept={tmp_path / 'kept.jsonl'}",
    ]
    first = CliRunner().invoke(benchmark.main, args)
    assert (first.exit_code, first.stderr.count("crf-words")) == (0, 1), first.output
    made = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "| `crf-words` | 1 | news |" in made
    again = CliRunner().invoke(benchmark.main, args)
    assert (again.exit_code, again.stderr) == (0, "")
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == made
