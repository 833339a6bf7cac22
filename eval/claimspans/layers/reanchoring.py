"""Annotations of a text that was edited → annotations of its new wording, by the rule that finds a system's quotes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, count
from pathlib import Path

import msgspec

from ..data.articles import NewArticle
from ..data.checks.structure import annotation_lines
from ..data.corpus import Corpus
from ..data.corpus_folder import SEEDS
from ..data.files import write_bytes, write_text
from ..data.hashes import sha256_of
from ..data.holdings import annotation_files, replace_texts
from ..data.problems import InputError, Problem, show_path
from ..data.records import Claim, Document, Span, Zone, claim_of, document_records, span_of, to_line, zone_of
from ..text.quotes import Aligned, Quote, align_quotes

_CONTEXT = 30
"""Words of the old text that say on each side which of several equal quotes is meant."""

BEFORE = ".before"
"""The ending of a file that keeps annotations as they were, where some could not be placed."""


class Lost(msgspec.Struct, frozen=True, kw_only=True):
    """A record that the new text has no sure place for; ``status`` as in `claimspans.text.quotes`.

    ``found`` is what the aligner would have taken, None where it found nothing.
    """

    path: str
    record: str
    text: str | None
    status: str
    found: str | None = None

    def __str__(self) -> str:
        words = "" if self.text is None else f" “{' '.join(self.text.split())}”"
        nearest = "" if self.found is None else f"; nearest: “{' '.join(self.found.split())}”"
        return f"{self.path}: {self.record}{words}: not placed ({self.status}){nearest}"


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the annotations of an article: how many spans and zones have places, and those that have none."""

    doc: str
    placed: int
    lost: list[Lost]


class Carrying(msgspec.Struct, frozen=True, kw_only=True):
    """An article with its new text, and what is to be written of its annotations: the files that are as they were kept.

    ``files`` are the paths with what they are to hold, and whether something that they hold now has no place.
    """

    article: NewArticle
    files: list[tuple[Path, str, bool]]
    outcome: Carried


def prepare(corpus: Corpus, articles: Sequence[NewArticle]) -> list[Carrying]:
    """Where other texts of some articles leave what the layers have annotated in them; nothing is written.

    Spans and zones go to the only place that their words and the text around them leave. What has none is listed and
    left out, references of claims to it too. Raises `InputError` for annotations that cannot be read.
    """
    files = annotation_files(corpus, [article.doc for article in articles])
    problems = []
    prepared = []
    for article in articles:
        digest, old = sha256_of(article.text), _old_text(corpus, article.doc)
        placed, lost, written = 0, [], []
        for path in files[article.doc]:
            before, annotated, wrong = _read(path, corpus)
            problems += wrong
            if wrong or annotated == digest:  # of the new text already, where an earlier call was broken off
                continue
            document, missing = _moved(before, old, article.text, show_path(path))
            placed += len(document.spans) + len(document.zones)
            lost += missing
            written.append((path, "".join(map(to_line, document_records(document, digest))), bool(missing)))
        outcome = Carried(doc=article.doc, placed=placed, lost=lost)
        prepared.append(Carrying(article=article, files=written, outcome=outcome))
    if problems:
        raise InputError(problems)
    return prepared


def carry(corpus: Corpus, prepared: Sequence[Carrying]) -> list[Carried]:
    """Take over what was prepared; a file whose annotations have not all a place is kept beside as it was."""
    for one in prepared:
        for path, lines, incomplete in one.files:
            if incomplete:
                write_bytes(_kept(path), path.read_bytes())
            write_text(path, lines)
    replace_texts(corpus, [one.article for one in prepared])
    return [one.outcome for one in prepared]


def _kept(path: Path) -> Path:
    """Where a file is kept as it was: no earlier one is written over."""
    numbered = (path.with_name(f"{path.name}.{number}{BEFORE}") for number in count(2))
    return next(kept for kept in chain([path.with_name(f"{path.name}{BEFORE}")], numbered) if not kept.exists())


def _old_text(corpus: Corpus, doc: str) -> str | None:
    """The text that was annotated; None where its file was edited in place."""
    path = corpus.root / SEEDS / corpus.sources[doc].file
    raw = path.read_bytes() if path.is_file() else b""
    return raw.decode("utf-8") if sha256_of(raw) == corpus.sources[doc].sha256 else None


