"""One sentence on which scorers disagree: what each of them prints, for the example in docs/scores.md.

Needs the extra ``benchmark``: ``make disagree``.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

TEXT = "North Korea sent 152mm shells and about 50 missiles."
GOLD = (("ITEM", "152mm shells"), ("QUANTITY", "about 50"), ("ITEM", "missiles"))
PREDICTED = (("ITEM", "152mm shells"), ("ITEM", "shell"), ("QUANTITY", "about 50 missiles"), ("ITEM", "missiles"))

Spans = list[tuple[str, int, int]]
Figures = tuple[float | None, float | None, float | None]


def offsets(quoted: tuple[tuple[str, str], ...]) -> Spans:
    """Quotes as label, start, end."""
    return [(label, TEXT.index(quote), TEXT.index(quote) + len(quote)) for label, quote in quoted]


def claimspans(gold: Spans, predicted: Spans) -> Figures:
    from claimspans import Document, Span, score

    sides = (
        [Document(doc="1", spans=tuple(Span(label=n, start=s, end=e) for n, s, e in side))]
        for side in (gold, predicted)
    )
    micro = score(*sides)["strict"].micro
    return micro.precision, micro.recall, micro.f1


def nervaluate(gold: Spans, predicted: Spans) -> Figures:
    from nervaluate import Evaluator

    sides = ([[{"label": n, "start": s, "end": e - 1} for n, s, e in side]] for side in (gold, predicted))
    found = Evaluator(*sides, tags=["ITEM", "QUANTITY"], loader="dict").evaluate()["overall"]["strict"]
    return found.precision, found.recall, found.f1


def spacy(gold: Spans, predicted: Spans) -> Figures:
    """`Scorer.score_spans` on spaCy's own tokens: a span that no token boundary meets cannot be made and is lost."""
    from spacy.lang.en import English
    from spacy.scorer import Scorer
    from spacy.training import Example

    nlp = English()
    docs = []
    for side in (predicted, gold):
        doc = nlp(TEXT)
        spans = (doc.char_span(start, end, label=label) for label, start, end in side)
        doc.spans["sc"] = [span for span in spans if span is not None]
        docs.append(doc)
    found = Scorer.score_spans([Example(*docs)], "spans_sc", getter=lambda doc, _: doc.spans["sc"], allow_overlap=True)
    return found["spans_sc_p"], found["spans_sc_r"], found["spans_sc_f"]


def seqeval(gold: Spans, predicted: Spans) -> Figures:
    """BIO tags over words: a tag a word, so the span that is written last overwrites the others."""
    from seqeval.metrics import f1_score, precision_score, recall_score

    words = [(match, match + len(word)) for word in TEXT.split() for match in [TEXT.index(word)]]
    tags = []
    for side in (gold, predicted):
        row = ["O"] * len(words)
        for label, start, end in side:
            inside = [n for n, (first, last) in enumerate(words) if first < end and start < last]
            for n in inside:
                row[n] = f"{'B' if n == inside[0] else 'I'}-{label}"
        tags.append([row])
    return precision_score(*tags), recall_score(*tags), f1_score(*tags)


def orders(scorer: Callable[[Spans, Spans], Figures]) -> Iterator[Figures]:
    """The different figures that a scorer gives as the predictions stand in other orders."""
    gold, predicted = offsets(GOLD), offsets(PREDICTED)
    seen: list[Figures] = []
    for seed in range(50):
        shuffled = list(predicted)
        random.Random(seed).shuffle(shuffled)  # noqa: S311 -- an order, no secret
        found = scorer(list(gold), shuffled)
        if found not in seen:
            seen.append(found)
            yield found


def main() -> None:
    """Print the table of the document."""
    lines = ["| scorer | P | R | F1 |", "| --- | --: | --: | --: |"]
    scorers: tuple[Callable[[Spans, Spans], Any], ...] = (claimspans, nervaluate, spacy, seqeval)
    for scorer in scorers:
        for found in sorted(orders(scorer), key=str):
            shown = " | ".join("–" if figure is None else f"{figure:.3f}" for figure in found)
            lines.append(f"| {scorer.__name__} | {shown} |")
    print("\n".join(lines))  # noqa: T201 -- that is its job


if __name__ == "__main__":
    main()
