"""Clauses that leave the verb of the one before out: "fired rockets at the dam and Peru at the bridge"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import states
from .clauses import is_passive
from .goods import ENTRY_OF
from .named_parties import Names, named_by, way
from .plain_text import one_of
from .roles import Parties

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .identity import Identities

_JOINTS = (",", ";", "and", "but", "while", "whereas")
_LINKS = ("to", "from", "at", "on", "onto", "with", "in", "into", "by", "against", "off", "for")
_LONGEST = 3
"""Of so many words is a state's name at most."""


class Gap(NamedTuple):
    """A clause without a verb: where it stands, and who is in the place of the first one's subject or object."""

    words: range
    party: str
    as_object: bool
    second: str | None = None
    """The party beside the first, who gets the goods: "and Peru Oman mines"."""


def gaps(verb: Token) -> list[Gap]:
    """The clauses behind that of a verb that leave it out."""
    if verb.pos_ != "VERB":
        return []
    sentence = verb.sent
    parsed = verb.doc
    first = next((word.i for word in parsed[verb.i + 1 : sentence.end] if word.lower_ in _JOINTS), sentence.end)
    has_goods = _goods(verb, verb.i + 1, first)
    given = _name(verb, verb.i + 1)
    found: list[Gap] = []
    for joint in parsed[first : sentence.end]:
        start = joint.i + 1
        if joint.lower_ not in _JOINTS or (found and joint.i in found[-1].words):
            continue
        if start < sentence.end and parsed[start].lower_ in _JOINTS:
            start += 1
        named = _name(verb, start)
        end = _end(verb, start)
        if named is None or end is None:
            continue
        code, behind = named
        following = parsed[behind].lower_ if behind < end else ""
        before = {word.lower_ for word in parsed[verb.i + 1 : joint.i]}
        other = _name(verb, behind)
        if following in _LINKS and following in before and (has_goods or is_passive(verb) or given is not None):
            found.append(Gap(range(joint.i, end), code, given is not None and not is_passive(verb)))
        elif other is not None and given is not None and _goods(verb, other[1], end):
            found.append(Gap(range(joint.i, end), code, as_object=False, second=other[0]))
        elif has_goods and given is None and _goods(verb, behind, end) and _is_count_or_good(parsed[behind], end):
            found.append(Gap(range(joint.i, end), code, as_object=False))
    return found


def sides_of(gap: Gap, verb: Token, main: Parties, who: Identities) -> Parties:
    """The parties of a clause without a verb; those that it does not name are those of the first one."""
    named: dict[str, Names] = {}
    for link in verb.doc[gap.words.start : gap.words.stop]:
        kind = way(link, verb) if link.pos_ in ("ADP", "PART") or link.dep_ in ("prep", "dative", "agent") else None
        if kind is not None and (names := named_by(link, verb, who)):
            named[kind] = names
    if gap.as_object or is_passive(verb):
        return main._replace(patients=(gap.party,), goals=(), agents=named.get("agent", main.agents))
    return Parties(
        (gap.party,),
        named.get("source", main.sources),
        (gap.second,) if gap.second else named.get("goal", named.get("place", main.goals)),
        main.patients,
    )


def _name(verb: Token, start: int) -> tuple[str, int] | None:
    """The state whose name begins at a place, and the place behind it."""
    parsed, known = verb.doc, states.of(verb.doc)
    first = start + (start < len(parsed) and parsed[start].lower_ == "the")
    for end in range(min(first + _LONGEST, verb.sent.end), first, -1):
        words = parsed[first:end].text
        code = known.code(words) if known.is_state(words) else None
        owns = end < len(parsed) and parsed[end].tag_ in ("POS", "HYPH")
        if code is not None and words[:1].isupper() and not owns:
            return code, end
    return None


def _end(verb: Token, start: int) -> int | None:
    """Where a clause without a verb ends; none where it has one."""
    for word in verb.doc[start : verb.sent.end]:
        if word.lower_ in _JOINTS or word.text in ".!?”":
            return word.i
        if word.pos_ in ("VERB", "AUX") and word.dep_ != "amod":
            return None
    return verb.sent.end


def _goods(verb: Token, start: int, end: int) -> bool:
    """Whether goods or a number of them stand between two places."""
    return any(_is_count_or_good(word, end) for word in verb.doc[start:end])


def _is_count_or_good(word: Token, end: int) -> bool:
    return word.i < end and (word.like_num or one_of(word.lower_) in ENTRY_OF or word.pos_ in ("ADJ", "NUM"))
