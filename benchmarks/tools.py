"""Each scorer as a program: reads both files, scores, prints its counts and its CPU seconds by phase as JSON.

Run as ``python -P benchmarks/tools.py NAME GOLD PREDICTIONS``. Every tool gets its data in the form that it takes
without further conversion, read with the quickest parser (msgspec), so that none pays for another's way of reading.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

Figures = dict[str, dict[str, Any]]

NOT_INSTALLED = 3
_FIELDS = ("COR", "INC", "PAR", "MIS", "SPU", "POS", "ACT")


class Phases:
    """CPU seconds of this process from mark to mark; the first holds the start of the interpreter too."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = 0.0

    def mark(self, name: str) -> None:
        now = time.process_time()
        self.seconds[name] = now - self._last
        self._last = now


def claimspans_api(gold: str, predictions: str, phases: Phases) -> Figures:
    """What `claimspans.score` does with two bare files, step by step, without the command line and the JSON."""
    from claimspans.scoring.inputs import Task, read
    from claimspans.scoring.matching import SCHEMES
    from claimspans.scoring.tables import counts_of, tabulate

    phases.mark("start and imports")
    task = read(gold, predictions, None)
    if not isinstance(task, Task):
        raise TypeError("the files were not read by columns")
    phases.mark("read both files by columns")
    tables, _ = tabulate(task.gold, task.predicted, len(task.docs), len(task.labels), SCHEMES)
    phases.mark("match under four schemes and count by article and label")
    figures = {scheme: counts_of(table.sum(axis=(0, 1))).to_dict() for scheme, table in tables.items()}
    phases.mark("add up")
    return figures


def nervaluate(gold: str, predictions: str, phases: Phases) -> Figures:
    """Four schemes, overall and by label. Its spans hold their last character, so ``end`` is one less than ours."""
    from nervaluate import Evaluator

    phases.mark("start and imports")
    data = _dicts_by_doc(gold), _dicts_by_doc(predictions)
    docs = _all_docs(*data)
    true, pred = ([side.get(doc, []) for doc in docs] for side in data)
    phases.mark("read")
    tags = sorted({row["label"] for rows in (*true, *pred) for row in rows})
    overall = Evaluator(true, pred, tags=tags, loader="dict").evaluate()["overall"]
    phases.mark("score")
    return {_ours(name): _semeval(found) for name, found in overall.items()}


def annotations_evaluate(gold: str, predictions: str, phases: Phases) -> Figures:
    """Four schemes (its ``flat`` mode, which takes nested spans too), overall and by article, not by label."""
    from annotations_evaluate import Document, Span, evaluate_flat

    phases.mark("start and imports")
    data = _by_doc(gold), _by_doc(predictions)
    documents = []
    for doc in _all_docs(*data):
        sides = [tuple(Span(row.label, row.start, row.end) for row in side.get(doc, [])) for side in data]
        documents.append(Document(document_id=doc, gold=sides[0], prediction=sides[1]))
    phases.mark("read")
    report = evaluate_flat(documents)
    phases.mark("score")
    return {_ours(name): _semeval(found.counts) for name, found in report.scenarios.items()}


def seqeval(gold: str, predictions: str, phases: Phases) -> Figures:
    """Strict only, overall and by label, of BIO tags over synthetic tokens; it cannot tell overlapping spans."""
    from seqeval.metrics import classification_report

    phases.mark("start and imports")
    data = _by_doc(gold), _by_doc(predictions)
    tagged: tuple[list[list[str]], list[list[str]]] = ([], [])
    for doc in _all_docs(*data):
        sides = [side.get(doc, []) for side in data]
        token_at = _tokens(*sides)
        for rows, out in zip(sides, tagged, strict=True):
            tags = ["O"] * (len(token_at) - 1)
            for row in rows:
                first, last = token_at[row.start], token_at[row.end]
                tags[first:last] = ["B-" + row.label] + ["I-" + row.label] * (last - first - 1)
            out.append(tags)
    phases.mark("read and tag")
    micro = classification_report(*tagged, output_dict=True)["micro avg"]
    phases.mark("score")
    return {"strict": _from_ratios(micro["precision"], micro["recall"], int(micro["support"]))}


def spacy(gold: str, predictions: str, phases: Phases) -> Figures:
    """Strict only, overall and by label: ``Scorer.score_spans`` over Docs of synthetic one-letter tokens."""
    from spacy.scorer import Scorer
    from spacy.tokens import Doc, Span
    from spacy.training import Example
    from spacy.vocab import Vocab

    phases.mark("start and imports")
    data = _by_doc(gold), _by_doc(predictions)
    vocab = Vocab()
    examples = []
    for doc in _all_docs(*data):
        sides = [side.get(doc, []) for side in data]
        token_at = _tokens(*sides)
        # Letters of one kind and no spaces: the least text that the alignment of the two Docs can have.
        words, spaces = ["x"] * (len(token_at) - 1), [False] * (len(token_at) - 1)
        docs = [Doc(vocab, words=words, spaces=spaces) for _ in sides]
        for side, rows in zip(docs, sides, strict=True):
            side.spans["sc"] = [Span(side, token_at[row.start], token_at[row.end], label=row.label) for row in rows]
        examples.append(Example(docs[1], docs[0]))
    phases.mark("read and build Docs")
    scores = Scorer.score_spans(examples, "sc", getter=lambda doc, key: doc.spans[key], allow_overlap=True)
    phases.mark("score")
    pos = sum(len(rows) for rows in data[0].values())
    return {"strict": _from_ratios(scores["sc_p"], scores["sc_r"], pos)}


