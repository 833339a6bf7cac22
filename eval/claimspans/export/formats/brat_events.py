"""Claims as events of brat: a trigger, the spans that take part by their role, and what else is said as attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...data.records import Claim, Span, claim_record
from .task import json_line

ROLES = ("Holder", "Via", "Item", "Quantity", "When", "Target", "Same_as")
ATTRIBUTES = ("status", "stance", "certainty")


def event_lines(
    claims: Sequence[Claim], spans: Sequence[Span], names: Mapping[str, str], bounds: Mapping[str, str], first: int
) -> Iterator[str]:
    """The lines of an article's claims.

    ``names`` are brat's ids of spans by ours, ``bounds`` their places as brat writes them, ``first`` is the number of
    the first trigger. A trigger is the cue; of a claim without one, its first other span, and a claim without any span
    is left out. What has no place in an event, such as supplier and recipient, stands in its note as JSON.
    """
    order = {span.id: number for number, span in enumerate(spans)}
    placed = [claim for claim in claims if trigger(claim, order) is not None]
    events = {claim.id: f"E{number}" for number, claim in enumerate(placed, 1)}
    attributes = 0
    for number, claim in enumerate(placed, 1):
        place = trigger(claim, order)
        if place is None:
            continue
        yield f"T{first + number - 1}\t{claim.event} {bounds[place]}"
        arguments = "".join(f" {role}:{target}" for role, target in _numbered(_arguments(claim, names, events)))
        yield f"E{number}\t{claim.event}:T{first + number - 1}{arguments}"
        for name in ATTRIBUTES:
            value = getattr(claim, name)
            if value is not None:
                attributes += 1
                yield f"A9{attributes:04}\t{name}_of_claim E{number} {value}"
        rest = {key: value for key, value in claim_record("", claim).items() if key in _NOTED and value}
        if rest:
            yield f"#9{number:04}\tAnnotatorNotes E{number}\t{json_line(rest)}"


_NOTED = ("id", "supplier", "recipient", "user", "parties", "cargo")


def trigger(claim: Claim, order: Mapping[str | None, int]) -> str | None:
    """The span that stands for the claim: its cue, else the first of its other spans in reading order."""
    named = [reference for _, reference, kind in claim.references() if kind != "claim" and reference in order]
    if claim.cue in order:
        return claim.cue
    return min(named, key=lambda reference: order[reference], default=None)


def _arguments(claim: Claim, names: Mapping[str, str], events: Mapping[str | None, str]) -> Iterator[tuple[str, str]]:
    roles = {"holders": "Holder", "via": "Via", "item": "Item", "quantity": "Quantity", "when": "When"}
    named = ((field.rpartition(".")[2], reference, kind) for field, reference, kind in claim.references())
    for field, reference, kind in dict.fromkeys(named):
        if kind == "claim" and reference in events:
            yield field.capitalize(), events[reference]
        elif field in roles and reference in names:
            yield roles[field], names[reference]


def _numbered(arguments: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """A second argument of one role has a number behind its name, as in brat."""
    seen: dict[str, int] = {}
    for role, target in arguments:
        seen[role] = seen.get(role, 0) + 1
        yield (role if seen[role] == 1 else f"{role}{seen[role]}"), target
