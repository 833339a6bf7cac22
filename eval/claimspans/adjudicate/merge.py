"""Two layers of an article and what was decided → one document, with what is still to decide.

What both layers have alike is taken as the first has it. Zones and spans are decided first, then what is said of the
spans, then which claims there are, what happens in them, and the rest of their fields: what a decision makes of a
later difference is known before it is asked for, and a difference that vanishes with it is not asked for at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from ..layers import Unit
from ..records import Claim, Document, Span, Value, Zone
from ..schema import Attribute
from .asking import Asking
from .claims import Claims
from .question import Decision, How, Question, place_name
from .sides import Sides


class Trail(msgspec.Struct, frozen=True, kw_only=True):
    """Where a record of the outcome comes from; ``id`` is None for a zone and for what was left out.

    ``ids`` are those of the record in the layers that have it. ``decisions`` are the decisions that made it what it
    is, none where the layers agree.
    """

    type: str
    id: str | None
    place: str
    ids: dict[str, str | None]
    decisions: tuple[Decision, ...] = ()
    lost: tuple[str, ...] = ()
    """References that it had and that lead nowhere in the outcome."""
    left_out: bool = False


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome as far as it is decided: what is open is left out of ``document``.

    ``open`` are the questions to ask next; answering them may bring up others. ``closed`` are those that were asked
    and answered.
    """

    document: Document
    open: tuple[Question, ...]
    closed: tuple[tuple[Question, Decision], ...]
    trails: tuple[Trail, ...]


class Kept(msgspec.Struct, kw_only=True):
    """A span of the outcome in the making. ``sources`` are the spans at its place with its label, by layer."""

    id: str
    label: str
    start: int
    end: int
    sources: dict[int, Span]
    chosen: Mapping[int, Span]
    decisions: list[Decision]
    lost: list[str]
    attributes: dict[str, Value]


def merge(sides: Sides, decisions: Mapping[str, Decision]) -> Merged:
    """The outcome of an article under these decisions, by key. Those of other questions count for nothing."""
    return _Merge(sides, decisions).merged()


