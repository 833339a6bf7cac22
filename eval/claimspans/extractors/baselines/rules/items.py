"""ITEM by head noun: the words before it that say what kind, without determiner and nationality."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ....data.records import Span
from .lexicon import CATEGORY_OF, COUNTRY_OF, EVENT_NOUNS, NOT_IN_ITEM

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_UNSPECIFIED = "ML"
_KINDS = ("compound", "amod", "nmod", "npadvmod")


def find(parsed: Doc) -> Iterator[Span]:
    """Nouns of the list that are no modifier of another noun, save of a container, with their premodifiers."""
    for token in parsed:
        category = CATEGORY_OF.get(token.lemma_.lower()) or CATEGORY_OF.get(token.lower_)
        if category is None or token.pos_ not in ("NOUN", "PROPN"):
            continue
        following = parsed[token.i + 1] if token.i + 1 < len(parsed) else None
        if following is not None and following.pos_ in ("NOUN", "PROPN") and following.lemma_ != "container":
            continue
        if token.lower_ in ("arm", "good", "material"):
            continue
        span = parsed[_start(token) : token.i + 1]
        yield Span(
            label="ITEM",
            start=span.start_char,
            end=span.end_char,
            id=f"i{span.start_char}",
            text=span.text,
            attributes=describe(span),
        )


def describe(item: TokenSpan) -> dict[str, str | None]:
    """The attributes of an item: its last word of the list says the category, a country beside it the origin."""
    known = (CATEGORY_OF.get(token.lemma_.lower()) or CATEGORY_OF.get(token.lower_) for token in reversed(item))
    category = next((each for each in known if each is not None), _UNSPECIFIED)
    if "production" in item.text and category == _UNSPECIFIED:
        category = "ML18"
    return {"category": category, "origin": _origin(item.doc, item.start)}


def _start(head: Token) -> int:
    """The index of the item's first token.

    Words are what stands between blanks: "surface-to-air" and "152mm" are one each.
    """
    parsed = head.doc
    start = head.i
    while start > 0 and parsed[start - 1].whitespace_:
        last = parsed[start - 1]
        first = last
        while first.i > 0 and not parsed[first.i - 1].whitespace_ and not parsed[first.i - 1].is_space:
            first = parsed[first.i - 1]
        word = parsed[first.i : last.i + 1]
        kind = len(word) > 1 and (first.is_digit or any(token.text == "-" for token in word))
        kind = kind or (last.dep_ in _KINDS and last.pos_ in ("NOUN", "ADJ", "PROPN", "VERB"))
        if not kind or last.lower_ in NOT_IN_ITEM or last.lemma_ in EVENT_NOUNS or last.lower_ in COUNTRY_OF:
            break
        if word[0].is_punct or last.is_punct or last.ent_type_ in ("CARDINAL", "GPE", "NORP"):
            break
        start = first.i
    return start


def _origin(parsed: Doc, start: int) -> str | None:
    """The country of a modifier beside an item that begins at a token."""
    beside = parsed[max(0, start - 3) : start].text.lower().replace("’s", "").replace("'s", "").split()
    for size in (2, 1):
        name = " ".join(beside[-size:])
        if len(beside) >= size and name in COUNTRY_OF:
            return COUNTRY_OF[name]
    return None
