"""One article in two layers: what they have at each place, and every difference with its key."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ...data.layer import Layer
from ...data.problems import ClaimspansError
from ...data.records import Document, document_records, to_line
from ...data.schema import Schema
from ...scoring.claims import slots
from ..differences import Difference, differences
from ..differences.article import Article
from ..differences.claims import claim_groups
from ..side_by_side import Unit
from .question import How, Question, keys_of


class Sides:
    """Two documents of one article.

    Places, groups and differences are found with the documents in an order that only their content decides, since
    which of two equally good pairings is found may hang on it: whoever names the layers the other way round is asked
    the same. ``documents`` and ``names`` are in that order, and ``first`` is the position of the layer that was named
    first.
    """

    def __init__(self, names: tuple[str, str], documents: tuple[Document, Document], schema: Schema) -> None:
        """Raises `ClaimspansError` for a span or claim without an id."""
        for document in documents:
            ids = [*(span.id for span in document.spans), *(claim.id for claim in document.claims)]
            if None in ids:
                raise ClaimspansError(f"{document.doc}: a record has no id; adjudicate annotation layers")
        one, two = documents
        self.first = 0 if _content(one) <= _content(two) else 1
        self.names = names if self.first == 0 else (names[1], names[0])
        self.documents = documents if self.first == 0 else (two, one)
        self.schema = schema
        self.doc = one.doc
        self.text = next((each.text for each in documents if each.text is not None), "")
        layers = [Layer([each], name) for each, name in zip(self.documents, self.names, strict=True)]
        found = differences(*layers, schema=schema)
        self.keys = dict(zip(keys_of(found, self.documents), found, strict=True))
        article = Article(self.names, self.documents)
        self.places: list[Unit] = article.places
        self.zones = article.zones
        filled = [
            [slots(claim, article.names[layer]) for claim in document.claims]
            for layer, document in enumerate(self.documents)
        ]
        self.groups = claim_groups(filled)

    @property
    def order(self) -> tuple[int, int]:
        """The positions of the layers as they were named."""
        return (self.first, 1 - self.first)

    def of(self, kinds: Sequence[str], layer: int, ident: str | None) -> list[tuple[str, Difference]]:
        """The differences of some kinds about a record, with their keys."""
        return [
            (key, each)
            for key, each in self.keys.items()
            if each.kind in kinds and (reading := each.readings[layer]) is not None and reading.id == ident
        ]

    def question(self, key: str, options: Sequence[How], label: str | None = None, at: Unit | None = None) -> Question:
        """A question as somebody is asked it, the layers in the order in which they were named.

        Where a layer has nothing, its version is what ``neither`` would be, and ``both`` what the other has.
        """
        found = self.keys[key]
        if any(reading is None or reading.value in (None, []) for reading in found.readings):
            options = [how for how in options if how not in ("both", "neither")]
        at = at or {}
        order = self.order
        shown = msgspec.structs.replace(
            found,
            layers=tuple(self.names[one] for one in order),
            readings=tuple(found.readings[one] for one in order),
        )
        spans = (at.get(order[0]), at.get(order[1]))
        return Question(key=key, difference=shown, options=tuple(options), label=label, spans=spans)


def _content(document: Document) -> str:
    return "".join(map(to_line, document_records(document, "")))
