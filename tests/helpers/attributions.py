"""The attributions that the rules read in a sentence of no corpus."""

from __future__ import annotations

from claimspans import Document
from claimspans.data.records import Claim
from claimspans.extractors.baselines import rules

Cues = list[tuple[str | None, object, list[str | None]]]


def read(text: str) -> Document:
    """The text with what the rules find."""
    (document,) = rules.extract([Document(doc="x", text=text)])
    return document


def cues(text: str) -> Cues:
    """The words of each stance, which it is, and the words of its speakers."""
    document = read(text)
    words = {span.id: span.text for span in document.spans}
    return [
        (span.text, span.attributes["stance"], [words[each] for each in span.attributes["speakers"]])  # type: ignore[union-attr]
        for span in document.spans
        if span.label == "STANCE"
    ]


def cargo_words(document: Document, claim: Claim) -> list[tuple[str | None, str | None]]:
    """The words of each item and quantity of a claim's cargo."""
    said = {span.id: span.text for span in document.spans}
    return [(said.get(row.item or ""), said.get(row.quantity or "")) for row in claim.cargo]
