"""What stands around a verb of saying that punctuation sets apart: marks, adjuncts, and the clause that it credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

OPENING = frozenset((",", "–", "—", "-", '"', "”", "“", "’", "'", "»", "«", ":", ";", "?", "!", "…", "...", "("))
QUOTES = frozenset(('"', "”", "’", "»"))
CLOSING = frozenset((*OPENING, ".", ")"))
_PARTS = ("DET", "ADJ", "NOUN", "PROPN", "NUM")
_PLACING = words(
    "in at on during after before through under over from near outside inside aboard via by to with without behind "
    "between across amid"
)
_SUBORDINATING = words("when after before if while as since because although though once until till unless whereas")
PARTING = (",", "–", "—")
"""What parts an aside from the words around it."""
_LONGEST_ASIDE = 7
_NO_PARTS = words("not to n't so that this what which who there")


def closes(parsed: Doc, place: int) -> bool:
    """Whether an attribution may end before a place."""
    return place >= len(parsed) or parsed[place].text in CLOSING or parsed[place].is_space


def links(word: Token) -> bool:
    """Whether a preposition says which one a source is: "the envoy to Elmaria"."""
    return word.lower_ in ("to", "at", "from", "for") and word.head.pos_ in ("NOUN", "PROPN") and word.i > word.head.i


def only_adjuncts(parsed: Doc, place: int) -> bool:
    """Whether phrases of place, time and manner stand from a place on to the next mark: "in a letter to the king"."""
    if place >= len(parsed) or parsed[place].lower_ not in _PLACING:
        return False
    end = place
    while not closes(parsed, end):
        word = parsed[end]
        if not (is_part(word) or word.pos_ in ("ADP", "PRON", "ADV") or word.lower_ == "to" or word.tag_ == "VBG"):
            return False
        end += 1
    return end - place > 1


def after_clause(parsed: Doc, mark: int, verb: Token) -> bool:
    """Whether what a verb may credit stands before a mark: a main clause, or a quotation."""
    before = parsed[verb.sent.start : max(mark, verb.sent.start)]
    if mark >= 0 and parsed[mark].text in QUOTES:
        return True
    whole = any(word.tag_ in ("VBD", "VBZ", "VBP", "MD") for word in before)
    opens = next((word for word in before if not word.is_punct), None)
    return whole and opens is not None and opens.lower_ not in _SUBORDINATING and opens.tag_ not in ("VBG", "VBN")


def before_clause(parsed: Doc, place: int) -> bool:
    """Whether the clause into which an attribution is put goes on behind the next mark."""
    mark = place
    while not closes(parsed, mark):
        mark += 1
    if mark + 1 >= len(parsed) or parsed[mark].text not in PARTING:
        return False
    rest = parsed[mark + 1 : parsed[place].sent.end]
    opens = rest[0].tag_ in ("WDT", "WP", "CC", "VBG", "VBN", "IN") if len(rest) else True
    return not opens and any(word.tag_ in ("VBD", "VBZ", "VBP", "MD") for word in rest)


def behind_place(parsed: Doc, start: int) -> int:
    """The place behind the phrases of place and time between a verb and its subject: "called from the pier a man"."""
    end = start
    while end + 2 < len(parsed) and parsed[end].lower_ in _PLACING:
        inner = end + 1
        inner += parsed[inner].pos_ == "DET" or parsed[inner].tag_ == "PRP$"
        first = inner
        while inner < len(parsed) and parsed[inner].pos_ in ("NOUN", "ADJ", "NUM", "PROPN"):
            if parsed[inner].pos_ == "PROPN" and inner > first and parsed[inner - 1].pos_ != "PROPN":
                break
            inner += 1
            if inner + 1 < len(parsed) and parsed[inner].lower_ == "of":
                inner += 1 + (parsed[inner + 1].pos_ == "DET")
        if inner == first:
            return start
        end = inner
    return end


def behind_dashes(parsed: Doc, place: int) -> int:
    """The place behind an aside between verb and source: "says – of all people – the clerk"."""
    if place + 2 >= len(parsed) or parsed[place].text not in PARTING:
        return place
    near = range(place + 2, min(place + 2 + _LONGEST_ASIDE, len(parsed)))
    end = next((mark + 1 for mark in near if parsed[mark].text == parsed[place].text), place)
    loose = parsed[place].text != "," or parsed[place + 1].pos_ in ("ADP", "ADV", "SCONJ")
    return end if loose else place


def behind_aside(parsed: Doc, place: int) -> int:
    """Where the second of two goes on behind *and* and an aside between commas, or the place itself."""
    if place + 2 >= len(parsed) or parsed[place].lower_ not in ("and", "or") or parsed[place + 1].text not in PARTING:
        return place
    near = range(place + 2, min(place + 2 + _LONGEST_ASIDE, len(parsed)))
    return next((mark + 1 for mark in near if parsed[mark].text == parsed[place + 1].text), place)


def is_part(token: Token) -> bool:
    if token.is_space or token.lower_ in _NO_PARTS:
        return False
    return token.pos_ in _PARTS or token.tag_ in ("PRP", "PRP$", "POS") or token.lower_ in ("of", "-", "for")
