"""An outcome that somebody made as a layer of its own → what each of its records has of the two layers, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from ...data.layer import Layer
from ...data.records import Document
from ...data.schema import Schema
from ...scoring.claims import slots
from ..differences import Difference, differences
from ..differences.article import Article
from ..differences.claims import claim_groups
from .merge import merge
from .origins import Origin
from .outcome import Outcome
from .question import Decision, How, Question, decision, place_name
from .sides import Sides
from .trail import Trail


def taken(
    layer: Layer,
    articles: Sequence[Sides],
    schema: Schema,
    hashes: Mapping[str, str],
    origins: Mapping[str, Mapping[str, Origin]],
    own: Mapping[str, Origin],
) -> list[Outcome]:
    """The outcome that somebody submitted, article by article, with what each record has of either layer.

    Each difference is closed: what was taken is what the outcome has there, and why is what was written beside it.

    A record that is as both layers have it is agreed, every other one was decided by whoever submitted the article.
    ``origins`` are those of the two layers by name and article, ``own`` those of the layer that was submitted.
    An article that nobody submitted is taken where both layers say the same, and else left out.
    """
    by_doc = {document.doc: document for document in layer}
    found = []
    for sides in articles:
        document = by_doc.get(sides.doc)
        beside = {name: origins[name][sides.doc] for name in sides.names if sides.doc in origins.get(name, {})}
        if document is None:
            if not sides.keys:
                same = merge(sides, {})
                sha256 = hashes[sides.doc]
                found.append(Outcome(document=same.document, sha256=sha256, origins=beside, trails=same.trails))
            continue
        by = own.get(sides.doc, Origin())
        against = [_against(document, layer.name, sides, position, schema) for position in sides.order]
        closed = [_closed(sides.question(key, ()), against, by, layer.name) for key in sides.keys]
        found.append(
            Outcome(
                document=document,
                sha256=hashes[sides.doc],
                origins=beside,
                trails=_trails(document, layer.name, against, by, closed),
                closed=closed,
            )
        )
    return found


class _Against(msgspec.Struct):
    """A document held against one layer: its records that differ, and those of the layer that it lacks.

    Of the latter kind, place and id. ``found`` are all differences, the document's reading first.
    """

    name: str
    found: list[Difference]
    differing: set[str | None]
    zones: set[str]
    ids: dict[str | None, str | None]
    lacks: list[tuple[str, str, str | None]]


def _against(document: Document, name: str, sides: Sides, layer: int, schema: Schema) -> _Against:
    other = sides.documents[layer]
    beside = (f"the outcome of {name}", sides.names[layer])
    layers = [Layer([each], called) for each, called in zip((document, other), beside, strict=True)]
    against = _Against(sides.names[layer], differences(*layers, schema=schema), set(), set(), {}, [])
    for each in against.found:
        mine, theirs = each.readings
        if each.kind == "zone":
            against.zones |= {_zone_name(mine.value)} if mine is not None else set()
            against.lacks += [("zone", _zone_name(theirs.value), None)] if theirs is not None else []
        elif mine is not None:
            against.differing.add(mine.id)
        elif theirs is not None:
            kind = "claim" if each.kind == "claim" else "span"
            place = each.place if kind == "claim" else "{label} {start} {end}".format_map(theirs.value)
            against.lacks.append((kind, place, theirs.id))
    article = Article(beside, (document, other))
    filled = [[slots(claim, article.names[at]) for claim in each.claims] for at, each in enumerate((document, other))]
    for group in claim_groups(filled):
        if len(group) == 2:
            against.ids[document.claims[group[0]].id] = other.claims[group[1]].id
    for unit in article.places:
        if len(unit) == 2:
            mine_at, theirs_at = unit[0], unit[1]
            against.ids[mine_at.id] = theirs_at.id
            if mine_at.label != theirs_at.label:
                against.lacks.append(("span", place_name(theirs_at), theirs_at.id))
    return against


def _zone_name(value: Mapping[str, Any]) -> str:
    return "{zone} {start} {end}".format_map(value)


_PLACES = ("missing", "label", "boundaries")
"""Kinds of difference about where a span is, and whether there is one."""


def _there(asked: Difference, layer: int, against: _Against) -> Difference | None:
    """Where the outcome is not as the layer at what was asked; None where it is. The layer has something there."""
    wanted = asked.readings[layer]
    for each in against.found:
        mine, theirs = each.readings
        same = (each.kind, each.field) == (asked.kind, asked.field) or {each.kind, asked.kind} <= set(_PLACES)
        if wanted is None or theirs is None or wanted.id != theirs.id or not (same or mine is None):
            continue
        if asked.kind != "zone" or wanted.value == theirs.value:
            return each
    return None


def _closed(question: Question, against: Sequence[_Against], by: Origin, name: str) -> tuple[Question, Decision]:
    """What the outcome has where the layers differ, as somebody's decision."""
    asked = question.difference
    changed = [_there(asked, layer, one) for layer, one in enumerate(against)]
    how: How = "own"
    taken: Any = None
    for layer, reading in enumerate(asked.readings):
        other = changed[1 - layer]
        # A layer that has nothing is followed where what the other has is not in the outcome.
        if changed[layer] is None if reading is not None else other is not None and other.readings[0] is None:
            how, taken = "layer", layer
            break
    own = next((each.readings[0] for each in changed if each is not None), None)
    if how == "own" and own is None:
        how = "neither"
    return question, decision(
        question,
        how,
        layer=against[taken].name if taken is not None else None,
        value=own.words if own is not None and how == "own" else None,
        why=by.reasons.get(question.key, ""),
        who=by.annotator or name,
        when=by.updated_at or "",
    )


