"""Claims of two sides aligned one to one by the slots that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from .counts import Counts
from .records import Claim

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


def claim_counts(
    gold: Sequence[Claim], predicted: Sequence[Claim], stands_for: Mapping[str, str]
) -> tuple[Counts, Counts]:
    """Counts of one article: of whole claims, and of slots.

    Claims are paired so that the pairs share the most slots, then most are whole; a pair shares at least one slot.
    A whole claim is correct where event, parties, holders, stance and cargo are the same.
    """
    from scipy.optimize import linear_sum_assignment

    # By content, so that the order of the claims decides nothing; of equal pairings the one with more whole claims.
    ours = sorted((slots(claim) for claim in gold), key=lambda filled: sorted(filled.elements()))
    theirs = sorted((slots(claim, stands_for) for claim in predicted), key=lambda filled: sorted(filled.elements()))
    size = (len(ours), len(theirs))
    shared = np.array([[(one & other).total() for other in theirs] for one in ours], dtype=np.int64).reshape(size)
    same = np.array([[_whole(one) == _whole(other) for other in theirs] for one in ours], dtype=np.bool_).reshape(size)
    rows, columns = linear_sum_assignment(shared * (min(size) + 1) + (same & (shared > 0)), maximize=True)
    pairs = [(row, column) for row, column in zip(rows.tolist(), columns.tolist(), strict=True) if shared[row, column]]
    whole = sum(bool(same[pair]) for pair in pairs)
    wrong = len(pairs) - whole
    common = sum(int(shared[pair]) for pair in pairs)
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


def _whole(filled: Counter[Slot]) -> Counter[Slot]:
    return Counter({slot: count for slot, count in filled.items() if slot[0] in _WHOLE})
