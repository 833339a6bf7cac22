"""A gold in a training format, in files by article held out, written to a folder."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from .folder import refuse_taken, write_folder
from .formats import Format, Part, Task, get, labels_of
from .problems import ClaimspansError
from .records import Document
from .schema import Schema

MOST_FOLDS = 100


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
    fold: str | None = None,
    folds: bool = False,
) -> Exported:
    """Write a gold in a format to the folder ``out``, which is made whole or not at all.

    ``all.SUFFIX`` has every article. With ``fold``, an article's id, ``train`` has the others and ``test`` that one;
    with ``folds`` so has a folder for each article. Raises `ClaimspansError` for an unknown format or article, a
    folder that is not empty, and a gold without text.
    """
    made = get(name)
    refuse_taken(out)
    task = _task(documents, schema)
    splits = list(_splits([document.doc for document in documents], fold, folds=folds))
    files: dict[str, bytes] = {}
    listed = []
    for split in splits:
        part = made.export(task.of(split.docs))
        for path, raw in _named(split.name, part, made):
            files[path] = raw
            digest = hashlib.sha256(raw).hexdigest()
            listed.append({"path": path, "articles": list(split.docs), "bytes": len(raw), "sha256": digest})
    dropped = made.export(task).dropped
    write_folder(out, files)
    return Exported(
        format=name,
        out=str(out),
        articles=len(documents),
        spans=sum(len(document.spans) for document in documents),
        claims=sum(len(document.claims) for document in documents),
        zones={"count": sum(len(document.zones) for document in documents), "treatment": made.zones},
        dropped=dict(sorted((+Counter(dropped)).items())),
        files=listed,
    )


def _task(documents: Sequence[Document], schema: Schema | None) -> Task:
    bare = [document.doc for document in documents if document.text is None]
    if bare:
        raise ClaimspansError(
            f"{', '.join(bare[:5])}: no text in this gold; give it, an article a line: "
            '{"doc": …, "text": …, "spans": […]}'
        )
    if not documents:
        raise ClaimspansError("the gold holds no article; nothing to export")
    claims = any(document.claims for document in documents)
    return Task(documents=tuple(documents), labels=labels_of(documents, schema), schema=schema, claims=claims)


def _splits(docs: list[str], fold: str | None, *, folds: bool) -> Iterator[_Split]:
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


def _named(name: str, part: Part, made: Format) -> Iterator[tuple[str, bytes]]:
    if isinstance(part.content, bytes):
        yield f"{name}{made.suffix}", part.content
    else:
        yield from ((f"{name}/{inner}", raw) for inner, raw in part.content.items())
