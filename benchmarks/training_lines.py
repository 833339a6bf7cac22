"""What the systems of benchmarks.training see of an article: its lines, a row a token, and the tags of its spans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from claimspans.data.bio import decode, encode
from claimspans.data.records import Document, Span
from claimspans.extractors.baselines.crf.features import read
from claimspans.scoring.learning_curves import Extract
from claimspans.text.tokens import Token, outside

from .sentence_model import token_vectors


class Line(NamedTuple):
    """A line, or a part of one: tokens, and of each the CRF's features, the place of its head and its vector.

    A token whose head is not in the line is its own. ``vectors`` is an array (tokens, dimensions).
    """

    tokens: tuple[Token, ...]
    features: tuple[tuple[str, ...], ...]
    heads: tuple[int, ...]
    vectors: Any

    def part(self, run: slice) -> Line:
        """The tokens of a run that has a beginning and an end."""
        heads = [
            head - run.start if run.start <= head < run.stop else own - run.start for own, head in enumerate(self.heads)
        ]
        return Line(self.tokens[run], self.features[run], tuple(heads[run]), self.vectors[run])


def lines(document: Document, model: str) -> tuple[Line, ...]:
    """The lines of an article that have tokens, with the vectors of this sentence model."""
    return _lines(document.text or "", document.published, model)


@lru_cache(maxsize=512)
def _lines(text: str, published: str | None, model: str) -> tuple[Line, ...]:
    from claimspans.extractors.baselines.rules import parse

    seen = read(text, published, "parse")
    head = {place: word.head.idx for word in parse(text) for place in range(word.idx, word.idx + len(word))}
    found = []
    for tokens, features in seen:
        at = {place: number for number, token in enumerate(tokens) for place in range(token.start, token.end)}
        heads = tuple(at.get(head[token.start], number) for number, token in enumerate(tokens))
        found.append(Line(tokens, features, heads, token_vectors(model, text, tokens)))
    return tuple(found)


def training_lines(documents: Iterable[Document], model: str) -> Iterator[tuple[Line, Document]]:
    """The lines of the articles, cut where a zone stands: nothing is annotated in one."""
    for document in documents:
        zones = [(zone.start, zone.end) for zone in document.zones]
        for line in lines(document, model):
            for run in outside(line.tokens, zones):
                yield line.part(run), document


def tags(line: Line, document: Document, labels: Iterable[str]) -> list[str]:
    """A tag a token, for the spans of these labels."""
    return encode(line.tokens, [span for span in document.spans if span.label in labels], touching=True)[0]


def labels_of(documents: Iterable[Document]) -> list[str]:
    """The labels that the articles' spans have."""
    return sorted({span.label for document in documents for span in document.spans})


def extractor(tagger: Callable[[Line], Iterable[Sequence[str]]], model: str) -> Extract:
    """Of a tagger, line → rows of tags: articles → articles with the spans of all rows."""

    def extract(documents: Iterable[Document]) -> Iterator[Document]:
        for document in documents:
            spans = [
                Span(label=label, start=line.tokens[first].start, end=line.tokens[last - 1].end)
                for line in lines(document, model)
                for row in tagger(line)
                for label, first, last in decode(row)
            ]
            yield Document(doc=document.doc, spans=tuple(spans))

    return extract
