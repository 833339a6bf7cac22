"""The phrase of a noun: its words, whether it is of a person or an office, and the full names of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import mentions, sources, states
from .source_words import OFFICES, PEOPLE, TITLES

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan


def is_human(head: Token) -> bool:
    lemma = head.lemma_.lower()
    return lemma in OFFICES or lemma in PEOPLE or sources.is_human(lemma)


def is_official(word: Token) -> bool:
    return word.lemma_.lower() in OFFICES or word.lower_ in OFFICES or word.lower_ in ("generals", "forces")


def phrase(head: Token) -> list[Token]:
    """The words of a noun's phrase, appositions with it, without relative clauses."""
    top = head
    while top.dep_ in ("appos", "compound") and top.head.i != top.i and top.head.pos_ in ("NOUN", "PROPN"):
        top = top.head
    left_out = {
        token.i
        for part in top.subtree
        if part.dep_ in ("relcl", "acl", "advcl", "conj", "ccomp") and part != top
        for token in part.subtree
    }
    return [token for token in top.subtree if token.i not in left_out]


def lowered(span: TokenSpan) -> str:
    """The words of a description, without the capital of a sentence."""
    text: str = " ".join(span.text.split()).replace("’", "'").replace("\u00ad", "")
    first = span[0]
    if first.is_sent_start and len(text) > 1 and first.text.istitle() and states.of(span.doc).code(first.text) is None:
        return text[:1].lower() + text[1:]
    return text


def full_names(parsed: Doc) -> dict[str, str]:
    """By its last word the first full name of a text."""
    found: dict[str, str] = {}
    for token in parsed:
        if token.pos_ == "PROPN" and token.dep_ != "compound":
            span = mentions.extent(token)
            if span is not None and len(span) > 1 and all(word.text[:1].isupper() for word in span):
                found.setdefault(span[-1].text.title(), " ".join(span.text.split()))
    for name in parsed.ents:
        if name.label_ == "PERSON" and len(name) > 1 and not any(word.is_space for word in name):
            words = [word for word in name if word.lower_ not in TITLES and word.tag_ != "POS"]
            if len(words) > 1:
                found.setdefault(words[-1].text.title(), " ".join(word.text for word in words))
    return found


def is_subject(head: Token) -> bool:
    return head.dep_ in sources.SUBJECTS or (head.dep_ in ("conj", "appos") and head.head.dep_ in sources.SUBJECTS)
