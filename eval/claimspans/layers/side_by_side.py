"""Several annotation layers of the same articles side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from ..data.layer import Layer
from ..data.problems import ClaimspansError, counted
from ..data.records import Document, Span

Unit = dict[int, Span]
"""What layers have at one place: a span by the position of its layer."""


class SideBySide(msgspec.Struct, frozen=True):
    """``names`` of the layers, each once, and for each article its document in every layer."""

    names: tuple[str, ...]
    articles: list[tuple[Document, ...]]

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Every two layers by position, the earlier first."""
        return [(one, two) for one in range(len(self.names)) for two in range(one + 1, len(self.names))]


def side_by_side(layers: Sequence[Sequence[Document]]) -> SideBySide:
    """Put two or more layers of the same articles side by side, in the order of the first.

    One layer may stand twice. Raises `ClaimspansError` for fewer than two layers, for an article that stands twice
    in a layer or that a layer lacks, and for an article with two texts.
    """
    if len(layers) < 2:
        raise ClaimspansError(f"{counted(len(layers), 'layer')} to compare; give two or more")
    names = _names(layers)
    by_doc = []
    for name, layer in zip(names, layers, strict=True):
        found = {document.doc: document for document in layer}
        if len(found) < len(layer):
            twice = Counter(document.doc for document in layer).most_common(1)[0][0]
            raise ClaimspansError(f"{twice}: {name} has this article twice; give each article once")
        by_doc.append(found)
    for name, found in zip(names, by_doc, strict=True):
        for other, known in zip(names, by_doc, strict=True):
            for doc in known:
                if doc not in found:
                    raise ClaimspansError(
                        f"{doc}: {name} lacks this article, which {other} has; layers are compared on the same "
                        "articles: annotate it, or leave it out of the other (--common does)"
                    )
    articles = [tuple(found[document.doc] for found in by_doc) for document in layers[0]]
    for documents in articles:
        if len({document.text for document in documents if document.text is not None}) > 1:
            raise ClaimspansError(
                f"{documents[0].doc}: the layers have different texts of this article; offsets mean the same "
                "only in the same text"
            )
    return SideBySide(names, articles)


def _names(layers: Sequence[Sequence[Document]]) -> tuple[str, ...]:
    names: list[str] = []
    for number, layer in enumerate(layers, 1):
        name = wanted = layer.name if isinstance(layer, Layer) else f"layer {number}"
        copy = 1
        while name in names:
            copy += 1
            name = f"{wanted} ({copy})"
        names.append(name)
    return tuple(names)


def alike(documents: Sequence[Document]) -> list[Unit]:
    """The spans of one article that have equal label and boundaries, in reading order, also those of one layer alone.

    The copies that one layer has of a span are told apart by what they say, so that the order of the lines
    decides nothing.
    """
    units: dict[tuple[tuple[int, int, str], int], Unit] = {}
    for layer, document in enumerate(documents):
        copies: Counter[tuple[int, int, str]] = Counter()
        for span in sorted(document.spans, key=lambda span: (span.order, repr(sorted(span.attributes.items())))):
            units.setdefault((span.order, copies[span.order]), {})[layer] = span
            copies[span.order] += 1
    return [units[key] for key in sorted(units)]
