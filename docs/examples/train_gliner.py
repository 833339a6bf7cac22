"""Fine-tune a GLiNER model on one fold and write what it predicts for the article held out."""

# pip install claimspans 'gliner[training]'
# claimspans export gliner --out data/gliner --folds
# python docs/examples/train_gliner.py data/gliner/003 urchade/gliner_small-v2.1 predictions.jsonl
# claimspans score predictions.jsonl

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from gliner import GLiNER

import claimspans
from claimspans.data.files import write_text
from claimspans.data.records import nested_record, to_line
from claimspans.export.formats.passages import passages


def main(fold: Path, name: str, out: Path, *, steps: int = 200) -> None:
    train, test = (json.loads((fold / f"{part}.json").read_text(encoding="utf-8")) for part in ("train", "test"))
    labels = train[0]["ner_labels"]
    model = GLiNER.from_pretrained(name)
    with tempfile.TemporaryDirectory() as folder:
        model.train_model(
            train_dataset=train,
            eval_dataset=test,
            output_dir=folder,
            max_steps=steps,
            per_device_train_batch_size=8,
            learning_rate=1e-5,
            others_lr=5e-5,
            save_strategy="no",
            report_to="none",
        )
    held = {row["doc"] for row in test}
    texts = [document for document in claimspans.Corpus().plain() if document.doc in held]
    write_text(out, "".join(to_line(nested_record(predict(model, each, labels))) for each in texts))


def predict(model: GLiNER, document: claimspans.Document, labels: list[str]) -> claimspans.Document:
    """The spans of an article, paragraph by paragraph: GLiNER reads 384 words at a time."""
    spans = [
        claimspans.Span(
            label=found["label"],
            start=passage.start + found["start"],
            end=passage.start + found["end"],
            score=round(float(found["score"]), 4),
        )
        for passage in passages(document)
        for found in model.predict_entities(passage.text, labels, threshold=0.5)
    ]
    return claimspans.Document(doc=document.doc, spans=tuple(spans))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
