"""The claims of the outcome: which there are, then what happens in them, then the rest of their fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from ...data.checks.structure import schema_problems
from ...data.lines import Line
from ...data.records import Cargo, Claim
from .asking import Asking
from .question import Decision, How
from .spans import Spans
from .trail import Trail

_LISTS = frozenset(name for name, value in msgspec.structs.asdict(Claim(event="")).items() if value == ())
_CLAIMS = frozenset({"target", "same_as"})
_SPANS = frozenset(
    field for field, _, _ in Claim(event="", cue="x", holders=("x",), via=("x",), when=("x",)).references()
)
_FIELDS = tuple(name for name in Claim.__struct_fields__ if name not in ("id", "score"))

Group = Mapping[int, int]
"""The positions of a claim in its layers, by layer."""

Mapped = tuple[Any, list[str]]
"""A value with the references of the outcome, and what it lost."""


class _Made(msgspec.Struct):
    """A claim of the outcome in the making, None once it is left out; ``ids`` are those in the layers that have it."""

    group: dict[int, int]
    ids: dict[int, str | None]
    id: str | None
    place: str
    decisions: list[Decision]
    lost: list[str] = []
    claim: Claim | None = None
    open: bool = False


class Claims:
    """Built once for an article whose spans are decided."""

    def __init__(self, asking: Asking, spans: Spans) -> None:
        self._asking = asking
        self._sides = asking.sides
        self._spans = spans
        self._starts = {span.id: span.start for span in spans.merged}
        self._made: list[_Made] = []
        asking.phase = 2
        for group in self._sides.groups:
            self._which(group)
        self._became: list[dict[str | None, _Made]] = [{}, {}]
        for made in self._made:
            for layer, ident in made.ids.items():
                self._became[layer][ident] = made
        for made in self._made:
            if made.id is not None:
                self._fill(made)

    @property
    def trails(self) -> list[Trail]:
        return [
            Trail(
                type="claim",
                id=made.id,
                place=made.place,
                ids={self._sides.names[layer]: made.ids[layer] for layer in self._sides.order if layer in made.ids},
                decisions=tuple(made.decisions),
                lost=tuple(made.lost),
                left_out=made.id is None,
            )
            for made in self._made
            if not made.open
        ]

    def merged(self) -> list[Claim]:
        """The claims in the order of the first layer, each of the other's before the first that stands behind it."""
        whole = [made for made in self._made if made.claim is not None]
        first = self._sides.first
        ordered = sorted((made for made in whole if first in made.group), key=lambda made: made.group[first])
        for made in sorted((made for made in whole if first not in made.group), key=lambda made: made.group[1 - first]):
            here = self._start(made)
            place = next((at for at, other in enumerate(ordered) if self._start(other) > here), len(ordered))
            ordered.insert(place, made)
        return [made.claim for made in ordered if made.claim is not None]

    def _start(self, made: _Made) -> int:
        claim = made.claim
        named = [] if claim is None else [end for _, end, kind in claim.references() if kind != "claim"]
        return min((self._starts[end] for end in named if end in self._starts), default=-1)

    def _claim(self, group: Group, layer: int) -> Claim:
        return self._sides.documents[layer].claims[group[layer]]

    def _which(self, group: Group) -> None:
        sides, asking = self._sides, self._asking
        layer = min(group)
        claim = self._claim(group, layer)
        ids = {one: self._claim(group, one).id for one in group}
        found = sides.of(["claim"], layer, claim.id)
        decisions: list[Decision] = []
        taken, is_open = True, False
        place = f"claim {claim.event}"
        if found:
            key, difference = found[0]
            place = difference.place
            answer = asking.ask(sides.question(key, ["layer"]))
            if answer is None:
                taken, is_open = False, True
            else:
                decisions.append(answer[0])
                taken = asking.layer(answer[0]) in group
        ident = self._spans.numbered(ids, "c") if taken else None
        self._made.append(_Made(dict(group), ids, ident, place, decisions, open=is_open))

    def _fill(self, made: _Made) -> None:
        sides, asking = self._sides, self._asking
        first = next(layer for layer in sides.order if layer in made.group)
        layer = min(made.group)
        differing = {each.field: key for key, each in sides.of(["slot"], layer, made.ids[layer])}
        fields: dict[str, Any] = {}
        for name in _FIELDS:
            asking.phase = 3 if name == "event" else 4
            values = {one: self._mapped(one, self._claim(made.group, one), name) for one in made.group}
            key = differing.get(name)
            event = fields.get("event")
            if name != "event" and event is not None:
                values = {one: self._fit(event, name, value) for one, value in values.items()}
            said = [_bag(value) for value, _ in values.values()]
            if key is None or all(each == said[0] for each in said):
                fields[name], lost = values[first]
                made.lost += lost if all(lost for _, lost in values.values()) else []
                continue
            if name != "event" and event is None:
                continue  # what it may be hangs on what happens
            value = self._decided(made, name, key, values)
            if value is not None:
                fields[name] = value[0]
        if fields.get("event") is None:
            made.open = True
            return
        made.claim = Claim(id=made.id, **fields)

    def _decided(self, made: _Made, name: str, key: str, values: Mapping[int, Mapped]) -> tuple[Any] | None:
        """The value of a field on which the layers differ; None where it is open."""
        asking = self._asking
        options: list[How] = ["layer"]
        if name in _LISTS:
            options += ["both", "neither"]
        elif name in _CLAIMS or name in _SPANS or asking.nullable(asking.fields.claim or "", name):
            options.append("neither")
        if name not in _CLAIMS:
            options.append("own")
        answer = asking.ask(self._sides.question(key, options), lambda value: self._own(name, value))
        if answer is None:
            return None
        decision, own = answer
        made.decisions.append(decision)
        if decision.how == "layer":
            value, lost = values[asking.layer(decision)]
            made.lost += lost
            return (value,)
        if decision.how == "both":
            return (tuple(dict.fromkeys(end for one in self._sides.order for end in values[one][0])),)
        if decision.how == "neither":
            return ((),) if name in _LISTS else (None,)
        return (own,)

    def _own(self, name: str, value: Any) -> tuple[Any] | None:
        """A value that somebody typed, its spans by their ids in the outcome; None where one is not there."""
        if name == "cargo":
            rows = []
            for row in value if isinstance(value, list) else ():
                ends = {end: self._spans.named([row[end]] if row.get(end) else []) for end in ("item", "quantity")}
                if None in ends.values():
                    return None
                parts = {end: found[0] if found else None for end, found in ends.items()}
                rows.append(Cargo(**parts, relation=row.get("relation")))
            return (tuple(rows),)
        if name not in _SPANS:
            return (tuple(value) if name in _LISTS and isinstance(value, list) else value,)
        ends_of = self._spans.named(value if isinstance(value, list) else [value] if value else [])
        if ends_of is None:
            return None
        return (tuple(ends_of),) if name in _LISTS else (ends_of[0] if ends_of else None,)

    def _fit(self, event: str, name: str, mapped: Mapped) -> Mapped:
        """A value that the schema does not allow with this event is none."""
        value = mapped[0]
        if value in (None, ()) or name in _SPANS or name in _CLAIMS or name == "cargo":
            return mapped
        record = {"type": "claim", "doc": self._sides.doc, "event": event, name: msgspec.to_builtins(value)}
        if not any(schema_problems(Line("", 1, record), record, "predicted_claim", self._sides.schema)):
            return mapped
        return ((), []) if name in _LISTS else (None, [])

    def _mapped(self, layer: int, claim: Claim, name: str) -> Mapped:
        value = getattr(claim, name)
        if value is None or value == ():
            return value, []
        if name == "cargo":
            return self._cargo(layer, value)
        if name in _CLAIMS:
            found = self._became[layer].get(value)
            return (None, [f"{name} {value}"]) if found is None or found.id is None else (found.id, [])
        if name not in _SPANS:
            return value, []
        ends = [(one, self._spans.reference(layer, one)) for one in ([value] if isinstance(value, str) else value)]
        lost = [f"{name} {one}" for one, end in ends if end is None]
        there = tuple(dict.fromkeys(end for _, end in ends if end is not None))
        return (there if name in _LISTS else next(iter(there), None)), lost

    def _cargo(self, layer: int, rows: tuple[Cargo, ...]) -> Mapped:
        kept, lost = [], []
        for row in rows:
            parts = {"item": row.item, "quantity": row.quantity}
            ends = {name: None if one is None else self._spans.reference(layer, one) for name, one in parts.items()}
            lost += [f"{name} {one}" for name, one in parts.items() if one is not None and ends[name] is None]
            if any(ends.values()):
                kept.append(Cargo(**ends, relation=row.relation if all(ends.values()) else None))
        return tuple(dict.fromkeys(kept)) if lost else tuple(kept), lost


def _bag(value: Any) -> Any:
    """A value without an order, as claims are compared."""
    return Counter(value) if isinstance(value, tuple) else value
