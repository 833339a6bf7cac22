"""Runs and predictions files → the rows of a leaderboard by strict F1; who is not told apart shares its ranks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Unpack

import msgspec

from ..data.manifest import MANIFEST, Manifest, digest_of, read_manifest
from ..data.problems import ClaimspansError
from ..data.schema import Schema
from .compare import compare
from .inputs import Reading
from .result import Result
from .score import score
from .significance import smallest_p

SCHEMES = ("strict", "partial")


_FIELDS = ("place", "rank", "name", "uri", "version", "date", "answered", "note")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A system: its score, and what its manifest says, if it has one.

    ``place`` counts from the highest F1. ``rank`` is the first and the last place that the test leaves it, those of all
    that it is not told apart from; None where it has no F1.

    ``version`` names claimspans and what the extractor says of itself; ``answered`` is the number of articles for
    which it gave an answer; ``note`` is what a reader must know of the figures.
    """

    name: str
    uri: str
    version: str
    date: str
    answered: int
    note: str | None
    place: int
    rank: tuple[int, int] | None
    result: Result


class Leaderboard(msgspec.Struct, frozen=True):
    """Rows in the order of their strict F1, then of their names; ``smallest_p`` is what so many articles can show."""

    rows: list[Row]
    labels: list[str]
    articles: int
    smallest_p: float | None
    signature: str
    silent: tuple[str, ...] = ()
    """Systems that gave no span for any article, which are left out."""

    def to_dict(self) -> dict[str, Any]:
        """For other programs."""
        return {
            "signature": self.signature,
            "articles": self.articles,
            "smallest_p_holm": self.smallest_p,
            "left_out": list(self.silent),
            "systems": [
                {field: getattr(row, field) for field in _FIELDS} | {"score": row.result.to_dict()} for row in self.rows
            ],
        }


def leaderboard(
    gold: Any, paths: Sequence[Path], schema: Schema | None = None, **reading: Unpack[Reading]
) -> Leaderboard:
    """Score run folders and predictions files, each a system under its name; all is given and read as `score` does it.

    Raises `ClaimspansError` for none, for two of one name, for a folder without a manifest or whose run is not
    finished or was over other articles, and where no system gave a span; `InputError` for predictions that do not hold.
    """
    if not paths:
        raise ClaimspansError("no run folder; expected folders that claimspans run has written, or predictions files")
    names = [path.resolve().name if path.is_dir() else Path(path.name.removesuffix(".gz")).stem for path in paths]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ClaimspansError(f"{twice}: two systems have this name; rename one: it is that of its folder or file")
    results, manifests = {}, {}
    for name, path in zip(names, paths, strict=True):
        manifest = manifests[name] = _manifest(path) if path.is_dir() else None
        result = results[name] = score(gold, path, schema=schema, schemes=SCHEMES, **reading)
        if manifest is not None and manifest.ended is None and not _answered(result):
            raise ClaimspansError(f"{path}: its run is not finished; give the same command again to finish it")
    shown = [name for name in names if results[name]["strict"].micro.ACT]
    if not shown:
        raise ClaimspansError(f"{', '.join(names)}: gave no span for any article: there is nothing to rank")
    answers = {name: [answer for _, answer in results[name].task.both_documents()] for name in shown}
    ranks = compare(gold, answers, schema=schema).ranks() if len(shown) > 1 else {}
    shared = Counter(ranks.values())
    shown.sort(key=lambda name: (_f1(results[name]) is None, -(_f1(results[name]) or 0), name))
    rows, articles = [], len(results[shown[0]].docs)
    for place, name in enumerate(shown, 1):
        manifest, result, rank = manifests[name], results[name], ranks.get(name, 1)
        rows.append(
            Row(
                name=name,
                uri=manifest.uri if manifest is not None else "a predictions file",
                version=_version(manifest) if manifest is not None else "nothing says what ran",
                date=(manifest.ended or manifest.started).partition("T")[0] if manifest is not None else "",
                answered=articles - len(result.fates.failed),
                note=manifest.note if manifest is not None else None,
                place=place,
                rank=None if _f1(result) is None else (rank, rank + max(shared[rank], 1) - 1),
                result=result,
            )
        )
    pairs = len(rows) * (len(rows) - 1) // 2
    labels = list(dict.fromkeys(label for row in rows for label in row.result.labels if schema is None))
    labels = labels if schema is None else list(schema.labels)
    least = smallest_p(articles, pairs) if pairs else None
    silent = tuple(name for name in names if name not in shown)
    return Leaderboard(rows, labels, articles, least, rows[0].result.signature, silent)


def _f1(result: Result) -> float | None:
    return result["strict"].micro.f1


def _manifest(folder: Path) -> Manifest:
    manifest = read_manifest(folder)
    if manifest is None:
        raise ClaimspansError(
            f"{folder}: has no {MANIFEST}; run the system with claimspans run, or name its predictions file"
        )
    return manifest


def _answered(result: Result) -> bool:
    """Whether the run has come to every article that is scored, such as those of a split."""
    return all(answer.status is not None for _, answer in result.task.both_documents())


def _version(manifest: Manifest) -> str:
    """claimspans, and what the extractor says of itself in short; the code of a function as one hash of its modules."""
    told = [
        f"{key} {value if isinstance(value, str) else digest_of(value)}"
        for key, value in manifest.extractor.items()
        if (isinstance(value, str) and len(value) <= 20) or (key == "code" and isinstance(value, dict))
    ]
    return ", ".join([f"claimspans {manifest.claimspans}", *told])
