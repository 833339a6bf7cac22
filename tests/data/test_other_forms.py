"""Files of other tools are scored as they are: each form, each place where one cannot be told, each line at fault."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimspans import Document, InputError, Span, load, score
from claimspans.data.predictions import read_gold, read_predictions
from claimspans.data.schema import default_schema

from ..helpers.command import claimspans
from ..helpers.tool_forms import doccano, doccano_relations, gliner, pipeline, prodigy, spacy, spans_of

TEXT = "Officials 🚢🚢 in Veld said over 40 crates\nof shells left.\n\nVeld denied it."
OTHER = "A second article, in which Oro denied it."
SPANS = [
    (label, TEXT.rindex(words), TEXT.rindex(words) + len(words))
    for label, words in (("QUANTITY", "over 40 crates"), ("ITEM", "shells"), ("SPEAKER", "Veld"), ("STANCE", "denied"))
]
GOLD = [
    Document(doc="a", text=TEXT, spans=tuple(Span(label=label, start=start, end=end) for label, start, end in SPANS)),
    Document(doc="b", text=OTHER, spans=(Span(label="STANCE", start=OTHER.index("denied"), end=OTHER.index(" it.")),)),
]
TEXTS = {document.doc: document.text for document in GOLD}


FORMS: dict[str, tuple[Callable[[Document], dict[str, Any]], str]] = {
    "spacy-ents": (spacy, "spaCy's Doc.to_json()"),
    "spacy-spans": (lambda document: spacy(document, "sc"), "spaCy's Doc.to_json()"),
    "pipeline": (pipeline, "a Hugging Face pipeline's entities"),
    "gliner": (gliner, "GLiNER's entities"),
    "prodigy": (lambda document: prodigy(document, answer="accept"), "Prodigy's JSON lines"),
    "doccano": (doccano, "doccano's JSON lines"),
    "doccano-relations": (doccano_relations, "doccano's JSON lines"),
}


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("suffix", [".jsonl", ".json"])
def test_each_form_scores_as_our_own_records_do(name: str, suffix: str, tmp_path: Path) -> None:
    make, form = FORMS[name]
    path = tmp_path / f"predictions{suffix}"
    rows = [make(document) for document in GOLD]
    if suffix == ".json":
        path.write_text(json.dumps(rows), encoding="utf-8")
    else:
        written(path, rows)
    result = score(GOLD, path)
    assert result.task.forms == {"predictions": form}
    assert result["strict"].micro.COR == result["strict"].micro.POS == result["strict"].micro.ACT == 5


@pytest.mark.parametrize("name", [name for name in FORMS if name != "pipeline"])
def test_each_form_with_a_text_and_an_id_can_be_the_gold(name: str, tmp_path: Path) -> None:
    path = written(tmp_path / "gold.jsonl", [FORMS[name][0](one) | {"id": one.doc} for one in GOLD])
    read = read_gold(path, None)
    assert read.form == FORMS[name][1]
    assert [(one.doc, one.text, spans_of(one)) for one in read] == [(one.doc, one.text, spans_of(one)) for one in GOLD]


def test_rows_of_single_entities_are_a_pipeline_too(tmp_path: Path) -> None:
    rows = [{"doc": one.doc, **entity} for one in GOLD for entity in pipeline(one)["entities"]]
    result = score(GOLD, written(tmp_path / "rows.jsonl", rows))
    assert result["strict"].micro.f1 == 1
    assert result.curves["all"].average_precision is not None


def test_a_passage_is_found_in_its_article(tmp_path: Path) -> None:
    row = {"text": "Veld denied it.", "_task_hash": 1, "spans": [{"label": "STANCE", "start": 5, "end": 11}]}
    read = read_predictions(written(tmp_path / "passages.jsonl", [row]), None, TEXTS)
    assert [(one.doc, spans_of(one)) for one in read] == [("a", [SPANS[3]])]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"text": "denied it.", "_task_hash": 1, "spans": []}, "the gold has 2 times"),
        ({"text": "Nobody said so.", "_task_hash": 1, "spans": []}, "not in any article of the gold"),
        ({"text": OTHER, "_task_hash": 1, "id": "a", "spans": []}, "not in article a"),
        ({"entities": [{"entity_group": "ITEM", "start": 0, "end": 1}]}, "no article that the gold has"),
        (prodigy(GOLD[0], answer="reject"), "the answer is 'reject'"),
        ({"doc": "a", "entities": [{"entity": "B-ITEM", "word": "x", "start": 0}]}, "aggregation_strategy='simple'"),
        (
            spacy(GOLD[0]) | {"spans": {"sc": [{"label": "ITEM", "start": 0, "end": 3}]}},
            "spans in spans['sc'] and ents",
        ),
        (doccano(GOLD[0]) | {"label": [[0, 3]]}, "another shape"),
        (gliner(GOLD[0]) | {"entities": [{"label": "ITEM", "start": "0", "end": 3}]}, "offsets '0' and 3"),
        (prodigy(GOLD[0]) | {"spans": [{"label": "ITEM", "start": 0}]}, "a span without 'end'"),
        (doccano(GOLD[0]) | prodigy(GOLD[0]), "doccano's JSON lines"),
        ({"doc": "a", "tokens": ["Veld"], "tags": ["B-X", "O"]}, "1 tokens and 2 tags"),
        ({"doc": "a", "tokens": ["Veld"], "tags": ["NNP"]}, "the tag 'NNP'"),
        ({"doc": "a", "tokens": ["Veld"], "tags": [1]}, "tags as numbers"),
        ({"tokens": ["Elsewhere"], "tags": ["O"]}, "none has them"),
        ({"tokens": ["denied"], "tags": ["B-STANCE"]}, "a, b have them"),
    ],
)
def test_a_line_that_cannot_be_read_is_said_and_nothing_is_guessed(
    row: dict[str, Any], words: str, tmp_path: Path
) -> None:
    path = written(tmp_path / "predictions.jsonl", [row])
    with pytest.raises(InputError) as raised:
        read_predictions(path, None, TEXTS)
    (problem,) = raised.value.problems
    assert words in problem.detail
    assert (problem.path, problem.line) == (str(path), 1)


def test_a_line_of_another_form_than_the_first_is_a_problem(tmp_path: Path) -> None:
    path = written(tmp_path / "mixed.jsonl", [pipeline(GOLD[0]), doccano(GOLD[1])])
    with pytest.raises(InputError, match="this one is not: it has id, label, text"):
        read_predictions(path, None, TEXTS)


# --- tokens and tags --------------------------------------------------------------------------------------------------

COLUMNS = """-DOCSTART- -X- O O

