"""What the libraries of models make of the exports: GLiNER, GLiNER2, LangExtract, a chat template; and the examples."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from claimspans import Schema, score
from claimspans.data.layer import Layer
from claimspans.export.formats.passages import passages
from claimspans.export.training_files import export

from ..helpers import models
from ..helpers.places import ROOT
from .test_export import content, lines, places

# Their warnings are about themselves and one another.
pytestmark = [pytest.mark.slow, pytest.mark.models, pytest.mark.filterwarnings("ignore")]


SIGNS = "İ e\u0301t naïve_one www.x.org/a-b a@b.org @c co-op."


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKENIZERS_PARALLELISM", "false")


@pytest.fixture(scope="module")
def texts(gold: Layer) -> list[str]:
    return [document.text or "" for document in gold]


def gliner(folder: Path, texts: list[str]) -> Path:
    """As large as GLiNER's own models: 384 words, spans of 12."""
    return models.gliner(folder, texts, words=384, length=2048, width=12)


def rows_of(gold: Layer, schema: Schema) -> list[dict[str, Any]]:
    part = content("gliner", gold, schema)
    assert isinstance(part.content, bytes)
    found: list[dict[str, Any]] = json.loads(part.content)
    return found


def test_gliners_words_are_ours(gold: Layer) -> None:
    from gliner.data_processing.tokenizer import WhitespaceTokenSplitter

    from claimspans.export.formats.gliner import WORD

    for document in gold:
        text = document.text or ""
        ours = [(found.group(), *found.span()) for found in WORD.finditer(text)]
        assert list(WhitespaceTokenSplitter()(text)) == ours


def test_gliners_collator_makes_the_gold_its_labels(
    gold: Layer, schema: Schema, texts: list[str], tmp_path: Path
) -> None:
    """Each span of the gold is a positive cell of the labels, there is no other, and every label is learnt."""
    from gliner import GLiNER

    model = GLiNER.from_pretrained(str(gliner(tmp_path / "gliner", texts)))
    rows = rows_of(gold, schema)
    collator = model.data_collator_class(
        model.config, data_processor=model.data_processor, prepare_labels=True, return_id_to_classes=True
    )
    for row in rows:
        batch = collator([row])
        cells = batch["labels"][0].nonzero().tolist()
        (names,) = batch["id_to_classes"]
        assert set(names.values()) == set(schema.labels)
        found = [[*batch["span_idx"][0][place].tolist(), names[label + 1]] for place, label in cells]
        assert sorted(found) == sorted(row["ner"])
    for some in (rows[:8], [row for row in rows if not row["ner"]]):
        batch = collator(some)
        batch.pop("id_to_classes")
        assert float(model.model(**batch).loss.detach()) > 0


def test_gliner2_finds_every_mention_valid_and_at_its_place(gold: Layer, schema: Schema, tmp_path: Path) -> None:
    from gliner2.processing.targets import (
        SurfaceSpan,
        char_span_to_word_boundaries,
        word_boundaries_to_char_span,
    )
    from gliner2.processing.word_splitter import WhitespaceTokenSplitter
    from gliner2.training.data import TrainingDataset

    from claimspans.export.formats.gliner2 import word

    export(gold, "gliner2", tmp_path / "out", schema=schema)
    data = TrainingDataset.load(tmp_path / "out" / "all.jsonl")
    report = data.validate(raise_on_error=False)
    assert (report["valid"], report["invalid"]) == (len(data), 0)
    cut = list(WhitespaceTokenSplitter()(SIGNS))
    assert [(start, end) for _, start, end in cut] == [found.span() for found in word().finditer(SIGNS)]
    for example, passage in zip(data, (each for document in gold for each in passages(document)), strict=True):
        words = [(start, end) for _, start, end in WhitespaceTokenSplitter()(example.text)]
        assert [found.span() for found in word().finditer(example.text)] == words
        expected = sorted((span.label, span.start, span.end) for span in passage.spans)
        starts, ends = zip(*words, strict=True)
        found = []
        for label, mentions in example.entities.items():
            for mention in map(SurfaceSpan.from_mapping, mentions):
                first, last = char_span_to_word_boundaries(mention.start, mention.end, starts, ends)
                found.append((label, *word_boundaries_to_char_span(first, last, starts, ends)))
        assert sorted(found) == expected


