"""Predictions in the shapes that users have: ``python -m tests.helpers.shapes`` prints how each is read, or refused."""

from __future__ import annotations

import csv
import gzip
import io
import json
import pickle
import re
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from claimspans import Document, Span

from .command import claimspans
from .places import ROOT
from .tool_forms import doccano, doccano_relations, gliner, pipeline, prodigy, spacy

TEXT = "Officials 🚢🚢 in Veld said “over 40 crates”\nof shells left.\n\nVeld denied it."
OTHER = "A second article, in which Oro denied it."
WORDS = (("QUANTITY", "over 40 crates"), ("ITEM", "shells"), ("SPEAKER", "Veld"), ("STANCE", "denied"))


def _document(doc: str, text: str, words: Sequence[tuple[str, str]]) -> Document:
    places = [(label, text.rindex(each), each) for label, each in words]
    spans = tuple(Span(label=label, start=at, end=at + len(each), text=each) for label, at, each in places)
    return Document(doc=doc, text=text, spans=spans)


GOLD = [_document("000", TEXT, WORDS), _document("001", OTHER, [("STANCE", "denied")])]
Row = dict[str, Any]
Move = Callable[[str, int], int]
"""An offset in code points of a text → what another program counts there."""


def rows(start: Move = lambda _, at: at, end: Move = lambda _, at: at, **more: Any) -> list[Row]:
    """A record a span."""
    return [
        {
            "doc": document.doc,
            "label": span.label,
            "start": start(document.text or "", span.start),
            "end": end(document.text or "", span.end),
        }
        | more
        for document in GOLD
        for span in document.spans
    ]


def worded(records: list[Row]) -> list[Row]:
    """The records with the words of their spans."""
    words = [span.text for document in GOLD for span in document.spans]
    return [record | {"text": text} for record, text in zip(records, words, strict=True)]


def named(change: Callable[[str], Any], key: str = "doc") -> list[Row]:
    return [row | {key: change(row[key])} for row in rows()]


def floats() -> list[Row]:
    """Offsets that went through a float, as a column of pandas with a gap has them."""
    return [row | {key: float(row[key]) for key in ("start", "end")} for row in rows()]


def nested(make: Callable[[Document, list[Row]], Row]) -> list[Row]:
    """A line an article."""
    spans = [[{"label": s.label, "start": s.start, "end": s.end} for s in one.spans] for one in GOLD]
    return [make(document, own) for document, own in zip(GOLD, spans, strict=True)]


def lines(records: list[Row]) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def table(records: list[Row], delimiter: str = ",", *, index: bool = False) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow([*([""] if index else []), *records[0]])
    writer.writerows([*([number] if index else []), *record.values()] for number, record in enumerate(records))
    return text.getvalue().encode()


def parquet(records: list[Row]) -> bytes:
    into = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(records), into)
    return into.getvalue()


def conll(document: Document) -> str:
    """Words and BIO tags."""
    shown = []
    for found in re.finditer(r"[^\W_]+|[^\w\s]", document.text or ""):
        inside = [span for span in document.spans if span.start <= found.start() < span.end]
        tag = f"{'B' if inside[0].start == found.start() else 'I'}-{inside[0].label}" if inside else "O"
        shown.append(f"{found[0]} {tag}")
    return "\n".join([*shown, ""]) + "\n"


def brat(document: Document) -> str:
    return "".join(
        f"T{number}\t{span.label} {span.start} {span.end}\t{span.text}\n"
        for number, span in enumerate(document.spans, 1)
    )


def webanno(document: Document) -> str:
    text = document.text or ""
    words = [
        f"1-{number}\t{utf16(text, span.start)}-{utf16(text, span.end)}\t{span.text}\t{span.label}\n"
        for number, span in enumerate(document.spans, 1)
    ]
    line = text.replace("\n", "\\n")
    return f"#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n\n\n#Text={line}\n" + "".join(words)


def utf16(text: str, at: int) -> int:
    return len(text[:at].encode("utf-16-le")) // 2


def utf8(text: str, at: int) -> int:
    return len(text[:at].encode())


def before(_: str, at: int) -> int:
    return at - 1


def behind(_: str, at: int) -> int:
    return at + 1


def task(document: Document, spans: list[Row]) -> Row:
    """A task of Label Studio with an annotation."""
    result = [
        {
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {"start": span["start"], "end": span["end"], "labels": [span["label"]]},
        }
        for span in spans
    ]
    return {"id": 1, "data": {"text": document.text}, "annotations": [{"result": result}]}