Officials -X- - O
🚢🚢 -X- - O
in -X- - O
Veld -X- - O
said -X- - O
over -X- - {b}-QUANTITY
40 -X- - I-QUANTITY
crates -X- - {e}-QUANTITY
of -X- - O
shells -X- - {s}-ITEM
left -X- - O
. -X- - O

Veld -X- - {s}-SPEAKER
denied -X- - {s}-STANCE

-DOCSTART- -X- O O

Oro O
denied {s}-STANCE
it O
"""


@pytest.mark.parametrize("letters", [{"b": "B", "e": "I", "s": "B"}, {"b": "B", "e": "E", "s": "S"}])
def test_columns_of_tokens_are_placed_by_their_order(letters: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "predictions.conll"
    path.write_text(COLUMNS.format(**letters), encoding="utf-8")
    result = score(GOLD, path)
    assert result["strict"].micro.f1 == 1
    assert result.task.forms == {"predictions": "columns of tokens and BIO tags (CoNLL)"}


def test_columns_on_both_sides_need_no_other_text(tmp_path: Path) -> None:
    path = tmp_path / "gold.conll"
    path.write_text(COLUMNS.format(b="B", e="I", s="B"), encoding="utf-8")
    assert score(path, path)["strict"].micro.f1 == 1
    assert [one.doc for one in read_gold(path, None)] == ["0", "1"]


def test_columns_name_their_article_in_a_comment(tmp_path: Path) -> None:
    path = tmp_path / "predictions.bio"
    path.write_text("# doc = b\ndenied\tB-STANCE\n", encoding="utf-8")
    assert [one.doc for one in read_predictions(path, None, TEXTS)] == ["b"]


def test_a_line_that_is_no_token_and_tag_is_named(tmp_path: Path) -> None:
    path = tmp_path / "predictions.conll"
    path.write_text("Veld O\ndenied\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"predictions\.conll:2: form-broken.*“denied”; expected a token and its tag"):
        read_predictions(path, None, TEXTS)


# --- tables, brat, WebAnno --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["csv", "brat", "conll", "bio"])
def test_exports_come_back(name: str, tmp_path: Path) -> None:
    done = claimspans("export", name, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    (path,) = (tmp_path / "out").iterdir()
    gold = load()
    result = score(gold, path)
    strict = result["strict"].micro
    assert strict.COR == strict.POS == strict.ACT == sum(len(document.spans) for document in gold)
    if name in ("csv", "brat"):
        attributes = {counted.f1 for counted in result.attributes.values()}
        assert attributes == {1.0}


def test_a_table_with_other_columns_says_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "spans.csv"
    path.write_text("article,label,start,end\na,ITEM,0,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="columns article, label, start, end; missing: doc"):
        read_predictions(path, None, TEXTS)


def test_a_table_with_an_index_and_tabs_is_read(tmp_path: Path) -> None:
    path = tmp_path / "spans.csv"
    path.write_text("\tdoc\tlabel\tstart\tend\tscore\n0\ta\tITEM\t44\t50\t.5\n", encoding="utf-8")
    (document,) = read_predictions(path, None, TEXTS)
    assert document.spans == (Span(label="ITEM", start=44, end=50, score=0.5),)


def test_a_row_with_too_few_cells_is_named(tmp_path: Path) -> None:
    path = tmp_path / "spans.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["doc", "label", "start", "end"], ["a", "ITEM", "45"]])
    with pytest.raises(InputError, match=r"spans\.csv:2: form-broken.*not 4 cells"):
        read_predictions(path, None, TEXTS)


def test_brat_fragments_are_one_span_where_white_space_parts_them(tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_text("T1\tQUANTITY 26 40;41 50\tover 40 crates of shells\n#1\tNotes T1\tsee\n")
    (document,) = read_predictions(tmp_path, None, TEXTS)
    assert spans_of(document) == [("QUANTITY", 26, 50)]
    (tmp_path / "a.ann").write_text("T1\tQUANTITY 26 33;44 50\tover 40 shells\n")
    with pytest.raises(InputError, match=r"T1 is in pieces, with “crates.*of” between them"):
        read_predictions(tmp_path, None, TEXTS)


def test_brat_as_gold_has_its_texts_and_zones(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.ann").write_text("T1\tITEM 44 50\tshells\nT2\tboilerplate 0 9\tOfficials\n")
    (document,) = read_gold(tmp_path, default_schema())
    assert (document.text, [zone.kind for zone in document.zones]) == (TEXT, ["boilerplate"])
    assert spans_of(document) == [SPANS[1]]
    (tmp_path / "a.txt").unlink()
    with pytest.raises(InputError, match=r"a\.ann has its offsets in it"):
        read_gold(tmp_path, default_schema())


WEBANNO = """#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.Claim|certainty|label
#T_RL=webanno.custom.Tie|role|BT_webanno.custom.Claim


