"""An adjudication in Label Studio: a third project to decide in, and what came back from it as an outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import msgspec

from ..data.corpus import Layer
from ..data.problems import ClaimspansError
from ..data.records import Document
from ..data.schema import Schema
from ..layers.adjudication.merge import merge
from ..layers.adjudication.origins import Origin
from ..layers.adjudication.outcome import Outcome
from ..layers.adjudication.question import Decision, How, place_name
from ..layers.adjudication.sides import Sides
from ..layers.adjudication.trail import Trail
from ..layers.differences import differences
from ..layers.differences.article import Article
from ..layers.differences.claims import claim_groups
from ..scoring.claims import slots
from .api import Client
from .config import instruction
from .push import Pushed, push

AGREED = "agreed"
"""What the suggestions are called with which the page opens."""


def send(
    client: Client, title: str, articles: Sequence[Sides], decisions: Mapping[str, Decision], schema: Schema
) -> Pushed:
    """Bring a project to hold, of each article, what both layers have alike and both their versions, by name.

    All three are suggestions: nothing counts as decided before somebody submits it. The page opens with what both have
    alike and what is decided already; the versions stand beside it, and the instructions begin with what is to decide.
    Raises `ClaimspansError` as `push` does.
    """
    names = [articles[0].names[layer] for layer in articles[0].order]
    if AGREED in names or names[0] == names[1]:
        raise ClaimspansError(f"the layers are called {names[0]} and {names[1]}; call them by two names, none {AGREED}")
    for position, name in enumerate(names):
        documents = [sides.documents[sides.order[position]] for sides in articles]
        push(client, title, documents, schema, model_version=name, annotators=1)
    # The last one pushed is the one that the page opens with.
    agreed = [merge(sides, decisions).document for sides in articles]
    result = push(client, title, agreed, schema, model_version=AGREED)
    said = _to_decide(articles, decisions) + instruction(schema)
    client.again(client.studio.projects.update, result.project, expert_instruction=said)
    return result


def _to_decide(articles: Sequence[Sides], decisions: Mapping[str, Decision]) -> str:
    """Every difference that is not decided, article by article, as HTML."""
    lines = ["<h3>What is to decide</h3>"]
    for sides in articles:
        asked = [sides.question(key, ()) for key in sides.keys if key not in decisions]
        rows = []
        for question in asked:
            difference = question.difference
            place = difference.place.removeprefix(f"{question.what} ")
            versions = "; ".join(
                f"{name}: {'–' if reading is None else reading.words}"
                for name, reading in zip(difference.layers, difference.readings, strict=True)
            )
            rows.append(f"<li><b>{escape(question.what)}</b> {escape(place)}<br>{escape(versions)}</li>")
        if rows:
            lines.append(f"<p><b>Article {escape(sides.doc)}</b></p><ul>{''.join(rows)}</ul>")
    return "".join(lines) if len(lines) > 1 else ""


def taken(
    layer: Layer,
    articles: Sequence[Sides],
    schema: Schema,
    hashes: Mapping[str, str],
    origins: Mapping[str, Mapping[str, Origin]],
    own: Mapping[str, Origin],
) -> list[Outcome]:
    """The outcome that somebody submitted, article by article, with what each record has of either layer.

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
        found.append(
            Outcome(
                document=document,
                sha256=hashes[sides.doc],
                origins=beside,
                trails=_trails(document, layer.name, sides, schema, by),
            )
        )
    return found


class _Against(msgspec.Struct):
    """A document held against one layer: its records that differ, and those of the layer that it lacks.

    Of the latter kind, place and id.
    """

    name: str
    differing: set[str | None]
    zones: set[str]
    ids: dict[str | None, str | None]
    lacks: list[tuple[str, str, str | None]]


def _against(document: Document, name: str, sides: Sides, layer: int, schema: Schema) -> _Against:
    other = sides.documents[layer]
    beside = (f"the outcome of {name}", sides.names[layer])
    layers = [Layer([each], called) for each, called in zip((document, other), beside, strict=True)]
    against = _Against(sides.names[layer], set(), set(), {}, [])
    for each in differences(*layers, schema=schema):
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


def _trails(document: Document, name: str, sides: Sides, schema: Schema, by: Origin) -> list[Trail]:
    against = [_against(document, name, sides, layer, schema) for layer in sides.order]

    def trail(kind: str, ident: str | None, place: str, ids: dict[str, str | None], *, left_out: bool = False) -> Trail:
        """``ids`` are those in the layers that have it; who has submitted it did as those, or as the others."""
        followed = [one.name for one in against if (one.name in ids) != left_out]
        how: How = "layer" if followed else "neither" if left_out else "own"
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
            who=by.annotator or name,
            when=by.updated_at or "",
        )
        decisions = () if len(followed) == len(against) else (decided,)
        return Trail(type=kind, id=ident, place=place, ids=ids, decisions=decisions, left_out=left_out)

    trails = []
    for zone in document.zones:
        place = _zone_name({"zone": zone.kind, "start": zone.start, "end": zone.end})
        trails.append(trail("zone", None, place, {one.name: None for one in against if place not in one.zones}))
    for span in document.spans:
        ids = {one.name: one.ids.get(span.id) for one in against if span.id not in one.differing}
        trails.append(trail("span", span.id, place_name(span), ids))
    for claim in document.claims:
        ids = {one.name: one.ids.get(claim.id) for one in against if claim.id not in one.differing}
        trails.append(trail("claim", claim.id, f"claim {claim.event}", ids))
    left_out: dict[tuple[str, str, int], dict[str, str | None]] = {}
    for one in against:
        seen: Counter[tuple[str, str]] = Counter()
        for kind, place, ident in one.lacks:
            left_out.setdefault((kind, place, seen[kind, place]), {})[one.name] = ident
            seen[kind, place] += 1
    return trails + [trail(kind, None, place, ids, left_out=True) for (kind, place, _), ids in left_out.items()]
