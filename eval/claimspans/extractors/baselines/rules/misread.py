"""Verbs of saying that the parser takes for nouns, read by the words around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import parts, quotatives, sources
from .cue_type import Cue
from .source_words import KIND_OF
from .vocabulary import CLAUSE_VERBS, STANCE_OF
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_PHRASE = ("DET", "ADJ", "NOUN", "PROPN", "ADP", "NUM", "ADV")
_BEFORE = (*_PHRASE, "PART", "PRON")
_OPENING = frozenset((",", ";", ":", "–", "—", "“", '"', "and", "but", "while", "yet"))
_COLLECTIVE = words("police people customs clergy folk")


def misread(token: Token) -> Cue | None:
    """The cue of a verb that the parser takes for a noun: "Officials in Kest claim that …", "the envoy claims."."""
    return _of_several(token) or _of_one(token)


def is_verb_in_disguise(token: Token) -> bool:
    """Whether a noun is a verb in the plural with its clause: "Officials hint that …"."""
    subjects = [child for child in token.children if child.dep_ == "nsubj"]
    many = any(child.tag_ in ("NNS", "NNPS") or parts.whole_of(child) is not None for child in subjects)
    many = many or any(parts.stands_for_people(child) for child in subjects)
    many = many or any(child.dep_ == "aux" and child.lemma_ == "do" for child in token.children)
    clause = any(child.dep_ in ("ccomp", "acl") and child.i > token.i for child in token.children)
    return token.tag_ == "NN" and token.dep_ == "ROOT" and many and clause


def plural_subject(token: Token) -> Token | None:
    """The head of the plural phrase that opens a clause before a plural verb with *that*, which is taken for a noun.

    So is a part before a verb in the past: "The sixth swore it".
    """
    parsed = token.doc
    if (part := _part_before(token)) is not None:
        return part
    if not quotatives.is_plural_form(token) or token.i + 1 >= len(parsed) or parsed[token.i + 1].lower_ != "that":
        return None
    if any(child.dep_ in sources.SUBJECTS for child in token.children):
        return None
    first = token.i
    while first > token.sent.start and parsed[first - 1].pos_ in _PHRASE and parsed[first - 1].tag_ != "POS":
        first -= 1
    opens = first == token.sent.start or parsed[first - 1].text in _OPENING or parsed[first - 1].is_space
    if not opens or first == token.i or parsed[first].pos_ == "ADP":
        return None
    if parsed[token.i - 1].pos_ not in ("NOUN", "PROPN"):
        last = parsed[token.i - 1]
        alone = all(word.pos_ == "DET" or word.lower_ == "other" for word in parsed[first : last.i])
        return last if alone and parts.stands_for_people(last) else None
    head = next(
        (
            each
            for each in parsed[first : token.i]
            if each.pos_ in ("NOUN", "PROPN") and (each.i + 1 == token.i or parsed[each.i + 1].pos_ == "ADP")
        ),
        None,
    )
    several = head is not None and (head.tag_ in ("NNS", "NNPS") or head.lower_ in _COLLECTIVE)
    if head is None or not (several or parts.stands_for_people(head)):
        return None
    return head if sources.can_speak(head) else None


def _part_before(token: Token) -> Token | None:
    """The number or *others* that opens a clause right before a verb in the past."""
    if token.pos_ in ("VERB", "AUX") or quotatives.lemma_of(token) is None or token.i == token.sent.start:
        return None
    if token.lower_.endswith("s") or quotatives.is_plural_form(token):
        return None
    part = token.nbor(-1)
    first = part.i - (part.i > token.sent.start and part.nbor(-1).lower_ == "the")
    opens = first == token.sent.start or token.doc[first - 1].text in _OPENING
    return part if opens and parts.stands_for_people(part) else None


def _of_several(token: Token) -> Cue | None:
    head = plural_subject(token)
    lemma = quotatives.lemma_of(token)
    if head is None or lemma is None:
        return None
    return Cue(token.i, token.i + 1, token, STANCE_OF.get(lemma, "assertion"), False, [head])


def _of_one(noun: Token) -> Cue | None:
    """A verb right behind its subject: "…, the envoy claims."."""
    lemma = noun.lemma_.lower()
    before = noun.nbor(-1) if noun.i > noun.sent.start else None
    if (
        noun.tag_ != "NNS"
        or before is None
        or (lemma not in STANCE_OF and not (lemma in CLAUSE_VERBS and KIND_OF.get(before.lower_) == "document"))
        or before.dep_ not in ("compound", "amod", "nmod")
    ):
        return None
    start = before.i
    while start > noun.sent.start and (noun.doc[start - 1].tag_ == "VBN" or noun.doc[start - 1].pos_ in _BEFORE):
        start -= 1
    links = [word.i for word in noun.doc[start : noun.i] if word.pos_ == "ADP"]
    if links and links[0] > start:
        before = noun.doc[links[0] - 1]
        if before.tag_ in ("NNS", "NNPS"):
            return None
    opens = start == noun.sent.start or noun.doc[start - 1].is_punct
    following = noun.nbor() if noun.i + 1 < len(noun.doc) else None
    ends = following is None or following.is_punct or following.is_space or following.lower_ == "that"
    if not (opens and ends and sources.can_speak(before)):
        return None
    return Cue(noun.i, noun.i + 1, noun, STANCE_OF.get(lemma, "assertion"), False, [before])
