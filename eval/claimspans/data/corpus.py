"""seeds + annotations → Documents, from a checkout or an installed wheel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from ..version import DATASET_VERSION
from .checks.structure import Article, annotation_lines, schema_problems
from .hashes import sha256_of
from .lines import Line, scan
from .problems import ClaimspansError, InputError, Problem
from .records import Document, claim_of, span_of, zone_of
from .schema import Schema, data_root, default_schema

OPEN = re.compile(r"CC0-1\.0|CC-BY(-SA)?-[1-4]\.[05](-[A-Z]{2,3})?|PDDL-1\.0|CC-PDDC")
"""The licences, by their SPDX ids, under which anybody may publish an article, as it is and cut into tokens."""

_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where an article comes from, as far as its text says: a line of ``seeds/sources.jsonl``.

    ``license`` is the SPDX id of the article's own licence. A line may leave it out; nobody may then publish the text.
    """

    doc: str
    file: str
    publisher: str | None
    publisher_from: str
    title: str | None
    published: str
    precision: str
    published_stated: bool
    published_from: str
    language: str
    sha256: str
    rights: str
    license: str | None = None

    @property
    def open(self) -> bool:
        """Whether its licence lets anybody publish the article."""
        return self.license is not None and OPEN.fullmatch(self.license) is not None


class Layer(list[Document]):
    """The articles with one annotation layer. ``version`` is that of the dataset for the gold that is shipped."""

    def __init__(self, documents: Iterable[Document], name: str, version: str | None = None) -> None:
        super().__init__(documents)
        self.name = name
        self.version = version


def record_files(folder: Path) -> list[Path]:
    """The files of a layer: a side file, with what is known of layers or decisions beside it, is none."""
    sides = (".labelstudio.jsonl", ".provenance.jsonl", ".decisions.jsonl")
    return sorted(path for path in folder.glob("*.jsonl") if not path.name.endswith(sides))


class Corpus:
    """The articles and their annotation layers under one folder.

    ``root`` holds ``seeds/`` and ``annotations/``; without it, the data that the project or its wheel carries.
    """

    def __init__(self, root: Path | str | None = None, schema: Schema | None = None) -> None:
        self.root = data_root() if root is None else Path(root)
        self.schema = schema or default_schema()

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The articles' sources by id, in the order of the file; raises `InputError` for a bad line."""
        found: dict[str, Source] = {}
        for line in scan(self.root / "seeds" / "sources.jsonl"):
            if isinstance(line, Problem):
                raise InputError([line])
            # The schema is that of annotations, and its hash is in every score; a licence concerns none of them.
            own = {name: value for name, value in line.data.items() if name != "license"}
            problems = [*schema_problems(line, own, "source", self.schema), *_license_problems(line)]
            if problems:
                raise InputError(problems)
            source = msgspec.convert(line.data, Source)
            if source.doc in found:
                raise InputError([Problem("id-duplicate", line.path, line.number, f"a second article {source.doc}")])
            found[source.doc] = source
        return found

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The articles by id; raises `ClaimspansError` when a file is missing or not the one of its hash."""
        texts: dict[str, str] = {}
        for source in self.sources.values():
            path = self.root / "seeds" / source.file
            try:
                raw = path.read_bytes()
            except OSError as error:
                raise ClaimspansError(
                    f"{path}: {error.strerror}; sources.jsonl names it as article {source.doc}"
                ) from error
            if sha256_of(raw) != source.sha256:
                raise ClaimspansError(
                    f"{path}: its SHA-256 is not that of sources.jsonl; put the article back byte for byte "
                    "(git may have changed its line ends)"
                )
            texts[source.doc] = raw.decode("utf-8")
        return texts

    @cached_property
    def articles(self) -> Mapping[str, Article]:
        """The articles with their hashes, as records are checked against them."""
        return {doc: Article(text, self.sources[doc].sha256) for doc, text in self.texts.items()}

    @property
    def reserved(self) -> tuple[str, ...]:
        """The articles whose text no licence lets anybody publish."""
        return tuple(source.doc for source in self.sources.values() if not source.open)

    @property
    def layers(self) -> list[str]:
        """The names of the annotation layers."""
        folder = self.root / "annotations"
        return sorted(path.name for path in folder.iterdir() if record_files(path)) if folder.is_dir() else []

    def layer_path(self, layer: str) -> Path:
        """The folder of a layer by its name, or by its path; raises `ClaimspansError` when there is none."""
        if layer in self.layers:
            return self.root / "annotations" / layer
        if layer and Path(layer).is_dir():
            return Path(layer)
        known = ", ".join(self.layers) or "(none)"
        raise ClaimspansError(f"{layer}: no such annotation layer; expected one of {known}, or a folder")

    def load(self, layer: str = "gold") -> Layer:
        """The articles with one layer's annotations, in the order of ``sources.jsonl``.

        An article for which the layer has no file has none. Raises `InputError` when a file does not hold up to
        level 3 (``claimspans check`` lists every problem of every level), `ClaimspansError` for an unknown layer.
        """
        folder = self.layer_path(layer)
        if not any((folder / f"{doc}.jsonl").exists() for doc in self.sources):
            expected = ", ".join(f"{doc}.jsonl" for doc in self.sources)
            raise ClaimspansError(f"{folder}: no annotation layer: it has none of the files {expected}")
        documents, problems = [], []
        for doc in self.sources:
            path = folder / f"{doc}.jsonl"
            lines = list(annotation_lines(path, self.schema, self.articles)) if path.exists() else []
            problems += [line for line in lines if isinstance(line, Problem)]
            documents.append(self._document(doc, [line for line in lines if isinstance(line, Line)]))
        if problems:
            raise InputError(problems)
        shipped = layer == "gold" and self.root == data_root()
        return Layer(documents, folder.name, DATASET_VERSION if shipped else None)

    def annotated(self, layer: str) -> Layer:
        """As `load`, but only the articles for which the layer has a file.

        Raises `ClaimspansError` also for a layer without any.
        """
        folder = self.layer_path(layer)
        loaded = self.load(layer)
        found = [document for document in loaded if (folder / f"{document.doc}.jsonl").exists()]
        if not found:
            raise ClaimspansError(f"{folder}: no annotations; expected files such as {next(iter(self.sources))}.jsonl")
        return Layer(found, loaded.name, loaded.version)

    def _document(self, doc: str, lines: list[Line]) -> Document:
        of_type: dict[str, list[Mapping[str, Any]]] = {"document": [], "zone": [], "span": [], "claim": []}
        for line in lines:
            of_type[line.data["type"]].append(line.data)
        return Document(
            doc=doc,
            text=self.texts[doc],
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
            raise ClaimspansError(f"{doc}: no such article; expected one of {', '.join(self.sources)}")
        return self.texts[doc]


def _license_problems(line: Line) -> Iterator[Problem]:
    given = line.data.get("license")
    if given is not None and not (isinstance(given, str) and _SPDX.fullmatch(given)):
        detail = f"license is {given!r}; expected an SPDX id such as CC-BY-4.0, or null"
        yield Problem("field-value", line.path, line.number, detail)


def load(layer: str = "gold", root: Path | str | None = None) -> Layer:
    """The five articles with an annotation layer: ``load()`` is the gold."""
    return Corpus(root).load(layer)
