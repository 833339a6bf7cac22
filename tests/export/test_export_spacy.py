"""What spaCy reads of the exports: DocBin and CoNLL columns against the gold, a training step, the same bytes again."""

from __future__ import annotations

import hashlib
import json
import os
import runpy
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given

from claimspans import Document, Schema, Span, score
from claimspans.data.layer import Layer
from claimspans.data.records import claim_of
from claimspans.export.formats import FORMATS
from claimspans.export.training_files import export

from ..helpers.examples import examples
from ..helpers.places import ROOT
from .test_export import content, odd
from .test_export_places import documents

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

pytestmark = [pytest.mark.slow]


@cache
def vocabulary() -> Vocab:
    import spacy

    return spacy.blank("en").vocab


def docs_of(raw: object) -> list[Doc]:
    from spacy.tokens import DocBin

    assert isinstance(raw, bytes)
    return list(DocBin().from_bytes(raw).get_docs(vocabulary()))


@pytest.fixture(scope="module")
def docs(gold: Layer, schema: Schema) -> list[Doc]:
    return docs_of(content("spacy", gold, schema).content)


def test_a_doc_is_its_article_with_everything_that_the_gold_says(docs: list[Doc], gold: Layer) -> None:
    for doc, document in zip(docs, gold, strict=True):
        assert doc.text == document.text
        assert doc.user_data["doc"] == document.doc
        shown = [(span.id_, span.label_, span.start_char, span.end_char) for span in doc.spans["sc"]]
        assert shown == [(span.id, span.label, span.start, span.end) for span in document.spans]
        assert [(span.label_, span.start_char, span.end_char) for span in doc.ents] == [one[1:] for one in shown]
        attributes = [
            {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
            for given in doc.user_data["attributes"]
        ]
        assert attributes == [span.attributes for span in document.spans]
        assert tuple(claim_of(record) for record in doc.user_data["claims"]) == document.claims
        for token in doc:
            read = not any(zone.start < token.idx + len(token) and token.idx < zone.end for zone in document.zones)
            assert (token.ent_iob != 0) == read, token


def test_spans_that_overlap_or_end_inside_a_token_are_kept_beside_the_flat_ones() -> None:
    x, y = docs_of(content("spacy", odd(), None).content)
    document = odd()[0]
    assert x.text == document.text
    assert [(span.start_char, span.end_char) for span in x.spans["sc"]] == [
        (span.start, span.end) for span in document.spans
    ]
    assert [span.text for span in x.ents] == ["4 Sept", "Anna\nLee", "10\u00a0000 shells", "dep"]
    assert (y.text, list(y.ents)) == ("Nothing.", [])


@examples(25)  # a pipeline is made for each
@given(documents())
@example(
    Document(doc="d", text="Ann  came in", spans=(Span(label="L", start=0, end=4), Span(label="M", start=4, end=6)))
)
def test_any_span_of_any_text_is_at_its_place(document: Document) -> None:
    part = content("spacy", [document], None)
    (doc,) = docs_of(part.content)
    assert doc.text == document.text
    by_place = sorted(document.spans, key=lambda span: span.order)
    found = [(span.label_, span.start_char, span.end_char) for span in doc.spans["sc"]]
    assert found == [(span.label, span.start, span.end) for span in by_place]
    read = {(ent.label_, ent.start_char, ent.end_char) for ent in doc.ents}
    assert read <= set(found)
    assert len(doc.ents) + sum(part.dropped.values()) == len(document.spans)


@pytest.mark.parametrize("pipe", ["ner", "spancat"])
def test_spacy_learns_from_it(pipe: str, docs: list[Doc]) -> None:
    import spacy
    from spacy.training import Example

    spacy.util.fix_random_seed(0)  # type: ignore[attr-defined]
    nlp = spacy.blank("en")
    nlp.add_pipe(pipe)
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in docs[-2:]]
    optimizer = nlp.initialize(lambda: examples)
    assert set(nlp.pipe_labels[pipe]) == {ent.label_ for doc in docs for ent in doc.ents}
    again = [Example(nlp.make_doc(each.text), each.reference) for each in examples]
    reached = []
    for _ in range(20):
        for _ in range(4):
            nlp.update(examples, sgd=optimizer)
        reached.append(nlp.evaluate(again)["ents_f" if pipe == "ner" else "spans_sc_f"])
        if reached[-1] > 0.4:
            break
    assert max(reached) > 0.4, reached


def test_spacys_own_score_leaves_out_what_is_predicted_in_zones(docs: list[Doc]) -> None:
    from spacy.scorer import get_ner_prf
    from spacy.training import Example

    doc = next(doc for doc in docs if doc.spans["zones"])
    predicted = doc.copy()
    predicted.set_ents([*doc.ents[1:], doc.spans["zones"][-1]])
    scored = get_ner_prf([Example(predicted, doc)])
    assert scored["ents_p"] == 1.0
    assert scored["ents_r"] == 1 - 1 / len(doc.ents)


def test_spacys_converter_reads_the_columns(gold: Layer, schema: Schema) -> None:
    from spacy.training.converters.conll_ner_to_docs import conll_ner_to_docs

    part = content("conll", gold, schema)
    assert isinstance(part.content, bytes)
    read = list(conll_ner_to_docs(part.content.decode(), no_print=True))  # type: ignore[no-untyped-call]
    assert len(read) == len(gold)
    for doc, document in zip(read, gold, strict=True):
        text = document.text or ""
        found = [(ent.label_, "".join(ent.text.split())) for ent in doc.ents]
        assert found == [(span.label, "".join(text[span.start : span.end].split())) for span in document.spans]


def test_the_same_gold_gives_the_same_bytes(gold: Layer, schema: Schema, tmp_path: Path) -> None:
    """In another process, with another order of sets than this one's."""
    program = (
        "import sys, json, claimspans\n"
        "from claimspans.export.training_files import export\n"
        "for name in sys.argv[3:]:\n"
        "    out = f'{sys.argv[1]}/{name}'\n"
        "    made = export(claimspans.load(), name, out, schema=claimspans.read_schema(sys.argv[2]), fold='003')\n"
        "    print(json.dumps([file['sha256'] for file in made.files]))\n"
    )
    command: list[str | Path] = [sys.executable, "-c", program, str(tmp_path / "there"), ROOT / "schema.json", *FORMATS]
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    environment = os.environ | {"PYTHONHASHSEED": seed}
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    for name, line in zip(FORMATS, run.stdout.splitlines(), strict=True):
        made = export(gold, name, tmp_path / name, schema=schema, fold="003")
        assert [file["sha256"] for file in made.files] == json.loads(line), name
        for file in made.files:
            raw = (tmp_path / name / file["path"]).read_bytes()
            assert (hashlib.sha256(raw).hexdigest(), len(raw)) == (file["sha256"], file["bytes"])


def test_the_example_learns_every_label(gold: Layer, schema: Schema, tmp_path: Path) -> None:
    """On one fold: docs/training.md has the figures of all, and the command."""
    export(gold, "spacy", tmp_path / "data", schema=schema, folds=True)
    for fold in sorted((tmp_path / "data").iterdir())[1:]:
        if fold.is_dir():
            shutil.rmtree(fold)
    out = tmp_path / "predictions.jsonl"
    runpy.run_path(str(ROOT / "docs" / "examples" / "train_spacy.py"))["main"](tmp_path / "data", out)
    strict = score(gold.only(["000"]), out)["strict"]
    assert all(strict.labels[label].COR for label in schema.labels)
    assert (strict.micro.f1 or 0) > 0.5
