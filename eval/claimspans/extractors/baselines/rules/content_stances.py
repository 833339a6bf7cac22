"""The words that a cue is about, and which stances they take: denial, doubt, blame, fear, admission, evasion."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from .attacked import attacked, is_stative
from .content_words import ADMITTED, CONCERNED, CONDEMNED, DENIED, DISPUTED, EVADED
from .judging_words import judges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

_SIDE = ("relcl", "advcl", "acl")
NEGATIONS = frozenset(
    ("nary", "not", "n't", "n’t", "never", "no", "none", "nobody", "nothing", "neither", "nowhere", "nor")
)
_NO_NEGATION = re.compile(
    r"(?:not|n['’]t) (?:only|just|merely|surpris\w+|yet|long|far|least|unlike\w*|without|until|all|every\w*)|"
    r"nothing (?:less|short)|no (?:\w+er than|better|worse|different|longer|more|fewer|less|doubt|matter|later|"
    r"secret|wonder|choice|one but)|"
    r"not (?:less|more|fewer)|nothing (?:new|but)",
    re.IGNORECASE,
)
_WORDS = {
    "evasion": re.compile(rf"\b(?:{EVADED})\b", re.IGNORECASE),
    "confirmation": re.compile(rf"\b(?:{ADMITTED})\b", re.IGNORECASE),
    "denial": re.compile(rf"\b(?:{DENIED})\b", re.IGNORECASE),
    "dispute": re.compile(rf"\b(?:{DISPUTED})\b", re.IGNORECASE),
    "condemnation": re.compile(rf"\b(?:{CONDEMNED})\b", re.IGNORECASE),
    "concern": re.compile(rf"\b(?:{CONCERNED})\b", re.IGNORECASE),
}
_IDIOMS = ("evasion", "confirmation", "dispute", "concern")


class Content:
    """The words that a cue is about, in reading order."""

    def __init__(self, tokens: Sequence[Token], root: Token | None) -> None:
        self.tokens = [token for _, token in sorted({token.i: token for token in tokens}.items())]
        self.root = root
        self.places = {token.i for token in self.tokens}
        self._spelt = _spelt(self.tokens)
        self.text = "".join(spelt for _, spelt in self._spelt)

    def without(self, places: set[int]) -> Content:
        """The content less the words at some places of its text."""
        return Content([token for token in self.tokens if token.i not in places], self.root)

    @property
    def negated(self) -> bool:
        """Whether a main clause of it is negated, and not as one does who attacks the evidence or withholds."""
        return any(attacked(token) is None for token in self.negations)

    @property
    def negations(self) -> list[Token]:
        """The words that negate an event in a main clause of it, not those in idioms of doubt, admission or evasion."""
        idioms = [(match.start(), match.end()) for kind in _IDIOMS for match in _WORDS[kind].finditer(self.text)]
        found = []
        place = 0
        for token, spelt in self._spelt:
            start, place = place, place + len(spelt)
            if token.lower_ not in NEGATIONS or is_stative(token) or _aside(token, self.places, self.root):
                continue
            if any(first <= start < last for first, last in idioms):
                continue
            if token.doc[max(0, token.i - 2) : token.i].text.lower() in ("were it", "had it"):
                continue
            if not _NO_NEGATION.match(token.doc[token.i : token.i + 3].text):
                found.append(token)
        return found

    @property
    def halfway(self) -> bool:
        """Whether it negates a word of denial or doubt, and has no other: "it is not untrue"."""
        text = self.text
        hedged = [_hedged(text, match) for kind in ("denial", "dispute") for match in _WORDS[kind].finditer(text)]
        return bool(hedged) and all(hedged)

    @property
    def main(self) -> str:
        """Its words without those of side clauses."""
        main = [token for token in self.tokens if not _aside(token, self.places, self.root)]
        return "".join(spelt for _, spelt in _spelt(main))

    def says(self, kind: str) -> bool:
        """Whether one of the words of a stance stands in it; a word of denial not within an idiom of another stance."""
        text = self.text
        apart = _IDIOMS if kind == "denial" else ()
        idioms = [(match.start(), match.end()) for other in apart for match in _WORDS[other].finditer(text)]
        return any(
            not _hedged(text, match)
            and not any(first <= match.start() and match.end() <= last for first, last in idioms)
            and self._counts(kind, match)
            for match in _WORDS[kind].finditer(text)
        )

    def _counts(self, kind: str, match: re.Match[str]) -> bool:
        """Whether the words found take the stance where they stand."""
        place = 0
        for token, spelt in self._spelt:
            if place <= match.start() < place + len(spelt):
                return judges(kind, token, match.group())
            place += len(spelt)
        return True


def _spelt(tokens: Sequence[Token]) -> list[tuple[Token, str]]:
    """Words as they are spelt, with a blank where some between them are left out."""
    parted = {before.i for before, token in pairwise(tokens) if token.i > before.i + 1}
    return [(token, f"{token.text} " if token.i in parted else token.text_with_ws) for token in tokens]


def _hedged(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 12) : match.start()].lower()
    return bool(re.search(r"\b(?:not|n['’]t|no|never|hardly) (?:an? )?$", before))


def _aside(token: Token, inside: set[int], root: Token | None) -> bool:
    """Whether a word stands in a side clause of its sentence."""
    current = token
    while current.head != current and current.i in inside and current != root:
        if current.dep_ in _SIDE and current.head.i in inside:
            return True
        if current.dep_ == "ccomp" and any(child.lower_ in ("so", "such", "too") for child in current.head.children):
            return True  # "flew so low that no radar saw them"
        current = current.head
    return False
