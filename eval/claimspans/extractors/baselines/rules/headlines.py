"""Verbs and predicates of headlines, which leave out articles and copulas and mislead the small parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import sources
from .adjective_words import ADJECTIVE_STANCE_OF
from .verb_forms import BASES, LEMMA_OF
from .word_lists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_NOUNS = ("NOUN", "PROPN")
_NOMINAL = ("NN", "NNS", "NNP", "NNPS", "JJ")
_MANY = words("police people")
_NO_CONTENT = words("of and or for from in on at by with are is was were have has")
_WITH = words("on over about at by after of amid")
_LONGEST = 4
"""So many words the source of a headline has at most."""


def mend(parsed: Doc) -> None:
    """In a line without a full stop, the word behind its source is its verb."""
    for sentence in list(parsed.sents):
        line = [token for token in sentence if not token.is_space]
        if len(line) < 3 or line[-1].text in (".", "!", "?", "”", '"', ":") or _runs_on(sentence):
            continue
        for place in range(1, min(_LONGEST + 1, len(line) - 1)):
            if _is_verb(line, place):
                _make_verb(line, place)
                break
            if _is_predicate(line, place):
                line[place].tag_, line[place].pos_ = "JJ", "ADJ"
                break
        if line[-3].text == ",":
            _make_last(line[-1], line[-2])
            _make_last(line[-2], line[-1])


def source_of(word: Token) -> Token | None:
    """Whose predicate an adjective is in a headline without a verb: "Ministry silent on sale"."""
    parsed = word.doc
    if word.i == word.sent.start or word.i + 1 >= len(parsed) or word.nbor().lower_ not in _WITH:
        return None
    last = parsed[word.sent.end - 1]
    if last.text in (".", "!", "?", "”") or any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in word.sent):
        return None
    before = word.nbor(-1)
    bare = not any(token.pos_ == "DET" for token in parsed[word.sent.start : word.i])
    return before if bare and before.pos_ in _NOUNS and sources.can_speak(before) else None


def _runs_on(sentence: TokenSpan) -> bool:
    return any(token.pos_ in ("DET", "PRON") for token in sentence[:1])


def _form(word: Token) -> str | None:
    """The finite form that a word could be, behind one source or behind several."""
    lower = word.lower_
    if lower.endswith("s") and lower in LEMMA_OF:
        return "VBZ"
    return "VBP" if lower in BASES else None


def _is_verb(line: list[Token], place: int) -> bool:
    word, source, following = line[place], line[place - 1], line[place + 1]
    form = _form(word)
    if form is None or word.tag_ not in _NOMINAL or following.lower_ in _NO_CONTENT or following.is_punct:
        return False
    if following.tag_ in ("VBZ", "VBP", "MD") or any(token.pos_ not in (*_NOUNS, "ADJ") for token in line[:place]):
        return False
    many = source.tag_ in ("NNS", "NNPS") or source.lower_ in _MANY
    return source.pos_ in _NOUNS and sources.can_speak(source) and many == (form == "VBP")


def _is_predicate(line: list[Token], place: int) -> bool:
    word = line[place]
    if word.lower_ not in ADJECTIVE_STANCE_OF or word.tag_ not in (*_NOMINAL, "VBN", "RB"):
        return False
    return source_of(word) is not None


def _make_verb(line: list[Token], place: int) -> None:
    verb, source = line[place], line[place - 1]
    root = verb.sent.root
    verb.tag_, verb.pos_ = str(_form(verb)), "VERB"
    verb.lemma_ = LEMMA_OF.get(verb.lower_, verb.lower_)
    behind = [token for token in line[place + 1 :] if token.head.i <= verb.i or token == root]
    verb.head, verb.dep_ = verb, "ROOT"
    source.head, source.dep_ = verb, "nsubj"
    for word in line[: place - 1]:
        if word.head.i not in range(line[0].i, source.i):
            word.head, word.dep_ = source, "compound"
    for word in behind:
        word.head = verb
        if word.pos_ in _NOUNS:
            word.dep_ = "dobj"
        elif word.pos_ in ("VERB", "AUX"):
            word.dep_ = "ccomp"
    for child in [child for word in line[place + 1 :] for child in word.children if child.i == verb.i]:
        child.head = verb


def _make_last(verb: Token, source: Token) -> None:
    """The verb of an attribution that ends a headline: "Rifles Were a Gift, Army Claims", "…, allege dockers"."""
    form = _form(verb)
    many = source.tag_ in ("NNS", "NNPS") or source.lower_ in _MANY
    if form is None or source.pos_ not in _NOUNS or verb.tag_ not in (*_NOMINAL, "VB", "VBP"):
        return
    if many != (form == "VBP") or not sources.can_speak(source):
        return
    above = verb.head if verb.head not in (verb, source) else source.head
    verb.tag_, verb.pos_, verb.lemma_ = form, "VERB", LEMMA_OF.get(verb.lower_, verb.lower_)
    if above not in (verb, source):
        verb.head, verb.dep_ = above, "parataxis"
        source.head, source.dep_ = verb, "nsubj"
