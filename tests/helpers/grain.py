"""A corpus of our own writing: grain exports, three labels, no claims, with two annotators' layers."""

from __future__ import annotations

import json
from pathlib import Path

from claimspans import Corpus
from claimspans.data.articles import Given
from claimspans.data.holdings import add
from claimspans.data.new_corpus import new_corpus

TEXTS = {
    "cairo": (
        "2024-03-06",
        "Egypt buys\n\nEgypt bought 60,000 tonnes from Romania on 5 March 2024. GASC paid 265 dollars.\n",
    ),
    "odesa": ("2024-04-11", "Ukraine ships maize\n\nUkraine has shipped 4.5 million tons of maize since January.\n"),
    "manila": (None, "Rice\n\nVietnam shipped 300,000 tons of rice in May 2024. Thailand shipped 45,000 tons.\n"),
}
"""Articles by id: the day of publication, and the text."""

Mark = tuple[str, str, int, dict[str, object]]
"""Label, words, which occurrence of them, attributes."""

MARKS: dict[str, list[Mark]] = {
    "cairo": [
        ("ACTOR", "Egypt", 2, {"kind": "state"}),
        ("QUANTITY", "60,000 tonnes", 1, {"value": 60000, "unit": "tonne"}),
        ("ACTOR", "Romania", 1, {"kind": "state"}),
        ("DATE", "5 March 2024", 1, {}),
        ("ACTOR", "GASC", 1, {"kind": "organisation"}),
        ("QUANTITY", "265 dollars", 1, {"value": 265, "unit": "dollar"}),
    ],
    "odesa": [
        ("ACTOR", "Ukraine", 2, {"kind": "state"}),
        ("QUANTITY", "4.5 million tons", 1, {"value": 4500000, "unit": "ton"}),
        ("DATE", "January", 1, {}),
    ],
    "manila": [
        ("ACTOR", "Vietnam", 1, {"kind": "state"}),
        ("QUANTITY", "300,000 tons", 1, {"value": 300000, "unit": "ton"}),
        ("DATE", "May 2024", 1, {}),
        ("ACTOR", "Thailand", 1, {"kind": "state"}),
        ("QUANTITY", "45,000 tons", 1, {"value": 45000, "unit": "ton"}),
    ],
}


def write_articles(path: Path) -> Path:
    """The articles as JSON lines."""
    rows = [{"doc": doc, "text": text, "published": date} for doc, (date, text) in TEXTS.items()]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def grain(folder: Path) -> Corpus:
    """The corpus with its articles and no layer."""
    new_corpus(folder, "spans")
    corpus = Corpus(folder)
    add(corpus, [write_articles(folder.parent / "grain.jsonl")], Given())
    return corpus


def annotate(corpus: Corpus, layer: str, docs: tuple[str, ...] = tuple(MARKS), *, left_out: str = "") -> Path:
    """A layer with the marks of these articles, but for those on the words ``left_out``."""
    folder = corpus.root / "annotations" / layer
    folder.mkdir(parents=True, exist_ok=True)
    for doc in docs:
        text, records = corpus.texts[doc], []
        for label, words, occurrence, attributes in MARKS[doc]:
            start = -1
            for _ in range(occurrence):
                start = text.index(words, start + 1)
            if words != left_out:
                records.append({"label": label, "start": start, "end": start + len(words), "text": words, **attributes})
        head = {"type": "document", "doc": doc, "sha256": corpus.sources[doc].sha256}
        spans = [{"type": "span", "doc": doc, "id": f"s{number}"} | one for number, one in enumerate(records, 1)]
        lines = "".join(json.dumps(one) + "\n" for one in [head, *spans])
        (folder / f"{doc}.jsonl").write_text(lines, encoding="utf-8")
    return folder
