"""What the model sees of a token: its word and shape, the words around it, the parse, and what the rules find there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ....data.bio import OUTSIDE, encode
from ....data.problems import ClaimspansError
from ....text.dates import MONTHS, UNITS, WEEKDAYS
from ....text.numbers import SCALES, VAGUE, WORDS
from ....text.tokens import Token, lines

if TYPE_CHECKING:
    from spacy.tokens import Token as Parsed

LEVELS = ("words", "parse", "rules")
"""What may be seen, each with what stands before it."""


def check_level(level: str) -> None:
    """Raises `ClaimspansError` for what is no level of features."""
    if level not in LEVELS:
        raise ClaimspansError(f"{level}: no such features; expected one of {', '.join(LEVELS)}")


class Line(NamedTuple):
    """A line of a text: its tokens, and the features of each."""

    tokens: tuple[Token, ...]
    features: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=16)
def read(text: str, published: str | None, level: str) -> tuple[Line, ...]:
    """The lines of a text with their features; the last texts are kept, since folds share them."""
    seen = tuple(lines(text))
    layers = [[_words(text, tokens) for tokens in seen]]
    if level != "words":
        layers.append(list(_parse(text, seen)))
    if level == "rules":
        layers.append(list(_rules(text, published, seen)))
    return tuple(
        Line(tokens, tuple(tuple(part for parts in token for part in parts) for token in zip(*line, strict=True)))
        for tokens, *line in zip(seen, *layers, strict=True)
    )


Features = list[list[str]]

_WINDOW = 3
_SHORT = 12
"""Tokens below which a line is more likely a headline, a date or site furniture than a paragraph."""
_QUOTES = frozenset('“”"„')
_SENTENCE_ENDS = frozenset(".?!")
_MARKS = ".,;:!?()[]“”\"'’‘"


def _words(text: str, tokens: Sequence[Token]) -> Features:
    """Features from the line alone: lexical, of shape, of place, and of lists that know nothing of the labels."""
    own = [_of_word(text[token.start : token.end]) for token in tokens]
    places = list(_places(text, tokens))
    found = []
    for number, token in enumerate(tokens):
        word = text[token.start : token.end].lower()
        features = ["bias", *own[number], *places[number]]
        features += [f"prefix={word[:size]}" for size in (1, 2, 3) if len(word) > size]
        features += [f"suffix={word[-size:]}" for size in (1, 2, 3) if len(word) > size]
        for step in range(-_WINDOW, _WINDOW + 1):
            if step and 0 <= number + step < len(tokens):
                near = own[number + step] if abs(step) < _WINDOW else own[number + step][:1]
                features += [f"{step:+}:{feature}" for feature in near]
            elif step:
                features.append(f"{step:+}:none")
        if number:
            features.append(f"-1+0:{own[number - 1][0]}|{own[number][0]}")
        if number + 1 < len(tokens):
            features.append(f"0+1:{own[number][0]}|{own[number + 1][0]}")
        found.append(features)
    return found


def _of_word(word: str) -> list[str]:
    lower = word.lower()
    return [f"word={lower}", f"shape={_shape(word)}", *(f"list={name}" for name in _lists().get(lower, ()))]


def _shape(word: str) -> str:
    """The kinds of its signs, a run of one kind as one: "Xx", "0", "0.0"."""
    signs = "".join(
        "0" if sign.isdigit() else "X" if sign.isupper() else "x" if sign.isalpha() else sign for sign in word
    )
    return re.sub(r"(.)\1+", r"\1", signs)


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    """Word → the lists that hold it: the calendar, numerals, and words in the names of countries (ISO 3166)."""
    import pycountry

    names = [
        getattr(country, field, "")
        for country in pycountry.countries
        for field in ("name", "common_name", "official_name")
    ]
    held = {
        "month": [*MONTHS, *(month[:size] for month in MONTHS for size in (3, 4))],
        "weekday": WEEKDAYS,
        "unit": [*UNITS, *(f"{unit}s" for unit in UNITS)],
        "number": WORDS,
        "scale": [*SCALES, *VAGUE],
        "country": [word.lower() for name in names for word in re.findall(r"\b[A-Z]\w{3,}", name)],
    }
    found: dict[str, list[str]] = {}
    for name, words in held.items():
        for word in dict.fromkeys(words):
            found.setdefault(word, []).append(name)
    return {word: tuple(lists) for word, lists in found.items()}


def _places(text: str, tokens: Sequence[Token]) -> Iterator[list[str]]:
    """Where a token stands: in its chunk between blanks, its sentence, its line, and in quotation marks or not."""
    chunks = [text[chunk[0].start : chunk[-1].end].strip(_MARKS) for chunk in _chunks(tokens) for _ in chunk]
    quoted = False
    for number, token in enumerate(tokens):
        last = tokens[number - 1] if number else None
        features = [f"chunk={chunks[number].lower()}", f"chunkshape={_shape(chunks[number])}"]
        sign = text[token.start : token.end]
        if sign in _QUOTES:
            quoted = not quoted if sign == '"' else sign != "”"
        if quoted:
            features.append("quoted")
        if last is None or (text[last.start : last.end] in _SENTENCE_ENDS and last.end < token.start):
            features.append("first")
        if last is not None and last.end == token.start:
            features.append("joined")
        if len(tokens) < _SHORT:
            features.append("short line")
        yield features


def _chunks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens between two blanks: "U.S." and "surface-to-air" are one chunk each."""
    chunk: list[Token] = []
    for token in tokens:
        if chunk and chunk[-1].end < token.start:
            yield chunk
            chunk = []
        chunk.append(token)
    yield chunk


def _parse(text: str, seen: Sequence[Sequence[Token]]) -> Iterator[Features]:
    """Features from spaCy's small model, which was trained on other texts and other labels."""
    from ..rules import parse

    parsed = parse(text)
    at = {place: word for word in parsed for place in range(word.idx, word.idx + len(word))}
    for tokens in seen:
        words = [at[token.start] for token in tokens]
        own = [[f"pos={word.pos_}", f"entity={word.ent_iob_}{word.ent_type_}"] for word in words]
        yield [
            [
                *own[number],
                *_grammar(word),
                *(
                    f"{step:+}:{feature}"
                    for step in (-2, -1, 1, 2)
                    if 0 <= number + step < len(words)
                    for feature in own[number + step]
                ),
            ]
            for number, word in enumerate(words)
        ]


def _grammar(word: Parsed) -> list[str]:
    features = [f"tag={word.tag_}", f"lemma={word.lemma_.lower()}", f"dep={word.dep_}"]
    features += [f"head={word.head.lemma_.lower()}", f"dep+head={word.dep_}|{word.head.lemma_.lower()}"]
    features += [f"dep+headpos={word.dep_}|{word.head.pos_}", f"lemma+pos={word.lemma_.lower()}|{word.pos_}"]
    return features + [f"child={name}" for name in sorted({child.dep_ for child in word.children})]


def _rules(text: str, published: str | None, seen: Sequence[Sequence[Token]]) -> Iterator[Features]:
    """The rules' spans as tags of the token and of its neighbours, a label at a time since they may overlap."""
    from ..rules import find

    spans = find(text, published)
    names = list(dict.fromkeys(span.label for span in spans))
    for tokens in seen:
        tags = [encode(tokens, [span for span in spans if span.label == name], touching=True)[0] for name in names]
        yield [
            [
                f"{step:+}:rule={row[number + step]}"
                for row in tags
                for step in (-1, 0, 1)
                if 0 <= number + step < len(tokens) and row[number + step] != OUTSIDE
            ]
            for number in range(len(tokens))
        ]
