"""The phrase of a noun: its words, whether it is of a person or an office, and the full names of a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import kinds, mentions, quotatives, sources, states
from .postmodifiers import OCCASIONS
from .source_words import OFFICES, PEOPLE, TITLES
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan


_WHERE = ("in", "with", "on", "near", "inside", "aboard", "behind", "across", "around", "outside")
_SOME = words("some many several few most")
_KNOWING = words("expert authority specialist adviser advisor lecturer consultant")


def is_human(head: Token) -> bool:
    return is_person(head.lemma_.lower())


def is_official(word: Token) -> bool:
    if word.lemma_.lower() == "master":
        return word.i > 0 and word.nbor(-1).lower_ in ("harbour", "harbor", "port")
    return word.lemma_.lower() in OFFICES or word.lower_ in OFFICES or word.lower_ in ("generals", "forces")


def phrase(head: Token) -> list[Token]:
    """The words of a noun's phrase, appositions with it, without relative clauses."""
    if head.dep_ == "compound" and head.head.i in quotatives.of(head.doc):
        return [token for token in head.head.subtree if token.i <= head.i]  # the verb, read as the last noun
    top = head
    while top.dep_ in ("appos", "compound") and top.head.i != top.i and top.head.pos_ in ("NOUN", "PROPN"):
        top = top.head
    left_out = {
        token.i
        for part in top.subtree
        if (part.dep_ in ("relcl", "acl", "advcl", "conj", "ccomp") and part != top and not _is_of_firm(part))
        or (part.dep_ == "prep" and part.i < part.head.i)
        for token in part.subtree
    }
    return [token for token in top.subtree if token.i not in left_out]


def _is_of_firm(part: Token) -> bool:
    """Whether the sign of firms joins a word to the one before: "Quay & Co"."""
    return part.i > 0 and part.nbor(-1).text == "&"


def lowered(span: TokenSpan) -> str:
    """The words of a description, without the capital of a sentence."""
    text: str = " ".join(span.text.split()).replace("’", "'").replace("\u00ad", "")
    first = span[0]
    known = states.of(span.doc)
    named = known.code(first.text) is not None or known.is_seat(span[:2].text)
    if first.is_sent_start and len(text) > 1 and first.text.istitle() and not named:
        return text[:1].lower() + text[1:]
    return text


def where(span: TokenSpan) -> str:
    """The phrase with *in*, *with* or *on* that says which one, behind a description that ends before it."""
    link = span.doc[span.end] if span.end < len(span.doc) else None
    if link is None or link.lower_ not in _WHERE:
        return ""
    verb = span.root.head
    inverted = link.head == verb and verb.i in quotatives.of(span.doc) and verb.i < span.start
    if link.head.i not in range(span.start, span.end) and not inverted:
        return ""
    if link.lower_ == "on" and not _KNOWING & {word.lemma_.lower() for word in span}:
        return ""
    last = link.i
    for token in span.doc[link.i + 1 : link.right_edge.i + 1]:
        if token.is_punct or token.is_space or quotatives.ends_phrase(token):
            break
        if token.dep_ in ("relcl", "acl", "advcl") or token.tag_ == "WDT":
            break
        last = token.i
    found = span.doc[link.i : last + 1]
    dated = any(token.ent_type_ in ("DATE", "TIME") or token.lemma_.lower() in OCCASIONS for token in found)
    return "" if dated or len(found) < 2 else f" {' '.join(found.text.split())}"


def full_names(parsed: Doc) -> dict[str, str]:
    """By its last word the first full name of a text."""
    found: dict[str, str] = {}
    for token in parsed:
        if token.pos_ == "PROPN" and token.dep_ != "compound":
            span = mentions.extent(token)
            if span is None or len(span) < 2 or states.of(parsed).code(span.text) is not None:
                continue
            if all(word.text[:1].isupper() for word in span):
                full = " ".join(span.text.split())
                if "." in found.setdefault(span[-1].text.title(), full)[:3]:
                    found[span[-1].text.title()] = full  # "N. Lund", who is spelt out
    for name in parsed.ents:
        if name.label_ == "PERSON" and len(name) > 1 and not any(word.is_space for word in name):
            parts = [word for word in name if word.lower_ not in TITLES and word.tag_ != "POS"]
            if len(parts) > 1:
                found.setdefault(parts[-1].text.title(), " ".join(word.text for word in parts))
    for first, link, second, last in zip(parsed, parsed[1:], parsed[2:], parsed[3:], strict=False):
        named = all(word.ent_type_ == "PERSON" for word in (first, second, last))
        if named and link.lower_ == "and" and first.ent_iob_ == "B":
            found.setdefault(first.text.title(), f"{first.text} {last.text}")
    return found


def is_subject(head: Token) -> bool:
    return head.dep_ in sources.SUBJECTS or (head.dep_ in ("conj", "appos") and head.head.dep_ in sources.SUBJECTS)


def countrymen(head: Token, text: str) -> str | None:
    """The kind of one or some of a people, who do not stand for their state: "a Talvian", "two Talvians"."""
    known = states.of(head.doc)
    if head.dep_ in ("amod", "compound", "nmod") or not text[:1].isupper() or " " in text:
        return None
    counted = any(child.dep_ in ("nummod", "amod") or child.lower_ in _SOME for child in head.children)
    if counted and text.endswith("s") and known.is_people(text):
        return "group"
    single = any(child.lower_ in ("a", "an", "one", "another") for child in head.children)
    adjective = known.code(text) is not None and not known.is_state(text)
    return "unnamed" if single and (adjective or known.is_people(f"{text}s")) else None


def are_capitals(span: TokenSpan) -> bool:
    """Whether a phrase is written as a name: Ministry of Ports and Shipping, Mun Ye-rak."""
    small = ("ADP", "DET", "CCONJ")
    if span[0].is_sent_start and not any(word.text[:1].isupper() for word in span[1:]):
        return False
    return span[0].text[:1].isupper() and all(
        word.text[:1].isupper() or word.pos_ in small or "-" in (word.text, word.nbor(-1).text) for word in span[1:]
    )


def is_person(lemma: str) -> bool:
    """Whether a noun in the singular names somebody by what he is."""
    return lemma in PEOPLE or lemma in OFFICES or kinds.is_human(lemma)


def are_persons(lemma: str) -> bool:
    """Whether a word that the model leaves in the plural names several persons."""
    return lemma.endswith("s") and is_person(lemma.removesuffix("s"))


def shared_owner(head: Token) -> Token | None:
    """The owner that a noun shares with the one that it is joined to: "its treasurer and two other members"."""
    if head.dep_ != "conj" or any(child.dep_ in ("det", "poss") for child in head.children):
        return None
    first = head.head
    plain = not any(word.dep_ in ("det", "poss") for word in head.doc[first.i + 1 : head.i])
    return next(sources.possessives(first), None) if plain else None


def client_of(agent: str) -> str | None:
    """For whom one acts who is named by it: "the smuggler's lawyer … his client"."""
    named = _ACTING.fullmatch(agent)
    return named[1] if named else None


_ACTING = re.compile(r"(.+?)'s? (?:lawyer|attorney|counsel|barrister|solicitor|advocate|agent|publicist)")