class _Merge:
    def __init__(self, sides: Sides, decisions: Mapping[str, Decision]) -> None:
        self._sides = sides
        self._asking = Asking(sides, decisions)
        self._trails: list[Trail] = []
        first = sides.documents[sides.first]
        self._reserved = {span.id for span in first.spans} | {claim.id for claim in first.claims}
        self._kept: list[Kept] = []
        # Which span of the outcome one of a layer has become.
        self._became: list[dict[str, Kept]] = [{}, {}]

    def merged(self) -> Merged:
        sides, asking = self._sides, self._asking
        zones = self._zones()
        for place in sides.places:
            self._place(place)
        # Of spans in one place, as in the first layer.
        lines = {span.id: number for number, span in enumerate(sides.documents[sides.first].spans)}
        self._kept.sort(key=lambda kept: (kept.start, -kept.end, kept.label, lines.get(kept.id, len(lines))))
        asking.phase = 1
        for kept in self._kept:
            self._attributes(kept)
            self._trails.append(self._trail(kept))
        starts = {kept.id: kept.start for kept in self._kept}
        claims = Claims(asking, self.reference, self.numbered, self.named, starts)
        self._trails += [
            Trail(
                type="claim",
                id=made.id,
                place=made.place,
                ids={sides.names[layer]: made.ids[layer] for layer in sides.order if layer in made.ids},
                decisions=tuple(made.decisions),
                lost=tuple(made.lost),
                left_out=made.id is None,
            )
            for made in claims.made
            if not made.open
        ]
        return Merged(
            document=self._document(zones, claims.merged()),
            open=asking.next,
            closed=tuple(asking.closed),
            trails=tuple(self._trails),
        )

    def _document(self, zones: Sequence[Zone], claims: Sequence[Claim]) -> Document:
        first = self._sides.documents[self._sides.first]
        text = self._sides.text
        spans = [
            Span(
                label=kept.label,
                start=kept.start,
                end=kept.end,
                id=kept.id,
                text=text[kept.start : kept.end],
                attributes=kept.attributes,
            )
            for kept in self._kept
        ]
        return Document(
            doc=first.doc,
            text=first.text,
            published=first.published,
            zones=tuple(zones),
            spans=tuple(spans),
            claims=tuple(claims),
        )

    def numbered(self, ids: Mapping[int, str | None], letter: str) -> str:
        """The id of a record: that of the first layer, else that of the other where it is free, else the next one."""
        first = self._sides.first
        own = ids.get(first)
        if own is not None:
            return own
        wanted = ids.get(1 - first)
        number = max(
            (int(one[1:]) for one in self._reserved if one and re.fullmatch(rf"{letter}\d{{1,9}}", one)), default=0
        )
        while wanted is None or wanted in self._reserved:
            number += 1
            wanted = f"{letter}{number}"
        self._reserved.add(wanted)
        return wanted

    def reference(self, layer: int, ident: str) -> str | None:
        """The id in the outcome of what a layer names; None where it is not in the outcome."""
        found = self._became[layer].get(ident)
        return None if found is None else found.id

    def _zones(self) -> list[Zone]:
        sides, asking = self._sides, self._asking
        kept: list[Zone] = []
        has = [set(document.zones) for document in sides.documents]
        differing = {
            _zone(reading.value): key
            for key, each in sides.keys.items()
            if each.kind == "zone"
            for reading in each.readings
            if reading is not None
        }
        both = dict.fromkeys(zone for layer in sides.order for zone in sides.documents[layer].zones)
        for zone in both:
            key = differing.get(zone)
            ids: dict[str, str | None] = {sides.names[layer]: None for layer in sides.order if zone in has[layer]}
            place = f"{zone.kind} {zone.start} {zone.end}"
            decided: tuple[Decision, ...] = ()
            taken = True
            if key is not None:
                found = asking.ask(sides.question(key, ["layer"]))
                if found is None:
                    continue
                decided, taken = (found,), zone in has[asking.layer(found)]
            if taken:
                kept.append(zone)
            self._trails.append(
                Trail(type="zone", id=None, place=place, ids=ids, decisions=decided, left_out=not taken)
            )
        return kept

    def _place(self, place: Unit) -> None:
        """The spans of a place that are in the outcome."""
        sides = self._sides
        layer = min(place)
        found = sides.of(["missing", "label", "boundaries"], layer, place[layer].id)
        if not found:
            self._keep(place, place, [])
            return
        key, difference = found[0]
        options: list[How] = ["layer"]
        if difference.kind == "label":
            options.append("both")
        if difference.kind != "missing":
            options.append("neither")
        options.append("own")
        given = self._asking.given(key)
        own = _span_of(given.value, self._sides.text, place) if given is not None and given.how == "own" else None
        usable = given is None or given.how != "own" or own is not None
        question = sides.question(key, options, place[layer].label, place)
        decision = self._asking.ask(question, usable=usable)
        if decision is None:
            return
        kept: list[Span] = []
        if decision.how == "own" and own is not None:
            kept = [own]
        elif decision.how == "both":
            kept = [place[one] for one in sides.order]
        elif decision.how == "layer" and self._asking.layer(decision) in place:
            kept = [place[self._asking.layer(decision)]]
        for span in kept:
            alike = {one: at for one, at in place.items() if at.label == span.label}
            chosen = {one: at for one, at in alike.items() if (at.start, at.end) == (span.start, span.end)}
            self._keep(alike, chosen, [decision], span)
        if not kept:
            ids = {sides.names[one]: span.id for one, span in place.items()}
            name = place_name(place[layer])
            self._trails.append(Trail(type="span", id=None, place=name, ids=ids, decisions=(decision,), left_out=True))

    def _keep(
        self, sources: Unit, chosen: Mapping[int, Span], decisions: list[Decision], span: Span | None = None
    ) -> None:
        span = span or sources[min(sources)]
        kept = Kept(
            id=self.numbered({layer: each.id for layer, each in sources.items()}, "s"),
            label=span.label,
            start=span.start,
            end=span.end,
            sources=dict(sources),
            chosen=chosen,
            decisions=decisions,
            lost=[],
            attributes={},
        )
        self._kept.append(kept)
        for layer, each in sources.items():
            self._became[layer][each.id or ""] = kept

    def _attributes(self, kept: Kept) -> None:
        """What is said of a span: as the layers agree, or as was decided; what is open is left out."""
        sides = self._sides
        first = next(layer for layer in sides.order if layer in kept.sources)
        layer = min(kept.sources)
        differing = {each.field: key for key, each in sides.of(["attribute"], layer, kept.sources[layer].id)}
        known = {attribute.name: attribute for attribute in sides.schema.labels[kept.label].attributes}
        names = dict.fromkeys(
            name for one in sides.order if one in kept.sources for name in kept.sources[one].attributes
        )
        for name in names:
            attribute = known.get(name)
            values = {one: self._mapped(one, span, name, attribute) for one, span in kept.sources.items()}
            key = differing.get(name)
            # References to what became one span, or is in the outcome for neither, differ no more.
            same = attribute is not None and attribute.compare == "spans" and _same_ends(values)
            if key is None or attribute is None or same:
                source = kept.sources[first]
                if name in source.attributes:
                    kept.attributes[name] = values[first][0]
                    kept.lost += values[first][1]
                continue
            self._decide(kept, attribute, key, values)

    def _decide(
        self, kept: Kept, attribute: Attribute, key: str, values: Mapping[int, tuple[Value, list[str]]]
    ) -> None:
        listed = attribute.compare == "spans"
        options: list[How] = ["layer", "both", "neither", "own"] if listed else ["layer", "own"]
        if not listed and self._asking.nullable(kept.label, attribute.name):
            options.insert(1, "neither")
        given = self._asking.given(key)
        own: Any = None
        usable = True
        if given is not None and given.how == "own":
            own = given.value
            if listed:
                own = self.named(given.value)
                usable = own is not None
        question = self._sides.question(key, options, kept.label, kept.sources)
        decision = self._asking.ask(question, usable=usable)
        if decision is None:
            return
        kept.decisions = [*kept.decisions, decision]
        if decision.how == "layer":
            kept.attributes[attribute.name], lost = values[self._asking.layer(decision)]
            kept.lost += lost
        elif decision.how == "both":
            ends = [end for one in self._sides.order for end in values[one][0] or ()]  # type: ignore[union-attr]
            kept.attributes[attribute.name] = tuple(dict.fromkeys(str(end) for end in ends))
        elif decision.how == "neither":
            kept.attributes[attribute.name] = () if listed else None
        else:
            kept.attributes[attribute.name] = tuple(own) if isinstance(own, list) else own

    def named(self, places: Any) -> list[str] | None:
        """The ids of spans of the outcome that are named by label and place; None where one is not there."""
        there = {f"{kept.label} {kept.start} {kept.end}": kept.id for kept in self._kept}
        if not isinstance(places, list) or any(place not in there for place in places):
            return None
        return [there[place] for place in places]

    def _mapped(self, layer: int, span: Span, name: str, attribute: Attribute | None) -> tuple[Value, list[str]]:
        """A value with the references of the outcome, and what it lost."""
        value = span.attributes.get(name)
        if attribute is None or attribute.compare != "spans" or not isinstance(value, tuple):
            return value, []
        ends = [(one, self.reference(layer, one)) for one in value]
        return tuple(dict.fromkeys(end for _, end in ends if end is not None)), [
            f"{name} {one}" for one, end in ends if end is None
        ]

    def _trail(self, kept: Kept) -> Trail:
        return Trail(
            type="span",
            id=kept.id,
            place=f"{kept.label} {kept.start} {kept.end}",
            ids={
                self._sides.names[layer]: kept.chosen[layer].id for layer in self._sides.order if layer in kept.chosen
            },
            decisions=tuple(kept.decisions),
            lost=tuple(kept.lost),
        )


def _zone(value: Mapping[str, Any]) -> Zone:
    return Zone(kind=value["zone"], start=value["start"], end=value["end"])


def _same_ends(values: Mapping[int, tuple[Value, list[str]]]) -> bool:
    ends = [set(value) if isinstance(value, tuple) else value for value, _ in values.values()]
    return all(each == ends[0] for each in ends)


def _span_of(value: Any, text: str, place: Unit) -> Span | None:
    """The span of an own decision; None where it is none, or has a label of which nothing is known at the place."""
    if not isinstance(value, Mapping):
        return None
    label, start, end = value.get("label"), value.get("start"), value.get("end")
    if label not in {span.label for span in place.values()} or not isinstance(start, int) or not isinstance(end, int):
        return None
    return Span(label=str(label), start=start, end=end) if 0 <= start < end <= len(text) else None
