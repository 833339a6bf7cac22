"""The dataset folder from the gold: tables, card, pictures, metadata; the same input gives the same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from ..check import check
from ..corpus import Corpus, Layer
from ..extractors import get
from ..predictions import predictions_path, read_predictions
from ..problems import ClaimspansError, InputError
from ..records import Document
from ..schema import data_root
from ..signature import digest
from ..version import DATASET_VERSION, SCHEMA_VERSION, VERSION
from .columns import configurations
from .folder import MANIFEST, Manifest, hashes, needs_hub, taking_the_place_of, write_json, write_tables
from .rows import CANARY, Tables, folds, tables

BASELINES = ("rules",)
"""The extractors that are run where no predictions of that name are given."""


class Built(msgspec.Struct, frozen=True):
    """What a build is made of, before it is written."""

    corpus: Corpus
    gold: Layer
    predictions: Mapping[str, Sequence[Document]]
    tables: Tables
    standoff: bool


def build(
    out: Path | str,
    corpus: Corpus | None = None,
    predictions: Mapping[str, Path | str] | None = None,
    *,
    standoff: bool = False,
) -> Manifest:
    """Write the dataset folder ``out``, whole or not at all.

    ``predictions`` are further systems by name, each a predictions file or a run folder; one under the name of a
    baseline takes its place. With ``standoff`` nothing of an article is written that is longer than a span.

    Raises `InputError` for a gold that does not pass ``check`` and for predictions that cannot be used,
    `ClaimspansError` for a folder with anything but an earlier build in it, for a schema of another version than the
    gold's, and without the extra ``hub``.
    """
    needs_hub()
    with taking_the_place_of(Path(out)) as folder:
        made = gather(corpus or Corpus(), predictions or {}, standoff=standoff)
        return write(folder, made)


def gather(corpus: Corpus, predictions: Mapping[str, Path | str], *, standoff: bool) -> Built:
    """Read and check what goes into a build."""
    if corpus.schema.version != SCHEMA_VERSION:
        raise ClaimspansError(
            f"{corpus.schema.name} has version {corpus.schema.version}, the gold was annotated under {SCHEMA_VERSION}; "
            "take the schema of that version, or bring the gold up to the new one and mend SCHEMA_VERSION"
        )
    for layer in corpus.layers:
        # The raw passes are published as they were written: they must be readable, not right.
        problems = check(layer, corpus, levels=5 if layer == "gold" else 3)
        if problems:
            raise InputError(problems)
    gold = corpus.load()
    systems: dict[str, Sequence[Document]] = {
        name: list(get(name)(corpus.plain())) for name in BASELINES if name not in predictions
    }
    for name, path in predictions.items():
        systems[name] = read_predictions(predictions_path(path), corpus.schema, corpus.texts)
    return Built(corpus, gold, systems, tables(corpus, gold, systems, standoff=standoff), standoff)


def write(folder: Path, made: Built) -> Manifest:
    """Write a build into an empty folder."""
    corpus = made.corpus
    write_tables(folder, made.tables, configurations(corpus.schema))
    write_json(folder / "folds.json", folds([document.doc for document in made.gold]))
    for name in ("LICENSE-DATA.md", "CITATION.cff", "schema.json"):
        shutil.copyfile(_found(corpus.root, name), folder / name)
    return seal(
        folder,
        Manifest(
            made_by=f"claimspans {VERSION}",
            dataset=DATASET_VERSION,
            schema=corpus.schema.version,
            signature=digest(made.gold),
            standoff=made.standoff,
            canary=CANARY,
            rows={name: {split: len(rows) for split, rows in splits.items()} for name, splits in made.tables.items()},
            files={},
        ),
    )


def _found(root: Path, name: str) -> Path:
    """A file of the corpus, or else the project's own."""
    return root / name if (root / name).is_file() else data_root() / name


def seal(folder: Path, manifest: Manifest) -> Manifest:
    """Write the manifest with the hashes of what the folder holds now."""
    sealed = msgspec.structs.replace(manifest, files=hashes(folder))
    write_json(folder / MANIFEST, msgspec.to_builtins(sealed))
    return sealed
