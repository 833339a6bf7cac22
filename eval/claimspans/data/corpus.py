"""A corpus: a folder with a schema, texts and annotation layers → Documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from .checks.structure import Article, annotation_lines
from .corpus_folder import ANNOTATIONS, SCHEMA, SEEDS, SIDES, SOURCES, corpus_at_hand, named_corpus, shipped_corpus
from .files import read_bytes
from .hashes import sha256_of
from .layer import Layer
from .lines import Line
from .notebook_display import NotebookDisplay
from .problems import ClaimspansError, InputError, Problem, counted, show_path
from .records import Document, claim_of, span_of, zone_of
from .schema import Schema, default_schema, read_schema
from .sources import Source, read_sources


def record_files(folder: Path) -> list[Path]:
    """The files of a layer: a side file, with what is known of layers or decisions beside it, is none."""
    sides = tuple(f".{side}.jsonl" for side in SIDES)
    return sorted(path for path in folder.glob("*.jsonl") if not path.name.endswith(sides))


class Corpus(NotebookDisplay):
    """The articles and their annotation layers under one folder, the corpus.

    ``path`` holds ``schema.json``, ``seeds/`` and ``annotations/``, or names a further corpus of the project. Without
    it, it is the corpus at hand: that of the variable CLAIMSPANS_CORPUS, else the nearest folder above the current one
    that is a corpus, else the one that is shipped. Raises `ClaimspansError` for what is no corpus.
    """

    def __init__(self, path: Path | str | None = None, schema: Schema | None = None) -> None:
        self.root = corpus_at_hand() if path is None else named_corpus(path)
        if schema is None:
            schema = default_schema() if path is None else read_schema(self.root / SCHEMA)
        self.schema = schema

    def forget(self) -> None:
        """Read the folder anew from here on: a file in it was changed."""
        self.__dict__ = {"root": self.root, "schema": self.schema}

    def __repr__(self) -> str:
        layers = ", ".join(self.layers) or "none"
        return f"<Corpus {self.name}: {counted(len(self.sources), 'article')}; layers: {layers}>"

    @property
    def name(self) -> str:
        """The name of its folder; that of the project for the corpus that is shipped."""
        return "claimspans" if self.shipped else self.root.resolve().name

    @property
    def shipped(self) -> bool:
        """Whether it is the project's own."""
        return self.root.resolve() == shipped_corpus().resolve()

    @cached_property
    def version(self) -> str | None:
        """The version that was released last, by ``annotations/CHANGELOG.md``; None before the first."""
        return released_version(self.changelog)

    @property
    def changelog(self) -> str:
        """What ``annotations/CHANGELOG.md`` says; empty where it is not there."""
        path = self.root / ANNOTATIONS / CHANGELOG
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    @property
    def sources_path(self) -> Path:
        """The file that says which articles there are, and where they come from."""
        return self.root / SEEDS / SOURCES

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The articles' sources by id, in the order of the file; raises `InputError` for a bad line."""
        return read_sources(self.sources_path)

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The articles by id.

        Raises `InputError` where files are missing, no UTF-8, or not those of their hashes, `ClaimspansError` for a
        corpus that was given away without the texts.
        """
        if self.withheld:
            raise ClaimspansError(
                f"{self.name}: the texts of {', '.join(self.withheld)} are not here, since nobody may give them away; "
                "where you have copies, claimspans hydrate --from FOLDER puts them in place"
            )
        return self._held

    @cached_property
    def withheld(self) -> tuple[str, ...]:
        """The articles without a text: those whose text nobody may publish, where none of their files is here."""
        there = any((self.root / SEEDS / self.sources[doc].file).exists() for doc in self.reserved)
        return () if there else self.reserved

    @cached_property
    def _held(self) -> Mapping[str, str]:
        texts: dict[str, str] = {}
        problems: list[Problem] = []
        for source in self.sources.values():
            if source.doc in self.withheld:
                continue
            path = self.root / SEEDS / source.file
            name = show_path(path)
            try:
                raw = read_bytes(path)
            except OSError as error:
                detail = f"{error.strerror}; {SOURCES} names it as article {source.doc}"
                problems.append(Problem("file-missing", name, None, detail))
                continue
            if sha256_of(raw) != source.sha256:
                detail = f"article {source.doc} is no longer the text of its hash in {SOURCES}"
                problems.append(Problem("article-edited", name, None, detail))
                continue
            try:
                texts[source.doc] = raw.decode("utf-8")
            except UnicodeDecodeError as error:
                detail = f"byte {raw[error.start]:#04x} at {error.start}"
                problems.append(Problem("file-encoding", name, None, detail))
        if problems:
            raise InputError(problems)
        return texts

    @cached_property
    def articles(self) -> Mapping[str, Article]:
        """The articles with their hashes, as records are checked against them."""
        return {doc: Article(self._held.get(doc), source.sha256) for doc, source in self.sources.items()}

    @property
    def reserved(self) -> tuple[str, ...]:
        """The articles whose text no licence lets anybody publish."""
        return tuple(source.doc for source in self.sources.values() if not source.open)

    @property
    def layers(self) -> list[str]:
        """The names of the annotation layers."""
        folder = self.root / ANNOTATIONS
        if not folder.is_dir():
            return []
        inside = [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
        # One that holds other things alone, such as pulled layers, is none; an empty one is yet to be filled.
        return sorted(path.name for path in inside if record_files(path) or not any(path.iterdir()))

    def layer_path(self, layer: str) -> Path:
        """The folder of a layer by its name, or by its path; raises `ClaimspansError` when there is none."""
        if layer in self.layers:
            return self.root / ANNOTATIONS / layer
        if layer and Path(layer).is_dir():
            return Path(layer)
        if not self.layers:
            raise ClaimspansError(
                f"{layer}: no such annotation layer: {self.name} has none yet; annotate its articles "
                "(claimspans labelstudio up), or put records into annotations/LAYER/"
            )
        known = ", ".join(self.layers)
        raise ClaimspansError(f"{layer}: no such annotation layer; expected one of {known}, or a folder")

    def load(self, layer: str = "gold") -> Layer:
        """The articles that a layer has annotated, in the order of ``sources.jsonl``; a text that is withheld is None.

        Raises `InputError` when a file does not hold up to level 3 (``claimspans check`` lists every problem of every
        level), `ClaimspansError` for an unknown layer and for one that has none of the articles.
        """
        folder = self.layer_path(layer)
        documents, unannotated, problems = [], [], []
        for doc in self.sources:
            path = folder / f"{doc}.jsonl"
            if not path.exists():
                unannotated.append(self._document(doc, []))
                continue
            lines = list(annotation_lines(path, self.schema, self.articles))
            problems += [line for line in lines if isinstance(line, Problem)]
            documents.append(self._document(doc, [line for line in lines if isinstance(line, Line)]))
        if problems:
            raise InputError(problems)
        if not documents:
            raise ClaimspansError(f"{folder}: {self._strangers(folder)}")
        version = self.version if folder == self.root / ANNOTATIONS / "gold" else None
        loaded = Layer(documents, folder.name, version, unannotated=unannotated, schema=self.schema)
        loaded.corpus = self
        return loaded

    def _strangers(self, folder: Path) -> str:
        """Why a folder is no layer of this corpus."""
        if not self.sources:
            return f"no annotations: {self.name} has no articles yet; claimspans add FILE… adds some"
        first = next(iter(self.sources))
        files = sorted(path.stem for path in folder.glob("*.jsonl"))
        if not files:
            return f"no annotations; expected files such as {first}.jsonl"
        return (
            f"annotations of other articles ({', '.join(files[:3])}…): {self.name} has {first}…; "
            "name the corpus that they are of with --corpus"
        )

    def _document(self, doc: str, lines: list[Line]) -> Document:
        of_type: dict[str, list[Mapping[str, Any]]] = {"document": [], "zone": [], "span": [], "claim": []}
        for line in lines:
            of_type[line.data["type"]].append(line.data)
        return Document(
            doc=doc,
            text=self._held.get(doc),
            published=self.sources[doc].published,
            zones=tuple(zone_of(data) for data in of_type["zone"]),
            spans=tuple(span_of(data) for data in of_type["span"]),
            claims=tuple(claim_of(data) for data in of_type["claim"]),
        )

    def plain(self) -> list[Document]:
        """The articles without annotations or zones: what an extractor gets to see."""
        return [Document(doc=doc, text=text, published=self.sources[doc].published) for doc, text in self.texts.items()]

    def article(self, doc: str) -> str:
        """An article's text; raises `ClaimspansError` for an unknown id."""
        if doc not in self.sources:
            known = list(self.sources)
            raise ClaimspansError(f"{doc}: no such article; expected one of {', '.join(known[:10]) or '(none yet)'}")
        return self.texts[doc]


def schema_of(*layers: object) -> Schema:
    """The schema of the first layer that has one, else that of the corpus at hand."""
    known = [layer.schema for layer in layers if isinstance(layer, Layer) and layer.schema is not None]
    return known[0] if known else default_schema()


CHANGELOG = "CHANGELOG.md"
_RELEASE = re.compile(r"^## (\d+\.\d+\.\d+)\b", re.MULTILINE)


def released_version(changelog: str) -> str | None:
    """The greatest version that heads a section of a changelog; None where there is none."""
    found = _RELEASE.findall(changelog)
    return max(found, key=lambda version: tuple(map(int, version.split("."))), default=None)


def load(layer: str = "gold", corpus: Corpus | Path | str | None = None) -> Layer:
    """The annotated articles of a layer: ``load()`` is the gold of the corpus at hand."""
    return (corpus if isinstance(corpus, Corpus) else Corpus(corpus)).load(layer)
