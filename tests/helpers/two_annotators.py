"""An article as two annotators have it, so that they differ in every way in which layers can."""

from __future__ import annotations

from typing import Any

from claimspans import Cargo, Claim, Document, Span, Zone

TEXT = "On Sept. 4 Kyiv said it saw missiles. Moscow denied it.\nNobody | else spoke."


def at(words: str, label: str, ident: str, **attributes: Any) -> Span:
    start = TEXT.index(words)
    return Span(label=label, start=start, end=start + len(words), id=ident, text=words, attributes=attributes)


ANN = Document(
    doc="7",
    text=TEXT,
    spans=(
        at("Kyiv", "SPEAKER", "s1", relay=False),
        at("said", "STANCE", "s2", stance="assertion", speakers=("s1",)),
        at("missiles", "ITEM", "s3", category="ML4"),
        at("Moscow", "SPEAKER", "s4", relay=False),
        at("denied", "STANCE", "s5", stance="denial", speakers=("s4",)),
    ),
    claims=(
        Claim(id="c1", event="use", user="RU", cue="s2", holders=("s1",), cargo=(Cargo(item="s3"),)),
        Claim(id="c2", event="use", user="RU", stance="denial", cue="s5", holders=("s4",), same_as="c1"),
    ),
)
BOB = Document(
    doc="7",
    text=TEXT,
    spans=(
        at("Sept. 4", "DATE", "s1", edtf="2024-09-04"),
        at("Kyiv", "SPEAKER", "s2", relay=True),
        at("said", "STANCE", "s3", stance="assertion", speakers=("s2",)),
        at("saw missiles", "ITEM", "s4", category="ML4"),
        at("Moscow", "ITEM", "s5", category="ML4"),
        at("denied", "STANCE", "s6", stance="denial", speakers=("s2",)),
    ),
    claims=(Claim(id="c1", event="transfer", supplier="KP", cue="s3", holders=("s2",), cargo=(Cargo(item="s4"),)),),
    zones=(Zone(kind="boilerplate", start=TEXT.index("Nobody"), end=len(TEXT)),),
)