#Text=Officials 🚢🚢 in Veld said over 40 crates
1-1\t0-9\tOfficials\t_\t_\t_\t_\t
1-2\t28-32\tover\tsure[1]\tQUANTITY[1]\t_\t_\t
1-3\t33-35\t40\tsure[1]\tQUANTITY[1]\t_\t_\t
1-4\t36-42\tcrates\tsure[1]\tQUANTITY[1]\t_\t_\t

#Text=of shells left.
2-1\t46-52\tshells\t*\tITEM\tholds\t1-2\t
"""


def test_webanno_counts_in_utf_16_and_names_its_layer(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(WEBANNO, encoding="utf-8")
    (document,) = read_predictions(path, None, TEXTS)
    assert spans_of(document) == SPANS[:2]


def test_webanno_over_another_text_or_of_two_layers_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.tsv"
    path.write_text(WEBANNO, encoding="utf-8")
    with pytest.raises(InputError, match="where article b has “A second ”"):
        read_predictions(path, None, TEXTS)
    path = tmp_path / "a.tsv"
    path.write_text(WEBANNO.replace("certainty", "value"), encoding="utf-8")
    with pytest.raises(InputError, match=r"webanno\.custom\.Claim\|value, webanno\.custom\.Claim\|label"):
        read_predictions(path, None, TEXTS)


def test_the_command_says_first_as_what_it_read_the_file(tmp_path: Path) -> None:
    rows = [doccano(document) for document in load()]
    done = claimspans("score", written(tmp_path / "predictions.jsonl", rows), "--brief")
    assert done.stdout.splitlines()[0] == "predictions: read as doccano's JSON lines"
