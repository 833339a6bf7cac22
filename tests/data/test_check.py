"""Each kind of problem has a bad case named for it, which has that problem and no other."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimspans import ClaimspansError, Corpus, InputError, check
from claimspans.data.checks import guidelines
from claimspans.data.checks.levels import check_articles, check_file, check_layer
from claimspans.data.checks.sheet import Sheet
from claimspans.data.corpus_folder import is_corpus
from claimspans.data.lines import Line
from claimspans.data.problems import KINDS, LEVELS

from ..helpers.examples import examples
from ..helpers.places import CASES, ROOT, Write

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
    if kind.startswith(("quote-", "score-", "form-", "article-unnamed")):
        problems = check(path, corpus, predictions=True)
    elif is_corpus(path):
        problems = check_articles(Corpus(path))
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
    shutil.copy(ROOT / "schema.json", tmp_path)
    article = next((tmp_path / "seeds").glob("003_*.txt"))
    article.write_bytes(article.read_bytes().replace(b"General", b"general"))
    (problem,) = check("gold", Corpus(tmp_path))
    assert problem.id == "article-edited"
    assert "claimspans add --update" in str(problem)
    with pytest.raises(InputError, match="article 003 is no longer the text of its hash"):
        Corpus(tmp_path).load()


TEXT = Corpus().texts["003"]


@examples(300)
@given(st.data())
def test_no_span_that_the_schema_allows_stops_the_check(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, min(len(TEXT), start + 12)))
    attributes = data.draw(st.sampled_from(ATTRIBUTES))
    record = {
        "type": "span",
        "doc": "003",
        "id": "s1",
        **attributes,
        "start": start,
        "end": end,
        "text": TEXT[start:end],
    }
    lines = [Line("x", 1, {"type": "document", "doc": "003"}), Line("x", 2, record)]
    for problem in guidelines.problems(Sheet.of(lines, {"003": TEXT})):
        assert problem.kind.level == 5


ATTRIBUTES: list[dict[str, Any]] = [
    {"label": "SPEAKER", "entity": ".", "source_type": "person", "country": "XX", "relay": False},
    {"label": "QUANTITY", "value": 10**400, "comparator": "gt", "unit": "x", "measure": "count"},
    {"label": "ITEM", "category": "ML", "origin": None},
    {"label": "DATE", "edtf": "2023-02-31", "mod": None, "signal": None, "date_role": "event"},
    {"label": "DATE", "edtf": "2023", "mod": None, "signal": None, "date_role": "event"},
    {"label": "STANCE", "stance": "evasion", "certainty": "certain", "speakers": []},
]


def test_problems_of_predictions_are_those_of_the_levels_that_are_asked_for(write: Write) -> None:
    path = write({"doc": "003", "label": "ITEM", "start": 9, "end": 4})
    assert [problem.id for problem in check(path, predictions=True)] == ["offset-reversed"]
    assert check(path, predictions=True, levels=2) == []
