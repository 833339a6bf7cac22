"""Where the outcomes of several systems over an article are about one thing."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from .errors import Outcome, reading_order, shared_characters


class Place(msgspec.Struct, frozen=True):
    """The outcomes of one or several systems that belong together, a tuple a system."""

    doc: str
    start: int
    end: int
    sides: tuple[tuple[Outcome, ...], ...]

    @property
    def wrong(self) -> tuple[bool, ...]:
        """For each system, whether it errs here."""
        return tuple(any(outcome.wrong for outcome in side) for side in self.sides)


def places(sides: Sequence[Sequence[Outcome]]) -> list[Place]:
    """The outcomes of several systems over one article, joined where they are about the same thing.

    Outcomes belong together that share a gold span, and spurious predictions of two systems that have the same label
    and share a character. Each outcome is in one place.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    nodes = [(side, outcome) for side, listed in enumerate(sides) for outcome in listed]
    first_of: dict[int, int] = {}
    edges: list[tuple[int, int]] = []
    extra: list[int] = []
    for node, (_, outcome) in enumerate(nodes):
        edges += [(first_of.setdefault(position, node), node) for position in outcome.positions]
        if outcome.kind == "spurious":
            edges += [(other, node) for other in extra if _same_spurious(nodes[other], nodes[node])]
            extra.append(node)
    if not nodes:
        return []
    ends = np.array(edges, dtype=np.int64).reshape(-1, 2).T
    graph = coo_array((np.ones(len(edges)), (ends[0], ends[1])), shape=(len(nodes), len(nodes)))
    _, group_of = connected_components(graph, directed=False)
    groups: dict[int, list[tuple[int, Outcome]]] = {}
    for group, held_by in zip(group_of.tolist(), nodes, strict=True):
        groups.setdefault(group, []).append(held_by)
    found = [
        Place(
            held[0][1].doc,
            min(outcome.start for _, outcome in held),
            max(outcome.end for _, outcome in held),
            tuple(tuple(outcome for at, outcome in held if at == side) for side in range(len(sides))),
        )
        for held in groups.values()
    ]
    return sorted(found, key=lambda place: min(reading_order(outcome) for side in place.sides for outcome in side))


def _same_spurious(one: tuple[int, Outcome], other: tuple[int, Outcome]) -> bool:
    (here, ours), (there, theirs) = one, other
    return (
        here != there and ours.labels == theirs.labels and shared_characters(ours.predicted[0], theirs.predicted[0]) > 0
    )
