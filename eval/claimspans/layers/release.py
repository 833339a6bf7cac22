"""A release of a corpus: the gold is checked, its changes are written down, and what it is now is frozen."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import msgspec

from ..data.checks.levels import check, check_articles
from ..data.corpus import CHANGELOG, Corpus
from ..data.corpus_folder import ANNOTATIONS, SCHEMA, SEEDS, SOURCES
from ..data.editions import Edition, read_edition
from ..data.files import whole_folder, write_text
from ..data.problems import ClaimspansError, InputError
from .changes import changes, markdown, numbers_of

RELEASES = "releases"
"""The folder of what was released: a corpus for each version."""


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """What was released: ``frozen`` is the folder that keeps it, ``step`` what the changes demand."""

    version: str
    previous: str | None
    step: str
    articles: int
    unannotated: tuple[str, ...]
    changes: int
    frozen: str

    @property
    def tag(self) -> str:
        return f"v{self.version}"


def release(corpus: Corpus, version: str) -> Release:
    """Give the gold a version: check all layers, write the section of the changelog, keep a copy in ``releases/``.

    The copy has the schema, the gold and its texts: ``claimspans diff releases/1.0.0`` compares with it. Raises
    `InputError` for what `check` finds, `ClaimspansError` for a version that the changes since the last one do not
    allow, and where nothing changed; then nothing is written.
    """
    numbers_of(version)
    problems = check_articles(corpus) or [
        problem for layer in corpus.layers for problem in check(layer, corpus, levels=5 if layer == "gold" else 3)
    ]
    if problems:
        raise InputError(problems)
    gold = corpus.load()
    target = corpus.root / RELEASES / version
    if target.exists():
        raise ClaimspansError(f"{target}: {version} is released, and a release stays as it is; give the next version")
    section, step, count = _since(corpus, version)
    head = f"## {version} ({datetime.datetime.now(datetime.UTC).date().isoformat()})"
    text = _changelog(corpus.changelog, f"{head}\n\n{section}\n")
    with whole_folder(target) as made:
        shutil.copyfile(corpus.root / SCHEMA, made / SCHEMA)
        (made / SEEDS).mkdir()
        shutil.copyfile(corpus.sources_path, made / SEEDS / SOURCES)
        (made / ANNOTATIONS / "gold").mkdir(parents=True)
        for source in corpus.sources.values():
            shutil.copyfile(corpus.root / SEEDS / source.file, made / SEEDS / source.file)
        for document in gold:
            name = Path(ANNOTATIONS, "gold", f"{document.doc}.jsonl")
            shutil.copyfile(corpus.root / name, made / name)
        (made / ANNOTATIONS / CHANGELOG).write_text(text, encoding="utf-8")
    write_text(corpus.root / ANNOTATIONS / CHANGELOG, text)
    previous = corpus.version
    corpus.forget()
    return Release(
        version=version,
        previous=previous,
        step=step,
        articles=len(gold),
        unannotated=tuple(document.doc for document in gold.unannotated),
        changes=count,
        frozen=str(target),
    )


def _since(corpus: Corpus, version: str) -> tuple[str, str, int]:
    """The changes since the last release as Markdown, the step that they demand, and how many they are."""
    gold = corpus.load()
    if corpus.version is None:
        spans = sum(len(document.spans) for document in gold)
        return f"The first release: {len(gold)} articles, {spans} spans. Schema {corpus.schema.version}.", "none", 0
    found = changes(_released(corpus, corpus.version), read_edition("gold", corpus))
    if not found.changes:
        raise ClaimspansError(f"{version}: nothing has changed since {corpus.version}")
    if found.demanded is not None and numbers_of(version) < numbers_of(found.demanded):
        raise ClaimspansError(
            f"{version}: a {found.step} change since {corpus.version} demands {found.demanded} or later; "
            f"claimspans diff lists what changed"
        )
    if numbers_of(version) <= numbers_of(corpus.version):
        raise ClaimspansError(f"{version}: {corpus.version} is released already; give a later version")
    body = markdown(found)
    return body.partition("\n\n")[2].strip() if body.startswith("## ") else body.strip(), found.step, len(found.changes)


def _released(corpus: Corpus, version: str) -> Edition:
    """What was released as a version: the copy that was kept, else the git tag."""
    frozen = corpus.root / RELEASES / version
    return read_edition(str(frozen) if frozen.is_dir() else f"v{version}", corpus)


def _changelog(text: str, section: str) -> str:
    """The changelog with a section more, above the newest one."""
    if not text.strip():
        return f"# Changelog of the dataset\n\n{section}"
    before, mark, after = text.partition("\n## ")
    return f"{before.rstrip()}\n\n{section}" + (f"\n## {after}" if mark else "")
