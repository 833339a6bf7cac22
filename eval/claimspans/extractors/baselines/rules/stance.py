"""The stance and certainty of a cue: of its kind, its polarity and its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .content import Content, certainty
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .quiet_cues import Cue

_OWN = frozenset(("i", "we", "it", "they", "he", "she"))
_HANDING_OVER = words(
    "sell send ship supply deliver provide transfer give lend export fire use launch drop buy receive "
    "import shell bomb lose arm hit shoot deploy store hold"
)


def stance_of(cue: Cue, words: Content) -> tuple[str, str]:
    """Stance and certainty of a cue, whose content is that of no inner cue."""
    stance = _stance(cue, words)
    return stance, certainty(cue.token, stance, words)


def _stance(cue: Cue, words: Content) -> str:
    if cue.negated:
        return "evasion"
    if cue.stance == "dispute":
        return "denial" if cue.token.lemma_ == "dismiss" and words.says("denial") else "dispute"
    if cue.stance == "confirmation" and words.says("concern") and cue.token.lemma_ == "admit":
        return "concern"
    if (
        cue.stance == "denial"
        and cue.token.lemma_ in ("reject", "refuse")
        and any(
            child.dep_ == "dobj"
            and child.lemma_ in ("offer", "proposal", "request", "demand", "call", "invitation", "plan")
            for child in cue.token.children
        )
    ):
        return "commitment"
    agreed = cue.token.lemma_ == "agree" and any(child.dep_ == "ccomp" for child in cue.token.children)
    if cue.stance != "assertion" and not agreed:
        return cue.stance
    return _by_content(words)


def _by_content(words: Content) -> str:
    """The first that fits of the table's order: evasion, denial, dispute, confirmation, condemnation, concern."""
    if words.says("evasion"):
        return "evasion"
    if words.says("dispute"):
        return "dispute"
    if words.negated or words.says("denial"):
        return "denial"
    root = words.root
    if root is not None and _own_subject(root) and _past_act(root):
        return "confirmation"
    for stance in ("condemnation", "concern"):
        if words.says(stance):
            return stance
    return "commitment" if root is not None and _own_subject(root) and _will(root) else "assertion"


def _own_subject(root: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ in _OWN for child in root.children)


def _will(root: Token) -> bool:
    return any(
        child.dep_ == "aux" and child.lower_ in ("will", "'ll", "’ll", "would", "shall") for child in root.children
    )


def _past_act(root: Token) -> bool:
    first = any(child.dep_ == "nsubj" and child.lower_ in ("we", "i", "it") for child in root.children)
    return root.lemma_ in _HANDING_OVER and not _will(root) and first
