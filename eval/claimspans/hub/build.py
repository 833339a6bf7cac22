"""The dataset folder from the gold: tables, card, pictures, metadata; the same input gives the same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from ..data.checks.levels import check
from ..data.corpus import Corpus
from ..data.layer import Layer
from ..data.predictions import predictions_path, read_predictions
from ..data.problems import ClaimspansError, InputError, short
from ..data.records import Document
from ..data.splits import SPLITS
from ..extractors import get
from ..extractors.adapters.builtin import LABELS
from ..report.site.picture import timeline
from ..scoring.signature import digest
from ..version import VERSION
from . import pictures
from .about import UNRELEASED, About, about_of, addresses_of
from .card import render
from .croissant import CROISSANT, metadata
from .eval_yaml import eval_yaml
from .field_descriptions import descriptions
from .folder import CARD, CITATION, MANIFEST, Manifest, hashes, needs_hub, taking_the_place_of, write_json, write_tables
from .header import Sources
from .published import valid_name
from .table_schema import configurations
from .tables import CANARY, Tables, tables

BASELINES: Mapping[str, Mapping[str, str]] = {"rules": {}, "crf": {"train": "leave-one-out"}}
"""The extractors that are run where no predictions of that name are given, with their options."""


def build(
    out: Path | str,
    corpus: Corpus | None = None,
    predictions: Mapping[str, Path | str] | None = None,
    *,
    with_articles: bool = False,
    repo: str | None = None,
) -> Manifest:
    """Write the dataset folder ``out``, whole or not at all.

    ``predictions`` are further systems by name, each a predictions file or a run folder; one under the name of a
    baseline takes its place. Nothing of an article is written that is longer than a span, unless every article's
    licence lets anybody publish it, or ``with_articles`` asks for the texts. ``repo`` is the name by which the card
    tells its reader to load the dataset.

    Raises `InputError` for a gold that does not pass ``check`` and for predictions that cannot be used,
    `ClaimspansError` for what can be no name on the Hub, for a folder with anything but an earlier build in it, and
    without the extra ``hub``.
    """
    needs_hub()
    corpus = corpus or Corpus()
    repo = repo or f"OWNER/{about_of(corpus).name}"
    valid_name(repo)
    with taking_the_place_of(Path(out)) as folder:
        return write(sources(folder, corpus, predictions or {}, repo, with_articles=with_articles))


def sources(
    folder: Path,
    corpus: Corpus,
    predictions: Mapping[str, Path | str],
    repo: str,
    *,
    with_articles: bool,
    part: str = "",
) -> Sources:
    """What a build into an empty folder is written from, of a corpus that is a ``part`` of a dataset if it is named."""
    gold = checked(corpus)
    standoff = bool(corpus.reserved) and not with_articles
    systems = _systems(corpus, predictions, {document.doc for document in gold})
    made = tables(corpus, gold, systems, standoff=standoff)
    if standoff:
        quotes_no_more_than_spans(corpus, made)
    return Sources(corpus, gold, systems, made, standoff, repo, folder, part)


def checked(corpus: Corpus) -> Layer:
    """The gold, if it may be published; raises what `build` raises."""
    for layer in corpus.layers:
        # The raw passes are published as they were written: they must be readable, not right.
        problems = check(layer, corpus, levels=5 if layer == "gold" else 3)
        if problems:
            raise InputError(problems)
    return corpus.load()


def _systems(corpus: Corpus, given: Mapping[str, Path | str], docs: Collection[str]) -> dict[str, Sequence[Document]]:
    # First what may be refused: the baselines take their time.
    read = {name: read_predictions(predictions_path(path), corpus.schema, corpus.texts) for name, path in given.items()}
    plain = [document for document in corpus.plain() if document.doc in docs]
    run: dict[str, Sequence[Document]] = {
        name: list(get(name, schema=corpus.schema, options=options)(plain))
        for name, options in BASELINES.items()
        if name not in read and _can_run(name, corpus, docs)
    }
    return run | read


def _can_run(name: str, corpus: Corpus, docs: Collection[str]) -> bool:
    """Whether a baseline finds any label of the corpus, and has articles to learn from."""
    return bool(set(LABELS) & set(corpus.schema.labels)) if name == "rules" else len(docs) > 1


def quotes_no_more_than_spans(corpus: Corpus, made: Tables) -> None:
    """Raises `ClaimspansError` for a value that quotes more of its article than the longest annotated span has.

    An attribute is whatever a system says: the name of an entity may be a paragraph. A title is told like a date.
    """
    annotated = (document for layer in corpus.layers for document in corpus.load(layer))
    longest = max((len(span.text or "") for document in annotated for span in document.spans), default=0)
    for name, splits in made.items():
        for row in (row for rows in splits.values() for row in rows):
            for value in set(_words(row)) - {corpus.sources[row["doc"]].title}:
                runs = (value[at : at + longest + 1] for at in range(len(value) - longest))
                if any(run in corpus.texts[row["doc"]] for run in runs):
                    raise ClaimspansError(
                        f"{name} {row['doc']}: “{short(value)}” quotes more than any span does, and a build "
                        "without the articles must not; leave out what says it"
                    )


def _words(value: Any) -> Iterator[str]:
    """Every string in a row."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _words(inner)


