"""Fine-tune a Hugging Face token classifier on one fold and write what it predicts for the article held out."""

# pip install claimspans torch transformers accelerate datasets
# claimspans export bio --out data/bio --folds
# python docs/examples/train_token_classifier.py data/bio/003 distilbert/distilbert-base-cased predictions.jsonl
# claimspans score predictions.jsonl

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from datasets import load_dataset
from transformers import (
    AutoModelForTokenClassification,
    AutoTokenizer,
    DataCollatorForTokenClassification,
    Trainer,
    TrainingArguments,
)

from claimspans.data.files import write_text
from claimspans.data.records import Document, Span, nested_record, to_line


def main(fold: Path, name: str, out: Path, *, epochs: float = 10) -> None:
    files = {part: str(fold / f"{part}.jsonl") for part in ("train", "test")}
    data = load_dataset("json", data_files=files)
    tags = sorted({tag for row in data["train"] for tag in row["ner_tags"]})
    tokenizer = AutoTokenizer.from_pretrained(name, add_prefix_space=True)
    model = AutoModelForTokenClassification.from_pretrained(
        name, id2label=dict(enumerate(tags)), label2id={tag: number for number, tag in enumerate(tags)}
    )

    def encoded(row: dict[str, Any]) -> dict[str, Any]:
        """The first piece of a word has its tag; the others have none to learn."""
        pieces = tokenizer(row["tokens"], is_split_into_words=True, truncation=True, max_length=512)
        words = pieces.word_ids()
        first = [word is not None and word != before for word, before in zip(words, [None, *words])]
        labels = [tags.index(row["ner_tags"][word]) if new else -100 for word, new in zip(words, first)]
        return dict(pieces) | {"labels": labels}

    with tempfile.TemporaryDirectory() as folder:
        trainer = Trainer(
            model=model,
            args=TrainingArguments(
                folder, num_train_epochs=epochs, learning_rate=5e-5, save_strategy="no", report_to="none", seed=0
            ),
            train_dataset=data["train"].map(encoded, remove_columns=data["train"].column_names),
            data_collator=DataCollatorForTokenClassification(tokenizer),
        )
        trainer.train()
    spans: dict[str, list[Span]] = {}
    for row in data["test"]:
        found = predicted(row, tokenizer, trainer.model)
        spans.setdefault(row["doc"], []).extend(spans_of(found, row["offsets"]))
    documents = (Document(doc=doc, spans=tuple(found)) for doc, found in spans.items())
    write_text(out, "".join(to_line(nested_record(document)) for document in documents))


def predicted(row: dict[str, Any], tokenizer: Any, model: Any) -> list[str]:
    """A tag for each word of a passage; O where the model did not read that far."""
    pieces = tokenizer(row["tokens"], is_split_into_words=True, truncation=True, max_length=512, return_tensors="pt")
    with torch.no_grad():
        best = model.eval()(**pieces.to(model.device)).logits[0].argmax(-1).tolist()
    tags = ["O"] * len(row["tokens"])
    for place, word in reversed(list(enumerate(pieces.word_ids()))):
        if word is not None:
            tags[word] = model.config.id2label[best[place]]
    return tags


def spans_of(tags: list[str], offsets: list[list[int]]) -> Iterator[Span]:
    """BIO tags as spans of the article; an I without its B begins one."""
    start = label = None
    for tag, (first, last), following in zip(tags, offsets, [*tags[1:], "O"]):
        if tag == "O":
            continue
        if tag[0] == "B" or label != tag[2:]:
            start, label = first, tag[2:]
        if following != f"I-{label}":
            yield Span(label=label, start=start, end=last)
            label = None


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
