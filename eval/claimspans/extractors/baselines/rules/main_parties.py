"""Between whom the arms of an article go: parties that single sentences leave out, by what the others say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from ....data.records import Claim, Span

LONG = 600
"""From so many characters on a text is an article, which speaks of one trade throughout."""


def completed(claims: Sequence[Claim], spans: Iterable[Span]) -> list[Claim]:
    """The claims with the parties of the article's main trade where they agree with those that they name."""
    supplier, recipient = _main(claims, spans)
    other = {supplier: recipient, recipient: supplier}
    return [_filled(claim, supplier, recipient, other) for claim in claims]


def _main(claims: Sequence[Claim], spans: Iterable[Span]) -> tuple[str | None, str | None]:
    """Who is oftenest said to send, or to have made what is sent, and who oftenest to receive it."""
    transfers = [claim for claim in claims if claim.event == "transfer"]
    pairs = Counter((claim.supplier, claim.recipient) for claim in transfers if claim.supplier and claim.recipient)
    if pairs:
        return pairs.most_common(1)[0][0]
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
