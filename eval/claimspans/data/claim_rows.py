"""Claims of a file that is read as columns: each is held against the schema and kept by the number of its article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np

from .attribute_columns import UNSAID, AttributeColumns, CodesByArticle, Int32
from .records import Claim, claim_of
from .schema import Schema
from .typed_rows import ClaimRow, DeclinedError


class ClaimReader:
    """Takes the claims of a file; ``by_article`` has them by the number of their article."""

    def __init__(self, schema: Schema | None) -> None:
        self._schema = schema
        self.by_article: dict[int, list[Claim]] = {}

    def take(self, rows: Sequence[ClaimRow], numbers: Mapping[str, int]) -> int:
        """How many keys the claims have, whose articles have these numbers.

        Raises `DeclinedError` for a claim at fault, and for any where no schema has claims.
        """
        if not rows:
            return 0
        if self._schema is None or not self._schema.has_claims:
            raise DeclinedError
        sound = self._schema.validator("predicted_claim").is_valid
        keys = 0
        for doc, data in rows:
            given = {"type": "claim", **{key: value for key, value in data.items() if value is not None}, "doc": doc}
            if data.get("doc", doc) != doc or not sound(given):
                raise DeclinedError
            keys += len(data) + sum(map(len, data.get("cargo") or ()))
            self.by_article.setdefault(numbers[doc], []).append(claim_of(given))
        return keys

    def ids(self) -> tuple[list[int], list[str]]:
        """The numbers of articles and the ids of claims in them."""
        found = [(at, claim.id) for at, claims in self.by_article.items() for claim in claims if claim.id is not None]
        return [at for at, _ in found], [name for _, name in found]

    def refuse_loose_ends(self, said: AttributeColumns, doc: Int32, label: Int32, labels: Sequence[str]) -> None:
        """Raise `DeclinedError` where a claim names what its article does not have, or has as something else."""
        if not self.by_article:
            return
        own = set(zip(*self.ids(), strict=True))
        named: list[tuple[int, int, int]] = []
        for number, claims in self.by_article.items():
            for _, reference, kind in chain.from_iterable(claim.references() for claim in claims):
                if (kind == "claim") != ((number, reference) in own):
                    raise DeclinedError
                if kind != "claim":
                    named.append((number, said.values.get(reference, UNSAID), _number(labels, kind)))
        article, code, expected = np.array(named, dtype=np.int64).reshape(-1, 3).T
        if (CodesByArticle(doc, said.ids, label).of(article, code) != expected).any():
            raise DeclinedError


def _number(labels: Sequence[str], label: str) -> int:
    """The position of a label; one that no span has is none that a span could have."""
    return labels.index(label) if label in labels else len(labels)
