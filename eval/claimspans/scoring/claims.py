"""Claims of two sides aligned one to one by the slots that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from ..data.records import Claim
from .counts import Counts

Slot = tuple[str, str]
"""A role and what fills it: ``("supplier", "KP")``, ``("holder", "s3")``."""


def slots(claim: Claim, stands_for: Mapping[str, str] | None = None) -> Counter[Slot]:
    """The filled slots of a claim: a null or an empty list fills none.

    With ``stands_for``, ids of spans are replaced by those of the gold spans that the alignment pairs them with; a
    span without a partner keeps an id that no gold span has.
    """

    def name(reference: str) -> str:
        return reference if stands_for is None else stands_for.get(reference, f"unmatched {reference}")

    filled: list[tuple[str, str | None]] = [
        ("event", claim.event),
        ("status", claim.status),
        ("stance", claim.stance),
        ("certainty", claim.certainty),
        ("cue", None if claim.cue is None else name(claim.cue)),
        ("supplier", claim.supplier),
        ("recipient", claim.recipient),
        ("user", claim.user),
    ]
    filled += [("holder", name(reference)) for reference in claim.holders]
    filled += [("via", name(reference)) for reference in claim.via]
    filled += [("party", party) for party in claim.parties]
    filled += [("when", name(reference)) for reference in claim.when]
    for row in claim.cargo:
        item, quantity = (None if reference is None else name(reference) for reference in (row.item, row.quantity))
        filled.append(("cargo", f"{item} {quantity} {row.relation}"))
    return Counter((role, filler) for role, filler in filled if filler is not None)


_WHOLE = frozenset({"event", "supplier", "recipient", "user", "party", "holder", "stance", "cargo"})


def pair_claims(ours: Sequence[Counter[Slot]], theirs: Sequence[Counter[Slot]]) -> list[tuple[int, int]]:
    """The positions of claims paired one to one, given their slots.

    The pairs share the most slots, and of all such pairings as many as possible are the same as wholes, so that
    neither the order of the claims nor which side is first changes a figure. A pair shares at least one slot.
    """
    from scipy.optimize import linear_sum_assignment

    shape = (len(ours), len(theirs))
    own, others = ([_numbered(one) for one in side] for side in (ours, theirs))
    shared = np.array([[len(one & other) for other in others] for one in own], dtype=np.int64).reshape(shape)
    own, others = ([_numbered(whole_slots(one)) for one in side] for side in (ours, theirs))
    same = np.array([[one == other for other in others] for one in own], dtype=np.int64).reshape(shape)
    most = min(shape) + 1
    weights = (shared * most + (same & (shared > 0))) * most + (shared > 0)
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [(row, column) for row, column in zip(rows.tolist(), columns.tolist(), strict=True) if shared[row, column]]


def _numbered(filled: Counter[Slot]) -> frozenset[tuple[Slot, int]]:
    """The slots with a number for each of equal ones: what two share is counted much sooner so."""
    return frozenset((slot, number) for slot, count in filled.items() for number in range(count))


def claim_counts(
    gold: Sequence[Claim], predicted: Sequence[Claim], stands_for: Mapping[str, str]
) -> tuple[Counts, Counts]:
    """Counts of one article: of whole claims, and of slots.

    A whole claim is correct where event, parties, holders, stance and cargo are the same.
    """
    ours = [slots(claim) for claim in gold]
    theirs = [slots(claim, stands_for) for claim in predicted]
    pairs = pair_claims(ours, theirs)
    whole = sum(whole_slots(ours[row]) == whole_slots(theirs[column]) for row, column in pairs)
    wrong = len(pairs) - whole
    common = sum((ours[row] & theirs[column]).total() for row, column in pairs)
    return (
        Counts(
            COR=whole,
            INC=wrong,
            MIS=len(ours) - len(pairs),
            SPU=len(theirs) - len(pairs),
            ACT_COR=whole,
            ACT_INC=wrong,
        ),
        Counts(
            COR=common,
            MIS=sum(one.total() for one in ours) - common,
            SPU=sum(one.total() for one in theirs) - common,
            ACT_COR=common,
        ),
    )


def whole_slots(filled: Counter[Slot]) -> Counter[Slot]:
    """The slots that make a whole claim: event, parties, holders, stance and cargo."""
    return Counter({slot: count for slot, count in filled.items() if slot[0] in _WHOLE})
