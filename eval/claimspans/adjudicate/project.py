"""An adjudication in Label Studio: a third project to decide in, and what came back from it as an outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from ..claims import slots
from ..corpus import Layer
from ..differences import differences
from ..differences.article import Article
from ..differences.claims import claim_groups
from ..labelstudio.client import Client
from ..labelstudio.push import Pushed, push
from ..problems import ClaimspansError
from ..records import Document
from ..schema import Schema
from .merge import Trail, merge
from .origins import Origin
from .outcome import Outcome
from .question import Decision, How, place_name
from .sides import Sides

AGREED = "agreed"
"""What the suggestions are called with which the page opens."""


def send(
    client: Client, title: str, articles: Sequence[Sides], decisions: Mapping[str, Decision], schema: Schema
) -> Pushed:
    """Bring a project to hold, of each article, what both layers have alike and both their versions, by name.

    All three are suggestions: nothing counts as decided before somebody submits it. The page opens with what both have
    alike and what is decided already; the versions stand beside it. Raises `ClaimspansError` as `push` does.
    """
    names = [articles[0].names[layer] for layer in articles[0].order]
    if AGREED in names or names[0] == names[1]:
        raise ClaimspansError(f"the layers are called {names[0]} and {names[1]}; call them by two names, none {AGREED}")
    for position, name in enumerate(names):
        documents = [sides.documents[sides.order[position]] for sides in articles]
        push(client, title, documents, schema, model_version=name)
    # The last one pushed is the one that the page opens with.
    agreed = [merge(sides, decisions).document for sides in articles]
    return push(client, title, agreed, schema, model_version=AGREED)


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
    Articles of which it has nothing are left out.
    """
    by_doc = {document.doc: document for document in layer}
    found = []
    for sides in articles:
        document = by_doc.get(sides.doc)
        if document is None:
            continue
        by = own.get(sides.doc, Origin())
        found.append(
            Outcome(
                document=document,
                sha256=hashes[sides.doc],
                origins={name: origins[name][sides.doc] for name in sides.names if sides.doc in origins.get(name, {})},
                trails=_trails(document, layer.name, sides, schema, by),
            )
        )
    return found


class _Against(msgspec.Struct):
    """A document held against one layer: its records that differ, and those of the layer that it lacks."""

    name: str
    differing: set[str | None]
    zones: set[tuple[str, int, int]]
    ids: dict[str | None, str | None]
    lacks: dict[str | None, str]


def _against(document: Document, name: str, sides: Sides, layer: int, schema: Schema) -> _Against:
    other = sides.documents[layer]
    beside = (f"the outcome of {name}", sides.names[layer])
    layers = [Layer([each], called) for each, called in zip((document, other), beside, strict=True)]
    found = differences(*layers, schema=schema)
    against = _Against(sides.names[layer], set(), set(), {}, {})
    for each in found:
        mine, theirs = each.readings
        if mine is not None and each.kind == "zone":
            against.zones.add((mine.value["zone"], mine.value["start"], mine.value["end"]))
        elif mine is not None:
            against.differing.add(mine.id)
        elif theirs is not None and each.kind != "zone":
            against.lacks[theirs.id] = each.place
    article = Article(beside, (document, other))
    filled = [[slots(claim, article.names[at]) for claim in each.claims] for at, each in enumerate((document, other))]
    for group in claim_groups(filled):
        if len(group) == 2:
            against.ids[document.claims[group[0]].id] = other.claims[group[1]].id
    for place in article.places:
        if len(place) == 2:
            against.ids[place[0].id] = place[1].id
            if place[0].label != place[1].label:
                against.lacks[place[1].id] = place_name(place[1])
    return against


def _trails(document: Document, name: str, sides: Sides, schema: Schema, by: Origin) -> list[Trail]:
    against = [_against(document, name, sides, layer, schema) for layer in sides.order]

    def trail(kind: str, ident: str | None, place: str, same: list[_Against]) -> Trail:
        how: How = "layer" if same else "own"
        decided = Decision(
            doc=document.doc,
            key="",
            kind=kind,
            field=None,
            place=place,
            sentence="",
            readings={},
            how=how,
            layer=same[0].name if same else None,
            who=by.annotator or name,
            when=by.updated_at or "",
        )
        ids = {one.name: one.ids.get(ident) for one in same}
        decisions = () if len(same) == len(against) else (decided,)
        return Trail(type=kind, id=ident, place=place, ids=ids, decisions=decisions)

    trails = []
    for zone in document.zones:
        same = [one for one in against if (zone.kind, zone.start, zone.end) not in one.zones]
        trails.append(trail("zone", None, f"{zone.kind} {zone.start} {zone.end}", same))
    for span in document.spans:
        same = [one for one in against if span.id not in one.differing]
        trails.append(trail("span", span.id, place_name(span), same))
    for claim in document.claims:
        same = [one for one in against if claim.id not in one.differing]
        trails.append(trail("claim", claim.id, f"claim {claim.event}", same))
    for one in against:
        for ident, place in one.lacks.items():
            gone = trail("record", None, place, [])
            trails.append(msgspec.structs.replace(gone, ids={one.name: ident}, left_out=True))
    return trails