class Shape(NamedTuple):
    """Files by name, the first of them the predictions; ``options`` with which they are read where not as they stand.

    ``said`` are words of the refusal, or of the note that names the options; empty where it is read as it stands.
    """

    files: Mapping[str, bytes]
    said: str = ""
    options: tuple[str, ...] = ()
    right: int = 5
    """How many of the gold's spans are strictly right, once it is read."""


def _one(name: str, raw: bytes, said: str = "", *options: str, right: int = 5) -> Shape:
    return Shape({name: raw}, said, options, right)


def _read_as(*readings: str) -> tuple[str, ...]:
    return tuple(word for reading in readings for word in ("--read-as", reading))


def _lines(name: str, records: list[Row], said: str = "", *options: str, right: int = 5) -> Shape:
    return _one(name, lines(records), said, *options, right=right)


def _articles(make: Callable[[Document], Row], said: str = "") -> Shape:
    """A line an article, as a tool writes it."""
    return _lines("p.jsonl", [make(document) for document in GOLD], said)


def _tagged(document: Document) -> Row:
    pairs = [line.split() for line in conll(document).splitlines() if line]
    return {"doc": document.doc, "tokens": [word for word, _ in pairs], "tags": [tag for _, tag in pairs]}


def _quoted(doc: str, label: str, text: str, **more: Any) -> Row:
    return {"doc": doc, "label": label, "text": text} | more


P = "p.jsonl"
ARTICLES = nested(lambda document, spans: {"doc": document.doc, "spans": spans})
OF_ITS_OWN = {"QUANTITY": "X", "ITEM": "X", "SPEAKER": "GPE", "STANCE": "X"}
TOKEN = {"entity": "B-ITEM", "word": "she", "start": 46, "end": 49}
TO_OURS = "quantity=QUANTITY,item=ITEM,speaker=SPEAKER,stance=STANCE"
RENAMED = {"doc": "doc_id", "label": "type", "start": "begin", "end": "end"}

SHAPES: dict[str, Shape] = {
    "a record a span": _lines(P, rows()),
    "with words and scores": _lines(P, worded(rows(score=0.5))),
    "an article a line, spans nested": _lines(P, ARTICLES),
    "records and articles mixed": _lines(P, [*ARTICLES[:1], *rows()[-1:]]),
    "columns of its own beside": _lines(P, rows(model="x"), "'model' of predicted_span → remove it, or add it to"),
    "columns that are null": _lines(P, rows(text=None, score=None, id=None)),
    "a JSON array": _one("p.json", json.dumps(rows()).encode()),
    "gzipped": _one("p.jsonl.gz", gzip.compress(lines(rows()))),
    "Parquet": _one("p.parquet", parquet(rows())),
    "CSV with a header": _one("p.csv", table(rows())),
    "TSV with a header": _one("p.tsv", table(rows(), "\t")),
    "CSV of a frame: index, float offsets": _one("p.csv", table(floats(), index=True)),
    "Parquet of a frame: float offsets": _one("p.parquet", parquet(floats())),
    "lines that end as on Windows": _one(P, lines(rows()).replace(b"\n", b"\r\n")),
    "a byte order mark": _one(P, b"\xef\xbb\xbf" + lines(rows()), "save the file as UTF-8 without BOM"),
    "a file in UTF-16": _one(P, lines(rows()).decode().encode("utf-16"), "a line is not UTF-8"),
    "quotes": _lines(P, [_quoted("000", "ITEM", "shells"), _quoted("001", "STANCE", "denied")], right=2),
    "a quote that stands twice": _lines(P, [_quoted("000", "SPEAKER", "Veld")], "the quote more than once"),
    "a quote that stands twice, numbered": _lines(P, [_quoted("000", "SPEAKER", "Veld", occurrence=2)], right=1),
    "quotes under another key": _lines(P, [{"doc": "000", "label": "ITEM", "quote": "shells"}], "nor its words"),
    "a Hugging Face pipeline's entities by article": _articles(pipeline),
    "a Hugging Face pipeline's list alone": _lines(P, pipeline(GOLD[0])["entities"], "write its id under doc, doc_id"),
    "a pipeline without aggregation": _lines(P, [{"doc": "000", "entities": [TOKEN]}], "aggregation_strategy='simple'"),
    "spaCy's Doc.to_json()": _articles(spacy),
    "spaCy's span groups": _articles(lambda document: spacy(document, "sc")),
    "GLiNER": _articles(gliner),
    "Prodigy": _articles(lambda document: prodigy(document, answer="accept")),
    "Prodigy, rejected": _articles(lambda document: prodigy(document, answer="reject"), "nobody has accepted these"),
    "doccano": _articles(doccano),
    "doccano with relations": _articles(doccano_relations),
    "CoNLL": _one("p.conll", "".join(f"-DOCSTART- O\n\n{conll(one)}\n" for one in GOLD).encode()),
    "CoNLL, articles not parted": _one("p.conll", "\n".join(map(conll, GOLD)).encode(), "none has them in this order"),
    "tokens and tags in JSON": _articles(_tagged),
    "brat": Shape({"brat/000.ann": brat(GOLD[0]).encode(), "brat/001.ann": brat(GOLD[1]).encode()}),
    "WebAnno": _one("001.tsv", webanno(GOLD[1]).encode(), right=1),
    "an export of Label Studio": _one("p.json", json.dumps(nested(task)).encode(), "score labelstudio:p.json"),
    "offsets in UTF-16": _lines(P, worded(rows(utf16, utf16)), "", *_read_as("utf16")),
    "offsets in bytes": _lines(P, worded(rows(utf8, utf8)), "", *_read_as("utf8")),
    "inclusive ends": _lines(P, worded(rows(end=before)), "", *_read_as("inclusive")),
    "inclusive ends, no words": _lines(P, rows(end=before), "", *_read_as("inclusive")),
    "offsets from 1": _lines(P, rows(behind, behind), "", *_read_as("from-1")),
    "offsets from 1, inclusive": _lines(P, worded(rows(behind)), "", *_read_as("from-1", "inclusive")),
    "ids as numbers": _lines(P, named(int), "", *_read_as("ids")),
    "ids with folder and ending": _lines(P, named(lambda doc: f"texts/{doc}.TXT"), "", *_read_as("ids")),
    "an id that the gold lacks": _lines(P, named(lambda doc: f"x{doc}"), "“x000”; the gold has 000, 001"),
    "labels in another case": _lines(P, named(str.lower, "label"), "", "--map", TO_OURS),
    "labels of its own": _lines(P, named(OF_ITS_OWN.__getitem__, "label"), "", "--map", "GPE=SPEAKER", right=1),
    "offsets as strings": _lines(P, [row | {"start": str(row["start"])} for row in rows()], '"27" is not of type'),
    "keys of its own": _lines(P, [{RENAMED[key]: row[key] for key in row} for row in rows()], '"doc" is a required'),
    "an object of articles": _one("p.json", json.dumps({"000": rows()}).encode(), '"doc" is a required'),
    "JSON in a fence of Markdown": _one(P, b"```json\n%b```\n" % lines(rows()), "a line is not JSON"),
    "a pickle": _one("p.pkl", pickle.dumps(rows()), "a line is not UTF-8"),
    "a workbook": _one("p.xlsx", b"PK\x03\x04" + bytes(60), "a line is not JSON"),
}


