"""STANCE by a list of cues, each with the SPEAKER that its grammar names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ....data.records import Span
from .lexicon import (
    ADJECTIVE_CUES,
    COUNTRY_OF,
    LIGHT_VERBS,
    NOUN_CUES,
    POSSIBLE,
    PROBABLE,
    STANCE_OF,
    STATE_NAMES,
    STATES,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_SUBJECTS = ("nsubj", "nsubjpass")
_BODIES = ("agency", "ministry", "intelligence", "house", "council", "department", "military", "army", "embassy")
_DOCUMENTS = ("report", "document", "imagery", "data", "statement")
_POSTMODIFIERS = ("of", "from", "at", "to")


def find(parsed: Doc) -> Iterator[Span]:
    """Cues whose speaker the parse tells, and those speakers."""
    seen: set[int] = set()
    for cue_start, cue_end, stance, speakers in _cues(parsed):
        spans = [span for token in speakers if (span := _speaker(token)) is not None]
        if not spans:
            continue
        for span in spans:
            if span.start not in seen:
                seen.add(span.start)
                yield span
        cue = parsed[cue_start:cue_end]
        yield Span(
            label="STANCE",
            start=cue.start_char,
            end=cue.end_char,
            id=f"c{cue.start_char}",
            text=cue.text,
            attributes={
                "stance": stance,
                "certainty": _certainty(cue, stance),
                "speakers": tuple(span.id for span in spans if span.id is not None),
            },
        )


def describe(cue: TokenSpan) -> tuple[dict[str, str], list[Token]]:
    """Stance and certainty of a cue that another system found, and the nouns that its grammar names as speakers."""
    found = next((each for each in _cues(cue.doc) if each[0] < cue.end and cue.start < each[1]), None)
    _, _, stance, speakers = found if found is not None else (0, 0, _by_word(cue), _subjects(cue.root))
    return {"stance": stance, "certainty": _certainty(cue, stance)}, speakers


def describe_speaker(speaker: TokenSpan) -> dict[str, str | bool | None]:
    """The attributes of a speaker that another system found."""
    return _attributes(speaker.root, speaker.text)


def _by_word(cue: TokenSpan) -> str:
    """The stance of the first word that is on a list, whatever its grammar; an assertion where none is."""
    lists = (STANCE_OF, NOUN_CUES, ADJECTIVE_CUES)
    known = (words[form] for token in cue for words in lists for form in (token.lemma_, token.lower_) if form in words)
    return next(known, "assertion")


def _certainty(cue: TokenSpan, stance: str) -> str:
    sentence = cue[0].sent.text
    sentence = sentence[:1].lower() + sentence[1:]  # but "May" stays a month
    if stance == "evasion" or any(re.search(rf"\b{word}\b", sentence) for word in POSSIBLE):
        return "possible"
    return "probable" if any(re.search(rf"\b{word}\b", sentence) for word in PROBABLE) else "certain"


def _cues(parsed: Doc) -> Iterator[tuple[int, int, str, list[Token]]]:
    for token in parsed:
        if token.lower_ == "according" and token.i + 1 < len(parsed) and parsed[token.i + 1].lower_ == "to":
            objects = [child for child in parsed[token.i + 1].children if child.dep_ == "pobj"]
            objects = objects or [child for child in token.children if child.dep_ == "pobj"]
            yield token.i, token.i + 2, "assertion", [*objects, *(c for o in objects for c in o.conjuncts)]
        elif token.pos_ in ("VERB", "AUX") and token.lemma_ in STANCE_OF:
            noun = next((c for c in token.children if c.dep_ == "dobj" and c.lemma_ in NOUN_CUES), None)
            if noun is None or token.lemma_ not in LIGHT_VERBS:
                yield token.i, token.i + 1, STANCE_OF[token.lemma_], _subjects(token)
        elif token.pos_ == "NOUN" and token.lemma_ in NOUN_CUES and token.head.lemma_ in LIGHT_VERBS:
            yield token.i, token.i + 1, NOUN_CUES[token.lemma_], _subjects(token.head)
        elif token.lower_ in ADJECTIVE_CUES and token.dep_ in ("acomp", "ROOT", "conj"):
            yield token.i, token.i + 1, ADJECTIVE_CUES[token.lower_], _subjects(token.head) or _subjects(token)


def _subjects(verb: Token) -> list[Token]:
    """The subject of a verb, or of the verb that it is joined to; of a passive the agent."""
    agents = [
        noun for child in verb.children if child.dep_ == "agent" for noun in child.children if noun.dep_ == "pobj"
    ]
    if agents:
        return agents
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
        return []
    current = verb
    for _ in range(3):
        found = [child for child in current.children if child.dep_ in _SUBJECTS]
        if found:
            return [noun for subject in found for noun in (subject, *subject.conjuncts)]
        if current.dep_ not in ("conj", "xcomp", "advcl"):
            return []
        current = current.head
    return []


def _speaker(token: Token) -> Span | None:
    if token.is_punct or token.lower_ in ("that", "which", "who", "it", "this", "there", "they", "what"):
        return None
    start, end = _extent(token)
    span = token.doc[start:end]
    return Span(
        label="SPEAKER",
        start=span.start_char,
        end=span.end_char,
        id=f"s{span.start_char}",
        text=span.text,
        attributes=_attributes(token, span.text),
    )


def _extent(token: Token) -> tuple[int, int]:
    """A name alone; a common noun with its premodifiers and an of/from/at/to phrase."""
    parsed = token.doc
    names = [child for child in token.children if child.dep_ == "appos" and child.ent_type_ == "PERSON"]
    head = names[0] if names else token
    entity = next((ent for ent in parsed.ents if ent.start <= head.i < ent.end), None)
    if entity is not None and entity.label_ in ("PERSON", "ORG", "GPE") and head.pos_ == "PROPN":
        start, end = entity.start, entity.end
        start = max([start, *(index + 1 for index in range(start, head.i) if parsed[index].is_space)])
        while start < end - 1 and parsed[start].lower_ in ("the", "a"):
            start += 1
        while end > start + 1 and parsed[end - 1].text in ("'s", "’s"):
            end -= 1
        return start, end
    left = min([token.i, *(child.i for child in token.children if child.dep_ in ("compound", "amod", "nmod"))])
    right = token.i
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in _POSTMODIFIERS and child.i == token.i + 1:
            inside = [part.i for part in child.subtree]
            commas = [index for index in inside if parsed[index].text == ","]
            right = (min(commas) if commas else max(inside) + 1) - 1
    return left, right + 1


def _attributes(token: Token, text: str) -> dict[str, str | bool | None]:
    lower = text.lower()
    words = re.findall(r"[a-z.]+", lower)
    country = COUNTRY_OF.get(lower) or next((COUNTRY_OF[word] for word in words if word in COUNTRY_OF), None)
    pairs = [" ".join(pair) for pair in itertools.pairwise(words)]
    country = country or next((COUNTRY_OF[pair] for pair in pairs if pair in COUNTRY_OF), None)
    if lower in STATES:
        code = COUNTRY_OF.get(lower, "KP")
        return {"entity": STATE_NAMES[code], "source_type": "state", "country": code, "relay": False}
    if any(word in _BODIES for word in words):
        kind = "body"
    elif any(word in _DOCUMENTS for word in words):
        kind = "document"
    elif token.ent_type_ == "PERSON":
        kind = "person"
    elif token.ent_type_ == "ORG":
        kind = "media"
    elif token.tag_ in ("NNS", "NNPS"):
        kind = "group"
    elif token.pos_ == "PRON":
        kind = "state" if lower == "we" else "person"
    else:
        kind = "unnamed"
    relay = kind == "media"
    return {"entity": text, "source_type": kind, "country": None if kind == "media" else country, "relay": relay}
