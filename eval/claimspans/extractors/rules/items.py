"""ITEM by head noun: the words before it that say what kind, without determiner and nationality."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...records import Span
from .lexicon import CATEGORY_OF, COUNTRY_OF, EVENT_NOUNS, NOT_IN_ITEM

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

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
        start, origin = _start(token)
        span = parsed[start : token.i + 1]
        if "production" in span.text and category == "ML":
            category = "ML18"
        yield Span(
            label="ITEM",
            start=span.start_char,
            end=span.end_char,
            id=f"i{span.start_char}",
            text=span.text,
            attributes={"category": category, "origin": origin},
        )


def _start(head: Token) -> tuple[int, str | None]:
    """The index of the item's first token, and the country of a modifier beside it.

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
    beside = parsed[max(0, start - 3) : start].text.lower().replace("’s", "").replace("'s", "").split()
    for size in (2, 1):
        name = " ".join(beside[-size:])
        if len(beside) >= size and name in COUNTRY_OF:
            return start, COUNTRY_OF[name]
    return start, None
