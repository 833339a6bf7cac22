"""The words of what a cue says that another side's cue in it has for its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import has_subject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from .cues import Attribution

_BORNE = ("xcomp", "acl", "pcomp", "prep", "dobj", "attr", "acomp", "conj", "advcl", "oprd", "ccomp", "pobj", "relcl")
_DEPTH = 5


def anothers(outer: Attribution, inner: Iterable[Attribution]) -> set[int]:
    """The places of the words that the cues within a content have, with their sources and negations."""
    inside = outer.content.places
    found: set[int] = set()
    for each in inner:
        held = each.content.places
        if each.cue.negated and each.cue.token.lemma_ in ("evidence", "proof"):
            continue  # what others have no proof of is doubted by who says so
        if each.cue.token.i not in inside or outer.cue.token.i in held or len(held) >= len(inside):
            continue
        found |= held | {token.i for token in _clause(each.cue.token, inside)}
    return found & inside


def _clause(cue: Token, inside: set[int]) -> list[Token]:
    """The words of the clause whose subject takes the position: "made no attempt to deny it"."""
    top = cue
    for _ in range(_DEPTH):
        if has_subject(top) or top.dep_ not in _BORNE or top.head.i not in inside:
            break
        top = top.head
    joined = {
        token.i for child in top.children if child.dep_ == "conj" and has_subject(child) for token in child.subtree
    }
    return [token for token in top.subtree if token.i not in joined]
