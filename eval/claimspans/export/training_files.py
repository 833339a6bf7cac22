"""A gold in a training format, in files by article held out, written to a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from ..data.files import refuse_taken, write_folder
from ..data.hashes import sha256_of
from ..data.problems import ClaimspansError
from ..data.records import Document
from ..data.schema import Schema
from .formats import FORMATS, Format, Part, Task, get

MOST_FOLDS = 100
LONGEST_NAME = 200
"""Bytes; file systems take 255, the end of a file's name with them."""


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """What was written: the files with their articles, and how much of the gold the format does not hold."""

    format: str
    out: str
    articles: int
    spans: int
    claims: int
    zones: dict[str, Any]
    dropped: dict[str, int]
    files: list[dict[str, Any]]


class _Split(msgspec.Struct, frozen=True):
    """A file's place in the folder without its suffix, and its articles."""

    name: str
    docs: tuple[str, ...]


def export(
    documents: Sequence[Document],
    name: str,
    out: Path | str,
    *,
    schema: Schema | None = None,
    options: Mapping[str, Any] | None = None,
    fold: str | None = None,
    folds: bool = False,
) -> Exported:
    """Write a gold in a format to the folder ``out``, which is made whole or not at all.

    ``all.SUFFIX`` has every article. With ``fold``, an article's id, ``train`` has the others and ``test`` that one;
    with ``folds`` so has a folder for each article. ``options`` are those of a prompt, for formats that have one; a
    prompt for articles held out has no guidelines unless they are named, since their examples are from the articles.
    Raises `ClaimspansError` for an unknown format, article, option or label, a folder that is not empty, and a gold
    without text.
    """
    made = get(name)
    refuse_taken(out)
    if options and not made.prompts:
        raise ClaimspansError(f"{name} has no options; -o is for {' and '.join(_prompting())}")
    if made.prompts and (folds or fold is not None):
        # The summary of the guidelines quotes articles, the one that is held out too.
        options = {"guidelines": "off"} | dict(options or {})
    task = _task(documents, schema, options)
    splits = list(_splits(made, [document.doc for document in documents], fold, folds=folds))
    whole = made.export(task)
    files: dict[str, bytes] = {}
    listed = []
    for split in splits:
        part = made.export(task.of(split.docs)) if len(split.docs) < len(documents) else whole
        for path, raw in _named(split.name, part, made):
            files[path] = raw
            digest = sha256_of(raw)
            listed.append({"path": path, "articles": list(split.docs), "bytes": len(raw), "sha256": digest})
    write_folder(out, files)
    return Exported(
        format=name,
        out=str(out),
        articles=len(documents),
        spans=sum(len(document.spans) for document in documents),
        claims=sum(len(document.claims) for document in documents),
        zones={"count": sum(len(document.zones) for document in documents), "treatment": made.zones},
        dropped=dict(sorted((+whole.dropped).items())),
        files=listed,
    )


def _task(documents: Sequence[Document], schema: Schema | None, options: Mapping[str, Any] | None) -> Task:
    bare = [document.doc for document in documents if document.text is None]
    if bare:
        raise ClaimspansError(
            f"{', '.join(bare[:5])}: no text in this gold; give it, an article a line: "
            '{"doc": …, "text": …, "spans": […]}'
        )
    if not documents:
        raise ClaimspansError("the gold holds no article; nothing to export")
    return Task.whole(documents, schema, options)


def _splits(made: Format, docs: list[str], fold: str | None, *, folds: bool) -> Iterator[_Split]:
    if folds or not made.suffix:
        _refuse_paths(docs)
    if fold is None and not folds:
        yield _Split("all", tuple(docs))
        return
    if fold is not None and fold not in docs:
        raise ClaimspansError(f"{fold}: no such article to hold out; expected one of {', '.join(docs[:10])}")
    if len(docs) < 2:
        raise ClaimspansError(f"{docs[0]}: the only article; holding it out leaves nothing to train on")
    if folds and len(docs) > MOST_FOLDS:
        raise ClaimspansError(f"{len(docs)} articles make as many folds; name the ones to hold out with --fold")
    for held in docs if folds else [fold or ""]:
        folder = f"{held}/" if folds else ""
        yield _Split(f"{folder}train", tuple(doc for doc in docs if doc != held))
        yield _Split(f"{folder}test", (held,))


def _refuse_paths(docs: list[str]) -> None:
    """Raise `ClaimspansError` for an id that can be no name of a file."""
    for doc in docs:
        if not doc.strip(". ") or re.search(r"[\x00-\x1f/\\]", doc) or len(doc.encode()) > LONGEST_NAME:
            raise ClaimspansError(
                f"{doc[:60]!r} cannot name a file; give the article an id of letters, digits, '.', '_' and '-'"
            )


def _prompting() -> list[str]:
    return [name for name, each in FORMATS.items() if each.prompts]


def _named(name: str, part: Part, made: Format) -> Iterator[tuple[str, bytes]]:
    if isinstance(part.content, bytes):
        yield f"{name}{made.suffix}", part.content
    else:
        yield from ((f"{name}/{inner}", raw) for inner, raw in part.content.items())
