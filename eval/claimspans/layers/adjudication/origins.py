"""Whether a layer was made from suggestions: what the side files beside it say of each article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from ...data.files import decode_json, read_json_lines
from ...data.problems import ClaimspansError
from ..provenance import Entry, Sidecar

Kind = Literal["model-assisted", "human", "unknown"]


class Origin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How one article of a layer came about.

    ``model-assisted`` where its annotator began from suggestions, or where it was pushed as annotations, of the
    versions ``suggestions``; ``human`` where they began from the bare text; ``unknown`` where nothing is recorded.
    """

    kind: Kind = "unknown"
    annotator: str | None = None
    suggestions: str | None = None
    updated_at: str | None = None
    reasons: Mapping[str, str] = {}
    """Why somebody decided as they did, by the keys of the questions."""


class _Article(msgspec.Struct, kw_only=True, tag="article", tag_field="type"):
    """An article of an adjudicated layer, in its provenance file; the other lines there are of other types."""

    doc: str
    origin: Origin


def provenance_path(folder: Path) -> Path:
    """The file beside an adjudicated layer that says where its records come from."""
    return folder.with_name(f"{folder.name}.provenance.jsonl")


def origins(folder: Path) -> dict[str, Origin]:
    """The origins of a layer's articles, as far as the side files of pulls and adjudications say."""
    found: dict[str, Origin] = {}
    folder = folder.absolute()
    for path in sorted(folder.parent.glob("*.labelstudio.jsonl")):
        for entry in Sidecar(folder.parent, path.name.removesuffix(".labelstudio.jsonl")).entries.values():
            if entry.annotator == folder.name:
                found[entry.doc] = mixed([*filter(None, [found.get(entry.doc)]), _of(entry)])
    path = provenance_path(folder)
    expected = "what an adjudication wrote: remove the file"
    for line in read_json_lines(path, dict[str, Any], expected) if path.exists() else ():
        if line.get("type") == "article":
            article = decode_json(msgspec.json.encode(line), _Article, str(path), expected)
            found[article.doc] = article.origin
    return found


def _of(entry: Entry) -> Origin:
    return Origin(
        kind="human" if entry.parent_prediction is None and entry.suggestions is None else "model-assisted",
        annotator=entry.annotator,
        suggestions=entry.suggestions,
        updated_at=entry.updated_at,
        reasons=entry.reasons,
    )


def mixed(several: list[Origin]) -> Origin:
    """The origin of what is made of several: model-assisted as soon as one is, human where all are."""
    kinds = {each.kind for each in several}
    kind: Kind = "unknown"
    if "model-assisted" in kinds:
        kind = "model-assisted"
    elif kinds == {"human"}:
        kind = "human"
    named = dict.fromkeys(each.annotator for each in several if each.annotator)
    versions = dict.fromkeys(each.suggestions for each in several if each.suggestions)
    return Origin(
        kind=kind,
        annotator=", ".join(named) or None,
        suggestions=", ".join(versions) or None,
        updated_at=max((each.updated_at for each in several if each.updated_at), default=None),
        reasons={key: why for each in several for key, why in each.reasons.items()},
    )


def by_day(layers: Mapping[str, Mapping[str, Origin]]) -> dict[str, list[str]]:
    """The articles by the day on which the last of the layers was submitted, days in order (UTC).

    Raises `ClaimspansError` for an article of which no side file says when.
    """
    days: dict[str, list[str]] = {}
    for doc in dict.fromkeys(doc for found in layers.values() for doc in found):
        times = [found[doc].updated_at if doc in found else None for found in layers.values()]
        if None in times:
            break
        days.setdefault(max(str(time) for time in times)[:10], []).append(doc)
    if not days or sum(map(len, days.values())) < len({doc for found in layers.values() for doc in found}):
        raise ClaimspansError("--by-day needs pulled layers: claimspans labelstudio pull notes when each was submitted")
    return dict(sorted(days.items()))


def told(layers: Mapping[str, Mapping[str, Origin]], articles: int) -> Iterator[str]:
    """What is known of some layers in sentences, none where nothing is; a warning where their origins differ."""
    if not any(layers.values()):
        return
    kinds = set()
    for name, found in layers.items():
        counts = Counter(each.kind for each in found.values())
        counts["unknown"] += articles - counts.total()
        kinds |= {kind for kind, count in counts.items() if count}
        versions = sorted({each.suggestions for each in found.values() if each.suggestions})
        shown = []
        for kind in ("model-assisted", "human", "unknown"):
            if counts[kind]:
                of = f" (from {', '.join(versions)})" if kind == "model-assisted" and versions else ""
                called = "of unknown origin" if kind == "unknown" else kind
                shown.append(
                    f"{called}{of}" + ("" if counts[kind] == articles else f" in {counts[kind]} of {articles}")
                )
        yield f"{name}: {'; '.join(shown)}"
    if "model-assisted" in kinds and len(kinds) > 1:
        yield "Warning: model-assisted work beside work that is not: where they agree, two people may not have."
