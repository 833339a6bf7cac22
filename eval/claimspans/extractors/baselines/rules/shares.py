"""Where a clause tells of several deals at once: "rifles to Peru and tanks to Oman"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from .event_links import links
from .named_parties import is_given_a_number, named_by, shifted

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .identity import Identities

_JOINTS = frozenset((",", ";", "and", "or", "but", "then"))


def shares(word: Token, who: Identities) -> list[range]:
    """The stretches behind the word of an event that name a party by the same preposition; one where none is shared."""
    whole = range(word.sent.start, word.sent.end)
    objects = [noun for child in word.children if child.dep_ == "dobj" for noun in (child, *child.conjuncts)]
    given = [noun.left_edge.i for noun in objects if shifted(noun, who) or is_given_a_number(noun)]
    if len(given) > 1 or (given and any(child.dep_ == "dative" for child in word.children)):
        cuts = given[1:] if len(given) == len(objects) else given
        return [range(start, end) for start, end in pairwise([whole.start, *cuts, whole.stop])]
    named = {link.i: link.lower_ for link in links(word) if link.i > word.i and named_by(link, word, who)}
    repeated = [place for place, preposition in named.items() if list(named.values()).count(preposition) > 1]
    if not repeated:
        return [whole]
    preposition = named[repeated[0]]
    places = sorted(place for place in repeated if named[place] == preposition)
    cuts = [
        cut
        for first, second in pairwise(places)
        if (cut := next((token.i for token in word.doc[first:second] if token.lower_ in _JOINTS), None)) is not None
    ]
    if len(cuts) < len(places) - 1:
        return [whole]
    return [range(start, end) for start, end in pairwise([whole.start, *cuts, whole.stop])]
