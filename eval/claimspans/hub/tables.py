"""Documents as the rows of each configuration, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec

from ..data.bio import encode
from ..data.column_types import fit
from ..data.corpus import Corpus
from ..data.hashes import sha256_of
from ..data.records import Document, Span, claim_record, span_record
from ..data.sources import Source
from ..data.splits import read_splits
from ..text.sentences import sentences
from ..text.tokens import Place, tokens
from .table_schema import Configuration, configurations

Row = dict[str, Any]
Tables = dict[str, dict[str, list[Row]]]
"""Rows by configuration and split."""

CANARY = f"claimspans test data should not be in training corpora: canary {uuid5(NAMESPACE_URL, 'urn:claimspans:data')}"
"""A string that a model can only know from these files; it stands in metadata, never in a text."""

TRAIN, TEST = "train", "test"


def newest(sources: Iterable[Source]) -> list[str]:
    """The test articles: the last published fifth, one at least, so that no training article is later than a test one.

    A date given to the month counts as its first day, an unknown one as the first of all; of two on one day the later
    id is the later article.
    """
    dated = sorted(sources, key=lambda source: (source.published or "", source.doc))
    return sorted(source.doc for source in dated[-max(1, len(dated) // 5) :])


def splits_of(corpus: Corpus, docs: Collection[str]) -> dict[str, str]:
    """The split of each article: that of the corpus's ``splits.jsonl``, else the newest fifth is for testing.

    Training articles stand first and those for testing last, so that the splits come in this order.
    """
    said = read_splits(corpus)
    test = newest(corpus.sources[doc] for doc in docs)
    found = {doc: said[doc].split if said else TEST if doc in test else TRAIN for doc in docs}
    return dict(sorted(found.items(), key=lambda each: (each[1] != TRAIN, each[1] == TEST)))


def tables(
    corpus: Corpus,
    gold: Sequence[Document],
    predictions: Mapping[str, Sequence[Document]],
    *,
    standoff: bool = False,
    names: Collection[str] | None = None,
) -> Tables:
    """The rows of every configuration that has any, or of those named, split by article.

    With ``standoff`` no text of an article longer than a span of the gold, but its title: see `without_text`.
    """
    known = configurations(corpus.schema)
    fold = {document.doc: number for number, document in enumerate(gold)}
    made: dict[str, Iterable[Row]] = {
        "spans": (row for document in gold for row in span_rows(document)),
        "documents": (_document(corpus.sources[document.doc], document) for document in gold),
        "claims": (row for document in gold for row in claim_rows(document)),
        "sentences": (row for document in gold for row in _sentences(document)),
        "tokens": (row for document in gold for row in _tokens(document)),
        "passes": (
            {"layer": layer, "sha256": corpus.sources[document.doc].sha256, **_nested(document)}
            for layer in corpus.layers
            if layer != "gold"
            for document in corpus.load(layer)
            if document.doc in fold
        ),
        "predictions": (
            {"system": system, **_nested(document, predicted=True)}
            for system, documents in predictions.items()
            for document in _in_order(documents, [each.doc for each in gold])
        ),
    }
    split_of = splits_of(corpus, fold)
    found: Tables = {}
    for name, rows in made.items():
        if name not in known or (names is not None and name not in names):
            continue
        splits: dict[str, list[Row]] = {split: [] for split in dict.fromkeys(split_of.values())}
        for row in rows:
            whole = fit(row | {"fold": fold[row["doc"]]}, dict(known[name].columns))
            splits[split_of[row["doc"]]].append(without_text(name, whole) if standoff else whole)
        if any(splits.values()):
            found[name] = {split: rows for split, rows in splits.items() if rows}
    return found


def rows_of(name: str, document: Document, row: Row) -> Iterator[Row]:
    """The rows of a table for an article that has another text now, out of its ``row`` that came first in the table."""
    made: dict[str, Callable[[Document], Iterator[Row]]] = {
        "spans": span_rows,
        "claims": claim_rows,
        "sentences": _sentences,
        "tokens": _tokens,
    }
    if name in made:
        yield from made[name](document)
        return
    text = document.text or ""
    changed = {"text": text, "characters": len(text), "sha256": sha256_of(text)}
    yield row | changed | _nested(document, predicted=name == "predictions")


def _in_order(documents: Iterable[Document], docs: Sequence[str]) -> list[Document]:
    """A system's articles in the order of the gold; one of which it says nothing has a row without spans."""
    found = {document.doc: document for document in documents}
    return [found.get(doc, Document(doc=doc)) for doc in docs]


def _document(source: Source, document: Document) -> Row:
    text = document.text or ""
    return {
        "published": source.published,
        "sha256": source.sha256,
        "characters": len(text),
        "text": text,
        "source": msgspec.structs.asdict(source),
        "canary": CANARY,
        **_nested(document),
    }


