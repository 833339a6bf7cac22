"""What a run was: the extractor, the articles, the machine, and what came of it; ``manifest.json`` of a run folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from .files import read_json, write_json
from .hashes import sha256_of
from .problems import ClaimspansError

MANIFEST = "manifest.json"
FORMAT = 1


class Manifest(msgspec.Struct, kw_only=True):
    """The record of a run. Two runs whose `identity` is the same can be one, in two parts."""

    format: int = FORMAT
    uri: str
    options: dict[str, Any] = {}
    label_map: dict[str, str | None] | None = None
    read_as: list[str] = []
    """What offsets of answers mean beside what they say (`claimspans.data.offset_conventions`)."""
    extractor: dict[str, Any] = {}
    """What tells the extractor from another: versions, hashes of its code and weights."""
    claimspans: str
    schema: str | None
    data: str
    """`digest_of` the articles."""
    articles: int
    dataset: str | None = None
    """The version of the dataset, where the articles are its."""
    started: str
    ended: str | None = None
    resumed: list[str] = []
    settings: dict[str, Any] = {}
    machine: dict[str, Any] = {}
    result: dict[str, Any] = {}
    note: str | None = None
    """What a reader of the figures must know, in the words of whoever ran it."""

    @property
    def identity(self) -> dict[str, Any]:
        """What must not change between the parts of a run."""
        return {
            "the extractor": self.uri,
            "its options": self.options,
            "the label map": self.label_map,
            "how offsets are read": self.read_as,
            "the extractor's code, weights or versions": self.extractor,
            "claimspans": self.claimspans,
            "the schema": self.schema,
            "the articles": self.data,
        }

    def changed(self, later: Manifest) -> list[str]:
        """In words, what of the run's identity is another thing in a later one."""
        return [what for what, was in self.identity.items() if was != later.identity[what]]

    def write(self, folder: Path) -> None:
        write_json(folder / MANIFEST, self)


def read_manifest(folder: Path | str) -> Manifest | None:
    """The manifest of a run folder, None where there is none; raises `ClaimspansError` for one that is broken."""
    path = Path(folder) / MANIFEST
    if not path.is_file():
        return None
    found = read_json(path, Manifest, "the manifest of a run: name another folder, or run with --fresh")
    if found.format > FORMAT:
        raise ClaimspansError(f"{path}: format {found.format}, this version knows {FORMAT}: pip install -U claimspans")
    return found


def then_and_now(was: Any, now: Any) -> str:
    """What has changed, in words: of objects only what differs."""
    return f"then {_shown(was, now)}, now {_shown(now, was)}"


def _shown(value: Any, other: Any) -> str:
    found = _differing(value, other)
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)


def _differing(value: Any, other: Any) -> Any:
    if not isinstance(value, dict) or not isinstance(other, dict):
        return value
    return {
        key: _differing(inner, other.get(key))
        for key, inner in value.items()
        if key not in other or other[key] != inner
    }


def digest_of(texts: Mapping[str, str]) -> str:
    """Sixteen digits of a hash of articles, ids and texts, whatever their order."""
    rows = sorted(f"{doc}\0{sha256_of(text)}" for doc, text in texts.items())
    return sha256_of("\n".join(rows))[:16]


def refuse_other_articles(
    path: Path | str, texts: Mapping[str, str | None], annotated: Mapping[str, str | None] | None = None
) -> None:
    """Raise `ClaimspansError` where a path is a run folder whose run was over other articles than the gold's.

    ``texts`` are those of the gold by article, in a corpus with those that nobody has annotated; ``annotated`` are the
    annotated ones alone, over which a run may have been before others were added. Where a text is not known nobody can
    tell.
    """
    manifest = read_manifest(path) if Path(path).is_dir() else None
    if manifest is None or None in texts.values():
        return
    known = [{doc: text for doc, text in some.items() if text is not None} for some in (texts, annotated or texts)]
    if manifest.data not in map(digest_of, known):
        version = f" (dataset {manifest.dataset})" if manifest.dataset else ""
        raise ClaimspansError(
            f"{path}: a run over {manifest.articles} articles{version} that are not those of this gold "
            f"({len(texts)} articles): run the extractor again, or name its articles with --corpus or --gold"
        )
