"""What a cue is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .negation import is_negated

if TYPE_CHECKING:
    from spacy.tokens import Token


class Cue(NamedTuple):
    """A cue by the places of its first token and of the one behind its last; ``negated`` where it commits to nothing.

    ``token`` is the word itself, ``stance`` that of its kind, before its content is read.
    """

    start: int
    end: int
    token: Token
    stance: str
    negated: bool
    speakers: list[Token]

    @property
    def unsaid(self) -> bool:
        """Whether somebody is said not to have taken the position: "says the firm never claimed that …"."""
        return not self.negated and is_negated(self.token)
