"""The spans of the outcome: which there are, then what is said of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from ...data.records import Span, Value
from ...data.schema import Attribute
from ..side_by_side import Unit
from .asking import Asking
from .question import Decision, How, place_name
from .trail import Trail

Mapped = tuple[Value, list[str]]
"""A value with the references of the outcome, and what it lost."""


class _Kept(msgspec.Struct, kw_only=True):
    """A span of the outcome in the making.

    ``sources`` are the spans at its place with its label, by layer, and ``ids`` those of the ones that are where it is.
    """

    span: Span
    sources: Unit
    ids: dict[str, str | None]
    decisions: list[Decision]
    lost: list[str]


class Spans:
    """Built once for an article; ``merged`` are its spans as far as they are decided."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._sides = asking.sides
        first = self._sides.documents[self._sides.first]
        self._reserved = {span.id for span in first.spans} | {claim.id for claim in first.claims}
        self._kept: list[_Kept] = []
        self._left_out: list[Trail] = []
        # Which span of the outcome one of a layer has become.
        self._became: list[dict[str | None, str | None]] = [{}, {}]
        for place in self._sides.places:
            self._place(place)
        # Of spans in one place, as in the first layer.
        lines = {span.id: number for number, span in enumerate(first.spans)}
        self._kept.sort(key=lambda kept: (*kept.span.order, lines.get(kept.span.id, len(lines))))
        asking.phase = 1
        for kept in self._kept:
            self._attributes(kept)

    @property
    def merged(self) -> tuple[Span, ...]:
        return tuple(kept.span for kept in self._kept)

    @property
    def trails(self) -> list[Trail]:
        return self._left_out + [
            Trail(
                type="span",
                id=kept.span.id,
                place=place_name(kept.span),
                ids=kept.ids,
                decisions=tuple(kept.decisions),
                lost=tuple(kept.lost),
            )
            for kept in self._kept
        ]

    def reference(self, layer: int, ident: str) -> str | None:
        """The id in the outcome of a span that a layer names; None where it is not in the outcome."""
        return self._became[layer].get(ident)

    def named(self, places: Any) -> list[str] | None:
        """The ids of spans of the outcome that are named by label and place; None where one is not there."""
        there = {place_name(kept.span): str(kept.span.id) for kept in self._kept}
        if not isinstance(places, list) or any(place not in there for place in places):
            return None
        return [there[place] for place in places]

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

    def _place(self, place: Unit) -> None:
        """The spans of a place that are in the outcome."""
        sides, asking = self._sides, self._asking
        layer = min(place)
        found = sides.of(["missing", "label", "boundaries"], layer, place[layer].id)
        if not found:
            self._keep(place[layer], place, [])
            return
        key, difference = found[0]
        options: list[How] = ["layer", "own"]
        if difference.kind == "label":
            options.insert(1, "both")
        if difference.kind != "missing":
            options.insert(-1, "neither")
        question = sides.question(key, options, place[layer].label, place)
        answer = asking.ask(question, lambda value: _own_span(value, sides.text, place))
        if answer is None:
            return
        decision, own = answer
        kept: list[Span] = []
        if decision.how == "own":
            kept = [own]
        elif decision.how == "both":
            kept = [place[one] for one in sides.order]
        elif decision.how == "layer" and asking.layer(decision) in place:
            kept = [place[asking.layer(decision)]]
        for span in kept:
            self._keep(span, {one: at for one, at in place.items() if at.label == span.label}, [decision])
        gone = {one: at for one, at in place.items() if at.label not in {span.label for span in kept}}
        if gone:
            ids = {sides.names[one]: gone[one].id for one in sides.order if one in gone}
            name = place_name(gone[min(gone)])
            self._left_out.append(
                Trail(type="span", id=None, place=name, ids=ids, decisions=(decision,), left_out=True)
            )

    def _keep(self, span: Span, sources: Unit, decisions: list[Decision]) -> None:
        sides = self._sides
        ident = self.numbered({layer: each.id for layer, each in sources.items()}, "s")
        ids = {
            sides.names[one]: sources[one].id
            for one in sides.order
            if one in sources and sources[one].order == span.order
        }
        made = Span(id=ident, label=span.label, start=span.start, end=span.end, text=sides.text[span.start : span.end])
        self._kept.append(_Kept(span=made, sources=sources, ids=ids, decisions=decisions, lost=[]))
        for layer, each in sources.items():
            self._became[layer][each.id] = ident

    def _attributes(self, kept: _Kept) -> None:
        """What is said of a span: as the layers agree, or as was decided; what is open is left out."""
        sides, sources = self._sides, kept.sources
        first = next(layer for layer in sides.order if layer in sources)
        layer = min(sources)
        differing = {each.field: key for key, each in sides.of(["attribute"], layer, sources[layer].id)}
        known = {attribute.name: attribute for attribute in sides.schema.labels[kept.span.label].attributes}
        said: dict[str, Value] = {}
        for name in dict.fromkeys(name for one in sides.order if one in sources for name in sources[one].attributes):
            values = {
                one: self._mapped(one, known[name], span.attributes[name])
                for one, span in sources.items()
                if name in span.attributes
            }
            key = differing.get(name)
            # References to what became one span, or is in the outcome for neither, differ no more.
            if key is not None and not (known[name].compare == "spans" and _same_ends(values, len(sources))):
                found = self._decided(kept, known[name], key, values)
            else:
                # One that belongs to a value of another stands only in the layer that has this value.
                found = values.get(first if known[name].only_for is None else min(values))
                if found is not None and not all(lost for _, lost in values.values()):
                    found = found[0], []
            if found is not None:
                said[name] = found[0]
                kept.lost += found[1]
        said = {name: each for name, each in said.items() if known[name].only_for in (None, *said.items())}
        kept.span = msgspec.structs.replace(kept.span, attributes=said)

    def _decided(self, kept: _Kept, attribute: Attribute, key: str, values: Mapping[int, Mapped]) -> Mapped | None:
        """What was decided of an attribute on which the layers differ; None where it is open, or is not to be there."""
        asking = self._asking
        listed = attribute.compare == "spans"
        options: list[How] = ["layer", "own"]
        if listed:
            options[1:1] = ["both", "neither"]
        elif asking.nullable(kept.span.label, attribute.name):
            options.insert(1, "neither")
        question = self._sides.question(key, options, kept.span.label, kept.sources)
        answer = asking.ask(question, self._named if listed else lambda value: (value,))
        if answer is None:
            return None
        decision, own = answer
        kept.decisions = [*kept.decisions, decision]
        if decision.how == "layer":
            return values.get(asking.layer(decision))
        if decision.how == "both":
            ends = [end for one in self._sides.order for end in values[one][0] or ()]  # type: ignore[union-attr]
            return tuple(dict.fromkeys(str(end) for end in ends)), []
        if decision.how == "neither":
            return () if listed else None, []
        return own, []

    def _named(self, places: Any) -> tuple[Any] | None:
        found = self.named(places)
        return None if found is None else (tuple(found),)

    def _mapped(self, layer: int, attribute: Attribute, value: Value) -> Mapped:
        if attribute.compare != "spans" or not isinstance(value, tuple):
            return value, []
        ends = [(one, self.reference(layer, one)) for one in value]
        return tuple(dict.fromkeys(end for _, end in ends if end is not None)), [
            f"{attribute.name} {one}" for one, end in ends if end is None
        ]


def _same_ends(values: Mapping[int, Mapped], layers: int) -> bool:
    ends = [set(value) if isinstance(value, tuple) else value for value, _ in values.values()]
    return len(ends) == layers and all(each == ends[0] for each in ends)


def _own_span(value: Any, text: str, place: Unit) -> tuple[Span] | None:
    """The span of an own decision; None where it is none, or has a label of which nothing is known at the place."""
    if not isinstance(value, Mapping):
        return None
    label, start, end = value.get("label"), value.get("start"), value.get("end")
    if label not in {span.label for span in place.values()} or not isinstance(start, int) or not isinstance(end, int):
        return None
    return (Span(label=str(label), start=start, end=end),) if 0 <= start < end <= len(text) else None
