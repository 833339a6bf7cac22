"""Sources that an aside parts from their verb of saying: "the mayor of Kest, Ana Lund, who is 54, added, …"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .. import source_phrases, sources, states
from ..clauses import SUBJECTS
from ..phrases import is_human
from ..quotative_edges import OPENING, PARTING
from ..source_words import OFFICES
from ..verb_forms import BASES, LEMMA_OF
from ..word_lists import words
from .trees import FINITE, hang, take_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

_MOST = 4
"""So many phrases between marks may stand before a verb and belong to its source."""
_LINKS = (*source_phrases.LINKS, "in", "on")
_ASIDES = ("WP", "WDT", "WP$", "VBG", "VBN", "IN", "CD", "RB")
"""What opens an aside that is no other name of the source."""
_SAYING_WHICH = words("who whose with familiar")


class _Part(NamedTuple):
    """A phrase between two marks, and the head of the source that it names, if it names one."""

    start: int
    end: int
    head: Token | None
    """None of an aside."""
    narrowed: bool
    """Whether a clause says which one: "a woman who lives near the depot"."""


def mend(parsed: Doc) -> None:
    """Each verb of saying gets the source that stands before it and before an aside."""
    for verb in parsed:
        known = verb.lower_ in LEMMA_OF or verb.lemma_ in BASES
        if known and (verb.tag_ in FINITE or verb.tag_ == "VBN") and verb.i > verb.sent.start:
            found = _sources(verb)
            if found:
                _make_subject(found, verb)


def _sources(verb: Token) -> list[Token]:
    """The heads of the phrases that name the source of a verb, the name first."""
    parsed, end = verb.doc, verb.i
    while end - 1 > verb.sent.start and (parsed[end - 1].pos_ in ("AUX", "ADV") or parsed[end - 1].dep_ == "neg"):
        end -= 1
    if parsed[end - 1].text not in PARTING:
        part = _part(verb, end)
        return [part.head] if part is not None and part.narrowed and part.head is not None else []
    found: list[Token] = []
    count = 0
    for part in _parts(verb, end - 1):
        if part.head is not None and not _fits(part.head, found):
            break
        count += 1
        found += [part.head] if part.head is not None else []
        if len(found) > 1 and any(map(_is_name, found)):
            break
    found.sort(key=lambda head: (not _is_name(head), head.i))
    return found if count > 1 else []


def _parts(verb: Token, end: int) -> Iterator[_Part]:
    """The phrases between marks before a place, the last first."""
    for _ in range(_MOST):
        part = _part(verb, end)
        if part is None:
            return
        yield part
        end = part.start - 1
        if end <= verb.sent.start or verb.doc[end].text not in PARTING:
            return


def _part(verb: Token, end: int) -> _Part | None:
    """The phrase between the last mark and a place before a verb."""
    parsed = verb.doc
    start = end
    while start > verb.sent.start and parsed[start - 1].text not in OPENING and not parsed[start - 1].is_space:
        start -= 1
    if start == end:
        return None
    first = start
    if parsed[first].lower_ == "as" or (parsed[first].pos_ == "CCONJ" and first == verb.sent.start):
        first += 1
    head, behind = source_phrases.phrase(parsed, first, end, _LINKS)
    if head is not None and behind == end and parsed[first].tag_ not in ("CD", "IN"):
        return _Part(start, end, head, narrowed=False)
    if head is not None and behind + 1 < end and _narrows(parsed[behind], end):
        return _Part(start, end, head, narrowed=True)
    return _Part(start, end, None, narrowed=False) if parsed[start].tag_ in _ASIDES else None


def _narrows(word: Token, end: int) -> bool:
    """Whether a word opens what says which source is meant, up to a place."""
    if word.lower_ not in _SAYING_WHICH:
        return word.tag_ in ("VBG", "VBN")
    clause = word.doc[word.i + 1 : end]
    own = clause[0].tag_ in FINITE or clause[0].pos_ in ("AUX", "ADV")
    return (own or word.lower_ != "who") and clause[-1].tag_ not in ("CC", "IN", "MD", "PRP$")


def _fits(head: Token, found: list[Token]) -> bool:
    """Whether a phrase may name the same source as those behind it."""
    if not found:
        return True
    last, known = found[-1], states.of(head.doc)
    if _is_name(head) == _is_name(last):
        return not _is_name(head) and last.left_edge.lower_ != "the"
    name, role = (head, last) if _is_name(head) else (last, head)
    place = known.is_state(name.text) or known.is_seat(name.text)
    return not (place and is_human(role))


def _is_name(head: Token) -> bool:
    return head.pos_ == "PROPN" and head.lower_ not in OFFICES


def _is_left(subject: Token, source: Token, verb: Token) -> bool:
    """Whether a verb keeps its subject: the source, one of whom it is said, or a noun that stands right before it."""
    opened = subject.left_edge.i > verb.sent.start and subject.doc[subject.left_edge.i - 1].pos_ != "ADP"
    near = subject.right_edge.i + 1 == verb.i and opened and subject.i > source.i and not subject.right_edge.is_punct
    return subject == source or near or (subject.is_ancestor(source) and sources.can_speak(subject))


def _make_subject(found: list[Token], verb: Token) -> None:
    """Make the first of the heads of a source the subject of a verb, and the others its appositions."""
    source = found[0]
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
    if any(_is_left(subject, source, verb) for subject in subjects):
        if subjects[0] in found[1:]:
            source.head, source.dep_ = subjects[0], "appos"
        return
    if source.is_ancestor(verb):
        take_place(verb, source)
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    source.head, source.dep_ = verb, "nsubjpass" if passive else "nsubj"
    link = source.doc[max(verb.sent.start, source.left_edge.i - 1)]
    if link.lower_ == "as":
        link.head, link.dep_, verb.dep_ = verb, "mark", "advcl"
    for other in found[1:]:
        if not other.is_ancestor(source):
            other.head, other.dep_ = source, "appos"
    clause = next((child for child in verb.children if child.dep_ == "ccomp"), None)
    others = [subject for subject in subjects if subject not in found]
    if clause is not None and not any(child.dep_ in SUBJECTS for child in clause.children):
        hang(others, clause)
    for other in others:
        other.dep_ = other.dep_ if other.head == clause else "dep"
    if verb.tag_ == "VBN" and not any(child.dep_ in ("aux", "auxpass") for child in verb.children):
        verb.tag_ = "VBD"
