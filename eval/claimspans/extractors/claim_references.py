"""What the claims of an answer refer to: spans that were rejected, ids that nothing has, and things of another kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from ..data.records import Claim, Span

_TO_SPANS = ("cue", "holders", "via", "cargo", "when")


def without_lost(data: Mapping[str, Any], lost: Collection[str]) -> dict[str, Any]:
    """A claim without what refers to spans that were rejected, by their ids: they have been counted."""
    if not lost:
        return dict(data)

    def kept(value: Any) -> Any:
        if isinstance(value, str):
            return None if value in lost else value
        if isinstance(value, list | tuple):
            return [each for each in map(kept, value) if each is not None]
        if isinstance(value, Mapping):
            return {key: kept(inner) for key, inner in value.items()}
        return value

    found = {key: kept(value) if key in _TO_SPANS else value for key, value in data.items()}
    if isinstance(found.get("cargo"), list) and found["cargo"] != list(data["cargo"]):
        found["cargo"] = [row for row in map(_without_relation, found["cargo"]) if row]
    return found


def _without_relation(row: Any) -> Any:
    """A row of a claim's cargo that has lost a part: nothing is left to relate, or nothing at all."""
    if not isinstance(row, dict) or (row.get("item") is not None and row.get("quantity") is not None):
        return row
    return {**row, "relation": None} if row.get("item") or row.get("quantity") else None


def resolved(
    claims: Sequence[Claim], spans: Sequence[Span], *, any_label: bool
) -> tuple[tuple[Claim, ...], list[tuple[str, str]]]:
    """The claims whose references all name something, and of the others the kind of problem and its detail.

    Unless ``any_label``, what is named must have the label that its field asks for.
    """
    kinds = {span.id: span.label for span in spans} | {claim.id: "claim" for claim in claims}
    kept, wrong = [], []
    for claim in claims:
        for field, reference, kind in claim.references():
            if reference not in kinds or (not any_label and kinds[reference] != kind):
                reason = "ref-unknown" if reference not in kinds else "ref-kind"
                wrong.append((reason, f"{field} names “{reference}”"))
                break
        else:
            kept.append(claim)
    if wrong:
        # What names a claim that is gone names nothing.
        left = {claim.id for claim in kept}
        kept = [
            msgspec.structs.replace(
                claim,
                target=claim.target if claim.target in left else None,
                same_as=claim.same_as if claim.same_as in left else None,
            )
            for claim in kept
        ]
    return tuple(kept), wrong