def write(made: Sources) -> Manifest:
    """Write a build into its empty folder."""
    corpus, folder = made.corpus, made.folder
    known = configurations(corpus.schema)
    write_tables(folder, made.tables, known)
    # The schema has a headline among its examples; the guidelines and the adjudication quote the articles at length.
    quoting = () if made.standoff else ("annotations/GUIDELINES.md", "annotations/adjudication.md")
    about = about_of(corpus)
    for name in ("LICENSE-DATA.md", CITATION, *quoting):
        (folder / name).parent.mkdir(exist_ok=True)
        if (corpus.root / name).is_file():
            shutil.copyfile(corpus.root / name, folder / name)
        elif name in (CITATION, "LICENSE-DATA.md"):
            text = _citation(about, corpus) if name == CITATION else _rights(corpus)
            (folder / name).write_text(text, encoding="utf-8")
    if not made.standoff:
        (folder / "schema.json").write_bytes(corpus.schema.raw)
    columns, version = descriptions(corpus.schema), corpus.version or UNRELEASED
    write_json(folder / CROISSANT, metadata(folder, made.tables, known, made.repo, columns, about, version))
    if (corpus.root / SPLITS).is_file():
        shutil.copyfile(corpus.root / SPLITS, folder / SPLITS)
    if about.task and not made.part:
        (folder / "eval.yaml").write_text(eval_yaml(about.task), encoding="utf-8")
    drawn = {"labels.svg": pictures.labels(made.gold, corpus.schema)}
    if (claimed := timeline(corpus, made.gold)) is not None:
        drawn["timeline.svg"] = claimed
    if not made.standoff:
        drawn["show.svg"] = pictures.example(corpus, made.gold)
    for name, picture in drawn.items():
        (folder / name).write_text(picture, encoding="utf-8")
    (folder / CARD).write_text(render(made), encoding="utf-8")
    return seal(
        folder,
        Manifest(
            made_by=f"claimspans {VERSION}",
            dataset=corpus.version or UNRELEASED,
            schema=corpus.schema.version,
            signature=digest(made.gold),
            standoff=made.standoff,
            reserved=() if made.standoff else corpus.reserved,
            placeholders=addresses_of(corpus).placeholders,
            repo=made.repo,
            canary=CANARY,
            rows={name: {split: len(rows) for split, rows in splits.items()} for name, splits in made.tables.items()},
            files={},
        ),
    )


def _citation(about: About, corpus: Corpus) -> str:
    """A CITATION.cff for a corpus that has none."""
    import yaml

    said = {
        "cff-version": "1.2.0",
        "message": "If you use the data, please cite it.",
        "title": about.pretty_name,
        "type": "dataset",
        "version": corpus.version or UNRELEASED,
        "authors": [{"name": about.creator or about.name}],
    }
    return str(yaml.safe_dump(said, sort_keys=False, allow_unicode=True))


def _rights(corpus: Corpus) -> str:
    """A LICENSE-DATA.md for a corpus that has none."""
    licensed: dict[str, list[str]] = {}
    for source in corpus.sources.values():
        licensed.setdefault(source.license or "", []).append(source.doc)
    own = [f"- {name}: {', '.join(docs)}" for name, docs in licensed.items() if name]
    about = about_of(corpus)
    stand = (
        [about.usage]
        if about.license != "other"
        else [
            "Nobody has said under which licence the annotations stand. The articles remain their publishers', but for",
            "those with a licence of their own:",
        ]
    )
    lines = ["# Rights in the data", "", *stand, "", *(own or ["- none"])]
    return "\n".join(lines) + "\n"


def seal(folder: Path, manifest: Manifest) -> Manifest:
    """Write the manifest with the hashes of what the folder holds now."""
    sealed = msgspec.structs.replace(manifest, files=hashes(folder))
    write_json(folder / MANIFEST, msgspec.to_builtins(sealed))
    return sealed
