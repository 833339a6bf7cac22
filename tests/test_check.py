"""Each kind of problem has a bad case named for it, which has that problem and no other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from claimspans import ClaimspansError, Corpus, check
from claimspans.check import check_file, check_layer
from claimspans.problems import KINDS, LEVELS

from .conftest import CASES, ROOT

BAD = CASES / "check"


def case(kind: str) -> Path:
    for name in (f"{kind}.jsonl", f"{kind}.jsonl.gz", kind):
        if (BAD / name).exists():
            return BAD / name
    return BAD / f"{kind}.jsonl"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_bad_case_with_that_problem_alone(kind: str, corpus: Corpus) -> None:
    path = case(kind)
    assert path.exists() != (kind == "file-missing")
    if kind.startswith(("quote-", "score-")):
        problems = check(path, corpus, predictions=True)
    elif path.is_dir() and path.suffix != ".jsonl":
        problems = list(check_layer(path, corpus))
    else:
        problems = list(check_file(path, corpus))
    assert [problem.id for problem in problems] == [kind]
    problem = problems[0]
    assert kind in str(problem)
    assert problem.kind.remedy in str(problem)
    assert problem.path.startswith("tests/cases/check/") or not Path.cwd().samefile(ROOT)


def test_no_case_is_left_over() -> None:
    assert {path.name.partition(".")[0] for path in BAD.iterdir()} == set(KINDS) - {"file-missing"}


def test_levels_are_all_used_and_in_order() -> None:
    levels = [kind.level for kind in KINDS.values()]
    assert levels == sorted(levels)
    assert set(levels) == set(LEVELS)


def test_a_problem_names_file_and_line(corpus: Corpus) -> None:
    (problem,) = check_file(case("text-mismatch"), corpus)
    assert problem.place.endswith("text-mismatch.jsonl:2")
    assert problem.text == "over 16,500 containers"


def test_a_higher_level_waits_for_the_lower(corpus: Corpus) -> None:
    assert list(check_file(case("claim-article"), corpus, levels=4)) == []
    assert list(check_file(case("ref-unknown"), corpus, levels=3)) == []
    assert list(check_file(case("hash-mismatch"), corpus, levels=2)) == []
    assert list(check_file(case("field-value"), corpus, levels=1)) == []


@pytest.mark.parametrize(("layer", "levels"), [("gold", 5), ("pass-a", 4), ("pass-b", 4)])
def test_every_published_layer_passes(layer: str, levels: int, corpus: Corpus) -> None:
    """The raw passes stay as they were made: the guidelines' rules are for the gold."""
    assert check(layer, corpus, levels=levels) == []


def test_an_unknown_layer_is_named() -> None:
    with pytest.raises(ClaimspansError, match="silver: no such annotation layer; expected one of gold, pass-a, pass-b"):
        check("silver")


def test_a_changed_article_is_found(tmp_path: Path) -> None:
    for name in ("seeds", "annotations"):
        shutil.copytree(ROOT / name, tmp_path / name)
    article = next((tmp_path / "seeds").glob("003_*.txt"))
    article.write_bytes(article.read_bytes().replace(b"General", b"general"))
    with pytest.raises(ClaimspansError, match="SHA-256"):
        check("gold", Corpus(tmp_path))