class Outcome(NamedTuple):
    """How the command ended, how many spans of the gold are strictly right, and what it said of the reading."""

    code: int
    right: int
    said: tuple[str, ...]


def scored(shape: Shape, folder: Path, *options: str) -> Outcome:
    """What ``claimspans score`` makes of a shape on the gold of all shapes."""
    gold = folder / "gold.jsonl"
    gold.write_bytes(lines(nested(lambda one, spans: {"doc": one.doc, "text": one.text, "spans": spans})))
    for name, raw in shape.files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(raw)
    first = Path(next(iter(shape.files)))
    given = first.parent if first.parent.name else first
    asked = ("score", given, "--gold", gold, "--schema", ROOT / "schema.json", "--brief", "--json")
    ran = claimspans(*asked, *options, cwd=folder)
    if ran.returncode:
        return Outcome(ran.returncode, 0, tuple(line.strip() for line in ran.stderr.splitlines()))
    read = json.loads(ran.stdout)
    said = [f"read as {form}" for form in read["forms"].values()] + read["notes"]
    return Outcome(0, read["schemes"]["strict"]["micro"]["COR"], tuple(said))


def _row(name: str, shape: Shape, folder: Path) -> str:
    """A row of the table: how the shape is read, or the first problem and what it may come from."""
    plain = scored(shape, folder)
    kept = (plain.said[:1] if plain.code else ()) + tuple(
        line for line in plain.said if line.startswith("read as") or "--read-as" in line or "--map" in line
    )
    cells = [name, f"exit {plain.code}, {plain.right} right", *[" ".join(kept)]]
    if shape.options:
        told = scored(shape, folder, *shape.options)
        cells.append(f"{' '.join(shape.options)}: exit {told.code}, {told.right} right")
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def main() -> None:
    for name, shape in SHAPES.items():
        with tempfile.TemporaryDirectory() as folder:
            sys.stdout.write(_row(name, shape, Path(folder)) + "\n")


if __name__ == "__main__":
    main()
