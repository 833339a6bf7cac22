"""What is not said, or only invited, by words apart from the verb of saying: "did not so much as mention it"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import sources
from .cue_type import Cue
from .vocabulary import CLAUSE_VERBS, SAYING_TARGETS, STANCE_OF
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAYING = frozenset((*SAYING_TARGETS, *STANCE_OF, *CLAUSE_VERBS, "hint"))
_NOT = words("not n't n’t never no nowhere neither nor nobody none hardly without")
_NO_REPLIES = words("denial response reply answer rebuttal contradiction refutation comment explanation confirmation")
_FORTHCOMING = words("forthcoming available")
_GETTING = words("draw elicit get bring earn win prompt provoke meet produce wring receive extract fetch")


def barely_said(word: Token) -> Cue | None:
    """The cue of what is not so much as said, or of a reply that does not come."""
    return _so_much_as(word) or _no_reply(word)


def _so_much_as(word: Token) -> Cue | None:
    """The verb behind *so much as* in a negated clause: "does the audit so much as hint"."""
    lemma = word.lemma_.lower()
    lemmas = (lemma, lemma.removesuffix("ing"), lemma.removesuffix("ing") + "e")
    start = word.i - 3
    if start < word.sent.start or word.doc[start : word.i].text.lower() != "so much as":
        return None
    before = word.doc[word.sent.start : start]
    if not any(form in _SAYING for form in lemmas) or not any(token.lower_ in _NOT for token in before):
        return None
    for verb in reversed([token for token in before if token.pos_ in ("VERB", "AUX")]):
        near = [child for child in verb.children if child.i < word.i and child.dep_ in ("nsubj", "dobj", "attr")]
        near.sort(key=lambda child: child.dep_ != "nsubj")
        speakers = [each for child in near[:1] for each in sources.joined(child) if sources.can_speak(each)]
        if speakers:
            return Cue(word.i, word.i + 1, word, "evasion", True, speakers)
    return None


def _no_reply(noun: Token) -> Cue | None:
    """A reply that nobody gives: "the charge drew no denial from the firm", "no denial was forthcoming from it"."""
    if noun.lemma_.lower() not in _NO_REPLIES or not any(child.lower_ == "no" for child in noun.children):
        return None
    verb = noun.head
    drawn = noun.dep_ == "dobj" and verb.lemma_ in _GETTING
    came = noun.dep_ in ("nsubj", "nsubjpass") and (
        verb.lemma_ == "be" and any(child.lower_ in _FORTHCOMING for child in verb.children)
    )
    if not (drawn or came):
        return None
    parts = [noun, verb, *(child for child in verb.children if child.lower_ in _FORTHCOMING)]
    named = [
        source
        for part in parts
        for link in part.children
        if link.lower_ == "from" and link.i > noun.i
        for source in link.children
        if source.dep_ == "pobj" and sources.can_speak(source)
    ]
    return Cue(noun.i, noun.i + 1, noun, "evasion", True, sources.joined(named[0])) if named else None