def _read(path: Path, corpus: Corpus) -> tuple[Document, str | None, list[Problem]]:
    """What a file has annotated, the hash of the text in which, and what of it are no records of the schema."""
    lines = list(annotation_lines(path, corpus.schema, {}, levels=2))
    data = [line.data for line in lines if not isinstance(line, Problem)]
    document = Document(
        doc=path.stem,
        zones=tuple(zone_of(one) for one in data if one["type"] == "zone"),
        spans=tuple(span_of(one) for one in data if one["type"] == "span"),
        claims=tuple(claim_of(one) for one in data if one["type"] == "claim"),
    )
    digest = next((str(one["sha256"]) for one in data if one["type"] == "document"), None)
    return document, digest, [line for line in lines if isinstance(line, Problem)]


def _moved(before: Document, old: str | None, new: str, path: str) -> tuple[Document, list[Lost]]:
    records: list[Span | Zone] = [*before.zones, *before.spans]
    words = [_words(record, old) for record in records]
    asked = [
        _quote(record, text, old) for record, text in zip(records, words, strict=True) if text is not None and text
    ]
    found = iter(align_quotes(new, asked))
    spans: list[Span] = []
    zones: list[Zone] = []
    lost: list[Lost] = []
    for record, text in zip(records, words, strict=True):
        place = next(found) if text else None
        if place is None or place.status != "exact" or place.start is None or place.end is None:
            lost.append(_lost(record, text, place, path))
        elif isinstance(record, Zone):
            zones.append(Zone(kind=record.kind, start=place.start, end=place.end))
        else:
            moved = {"start": place.start, "end": place.end, "text": place.text}
            spans.append(msgspec.structs.replace(record, **moved))
    gone = {record.id for record in before.spans} - {span.id for span in spans}
    claims = [_without(claim, gone) for claim in before.claims]
    lost += [
        Lost(path=path, record=f"claim {claim.id}", text=None, status="names spans that are not placed")
        for claim, kept in zip(before.claims, claims, strict=True)
        if claim != kept
    ]
    whole = Document(
        doc=before.doc, zones=tuple(zones), spans=tuple(_attributes_without(spans, gone)), claims=tuple(claims)
    )
    return whole, lost


def _words(record: Span | Zone, old: str | None) -> str | None:
    if isinstance(record, Span) and record.text is not None:
        return record.text
    return None if old is None else old[record.start : record.end]


def _quote(record: Span | Zone, text: str, old: str | None) -> Quote:
    label = record.label if isinstance(record, Span) else "zone"
    if old is None:
        return Quote(label=label, quote=text)
    before, after = old[: record.start].split()[-_CONTEXT:], old[record.end :].split()[:_CONTEXT]
    return Quote(label=label, quote=text, before=" ".join(before) or None, after=" ".join(after) or None)


def _lost(record: Span | Zone, text: str | None, place: Aligned | None, path: str) -> Lost:
    name = f"zone {record.kind}" if isinstance(record, Zone) else f"{record.label} {record.id}"
    status = "its words are not known" if place is None else place.status
    return Lost(path=path, record=name, text=text, status=status, found=None if place is None else place.text)


def _attributes_without(spans: Sequence[Span], gone: set[str | None]) -> list[Span]:
    """Spans whose attributes name none that is gone."""
    return [
        msgspec.structs.replace(
            span,
            attributes={
                name: tuple(one for one in value if one not in gone) if isinstance(value, tuple) else value
                for name, value in span.attributes.items()
            },
        )
        for span in spans
    ]


def _without(claim: Claim, gone: set[str | None]) -> Claim:
    """A claim that names no span that is gone."""

    def kept(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name not in gone)

    cargo = tuple(
        msgspec.structs.replace(
            row,
            item=None if row.item in gone else row.item,
            quantity=None if row.quantity in gone else row.quantity,
        )
        for row in claim.cargo
    )
    return msgspec.structs.replace(
        claim,
        cue=None if claim.cue in gone else claim.cue,
        holders=kept(claim.holders),
        via=kept(claim.via),
        when=kept(claim.when),
        cargo=tuple(row for row in cargo if row.item is not None or row.quantity is not None),
    )
