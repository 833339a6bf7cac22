"""Disagreements on claims: those that a layer lacks, and slots that are filled otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ...data.records import Claim, Span
from ...scoring.claims import Slot, pair_claims, slots
from .article import Article, plain
from .record import Difference, Reading

# The fields of a claim in the order of the record, and the role under which `slots` has them. What a claim says of
# other claims is no slot.
_ROLES = {
    "event": "event",
    "status": "status",
    "stance": "stance",
    "certainty": "certainty",
    "cue": "cue",
    "holders": "holder",
    "via": "via",
    "supplier": "supplier",
    "recipient": "recipient",
    "user": "user",
    "parties": "party",
    "cargo": "cargo",
    "when": "when",
}
_CLAIMS = ("target", "same_as")


def claim_differences(article: Article) -> Iterator[Difference]:
    """Claims that a layer lacks, and a difference for each field that layers fill otherwise."""
    filled = [
        [slots(claim, article.names[layer]) for claim in document.claims]
        for layer, document in enumerate(article.documents)
    ]
    groups = claim_groups(filled)
    numbers: list[dict[str | None, int]] = [{} for _ in article.documents]
    for number, group in enumerate(groups):
        for layer, position in group.items():
            numbers[layer][article.documents[layer].claims[position].id] = number
    for group in groups:
        claims = {layer: article.documents[layer].claims[position] for layer, position in group.items()}
        first = min(claims)
        at = _anchor(article, first, claims[first])
        shown = _claim_words(article, first, claims[first])
        if len(claims) < len(article.layers):
            yield article.difference(
                at, "claim", shown, {layer: _claim_reading(article, layer, claim) for layer, claim in claims.items()}
            )
        for field in (*_ROLES, *_CLAIMS):
            said: list[Counter[Slot] | int | str | None]
            if field in _CLAIMS:
                said = [_numbered(numbers[layer], getattr(claim, field)) for layer, claim in claims.items()]
            else:
                said = [_of_role(filled[layer][position], _ROLES[field]) for layer, position in group.items()]
            if any(each != said[0] for each in said):
                readings = {layer: _field_reading(article, layer, claim, field) for layer, claim in claims.items()}
                yield article.difference(at, "slot", shown, readings, field)


def claim_groups(filled: Sequence[Sequence[Counter[Slot]]]) -> list[dict[int, int]]:
    """The claims of one article grouped, by the position of the layer and in it: one layer after the other is paired
    with the first claim of each group, and what is left begins groups of its own.
    """
    groups: list[dict[int, int]] = []
    for layer, claims in enumerate(filled):
        heads = [filled[min(group)][group[min(group)]] for group in groups]
        pairs = pair_claims(heads, claims)
        for row, column in pairs:
            groups[row][layer] = column
        taken = {column for _, column in pairs}
        groups += [{layer: column} for column in range(len(claims)) if column not in taken]
    return groups


def _numbered(numbers: Mapping[str | None, int], reference: str | None) -> int | str | None:
    return None if reference is None else numbers.get(reference, reference)


def _of_role(filled: Counter[Slot], role: str) -> Counter[Slot]:
    return Counter({slot: count for slot, count in filled.items() if slot[0] == role})


def _anchor(article: Article, layer: int, claim: Claim) -> Span | None:
    named = [claim.cue, *claim.holders]
    named += [reference for row in claim.cargo for reference in (row.item, row.quantity)]
    spans = article.spans[layer]
    return next((spans[reference] for reference in (*named, *claim.when) if reference in spans), None)


def _claim_words(article: Article, layer: int, claim: Claim) -> str:
    at = _anchor(article, layer, claim)
    return f"claim {claim.event}" + ("" if at is None else f" {article.quote(at)}")


def _claim_reading(article: Article, layer: int, claim: Claim) -> Reading:
    fields = {field: _field_reading(article, layer, claim, field).words for field in (*_ROLES, *_CLAIMS)}
    words = "; ".join(f"{field} {words}" for field, words in fields.items() if words not in ("null", "none"))
    value = {key: value for key, value in _json(claim).items() if key not in ("id", "score")}
    return Reading(id=claim.id, value=value, words=words)


def _field_reading(article: Article, layer: int, claim: Claim, field: str) -> Reading:
    value = _json(getattr(claim, field))
    if field in _CLAIMS:
        named = (each for each in article.documents[layer].claims if each.id == value and value is not None)
        words = next((f"{_claim_words(article, layer, each)} {value}" for each in named), plain(value))
    elif field == "cue":
        words = "null" if value is None else article.quotes(layer, [value])
    elif field in ("holders", "via", "when"):
        words = article.quotes(layer, value)
    elif field == "cargo":
        words = "; ".join(_cargo_words(article, layer, row) for row in value) or "none"
    elif isinstance(value, list):
        words = ", ".join(value) or "none"
    else:
        words = plain(value)
    return Reading(id=claim.id, value=value, words=words)


def _json(value: Any) -> Any:
    """As a reader of the record's JSON gets it, lists where we have tuples."""
    return msgspec.json.decode(msgspec.json.encode(value))


def _cargo_words(article: Article, layer: int, row: Mapping[str, str | None]) -> str:
    parts = [f"{name} {article.quotes(layer, [row[name] or ''])}" for name in ("quantity", "item") if row[name]]
    return " ".join([*parts, *([f"({row['relation']})"] if row["relation"] else [])])