def _trails(
    document: Document,
    name: str,
    against: Sequence[_Against],
    by: Origin,
    closed: Sequence[tuple[Question, Decision]],
) -> list[Trail]:
    def trail(
        kind: str,
        ident: str | None,
        place: str,
        ids: dict[str, str | None],
        known: Mapping[str, str | None],
        *,
        left_out: bool = False,
    ) -> Trail:
        """``ids`` are those in the layers that have it, ``known`` those of what is at its place in either.

        Who has submitted it did as those that have it, or as the others.
        """
        followed = [one.name for one in against if (one.name in ids) != left_out]
        how: How = "layer" if followed else "neither" if left_out else "own"
        reasons = [
            answer.why
            for question, answer in closed
            for at, reading in zip(question.difference.layers, question.difference.readings, strict=True)
            if reading is not None and reading.id is not None and known.get(at) == reading.id
        ]
        decided = Decision(
            doc=document.doc,
            key="",
            kind=kind,
            field=None,
            place=place,
            sentence="",
            readings={},
            how=how,
            layer=followed[0] if followed else None,
            why="; ".join(filter(None, dict.fromkeys(reasons))),
            who=by.annotator or name,
            when=by.updated_at or "",
        )
        decisions = () if len(followed) == len(against) else (decided,)
        return Trail(type=kind, id=ident, place=place, ids=ids, decisions=decisions, left_out=left_out)

    def kept(kind: str, ident: str | None, place: str) -> Trail:
        known = {one.name: one.ids.get(ident) for one in against}
        ids = {one.name: one.ids.get(ident) for one in against if ident not in one.differing}
        return trail(kind, ident, place, ids, known)

    trails = []
    for zone in document.zones:
        place = _zone_name({"zone": zone.kind, "start": zone.start, "end": zone.end})
        trails.append(trail("zone", None, place, {one.name: None for one in against if place not in one.zones}, {}))
    trails += [kept("span", span.id, place_name(span)) for span in document.spans]
    trails += [kept("claim", claim.id, f"claim {claim.event}") for claim in document.claims]
    left_out: dict[tuple[str, str, int], dict[str, str | None]] = {}
    for one in against:
        seen: Counter[tuple[str, str]] = Counter()
        for kind, place, ident in one.lacks:
            left_out.setdefault((kind, place, seen[kind, place]), {})[one.name] = ident
            seen[kind, place] += 1
    return trails + [trail(kind, None, place, ids, ids, left_out=True) for (kind, place, _), ids in left_out.items()]
