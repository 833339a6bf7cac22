"""Clauses that are put into what a cue says and hold what another says: "…, which Chile denies"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import SUBJECTS, has_subject
from .vocabulary import STANCE_OF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

_PRONOUNS = frozenset(("which", "whom", "whose"))
_CONTRASTING = ("while", "whereas", "although", "though", "whilst")


def without_asides(cue: Token, tokens: Sequence[Token], root: Token | None) -> list[Token]:
    """The words of a content without the clauses in which another source judges a part of it, or differs from it."""
    apart = {word.i for verb in tokens if verb != root and _is_against(verb, cue) for word in verb.subtree}
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


def _is_against(verb: Token, cue: Token) -> bool:
    """Whether another takes a position of his own beside what is said: "…, while Peru denies it"."""
    if verb.pos_ != "VERB" or verb.lemma_ not in STANCE_OF or verb == cue or not has_subject(verb):
        return False
    if cue.i in {token.i for token in verb.subtree}:
        return False
    if verb.dep_ == "advcl":
        return any(child.dep_ == "mark" and child.lower_ in _CONTRASTING for child in verb.children)
    before = verb.doc[max(verb.sent.start, verb.left_edge.i - 1) : verb.left_edge.i + 1]
    return verb.dep_ == "conj" and any(word.lower_ in ("but", "yet", "while") for word in before)
