"""The zones of the outcome."""

from __future__ import annotations

from collections.abc import Iterator

from ...data.records import Span, Zone
from .asking import Asking
from .question import How
from .trail import Trail


def merged_zones(asking: Asking) -> Iterator[tuple[Zone | None, Trail]]:
    """Each zone of the outcome, or None for one that was left out, with where it comes from."""
    sides = asking.sides
    differing = {
        Zone(kind=reading.value["zone"], start=reading.value["start"], end=reading.value["end"]): key
        for key, each in sides.keys.items()
        if each.kind == "zone"
        for reading in each.readings
        if reading is not None
    }
    for place in sides.zones:
        zone: Zone | None = place[min(place)]
        key = differing.get(place[min(place)])
        decisions = []
        if key is not None:
            options: list[How] = ["layer", "neither"]
            at = {layer: Span(label=one.kind, start=one.start, end=one.end) for layer, one in place.items()}
            answer = asking.ask(sides.question(key, options, at=at))
            if answer is None:
                continue
            decisions.append(answer[0])
            zone = place.get(asking.layer(answer[0])) if answer[0].how == "layer" else None
        shown = zone or place[min(place)]
        has = [layer for layer in sides.order if layer in place and zone in (None, place[layer])]
        yield (
            zone,
            Trail(
                type="zone",
                id=None,
                place=f"{shown.kind} {shown.start} {shown.end}",
                ids={sides.names[layer]: None for layer in has},
                decisions=tuple(decisions),
                left_out=zone is None,
            ),
        )
