"""What somebody calls a thing, with the name in front: "Guesswork is how the general styled the count"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import source_phrases, sources
from .cue_type import Cue
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_STYLING = words(
    "style characterise characterize describe call term label brand portray depict sum put view see regard define "
    "dub rate paint present judge treat class categorise categorize dismiss express phrase frame"
)
_HOW = words("how thus what way so")
_DID = words("did does do has had have")
_BACK = 9
_MARKS = (":", "–", "—", ";", ",", "”", '"')


def styled(verb: Token) -> Cue | None:
    """The cue of a verb of naming behind *how*, *thus* or *the way* with its source between."""
    if verb.lemma_.lower() not in _STYLING or verb.i - verb.sent.start < 2:
        return None
    opening = max(verb.sent.start, verb.i - _BACK)
    place = next((i for i in range(verb.i - 1, opening - 1, -1) if verb.doc[i].lower_ in _HOW), None)
    if place is None:
        return None
    start = place + 1
    if verb.doc[place].lower_ in ("thus", "so"):
        if verb.doc[start].lower_ in _DID:
            start += 1
        elif place == verb.sent.start or verb.doc[place - 1].text not in _MARKS:
            return None
    elif not (place > verb.sent.start and verb.doc[place - 1].lower_ in ("is", "was", "that’s", "that's", "the", "'s")):
        return None
    source, end = source_phrases.phrase(verb.doc, start, verb.i)
    while end < verb.i and verb.doc[end].pos_ in ("AUX", "ADV"):
        end += 1
    if source is None or end != verb.i:
        return None
    return Cue(verb.i, verb.i + 1, verb, "assertion", False, sources.joined(source))


def front(cue: Token) -> list[Token]:
    """The words in front of *how* or *thus*, which say what somebody calls a thing; and those behind a colon."""
    found = styled(cue)
    if found is None:
        return []
    place = next(i for i in range(cue.i - 1, cue.sent.start - 1, -1) if cue.doc[i].lower_ in _HOW)
    colon = next((token.i for token in cue.sent if token.i > cue.i and token.text == ":"), cue.sent.end)
    return [*cue.doc[cue.sent.start : place], *cue.doc[colon : cue.sent.end]]