def test_langextract_reads_them_as_documents_and_takes_them_as_examples(
    gold: Layer, schema: Schema, tmp_path: Path
) -> None:
    import langextract
    from langextract.prompt_validation import validate_prompt_alignment

    export(gold, "langextract", tmp_path / "out", schema=schema)
    path = tmp_path / "out" / "all.jsonl"
    documents = list(langextract.io.load_annotated_documents_jsonl(path, show_progress=False))
    examples = [
        langextract.data.ExampleData(text=each.text, extractions=each.extractions)
        for each in documents
        if each.extractions
    ]
    spans = [(document, span) for document in gold for span in document.spans]
    found = [(each, extraction) for each in documents for extraction in each.extractions]
    for (each, extraction), (document, span) in zip(found, spans, strict=True):
        doc, start = each.document_id.split(":")
        place = extraction.char_interval
        assert (doc, extraction.extraction_class) == (document.doc, span.label)
        assert (int(start) + place.start_pos, int(start) + place.end_pos) == (span.start, span.end)
        assert extraction.extraction_text == (document.text or "")[span.start : span.end]
        given = {name for name, value in span.attributes.items() if value is not None and value != ()}
        assert set(extraction.attributes) == given
    report = validate_prompt_alignment(examples)
    assert not report.issues, [issue.short_msg() for issue in report.issues]


def test_a_chat_template_renders_the_messages_to_the_letter(gold: Layer, schema: Schema, texts: list[str]) -> None:
    made = models.bytelevel(texts)
    for row in lines(content("chat", gold, schema)):
        shown = made.decode(made.apply_chat_template(row["messages"], return_dict=True)["input_ids"])
        assert shown == "".join(f"<|{one['role']}|>\n{one['content']}[SEP]\n" for one in row["messages"])


def test_trl_learns_the_answer_alone_whatever_the_form(
    gold: Layer, schema: Schema, texts: list[str], tmp_path: Path
) -> None:
    """Its tokens of prompt and completion are those of the two apart, and none but the completion's is learnt."""
    from datasets import load_dataset
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from trl import SFTConfig, SFTTrainer

    export(gold, "prompt-completion", tmp_path / "out", schema=schema)
    folder = models.decoder(tmp_path / "model", texts)
    rows = load_dataset("json", data_files=str(tmp_path / "out" / "all.jsonl"), cache_dir=str(tmp_path))["train"]
    trainer = SFTTrainer(
        model=AutoModelForCausalLM.from_pretrained(folder),
        processing_class=AutoTokenizer.from_pretrained(folder),
        train_dataset=rows,
        args=SFTConfig(str(tmp_path / "run"), max_length=None, bf16=False, report_to="none", save_strategy="no"),
    )
    tokenizer = trainer.processing_class
    for row, batch in zip(rows, trainer.train_dataset, strict=True):
        learnt = trainer.data_collator([batch])["labels"][0]
        answer = tokenizer.decode(learnt[learnt != -100])
        assert answer.removesuffix(tokenizer.eos_token) == row["completion"]


@pytest.mark.parametrize(
    ("example", "form", "model", "options"),
    [
        ("train_gliner", "gliner", gliner, {"steps": 2}),
        ("train_token_classifier", "bio", models.encoder, {"epochs": 1}),
        ("train_chat", "chat", models.decoder, {"epochs": 1, "tokens": 16}),
    ],
)
def test_an_example_trains_a_model_and_writes_predictions(
    example: str,
    form: str,
    model: Any,
    options: dict[str, Any],
    gold: Layer,
    schema: Schema,
    texts: list[str],
    tmp_path: Path,
) -> None:
    export(gold, form, tmp_path / form, schema=schema, folds=True)
    # What a model is trained on takes it the less time, the more of its words it knows.
    seen = (tmp_path / form / "003" / "train.jsonl").read_text(encoding="utf-8") if form == "chat" else ""
    made = model(tmp_path / "model", [*texts, seen])
    main = runpy.run_path(str(ROOT / "docs" / "examples" / f"{example}.py"))["main"]
    main(tmp_path / form / "003", str(made), tmp_path / "predictions.jsonl", **options)
    written = json.loads((tmp_path / "predictions.jsonl").read_text(encoding="utf-8"))
    assert written["doc"] == "003"
    held = [document for document in gold if document.doc == "003"]
    assert len(places(held)) == score(held, tmp_path / "predictions.jsonl")["strict"].micro.POS