def msgspec_decode(gold: str, predictions: str, phases: Phases) -> Figures:
    """A floor: both files into typed records, and nothing else."""
    import msgspec

    decoder = msgspec.json.Decoder(_row_type())
    phases.mark("start and imports")
    for path in (gold, predictions):
        with open(path, "rb") as file:  # noqa: PTH123 -- pathlib is an import that a floor need not pay
            decoder.decode_lines(file.read())
    phases.mark("read")
    return {}


def orjson_stream(gold: str, predictions: str, phases: Phases) -> Figures:
    """A floor with little memory: both files line by line into the same four fields, none of them kept."""
    import orjson

    phases.mark("start and imports")
    for path in (gold, predictions):
        with open(path, "rb") as file:  # noqa: PTH123 -- pathlib is an import that a floor need not pay
            for line in file:
                record = orjson.loads(line)
                _ = record["doc"], record["label"], record["start"], record["end"]
    phases.mark("read")
    return {}


def bootstrap(articles: str, resamples: str, phases: Phases) -> Figures:
    """No scorer: one call of ``claimspans.scoring.significance.bootstrap`` over a table of as many articles."""
    import numpy as np

    from claimspans.scoring.counts import FIELDS
    from claimspans.scoring.significance import bootstrap as resample

    phases.mark("start and imports")
    table = np.random.default_rng(0).integers(0, 30, size=(int(articles), len(FIELDS)))
    phases.mark("make the table")
    resample([table], seed=0, resamples=int(resamples))
    phases.mark("resample")
    return {}


PROGRAMS: dict[str, Callable[[str, str, Phases], Figures]] = {
    "claimspans-api": claimspans_api,
    "nervaluate": nervaluate,
    "annotations-evaluate": annotations_evaluate,
    "seqeval": seqeval,
    "spacy": spacy,
    "msgspec-decode": msgspec_decode,
    "orjson-stream": orjson_stream,
    "bootstrap": bootstrap,
}


def _row_type() -> Any:
    import msgspec

    return msgspec.defstruct("Row", [("doc", str), ("label", str), ("start", int), ("end", int)])


def _by_doc(path: str) -> dict[str, list[Any]]:
    import msgspec

    rows: dict[str, list[Any]] = {}
    with open(path, "rb") as file:  # noqa: PTH123 -- as in the floors
        for row in msgspec.json.Decoder(_row_type()).decode_lines(file.read()):
            rows.setdefault(row.doc, []).append(row)
    return rows


def _dicts_by_doc(path: str) -> dict[str, list[dict[str, Any]]]:
    import msgspec

    rows: dict[str, list[dict[str, Any]]] = {}
    with open(path, "rb") as file:  # noqa: PTH123 -- as in the floors
        for row in msgspec.json.Decoder().decode_lines(file.read()):
            row["end"] -= 1
            rows.setdefault(row["doc"], []).append(row)
    return rows


def _all_docs(gold: Iterable[str], predictions: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*gold, *predictions]))


def _tokens(gold: list[Any], predicted: list[Any]) -> dict[int, int]:
    """Boundary → token: an article is cut wherever a span of either side begins or ends, so no span is cut in two."""
    edges = {0}
    for rows in (gold, predicted):
        for row in rows:
            edges.add(row.start)
            edges.add(row.end)
    return {edge: token for token, edge in enumerate(sorted(edges))}


def _ours(scheme: str) -> str:
    return "type" if scheme == "ent_type" else scheme


def _semeval(found: Any) -> dict[str, int]:
    names = ("correct", "incorrect", "partial", "missed", "spurious", "possible", "actual")
    return {ours: getattr(found, name) for ours, name in zip(_FIELDS, names, strict=True)}


def _from_ratios(precision: float, recall: float, pos: int) -> dict[str, int]:
    """The counts behind the ratios of a tool that tells no counts; INC, MIS and SPU it does not tell apart."""
    right = round(recall * pos)
    return {"COR": right, "POS": pos, "ACT": round(right / precision) if precision else 0}


def main(name: str, first: str, second: str) -> int:
    phases = Phases()
    try:
        figures = PROGRAMS[name](first, second, phases)
    except ModuleNotFoundError as error:
        sys.stderr.write(f"{error.name} is not installed: pip install 'claimspans[benchmark]'\n")
        return NOT_INSTALLED
    shown = {scheme: {field: counts.get(field) for field in _FIELDS} for scheme, counts in figures.items()}
    sys.stdout.write(json.dumps({"schemes": shown, "phases": phases.seconds}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
