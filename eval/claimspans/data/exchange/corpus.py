"""A corpus written again with its mentions exchanged: an edition, or a training set with editions in it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from ..capabilities import CAPABILITIES, Case, read_cases
from ..corpus_folder import ANNOTATIONS, SCHEMA, SEEDS, SOURCES
from ..files import write_folder
from ..hashes import sha256_of
from ..layer import Layer
from ..problems import ClaimspansError
from ..records import Document, document_records, to_line
from ..sources import Source
from ..splits import SPLITS, docs_of, read_splits
from ..states import invented_states, real_states
from ..world import read_world
from .article import KINDS, Exchanged, Known, exchange, names_for
from .gazetteer import Gazetteer
from .names import NameIndex, names_of, names_of_world


def known_of(layer: Layer) -> Known:
    """What is known of the corpus of a layer: the world's states, those of its ``world.json``, its names."""
    corpus, schema = layer.corpus, layer.schema
    if corpus is None or schema is None:
        raise ClaimspansError("editions are made of a layer of a corpus, as claimspans.load() gives it")
    texts = " ".join(text or "" for text in layer.texts.values())
    ordinary = {word for word in texts.replace("’", " ").replace("'", " ").replace("-", " ").split() if word.islower()}
    ordinary = {word.strip('.,;:!?()[]"“”«»…–—') for word in ordinary}
    world = read_world(corpus.root)
    names = {*names_of(layer), *names_of_world(world)}
    gazetteer = Gazetteer([*invented_states(world.states), *real_states()])
    return Known(gazetteer, NameIndex(names, ordinary | gazetteer.words), schema)


def edition(layer: Layer, seed: int, known: Known | None = None) -> dict[str, Exchanged]:
    """Every annotated article of a layer with its mentions exchanged, by id; the same each time for one seed."""
    places = {case.doc: [edge for one in case.absent for edge in (one.start, one.end)] for case in _cases(layer)}
    names = names_for(layer, known or known_of(layer), seed, places)
    return {one.doc: exchange(one, names, seed, places.get(one.doc, ())) for one in layer}


def _cases(layer: Layer) -> Sequence[Case]:
    return read_cases(layer.corpus.root, {one.doc: one for one in layer}) if layer.corpus is not None else ()


class Tally(msgspec.Struct, frozen=True):
    """How many mentions were exchanged, and how many left as they were, by kind."""

    articles: int
    exchanged: Counter[str]
    left: Counter[str]

    @property
    def kinds(self) -> list[str]:
        return sorted(self.exchanged.keys() | self.left.keys(), key=lambda kind: (KINDS.index(kind), kind))

    def to_json(self) -> str:
        figures = {kind: {"exchanged": self.exchanged[kind], "left": self.left[kind]} for kind in self.kinds}
        return json.dumps({"articles": self.articles, "mentions": figures})


def write_edition(layer: Layer, seed: int, folder: Path) -> Tally:
    """Write the edition of a layer's articles as a corpus with that layer alone; raises as `write_folder` does."""
    made = edition(layer, seed)
    rows = [(one.document, _source(_sources(layer)[doc], doc, one, seed)) for doc, one in made.items()]
    files = _files(layer, rows)
    cases = [_case(case, made[case.doc]) for case in _cases(layer)]
    if cases:
        files[CAPABILITIES] = _lines(cases)
    splits = read_splits(layer.corpus) if layer.corpus is not None else {}
    if splits:
        files[SPLITS] = _lines([splits[doc] for doc in made])
    write_folder(folder, files)
    return _tally(made.values())


def write_augmented(layer: Layer, seeds: Sequence[int], folder: Path, split: str | None = None) -> Tally:
    """Write a corpus of a layer's articles, of one split where it is named, each followed by its editions.

    An edition of article 003 has the id 003.e7, for seed 7, and its source says ``synthetic``.
    """
    chosen = layer if split is None or layer.corpus is None else layer.only(docs_of(layer.corpus, split))
    known, sources = known_of(layer), _sources(layer)
    by_seed = {seed: names_for(chosen, known, seed, {}) for seed in seeds}
    rows, made = [], []
    for document in chosen:
        rows.append((document, sources[document.doc]))
        for seed in seeds:
            one = exchange(document, by_seed[seed], seed)
            doc = f"{document.doc}.e{seed}"
            made.append(one)
            rows.append(
                (msgspec.structs.replace(one.document, doc=doc), _source(sources[document.doc], doc, one, seed))
            )
    write_folder(folder, _files(layer, rows))
    return _tally(made)


def _tally(made: Collection[Exchanged]) -> Tally:
    exchanged, left = Counter[str](), Counter[str]()
    for one in made:
        exchanged += one.exchanged
        left += one.left
    return Tally(len(made), exchanged, left)


def _sources(layer: Layer) -> Mapping[str, Source]:
    return layer.corpus.sources if layer.corpus is not None else {}


def _files(layer: Layer, rows: Sequence[tuple[Document, Source]]) -> dict[str, bytes]:
    """The files of a corpus with these articles."""
    assert layer.schema is not None  # noqa: S101 -- known_of has seen it
    files = {SCHEMA: layer.schema.raw, ".gitattributes": f"{SEEDS}/*.txt -text\n".encode()}
    files[f"{SEEDS}/{SOURCES}"] = _lines(source for _, source in rows)
    for document, source in rows:
        files[f"{SEEDS}/{source.file}"] = (document.text or "").encode("utf-8")
        records = "".join(map(to_line, document_records(document, source.sha256)))
        files[f"{ANNOTATIONS}/{layer.name}/{document.doc}.jsonl"] = records.encode("utf-8")
    return files


def _source(source: Source, doc: str, made: Exchanged, seed: int) -> Source:
    """Where an edition comes from: its original's publisher wrote no word of it, but holds what rights there are."""
    note = f"edition {seed} of {source.doc}: names, figures and dates are exchanged, so that nothing in it is a report."
    title = made.edited.text.find(source.title) if source.title else -1
    return msgspec.structs.replace(
        source,
        doc=doc,
        file=f"{doc}.txt",
        publisher=None,
        publisher_from=None,
        title=source.title if title >= 0 else None,
        published=made.document.published,
        published_from=f"the original's, moved by {made.days} days" if made.days else source.published_from,
        sha256=sha256_of(made.edited.text),
        rights=f"SYNTHETIC: {note} {source.rights or ''}".strip(),
        synthetic=f"edition {seed}",
    )


def _case(case: Case, made: Exchanged) -> Case:
    move = made.edited.offset
    absent = [msgspec.structs.replace(one, start=move(one.start), end=move(one.end)) for one in case.absent]
    return msgspec.structs.replace(case, absent=tuple(absent))


def _lines(rows: Iterator[Any] | Sequence[Any]) -> bytes:
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