def _nested(document: Document, *, predicted: bool = False) -> Row:
    spans = sorted(document.spans, key=lambda span: span.order)
    return {
        "doc": document.doc,
        "zones": [{"zone": zone.kind, "start": zone.start, "end": zone.end} for zone in document.zones],
        "spans": [
            span_record(document.doc, span) | ({"given": sorted(span.attributes)} if predicted else {})
            for span in spans
        ],
        "claims": [claim_record(document.doc, claim) for claim in document.claims],
    }


def span_rows(document: Document) -> Iterator[Row]:
    """The spans of an article in reading order, each with the number of its sentence."""
    places = _places(document)
    for span in sorted(document.spans, key=lambda span: span.order):
        number = next((at for at, (start, end) in enumerate(places) if start <= span.start < end), None)
        yield span_record(document.doc, span) | {"sentence": number}


def _places(document: Document) -> list[Place]:
    """The sentences of an article, cut where a zone begins or ends; none of them ends inside a span."""
    text = document.text or ""
    edges = {edge for zone in document.zones for edge in (zone.start, zone.end)}
    edges -= {edge for span in document.spans for edge in range(span.start + 1, span.end)}
    found = []
    for start, end in sentences(text, ((span.start, span.end) for span in document.spans)):
        cuts = [start, *sorted(edge for edge in edges if start < edge < end), end]
        found += [place for first, last in pairwise(cuts) if (place := _trimmed(text, first, last)) is not None]
    return found


def _trimmed(text: str, start: int, end: int) -> Place | None:
    """A place without the white space at its ends; None where it is nothing else."""
    words = text[start:end].strip()
    first = text.find(words, start)
    return (first, first + len(words)) if words else None


def claim_rows(document: Document) -> Iterator[Row]:
    """The claims of an article in its order, each with the words of the spans that it names."""
    spans = {span.id: span for span in document.spans}
    for claim in document.claims:
        evidence = [
            {"field": field, **_short(spans[reference])}
            for field, reference, kind in dict.fromkeys(claim.references())
            if kind != "claim"
        ]
        yield claim_record(document.doc, claim) | {"evidence": evidence}


def _short(span: Span, origin: int = 0) -> Row:
    return {
        "id": span.id,
        "label": span.label,
        "start": span.start - origin,
        "end": span.end - origin,
        "text": span.text,
    }


def _each_sentence(document: Document) -> Iterator[tuple[Row, list[Span]]]:
    for number, (start, end) in enumerate(_places(document)):
        inside = sorted((span for span in document.spans if start <= span.start < end), key=lambda span: span.order)
        head = {"doc": document.doc, "sentence": number, "start": start, "end": end}
        yield head | {"zone": _zone(document, (start, end))}, inside


def _zone(document: Document, place: Place) -> str | None:
    """The kind of the zone that the whole sentence lies in."""
    start, end = place
    return next((zone.kind for zone in document.zones if zone.start <= start and end <= zone.end), None)


def _sentences(document: Document) -> Iterator[Row]:
    for head, inside in _each_sentence(document):
        text = (document.text or "")[head["start"] : head["end"]]
        yield head | {"text": text, "spans": [_short(span, head["start"]) for span in inside]}


def _tokens(document: Document) -> Iterator[Row]:
    text = document.text or ""
    for head, inside in _each_sentence(document):
        places = tokens(text, head["start"], head["end"])
        tags, dropped = encode(places, inside)
        yield head | {
            "tokens": [text[start:end] for start, end in places],
            "token_starts": [start for start, _ in places],
            "token_ends": [end for _, end in places],
            "tags": tags,
            "ner_tags": tags,
            "dropped": [_short(span) for span in dropped],
        }


def without_text(configuration: str, row: Row) -> Row:
    """A row without third-party text: offsets, hashes, titles and the words of the annotated spans are left of it."""
    row = dict(row)
    if configuration in ("documents", "sentences"):
        row["text"] = None
    elif configuration == "tokens":
        # As many as there are tags: who pairs them finds every tag, and no word.
        row["tokens"] = [None] * len(row["tokens"])
    elif configuration == "predictions":
        row["spans"] = [span | {"text": None} for span in row["spans"]]
    return row


def with_text(configuration: str, row: Row, text: str) -> Row:
    """The row of `without_text` with its text again, out of the whole article."""
    row = dict(row)
    if configuration == "documents":
        row["text"] = text
    elif configuration == "sentences":
        row["text"] = text[row["start"] : row["end"]]
    elif configuration == "tokens":
        places = zip(row["token_starts"], row["token_ends"], strict=True)
        row["tokens"] = [text[start:end] for start, end in places]
    elif configuration == "predictions":
        row["spans"] = [span | {"text": text[span["start"] : span["end"]]} for span in row["spans"]]
    return row


def key_of(configuration: Configuration, row: Row) -> tuple[Any, ...]:
    """What tells the row from every other one of its configuration."""
    return tuple(row[name] for name in configuration.key)
