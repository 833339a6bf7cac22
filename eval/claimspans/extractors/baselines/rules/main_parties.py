"""Between whom the arms of an article go: parties that single sentences leave out, by what the others say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from ....data.records import Claim, Span

LONG = 600
"""From so many characters on a text is an article, which speaks of one trade throughout."""
_UNSPECIFIED = ("ML", "ML3-4")


def completed(claims: Sequence[Claim], spans: Iterable[Span]) -> list[Claim]:
    """The claims with the parties of the article's main trade where they agree with those that they name."""
    spans = list(spans)
    supplier, recipient = _main(claims, spans)
    other = {supplier: recipient, recipient: supplier}
    kinds = {span.id: str(span.attributes.get("category")) for span in spans if span.label == "ITEM" and span.id}
    traded = {
        kind
        for claim in claims
        if (claim.supplier, claim.recipient) == (supplier, recipient)
        for kind in _kinds(claim, kinds)
    }
    return [
        claim if _is_of_else(claim, kinds, traded) else _filled(claim, supplier, recipient, other) for claim in claims
    ]


def _kinds(claim: Claim, kinds: Mapping[str, str]) -> set[str]:
    return {kinds[row.item] for row in claim.cargo if row.item and row.item in kinds}


def _is_of_else(claim: Claim, kinds: Mapping[str, str], traded: set[str]) -> bool:
    """Whether a claim is of goods of another kind than those that are traded."""
    own = _kinds(claim, kinds)
    return bool(own and traded) and not own & traded and not (own | traded) & {*_UNSPECIFIED}


def _main(claims: Sequence[Claim], spans: Iterable[Span]) -> tuple[str | None, str | None]:
    """Who is oftenest said to send, or to have made what is sent, and who oftenest to receive it."""
    transfers = [claim for claim in claims if claim.event == "transfer"]
    pairs = Counter((claim.supplier, claim.recipient) for claim in transfers if claim.supplier and claim.recipient)
    if pairs:
        pair, count = pairs.most_common(1)[0]
        return pair if count > 1 or len(pairs) == 1 else (None, None)
    received = Counter(claim.recipient for claim in transfers if claim.recipient)
    recipient = received.most_common(1)[0][0] if received else None
    origins = (str(span.attributes.get("origin")) for span in spans if span.attributes.get("origin"))
    sent = Counter(claim.supplier for claim in transfers if claim.supplier) + Counter(origins)
    del sent[recipient]
    return (sent.most_common(1)[0][0] if sent else None), recipient


def _filled(claim: Claim, supplier: str | None, recipient: str | None, other: dict[str | None, str | None]) -> Claim:
    if claim.event == "use":
        return msgspec.structs.replace(claim, user=claim.user or recipient)
    if claim.event != "transfer":
        return claim
    if claim.supplier is None and claim.recipient is None:
        return msgspec.structs.replace(claim, supplier=supplier, recipient=recipient)
    if claim.supplier is None:
        return msgspec.structs.replace(claim, supplier=other.get(claim.recipient))
    if claim.recipient is None:
        return msgspec.structs.replace(claim, recipient=other.get(claim.supplier))
    return claim
