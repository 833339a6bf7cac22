"""Whom a pronoun with no fitting mention before it stands for: somebody behind it, one as *they*, a state as *she*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import quotatives
from .antecedents import CASES, GENDERS, IT, agrees, is_apart
from .phrases import is_subject
from .sources import SUBJECTS, nominative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from .antecedents import Identity, Mention

_SINGULAR_THEY = ("unnamed", "organisation", "body", "state", "media", "person")


def otherwise(mentions: Sequence[Mention], pronoun: Token) -> Identity | None:
    """Whom a pronoun without a fitting mention before it means: somebody behind it, or one person as "they"."""
    word = nominative(pronoun.lower_)
    if (named := _behind(mentions, pronoun, word)) is not None:
        return named
    if pronoun.dep_ == "poss":
        later = (each for each in quotatives.of(pronoun.doc).values() if each.start > pronoun.i)
        teller = next((each.source for each in later if each.verb.sent == pronoun.sent), None)
        told = (each for each in mentions if each.head == teller and agrees(word, each))
        return next((each.identity for each in told), None) or _told_of(mentions, pronoun, word)
    near = [each for each in mentions if each.head.i < pronoun.i and pronoun.sent.start <= each.head.sent.end]
    single = [
        each.identity for each in near if each.identity.kind in _SINGULAR_THEY and not is_apart(each, pronoun, ())
    ]
    if not (CASES.get(word, word) == "they" and single):
        return None
    return next((each for each in reversed(single) if each.kind == "unnamed"), single[-1])


def _told_of(mentions: Sequence[Mention], pronoun: Token, word: str) -> Identity | None:
    """The person of whom speaks what is his: "Her diary says that Ana Lund …"."""
    own = CASES.get(word, word) in GENDERS and pronoun.head.dep_ in SUBJECTS
    for mention in mentions:
        behind = pronoun.i < mention.head.i < pronoun.sent.end and pronoun.head.head in mention.head.ancestors
        if own and behind and mention.identity.kind == "person" and is_subject(mention.head) and agrees(word, mention):
            return mention.identity
    return None


def state_as_woman(mentions: Sequence[Mention], pronoun: Token) -> Identity | None:
    """The state that *she* is, where no woman is spoken of: the last that is a subject or an object before it."""
    if CASES.get(pronoun.lower_, nominative(pronoun.lower_)) != "she":
        return None
    states_before = [each for each in mentions if each.identity.kind == "state" and each.head.i < pronoun.i]
    acting = [each.identity for each in states_before if is_subject(each.head) or each.head.dep_ == "dobj"]
    return acting[-1] if acting else None


def _behind(mentions: Sequence[Mention], pronoun: Token, word: str) -> Identity | None:
    """The subject before which a clause or phrase with its pronoun is put: "Though she denies it, Ana Lund …"."""
    verbs = [verb for verb in pronoun.ancestors if verb.pos_ in ("VERB", "AUX")]
    clause = next((verb for verb in verbs if verb.dep_ == "advcl" and verb.head.i > verb.i), None)
    main = clause.head if clause is not None else next((verb for verb in verbs if verb.i > pronoun.i), None)
    kinds = {"he": ("person", "unnamed"), "she": ("person", "unnamed"), "it": IT}.get(word, ("group",))
    for mention in mentions:
        if mention.head in pronoun.ancestors:
            continue
        if main is not None and mention.head in main.children and mention.head.i > pronoun.i:
            fits = mention.identity.kind in kinds and is_subject(mention.head) and agrees(word, mention)
            return mention.identity if fits else None
    return None
