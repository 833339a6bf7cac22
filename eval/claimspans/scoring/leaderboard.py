"""Run folders → the rows of a leaderboard, ranked by strict F1; who is not told apart shares a rank."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from ..data.corpus import Layer
from ..data.manifest import MANIFEST, read_manifest
from ..data.predictions import read_predictions
from ..data.problems import ClaimspansError
from ..data.schema import Schema
from .compare import compare
from .result import Result
from .score import score
from .significance import smallest_p

SCHEMES = ("strict", "partial")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A system: its score, and what its manifest says. ``rank`` is None where it has no F1.

    ``version`` names claimspans and what the extractor says of itself; ``answered`` is the number of articles for
    which it gave an answer; ``note`` is what a reader must know of the figures.
    """

    name: str
    uri: str
    version: str
    date: str
    answered: int
    note: str | None
    rank: int | None
    result: Result


class Leaderboard(msgspec.Struct, frozen=True):
    """Rows in the order of their strict F1, then of their names; ``smallest_p`` is what so many articles can show."""

    rows: list[Row]
    labels: list[str]
    articles: int
    smallest_p: float | None
    signature: str

    def to_dict(self) -> dict[str, Any]:
        """For other programs."""
        return {
            "signature": self.signature,
            "articles": self.articles,
            "smallest_p_holm": self.smallest_p,
            "systems": [
                {field: getattr(row, field) for field in ("rank", "name", "uri", "version", "date", "answered", "note")}
                | {"score": row.result.to_dict()}
                for row in self.rows
            ],
        }


def leaderboard(gold: Layer, folders: Sequence[Path], schema: Schema) -> Leaderboard:
    """Score run folders, each a system under its folder's name.

    Raises `ClaimspansError` for no folder, for two of one name, for a folder without a manifest or whose run is not
    finished or was over other articles; `InputError` for predictions that do not hold.
    """
    if not folders:
        raise ClaimspansError("no run folder; expected folders that claimspans run has written")
    names = [folder.resolve().name for folder in folders]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ClaimspansError(f"{twice}: two run folders have this name; rename one: it is the name of the system")
    texts = gold.texts
    read, manifests = {}, {}
    for name, folder in zip(names, folders, strict=True):
        manifest = read_manifest(folder)
        if manifest is None:
            raise ClaimspansError(
                f"{folder}: has no {MANIFEST}; run the system with claimspans run, or its predictions with "
                f"claimspans run file:{folder}"
            )
        if manifest.ended is None:
            raise ClaimspansError(f"{folder}: its run is not finished; give the same command again to finish it")
        read[name], manifests[name] = read_predictions(folder, schema, texts), manifest
    results = {name: score(gold, found, schema=schema, schemes=SCHEMES) for name, found in read.items()}
    ranks = compare(gold, read, schema=schema).ranks() if len(read) > 1 else dict.fromkeys(names, 1)
    rows = [
        Row(
            name=name,
            uri=manifests[name].uri,
            version=_version(manifests[name].claimspans, manifests[name].extractor),
            date=(manifests[name].ended or "").partition("T")[0],
            answered=len(gold) - len(result.fates.failed),
            note=manifests[name].note,
            rank=ranks.get(name) if result["strict"].micro.f1 is not None else None,
            result=result,
        )
        for name, result in results.items()
    ]
    rows.sort(key=lambda row: (row.result["strict"].micro.f1 is None, -(row.result["strict"].micro.f1 or 0), row.name))
    pairs = len(rows) * (len(rows) - 1) // 2
    return Leaderboard(
        rows,
        list(schema.labels),
        len(gold),
        smallest_p(len(gold), pairs) if pairs else None,
        rows[0].result.signature,
    )


def _version(claimspans: str, extractor: dict[str, Any]) -> str:
    told = [f"{key} {value}" for key, value in extractor.items() if isinstance(value, str) and len(value) <= 20]
    return ", ".join([f"claimspans {claimspans}", *told])
