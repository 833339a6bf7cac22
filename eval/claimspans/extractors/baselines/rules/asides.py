"""Relative clauses that are put into what a cue says and hold what another says of it: "…, which Chile denies"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import SUBJECTS
from .vocabulary import STANCE_OF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

_PRONOUNS = frozenset(("which", "whom", "whose"))


def without_asides(cue: Token, tokens: Sequence[Token]) -> list[Token]:
    """The words of a content without the clauses behind a comma in which another source judges a part of it."""
    apart: set[int] = set()
    for token in tokens:
        if token.dep_ != "relcl" or token.lemma_ not in STANCE_OF or token.i < cue.i:
            continue
        clause = list(token.subtree)
        first = clause[0]
        subject = next((child for child in token.children if child.dep_ in SUBJECTS), None)
        opened = first.i > cue.i and first.nbor(-1).text == ","
        if opened and subject is not None and subject.lower_ in ("which", "who") and first == subject:
            ends = clause[-1].i + 2 >= cue.sent.end
            apart |= set() if ends else {word.i for word in clause}
        elif opened and subject is not None and subject.lower_ not in _PRONOUNS and subject.pos_ != "PRON":
            named = any(word.lower_ in _PRONOUNS for word in clause[:3])
            apart |= {word.i for word in clause} if named else set()
    return [token for token in tokens if token.i not in apart]
