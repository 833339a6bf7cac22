"""Tokens with BIO tags: JSON rows of tokens and tags, and the columns of CoNLL-2003 (Tjong Kim Sang & De Meulder)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..bio import decode
from ..column_types import tag_names
from ..lines import Line, text_lines
from ..problems import Problem
from ..schema import Schema
from .articles import Articles, Spans

FORM = "columns of tokens and BIO tags (CoNLL)"

_TAG_KEYS = ("ner_tags", "tags", "labels")
_TAG = re.compile(r"O|[BIESLU]-.+")
_DOCUMENT = "-DOCSTART-"
_NAMED = re.compile(r"#\s*(?:doc|doc_id|newdoc id)\s*=\s*(\S+)")

Place = tuple[int, int]


def is_row(data: Mapping[str, Any]) -> bool:
    """Whether an object is a passage as a list of tokens with as many tags."""
    tokens = data.get("tokens")
    tags = _tags(data)
    return isinstance(tokens, list) and all(isinstance(token, str) for token in tokens) and tags is not None


def _tags(data: Mapping[str, Any]) -> list[Any] | None:
    return next((data[key] for key in _TAG_KEYS if isinstance(data.get(key), list)), None)


def convert(line: Line, articles: Articles, schema: Schema | None) -> Iterator[Line | Problem]:
    """A row's spans: by its offsets (``offsets``, or ``token_starts`` and ``token_ends``), else by its tokens."""
    data = line.data
    tokens, tags = data["tokens"], _tags(data) or []
    if len(tokens) != len(tags):
        yield _broken(line, f"{len(tokens)} tokens and {len(tags)} tags")
        return
    if any(isinstance(tag, int) for tag in tags):
        names = tag_names(schema) if schema is not None else ()
        if not all(isinstance(tag, int) and 0 <= tag < len(names) for tag in tags):
            yield _broken(line, f"tags as numbers, which only a schema names; expected tags such as B-LABEL in {tags}")
            return
        tags = [names[tag] for tag in tags]
    wrong = next((tag for tag in tags if not isinstance(tag, str) or not _TAG.fullmatch(tag)), None)
    if wrong is not None:
        yield _broken(line, f"the tag {wrong!r}; expected O, B-LABEL or I-LABEL")
        return
    places = data.get("offsets")
    if places is None and isinstance(data.get("token_starts"), list) and isinstance(data.get("token_ends"), list):
        places = list(zip(data["token_starts"], data["token_ends"], strict=False))
    if places is not None:
        yield from articles.records(line, spans_of(tags, places), None)
    else:
        yield from _of_passages(line, [(line, tokens, tags)], articles)


def lines(path: Path, articles: Articles) -> Iterator[Line | Problem]:
    """The spans of a file of columns: the first is the token, the last its tag; a blank line ends a sentence.

    ``-DOCSTART-`` begins an article. Its id is what a comment ``# doc = ID`` before it or behind it says; else the
    article is the one of the gold that has all its tokens in their order.
    """
    for passages in _articles(path):
        if isinstance(passages, Problem):
            yield passages
        elif passages:
            yield from _of_passages(passages[0][0], passages, articles)


Passage = tuple[Line, list[str], list[str]]


def _articles(path: Path) -> Iterator[list[Passage] | Problem]:
    found: list[Passage] = []
    tokens: list[str] = []
    tags: list[str] = []
    named: dict[str, Any] = {}
    count, begun = 0, False
    for line in text_lines(path):
        if isinstance(line, Problem):
            yield line
            return
        number, words = line
        columns = words.split()
        comment = _NAMED.fullmatch(words.strip())
        if comment is not None:
            named = {"doc": comment[1]}
        if not columns or columns[0] == _DOCUMENT or comment is not None:
            if tokens:
                found.append((Line(str(path), number - len(tokens), named), tokens, tags))
                tokens, tags = [], []
            if columns and columns[0] == _DOCUMENT and (found or begun):
                yield _numbered(found, count)
                found, count, named = [], count + 1, {}
            begun = begun or bool(columns)
        elif len(columns) < 2 or not _TAG.fullmatch(columns[-1]):
            yield Problem("form-broken", str(path), number, f"“{words.strip()}”; expected a token and its tag")
            return
        else:
            tokens.append(columns[0])
            tags.append(columns[-1])
    if tokens:
        found.append((Line(str(path), number - len(tokens) + 1, named), tokens, tags))
    yield _numbered(found, count)


def _numbered(found: list[Passage], count: int) -> list[Passage]:
    """An article's passages; one without an id is named for its number, which no gold need know."""
    return [(Line(line.path, line.number, line.data or {"id": count}), tokens, tags) for line, tokens, tags in found]


def _of_passages(line: Line, passages: Sequence[Passage], articles: Articles) -> Iterator[Line | Problem]:
    """The spans of an article's passages, each placed behind the one before."""
    every = [tokens for _, tokens, _ in passages]
    if articles.texts is None:
        text = "\n".join(" ".join(tokens) for tokens in every)
        candidates = {"": text}
    else:
        named = [str(line.data[key]) for key in ("doc", "id") if key in line.data]
        known = [doc for doc in named if doc in articles.texts]
        candidates = {doc: articles.texts[doc] or "" for doc in known or articles.texts}
    fitting = {doc: places for doc, text in candidates.items() if (places := _placed(every, text)) is not None}
    if len(fitting) != 1:
        found = "none has" if not fitting else f"{', '.join(fitting)} have"
        detail = (
            f"tokens that begin “{' '.join(every[0][:8])}”: of {len(candidates)} articles {found} them in this order"
        )
        yield Problem("article-unnamed", line.path, line.number, detail)
        return
    doc, places = next(iter(fitting.items()))
    spans: Spans = []
    for (_, _, tags), here in zip(passages, places, strict=True):
        spans += spans_of(tags, here)
    placed = Line(line.path, line.number, line.data if articles.texts is None else {"doc": doc})
    yield from articles.records(placed, spans, candidates[doc] if articles.texts is None else None)


def _placed(passages: Sequence[Sequence[str]], text: str) -> list[list[Place]] | None:
    """The places of each passage's tokens, with nothing but white space between them; None if a passage has none."""
    found, behind = [], 0
    for tokens in passages:
        pattern = r"\s*".join(f"({re.escape(token)})" for token in tokens)
        match = re.compile(pattern).search(text, behind)
        if match is None:
            return None
        found.append([match.span(number) for number in range(1, len(tokens) + 1)])
        behind = match.end()
    return found


_LETTERS = {"S": "B", "U": "B", "E": "I", "L": "I"}


def spans_of(tags: Sequence[str], places: Sequence[Sequence[int]]) -> Spans:
    """BIO, and BIOES or BILOU with the letters of single tokens and last tokens read as those of BIO."""
    plain = [_LETTERS.get(tag[0], tag[0]) + tag[1:] for tag in tags]
    return [
        {"label": label, "start": places[first][0], "end": places[behind - 1][1]}
        for label, first, behind in decode(plain)
    ]


def _broken(line: Line, detail: str) -> Problem:
    return Problem("form-broken", line.path, line.number, detail)
