"""What an event is about: the items and quantities in its clause, and how they belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ....data.records import Cargo, Claim, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PACKAGES = frozenset({"container", "crate", "box", "pallet", "case", "barrel", "consignment", "wagon", "batch", "lot"})
_BETWEEN = re.compile(r"[^.;:!?]{0,60}")


def goods_of(parsed: Doc, word: Token, spans: Sequence[Span]) -> list[Span]:
    """The spans in the clause of an event: what it governs, and what its relative clause belongs to."""
    head = word
    own = {token.i for token in word.subtree}
    if word.dep_ in ("relcl", "acl"):
        own |= {token.i for token in word.head.subtree}
    if word.dep_ == "xcomp" and word.head.pos_ == "VERB":
        own |= {
            token.i for child in word.head.children if child.dep_ in ("nsubjpass", "dobj") for token in child.subtree
        }
    if word.pos_ == "NOUN" and word.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj"):
        head = word
    nested = {
        token.i
        for part in head.subtree
        if part != head and part.dep_ in ("ccomp", "advcl", "relcl", "conj") and part.pos_ == "VERB"
        for token in part.subtree
    }
    held = []
    for span in spans:
        tokens = parsed.char_span(span.start, span.end, alignment_mode="expand")
        if tokens is not None and tokens.root.i in own - nested:
            held.append(span)
    return held


def good(span: Span) -> str:
    """The head of an item, or the value of a quantity, by which two mentions are held to be of one thing."""
    value = span.attributes.get("value")
    return str(value) if span.label == "QUANTITY" else (span.text or "").lower().rpartition(" ")[2].removesuffix("s")


def one_cargo(claim: Claim, other: Claim, goods: Mapping[str, str]) -> bool:
    """Whether the cargo of two claims may be the same: one may say less, but not another item or number."""
    first, second = (
        (
            {goods.get(row.item) for row in one.cargo if row.item},
            {goods.get(row.quantity) for row in one.cargo if row.quantity},
        )
        for one in (claim, other)
    )
    return all(
        not own or not theirs or own <= theirs or theirs <= own for own, theirs in zip(first, second, strict=True)
    )


def cargo_of(text: str, items: Sequence[Span], quantities: Sequence[Span]) -> Iterator[Cargo]:
    """Each item with the last quantity before it, if no other sentence part stands between; then other quantities."""
    used = set()
    for item in items:
        before = [quantity for quantity in quantities if quantity.end <= item.start]
        nearest = max(before, key=lambda quantity: quantity.end, default=None)
        if nearest is not None and _BETWEEN.fullmatch(text, nearest.end, item.start):
            used.add(nearest.id)
            yield Cargo(item=item.id, quantity=nearest.id, relation=_relation(nearest))
        else:
            yield Cargo(item=item.id)
    for quantity in quantities:
        if quantity.id not in used and quantity.attributes.get("measure") != "amount":
            yield Cargo(quantity=quantity.id)


def _relation(quantity: Span) -> str | None:
    if quantity.attributes.get("measure") == "capacity":
        return "could_hold"
    if quantity.attributes.get("measure") == "ratio":
        return None
    unit = str(quantity.attributes.get("unit"))
    return "contains" if unit in _PACKAGES or unit.endswith("load") else "counts"
