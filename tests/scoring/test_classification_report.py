"""The layout of scikit-learn and seqeval, with the figures of the scorer."""

from __future__ import annotations

import pytest
from seqeval import metrics as seqeval_metrics

from claimspans import Document, Span, classification_report, score


def document(doc: str, *spans: tuple[str, int, int]) -> Document:
    return Document(doc=doc, spans=tuple(Span(label=label, start=start, end=end) for label, start, end in spans))


GOLD = [document("a", ("PER", 0, 4), ("PER", 6, 9), ("LOC", 12, 15)), document("b", ("ORG", 0, 3))]
FOUND = [document("a", ("PER", 0, 4), ("LOC", 12, 14), ("DATE", 20, 24)), document("b")]


def test_the_rows_are_those_of_the_score() -> None:
    report = classification_report(GOLD, FOUND, output_dict=True)
    result = score(GOLD, FOUND)["strict"]
    assert isinstance(report, dict)
    assert list(report) == ["DATE", "LOC", "ORG", "PER", "micro avg", "macro avg", "weighted avg"]
    assert report["PER"] == {"precision": 1.0, "recall": 0.5, "f1-score": result.labels["PER"].f1, "support": 2}
    assert report["ORG"] == {"precision": None, "recall": 0.0, "f1-score": 0.0, "support": 1}
    assert report["micro avg"]["f1-score"] == result.micro.f1
    assert report["macro avg"]["precision"] == result.macro.precision
    assert report["weighted avg"]["recall"] == pytest.approx((0.5 * 2 + 0 + 0) / 4)


def test_it_prints_what_everybody_reads() -> None:
    assert (
        classification_report(GOLD, FOUND)
        == """\
             precision    recall  f1-score   support

        DATE      0.00         –      0.00         0
         LOC      0.00      0.00      0.00         1
         ORG         –      0.00      0.00         1
         PER      1.00      0.50      0.67         2

   micro avg      0.33      0.25      0.29         4
   macro avg      0.33      0.17      0.17         4
weighted avg      0.67      0.25      0.33         4
"""
    )


def test_seqeval_has_the_same_figures_where_every_ratio_is_defined() -> None:
    gold = [["B-PER", "I-PER", "O", "B-LOC", "O"], ["B-LOC", "O", "B-PER"]]
    found = [["B-PER", "O", "O", "B-LOC", "O"], ["B-LOC", "O", "B-PER"]]
    theirs = seqeval_metrics.classification_report(gold, found, output_dict=True)
    ours = classification_report(_documents(gold), _documents(found), output_dict=True)
    assert isinstance(ours, dict)
    for name, row in theirs.items():
        assert ours[name] == pytest.approx({key: float(value) for key, value in row.items()})


def _documents(sentences: list[list[str]]) -> list[Document]:
    from claimspans.data.bio import decode

    return [
        document(str(number), *((label, 10 * first, 10 * behind) for label, first, behind in decode(tags)))
        for number, tags in enumerate(sentences)
    ]
